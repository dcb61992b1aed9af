"""Calendar files to publish: everybody's programme, and one personal file each, spliced from parts.

A session is composed once and described once per language, languages read and room of a group. A
person's file is then a joining of octets: 350 people with 60 sessions are 21,000 joins and 60
compositions.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from schoolapp.base.language import RECIPIENT_LANGUAGES, in_language
from schoolapp.domain.recipients import nearest_language
from schoolapp.exchange.calendars import wording
from schoolapp.exchange.calendars.composing import compose, describe
from schoolapp.exchange.calendars.lines import clean_line, text_line
from schoolapp.exchange.calendars.values import CalendarGathering, CalendarPerson, CalendarSession
from schoolapp.exchange.calendars.wording import reads_that_matter
from schoolapp.exchange.calendars.zones import timezone_block
from schoolapp.exchange.files import safe_folder, safe_write

PRODUCT = b"PRODID:-//schoolapp//schoolapp//EN\r\n"
COLOR = b"COLOR:firebrick\r\n"  # a CSS3 name (RFC 7986 5.9)
# both names of the same: RFC 7986 5.7, and what Outlook and Apple read
FEED = b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\nX-PUBLISHED-TTL:PT6H\r\n"
PROGRAMME, INDEX = "programme.ics", "index.json"
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_OWN_FILE = re.compile(_PLAIN_NAME.pattern + r"\.ics")
_DEVICES = re.compile(r"(?i)con|prn|aux|nul|com\d|lpt\d")  # names that Windows keeps for itself
END = b"END:VCALENDAR\r\n"


class Calendars:
    """The calendars of one gathering: composed once, joined for each reader.

    ``sessions`` in any order; the files hold them by time, then by UID. ``RuleBroken`` as in
    ``compose``. A ``feed`` says how often to ask for it again.
    """

    def __init__(
        self,
        gathering: CalendarGathering,
        sessions: Iterable[CalendarSession],
        *,
        feed: bool = False,
    ) -> None:
        self._gathering, self._feed = gathering, FEED if feed else b""
        in_order = sorted(sessions, key=lambda s: (s.start, s.fold_start, s.uid))
        self._bodies = [compose(session, gathering) for session in in_order]
        self._position = {body.session.uid: n for n, body in enumerate(self._bodies)}
        first = min((body.years[0] for body in self._bodies), default=gathering.start_date.year)
        last = max((body.years[1] for body in self._bodies), default=gathering.end_date.year)
        self._blocks = {
            tz: timezone_block(tz, first, last) for tz in {b.session.tz for b in self._bodies}
        }
        self._openings = {
            tag: _opening(gathering.title_in(tag)) + self._feed for tag in RECIPIENT_LANGUAGES
        }
        self._described: dict[tuple[int, str | None, str, tuple[str, ...]], bytes] = {}
        self._selections: dict[frozenset[str], tuple[list[bytes], list[int]]] = {}
        self._by_reader: dict[tuple[str, tuple[str, ...]], list[bytes]] = {}
        self._own_events: dict[tuple[str, tuple[str, ...]], dict[tuple[int, str], bytes]] = {}

    def programme(self) -> bytes:
        """The file of all sessions, cancelled ones as such, in the gathering's language.

        People who imported an earlier programme need the cancelled ones: without them those
        sessions stay in the calendar as if nothing had happened.
        """
        language = nearest_language(self._gathering.language)
        with in_language(language):
            opening = _opening(wording.programme_name(self._gathering)) + self._feed
        events = self._events(language, ())
        return b"".join([opening, *self._zones_of(range(len(events))), *events, END])

    def personal(self, person: CalendarPerson, uids: Collection[str]) -> bytes:
        """The file of one person with the sessions of these UIDs, cancelled ones left out.

        Each session is in the room of the person's own group, if it has one. ``KeyError`` for a
        UID that is not among the sessions.
        """
        language = nearest_language(person.language)
        reads = person.reads or (language,)
        zones, places = self._selected(frozenset(uids))
        events = self._events(language, reads)
        if person.rooms:
            events = self._in_own_rooms(events, person.rooms, language, reads)
        return b"".join([self._openings[language], *zones, *[events[n] for n in places], END])

    def struck_out(self, person: CalendarPerson) -> bytes:
        """All sessions, for this person to remove from a calendar: cancelled ones too."""
        language = nearest_language(person.language)
        events = self._events(language, person.reads or (language,))
        zones = self._zones_of(range(len(events)))
        return b"".join([self._openings[language], *zones, *events, END])

    def _selected(self, uids: frozenset[str]) -> tuple[list[bytes], list[int]]:
        """The zones and places of these sessions; many people have the same ones."""
        if uids not in self._selections:
            places = sorted(self._position[uid] for uid in uids)
            kept = [n for n in places if not self._bodies[n].session.cancelled]
            self._selections[uids] = self._zones_of(kept), kept
        return self._selections[uids]

    def _zones_of(self, places: Iterable[int]) -> list[bytes]:
        return [self._blocks[tz] for tz in sorted({self._bodies[n].session.tz for n in places})]

    def _events(self, language: str, reads: tuple[str, ...]) -> list[bytes]:
        """Every session's VEVENT for readers of these languages, made on first use."""
        reader = (language, reads)
        if reader not in self._by_reader:
            self._by_reader[reader] = [
                self._event(n, language, reads) for n in range(len(self._bodies))
            ]
        return self._by_reader[reader]

    def _in_own_rooms(
        self, events: list[bytes], rooms: Mapping[str, str], language: str, reads: tuple[str, ...]
    ) -> list[bytes]:
        """The same VEVENTs, those of these UIDs in these rooms."""
        made = self._own_events.setdefault((language, reads), {})
        own = list(events)
        for uid, room in rooms.items():
            n = self._position[uid]
            if (n, room) not in made:
                made[n, room] = self._event(n, language, reads, room)
            own[n] = made[n, room]
        return own

    def _event(
        self, n: int, language: str, reads: tuple[str, ...], room: str | None = None
    ) -> bytes:
        matter = reads_that_matter(self._bodies[n].session, reads)
        key = (n, room, language, matter)
        if key not in self._described:
            body = self._bodies[n] if room is None else self._bodies[n].in_room(room)
            self._described[key] = body.event(describe(body.session, language, matter))
        return self._described[key]


