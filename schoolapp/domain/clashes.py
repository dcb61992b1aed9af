"""What is wrong with a session: one registry of kinds, each with a level, a sentence and a rule.

An example: a working group is moved to 12:30. The time from 13:00 is kept free for prayers
(``blocked_time``, a warning), its room has no booth for the interpreter (``no_booth_in_room``, a
warning), and its lecturer leaves at noon (``absent``, a hint: she may stay for it). None of these
prevents the move. A move to a day after the gathering is refused (``outside_dates``, an error).

A new kind is an entry in ``RULES`` and the facts that its rule checks (``domain/planned.py``,
read in ``operations/programme/clash_facts.py``). A rule checks the whole programme (``find``), at
the times that a session is given (``of_times``), or at both.
"""

import datetime as dt
import enum
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from schoolapp.base import clock
from schoolapp.base.language import _, isolate, mark
from schoolapp.domain.attendance import applies
from schoolapp.domain.coverage import uncovered
from schoolapp.domain.planned import (
    Busy,
    PlannedGathering,
    PlannedRoom,
    PlannedSession,
)
from schoolapp.domain.programme import Mode, SessionKind
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.scheduling import OUTSIDE_DATES, ScheduleFacts, day_of, is_outside

LONGEST_ALONE = 40
"""Minutes that one person may interpret alone."""
BOOTH_MODES = frozenset({Mode.BOOTH, Mode.RELAY})
SPEAKER, INTERPRETER = "speaker", "interpreter"
Programmes = tuple[PlannedGathering, ...]
"""A gathering with what others have at the same time, or all of them."""


