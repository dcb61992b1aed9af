"""Pushes of a programme are remembered in the store, and taken up by the next one."""

import datetime as dt
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from schoolapp.domain.calendars import BusyTime, CalendarCollection, CalendarFeed, PushedSession
from schoolapp.domain.gatherings import Gathering, Room
from schoolapp.domain.people import Person
from schoolapp.domain.programme import Session
from schoolapp.exchange.caldav import CalendarServer, Login, Outcome, Plan, settle
from schoolapp.operations import gatherings, programme
from schoolapp.operations.calendars import busy_times, pushing
from schoolapp.operations.calendars.feeds import feed_names
from schoolapp.operations.gatherings import RoomDraft
from schoolapp.operations.people.editing import remove_person
from schoolapp.operations.people.participations import remove_participation
from schoolapp.storage.store import DbSession, Store
from tests import builders as b
from tests.calendar_server import USER, Radicale, calendar_server

START = dt.datetime(2027, 7, 5, 9)  # noqa: DTZ001


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Radicale]:
    """An empty calendar."""
    with calendar_server(tmp_path) as made:
        yield made


@pytest.fixture
def key(file_store: Store) -> int:
    """A gathering with three sessions in one room, the first with a speaker."""

    def build(session: DbSession) -> int:
        at = b.gathering(session, rooms=0, start=START.date(), contact_address="s@example.org")
        hall = session.get_one(
            Room, gatherings.save_room(session, gathering_id=at.id, draft=RoomDraft(name="Hall"))
        )
        speaker = b.person(session, name="Ana Pérez")
        for n in range(3):
            b.session(
                session, at, title=f"Lecture {n}", day=n, start="09:00", minutes=60, room=hall,
                speakers=() if n else (speaker,),
            )  # fmt: skip
        return at.id

    return file_store.change("Build", build).value


def login(server: Radicale, *, cut: bool = False) -> Login:
    """The calendar of the server."""
    return Login(address=server.cut_address if cut else server.address, user=USER)


def plan(store: Store, server: Radicale, key: int, language: str = "en") -> Plan:
    """What a push would do."""
    with CalendarServer(login(server), "x") as connection:
        return pushing.compare(
            store, connection, login(server), gathering_id=key, language=language
        )


def push(
    store: Store, server: Radicale, key: int, *, cut: bool = False, language: str = "en"
) -> Outcome:
    """Push all that differs."""
    steps = plan(store, server, key, language).steps
    with CalendarServer(login(server, cut=cut), "x") as connection:
        return pushing.push(
            store, connection, login(server), steps, gathering_id=key, language=language
        )


def count(store: Store, entity: type) -> int:
    """How many rows there are."""
    return store.read(lambda s: s.scalar(select(func.count()).select_from(entity))) or 0


def move(store: Store, key: int) -> None:
    """Move all sessions by an hour."""

    def later(session: DbSession) -> None:
        for slot in session.scalars(select(Session).where(Session.gathering_id == key)).all():
            start = slot.start_local + dt.timedelta(hours=1)
            programme.move_session(session, session_id=slot.id, start=start)

    store.change("Move", later)


def test_a_push_is_remembered(file_store: Store, server: Radicale, key: int) -> None:
    """Acceptance 7: nothing left to do after it; calendar and user are remembered."""
    assert file_store.read(lambda s: pushing.last_target(s, gathering_id=key)).login is None
    assert push(file_store, server, key).done == 3
    assert plan(file_store, server, key).is_done
    target = file_store.read(lambda s: pushing.last_target(s, gathering_id=key))
    assert target == pushing.Target(login(server), "en")
    assert count(file_store, PushedSession) == 3
    assert file_store.next_titles()[0] == "Build", "what left the program is not undone"
    move(file_store, key)
    server.connection.cuts = deque([("up", 1500), ("up", 0)])
    cut = push(file_store, server, key, cut=True)
    assert "broke" in cut.trouble
    assert push(file_store, server, key).done >= 1
    assert plan(file_store, server, key).is_done
    assert server.whole().count(b"T100000") == 3


def test_a_programme_is_pushed_in_a_language(file_store: Store, server: Radicale, key: int) -> None:
    """At first it is the first language of the gathering that letters know; another language
    changes every session there, and is remembered.
    """

    def speak(session: DbSession) -> None:
        draft = gatherings.draft_of(session, gathering_id=key, language="en")
        draft = replace(draft, working_languages=("fr", "en"))
        gatherings.save_gathering(session, draft=draft)

    file_store.change("Speak", speak)
    assert file_store.read(lambda s: pushing.last_target(s, gathering_id=key)).language == "fr"
    assert push(file_store, server, key, language="fr").done == 3
    assert server.whole().count(b"LANGUAGE=fr:") == 3
    assert b"LANGUAGE=en" not in server.whole()
    assert push(file_store, server, key, language="es").done == 3
    assert server.whole().count(b"LANGUAGE=es:") == 3
    assert file_store.read(lambda s: pushing.last_target(s, gathering_id=key)).language == "es"
    assert plan(file_store, server, key, "es").is_done


