"""Seats: the places taken and held in each part of a gathering, who waits, and what is free.

A gathering with modules has its places in each of them: people who come for one module take a place
in that one only, by the modules and stays of their participation. An open offer holds a place, and
so does somebody who takes part without having applied: invited, or named by a delegation. Who works
holds none. This is the one count of places: Home, Applications and every paper read it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.domain.applications import SEATED, Application, ApplicationState
from schoolapp.domain.gatherings import Gathering, Module
from schoolapp.domain.participation import (
    ModuleAttended,
    Participation,
    ParticipationState,
    Stay,
)
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


class _Holder(NamedTuple):
    """A participant as seats see it: ``parts`` are the modules that somebody counts in."""

    state: ParticipationState
    parts: frozenset[str]


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

    ``parts`` are module codes with titles; the mappings are by application. ``invited`` are the
    parts of those who take part and never applied, ``left_already`` counts those of them who have
    completed and hold none any more.
    """

    capacity: int
    parts: tuple[tuple[str, str], ...]
    states: dict[int, ApplicationState]
    asked: dict[int, frozenset[str]]
    taken: dict[int, frozenset[str]]
    held: dict[int, frozenset[str]]
    ranks: dict[int, int | None]
    invited: tuple[frozenset[str], ...] = ()
    left_already: int = 0

    @property
    def seated(self) -> int:
        """How many people have a place."""
        return len(self.taken) + len(self.invited)

    @property
    def completed(self) -> int:
        """How many people have completed: they hold no place any more."""
        return Counter(self.states.values())[S.COMPLETED] + self.left_already

    def left_in(self, part: str) -> int:
        """How many places are free in a part; negative when too many are given."""
        users = (*self.taken.values(), *self.held.values(), *self.invited)
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
    holders = _holders(session, gathering_id, modules, everything)
    applied: set[int] = set()  # people of whom their application says whether they hold a place
    for row in _applications(session, gathering_id):
        found.states[row.id] = state = _state(row.state, row.decision if prepared else None)
        asked = everything & frozenset(row.module_codes) or everything
        found.asked[row.id] = asked
        applied.add(row.person_id)
        if state in SEATED:
            was_seated = row.state in SEATED and row.person_id in holders
            found.taken[row.id] = holders[row.person_id].parts if was_seated else asked
        elif state is S.WAITLISTED:
            found.ranks[row.id] = row.waiting_rank
            if row.offer is not None:
                found.held[row.id] = asked
    others = [one for person, one in holders.items() if person not in applied]
    here = tuple(one.parts for one in others if one.state is not ParticipationState.COMPLETED)
    return replace(found, invited=here, left_already=len(others) - len(here))


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


def _holders(
    session: DbSession,
    gathering_id: int,
    modules: Sequence[_ModuleRow],
    everything: frozenset[str],
) -> dict[int, _Holder]:
    """Who takes part or did, by person; each counts in the modules that a stay touches."""
    states: dict[int, ParticipationState] = {}
    chosen: dict[int, set[str]] = {}
    stays: dict[int, set[tuple[dt.datetime, dt.datetime]]] = {}
    p = Participation
    rows = session.execute(
        sa.select(p.person_id, p.state, Module.code, Stay.arrival, Stay.departure)
        .outerjoin(ModuleAttended, ModuleAttended.participation_id == p.id)
        .outerjoin(Module, Module.id == ModuleAttended.module_id)
        .outerjoin(Stay, Stay.participation_id == p.id)
        .where(p.gathering_id == gathering_id, p.state != ParticipationState.CANCELLED)
    )
    for person, state, code, arrival, departure in rows:
        states[person] = state
        chosen.setdefault(person, set())
        stays.setdefault(person, set())
        if code is not None:
            chosen[person].add(code)
        if arrival is not None:
            stays[person].add((arrival, departure))
    if not modules:
        return {person: _Holder(state, everything) for person, state in states.items()}
    return {
        person: _Holder(states[person], _modules_of(modules, codes, stays[person]))
        for person, codes in chosen.items()
    }


def _modules_of(
    modules: Iterable[_ModuleRow],
    chosen: Collection[str],
    stays: Collection[tuple[dt.datetime, dt.datetime]],
) -> frozenset[str]:
    """The modules that somebody counts in: those chosen, where a stay touches them."""
    return frozenset(
        module.code
        for module in modules
        if (not chosen or module.code in chosen) and (not stays or _touches(stays, module))
    )


def _touches(stays: Iterable[tuple[dt.datetime, dt.datetime]], module: _ModuleRow) -> bool:
    return any(start.date() <= module.last and module.first <= end.date() for start, end in stays)
