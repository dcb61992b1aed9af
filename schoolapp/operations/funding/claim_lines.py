"""Travel claims made and changed, line by line, as long as nothing of them is approved."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from schoolapp.base.language import mark
from schoolapp.domain.budget import FEE_WAIVER, TRAVEL
from schoolapp.domain.funding import (
    CLAIM,
    GIVEN,
    ClaimLine,
    ClaimState,
    Subsidy,
    TravelClaim,
)
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.money import Money, total
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.travel import FLIGHT, converted
from schoolapp.domain.workflow import take
from schoolapp.operations.funding.editing import free_code, subsidy_of
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession, checked_out

OPEN = frozenset({ClaimState.OPEN, ClaimState.SUBMITTED, ClaimState.INCOMPLETE})
"""The states in which a claim and its lines may still change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDraft:
    """A travel claim as a form edits it; an empty ``cap`` is what the subsidy gives for travel."""

    gathering_id: int
    subsidy_id: int | None = None
    cap: Money | None = None
    id: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDraft:
    """A line of a claim as a form edits it.

    ``rate`` are units of what was paid for one of the claim's currency, empty in the same one.
    ``value`` is what the line is worth as it is stored; with another amount it is worked out again.
    """

    what: str = FLIGHT
    date: dt.date | None = None
    paid: Money | None = None
    rate: Decimal | None = None
    rate_source: str = ""
    receipt: bool = False
    boarding_pass: bool = False
    value: Money | None = None
    valued: Money | None = None
    rejected: bool = False
    id: int | None = None
    version: int | None = None


def claim_draft(claim: TravelClaim) -> ClaimDraft:
    """A claim as its form edits it."""
    return ClaimDraft(
        id=claim.id,
        version=claim.version,
        gathering_id=claim.gathering_id,
        subsidy_id=claim.subsidy_id,
        cap=claim.cap,
    )


def line_draft(line: ClaimLine) -> LineDraft:
    """A line as its form edits it."""
    return LineDraft(
        id=line.id,
        version=line.version,
        what=line.what,
        date=line.date,
        paid=line.paid,
        rate=line.rate,
        rate_source=line.rate_source or "",
        receipt=line.receipt,
        boarding_pass=bool(line.boarding_pass),
        value=line.value,
        valued=line.paid,
        rejected=line.rejected,
    )


def check_claim(draft: ClaimDraft) -> dict[str, str]:
    """What is wrong with a claim: field to a sentence marked for translation."""
    wrong = {}
    if draft.subsidy_id is None:
        wrong["subsidy_id"] = mark("Say whose subsidy the travel is paid from.")
    if draft.cap is not None and draft.cap.minor < 0:
        wrong["cap"] = mark("An amount is never below zero.")
    return wrong


def check_line(draft: LineDraft, currency: str) -> dict[str, str]:
    """What is wrong with a line of a claim that counts in ``currency``."""
    wrong = {}
    if not draft.what.strip():
        wrong["what"] = mark("Say what was paid for, as flight or train.")
    if draft.date is None:
        wrong["date"] = mark("Say on which day.")
    if draft.paid is None or draft.paid.minor <= 0:
        wrong["paid"] = mark("Say how much was paid: an amount above zero.")
    elif draft.paid.currency != currency and not _is_valued(draft):
        if draft.rate is None or not draft.rate.is_finite() or draft.rate <= 0:
            wrong["rate"] = mark(
                "Another currency needs a rate: how many of its units make one of yours."
            )
        elif not draft.rate_source.strip():
            wrong["rate_source"] = mark(
                "Say where this rate comes from: there may be two on one day."
            )
    return wrong


def _is_valued(draft: LineDraft) -> bool:
    """Whether the value is known without a rate: the line came from elsewhere with both amounts."""
    return draft.rate is None and draft.value is not None and draft.valued == draft.paid


def worth_of(draft: LineDraft, currency: str) -> Money:
    """What a line is worth in ``currency``; only after ``check_line`` found nothing."""
    assert draft.paid is not None
    if draft.paid.currency == currency:
        return draft.paid
    if draft.rate is None:
        assert draft.value is not None
        return draft.value
    return converted(draft.paid, draft.rate, currency)


def save_claim(session: DbSession, draft: ClaimDraft) -> int:
    """Save a new or changed travel claim; the key.

    ``RuleBroken`` if something is wrong, if the subsidy is not granted, or after the decision.
    """
    for sentence in check_claim(draft).values():
        raise RuleBroken(sentence)
    subsidy = subsidy_of(session, draft.subsidy_id or 0)
    if draft.id is None:
        claim = _new(session, subsidy)
    else:
        claim = checked_out(session, TravelClaim, draft.id, draft.version or 0)
        _need_open(claim)
        _need_same_subsidy(claim, subsidy)
    cap = draft.cap or travel_part(subsidy)
    if cap is not None and cap.currency != currency_of(session, claim):
        raise RuleBroken(
            mark("This claim counts in {currency}: enter the limit in it."),
            currency=currency_of(session, claim),
        )
    claim.cap = cap
    session.flush()
    return claim.id


