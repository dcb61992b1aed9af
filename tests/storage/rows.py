"""Synthetic test data: each builder makes one entity with sensible values; pass what matters.

Usage: ``store.change("x", lambda s: add(s, person(name="Ana Pérez")))``. Nothing here is a real
person; addresses end in example.org.
"""

import datetime as dt
import itertools
from typing import Any, TypeVar

from schoolapp.domain.applications import Application, ApplicationState
from schoolapp.domain.attendance import AttendanceMark, AttendanceState
from schoolapp.domain.gatherings import Gathering, GatheringKind, Module, Room
from schoolapp.domain.participation import ModuleAttended, Participation, Stay
from schoolapp.domain.people import Person, PersonLanguage
from schoolapp.domain.programme import Session, SessionKind, Speaker
from schoolapp.storage.store import DbSession

E = TypeVar("E")
_numbers = itertools.count(1)
START = dt.date(2027, 10, 23)
"""The first day of a gathering made here."""


def add(session: DbSession, *things: Any) -> Any:
    """Add entities and flush; answers the key of the only one, or the list of keys."""
    session.add_all(things)
    session.flush()
    keys = [thing.id for thing in things]
    return keys[0] if len(keys) == 1 else keys


def person(
    *, name: str = "", languages: tuple[tuple[str, str], ...] = (("en", "B2"),), **fields: Any
) -> Person:
    """A person; ``languages`` are pairs of tag and level."""
    number = next(_numbers)
    made = Person(
        code=fields.pop("code", f"T{number:04}"),
        display_name=name or f"Test Person {number}",
        email=fields.pop("email", f"person{number}@example.org"),
        languages=[
            PersonLanguage(lang=lang, level=level, position=n)
            for n, (lang, level) in enumerate(languages)
        ],
        **fields,
    )
    made.index_names()
    return made


def gathering(*, rooms: int = 2, modules: int = 0, days: int = 21, **fields: Any) -> Gathering:
    """A school in Amsterdam with rooms ``R1``... and modules ``M1``... that share its days."""
    start = fields.setdefault("start_date", START)
    fields.setdefault("end_date", start + dt.timedelta(days=days - 1))
    number = next(_numbers)
    length = days // max(modules, 1)
    return Gathering(
        code=fields.pop("code", f"school{number}"),
        kind=fields.pop("kind", GatheringKind.SCHOOL),
        titles=fields.pop("titles", {"en": f"School {number}"}),
        country=fields.pop("country", "NL"),
        tz=fields.pop("tz", "Europe/Amsterdam"),
        capacity=fields.pop("capacity", 30),
        currency=fields.pop("currency", "EUR"),
        working_languages=fields.pop("working_languages", ["en", "fr"]),
        rooms=[Room(code=f"R{n}", name=f"Room {n}", seats=40, position=n) for n in _to(rooms)],
        modules=[
            Module(
                code=f"M{n}",
                title=f"Module {n}",
                start=start + dt.timedelta(days=length * (n - 1)),
                end=start + dt.timedelta(days=length * n - 1),
                position=n,
            )
            for n in _to(modules)
        ],
        **fields,
    )


def _to(last: int) -> range:
    return range(1, last + 1)


def participation(
    of: Person,
    at: Gathering,
    *,
    stay: tuple[dt.datetime, dt.datetime] | None = None,
    modules: tuple[Module, ...] = (),
    **fields: Any,
) -> Participation:
    """A participant who stays for the whole gathering, or from ``stay[0]`` to ``stay[1]``.

    Both must be in the session already, or be added before.
    """
    arrival, departure = stay or (
        dt.datetime.combine(at.start_date, dt.time(8)),
        dt.datetime.combine(at.end_date, dt.time(20)),
    )
    return Participation(
        gathering_id=at.id,
        person=of,
        stays=[Stay(arrival=arrival, departure=departure)],
        modules=[ModuleAttended(module=m, position=n) for n, m in enumerate(modules)],
        **fields,
    )


def session(
    at: Gathering,
    *,
    no: int = 0,
    title: str = "",
    day: int = 0,
    start: str = "09:30",
    minutes: int = 90,
    speakers: tuple[Person, ...] = (),
    **fields: Any,
) -> Session:
    """A lecture on day ``day`` (0 the first) at ``start`` o'clock in the gathering's zone."""
    number = no or next(_numbers)
    begins = dt.datetime.combine(
        at.start_date + dt.timedelta(days=day), dt.time.fromisoformat(start)
    )
    return Session(
        gathering_id=at.id,
        no=number,
        kind=fields.pop("kind", SessionKind.LECTURE),
        title=title or f"Lecture {number}",
        start_local=begins,
        end_local=begins + dt.timedelta(minutes=minutes),
        tz=at.tz,
        speakers=[Speaker(person=who, position=n) for n, who in enumerate(speakers)],
        **fields,
    )


def application(of: Person, at: Gathering, **fields: Any) -> Application:
    """An application that was submitted."""
    return Application(
        code=fields.pop("code", f"TA{next(_numbers):04}"),
        gathering_id=at.id,
        person=of,
        state=fields.pop("state", ApplicationState.SUBMITTED),
        **fields,
    )


def add_mark(session: DbSession, of: Session, who: Participation, status: AttendanceState) -> None:
    """Mark one participant in one session."""
    session.add(AttendanceMark(session_id=of.id, participation_id=who.id, status=status))
    session.flush()
