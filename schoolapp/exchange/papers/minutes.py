"""The minutes of a selection as a PDF: what was decided with its reasons, and the balance."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schoolapp.base.language import _, mark
from schoolapp.exchange.papers import typesetting

_PARTS = {
    "accepted": mark("Accepted"),
    "waitlisted": mark("Put on the waiting list"),
    "rejected": mark("Declined"),
    "eligible": mark("Found eligible"),
    "needs_info": mark("Asked for more"),
    "withdrawn": mark("Withdrawn"),
}


@dataclass(frozen=True, slots=True)
class MinutesLine:
    """One decision: of which application, what it led to, why, and the desk that noted it."""

    number: str
    name: str
    state: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """What was decided on one day; ``balance`` is title of a side to (group, all, confirmed)."""

    gathering: str
    day: dt.date
    capacity: int
    left: int
    lines: Sequence[MinutesLine]
    balance: Mapping[str, Sequence[tuple[str, int, int]]]


def write_minutes(minutes: Minutes, *, at: dt.datetime) -> bytes:
    """The minutes as a tagged PDF, A4, in the language in use; ``at`` (aware) dates the file."""
    places = _("{left} of {capacity} places left")
    data = {
        "title": _("Minutes of the selection"),
        "gathering": minutes.gathering,
        "day": typesetting.day(minutes.day),
        "places": places.format(left=minutes.left, capacity=minutes.capacity),
        "parts": [
            {"title": _(title), "lines": lines}
            for state, title in _PARTS.items()
            if (lines := _lines(minutes, state))
        ],
        "head": ["", _("Applied"), _("With a place")],
        "sides": [
            {"title": side, "lines": [[g, str(a), str(c)] for g, a, c in bars]}
            for side, bars in minutes.balance.items()
            if bars
        ],
        "small": _("Groups of fewer than five people are not shown."),
        "page": _("Page {page} of {pages}"),
    }
    return typesetting.typeset("minutes", data, at=at, tags=True)


def _lines(minutes: Minutes, state: str) -> list[list[str]]:
    return [
        [line.number, line.name, line.reason, line.by]
        for line in minutes.lines
        if line.state == state
    ]
