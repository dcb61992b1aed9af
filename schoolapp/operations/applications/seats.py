"""Seats: the places taken and held in each part of a gathering, who waits, and what is free.

A gathering with modules has its places in each of them: people who come for one module take a place
in that one only, by the modules and stays of their participation. An open offer holds a place.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.domain.applications import SEATED, Application, ApplicationState
from schoolapp.domain.gatherings import Gathering, Module
from schoolapp.domain.participation import ModuleAttended, Participation, Stay
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.selection import LEADS_TO, Decision, PendingDecision
from schoolapp.domain.waiting import PlaceOffer, Waiting
from schoolapp.storage.store import DbSession

S = ApplicationState
WHOLE = ""
"""The only part of a gathering without modules."""


class _ModuleRow(NamedTuple):
    """A module as seats see it."""

    code: str
    title: str
    first: dt.date
    last: dt.date


class _Applied(NamedTuple):
    """An application as seats see it; ``offer`` is the key of one that is open."""

    id: int
    person_id: int
    state: ApplicationState
    module_codes: list[str]
    waiting_rank: int | None
    decision: Decision | None
    offer: int | None


@dataclass(frozen=True, slots=True)
class Seats:
    """The places of a gathering as they are now, or as they would be once all is applied.

    ``parts`` are module codes with titles; the mappings are by application.
    """

    capacity: int
    parts: tuple[tuple[str, str], ...]
    states: dict[int, ApplicationState]
    asked: dict[int, frozenset[str]]
    taken: dict[int, frozenset[str]]
    held: dict[int, frozenset[str]]
    ranks: dict[int, int | None]

    def left_in(self, part: str) -> int:
        """How many places are free in a part; negative when too many are given."""
        users = [*self.taken.values(), *self.held.values()]
        return self.capacity - sum(part in parts for parts in users)

    @property
    def left(self) -> int:
        """How many people can still come for everything."""
        return min(self.left_in(code) for code, _title in self.parts)

    def left_for(self, application_id: int) -> int:
        """How many places are free in what somebody asks for; one held for them counts as free."""
        own = self.held.get(application_id) or self.taken.get(application_id) or frozenset()
        asked = self.asked.get(application_id) or frozenset(code for code, _ in self.parts)
        return min(self.left_in(code) + (code in own) for code in asked)

    @property
    def line(self) -> tuple[Waiting, ...]:
        """Those who wait and were not offered a place."""
        return tuple(
            Waiting(key, rank, self.left_for(key) > 0)
            for key, rank in self.ranks.items()
            if key not in self.held
        )


def seats_of(session: DbSession, *, gathering_id: int, prepared: bool = False) -> Seats:
    """The places of a gathering, in three statements; with what is ``prepared`` if asked."""
    capacity, modules = _capacity(session, gathering_id)
    parts = tuple((module.code, module.title) for module in modules) or ((WHOLE, ""),)
    found = Seats(capacity, parts, {}, {}, {}, {}, {})
    everything = frozenset(code for code, _title in parts)
    attended = _attended(session, gathering_id, modules) if modules else {}
    for row in _applications(session, gathering_id):
        found.states[row.id] = state = _state(row.state, row.decision if prepared else None)
        asked = everything & frozenset(row.module_codes) or everything
        found.asked[row.id] = asked
        if state in SEATED:
            was_seated = row.state in SEATED
            found.taken[row.id] = attended.get(row.person_id, asked) if was_seated else asked
        elif state is S.WAITLISTED:
            found.ranks[row.id] = row.waiting_rank
            if row.offer is not None:
                found.held[row.id] = asked
    return found


def _capacity(session: DbSession, gathering_id: int) -> tuple[int, list[_ModuleRow]]:
    """How many places a gathering has, and its modules; ``RuleBroken`` if it is gone."""
    rows = session.execute(
        sa.select(
            Gathering.capacity,
            Module.code,
            Module.title,
            Module.start,
            Module.end,
        )
        .outerjoin(Module, Module.gathering_id == Gathering.id)
        .where(Gathering.id == gathering_id)
        .order_by(Module.position)
    ).all()
    if not rows:
        raise RuleBroken(mark("This gathering was removed meanwhile."))
    capacity, *_first_module = rows[0]
    return capacity, [
        _ModuleRow(code, title, first, last)
        for _capacity, code, title, first, last in rows
        if code is not None  # a gathering without modules
    ]


def _state(state: ApplicationState, decision: Decision | None) -> ApplicationState:
    return LEADS_TO[decision] if decision is not None else state


def _applications(session: DbSession, gathering_id: int) -> list[_Applied]:
    open_offer = sa.and_(
        PlaceOffer.application_id == Application.id,
        PlaceOffer.ended.is_(None),
        PlaceOffer.due > clock.now(),
    )
    statement = (
        sa.select(
            Application.id,
            Application.person_id,
            Application.state,
            Application.module_codes,
            Application.waiting_rank,
            PendingDecision.decision,
            PlaceOffer.id,
        )
        .outerjoin(PendingDecision, PendingDecision.application_id == Application.id)
        .outerjoin(PlaceOffer, open_offer)
        .where(Application.gathering_id == gathering_id)
    )
    return [_Applied(*row) for row in session.execute(statement)]


def _attended(
    session: DbSession, gathering_id: int, modules: Sequence[_ModuleRow]
) -> dict[int, frozenset[str]]:
    """The modules that each participant counts in: those chosen, where a stay touches them."""
    chosen: dict[int, set[str]] = {}
    stays: dict[int, set[tuple[dt.datetime, dt.datetime]]] = {}
    rows = session.execute(
        sa.select(Participation.person_id, Module.code, Stay.arrival, Stay.departure)
        .outerjoin(ModuleAttended, ModuleAttended.participation_id == Participation.id)
        .outerjoin(Module, Module.id == ModuleAttended.module_id)
        .outerjoin(Stay, Stay.participation_id == Participation.id)
        .where(Participation.gathering_id == gathering_id)
    )
    for person, code, arrival, departure in rows:
        chosen.setdefault(person, set())
        stays.setdefault(person, set())
        if code is not None:
            chosen[person].add(code)
        if arrival is not None:
            stays[person].add((arrival, departure))
    return {
        person: frozenset(
            module.code
            for module in modules
            if (not codes or module.code in codes)
            and (not stays[person] or _touches(stays[person], module))
        )
        for person, codes in chosen.items()
    }


def _touches(stays: Iterable[tuple[dt.datetime, dt.datetime]], module: _ModuleRow) -> bool:
    return any(start.date() <= module.last and module.first <= end.date() for start, end in stays)
