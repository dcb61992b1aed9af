"""Erasing a person for good: what that does is shown before, then done on every table at once."""

import uuid
from dataclasses import dataclass

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.base.language import _, mark
from schoolapp.domain.applications import LIVE, Application
from schoolapp.domain.data_map import Outcome
from schoolapp.domain.erasing import (
    GROUPS,
    statistical_birth,
    statistical_gender,
    statistical_pronouns,
)
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.participation import Participation, ParticipationState
from schoolapp.domain.people import NameOrder, OtherAddress, Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.storage import erasing
from schoolapp.storage.store import DbSession, checked_out


@dataclass(frozen=True, slots=True)
class ErasureLine:
    """A kind of rows of a person, in words: whether it goes or stays, and how many there are."""

    words: str
    goes: bool
    rows: int


@dataclass(frozen=True, slots=True)
class ErasureFacts:
    """What erasing a person would do; ``version`` is the one that was looked at."""

    person_id: int
    version: int
    name: str
    lines: tuple[ErasureLine, ...]


def erasure_facts(session: DbSession, *, person_id: int) -> ErasureFacts:
    """What would go and what would stay, before anybody decides."""
    person = session.get_one(Person, person_id)
    people = _all_of(session, person)
    rows = erasing.living_rows_of(session, [one.id for one in people], [one.uid for one in people])
    lines = [
        ErasureLine(_(words), outcome is Outcome.GOES, sum(rows.get(table, 0) for table in tables))
        for words, outcome, tables in GROUPS
    ]
    return ErasureFacts(
        person.id, person.version, person.display_name, tuple(one for one in lines if one.rows)
    )


def erase_person(session: DbSession, *, person_id: int, version: int, reason: str) -> None:
    """Erase a person everywhere, the journal's copies too. Run it as a final step.

    What was reported to funders as numbers and what the books must keep stays, under no name; of
    somebody who has neither, nothing stays. ``RuleBroken`` without a reason, and as long as the
    person has a place or an application in a gathering that is not over.
    """
    person = checked_out(session, Person, person_id, version)
    if not reason.strip():
        raise RuleBroken(mark("Say why {name} is erased."), name=person.display_name)
    people = _all_of(session, person)
    _check_over(session, person, [one.id for one in people])
    ids = [one.id for one in people]
    uids = {one.uid: str(uuid.uuid4()) for one in people}
    names = erasing.names_of(session, ids)
    faces = {one.id: _face(session, one, uids[one.uid]) for one in people}
    erasing.erase(
        session,
        faces=faces,
        uids=uids,
        names=names,
        shared=_shared(session, ids, names),
        instead=_("Erased person"),
    )
    erasing.remove_unneeded(session, ids)


def _all_of(session: DbSession, person: Person) -> list[Person]:
    """The person, and all people merged into that person."""
    found, new = [person], [person]
    while new:
        joined = sa.select(Person).where(Person.merged_into_id.in_([one.id for one in new]))
        new = [*session.scalars(joined)]
        found += new
    return found


def _check_over(session: DbSession, person: Person, ids: list[int]) -> None:
    """A place that is held is given up in the ordinary way first: seats and money follow it."""
    p, a = Participation, Application
    code = sa.select(Gathering.code).where(Gathering.end_date >= clock.now().date())
    for held in (
        code.join(p, p.gathering_id == Gathering.id).where(
            p.person_id.in_(ids), p.state != ParticipationState.CANCELLED
        ),
        code.join(a, a.gathering_id == Gathering.id).where(a.person_id.in_(ids), a.state.in_(LIVE)),
    ):
        gathering = session.execute(held.limit(1)).scalar()
        if gathering is not None:
            raise RuleBroken(
                mark(
                    "{name} has a place or an application in {gathering}, which is not over."
                    " Withdraw it or take the person out first."
                ),
                name=person.display_name,
                gathering=gathering,
            )


def _face(session: DbSession, person: Person, uid: str) -> dict[str, object]:
    """The values of an erased person's own row: nobody, with what the counts need."""
    part = Participation
    days = session.execute(
        sa.select(Gathering.start_date)
        .join(part, part.gathering_id == Gathering.id)
        .where(part.person_id == person.id)
    ).scalars()
    born = statistical_birth(person.born, [*days]) if person.born else None
    return dict.fromkeys(erasing.PLANS[Person.__tablename__].own) | {
        "uid": uid,
        "code": f"erased-{person.id}",
        "display_name": _("Erased person"),
        "name_order": NameOrder.ONE_WORD,
        "sort_name": "",
        "search": "",
        "born": born,
        "pronouns": statistical_pronouns(person.pronouns),
        "gender": statistical_gender(person.gender),
        "blanks": [],
        "erased_at": clock.now(),
    }


def _shared(session: DbSession, ids: list[int], names: set[str]) -> set[str]:
    """The names and addresses that somebody else has too (E25)."""
    found: set[str] = set()
    for column in (Person.display_name, Person.native_name, Person.email, Person.phone):
        others = sa.select(column).where(column.in_(names), Person.id.not_in(ids))
        found |= {value for (value,) in session.execute(others) if value}
    address = sa.select(OtherAddress.address).where(
        OtherAddress.address.in_(names), OtherAddress.person_id.not_in(ids)
    )
    return found | set(session.execute(address).scalars())
