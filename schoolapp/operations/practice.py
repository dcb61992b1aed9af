"""The practice schools: packages are loaded once into the database, and read back whole."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.orm import InstrumentedAttribute, RelationshipDirection, raiseload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from schoolapp.base.language import mark
from schoolapp.domain.applications import Application
from schoolapp.domain.attendance import AttendanceMark, DayPresence
from schoolapp.domain.base import Base
from schoolapp.domain.centres import Centre
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.donations import Campaign, Gift, Publication
from schoolapp.domain.funding import Fund, Payment, Subsidy, TravelClaim
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.invitations import SessionInvitation
from schoolapp.domain.participation import Engagement, Participation, RotaTask, Team
from schoolapp.domain.people import Person
from schoolapp.domain.programme import ProgrammeChange, Session
from schoolapp.domain.readings import Edition, Work
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.packages.model import Donations, Package, Packages
from schoolapp.storage.selecting import AnyColumn, among
from schoolapp.storage.store import DbSession

Coded = Centre | Person | Work | Edition | Publication | Campaign | Gift | Gathering
"""What is recognised by its code."""
Part = (
    Team
    | Delegation
    | Participation
    | Engagement
    | Session
    | ProgrammeChange
    | Application
    | Payment
    | Subsidy
    | TravelClaim
    | RotaTask
    | Fund
)
"""What belongs to one gathering, in one list of its package."""
E = TypeVar("E", bound=Base)
C = TypeVar("C", bound=Coded)
P = TypeVar("P", bound=Part)


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many things were new and were stored."""

    people: int
    editions: int
    gifts: int
    gatherings: int


def load(session: DbSession, packages: Packages) -> Loaded:
    """Store what is not there yet: persons, editions, gifts and gatherings by their codes.

    What is there already is left alone, so that a second time changes nothing; but a centre that
    nobody has touched since the database was made takes over what comes in. ``RuleBroken`` if a
    code or a uid is in use for somebody or something else. The entities belong to the database
    afterwards; read the folder again to load it into another one.
    """
    known = _Known(session)
    donations = packages.donations
    centres = known.new(Centre, packages.centres)
    _complete(known.found(Centre, packages.centres))
    people = known.new(Person, packages.people)
    works = known.new(Work, list(dict.fromkeys(e.work for e in packages.editions)))
    editions = known.new(Edition, packages.editions)
    publications = known.new(Publication, donations.publications)
    campaigns = known.new(Campaign, donations.campaigns)
    gifts = known.new(Gift, donations.gifts)
    gatherings = known.new(Gathering, [package.gathering for package in packages.packages])
    chosen = [package for package in packages.packages if package.gathering in gatherings]
    _refuse_taken(session, people, known.found(Person, packages.people), chosen)

    parts = {package.gathering: _parts(package) for package in chosen}
    shared = [*people, *works, *editions, *publications, *campaigns, *gifts]
    known.stand_in([*shared, *(part for belonging in parts.values() for part in belonging)])
    session.add_all([*centres, *shared, *gatherings])
    session.flush()  # now the gatherings have their keys
    for gathering, belonging in parts.items():
        for part in belonging:
            if isinstance(part, Part):  # marks, days and invitations are not
                part.gathering_id = gathering.id
        session.add_all(belonging)
    session.flush()
    return Loaded(len(people), len(editions), len(gifts), len(chosen))


CENTRE_FIELDS = (
    "name",
    "country",
    "tz",
    "currency",
    "languages",
    "address",
    "city",
    "mailbox_name",
    "mailbox_address",
    "retention",
)


def _complete(found: list[tuple[Centre, Centre]]) -> None:
    """Give centres that a new database begins with what a folder knows of them."""
    for came, there in found:
        for name in CENTRE_FIELDS if there.untouched else ():
            value = getattr(came, name)
            if getattr(there, name) != value:
                setattr(there, name, value)


def _parts(package: Package) -> list[Base]:
    """Everything of a package but the gathering itself."""
    lists = (getattr(package, f.name) for f in fields(package) if f.name != "gathering")
    return [part for belonging in lists for part in belonging]


class _Known:
    """What the database knows already, by code, to stand in for what came in again."""

    def __init__(self, session: DbSession) -> None:
        self._session = session
        self._instead: dict[Base, Base] = {}

    def new(self, kind: type[C], things: list[C]) -> list[C]:
        """Those of the things whose code the database does not know."""
        if not things:
            return []
        codes = {thing.code: thing for thing in things}
        query = select(kind).where(among(self._session, kind.code, codes))
        for found in self._session.scalars(query.options(raiseload("*"))):
            self._instead[codes[found.code]] = found
        return [thing for thing in things if thing not in self._instead]

    def found(self, kind: type[C], things: list[C]) -> list[tuple[C, C]]:
        """Pairs of what came in and what stands for it."""
        return [
            (thing, instead)
            for thing in things
            if isinstance(instead := self._instead.get(thing), kind)
        ]

    def stand_in(self, things: Sequence[Base]) -> None:
        """Let all references point to what the database knows, instead of what came in again."""
        if not self._instead:
            return
        for thing in self._instead:
            if isinstance(thing, Edition):
                thing.work = None  # type: ignore[assignment]  # a new work must not take it along
        waiting = list(things)
        while waiting:
            thing = waiting.pop()
            for relation in inspect(type(thing)).relationships:
                value = thing.__dict__.get(relation.key)
                if relation.direction is not RelationshipDirection.MANYTOONE:
                    waiting.extend(value or ())
                elif value in self._instead:
                    setattr(thing, relation.key, self._instead[value])


