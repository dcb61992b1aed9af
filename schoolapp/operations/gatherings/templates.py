"""Templates: a new gathering with rooms, dates, prices and a day pattern in one go."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import NotRequired, TypedDict

from sqlalchemy import select

from schoolapp.base.language import mark
from schoolapp.base.shipped import folder
from schoolapp.domain.gatherings import (
    Deadline,
    FreeDay,
    Gathering,
    GatheringKind,
    Module,
    Price,
    Room,
)
from schoolapp.domain.money import Money
from schoolapp.domain.programme import IN_GROUPS, Session, SessionGroup, SessionKind, SessionState
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.text import fold
from schoolapp.operations.centres.editing import first_centre
from schoolapp.storage.store import DbSession

ORDER = (
    "three_week_school",
    "five_day_seminar",
    "seven_day_camp",
    "three_day_conference",
    "public_event",
)


class RoomPattern(TypedDict):
    """A room of a template."""

    code: str
    name: str
    seats: int | None
    booths: int
    divisible: NotRequired[int]


class ModulePattern(TypedDict):
    """A module of a template, its days counted from the first day."""

    code: str
    title: str
    first: int
    last: int


class SessionPattern(TypedDict):
    """Sessions of a template: one on each of the ``days``, which are counted from the first."""

    days: list[int]
    start: str
    end: str
    kind: str
    title: str
    room: NotRequired[str]
    groups: NotRequired[list[str]]
    audience: NotRequired[str]
    register: NotRequired[bool]


class Content(TypedDict):
    """What a template's file holds; offsets in days from the first day."""

    kind: str
    title: str
    days: int
    capacity: int
    working_languages: list[str]
    centre: str | None
    rooms: list[RoomPattern]
    modules: list[ModulePattern]
    free_days: list[int]
    deadlines: dict[str, int]
    prices: dict[str, str]
    sessions: list[SessionPattern]
    deposit: NotRequired[str]
    age_range: NotRequired[list[int]]


@dataclass(frozen=True, slots=True)
class Template:
    """A pattern for gatherings: offsets in days from the first day, local times, prices."""

    key: str
    kind: GatheringKind
    title: str
    days: int
    content: Content


def read_templates() -> tuple[Template, ...]:
    """The templates that come with the program, the most used first."""
    found = []
    for key in ORDER:
        content: Content = json.loads(
            (folder("data") / "templates" / f"{key}.json").read_text("utf-8")
        )
        kind = GatheringKind(content["kind"])
        found.append(Template(key, kind, content["title"], content["days"], content))
    return tuple(found)


def create_from_template(
    session: DbSession,
    *,
    template: Template,
    title: str,
    start_date: dt.date,
    language: str = "en",
    centre: str | None = None,
) -> int:
    """Make a gathering from a template that begins on ``start_date``; its key.

    All dates and the day pattern shift with the first day. ``centre`` is the code of a centre,
    which gives zone, country, currency and languages. A template without a centre takes zone,
    country and currency of the first one, and its own languages.
    """
    if not title.strip():
        raise RuleBroken(mark("Give the gathering a title."))
    content = template.content
    host = centre or content["centre"]
    place = first_centre(session, host)
    names_place = host == place.code
    languages = list(place.languages if centre else ()) or list(content["working_languages"])
    youngest, oldest = content.get("age_range", (None, None))
    gathering = Gathering(
        code=free_code(session, title, start_date),
        kind=template.kind,
        titles={language: title.strip()},
        host_centre=place.code if names_place else None,
        country=place.country,
        tz=place.tz,
        currency=place.currency,
        start_date=start_date,
        end_date=start_date + dt.timedelta(days=template.days - 1),
        capacity=content["capacity"],
        working_languages=languages,
        venue_name=place.name if content["centre"] else "",
        venue_city=place.city if content["centre"] else "",
        deposit=_price(content.get("deposit"), place.currency),
        age_from=youngest,
        age_to=oldest,
    )
    _add_dates(gathering, content)
    session.add(gathering)
    session.flush()
    session.add_all(_sessions(gathering, content))
    session.flush()
    return gathering.id


def free_code(session: DbSession, title: str, start_date: dt.date) -> str:
    """A code that no gathering has: initials of the title and the year, such as ``gjs2028``."""
    words = [word for word in fold(title).split() if word[:1].isascii() and word[:1].isalpha()]
    initials = "".join(word[0] for word in words[:5]) or "g"
    stem = f"{initials}{start_date.year}"
    taken = set(session.scalars(select(Gathering.code).where(Gathering.code.like(f"{stem}%"))))
    return next(
        code
        for n in range(len(taken) + 1)
        if (code := stem if n == 0 else f"{stem}-{n + 1}") not in taken
    )


def _price(amount: str | None, currency: str) -> Money | None:
    return None if amount is None else Money.of(amount, currency)


def _add_dates(gathering: Gathering, content: Content) -> None:
    first = gathering.start_date

    def day(offset: int) -> dt.date:
        return first + dt.timedelta(days=offset)

    gathering.rooms = [Room(position=n, **room) for n, room in enumerate(content["rooms"])]
    gathering.modules = [
        Module(
            code=m["code"], title=m["title"], start=day(m["first"]), end=day(m["last"]), position=n
        )
        for n, m in enumerate(content["modules"])
    ]
    gathering.free_days = [
        FreeDay(date=day(offset), position=n) for n, offset in enumerate(content["free_days"])
    ]
    gathering.deadlines = [
        Deadline(name=name, date=day(offset), position=n)
        for n, (name, offset) in enumerate(content["deadlines"].items())
    ]
    gathering.prices = [
        Price(band=band, price=Money.of(amount, gathering.currency), position=n)
        for n, (band, amount) in enumerate(content["prices"].items())
    ]


def _sessions(gathering: Gathering, content: Content) -> list[Session]:
    """The day pattern as sessions, numbered in the order of their start."""
    slots = []
    for pattern in content["sessions"]:
        for offset in pattern["days"]:
            day = gathering.start_date + dt.timedelta(days=offset)
            slots.append((dt.datetime.combine(day, _time(pattern["start"])), pattern))
    slots.sort(key=lambda slot: slot[0])
    return [_session(gathering, n + 1, start, p) for n, (start, p) in enumerate(slots)]


def _session(gathering: Gathering, no: int, start: dt.datetime, pattern: SessionPattern) -> Session:
    rooms = {room.code: room for room in gathering.rooms}
    end = dt.datetime.combine(start.date(), _time(pattern["end"]))
    if end <= start:  # past midnight
        end += dt.timedelta(days=1)
    groups = pattern.get("groups", [])
    module = next((m for m in gathering.modules if m.start <= start.date() <= m.end), None)
    kind = SessionKind(pattern["kind"])
    return Session(
        gathering_id=gathering.id,
        no=no,
        kind=kind,
        title=pattern["title"],
        start_local=start,
        end_local=end,
        tz=gathering.tz,
        room=rooms[groups[0] if groups else pattern["room"]],
        module=module,
        languages=list(gathering.working_languages[: len(groups)]),
        audience=pattern.get("audience", "by language group" if kind in IN_GROUPS else "all"),
        state=SessionState.PLANNED,
        register=pattern.get("register", True),
        position=no,
        groups=[
            SessionGroup(language=lang, room=rooms[code], position=n)
            for n, (lang, code) in enumerate(zip(gathering.working_languages, groups, strict=False))
        ],
    )


def _time(text: str) -> dt.time:
    return dt.time.fromisoformat(text)
