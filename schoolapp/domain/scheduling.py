"""When a session may stand: its draft, what is checked, what is only warned of, what is told."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from schoolapp.base import clock
from schoolapp.base.language import _, mark
from schoolapp.domain.programme import Mode, SessionKind, SessionState, check_times
from schoolapp.domain.rules import RuleBroken

DAY_STARTS = dt.time(5)
"""A programme's day begins here: a party until 02:00 belongs to the evening before (E07)."""
AFTER_THE_END = dt.timedelta(hours=6)
"""How far the last night may run past the last day."""
NO_LANGUAGE = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDraft:
    """One line of interpretation; ``interpreters`` are persons in order."""

    source: str
    target: str
    mode: Mode
    relay_via: str | None = None
    interpreters: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDraft:
    """The room of one group: of a language or of a delegation."""

    room_id: int
    language: str | None = None
    delegation_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDraft:
    """A session as a form edits it; ``id`` None for a new one. Times are wall times."""

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
    languages: tuple[str, ...] = ()
    audience: str = "all"
    register: bool = True
    public: bool = False
    series: str | None = None
    online_link: str | None = None
    speakers: tuple[int, ...] = ()
    groups: tuple[GroupDraft, ...] = ()
    interpretation: tuple[LineDraft, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleFacts:
    """What the times of a session are held against: the gathering's zone, days and modules."""

    tz: str
    first: dt.date
    last: dt.date
    modules: Mapping[int, tuple[dt.date, dt.date]] = field(default_factory=dict)
    free_days: frozenset[dt.date] = frozenset()
    blocked: tuple[tuple[dt.date, dt.time, dt.time, str], ...] = ()


def check_session(draft: SessionDraft, facts: ScheduleFacts) -> dict[str, str]:
    """What is wrong with a session: field to a sentence marked for translation."""
    wrong = {}
    if not draft.title.strip():
        wrong["title"] = mark("Give the session a title.")
    times = check_times(draft.start, draft.end, facts.tz)
    wrong |= {field.removesuffix("_local"): sentence for field, sentence in times.items()}
    if not times and (outside := outside_dates(draft.start, draft.end, facts)):
        wrong["start"] = outside
    if draft.floor_language != NO_LANGUAGE and any(
        line.target == draft.floor_language for line in draft.interpretation
    ):
        wrong["interpretation"] = mark("A line interprets into the language of the floor itself.")
    return wrong


def outside_dates(start: dt.datetime, end: dt.datetime, facts: ScheduleFacts) -> str | None:
    """The sentence for a session outside its gathering's days; None if it lies inside."""
    opening = dt.datetime.combine(facts.first, dt.time())
    closing = dt.datetime.combine(facts.last, dt.time()) + dt.timedelta(days=1) + AFTER_THE_END
    if opening <= start and end <= closing:
        return None
    return mark("This lies outside the days of the gathering. Choose a day between its first and"
                " its last.")  # fmt: skip


def warnings(
    kind: SessionKind,
    module_id: int | None,
    start: dt.datetime,
    end: dt.datetime,
    facts: ScheduleFacts,
) -> tuple[str, ...]:
    """What a coordinator should know of these times, in whole sentences; none of it forbids."""
    found = []
    day = day_of(start)
    if day in facts.free_days and kind is not SessionKind.SOCIAL:
        found.append(_("This is a free day: only social evenings are expected then."))
    for date, begins, ends, why in facts.blocked:
        if start.date() == date and start.time() < ends and end.time() > begins:
            found.append(_("Nothing should be planned at that time: {why}.").format(why=why))
    if module_id is not None and module_id in facts.modules:
        first, last = facts.modules[module_id]
        if not first <= day <= last:
            found.append(_("This day is not one of the module's days."))
    return tuple(found)


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
    """A session of this length put to another wall time, whatever the clocks do meanwhile.

    A start in the spring gap goes to the moment after it (E03); the length is measured in UTC.
    """
    begins = clock.to_utc(start, tz, fold)
    there, over = (
        moment.astimezone(clock.zone(tz)) for moment in (begins, begins + minutes * MINUTE)
    )
    return Times(
        there.replace(tzinfo=None, fold=0), over.replace(tzinfo=None, fold=0), there.fold, over.fold
    )


MINUTE = dt.timedelta(minutes=1)
TOLD = frozenset({SessionState.CONFIRMED, SessionState.PUBLISHED})
"""The states in which calendars may know a session: a change of it raises its SEQUENCE."""
FIXED = frozenset({SessionState.RUNNING, SessionState.HELD, SessionState.CANCELLED})
"""The states in which time and room no longer change."""


def need_changeable(state: SessionState) -> None:
    """``RuleBroken`` for a session that runs, was held or is cancelled."""
    if state is SessionState.CANCELLED:
        raise RuleBroken(mark("This session is cancelled. Bring it back before you change it."))
    if state in FIXED:
        raise RuleBroken(mark("This session has begun: its time and room stay as they were."))
