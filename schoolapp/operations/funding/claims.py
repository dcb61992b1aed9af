"""Travel claims: what people claim for travel, and what is approved of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from schoolapp.domain.funding import CLAIM, GIVEN, ClaimLine, ClaimState, Subsidy, TravelClaim
from schoolapp.domain.money import Money
from schoolapp.domain.people import Person
from schoolapp.domain.travel import FLIGHT, Worth, worth
from schoolapp.operations.funding.claim_lines import (
    ClaimDraft,
    LineDraft,
    claim_draft,
    currency_of,
    line_draft,
)
from schoolapp.storage.search import person_matches
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """What the table of travel claims was asked to show."""

    gathering_id: int
    search: str = ""
    states: tuple[ClaimState, ...] = ()


class ClaimRow(NamedTuple):
    """A travel claim in a table; ``without_pass`` are flights whose boarding pass is missing."""

    id: int
    version: int
    code: str
    name: str
    state: ClaimState
    claimed: Money | None
    approved: Money | None
    cap: Money | None
    lines: int
    without_pass: int


@dataclass(frozen=True, slots=True)
class ClaimDetail:
    """A travel claim in full: its lines, what the rules allow of them, the steps that may be tried.

    It counts in ``currency``; ``worth`` is None without a cap.
    """

    row: ClaimRow
    draft: ClaimDraft
    lines: tuple[LineDraft, ...]
    currency: str
    worth: Worth | None
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimLineRow:
    """A line of a claim in a table, with the person who claims it."""

    claim: str
    name: str
    line: LineDraft


def claim_ids(session: DbSession, view: ClaimView) -> list[int]:
    """The claims that a view shows, by name."""
    found = (
        select(TravelClaim.id)
        .join(Person, Person.id == TravelClaim.person_id)
        .where(TravelClaim.gathering_id == view.gathering_id)
        .order_by(Person.sort_name, TravelClaim.id)
    )
    if view.states:
        found = found.where(TravelClaim.state.in_(view.states))
    found = found.where(person_matches(session, view.search))
    return list(session.scalars(found))


def claim_rows(session: DbSession, ids: Sequence[int]) -> dict[int, ClaimRow]:
    """The rows of these claims."""
    own = ClaimLine.claim_id == TravelClaim.id
    lines = select(func.count(ClaimLine.id)).where(own).scalar_subquery()
    missing = select(func.count(ClaimLine.id)).where(
        own, ClaimLine.what == FLIGHT, ClaimLine.boarding_pass.is_not(True)
    )
    found = session.execute(
        select(
            TravelClaim.id,
            TravelClaim.version,
            TravelClaim.code,
            Person.display_name,
            TravelClaim.state,
            TravelClaim.claimed,
            TravelClaim.approved,
            TravelClaim.cap,
            lines,
            missing.scalar_subquery(),
        )
        .join(Person, Person.id == TravelClaim.person_id)
        .where(TravelClaim.id.in_(ids))
    )
    return {row.id: row for row in (ClaimRow._make(row) for row in found)}


def claim_detail(session: DbSession, claim_id: int) -> ClaimDetail | None:
    """A travel claim with its lines; None if it is gone."""
    claim = session.get(TravelClaim, claim_id)
    if claim is None:
        return None
    return ClaimDetail(
        row=claim_rows(session, [claim_id])[claim_id],
        draft=claim_draft(claim),
        lines=tuple(line_draft(line) for line in claim.lines),
        currency=currency_of(session, claim),
        worth=None if claim.cap is None else worth(claim.lines, claim.cap),
        steps=tuple(step.name for step in CLAIM.steps_from(claim.state)),
    )


def claim_line_rows(session: DbSession, ids: Sequence[int]) -> list[ClaimLineRow]:
    """All lines of these claims, in the order of the claims."""
    statement = (
        select(TravelClaim)
        .where(TravelClaim.id.in_(ids))
        .options(selectinload(TravelClaim.lines), joinedload(TravelClaim.person))
    )
    claims = {claim.id: claim for claim in session.scalars(statement)}
    return [
        ClaimLineRow(claim.code, claim.person.display_name, line_draft(line))
        for claim in (claims[key] for key in ids if key in claims)
        for line in claim.lines
    ]


def claimable(session: DbSession, *, gathering_id: int) -> list[tuple[int, str, Money | None]]:
    """The subsidies that a travel claim can belong to: key, person, grant; by name."""
    found = (
        select(Subsidy.id, Person.display_name, Subsidy.granted)
        .join(Person, Person.id == Subsidy.person_id)
        .where(Subsidy.gathering_id == gathering_id, Subsidy.state.in_(GIVEN))
        .order_by(Person.sort_name, Subsidy.id)
    )
    return [(key, name, granted) for key, name, granted in session.execute(found)]