def test_what_is_left_to_others_is_remembered(
    file_store: Store, server: Radicale, key: int
) -> None:
    """A decision for theirs is kept: it is not asked again until ours changes."""
    push(file_store, server, key)
    for known in file_store.read(
        lambda s: pushing.known_sessions(s, gathering_id=key, address=server.address)
    ).values():
        assert server.ask("DELETE", known.href)[0] == 200
    conflicts = plan(file_store, server, key).conflicts
    assert len(conflicts) == 3
    with CalendarServer(login(server), "x") as connection:
        steps = [settle(one, ours=False) for one in conflicts]
        pushing.push(file_store, connection, login(server), steps, gathering_id=key, language="en")
    assert plan(file_store, server, key).is_done
    move(file_store, key)
    assert len(plan(file_store, server, key).conflicts) == 3


def window(store: Store, key: int) -> tuple[dt.datetime, dt.datetime]:
    """The days of the gathering."""
    first, last, tz = store.read(lambda s: busy_times.window_of(s, gathering_id=key))
    assert tz == "Europe/Amsterdam"
    return first, last


def take(store: Store, key: int, spans: list[tuple[int, int]], **owner: int) -> int:
    """Note busy times by hours of the first day, UTC."""
    day = dt.datetime(2027, 7, 5, tzinfo=dt.UTC)
    hours = [(day + dt.timedelta(hours=a), day + dt.timedelta(hours=b)) for a, b in spans]
    return store.change(
        "Busy",
        lambda s: busy_times.take_busy_times(
            s, spans=hours, source="own.ics", window=window(store, key), **owner
        ),
    ).value


def reported(store: Store, key: int) -> list[str]:
    """The hints, without marks of direction."""
    hints = store.read(lambda s: programme.clash_rows(s, gathering_id=key))
    assert {hint.kind for hint in hints} <= {"busy"}
    assert all(hint.is_hint for hint in hints)
    return [hint.sentence.replace("\u2068", "").replace("\u2069", "") for hint in hints]


def test_a_session_over_a_busy_time_is_reported(file_store: Store, key: int) -> None:
    """The speaker and the room of a session; another file of the same name replaces the first."""
    person = file_store.read(lambda s: s.scalar(select(Person.id)))
    room = file_store.read(lambda s: s.scalar(select(Room.id)))
    assert person
    assert room
    take(file_store, key, [(6, 7), (8, 9)], person_id=person)
    assert reported(file_store, key) == [], "ends touch, but share no time"
    take(file_store, key, [(7, 9), (10, 11)], person_id=person)
    take(file_store, key, [(5, 40)], room_id=room)
    assert reported(file_store, key) == [
        "“Lecture 0”: Ana Pérez is busy from 09:00 to 11:00 (own.ics).",
        "“Lecture 0”: Hall is busy from 07:00 to 2027-07-06 18:00 (own.ics).",
        "“Lecture 1”: Hall is busy from 2027-07-05 07:00 to 18:00 (own.ics).",
    ]
    assert count(file_store, BusyTime) == 3
    assert file_store.read(lambda s: programme.clashes_of(s, gathering_id=key)) == ()
    file_store.undo()
    assert len(reported(file_store, key)) == 1


def test_our_own_sessions_are_known(file_store: Store, key: int) -> None:
    """The gathering and its sessions, by their UIDs."""
    assert len(file_store.read(lambda s: busy_times.own_uids(s, gathering_id=key))) == 4


def test_nothing_is_left_of_what_is_removed(file_store: Store, server: Radicale, key: int) -> None:
    """A person's and a room's busy times, a gathering's calendars: they go with it."""
    push(file_store, server, key)

    def stranger(session: DbSession) -> int:
        who = b.person(session, name="Ben Okoro")
        place = b.participation(session, who, session.get_one(Gathering, key))
        assert who.uid in feed_names(session, gathering_id=key)
        remove_participation(session, participation_id=place.id, version=place.version)
        return who.id

    person = file_store.change("Add", stranger).value
    take(file_store, key, [(7, 9)], person_id=person)
    room = file_store.read(lambda s: s.scalar(select(Room.id)))
    assert room
    take(file_store, key, [(7, 9)], room_id=room)
    file_store.change("Remove", lambda s: remove_person(s, person_id=person, version=1))
    assert (count(file_store, BusyTime), count(file_store, CalendarFeed)) == (1, 0)
    version = file_store.read(lambda s: s.get_one(Gathering, key).version)
    file_store.change(
        "Remove", lambda s: gatherings.remove_gathering(s, gathering_id=key, version=version)
    )
    for entity in (BusyTime, CalendarCollection, PushedSession):
        assert count(file_store, entity) == 0
