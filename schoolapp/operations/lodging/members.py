"""People in a bedroom or a team: found by name among those who take part, put in, taken out."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from schoolapp.domain.participation import Participation, ParticipationState
from schoolapp.domain.people import Person
from schoolapp.storage.search import person_matches
from schoolapp.storage.store import DbSession, checked_out

S = ParticipationState
Column = InstrumentedAttribute[int | None]
"""The column of a participation that names its bedroom or its team."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDraft:
    """The fields that a form edits of a bedroom and of a team; ``code`` is its name."""

    id: int | None = None
    version: int | None = None
    gathering_id: int
    code: str = ""


class Member(NamedTuple):
    """Somebody in a bedroom or a team, by the key and version of the participation."""

    participation_id: int
    version: int
    name: str


def members(session: DbSession, column: Column, *, key: int) -> tuple[Member, ...]:
    """Who is in one bedroom or team, by name; without those who cancelled."""
    p = Participation
    found = session.execute(
        select(p.id, p.version, Person.display_name)
        .join(Person, Person.id == p.person_id)
        .where(column == key, p.state != S.CANCELLED)
        .order_by(Person.sort_name, Person.id)
    )
    return tuple(Member(*row) for row in found)


def find_participants(
    session: DbSession, text: str, *, gathering_id: int, limit: int = 20
) -> list[tuple[int, str]]:
    """Participation and name of the first people who take part and match a few letters."""
    p = Participation
    query = (
        select(p.id, Person.display_name)
        .join(Person, Person.id == p.person_id)
        .where(p.gathering_id == gathering_id, p.state != S.CANCELLED)
    )
    if text.strip():
        query = query.where(person_matches(session, text))
    rows = session.execute(query.order_by(Person.sort_name, p.id).limit(limit))
    return [(key, name) for key, name in rows]


def participant_name(session: DbSession, participation_id: int) -> str:
    """The name of a participant, as a picker shows the one that is chosen."""
    person = session.get_one(Participation, participation_id).person_id
    return session.get_one(Person, person).display_name


def put_into(session: DbSession, column: Column, *, participation_id: int, key: int | None) -> None:
    """Put somebody into a bedroom or a team, out of the one before; ``None`` takes them out."""
    part = session.get_one(Participation, participation_id)
    if getattr(part, column.key) != key:
        setattr(part, column.key, key)


def take_out(session: DbSession, column: Column, *, participation_id: int, version: int) -> None:
    """Take somebody out of a bedroom or a team; ``ChangedElsewhere`` if that was changed."""
    part = checked_out(session, Participation, participation_id, version)
    setattr(part, column.key, None)
