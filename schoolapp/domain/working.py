"""Work in a gathering as a form edits it: who, on which list, from when to when, for what fee."""

import datetime as dt
from dataclasses import dataclass

from schoolapp.base.language import mark
from schoolapp.domain.money import Money
from schoolapp.domain.participation import INTERPRETERS, LECTURERS, STAFF, VOLUNTEERS
from schoolapp.domain.who import Who

USUAL_ROLES = {
    LECTURERS: "lecturer",
    INTERPRETERS: "interpreter",
    STAFF: "staff",
    VOLUNTEERS: "volunteer",
}
"""The role of people on each list, where nothing else was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementDraft:
    """The work of one person, or, as long as it has no ``id``, of several at once.

    An empty ``role`` is the usual one of the list. ``takes_part`` makes new people participants
    too. ``fee`` None: they are paid nothing.
    """

    gathering_id: int
    list_name: str = LECTURERS
    id: int | None = None
    version: int | None = None
    people: tuple[Who, ...] = ()
    role: str = ""
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    languages: tuple[str, ...] = ()
    floor_language: str | None = None
    a_language: str | None = None
    booth: str | None = None
    fee: Money | None = None
    also: str | None = None
    takes_part: bool = False


def check_engagement(draft: EngagementDraft) -> dict[str, str]:
    """What is wrong with work: field to a sentence marked for translation."""
    wrong = {}
    if not draft.people:
        wrong["people"] = mark("Type a name, and choose the person or add a new one.")
    if draft.list_name not in USUAL_ROLES:
        wrong["list_name"] = mark("Choose what the person does.")
    if draft.first_day and draft.last_day and draft.last_day < draft.first_day:
        wrong["last_day"] = mark("The last day is before the first. Choose a later day.")
    if draft.fee is not None and draft.fee.minor < 0:
        wrong["fee"] = mark("A fee cannot be less than nothing. Leave it empty for none.")
    return wrong


def check_days(draft: EngagementDraft, first: dt.date, last: dt.date) -> dict[str, str]:
    """What is wrong with the days of work in a gathering of these days."""
    sentence = mark("This day is not one of the gathering's. Leave it empty for all its days.")
    days = {"first_day": draft.first_day, "last_day": draft.last_day}
    return {name: sentence for name, day in days.items() if day and not first <= day <= last}
