"""The words of applications: steps, decisions, the sides of the balance, letters."""

from collections.abc import Iterable

from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop.look.formats import language_name
from schoolapp.domain.regions import REGIONS

STEPS = {
    "submit": mark("Submit"),
    "discard": mark("Discard"),
    "check_ok": mark("Shortlist"),
    "ask_more": mark("Ask for more"),
    "not_eligible": mark("Decline"),
    "answer": mark("Has answered"),
    "silence": mark("Did not answer"),
    "withdraw": mark("Withdraw"),
    "accept": mark("Accept"),
    "waitlist": mark("Waiting list"),
    "reject": mark("Decline"),
    "promote": mark("Accept"),
    "close": mark("Close the waiting list"),
    "confirm": mark("Confirm"),
    "no_answer": mark("Did not answer"),
    "decline": mark("Declines the place"),
    "ask_visa": mark("Waits for a visa"),
    "cancel": mark("Cancels"),
    "host_cancels": mark("Cancelled by the host"),
    "arrive": mark("Arrived"),
    "start_passed": mark("Did not come"),
    "granted": mark("Visa granted"),
    "refused": mark("Visa refused"),
    "leave": mark("Left"),
    "leave_early": mark("Left early"),
    "duplicate_of": mark("Merged as a duplicate"),
    "move": mark("Moved on the waiting list"),
    "offer": mark("Was offered a place"),
    "offer_ended": mark("The offer has ended"),
}
"""What the button of a step and a line of the history say."""

DONE = {
    "accept": mark("Accept {name}"),
    "shortlist": mark("Shortlist {name}"),
    "waitlist": mark("Put {name} on the waiting list"),
    "decline": mark("Decline the application of {name}"),
    "confirm": mark("Confirm the place of {name}"),
    "withdraw": mark("Withdraw the application of {name}"),
    "arrive": mark("Check in {name}"),
}
"""The title of the change that a decision makes, for one person."""

DONE_MANY = {
    "accept": mark("Accept {count} applications"),
    "shortlist": mark("Shortlist {count} applications"),
    "waitlist": mark("Put {count} applications on the waiting list"),
    "decline": mark("Decline {count} applications"),
    "confirm": mark("Confirm {count} places"),
    "withdraw": mark("Withdraw {count} applications"),
    "arrive": mark("Check in {count} people"),
}
"""The title of the change that a decision makes, for several people."""

SIDES = {
    "gender": mark("Gender"),
    "region": mark("Region"),
    "language": mark("Languages"),
    "first_time": mark("First time"),
    "delegation": mark("Delegation"),
    "age": mark("Age"),
}
"""The sides of the balance, in the order of the bars."""

GROUPS = {
    "women": mark("Women"),
    "men": mark("Men"),
    "others": mark("Others"),
    **REGIONS,
    "first": mark("First time here"),
    "before": mark("Came before"),
    "under_18": mark("Under 18"),
    "18_25": mark("18 to 25"),
    "26_35": mark("26 to 35"),
    "36_50": mark("36 to 50"),
    "over_50": mark("Over 50"),
    "not_certain": mark("Not certain"),
}
"""The groups of the sides that the program names itself."""
NOT_SAID = mark("Not said")
GROUPS_OF = {
    "gender": ("women", "men", "others"),
    "region": tuple(REGIONS),
    "first_time": ("first", "before"),
    "age": ("under_18", "18_25", "26_35", "36_50", "over_50"),
}
"""The groups that a target may name; of languages and delegations it means each."""

MEASURES = {
    "at_least_percent": mark("at least, in percent"),
    "at_most_percent": mark("at most, in percent"),
    "at_least": mark("at least, people"),
    "at_most": mark("at most, people"),
}

MISSED = {
    "at_least_percent": mark("{group}: {has} of {of}, wanted at least {number} percent"),
    "at_most_percent": mark("{group}: {has} of {of}, wanted at most {number} percent"),
    "at_least": mark("{group}: {has}, wanted at least {number}"),
    "at_most": mark("{group}: {has}, wanted at most {number}"),
}
"""What a missed target says."""

PREPARED = {
    "accept": mark("Prepare: accept {name}"),
    "shortlist": mark("Prepare: shortlist {name}"),
    "waitlist": mark("Prepare: put {name} on the waiting list"),
    "decline": mark("Prepare: decline the application of {name}"),
    "withdraw": mark("Prepare: withdraw the application of {name}"),
}
"""The title of the change that prepares a decision."""

OCCASIONS = {
    "accepted": mark("Accepted"),
    "waiting_list": mark("Waiting list"),
    "declined": mark("Declined"),
    "needs_info": mark("A question"),
    "reminder": mark("Reminder"),
    "offer": mark("Offer of a place"),
    "visa": mark("Visa"),
    "visa_refused": mark("Visa refused"),
    "withdrawn": mark("Withdrawn"),
    "cancelled": mark("Cancelled by us"),
}
"""The occasions of letters."""


def group_name(side: str, group: str) -> str:
    """What a group is called in the language in use."""
    if not group:
        return _(NOT_SAID)
    if group in GROUPS:
        return _(GROUPS[group])
    return isolate(language_name(group) if side == "language" else group)


def doubts(codes: Iterable[str]) -> str:
    """What was doubtful in the row that an application came from, a line for each."""
    from schoolapp.exchange.applications.flags import in_words

    return "\n".join(map(in_words, codes))
