"""Plain rows for tests of the storage itself, which know of no operation above it.

Each function makes one entity with sensible values; ``fields`` are any columns. Everything else
begins with ``tests/builders.py``, which makes only what a user can make.
"""

import datetime as dt
import itertools
from typing import Any

from schoolapp.domain.applications import Application, ApplicationState
from schoolapp.domain.gatherings import Gathering, GatheringKind, Module, Room
from schoolapp.domain.participation import ModuleAttended, Participation, Stay
from schoolapp.domain.people import Person, PersonLanguage
from schoolapp.domain.programme import Session, SessionKind, Speaker
from schoolapp.storage.store import DbSession

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
    usual = {"code": f"T{number:04}", "email": f"person{number}@example.org"}
    spoken = [
        PersonLanguage(lang=lang, level=level, position=n)
        for n, (lang, level) in enumerate(languages)
    ]
    name = name or f"Test Person {number}"
    made = Person(display_name=name, languages=spoken, **{**usual, **fields})
    made.index_names()
    return made


def gathering(*, rooms: int = 2, modules: int = 0, days: int = 21, **fields: Any) -> Gathering:
    """A school in Amsterdam with rooms ``R1``... and modules ``M1``... that share its days."""
    number, length = next(_numbers), dt.timedelta(days // max(modules, 1))
    first = fields.get("start_date", START)
    usual = {
        "code": f"school{number}", "kind": GatheringKind.SCHOOL,
        "titles": {"en": f"School {number}"}, "country": "NL", "tz": "Europe/Amsterdam",
        "start_date": first, "end_date": first + dt.timedelta(days - 1), "capacity": 30,
        "currency": "EUR", "working_languages": ["en", "fr"],
    }  # fmt: skip
    begins = [(n, first + length * (n - 1)) for n in range(1, modules + 1)]
    end = length - dt.timedelta(1)
    return Gathering(
        rooms=[Room(code=f"R{n}", name=f"Room {n}", position=n) for n in range(1, rooms + 1)],
        modules=[
            Module(code=f"M{n}", title=f"Module {n}", start=start, end=start + end, position=n)
            for n, start in begins
        ],
        **{**usual, **fields},
    )


def participation(
    of: Person, at: Gathering, *, modules: tuple[Module, ...] = (), **fields: Any
) -> Participation:
    """A participant for the whole gathering; both must be in the session already."""
    arrival = dt.datetime.combine(at.start_date, dt.time(8))
    stay = Stay(arrival=arrival, departure=dt.datetime.combine(at.end_date, dt.time(20)))
    attended = [ModuleAttended(module=m, position=n) for n, m in enumerate(modules)]
    usual = {"stays": [stay], "modules": attended}
    return Participation(gathering_id=at.id, person=of, **{**usual, **fields})


def session(at: Gathering, *, speakers: tuple[Person, ...] = (), **fields: Any) -> Session:
    """A lecture on the first morning."""
    number = next(_numbers)
    start = dt.datetime.combine(at.start_date, dt.time(9, 30))
    usual = {
        "no": number, "kind": SessionKind.LECTURE, "title": f"Lecture {number}",
        "start_local": start, "end_local": start + dt.timedelta(minutes=90), "tz": at.tz,
    }  # fmt: skip
    speaking = [Speaker(person=who, position=n) for n, who in enumerate(speakers)]
    return Session(gathering_id=at.id, speakers=speaking, **{**usual, **fields})


def application(of: Person, at: Gathering) -> Application:
    """An application that was submitted."""
    code, state = f"TA{next(_numbers):04}", ApplicationState.SUBMITTED
    return Application(code=code, gathering_id=at.id, person=of, state=state)