def _refuse_taken(
    session: DbSession,
    people: list[Person],
    known_people: list[tuple[Person, Person]],
    chosen: list[Package],
) -> None:
    """``RuleBroken`` if a code or a uid already means somebody or something else."""
    taken = {person.code for person, found in known_people if person.uid != found.uid}
    uids = {person.uid: person.code for person in people}
    taken |= {uids[uid] for uid in _in_use(session, Person.uid, uids)}
    if taken:
        raise RuleBroken(
            mark("{code} is another person in this database. Nothing was loaded."),
            code=min(taken),
        )
    sessions = [entry.uid for package in chosen for entry in package.sessions]
    for uid in _in_use(session, Session.uid, sessions):
        raise RuleBroken(
            mark("The session {uid} belongs to another gathering. Nothing was loaded."), uid=uid
        )


def _in_use(
    session: DbSession, column: InstrumentedAttribute[str], values: Iterable[str]
) -> list[str]:
    wanted = list(values)
    return list(session.scalars(select(column).where(among(session, column, wanted))))


def export(session: DbSession) -> Packages:
    """Everything as packages again, in a number of statements that does not grow with the data."""
    people = _all(session, Person, Person.id)
    editions = _all(session, Edition, Edition.position, selectinload(Edition.work))
    centres = _all(session, Centre, Centre.id)
    packages = Packages(centres=centres, people=people, editions=editions)
    packages.donations = Donations(
        publications=_all(session, Publication, Publication.id),
        campaigns=_all(session, Campaign, Campaign.position),
        gifts=_all(session, Gift, Gift.position),
    )
    packages.packages = _packages(session)
    return packages


def _packages(session: DbSession) -> list[Package]:
    gatherings = _all(session, Gathering, Gathering.id)
    packages = {gathering.id: Package(gathering=gathering) for gathering in gatherings}

    def spread(parts: list[P], of: Callable[[Package], list[P]]) -> None:
        for part in parts:
            of(packages[part.gathering_id]).append(part)

    spread(_all(session, Team, Team.position), lambda p: p.teams)
    spread(_all(session, Delegation, Delegation.position), lambda p: p.delegations)
    spread(_all(session, Participation, Participation.position), lambda p: p.participations)
    spread(_all(session, Session, Session.position), lambda p: p.sessions)
    spread(_all(session, ProgrammeChange, ProgrammeChange.position), lambda p: p.changes)
    spread(_all(session, Application, Application.position), lambda p: p.applications)
    spread(_all(session, Payment, Payment.position), lambda p: p.payments)
    spread(_all(session, Subsidy, Subsidy.position), lambda p: p.subsidies)
    spread(_all(session, TravelClaim, TravelClaim.position), lambda p: p.travel_claims)
    spread(_all(session, RotaTask, RotaTask.position), lambda p: p.rota)
    spread(_all(session, Fund, Fund.id), lambda p: p.funds)
    for engagement in _all(session, Engagement, Engagement.position):
        getattr(packages[engagement.gathering_id], engagement.list_name).append(engagement)
    _add_tables(session, packages)
    return list(packages.values())


def _add_tables(session: DbSession, packages: dict[int, Package]) -> None:
    for mark_ in _all(session, AttendanceMark, AttendanceMark.session_id):
        packages[mark_.session.gathering_id].attendance.append(mark_)
    for presence in _all(session, DayPresence, DayPresence.date):
        packages[presence.participation.gathering_id].daily_presence.append(presence)
    for invite in _all(session, SessionInvitation, SessionInvitation.id):
        packages[invite.session.gathering_id].invitations.append(invite)
    for package in packages.values():
        package.attendance.sort(key=lambda m: (m.session.position, m.participation.position))
        package.daily_presence.sort(key=lambda p: (p.participation.position, p.date))


def _all(session: DbSession, kind: type[E], order: AnyColumn, *more: _AbstractLoad) -> list[E]:
    """All entities of a kind with everything that they own; other references are met in memory."""
    query = select(kind).order_by(order, *inspect(kind).primary_key)
    return list(session.scalars(query.options(*_whole(kind), *more)))


def _whole(kind: type[Base]) -> list[_AbstractLoad]:
    options: list[_AbstractLoad] = [raiseload("*", sql_only=True)]
    for relation in inspect(kind).relationships:
        if relation.cascade.delete_orphan:
            options.append(
                selectinload(relation.class_attribute).options(*_whole(relation.mapper.class_))
            )
    return options
