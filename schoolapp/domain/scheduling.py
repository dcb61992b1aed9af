"""When a session may take place: its draft, what is checked, and which states know its times."""

import datetime as dt
import enum
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.domain.planned import Blocked
from schoolapp.domain.programme import Mode, SessionKind, SessionState, check_times
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.spoken import NO_LANGUAGE
from schoolapp.domain.who import Who

DAY_STARTS = dt.time(5)
"""A programme's day begins here: a party until 02:00 belongs to the evening before (E07)."""
AFTER_THE_END = dt.timedelta(hours=6)
"""How far the last night may run past the last day."""
OUTSIDE_DATES = mark(
    "This is outside the days of the gathering. Choose a day between its first and its last."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDraft:
    """One line of interpretation; ``interpreters`` are persons in order.

    ``source`` and ``target`` are ``NO_LANGUAGE`` where somebody whispers if anybody asks.
    """

    source: str
    target: str
    mode: Mode
    relay_via: str | None = None
    interpreters: tuple[Who, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDraft:
    """The room of one group: of a language or of a delegation."""

    room_id: int
    language: str | None = None
    delegation_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDraft:
    """A session as a form edits it; ``id`` None for a new one. Times are wall times.

    ``invited`` is how many people somebody counts on, None where it follows from ``audience``.
    """

    gathering_id: int
    start: dt.datetime
    end: dt.datetime
    title: str = ""
    id: int | None = None
    version: int | None = None
    kind: SessionKind = SessionKind.LECTURE
    fold_start: int = 0
    fold_end: int = 0
    room_id: int | None = None
    module_id: int | None = None
    floor_language: str = NO_LANGUAGE
    audience: str = "all"
    invited: int | None = None
    register: bool = True
    public: bool = False
    series: str | None = None
    online_link: str | None = None
    speakers: tuple[Who, ...] = ()
    groups: tuple[GroupDraft, ...] = ()
    interpretation: tuple[LineDraft, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleFacts:
    """What the times of a session are compared with: the gathering's zone, days and modules."""

    tz: str
    first: dt.date
    last: dt.date
    modules: Mapping[int, tuple[dt.date, dt.date]] = field(default_factory=dict)
    free_days: frozenset[dt.date] = frozenset()
    blocked: tuple[Blocked, ...] = ()


def check_session(draft: SessionDraft, facts: ScheduleFacts) -> dict[str, str]:
    """What is wrong with a session: field to a sentence marked for translation."""
    wrong = {}
    if not draft.title.strip():
        wrong["title"] = mark("Give the session a title.")
    times = check_times(draft.start, draft.end, facts.tz)
    wrong |= {field.removesuffix("_local"): sentence for field, sentence in times.items()}
    if not times and is_outside(draft.start, draft.end, facts):
        wrong["start"] = OUTSIDE_DATES
    if draft.invited is not None and draft.invited < 0:
        wrong["invited"] = mark("Enter a number of people, or nothing.")
    return wrong | _wrong_lines(draft) | _wrong_groups(draft)


def _wrong_lines(draft: SessionDraft) -> dict[str, str]:
    """What is wrong with the lines of interpretation."""
    lines = draft.interpretation
    planned = [line for line in lines if NO_LANGUAGE not in (line.source, line.target)]
    if any(line.target == draft.floor_language for line in planned):
        return {"interpretation": mark("A line interprets into the language of the floor itself.")}
    if any(line.source == line.target for line in planned):
        return {"interpretation": mark("A line interprets a language into itself.")}
    if len({(line.source, line.target, line.mode) for line in planned}) < len(planned):
        return {"interpretation": mark("The same line is there twice. Put all people on one.")}
    return {}


def _wrong_groups(draft: SessionDraft) -> dict[str, str]:
    """What is wrong with the groups."""
    groups = draft.groups
    of_delegations = [group.delegation_id for group in groups if group.delegation_id is not None]
    if any(group.language is None and group.delegation_id is None for group in groups):
        return {"groups": mark("Choose a language or a delegation for each group.")}
    if draft.kind is SessionKind.DELEGATION_MEETING and len(of_delegations) < len(groups):
        return {"groups": mark("In a delegation meeting each group is a delegation.")}
    if draft.kind is not SessionKind.DELEGATION_MEETING and of_delegations:
        return {"groups": mark("Delegations meet in a session of the kind delegation meeting.")}
    if len({(group.language, group.delegation_id) for group in groups}) < len(groups):
        return {"groups": mark("A group is listed twice. Each has one room.")}
    return {}


def is_outside(start: dt.datetime, end: dt.datetime, facts: ScheduleFacts) -> bool:
    """Whether a session lies outside its gathering's days."""
    opening = dt.datetime.combine(facts.first, dt.time())
    closing = dt.datetime.combine(facts.last, dt.time()) + dt.timedelta(days=1) + AFTER_THE_END
    return not (opening <= start and end <= closing)


def day_of(start: dt.datetime) -> dt.date:
    """The programme's day that a wall time belongs to."""
    shift = dt.timedelta(hours=DAY_STARTS.hour)
    return (start - shift).date()


@dataclass(frozen=True, slots=True)
class Times:
    """Wall times with their folds."""

    start: dt.datetime
    end: dt.datetime
    fold_start: int = 0
    fold_end: int = 0


def moved(start: dt.datetime, minutes: int, tz: str, fold: int = 0) -> Times:
    """A session of this length moved to another wall time, even across a change of the clocks.

    A start in the spring gap goes to the moment after it (E03); the length is measured in UTC.
    """
    begins = clock.to_utc(start, tz, fold)
    there, over = (
        moment.astimezone(clock.zone(tz)) for moment in (begins, begins + minutes * MINUTE)
    )
    return Times(
        there.replace(tzinfo=None, fold=0), over.replace(tzinfo=None, fold=0), there.fold, over.fold
    )


def next_free(
    start: dt.datetime, length: dt.timedelta, taken: Iterable[tuple[dt.datetime, dt.datetime]]
) -> dt.datetime | None:
    """The first wall time from ``start`` on that is free for so long; None after midnight."""
    begins = start
    for opens, closes in sorted(taken):
        if opens < begins + length and begins < closes:
            begins = closes
    midnight = dt.datetime.combine(start.date(), dt.time()) + dt.timedelta(days=1)
    return begins if begins + length <= midnight else None


class Every(enum.StrEnum):
    """How a session is repeated."""

    DAY = "day"
    WEEK = "week"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatDraft:
    """On which further days a session is held: ``until`` is the last one, ``days`` are chosen.

    ``series`` is the word that all of them have in common.
    """

    session_id: int
    first: dt.date
    every: Every = Every.CHOSEN
    until: dt.date | None = None
    days: tuple[dt.date, ...] = ()
    series: str = ""


def check_repeat(draft: RepeatDraft) -> dict[str, str]:
    """What is wrong with a repetition: field to a sentence marked for translation."""
    if draft.every is Every.CHOSEN and not set(draft.days) - {draft.first}:
        return {"days": mark("Write at least one other day.")}
    if draft.every is not Every.CHOSEN and (draft.until is None or draft.until <= draft.first):
        return {"until": mark("Choose a last day that is later than the session.")}
    return {}


def repeated_on(draft: RepeatDraft, free_days: Collection[dt.date]) -> tuple[dt.date, ...]:
    """The further days of a repetition in order; only "every day" leaves free days out."""
    if draft.every is Every.CHOSEN or draft.until is None:
        return tuple(sorted(set(draft.days) - {draft.first}))
    step = 7 if draft.every is Every.WEEK else 1
    ahead = range(step, (draft.until - draft.first).days + 1, step)
    days = (draft.first + dt.timedelta(days=n) for n in ahead)
    left_out = free_days if draft.every is Every.DAY else ()
    return tuple(day for day in days if day not in left_out)


MINUTE = dt.timedelta(minutes=1)
ANNOUNCED = frozenset({SessionState.CONFIRMED, SessionState.PUBLISHED})
"""The states in which calendars may know a session: a change of it raises its SEQUENCE."""
FIXED = frozenset({SessionState.RUNNING, SessionState.HELD, SessionState.CANCELLED})
"""The states in which time and room no longer change."""


def need_changeable(state: SessionState) -> None:
    """``RuleBroken`` for a session that runs, was held or is cancelled."""
    if state is SessionState.CANCELLED:
        raise RuleBroken(mark("This session is cancelled. Bring it back before you change it."))
    if state in FIXED:
        raise RuleBroken(mark("This session has begun: its time and room stay as they were."))
