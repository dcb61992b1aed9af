"""The words of applications: steps, decisions, the sides of the balance, letters."""

from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop.look.formats import language_name
from schoolapp.domain.letters import Occasion
from schoolapp.domain.regions import REGIONS
from schoolapp.domain.selection import Decision, Measure, Side

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
    "ask_visa": mark("Waiting for a visa"),
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

DECISION_KEYS = {
    Decision.ACCEPT: "A",
    Decision.SHORTLIST: "S",
    Decision.WAITLIST: "W",
    Decision.DECLINE: "D",
    Decision.CONFIRM: "C",
    Decision.WITHDRAW: "X",
}
"""The letters of decisions: of the commands, and on the buttons beside an application."""

DONE = {
    Decision.ACCEPT: mark("Accept {name}"),
    Decision.SHORTLIST: mark("Shortlist {name}"),
    Decision.WAITLIST: mark("Put {name} on the waiting list"),
    Decision.DECLINE: mark("Decline the application of {name}"),
    Decision.CONFIRM: mark("Confirm the place of {name}"),
    Decision.WITHDRAW: mark("Withdraw the application of {name}"),
    Decision.ARRIVE: mark("Check in {name}"),
}
"""The title of the change that a decision makes, for one person."""

DONE_MANY = {
    Decision.ACCEPT: mark("Accept {count} applications"),
    Decision.SHORTLIST: mark("Shortlist {count} applications"),
    Decision.WAITLIST: mark("Put {count} applications on the waiting list"),
    Decision.DECLINE: mark("Decline {count} applications"),
    Decision.CONFIRM: mark("Confirm {count} places"),
    Decision.WITHDRAW: mark("Withdraw {count} applications"),
    Decision.ARRIVE: mark("Check in {count} people"),
}
"""The title of the change that a decision makes, for several people."""

SIDES = {
    Side.GENDER: mark("Gender"),
    Side.REGION: mark("Region"),
    Side.LANGUAGE: mark("Languages"),
    Side.FIRST_TIME: mark("First time"),
    Side.DELEGATION: mark("Delegation"),
    Side.AGE: mark("Age"),
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
    Side.GENDER: ("women", "men", "others"),
    Side.REGION: tuple(REGIONS),
    Side.FIRST_TIME: ("first", "before"),
    Side.AGE: ("under_18", "18_25", "26_35", "36_50", "over_50"),
}
"""The groups that a target may name; for languages and delegations it means each."""

MEASURES = {
    Measure.AT_LEAST_PERCENT: mark("at least, in percent"),
    Measure.AT_MOST_PERCENT: mark("at most, in percent"),
    Measure.AT_LEAST: mark("at least, people"),
    Measure.AT_MOST: mark("at most, people"),
}

MISSED = {
    Measure.AT_LEAST_PERCENT: mark("{group}: {has} of {of}, wanted at least {number} percent"),
    Measure.AT_MOST_PERCENT: mark("{group}: {has} of {of}, wanted at most {number} percent"),
    Measure.AT_LEAST: mark("{group}: {has}, wanted at least {number}"),
    Measure.AT_MOST: mark("{group}: {has}, wanted at most {number}"),
}
"""What a missed target says."""

PREPARED = {
    Decision.ACCEPT: mark("Prepare: accept {name}"),
    Decision.SHORTLIST: mark("Prepare: shortlist {name}"),
    Decision.WAITLIST: mark("Prepare: put {name} on the waiting list"),
    Decision.DECLINE: mark("Prepare: decline the application of {name}"),
    Decision.WITHDRAW: mark("Prepare: withdraw the application of {name}"),
}
"""The title of the change that prepares a decision."""

OCCASIONS = {
    Occasion.ACCEPTED: mark("Accepted"),
    Occasion.WAITING_LIST: mark("Waiting list"),
    Occasion.DECLINED: mark("Declined"),
    Occasion.NEEDS_INFO: mark("A question"),
    Occasion.REMINDER: mark("Reminder"),
    Occasion.OFFER: mark("Offer of a place"),
    Occasion.VISA: mark("Visa"),
    Occasion.VISA_REFUSED: mark("Visa refused"),
    Occasion.WITHDRAWN: mark("Withdrawn"),
    Occasion.CANCELLED: mark("Cancelled by us"),
}
"""The names of the occasions on which letters are written."""


def group_name(side: str, group: str) -> str:
    """The name of a group of a side, in the language in use."""
    if not group:
        return _(NOT_SAID)
    if group in GROUPS:
        return _(GROUPS[group])
    return isolate(language_name(group) if side == Side.LANGUAGE else group)
