"""Bedrooms: their beds, for whom they are, who sleeps there, and on which night too many do."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select

from schoolapp.base.language import mark
from schoolapp.domain.gatherings import DESIGNATIONS, Bedroom
from schoolapp.domain.participation import Participation, ParticipationState, Stay, most_at_night
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.lodging.members import GroupDraft, Member, members, put_into, take_out
from schoolapp.storage.store import DbSession, assign, checked_out


@dataclass(frozen=True, slots=True, kw_only=True)
class BedroomDraft(GroupDraft):
    """The fields of a bedroom that a form edits; ``code`` is what is written on its door."""

    beds: int | None = None
    designation: str = "mixed"


class BedroomRow(NamedTuple):
    """A bedroom in a list; ``most`` is how many sleep there on its fullest night."""

    id: int
    version: int
    code: str
    beds: int
    designation: str
    names: tuple[str, ...]
    most: int


@dataclass(frozen=True, slots=True)
class BedroomList:
    """All bedrooms, and how many people who take part have no bed yet."""

    rows: tuple[BedroomRow, ...]
    without: int


def bedroom_list(session: DbSession, *, gathering_id: int) -> BedroomList:
    """The bedrooms of a gathering in their order; three statements."""
    b, p = Bedroom, Participation
    sleeping: dict[int, dict[str, None]] = {}
    stays: dict[int, list[tuple[dt.datetime, dt.datetime]]] = {}
    going = (p.gathering_id == gathering_id, p.state != ParticipationState.CANCELLED)
    found = session.execute(
        select(p.bedroom_id, p.id, Person.display_name, Stay.arrival, Stay.departure)
        .join(Person, Person.id == p.person_id)
        .outerjoin(Stay, Stay.participation_id == p.id)
        .where(*going, p.bedroom_id.is_not(None))
        .order_by(Person.sort_name, p.id)
    )
    for bedroom_id, key, name, arrival, departure in found:
        assert bedroom_id is not None, "asked for"
        sleeping.setdefault(bedroom_id, {})[f"{key} {name}"] = None
        if arrival is not None and departure is not None:
            stays.setdefault(bedroom_id, []).append((arrival, departure))
    without = select(func.count()).select_from(p).where(*going, p.bedroom_id.is_(None))
    rows = session.execute(
        select(b.id, b.version, b.code, b.beds, b.designation)
        .where(b.gathering_id == gathering_id)
        .order_by(b.position, b.id)
    )
    return BedroomList(
        tuple(
            BedroomRow(*row, _names(sleeping.get(row[0], {})), most_at_night(stays.get(row[0], [])))
            for row in rows
        ),
        session.execute(without).scalar_one(),
    )


def bedroom_draft(session: DbSession, *, bedroom_id: int) -> BedroomDraft:
    """The bedroom as a form edits it."""
    b = session.get_one(Bedroom, bedroom_id)
    return BedroomDraft(
        id=b.id,
        version=b.version,
        gathering_id=b.gathering_id,
        code=b.code,
        beds=b.beds,
        designation=b.designation,
    )


def sleepers(session: DbSession, *, bedroom_id: int) -> tuple[Member, ...]:
    """Who sleeps in a bedroom, by name."""
    return members(session, Participation.bedroom_id, key=bedroom_id)


def check_bedroom(draft: BedroomDraft) -> dict[str, str]:
    """What is wrong with a bedroom: field to a sentence marked for translation."""
    wrong = {}
    if not draft.code.strip():
        wrong["code"] = mark("Give the bedroom the name or number on its door.")
    if draft.beds is None or draft.beds < 1:
        wrong["beds"] = mark("Write how many beds there are; at least one.")
    if draft.designation not in DESIGNATIONS:
        wrong["designation"] = mark("Choose who the bedroom is for.")
    return wrong


def save_bedroom(session: DbSession, *, draft: BedroomDraft) -> int:
    """Add or change a bedroom; its key. ``RuleBroken`` for the first thing that is wrong."""
    for sentence in check_bedroom(draft).values():
        raise RuleBroken(sentence)
    code = draft.code.strip()
    others = _codes(session, draft)
    if code in others:
        raise RuleBroken(mark("Another bedroom is called {name} already."), name=code)
    if draft.id is None:
        bedroom = Bedroom(
            gathering_id=draft.gathering_id,
            code=code,
            beds=draft.beds or 1,
            designation=draft.designation,
            position=len(others),
        )
        session.add(bedroom)
    else:
        assert draft.version is not None, "a stored bedroom"
        bedroom = checked_out(session, Bedroom, draft.id, draft.version)
    assign(bedroom, {"code": code, "beds": draft.beds, "designation": draft.designation})
    session.flush()
    return bedroom.id


def remove_bedroom(session: DbSession, *, bedroom_id: int, version: int) -> None:
    """Remove a bedroom in which nobody sleeps; ``RuleBroken`` while somebody does."""
    bedroom = checked_out(session, Bedroom, bedroom_id, version)
    used = select(func.count()).select_from(Participation)
    if session.execute(used.where(Participation.bedroom_id == bedroom_id)).scalar():
        raise RuleBroken(
            mark("People sleep in {room}. Give them another bedroom first."), room=bedroom.code
        )
    session.delete(bedroom)


def give_bed(session: DbSession, *, bedroom_id: int, participation_id: int) -> None:
    """Let somebody sleep in this bedroom, and no longer in the one before.

    ``RuleBroken`` where no bed is left on one of the nights of the stay.
    """
    put_into(session, Participation.bedroom_id, participation_id=participation_id, key=bedroom_id)
    session.flush()
    require_beds(session, bedroom_id=bedroom_id)


def require_beds(session: DbSession, *, bedroom_id: int) -> None:
    """``RuleBroken`` if more people sleep in the bedroom on some night than it has beds."""
    bedroom = session.get_one(Bedroom, bedroom_id)
    if most_at_night(_stays(session, bedroom_id)) > bedroom.beds:
        raise RuleBroken(
            mark("{room} has no bed left on one of these nights. Choose another bedroom."),
            room=bedroom.code,
        )


def free_bed(session: DbSession, *, participation_id: int, version: int) -> None:
    """Take somebody out of the bedroom."""
    take_out(session, Participation.bedroom_id, participation_id=participation_id, version=version)


def _names(people: dict[str, None]) -> tuple[str, ...]:
    return tuple(key.partition(" ")[2] for key in people)


def _stays(session: DbSession, bedroom_id: int) -> Sequence[tuple[dt.datetime, dt.datetime]]:
    p = Participation
    found = session.execute(
        select(Stay.arrival, Stay.departure)
        .join(p, p.id == Stay.participation_id)
        .where(p.bedroom_id == bedroom_id, p.state != ParticipationState.CANCELLED)
    )
    return [(arrival, departure) for arrival, departure in found]


def _codes(session: DbSession, draft: BedroomDraft) -> set[str]:
    b = Bedroom
    found = session.execute(
        select(b.code).where(b.gathering_id == draft.gathering_id, b.id != (draft.id or 0))
    )
    return set(found.scalars())
