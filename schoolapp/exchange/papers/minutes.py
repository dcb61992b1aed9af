"""The minutes of a selection as a PDF: what was decided and why, and the balance."""

import datetime as dt

from schoolapp.base.language import _, mark
from schoolapp.domain.documents import Minutes
from schoolapp.exchange.papers import typesetting

_PARTS = {
    "accepted": mark("Accepted"),
    "waitlisted": mark("Put on the waiting list"),
    "rejected": mark("Declined"),
    "eligible": mark("Found eligible"),
    "needs_info": mark("Asked for more"),
    "withdrawn": mark("Withdrawn"),
}


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
