"""Minors of a gathering: which papers are missing, who answers for whom, and what is required."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.domain.arrivals import SIGNED, is_minor
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.gatherings import AskedPaper, Gathering
from schoolapp.domain.minors import (
    MINORS_PER_ADULT,
    USUAL,
    AdultProblem,
    Paper,
    Ratio,
    Stayer,
    check_rules,
    comes_of_age,
    known_age,
    missing_papers,
    problem_with_adult,
    ratio,
)
from schoolapp.domain.participation import (
    PaperReceived,
    Parent,
    Participation,
    ParticipationState,
    Stay,
)
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession, checked_out


@dataclass(frozen=True, slots=True)
class MinorRow:
    """A minor; ages on the gathering's reference date and on arrival, None if not known.

    ``of_age_on`` is the birthday, where it falls into the stay. ``missing`` are papers that are not
    there, ``adult_problem`` what is wrong with the adult on site.
    """

    id: int
    person_id: int
    name: str
    delegation: str
    born: dt.date | None
    age: int | None
    age_on_arrival: int | None
    of_age_on: dt.date | None
    parent: str
    adult: str
    missing: tuple[Paper, ...]
    adult_problem: AdultProblem | None


@dataclass(frozen=True, slots=True)
class MinorList:
    """The minors of a gathering by name, how many adults answer for them, and for whom too many.

    ``overloaded`` are names with the number of minors each is named for.
    """

    rows: tuple[MinorRow, ...]
    ratio: Ratio
    overloaded: tuple[tuple[str, int], ...]
    asked: tuple[Paper, ...]
    reference_date: dt.date

    @property
    def without_consent(self) -> int:
        """How many have no consent of their parents."""
        return sum(Paper.CONSENT in row.missing for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersDraft:
    """What a form edits of a minor: papers that are there, the parent, the adult on site."""

    id: int
    version: int
    papers: tuple[Paper, ...] = ()
    parent_name: str = ""
    parent_contact: str = ""
    signed_on: dt.date | None = None
    allows: str = ""
    guardian_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MinorRules:
    """What a gathering requires of minors."""

    gathering_id: int
    papers: tuple[Paper, ...]
    reference_date: dt.date | None = None
    minors_per_adult: int | None = None


def minors_of(session: DbSession, *, gathering_id: int) -> MinorList:
    """The minors of a gathering and what is missing for each; three statements for any number.

    Somebody who turns 18 on the third day is a minor (E09, S22).
    """
    people = _Everybody(session, gathering_id)
    rows = tuple(people.row(one) for one in people.minors)
    found = ratio([one.guardian_id for one in people.minors], people.limit)
    heavy = tuple((people.names.get(key, ""), n) for key, n in found.overloaded)
    return MinorList(rows, found, heavy, people.asked, people.day)


def rules_of(session: DbSession, *, gathering_id: int) -> MinorRules:
    """What a gathering requires of minors."""
    gathering = session.get_one(Gathering, gathering_id)
    asked = session.execute(
        sa.select(AskedPaper.paper)
        .where(AskedPaper.gathering_id == gathering_id)
        .order_by(AskedPaper.position)
    ).scalars()
    papers = tuple(map(Paper, asked)) or USUAL
    return MinorRules(
        gathering_id=gathering_id,
        papers=papers,
        reference_date=gathering.age_reference_date,
        minors_per_adult=gathering.minors_per_adult,
    )


def save_rules(session: DbSession, *, rules: MinorRules) -> None:
    """Say what a gathering requires of minors; ``RuleBroken`` if it makes no sense."""
    check_rules(rules.papers, rules.minors_per_adult)
    gathering = session.get_one(Gathering, rules.gathering_id)
    wanted = [paper for paper in Paper if paper in rules.papers]
    if [one.paper for one in gathering.asked_papers] != wanted:
        kept = {one.paper: one for one in gathering.asked_papers}
        gathering.asked_papers = [
            kept.get(paper) or AskedPaper(paper=paper.value, position=n)
            for n, paper in enumerate(wanted)
        ]
    for name, value in (
        ("age_reference_date", rules.reference_date),
        ("minors_per_adult", rules.minors_per_adult),
    ):
        if getattr(gathering, name) != value:
            setattr(gathering, name, value)


def papers_draft(session: DbSession, *, participation_id: int) -> PapersDraft:
    """The papers of a minor as a form edits them."""
    part = session.get_one(Participation, participation_id)
    parent = part.parents[0] if part.parents else Parent(name="")
    there = _papers(part.parental_consent, [one.paper for one in part.papers])
    return PapersDraft(
        id=part.id,
        version=part.version,
        papers=there,
        parent_name=parent.name,
        parent_contact=parent.contact,
        signed_on=parent.signed_on,
        allows=parent.allows,
        guardian_id=part.guardian_id,
    )


def save_papers(session: DbSession, *, draft: PapersDraft) -> int:
    """Note which papers are there and who answers for a minor; ``RuleBroken`` for a wrong adult."""
    part = checked_out(session, Participation, draft.id, draft.version)
    if draft.guardian_id is not None and draft.guardian_id != part.guardian_id:
        _refuse_adult(session, part, draft.guardian_id)
    if (draft.parent_contact or draft.signed_on or draft.allows) and not draft.parent_name.strip():
        raise RuleBroken(mark("Write the name of the parent or guardian at home."))
    if part.guardian_id != draft.guardian_id:
        part.guardian_id = draft.guardian_id
    _save_consent(part, Paper.CONSENT in draft.papers)
    others = [paper for paper in draft.papers if paper is not Paper.CONSENT]
    kept = {one.paper: one for one in part.papers}
    if set(kept) != set(others):
        today = clock.now().date()
        part.papers = [
            kept.get(paper) or PaperReceived(paper=paper.value, on=today) for paper in others
        ]
    _save_parent(part, draft)
    session.flush()
    return part.id


def _save_consent(part: Participation, signed: bool) -> None:
    if signed != (part.parental_consent == SIGNED):
        part.parental_consent = SIGNED if signed else "missing"


def _save_parent(part: Participation, draft: PapersDraft) -> None:
    name = draft.parent_name.strip()
    if not name:
        if part.parents:
            part.parents = []
        return
    if not part.parents:
        part.parents = [Parent(name=name)]
    parent = part.parents[0]
    for field, value in (
        ("name", name),
        ("contact", draft.parent_contact.strip()),
        ("signed_on", draft.signed_on),
        ("allows", draft.allows),
    ):
        if getattr(parent, field) != value:
            setattr(parent, field, value)


def _refuse_adult(session: DbSession, part: Participation, adult_id: int) -> None:
    """``RuleBroken`` unless the person is an adult who takes part."""
    people = _Everybody(session, part.gathering_id).stayers
    adult = people.get(adult_id)
    if adult is None or adult.is_minor:
        raise RuleBroken(
            mark("{name} cannot answer for a minor: choose an adult who takes part."),
            name=session.get_one(Person, adult_id).display_name,
        )


def _papers(consent: str | None, others: Collection[str]) -> tuple[Paper, ...]:
    there = {Paper(paper) for paper in others} | ({Paper.CONSENT} if consent == SIGNED else set())
    return tuple(paper for paper in Paper if paper in there)


class _PersonRow(NamedTuple):
    """A participant with what a gathering checks for minors; ``day`` is that of the ages."""

    id: int
    person_id: int
    guardian_id: int | None
    minor_at_start: bool | None
    born: dt.date | None
    born_partly: str | None
    consent: str | None
    name: str
    delegation: str
    parent: str
    start_date: dt.date
    minors_per_adult: int | None
    day: dt.date


class _Everybody:
    """Everybody who takes part in a gathering, read once: three statements."""

    def __init__(self, session: DbSession, gathering_id: int) -> None:
        rows = _people(session, gathering_id)
        self._stays: dict[int, list[tuple[dt.datetime, dt.datetime]]] = {}
        for key, arrival, departure in fetch(session, _stays(gathering_id)):
            self._stays.setdefault(key, []).append((arrival, departure))
        self._papers: dict[int | None, list[str]] = {}
        for owner, paper in _papers_of(session, gathering_id):
            self._papers.setdefault(owner, []).append(paper)
        self.asked = tuple(map(Paper, self._papers.pop(None, ()))) or USUAL
        first = next(iter(rows), None)
        self.day = first.day if first else clock.now().date()
        self.limit = (first.minors_per_adult if first else None) or MINORS_PER_ADULT
        self.names = {row.person_id: row.name for row in rows}
        self.stayers = {row.person_id: self._stayer(row) for row in rows}
        self.minors = [row for row in rows if self.stayers[row.person_id].is_minor]

    def row(self, one: _PersonRow) -> MinorRow:
        """A minor as the list shows them."""
        stays = self._stays.get(one.id, [])
        arrives, of_age = self._arrives(one), comes_of_age(one.born)
        inside = of_age is not None and any(a.date() < of_age <= d.date() for a, d in stays)
        return MinorRow(
            id=one.id,
            person_id=one.person_id,
            name=one.name,
            delegation=one.delegation,
            born=one.born,
            age=known_age(one.born, self.day, one.born_partly),
            age_on_arrival=known_age(one.born, arrives, one.born_partly),
            of_age_on=of_age if inside else None,
            parent=one.parent,
            adult="" if one.guardian_id is None else self.names.get(one.guardian_id, ""),
            missing=missing_papers(self.asked, _papers(one.consent, self._papers.get(one.id, ()))),
            adult_problem=problem_with_adult(
                self.stayers[one.person_id], one.guardian_id, self.stayers, of_age
            ),
        )

    def _stayer(self, row: _PersonRow) -> Stayer:
        minor = is_minor(row.born, self._arrives(row), row.minor_at_start, row.born_partly)
        return Stayer(row.person_id, minor, tuple(self._stays.get(row.id, ())))

    def _arrives(self, row: _PersonRow) -> dt.date:
        for arrival, _departure in self._stays.get(row.id, ()):
            return arrival.date()
        return row.start_date


def _people(session: DbSession, gathering_id: int) -> list[_PersonRow]:
    p = Participation
    parent = (
        sa.select(sa.func.min(Parent.name))
        .where(Parent.participation_id == p.id)
        .correlate(p)
        .scalar_subquery()
    )
    statement = (
        sa.select(
            p.id,
            p.person_id,
            p.guardian_id,
            p.minor_at_start,
            Person.born,
            Person.born_partly,
            p.parental_consent,
            Person.display_name,
            sa.func.coalesce(Delegation.name, ""),
            sa.func.coalesce(parent, ""),
            Gathering.start_date,
            Gathering.minors_per_adult,
            sa.func.coalesce(Gathering.age_reference_date, Gathering.start_date),
        )
        .join(Gathering, Gathering.id == p.gathering_id)
        .join(Person, Person.id == p.person_id)
        .outerjoin(Delegation, Delegation.id == p.delegation_id)
        .where(p.gathering_id == gathering_id, p.state != ParticipationState.CANCELLED)
        .order_by(Person.sort_name, Person.uid)
    )
    return [_PersonRow._make(row) for row in fetch(session, statement)]


def _stays(gathering_id: int) -> sa.Select[int, dt.datetime, dt.datetime]:
    return (
        sa.select(Stay.participation_id, Stay.arrival, Stay.departure)
        .join(Participation, Participation.id == Stay.participation_id)
        .where(Participation.gathering_id == gathering_id)
        .order_by(Stay.arrival)
    )


def _papers_of(session: DbSession, gathering_id: int) -> list[tuple[int | None, str]]:
    """Participation and paper, for all papers there; required ones come first, without a person."""
    asked = sa.select(
        sa.cast(sa.null(), sa.Integer).label("owner"),
        AskedPaper.paper,
        AskedPaper.position,
    ).where(AskedPaper.gathering_id == gathering_id)
    there = (
        sa.select(PaperReceived.participation_id, PaperReceived.paper, sa.literal(0))
        .join(Participation, Participation.id == PaperReceived.participation_id)
        .where(Participation.gathering_id == gathering_id)
    )
    both = sa.union_all(asked, there).subquery()
    rows = fetch(session, sa.select(both.c.owner, both.c.paper).order_by(both.c.position))
    return [(owner, paper) for owner, paper in rows]


def adults_of(session: DbSession, *, gathering_id: int) -> tuple[tuple[int, str], ...]:
    """The adults who take part, key and name: each may answer for a minor."""
    people = _Everybody(session, gathering_id)
    return tuple(
        (key, name) for key, name in people.names.items() if not people.stayers[key].is_minor
    )