def _new(session: DbSession, subsidy: Subsidy) -> TravelClaim:
    if subsidy.state not in GIVEN:
        raise RuleBroken(mark("This subsidy is not granted: travel is paid only from a grant."))
    gathering = session.get_one(Gathering, subsidy.gathering_id)
    codes = session.scalars(
        select(TravelClaim.code).where(TravelClaim.gathering_id == gathering.id)
    ).all()
    claim = TravelClaim(
        code=free_code(f"{gathering.code}-tc", codes),
        gathering_id=gathering.id,
        person_id=subsidy.person_id,
        subsidy=subsidy,
        position=len(codes) + 1,
    )
    session.add(claim)
    return claim


def _need_same_subsidy(claim: TravelClaim, subsidy: Subsidy) -> None:
    if claim.subsidy_id != subsidy.id:
        raise RuleBroken(
            mark("A claim stays with its subsidy. Remove it and make one for the other subsidy.")
        )


def travel_part(subsidy: Subsidy) -> Money | None:
    """What a subsidy gives for travel: that part, or without parts the grant."""
    for part in subsidy.parts:
        if part.kind == TRAVEL:
            return part.amount
    if any(part.kind != FEE_WAIVER for part in subsidy.parts):
        return Money(0, subsidy.parts[0].amount.currency)
    waived = total([part.amount for part in subsidy.parts], subsidy.fund.currency)
    return None if subsidy.granted is None else subsidy.granted - waived


def currency_of(session: DbSession, claim: TravelClaim) -> str:
    """The currency that a claim counts in: that of its limit, or of its subsidy."""
    known = claim.cap or subsidy_of(session, claim.subsidy_id or claim.subsidy.id).granted
    return known.currency if known is not None else claim.subsidy.fund.currency


def remove_claim(session: DbSession, *, claim_id: int, version: int) -> None:
    """Remove a claim with its lines; ``RuleBroken`` once it was decided."""
    claim = checked_out(session, TravelClaim, claim_id, version)
    if claim.state is not ClaimState.WITHDRAWN:
        _need_open(claim)
    session.delete(claim)


def save_line(session: DbSession, *, claim_id: int, draft: LineDraft) -> int:
    """Add or change a line of a claim; the key. What is claimed is the sum of the lines."""
    claim = claim_of(session, claim_id)
    _need_open(claim)
    currency = currency_of(session, claim)
    for sentence in check_line(draft, currency).values():
        raise RuleBroken(sentence)
    if draft.id is None:
        line = _new_line(session, claim, draft, currency)
    else:
        line = checked_out(session, ClaimLine, draft.id, draft.version or 0)
    _fill(line, draft, currency)
    _add_up(claim, currency)
    session.flush()
    return line.id


def _new_line(session: DbSession, claim: TravelClaim, draft: LineDraft, currency: str) -> ClaimLine:
    assert draft.date is not None
    assert draft.paid is not None
    if claim.state is ClaimState.OPEN:
        take(CLAIM, claim, "add_line", by=actor_of(session))
    last = max((line.position for line in claim.lines), default=0)
    line = ClaimLine(
        what=draft.what,
        date=draft.date,
        paid=draft.paid,
        value=worth_of(draft, currency),
        position=last + 1,
    )
    claim.lines.append(line)
    return line


def _fill(line: ClaimLine, draft: LineDraft, currency: str) -> None:
    assert draft.date is not None
    assert draft.paid is not None
    foreign = draft.paid.currency != currency
    line.what, line.date, line.paid = draft.what.strip(), draft.date, draft.paid
    line.value = worth_of(draft, currency)
    line.rate = draft.rate if foreign else None
    line.rate_source = draft.rate_source.strip() or None if line.rate is not None else None
    line.receipt = draft.receipt
    line.boarding_pass = draft.boarding_pass if line.what == FLIGHT else None


def remove_line(session: DbSession, *, line_id: int, version: int) -> None:
    """Take a line out of a claim."""
    line = checked_out(session, ClaimLine, line_id, version)
    claim = claim_of(session, line.claim_id)
    _need_open(claim)
    claim.lines.remove(line)
    _add_up(claim, currency_of(session, claim))


def _add_up(claim: TravelClaim, currency: str) -> None:
    claim.claimed = total([line.value for line in claim.lines], currency)


def _need_open(claim: TravelClaim) -> None:
    if claim.state not in OPEN:
        raise RuleBroken(
            mark("This travel claim is decided and stays as it is. Open it again to change it.")
        )


def claim_of(session: DbSession, claim_id: int) -> TravelClaim:
    """The claim; ``RuleBroken`` if it is gone."""
    claim = session.get(TravelClaim, claim_id)
    if claim is None:
        raise RuleBroken(mark("This travel claim is no longer there."))
    return claim
