"""Travel claims: what people claim for travel, and what is approved of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select

from schoolapp.base.language import mark
from schoolapp.domain.funding import CLAIM, ClaimLine, ClaimState, TravelClaim, approved_amount
from schoolapp.domain.money import Money
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.workflow import take
from schoolapp.storage.journal import actor_of
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
        own, ClaimLine.what == "flight", ClaimLine.boarding_pass.is_not(True)
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


def step_claim(
    session: DbSession, *, claim_id: int, step: str, reason: str | None = None
) -> ClaimState:
    """Take a step of a travel claim; ``approve`` settles how much by the rules of S13."""
    claim = session.get(TravelClaim, claim_id)
    if claim is None:
        raise RuleBroken(mark("This travel claim is no longer there."))
    if step == "approve":
        _approve(claim)
    take(CLAIM, claim, step, by=actor_of(session), reason=reason)
    return claim.state


def _approve(claim: TravelClaim) -> None:
    if claim.cap is None:
        raise RuleBroken(mark("This claim has no limit yet: the subsidy says how much travel."))
    approved = approved_amount(claim.lines, claim.cap)
    if approved.minor == 0:
        raise RuleBroken(
            mark("The boarding pass is missing: nothing can be approved. Ask for it first.")
        )
    for line in claim.lines:
        line.rejected = not line.receipt or line.what == "taxi"
    claim.approved = approved
