"""Which sessions clash: a registry of rules over plain values of the programme."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from schoolapp.base.language import _, isolate, mark
from schoolapp.domain.programme import Mode

LONGEST_ALONE = 40
"""Minutes that one person may interpret alone."""
BOOTH_MODES = frozenset({Mode.BOOTH, Mode.RELAY})
SPEAKER, INTERPRETER = "speaker", "interpreter"


@dataclass(frozen=True, slots=True)
class PlannedRoom:
    """A room: ``seats`` None means no limit."""

    code: str
    name: str
    seats: int | None
    booths: int


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One line of interpretation; ``interpreters`` are codes of persons."""

    target: str
    mode: Mode
    interpreters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedGroup:
    """Where a group of a session meets; ``delegation`` is None for a language group."""

    room: PlannedRoom
    delegation: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSession:
    """A session that is not cancelled.

    ``start`` and ``end`` are UTC, ``start_local`` and ``end_local`` wall times. ``position`` is its
    place in the programme. ``in_groups``: it meets in the rooms of its groups, not in ``room``.
    """

    uid: str
    title: str
    gathering: str
    position: int
    start: dt.datetime
    end: dt.datetime
    start_local: dt.datetime
    end_local: dt.datetime
    audience: str = "all"
    invited: int | None = None
    in_groups: bool = False
    room: PlannedRoom | None = None
    groups: tuple[PlannedGroup, ...] = ()
    lines: tuple[PlannedLine, ...] = ()
    speakers: tuple[str, ...] = ()

    @property
    def rooms(self) -> dict[str, PlannedRoom]:
        """The rooms that the session takes, by code."""
        rooms = [group.room for group in self.groups] if self.in_groups else [self.room]
        return {room.code: room for room in rooms if room}

    @property
    def minutes(self) -> int:
        """The length in whole minutes."""
        return int((self.end - self.start).total_seconds()) // 60

    def overlaps(self, other: "PlannedSession") -> bool:
        """Whether the two share time; ends are not part of a session."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Blocked:
    """Local times of a day in which nothing may be planned."""

    date: dt.date
    start: dt.time
    end: dt.time
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedGathering:
    """A gathering as the rules see it; ``delegations`` are the sizes by key."""

    code: str
    participants: int = 0
    delegations: Mapping[int, int] = field(default_factory=dict)
    blocked: tuple[Blocked, ...] = ()
    sessions: tuple[PlannedSession, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One clash: ``kind`` is the id of its rule; what does not apply to the kind is empty.

    ``roles`` belong to the earlier and the later of the two ``sessions`` that a person has.
    """

    kind: str
    sessions: tuple[PlannedSession, ...]
    room: PlannedRoom | None = None
    person: str | None = None
    target: str | None = None
    why: str | None = None
    invited: int | None = None
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of clash: its id, the sentence that tells it, and how all of its clashes are found."""

    kind: str
    sentence: str
    find: Callable[[tuple[PlannedGathering, ...]], Iterable[Conflict]]


def _room_too_small(gatherings: tuple[PlannedGathering, ...]) -> Iterator[Conflict]:
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
                yield Conflict(
                    kind="room_too_small", sessions=(session,), room=rooms[code], invited=invited
                )


def _no_booth_in_room(gatherings: tuple[PlannedGathering, ...]) -> Iterator[Conflict]:
    for _gathering, session in _each(gatherings):
        in_booth = any(line.mode is Mode.BOOTH for line in session.lines)
        if in_booth and session.room and session.room.booths == 0:
            yield Conflict(kind="no_booth_in_room", sessions=(session,), room=session.room)


def _one_interpreter_alone(gatherings: tuple[PlannedGathering, ...]) -> Iterator[Conflict]:
    for _gathering, session in _each(gatherings):
        for line in session.lines if session.minutes > LONGEST_ALONE else ():
            if line.mode in BOOTH_MODES and len(set(line.interpreters)) < 2:
                yield Conflict(
                    kind="one_interpreter_alone", sessions=(session,), target=line.target
                )


def _blocked_time(gatherings: tuple[PlannedGathering, ...]) -> Iterator[Conflict]:
    for gathering, session in _each(gatherings):
        for blocked in gathering.blocked:
            if (
                session.start_local.date() == blocked.date
                and session.start_local.time() < blocked.end
                and session.end_local.time() > blocked.start
            ):
                yield Conflict(kind="blocked_time", sessions=(session,), why=blocked.why)


def _room_double_booked(gatherings: tuple[PlannedGathering, ...]) -> Iterator[Conflict]:
    for gathering in gatherings:
        in_room: dict[str, list[PlannedSession]] = defaultdict(list)
        for session in gathering.sessions:
            for code in session.rooms:
                in_room[code].append(session)
        for code, sessions in in_room.items():
            for pair in overlapping(sessions):
                first, second = sorted(pair, key=lambda session: session.position)
                yield Conflict(
                    kind="room_double_booked", sessions=(first, second), room=first.rooms[code]
                )


def _person_double_booked(gatherings: tuple[PlannedGathering, ...]) -> Iterator[Conflict]:
    duties: dict[str, dict[str, str]] = defaultdict(dict)
    sessions = {session.uid: session for _gathering, session in _each(gatherings)}
    for _gathering, session in _each(gatherings):
        for line in session.lines:
            for person in line.interpreters:
                duties[person][session.uid] = INTERPRETER
        for person in session.speakers:  # who is both counts once, as a speaker
            duties[person][session.uid] = SPEAKER
    for person, roles in duties.items():
        for earlier, later in overlapping(sessions[uid] for uid in roles):
            first, second = sorted((earlier, later), key=lambda session: session.uid)
            yield Conflict(
                kind="person_double_booked",
                person=person,
                sessions=(first, second),
                roles=(roles[earlier.uid], roles[later.uid]),
            )


RULES = (
    Rule(
        "room_too_small",
        mark("“{title}” expects {invited} people; {room} has {seats} seats."),
        _room_too_small,
    ),
    Rule(
        "no_booth_in_room",
        mark("“{title}” is interpreted from a booth; {room} has none."),
        _no_booth_in_room,
    ),
    Rule(
        "one_interpreter_alone",
        mark("“{title}” is too long for one interpreter alone (into {target})."),
        _one_interpreter_alone,
    ),
    Rule("blocked_time", mark("“{title}” lies in a time kept free: {why}."), _blocked_time),
    Rule(
        "room_double_booked",
        mark("“{title}” and “{other}” are in {room} at the same time."),
        _room_double_booked,
    ),
    Rule(
        "person_double_booked",
        mark("{person} is needed in “{title}” and in “{other}” at the same time."),
        _person_double_booked,
    ),
)
"""The kinds of clash, each once: to add one, write its function and its sentence here."""


def find_all(
    gatherings: tuple[PlannedGathering, ...], rules: tuple[Rule, ...] = RULES
) -> tuple[Conflict, ...]:
    """All clashes of the gatherings, rule by rule, in the order of the programme."""
    return tuple(conflict for rule in rules for conflict in rule.find(gatherings))


def describe(conflict: Conflict, people: Mapping[str, str]) -> str:
    """The clash as a sentence; ``people`` gives the names by code."""
    sentence = next(rule.sentence for rule in RULES if rule.kind == conflict.kind)
    person = conflict.person or ""
    return _(sentence).format(
        title=isolate(conflict.sessions[0].title),
        other=isolate(conflict.sessions[-1].title),
        room=isolate(conflict.room.name) if conflict.room else "",
        seats=conflict.room.seats if conflict.room else "",
        invited=conflict.invited,
        target=conflict.target,
        why=conflict.why,
        person=isolate(people.get(person, person)),
    )


def overlapping(
    sessions: Iterable[PlannedSession],
) -> Iterator[tuple[PlannedSession, PlannedSession]]:
    """All pairs that share time, the earlier one (by start, then uid) first."""
    running: list[PlannedSession] = []
    for session in sorted(sessions, key=lambda session: (session.start, session.uid)):
        running = [other for other in running if other.end > session.start]
        yield from ((other, session) for other in running if other.overlaps(session))
        running.append(session)


def _each(
    gatherings: tuple[PlannedGathering, ...],
) -> Iterator[tuple[PlannedGathering, PlannedSession]]:
    return ((gathering, session) for gathering in gatherings for session in gathering.sessions)
