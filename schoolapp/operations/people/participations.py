"""Participations: a person takes part in a gathering, with stays, modules, delegation and needs."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import Label, Select, SQLColumnExpression, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from schoolapp.base.language import mark
from schoolapp.domain.applications import LIVE, Application
from schoolapp.domain.attendance import AttendanceMark, DayPresence, Scan
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.gatherings import Bedroom, Gathering, Module
from schoolapp.domain.money import Money
from schoolapp.domain.participation import (
    Arrival,
    ModuleAttended,
    Participation,
    Stay,
    Team,
    check_stay,
    part_fee,
    whole_stay,
)
from schoolapp.domain.people import Person
from schoolapp.domain.recipients import group_of
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.lodging.bedrooms import require_beds
from schoolapp.operations.people.prices import has_no_price, price_in, usual_price
from schoolapp.storage.store import DbSession, checked_out

PLAIN = (
    "delegation_id", "language_group", "team_id", "bedroom_id", "sleeping",
    "first_time", "needs_visa", "consent_on", "diet", "access", "note",
)  # fmt: skip
PARTICIPANT = "participant"
"""The role of somebody of whom nothing else is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationDraft:
    """The fields of a participation that a form edits.

    ``stays`` are wall times of the gathering's zone, ``modules`` the keys of those attended: none
    means that the gathering has none, or that the person attends all. Without a ``role`` somebody
    is a participant.
    """

    id: int
    version: int
    gathering_id: int
    person_id: int
    stays: tuple[tuple[dt.datetime, dt.datetime], ...]
    role: str = PARTICIPANT
    modules: tuple[int, ...] = ()
    delegation_id: int | None = None
    language_group: str | None = None
    team_id: int | None = None
    bedroom_id: int | None = None
    sleeping: str | None = None
    first_time: bool | None = None
    needs_visa: bool | None = None
    consent_on: dt.date | None = None
    diet: str | None = None
    access: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Fee:
    """What a participation costs.

    Without an ``amount`` a delegation pays for its people, unless it is ``unpriced``: then nobody
    knows yet.
    """

    amount: Money | None
    unpriced: bool


@dataclass(frozen=True, slots=True)
class Offers:
    """What one can choose in a gathering: languages, and key and name of everything else."""

    delegations: tuple[tuple[int, str], ...]
    modules: tuple[tuple[int, str], ...]
    languages: tuple[str, ...]
    teams: tuple[tuple[int, str], ...]
    bedrooms: tuple[tuple[int, str], ...]


def offers(session: DbSession, *, gathering_id: int) -> Offers:
    """What the form of a participation offers; two statements."""
    offered: dict[str, list[tuple[int, str]]] = {}
    kinds = (
        _named(Delegation, Delegation.name, literal(0), gathering_id),
        _named(Module, Module.title, Module.position, gathering_id),
        _named(Team, Team.code, Team.position, gathering_id),
        _named(Bedroom, Bedroom.code, Bedroom.position, gathering_id),
    )
    every = union_all(*kinds).subquery()
    rows = select(every.c.kind, every.c.id, every.c.name)
    for kind, key, name in session.execute(rows.order_by(every.c.position, every.c.name)):
        offered.setdefault(kind, []).append((key, name))
    languages = select(Gathering.working_languages).where(Gathering.id == gathering_id)
    return Offers(
        delegations=tuple(offered.get("delegation", ())),
        modules=tuple(offered.get("module", ())),
        languages=tuple(session.execute(languages).scalar_one()),
        teams=tuple(offered.get("team", ())),
        bedrooms=tuple(offered.get("bedroom", ())),
    )


def add_participant(session: DbSession, *, gathering_id: int, person_id: int) -> int:
    """Let a person take part from the first day to the last; the key of the participation.

    The fee is the price of the person's band. ``RuleBroken`` if they take part already.
    """
    person = session.get_one(Person, person_id)
    gathering = session.get_one(Gathering, gathering_id)
    if participation_id(session, gathering_id=gathering_id, person_id=person_id) is not None:
        raise RuleBroken(
            mark("{name} takes part in this gathering already."), name=person.display_name
        )
    price = price_in(gathering, person.fee_band)
    arrival, departure = whole_stay(gathering.start_date, gathering.end_date)
    made = Participation(
        gathering_id=gathering_id,
        person_id=person_id,
        language_group=group_of(person.spoken, gathering.working_languages),
        fee=price,
        stays=[Stay(arrival=arrival, departure=departure)],
        modules=[
            ModuleAttended(module_id=module.id, position=n)
            for n, module in enumerate(gathering.modules)
        ],
        position=_next_position(session, gathering_id),
    )
    session.add(made)
    session.flush()
    return made.id


def participation_id(session: DbSession, *, gathering_id: int, person_id: int) -> int | None:
    """The key of a person's participation in a gathering, if there is one."""
    p = Participation
    mine = select(p.id).where(p.gathering_id == gathering_id, p.person_id == person_id)
    return session.execute(mine).scalar()


