"""How long personal calendars of 350 people with 60 sessions take, against joining strings.

Every fifth session meets in three groups, each in a room of its own.

The reference joins the very same lines: for every person and session the prepared lines of the
event are put together and encoded, with no composing, escaping or folding. Ours starts from the
values, with nothing prepared.
"""

import datetime as dt

from schoolapp.base.language import RECIPIENT_LANGUAGES
from schoolapp.exchange.calendars import (
    CalendarGathering,
    CalendarGroup,
    CalendarPerson,
    CalendarReading,
    Calendars,
    CalendarSession,
)
from tools.bench.measuring import Result, ratio

PEOPLE, SESSIONS = 350, 60
GROUPS = {"en": "Conference hall", "fr": "Library", "es": "Garden room"}
READS = (("en",), ("fr", "en"), ("es",), ("nl", "en"), ("fil", "en"), ("ur", "en"))


def personal_calendars() -> Result:
    """The figure of personal calendars."""
    gathering, sessions, people = _school()
    prepared = [_lines(data) for data in _ours(gathering, sessions, people)]
    return Result(
        id="personal_calendars",
        ratio=ratio(lambda: _ours(gathering, sessions, people), lambda: _reference(prepared)),
        reference=f"joining the prepared lines of {PEOPLE} x {SESSIONS} events",
        gate=4.0,
    )


def _ours(
    gathering: CalendarGathering, sessions: list[CalendarSession], people: list[CalendarPerson]
) -> list[bytes]:
    calendars = Calendars(gathering, sessions)
    uids = [session.uid for session in sessions]
    return [calendars.personal(person, uids) for person in people]


def _reference(prepared: list[list[list[str]]]) -> list[bytes]:
    return ["".join(["\r\n".join(part) for part in file]).encode() for file in prepared]


def _lines(data: bytes) -> list[list[str]]:
    """The lines of a file, by event; each part ends with an empty one for its line break."""
    parts = data.decode().split("BEGIN:VEVENT\r\n")
    return [part.split("\r\n") for part in (parts[0], *("BEGIN:VEVENT\r\n" + p for p in parts[1:]))]


def _school() -> tuple[CalendarGathering, list[CalendarSession], list[CalendarPerson]]:
    opening = dt.date(2027, 10, 23)
    gathering = CalendarGathering(
        uid="bench",
        title="Global Justice School",
        start_date=opening,
        end_date=opening + dt.timedelta(days=20),
        tz="Europe/Amsterdam",
        venue="IIRE Amsterdam",
        city="Amsterdam",
        organizer_name="School office",
        organizer_address="school@example.org",
    )
    sessions = [_session(n, opening) for n in range(SESSIONS)]
    in_groups = [session.uid for session in sessions if session.groups]
    people = [
        CalendarPerson(
            uid=f"P{n:04}",
            name="Somebody",
            language=RECIPIENT_LANGUAGES[n % 6],
            reads=READS[n // 6 % 6],
            rooms=dict.fromkeys(in_groups, list(GROUPS.values())[n % 3]),
        )
        for n in range(PEOPLE)
    ]
    return gathering, sessions, people


def _session(n: int, opening: dt.date) -> CalendarSession:
    start = dt.datetime.combine(opening, dt.time(9, 30)) + dt.timedelta(
        days=n // 3, hours=n % 3 * 3
    )
    readings = tuple(
        CalendarReading(
            author="Author", title=f"Text {k}, {lang}", lang=lang, required=k < 2, order=k
        )
        for k, lang in enumerate(("en", "fr", "es"))
    )
    groups = tuple(CalendarGroup(room_name=room, language=tag) for tag, room in GROUPS.items())
    return CalendarSession(
        uid=f"s{n:03}@schoolapp.example",
        title=f"Session {n}: from here, and on",
        kind="plenary" if n % 3 else "lecture",
        start=start,
        end=start + dt.timedelta(hours=2),
        tz="Europe/Amsterdam",
        modified=dt.datetime(2027, 9, 1, tzinfo=dt.UTC),
        created=dt.datetime(2027, 5, 1, tzinfo=dt.UTC),
        room_name="Conference hall",
        venue="IIRE Amsterdam",
        city="Amsterdam",
        geo=(52.3676, 4.9041),
        speakers=("Maria Example", "Ayesha Example"),
        floor_language="en",
        languages=("en", "fr", "es"),
        readings=() if n % 3 else readings,
        groups=() if n % 5 else groups,
    )
