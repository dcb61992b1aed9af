"""What a calendar file is made of: plain values, gathered elsewhere, in wall time with its zone."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarReading:
    """A text of a session in one language; ``order`` as the lecturer set it."""

    author: str
    title: str
    lang: str
    required: bool
    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarGroup:
    """A group that a session meets in: of a language, a BCP 47 tag, or of a named delegation."""

    room_name: str
    language: str | None = None
    delegation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSession:
    """A slot of the programme as a calendar shows it.

    ``start`` and ``end`` are naive wall times in the IANA zone ``tz``; ``fold_start`` and
    ``fold_end`` choose in a repeated hour (PEP 495). ``uid`` is the stable iCalendar UID.
    ``created`` and ``modified`` are aware. ``speakers`` are display names. Languages are BCP 47
    tags; ``floor_language`` is empty or ``-`` where a session has none (working groups), and
    ``languages`` are those it can be followed in. ``reading_gap`` names languages without a text.
    ``groups`` are those it meets in, empty for one that meets as a whole in ``room_name``.
    """

    uid: str
    title: str
    kind: str
    start: dt.datetime
    end: dt.datetime
    tz: str
    modified: dt.datetime
    created: dt.datetime | None = None
    fold_start: int = 0
    fold_end: int = 0
    sequence: int = 0
    cancelled: bool = False
    room_name: str | None = None
    venue: str = ""
    city: str = ""
    geo: tuple[float, float] | None = None
    online_link: str | None = None
    speakers: tuple[str, ...] = ()
    floor_language: str = ""
    languages: tuple[str, ...] = ()
    readings: tuple[CalendarReading, ...] = ()
    reading_gap: tuple[str, ...] = ()
    groups: tuple[CalendarGroup, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarGathering:
    """The school, seminar or camp; ``organizer_address`` is the mailbox that somebody reads.

    ``titles`` are the titles it has in other languages, by tag, beside ``title``. ``geo`` is the
    venue's latitude and longitude.
    """

    uid: str
    title: str
    start_date: dt.date
    end_date: dt.date
    tz: str
    venue: str
    city: str
    organizer_name: str
    organizer_address: str
    language: str = "en"
    geo: tuple[float, float] | None = None
    titles: Mapping[str, str] = field(default_factory=dict)

    def title_in(self, language: str) -> str:
        """The title for a reader of this language."""
        return self.titles.get(language, self.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPerson:
    """Somebody who gets a calendar: written in ``language``, able to read texts in ``reads``.

    ``rooms`` are those of the person's own groups, by the UID of the session.
    """

    uid: str
    name: str
    address: str | None = None
    language: str = "en"
    reads: tuple[str, ...] = ()
    rooms: Mapping[str, str] = field(default_factory=dict)
