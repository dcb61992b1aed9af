"""The programme as the rules for clashes see it: plain values of sessions, rooms and people."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from schoolapp.domain.programme import Mode, SessionKind
from schoolapp.domain.spoken import Spoken, spoken_in


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
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Follower:
    """What decides whether somebody needs interpretation; many people share one.

    ``language`` is that of their group, ``understands`` are the languages they follow without
    help. ``stays`` are wall times, ``modules`` empty for all.
    """

    language: str
    understands: frozenset[str]
    stays: tuple[tuple[dt.datetime, dt.datetime], ...]
    modules: frozenset[int]


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
    kind: SessionKind = SessionKind.LECTURE
    floor: str = ""
    module_id: int | None = None
    room: PlannedRoom | None = None
    groups: tuple[PlannedGroup, ...] = ()
    lines: tuple[PlannedLine, ...] = ()
    speakers: tuple[str, ...] = ()
    tz: str = "UTC"

    @property
    def rooms(self) -> dict[str, PlannedRoom]:
        """The rooms that the session takes, by code."""
        in_groups = self.in_groups and self.groups
        rooms = [group.room for group in self.groups] if in_groups else [self.room]
        return {room.code: room for room in rooms if room}

    @property
    def spoken(self) -> Spoken:
        """The languages it can be followed in."""
        covered = (line.target for line in self.lines if line.interpreters)
        return spoken_in(self.floor, covered, (group.language for group in self.groups))

    @property
    def people(self) -> tuple[str, ...]:
        """The people with a part in the session: speakers before interpreters, each once."""
        interpreters = (code for line in self.lines for code in line.interpreters)
        return tuple(dict.fromkeys((*self.speakers, *interpreters)))

    @property
    def minutes(self) -> int:
        """The length in whole minutes."""
        return int((self.end - self.start).total_seconds()) // 60

    def overlaps(self, other: "PlannedSession") -> bool:
        """Whether the two share time; ends are not part of a session."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Blocked:
    """Local times in which nothing should be planned: on a date, a weekday, or on every day."""

    date: dt.date | None
    start: dt.time
    end: dt.time
    why: str
    weekday: int | None = None

    def on(self, day: dt.date) -> bool:
        """Whether this day has the times."""
        if self.date is not None:
            return day == self.date
        return self.weekday is None or day.weekday() == self.weekday

    def meets(self, start: dt.datetime, end: dt.datetime) -> bool:
        """Whether these wall times share a moment with it; ends are not part of a time.

        A party until 02:00 meets breakfast of neither day, and the night prayers of both.
        """
        days = (start.date() + dt.timedelta(n) for n in range((end.date() - start.date()).days + 1))
        return any(self.on(day) and self._overlaps(day, start, end) for day in days)

    def _overlaps(self, day: dt.date, start: dt.datetime, end: dt.datetime) -> bool:
        closes, opens = dt.datetime.combine(day, self.start), dt.datetime.combine(day, self.end)
        return start < opens and closes < end


@dataclass(frozen=True, slots=True)
class Busy:
    """A time in UTC in which a person or a room is taken, as ``source``, a calendar, says."""

    start: dt.datetime
    end: dt.datetime
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedGathering:
    """A gathering as the rules see it; ``delegations`` are the sizes by key.

    ``stays`` are the wall times of participants by their codes; ``people_busy`` and ``rooms_busy``
    the times in which they are taken, by code and in order. ``followers`` are the participants
    with a language group, counted. All four are empty where nobody asks for hints.
    """

    code: str
    participants: int = 0
    delegations: Mapping[int, int] = field(default_factory=dict)
    blocked: tuple[Blocked, ...] = ()
    sessions: tuple[PlannedSession, ...] = ()
    stays: Mapping[str, list[tuple[dt.datetime, dt.datetime]]] = field(default_factory=dict)
    people_busy: Mapping[str, list[Busy]] = field(default_factory=dict)
    rooms_busy: Mapping[str, list[Busy]] = field(default_factory=dict)
    followers: Mapping[Follower, int] = field(default_factory=dict)