def _opening(name: str) -> bytes:
    titled = text_line("NAME", clean_line(name)) + text_line("X-WR-CALNAME", clean_line(name))
    return b"BEGIN:VCALENDAR\r\n" + PRODUCT + b"VERSION:2.0\r\nMETHOD:PUBLISH\r\n" + titled + COLOR


def export_calendars(
    folder: Path,
    gathering: CalendarGathering,
    sessions: Iterable[CalendarSession],
    people: Iterable[tuple[CalendarPerson, Collection[str]]],
) -> list[dict[str, str]]:
    """Write one file per person, ``programme.ics`` and ``index.json``; answer the index.

    ``people`` come with the UIDs of their sessions. The index is ``[{"person", "file"}]`` by
    person. The folder appears whole or not at all (``safe_folder``); files of people that an
    earlier export listed and this one does not are removed. Two exports of the same data are equal
    octet for octet.
    """
    calendars = Calendars(gathering, sessions)
    by_uid = sorted(people, key=lambda pair: pair[0].uid)
    index = [
        {"person": person.uid, "file": name}
        for (person, _uids), name in zip(
            by_uid, _file_names(p.uid for p, _u in by_uid), strict=True
        )
    ]
    earlier = listed_before(folder)
    with safe_folder(folder, last=INDEX) as fresh:
        for (person, uids), entry in zip(by_uid, index, strict=True):
            (fresh / entry["file"]).write_bytes(calendars.personal(person, uids))
        (fresh / PROGRAMME).write_bytes(calendars.programme())
        text = json.dumps(index, ensure_ascii=False, indent=1) + "\n"
        (fresh / INDEX).write_bytes(text.encode())
    for name in earlier - {entry["file"] for entry in index}:
        (folder / name).unlink(missing_ok=True)
    return index


def export_person(
    folder: Path,
    gathering: CalendarGathering,
    sessions: Iterable[CalendarSession],
    person: CalendarPerson,
    uids: Collection[str],
) -> Path:
    """Write the file of one person into the folder, touching nothing else; answer its path."""
    [name] = _file_names([person.uid])
    return _written(folder / name, Calendars(gathering, sessions).personal(person, uids))


def export_programme(
    folder: Path, gathering: CalendarGathering, sessions: Iterable[CalendarSession]
) -> Path:
    """Write ``programme.ics`` into the folder, touching nothing else; answer its path."""
    return _written(folder / PROGRAMME, Calendars(gathering, sessions).programme())


def _written(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    safe_write(path, data)
    return path


def _file_names(uids: Iterable[str]) -> Iterator[str]:
    """A name per UID that every file system takes; names equal but for case are kept apart."""
    taken = {PROGRAMME}
    for uid in uids:
        name = f"{uid}.ics"
        plain = _PLAIN_NAME.fullmatch(uid) and not _DEVICES.fullmatch(uid)
        if not plain or name.lower() in taken:
            name = f"{sha256(uid.encode()).hexdigest()[:16]}.ics"
        taken.add(name.lower())
        yield name


def listed_before(folder: Path) -> set[str]:
    """The personal files that an earlier export left in the folder, by its index."""
    try:
        index = json.loads((folder / INDEX).read_bytes())
        names = {entry["file"] for entry in index}
    except (OSError, ValueError, TypeError, KeyError):
        return set()
    return {str(name) for name in names if _OWN_FILE.fullmatch(str(name))} - {PROGRAMME}