def fee_of(session: DbSession, *, participation_id: int) -> Fee:
    """What a participation costs, or that nobody knows yet."""
    fee = select(Participation, has_no_price()).where(Participation.id == participation_id)
    part, unpriced = session.execute(fee).one()
    return Fee(part.fee, bool(unpriced))


def draft_of(session: DbSession, *, participation_id: int) -> ParticipationDraft:
    """The participation as a form edits it."""
    p = session.get_one(Participation, participation_id)
    return ParticipationDraft(
        id=p.id,
        version=p.version,
        gathering_id=p.gathering_id,
        person_id=p.person_id,
        stays=tuple((stay.arrival, stay.departure) for stay in p.stays),
        role=p.role,
        modules=tuple(attended.module_id for attended in p.modules),
        **{name: getattr(p, name) for name in PLAIN},
    )


def check(draft: ParticipationDraft) -> dict[str, str]:
    """What is wrong with a draft: field to a sentence marked for translation."""
    if not draft.stays:
        return {"stays": mark("Write when the person comes and leaves.")}
    for arrival, departure in draft.stays:
        if sentence := check_stay(arrival, departure):
            return {"stays": sentence}
    inorder = sorted(draft.stays)
    if any(leaves > comes for (_came, leaves), (comes, _left) in pairwise(inorder)):
        return {"stays": mark("Two stays overlap. Change the times of one of them.")}
    return {}


def save_participation(session: DbSession, *, draft: ParticipationDraft) -> int:
    """Change a participation; ``RuleBroken`` for the first thing that is wrong.

    The fee follows the modules when their number changes, as long as it was the usual one.
    """
    for sentence in check(draft).values():
        raise RuleBroken(sentence)
    part = checked_out(session, Participation, draft.id, draft.version)
    is_moved = draft.bedroom_id not in (None, part.bedroom_id)
    part.role = draft.role.strip() or PARTICIPANT
    for name in PLAIN:
        value = getattr(draft, name)
        value = None if value == "" else value  # an empty field is one that is not known
        if getattr(part, name) != value:
            setattr(part, name, value)
    if draft.stays != tuple((stay.arrival, stay.departure) for stay in part.stays):
        part.stays = [Stay(arrival=a, departure=d) for a, d in sorted(draft.stays)]
    _save_modules(session, part, draft.modules)
    session.flush()
    if is_moved and draft.bedroom_id:
        require_beds(session, bedroom_id=draft.bedroom_id)
    return part.id


def remove_participation(session: DbSession, *, participation_id: int, version: int) -> None:
    """Take a person out of a gathering again.

    ``RuleBroken`` while an application holds a place, or when presence was noted already.
    """
    part = checked_out(session, Participation, participation_id, version)
    name = session.get_one(Person, part.person_id).display_name
    if _has_place(session, part):
        raise RuleBroken(
            mark("{name} has a place by an application. Let it be withdrawn there."), name=name
        )
    for entity in (AttendanceMark, DayPresence, Scan, Arrival):
        noted = select(func.count()).select_from(entity)
        noted = noted.where(entity.participation_id == participation_id)
        if session.execute(noted).scalar():
            raise RuleBroken(
                mark("Presence was noted for {name}. Take it out of the registers first."),
                name=name,
            )
    session.delete(part)


def _named(
    entity: type[Delegation | Module | Team | Bedroom],
    name: InstrumentedAttribute[str],
    position: SQLColumnExpression[int],
    gathering_id: int,
) -> Select[str, int, str, int]:
    """The kind, key, name and place of what a gathering has of one entity."""
    kind = literal(entity.__tablename__).label("kind")
    place: Label[int] = position.label("position")
    rows: Select[str, int, str, int] = select(kind, entity.id, name.label("name"), place)
    return rows.where(entity.gathering_id == gathering_id)


def _save_modules(session: DbSession, part: Participation, wanted: tuple[int, ...]) -> None:
    held = tuple(attended.module_id for attended in part.modules)
    if set(held) == set(wanted):
        return
    gathering = session.get_one(Gathering, part.gathering_id)
    offered = [module.id for module in gathering.modules]
    price = usual_price(session, part)
    if price is not None and part.fee == part_fee(price, len(held), len(offered)):
        part.fee = part_fee(price, len(wanted), len(offered))
    chosen = [key for key in offered if key in wanted]
    kept = {attended.module_id: attended for attended in part.modules}
    part.modules = [
        kept.get(key) or ModuleAttended(module_id=key, position=n) for n, key in enumerate(chosen)
    ]


def _has_place(session: DbSession, part: Participation) -> bool:
    a = Application
    live = select(func.count()).where(
        a.gathering_id == part.gathering_id,
        a.person_id == part.person_id,
        a.state.in_(tuple(LIVE)),
    )
    return bool(session.execute(live).scalar())


def _next_position(session: DbSession, gathering_id: int) -> int:
    newest = select(func.max(Participation.position))
    found = session.execute(newest.where(Participation.gathering_id == gathering_id)).scalar()
    return 0 if found is None else found + 1
