"""How each state of each workflow looks: one of six looks, an icon and a word."""

from typing import NamedTuple

from schoolapp.base.language import _, mark


class StateLook(NamedTuple):
    """``look`` names a pair of the tokens, ``word`` is marked for translation."""

    look: str
    icon: str
    word: str

    @property
    def text(self) -> str:
        """The word in the language in use."""
        return _(self.word)


_ICONS = {
    "applied": "circle-dot",
    "shortlisted": "star",
    "accepted": "circle-check",
    "waiting": "hourglass",
    "declined": "circle-x",
    "withdrawn": "log-out",
}


def _state(look: str, word: str, icon: str = "") -> StateLook:
    return StateLook(look, icon or _ICONS[look], word)


_MACHINES: dict[str, dict[str, StateLook]] = {
    "application": {
        "draft": _state("withdrawn", mark("Draft"), "pencil"),
        "submitted": _state("applied", mark("Applied")),
        "needs_info": _state("waiting", mark("Needs an answer"), "mail"),
        "eligible": _state("shortlisted", mark("Eligible")),
        "waitlisted": _state("waiting", mark("Waiting list")),
        "accepted": _state("accepted", mark("Accepted")),
        "confirmed": _state("accepted", mark("Confirmed"), "check"),
        "visa_pending": _state("waiting", mark("Waiting for a visa"), "plane"),
        "checked_in": _state("accepted", mark("Checked in"), "bed"),
        "merged": _state("withdrawn", mark("Merged"), "copy"),
        "rejected": _state("declined", mark("Declined")),
        "withdrawn": _state("withdrawn", mark("Withdrawn")),
        "visa_refused": _state("declined", mark("Visa refused"), "plane"),
        "no_show": _state("declined", mark("Did not come")),
        "completed": _state("accepted", mark("Completed"), "graduation-cap"),
        "cancelled_by_host": _state("withdrawn", mark("Cancelled by the host")),
    },
    "delegation_registration": {
        "announced": _state("applied", mark("Announced")),
        "numbers_given": _state("applied", mark("Numbers given")),
        "names_given": _state("shortlisted", mark("Names given")),
        "part_paid": _state("waiting", mark("Partly paid"), "wallet"),
        "paid": _state("accepted", mark("Paid"), "wallet"),
        "part_refund": _state("waiting", mark("Refund due"), "wallet"),
        "on_site": _state("accepted", mark("On site"), "tent"),
        "settled": _state("accepted", mark("Settled")),
        "cancelled": _state("withdrawn", mark("Cancelled")),
    },
    "subsidy": {
        "requested": _state("applied", mark("Requested")),
        "reviewed": _state("shortlisted", mark("Reviewed")),
        "granted": _state("accepted", mark("Granted")),
        "accepted": _state("accepted", mark("Accepted"), "check"),
        "part_paid": _state("waiting", mark("Partly paid"), "wallet"),
        "to_pay": _state("waiting", mark("To pay"), "wallet"),
        "to_recover": _state("declined", mark("To recover"), "wallet"),
        "refused": _state("declined", mark("Refused")),
        "withdrawn": _state("withdrawn", mark("Withdrawn")),
        "settled": _state("accepted", mark("Settled")),
        "lapsed": _state("withdrawn", mark("Lapsed")),
    },
    "travel_claim": {
        "open": _state("applied", mark("Open")),
        "submitted": _state("applied", mark("Submitted")),
        "incomplete": _state("waiting", mark("Incomplete")),
        "approved": _state("accepted", mark("Approved")),
        "part_paid": _state("waiting", mark("Partly paid"), "wallet"),
        "paid": _state("accepted", mark("Paid"), "wallet"),
        "rejected": _state("declined", mark("Declined")),
        "withdrawn": _state("withdrawn", mark("Withdrawn")),
    },
    "session": {
        "idea": _state("withdrawn", mark("Idea"), "star"),
        "planned": _state("applied", mark("Planned")),
        "confirmed": _state("shortlisted", mark("Confirmed"), "check"),
        "published": _state("accepted", mark("Published")),
        "running": _state("waiting", mark("Running now"), "mic"),
        "held": _state("accepted", mark("Held"), "check"),
        "cancelled": _state("declined", mark("Cancelled")),
    },
    "invite": {
        "not_sent": _state("withdrawn", mark("Not sent"), "mail"),
        "sent": _state("applied", mark("Sent"), "mail"),
        "accepted": _state("accepted", mark("Accepted")),
        "tentative": _state("waiting", mark("Perhaps")),
        "declined": _state("declined", mark("Declined")),
        "undeliverable": _state("declined", mark("Undeliverable"), "triangle-alert"),
        "cancelled": _state("withdrawn", mark("Cancelled")),
    },
    "attendance": {
        "expected": _state("applied", mark("Expected")),
        "present": _state("accepted", mark("Present")),
        "late": _state("waiting", mark("Late"), "clock"),
        "left_early": _state("waiting", mark("Left early"), "log-out"),
        "absent": _state("declined", mark("Absent")),
        "excused": _state("shortlisted", mark("Excused"), "info"),
        "not_applicable": _state("withdrawn", mark("Does not apply"), "x"),
        "no_register": _state("withdrawn", mark("No register"), "file-text"),
    },
    "participation": {
        "expected": _state("applied", mark("Expected")),
        "present": _state("accepted", mark("Here"), "bed"),
        "completed": _state("withdrawn", mark("Gone")),
        "cancelled": _state("declined", mark("Cancelled")),
    },
    "reading_item": {
        "wanted": _state("applied", mark("Wanted")),
        "located": _state("applied", mark("Located"), "map-pin"),
        "rights_checked": _state("shortlisted", mark("Rights checked"), "lock"),
        "in_translation": _state("waiting", mark("In translation"), "languages"),
        "translated": _state("shortlisted", mark("Translated"), "languages"),
        "ready": _state("accepted", mark("Ready")),
        "assigned": _state("accepted", mark("Assigned"), "book-open"),
        "reference_only": _state("withdrawn", mark("Reference only"), "info"),
        "printed": _state("accepted", mark("Printed"), "printer"),
        "sent": _state("accepted", mark("Sent"), "mail"),
        "retired": _state("withdrawn", mark("Retired")),
    },
    "donation": {
        "pledged": _state("applied", mark("Pledged")),
        "received": _state("shortlisted", mark("Received"), "wallet"),
        "unmatched": _state("waiting", mark("Giver unknown")),
        "settled": _state("accepted", mark("Settled")),
        "reward_due": _state("waiting", mark("Reward due"), "star"),
        "reward_sent": _state("accepted", mark("Reward sent"), "mail"),
        "refunded": _state("declined", mark("Refunded")),
        "charged_back": _state("declined", mark("Charged back")),
        "expired": _state("withdrawn", mark("Expired")),
    },
    "mail": {
        "draft": _state("applied", mark("Draft"), "pencil"),
        "approved": _state("shortlisted", mark("Approved"), "check"),
        "queued": _state("waiting", mark("Queued"), "mail"),
        "sending": _state("waiting", mark("On its way"), "mail"),
        "waiting_to_retry": _state("waiting", mark("Tried again later"), "clock"),
        "unsure": _state("declined", mark("Unsure"), "triangle-alert"),
        "failed": _state("declined", mark("Refused"), "circle-x"),
        "bounced": _state("declined", mark("Bounced"), "undo-2"),
        "sent": _state("accepted", mark("Sent"), "check"),
        "discarded": _state("withdrawn", mark("Discarded"), "trash-2"),
    },
    "gathering": {
        "planned": _state("applied", mark("Planned")),
        "applications_open": _state("accepted", mark("Open for applications")),
        "selecting": _state("shortlisted", mark("Selecting")),
        "confirmed": _state("accepted", mark("Confirmed"), "check"),
        "running": _state("waiting", mark("Running now"), "tent"),
        "closing": _state("waiting", mark("Closing")),
        "archived": _state("withdrawn", mark("Archived"), "inbox"),
        "cancelled": _state("declined", mark("Cancelled")),
    },
}
_MACHINES["meeting"] = _MACHINES["application"] | {
    "to_accept": _state("accepted", mark("To accept")),
    "to_shortlist": _state("shortlisted", mark("To shortlist")),
    "to_waitlist": _state("waiting", mark("To waiting list")),
    "to_decline": _state("declined", mark("To decline")),
    "to_withdraw": _state("withdrawn", mark("To withdraw")),
}
"""What a meeting sees of an application: its state, or the decision that is prepared."""


def state_look(machine: str, state: str) -> StateLook:
    """The look of a state of a workflow; ``KeyError`` for an unknown one."""
    return _MACHINES[machine][state]


def states_of(machine: str) -> tuple[str, ...]:
    """The states of a workflow in their usual order."""
    return tuple(_MACHINES[machine])


def machines() -> tuple[str, ...]:
    """The workflows that have looks."""
    return tuple(_MACHINES)
