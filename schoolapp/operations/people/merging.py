"""Persons who may be one: pairs with their reasons, and joining two when somebody says so."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import UniqueConstraint, inspect
from sqlalchemy.orm import Mapper

from schoolapp.base.language import mark
from schoolapp.domain.applications import APPLICATION, LIVE, Application
from schoolapp.domain.applications import ApplicationState as S
from schoolapp.domain.base import Base
from schoolapp.domain.participation import Participation
from schoolapp.domain.people import DRAFT_FIELDS, OtherAddress, Person, PersonLanguage, TwoPeople
from schoolapp.domain.programme import Speaker
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.workflow import take
from schoolapp.exchange.applications.duplicates import find_alike
from schoolapp.operations.people.editing import known_persons
from schoolapp.storage.journal import actor_of
from schoolapp.storage.selecting import among, fetch
from schoolapp.storage.store import DbSession, checked_out

_OWN = (PersonLanguage, OtherAddress, TwoPeople)  # parts that are joined, not handed over
_ONCE: dict[type[Base], str] = {
    Participation: mark(
        "{name} and {other} both take part in the same gathering. Take one of them out first."
    ),
}
_TWICE = mark("{name} and {other} both hold a place that is one person's. Take one out first.")


@dataclass(frozen=True, slots=True)
class Side:
    """One person of a pair, as the two are shown beside each other."""

    id: int
    version: int
    name: str
    native_name: str | None
    born: dt.date | None
    born_partly: str | None
    country: str | None
    email: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class AlikePair:
    """Two persons who may be one, by key and name, with the reasons; ``one`` is known longer."""

    one: int
    other: int
    one_name: str
    other_name: str
    reasons: tuple[str, ...]


def alike_pairs(session: DbSession) -> list[AlikePair]:
    """Everybody who may be somebody else too, the likeliest first; three statements.

    Persons who are known to be two, and those who only share a mailbox, are left out.
    """
    apart = {
        frozenset(pair) for pair in session.execute(sa.select(TwoPeople.one_id, TwoPeople.other_id))
    }
    known = known_persons(session)
    names = {person.id: person.names[0] for person in known}
    return [
        AlikePair(pair.one, pair.other, names[pair.one], names[pair.other], pair.reasons)
        for pair in find_alike(known)
        if frozenset((pair.one, pair.other)) not in apart
    ]


def sides(session: DbSession, ids: Iterable[int]) -> dict[int, Side]:
    """The persons of pairs, by key; one statement."""
    p = Person
    rows = fetch(
        session,
        sa.select(
            p.id,
            p.version,
            p.display_name,
            p.native_name,
            p.born,
            p.born_partly,
            p.country,
            p.email,
            p.phone,
        ).where(among(session, p.id, list(ids))),
    )
    return {side.id: side for side in (Side(*row) for row in rows)}


def keep_apart(session: DbSession, pairs: Iterable[tuple[int, int]]) -> None:
    """Note of pairs of persons that they are two, so that nobody asks again."""
    for one, other in sorted({tuple(sorted(pair)) for pair in pairs}):
        known = sa.select(TwoPeople.id).where(TwoPeople.one_id == one, TwoPeople.other_id == other)
        if one != other and session.execute(known).first() is None:
            session.add(TwoPeople(one_id=one, other_id=other))
            session.flush()


def merge_people(session: DbSession, *, kept: tuple[int, int], gone: tuple[int, int]) -> int:
    """Make two persons one; the key of the one who is kept. Each is given as (key, version).

    Everything that was the other's becomes the kept one's; what the kept one does not have is
    taken over, a second e-mail address becomes a further one. The other stays in the database,
    points to the kept one and is no longer shown, so that undoing the step restores both as
    they were.
    ``RuleBroken`` if both hold what only one person can: a place in one gathering.
    """
    one = checked_out(session, Person, *kept)
    other = checked_out(session, Person, *gone)
    if one is other or one.merged_into_id is not None or other.merged_into_id is not None:
        raise RuleBroken(mark("These two are one person already."))
    _end_second_application(session, one, other)
    _hand_over(session, one, other)
    _join_parts(session, one, other)
    for name in DRAFT_FIELDS:
        if getattr(one, name) is None and getattr(other, name) is not None:
            setattr(one, name, getattr(other, name))
    if one.born is not None:
        one.born_partly = None
    other.merged_into_id = one.id
    one.index_names()
    session.flush()
    return one.id


def _end_second_application(session: DbSession, one: Person, other: Person) -> None:
    """Of two live applications to one gathering only one stays: the one that went further."""
    live: dict[int, list[Application]] = {}
    wanted = sa.select(Application).where(
        Application.person_id.in_((one.id, other.id)), Application.state.in_(LIVE)
    )
    for application in session.execute(wanted.order_by(Application.id)).scalars():
        live.setdefault(application.gathering_id, []).append(application)
    for found in live.values():
        found.sort(key=lambda a: (a.state in (S.DRAFT, S.SUBMITTED), a.state is S.DRAFT))
        for second in found[1:]:
            if second.state not in (S.DRAFT, S.SUBMITTED):
                raise RuleBroken(
                    mark("Both applications of {name} are decided. Withdraw one of them first."),
                    name=one.display_name,
                )
            if second.state is S.DRAFT:
                take(APPLICATION, second, "submit", by=actor_of(session))
            take(APPLICATION, second, "duplicate_of", by=actor_of(session), reason=found[0].code)


def _hand_over(session: DbSession, one: Person, other: Person) -> None:
    """Let every row of any table that names the other name the kept one."""
    for entity, attribute in _references():
        column = getattr(entity, attribute)
        for thing in session.execute(sa.select(entity).where(column == other.id)).scalars():
            if not _is_taken(session, entity, attribute, thing, one.id):
                setattr(thing, attribute, one.id)
            elif entity is Speaker:  # both are named for one session
                session.delete(thing)
            else:
                raise RuleBroken(
                    _ONCE.get(entity, _TWICE), name=one.display_name, other=other.display_name
                )


def _join_parts(session: DbSession, one: Person, other: Person) -> None:
    spoken = {known.lang for known in one.languages}
    for known in other.languages:
        if known.lang not in spoken:
            place = len(one.languages)
            one.languages.append(PersonLanguage(lang=known.lang, level=known.level, position=place))
    reached = {a.address.lower() for a in one.addresses} | {(one.email or "").lower()}
    for address in filter(None, (other.email, *(a.address for a in other.addresses))):
        if one.email and address.lower() not in reached:
            one.addresses.append(OtherAddress(address=address, position=len(one.addresses)))
            reached.add(address.lower())
    for pair in session.execute(
        sa.select(TwoPeople).where(
            sa.or_(TwoPeople.one_id == other.id, TwoPeople.other_id == other.id)
        )
    ).scalars():
        third = pair.other_id if pair.one_id == other.id else pair.one_id
        session.delete(pair)
        session.flush()
        keep_apart(session, [(one.id, third)])


def _references() -> Iterator[tuple[type[Base], str]]:
    """Every entity and attribute that refers to a person."""
    for mapper in Base.registry.mappers:
        if mapper.class_ in _OWN:
            continue
        for attribute in mapper.column_attrs:
            column = attribute.columns[0]
            if any(key.target_fullname == "person.id" for key in column.foreign_keys):
                yield mapper.class_, attribute.key


def _is_taken(
    session: DbSession, entity: type[Base], attribute: str, thing: Base, person_id: int
) -> bool:
    """Whether the kept person already has the row that only one of them can have."""
    mapper = inspect(entity)
    own = mapper.column_attrs[attribute].columns[0]
    table = mapper.local_table
    assert isinstance(table, sa.Table)
    for rule in table.constraints:
        if not isinstance(rule, UniqueConstraint) or own.name not in rule.columns:
            continue
        same = [
            column == (person_id if column is own else _value(mapper, thing, column))
            for column in rule.columns
        ]
        if session.execute(sa.select(sa.literal(1)).where(*same)).first() is not None:
            return True
    return False


def _value(mapper: Mapper[Base], thing: Base, column: sa.Column[object]) -> object:
    return getattr(thing, mapper.get_property_by_column(column).key)