class Level(enum.StrEnum):
    """How serious it is, the worst first."""

    ERROR = "error"  # impossible: it is refused
    WARNING = "warning"  # a clash: somebody has to decide, and may accept it
    HINT = "hint"  # possibly a clash: somebody has to check


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """One thing that is wrong: ``kind`` is the id of its rule; what does not apply is empty.

    ``roles`` belong to the earlier and the later of the two ``sessions`` that a person has. What
    is wrong with the times that a session is given has no ``sessions``.
    """

    kind: str
    sessions: tuple[PlannedSession, ...] = ()
    room: PlannedRoom | None = None
    person: str | None = None
    target: str | None = None
    why: str | None = None
    invited: int | None = None
    roles: tuple[str, ...] = ()
    busy: Busy | None = None

    @property
    def level(self) -> Level:
        """How serious it is."""
        return BY_KIND[self.kind].level


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenTimes:
    """The wall times that a session is given, and what they are compared with."""

    kind: SessionKind
    module_id: int | None
    start: dt.datetime
    end: dt.datetime
    facts: ScheduleFacts


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of clash: its id, its level, its sentence, and how all of its clashes are found.

    ``said`` is the sentence about a session that is given such times, if it is another one.
    """

    kind: str
    level: Level
    sentence: str
    find: Callable[[Programmes], Iterable[Clash]] | None = None
    of_times: Callable[[GivenTimes], Iterable[Clash]] | None = None
    said: str = ""

    @property
    def remark(self) -> str:
        """What is said about a session that is given such times."""
        return self.said or self.sentence


def _room_too_small(gatherings: Programmes) -> Iterator[Clash]:
    for gathering, session in _each(gatherings):
        needs: dict[str, int] = {}
        rooms: dict[str, PlannedRoom] = {}
        if session.audience == "all" and session.room:
            rooms = {session.room.code: session.room}
            invited = session.invited
            needs = {session.room.code: gathering.participants if invited is None else invited}
        elif session.audience == "own delegation":
            for group in session.groups:
                rooms[group.room.code] = group.room
                size = gathering.delegations.get(group.delegation or 0, 0)
                needs[group.room.code] = needs.get(group.room.code, 0) + size
        for code, invited in needs.items():
            seats = rooms[code].seats
            if seats is not None and invited > seats:
                yield Clash(
                    kind="room_too_small", sessions=(session,), room=rooms[code], invited=invited
                )


def _no_booth_in_room(gatherings: Programmes) -> Iterator[Clash]:
    for _gathering, session in _each(gatherings):
        in_booth = any(line.mode is Mode.BOOTH for line in session.lines)
        if in_booth and session.room and session.room.booths == 0:
            yield Clash(kind="no_booth_in_room", sessions=(session,), room=session.room)


def _one_interpreter_alone(gatherings: Programmes) -> Iterator[Clash]:
    for _gathering, session in _each(gatherings):
        for line in session.lines if session.minutes > LONGEST_ALONE else ():
            if line.mode in BOOTH_MODES and len(set(line.interpreters)) < 2:
                yield Clash(kind="one_interpreter_alone", sessions=(session,), target=line.target)


def _blocked_time(gatherings: Programmes) -> Iterator[Clash]:
    for gathering, session in _each(gatherings):
        for blocked in gathering.blocked:
            if blocked.meets(session.start_local, session.end_local):
                yield Clash(kind="blocked_time", sessions=(session,), why=blocked.why)


def _room_double_booked(gatherings: Programmes) -> Iterator[Clash]:
    for gathering in gatherings:
        in_room: dict[str, list[PlannedSession]] = defaultdict(list)
        for session in gathering.sessions:
            for code in session.rooms:
                in_room[code].append(session)
        for code, sessions in in_room.items():
            for pair in overlapping(sessions):
                first, second = sorted(pair, key=lambda session: session.position)
                yield Clash(
                    kind="room_double_booked", sessions=(first, second), room=first.rooms[code]
                )


def _person_double_booked(gatherings: Programmes) -> Iterator[Clash]:
    duties: dict[str, dict[str, str]] = defaultdict(dict)
    sessions = {session.uid: session for _gathering, session in _each(gatherings)}
    for _gathering, session in _each(gatherings):
        for line in session.lines:
            for person in line.interpreters:
                duties[person][session.uid] = INTERPRETER
        for person in session.speakers:  # somebody with both roles counts once, as a speaker
            duties[person][session.uid] = SPEAKER
    for person, roles in duties.items():
        for earlier, later in overlapping(sessions[uid] for uid in roles):
            first, second = sorted((earlier, later), key=lambda session: session.uid)
            yield Clash(
                kind="person_double_booked",
                person=person,
                sessions=(first, second),
                roles=(roles[earlier.uid], roles[later.uid]),
            )


def _outside_dates(times: GivenTimes) -> Iterator[Clash]:
    if is_outside(times.start, times.end, times.facts):
        yield Clash(kind="outside_dates")


def _free_day(times: GivenTimes) -> Iterator[Clash]:
    social = times.kind is SessionKind.SOCIAL
    if day_of(times.start) in times.facts.free_days and not social:
        yield Clash(kind="free_day")


def _kept_free(times: GivenTimes) -> Iterator[Clash]:
    for blocked in times.facts.blocked:
        if blocked.meets(times.start, times.end):
            yield Clash(kind="blocked_time", why=blocked.why)


def _outside_module(times: GivenTimes) -> Iterator[Clash]:
    days = times.facts.modules.get(times.module_id or 0)
    if days and not days[0] <= day_of(times.start) <= days[1]:
        yield Clash(kind="outside_module")


def _busy(gatherings: Programmes) -> Iterator[Clash]:
    """For each person and room, the first busy time that overlaps a session."""
    with_calendars = (one for one in gatherings if one.people_busy or one.rooms_busy)
    for gathering, session in _each(with_calendars):
        for person in session.people:
            if busy := _first_over(session, gathering.people_busy.get(person, ())):
                yield Clash(kind="busy", sessions=(session,), person=person, busy=busy)
        for room in session.rooms.values():
            if busy := _first_over(session, gathering.rooms_busy.get(room.code, ())):
                yield Clash(kind="busy", sessions=(session,), room=room, busy=busy)


def _first_over(session: PlannedSession, times: Iterable[Busy]) -> Busy | None:
    over = (busy for busy in times if session.start < busy.end and busy.start < session.end)
    return next(over, None)


def _absent(gatherings: Programmes) -> Iterator[Clash]:
    """People without a stay come for the session alone; others may come back for an evening."""
    for gathering, session in _each(one for one in gatherings if one.stays):
        for person in session.people:
            stays = gathering.stays.get(person)
            if stays and not applies(session.start_local, session.end_local, stays):
                yield Clash(kind="absent", sessions=(session,), person=person)


def _nobody_interprets(gatherings: Programmes) -> Iterator[Clash]:
    for gathering in gatherings:
        for session, language, people in uncovered(gathering):
            yield Clash(
                kind="nobody_interprets", sessions=(session,), target=language, invited=people
            )


RULES = (
    Rule("outside_dates", Level.ERROR, OUTSIDE_DATES, of_times=_outside_dates),
    Rule(
        "free_day",
        Level.HINT,
        mark("This is a free day: only social evenings are expected then."),
        of_times=_free_day,
    ),
    Rule(
        "room_too_small",
        Level.WARNING,
        mark("“{title}” expects {invited} people; {room} has {seats} seats."),
        _room_too_small,
    ),
    Rule(
        "no_booth_in_room",
        Level.WARNING,
        mark("“{title}” is interpreted from a booth; {room} has none."),
        _no_booth_in_room,
    ),
    Rule(
        "one_interpreter_alone",
        Level.WARNING,
        mark("“{title}” is too long for one interpreter alone (into {target})."),
        _one_interpreter_alone,
    ),
    Rule(
        "blocked_time",
        Level.WARNING,
        mark("“{title}” is in a time kept free: {why}."),
        _blocked_time,
        of_times=_kept_free,
        said=mark("Nothing should be planned at that time: {why}."),
    ),
    Rule(
        "outside_module",
        Level.HINT,
        mark("This day is not one of the module's days."),
        of_times=_outside_module,
    ),
    Rule(
        "room_double_booked",
        Level.WARNING,
        mark("“{title}” and “{other}” are in {room} at the same time."),
        _room_double_booked,
    ),
    Rule(
        "person_double_booked",
        Level.WARNING,
        mark("{person} is needed in “{title}” and in “{other}” at the same time."),
        _person_double_booked,
    ),
    Rule(
        "busy",
        Level.HINT,
        mark("“{title}”: {name} is busy from {start} to {end} ({source})."),
        _busy,
    ),
    Rule(
        "absent",
        Level.HINT,
        mark("“{title}”: {name} has a part in it and is not on site then."),
        _absent,
    ),
    Rule(
        "nobody_interprets",
        Level.HINT,
        mark("“{title}”: nobody interprets into {target}; people who need it: {invited}."),
        _nobody_interprets,
    ),
)
"""The kinds of clash, each once: to add one, write its function and its sentence here."""
BY_KIND = {rule.kind: rule for rule in RULES}
BUT_HINTS = tuple(rule for rule in RULES if rule.level is not Level.HINT)
"""The kinds that somebody has to decide about."""
RANK = {rule.kind: number for number, rule in enumerate(RULES)}
"""The place of each kind in the list."""


def find_clashes(gatherings: Programmes, rules: tuple[Rule, ...] = RULES) -> tuple[Clash, ...]:
    """All clashes of the gatherings, rule by rule, in the order of the programme."""
    return tuple(clash for rule in rules if rule.find for clash in rule.find(gatherings))


def refuse_times(times: GivenTimes) -> None:
    """``RuleBroken`` where a session cannot have these times."""
    for clash in _of_times(times):
        if clash.level is Level.ERROR:
            raise RuleBroken(BY_KIND[clash.kind].sentence)


def remarks(times: GivenTimes) -> tuple[str, ...]:
    """What a coordinator should know of these times, in whole sentences; none of it forbids."""
    found = (clash for clash in _of_times(times) if clash.level is not Level.ERROR)
    rules = ((BY_KIND[clash.kind], clash) for clash in found)
    return tuple(_(rule.remark).format(why=clash.why) for rule, clash in rules)


def _of_times(times: GivenTimes) -> Iterator[Clash]:
    return (clash for rule in RULES if rule.of_times for clash in rule.of_times(times))


def describe(clash: Clash, people: Mapping[str, str], language: Callable[[str], str] = str) -> str:
    """The clash as a sentence; ``people`` gives names by code, ``language`` that of a tag."""
    person = people.get(clash.person or "", clash.person or "")
    room = clash.room.name if clash.room else ""
    first, busy = clash.sessions[0], clash.busy
    return _(BY_KIND[clash.kind].sentence).format(
        title=isolate(first.title),
        other=isolate(clash.sessions[-1].title),
        room=isolate(room),
        seats=clash.room.seats if clash.room else "",
        invited=clash.invited,
        target=language(clash.target or ""),
        why=clash.why,
        person=isolate(person),
        name=isolate(person or room),
        start=_hour(busy.start, first) if busy else "",
        end=_hour(busy.end, first) if busy else "",
        source=isolate(busy.source) if busy else "",
    )


def _hour(moment: dt.datetime, session: PlannedSession) -> str:
    """The time of day, with the date if it is not the day of the session."""
    wall = clock.to_wall(moment, session.tz)
    same = wall.date() == session.start_local.date()
    return f"{wall:%H:%M}" if same else f"{wall:%Y-%m-%d %H:%M}"


def overlapping(
    sessions: Iterable[PlannedSession],
) -> Iterator[tuple[PlannedSession, PlannedSession]]:
    """All pairs that overlap in time, the earlier one (by start, then uid) first."""
    running: list[PlannedSession] = []
    for session in sorted(sessions, key=lambda session: (session.start, session.uid)):
        running = [other for other in running if other.end > session.start]
        yield from ((other, session) for other in running if other.overlaps(session))
        running.append(session)


def _each(
    gatherings: Iterable[PlannedGathering],
) -> Iterator[tuple[PlannedGathering, PlannedSession]]:
    return ((gathering, session) for gathering in gatherings for session in gathering.sessions)
