"""A subsidy decided within its fund, and paid; a travel claim decided."""

from schoolapp.base.language import mark
from schoolapp.domain.budget import (
    CASH,
    FEE_WAIVER,
    PENDING,
    PaymentDraft,
    counted,
    need_free_balance,
    need_inside_grant,
    need_parts_add_up,
)
from schoolapp.domain.funding import (
    CLAIM,
    SUBSIDY,
    ClaimState,
    GrantFacts,
    Subsidy,
    SubsidyPayment,
    SubsidyState,
    TravelClaim,
)
from schoolapp.domain.money import Money, total
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.travel import TAXI, need_lawful_approval, worth
from schoolapp.domain.workflow import take
from schoolapp.operations.funding.balances import fund_rows
from schoolapp.operations.funding.claim_lines import claim_of
from schoolapp.operations.funding.editing import subsidy_of
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession, checked_out


def step_subsidy(
    session: DbSession,
    *,
    subsidy_id: int,
    step: str,
    decided_by_id: int | None = None,
    reason: str | None = None,
) -> SubsidyState:
    """Take a step of a subsidy.

    ``grant`` needs to know who decides: never the receiver. The fund must have the amount free
    (S11); what is in a fund of which a package gives only the whole grants is not known.
    """
    subsidy = subsidy_of(session, subsidy_id)
    facts = GrantFacts(deadline_passed=False)
    if step == "grant":
        facts = _grant_facts(session, subsidy, decided_by_id)
    take(SUBSIDY, subsidy, step, by=actor_of(session), facts=facts, reason=reason)
    if step in ("grant", "refuse") and decided_by_id is not None:
        subsidy.decided_by_id = decided_by_id
    return subsidy.state


def _grant_facts(session: DbSession, subsidy: Subsidy, decider: int | None) -> GrantFacts:
    if decider is None:
        raise RuleBroken(mark("Say who decides on this subsidy."))
    fund = fund_rows(session, [subsidy.fund_id])[subsidy.fund_id]
    free = fund.free
    if free is None and fund.allocated is None:
        raise RuleBroken(
            mark("Nothing has come into {name} yet. Record its income first, then grant."),
            name=fund.name,
        )
    need_parts_add_up(subsidy.granted, [(part.kind, part.amount) for part in subsidy.parts])
    wanted = None
    if subsidy.granted is not None:
        waived = [part.amount for part in subsidy.parts if part.kind == FEE_WAIVER]
        wanted = subsidy.granted - total(waived, subsidy.granted.currency)
        if decider != subsidy.person_id:
            need_free_balance(free, wanted)
    return GrantFacts(free=free, granted=wanted, decider_is_receiver=decider == subsidy.person_id)


def pay_subsidy(
    session: DbSession, *, subsidy_id: int, version: int, payment: PaymentDraft
) -> SubsidyState:
    """Record a payment of a subsidy; the conversion is frozen, the state moves on (S12).

    ``RuleBroken`` if it is more than what is left, if cash has no signed receipt, or if nothing
    may be paid in this state.
    """
    subsidy = checked_out(session, Subsidy, subsidy_id, version)
    if subsidy.granted is None:
        raise RuleBroken(mark("Nothing was granted yet: there is nothing to pay."))
    if payment.method == CASH and not payment.signed_receipt:
        raise RuleBroken(mark("Cash needs a signed receipt. Have it signed, then record it."))
    currency = subsidy.granted.currency
    amount = counted(payment, currency)
    rest = _rest(subsidy)
    need_inside_grant(rest, amount)
    _take_paying(session, subsidy, in_full=amount == rest)
    in_own = payment.paid_as.currency == currency
    subsidy.payments.append(
        SubsidyPayment(
            kind=payment.method,
            amount=amount,
            paid_as=payment.paid_as,
            rate=None if in_own else payment.rate,
            rate_date=payment.date,
            rate_source=None if in_own else payment.rate_source,
            signed_receipt=payment.signed_receipt or None,
            position=len(subsidy.payments) + 1,
        )
    )
    session.flush()
    return subsidy.state


def remove_payment(
    session: DbSession, *, subsidy_id: int, version: int, payment_id: int
) -> SubsidyState:
    """Take a payment out that was recorded by mistake; the subsidy waits for its rest again.

    ``RuleBroken`` where the payment is gone, where a fee was waived, or where the state has left
    paying behind.
    """
    subsidy = checked_out(session, Subsidy, subsidy_id, version)
    payment = next((one for one in subsidy.payments if one.id == payment_id), None)
    if payment is None:
        raise RuleBroken(mark("This payment is no longer there."))
    if payment.kind == FEE_WAIVER:
        raise RuleBroken(mark("A fee that is waived is part of the grant, not a payment."))
    subsidy.payments.remove(payment)
    moved = [one for one in subsidy.payments if one.kind != FEE_WAIVER and one.state != PENDING]
    step = "payment_removed" if moved else "last_payment_removed"
    take(SUBSIDY, subsidy, step, by=actor_of(session))
    session.flush()
    return subsidy.state


def _rest(subsidy: Subsidy) -> Money:
    """What is left to pay: the grant without the fee waiver and without what was paid."""
    assert subsidy.granted is not None
    waived = [part.amount for part in subsidy.parts if part.kind == FEE_WAIVER]
    if not waived:
        waived = [one.amount for one in subsidy.payments if one.kind == FEE_WAIVER]
    paid = [
        one.amount for one in subsidy.payments if one.kind != FEE_WAIVER and one.state != PENDING
    ]
    return subsidy.granted - total([*waived, *paid], subsidy.granted.currency)


def _take_paying(session: DbSession, subsidy: Subsidy, *, in_full: bool) -> None:
    by = actor_of(session)
    if subsidy.state is SubsidyState.ACCEPTED:
        if not in_full:
            take(SUBSIDY, subsidy, "pay_advance", by=by)
            return
        take(SUBSIDY, subsidy, "claim_closed", by=by)
    take(SUBSIDY, subsidy, "pay_rest" if in_full else "pay", by=by)


def step_claim(
    session: DbSession,
    *,
    claim_id: int,
    step: str,
    approved: Money | None = None,
    reason: str | None = None,
) -> ClaimState:
    """Take a step of a travel claim.

    ``approve`` settles how much: ``approved``, or what the rules of S13 allow. More than that
    needs a reason; more than was claimed is refused.
    """
    claim = claim_of(session, claim_id)
    if step == "approve":
        _approve(claim, approved, reason)
    take(CLAIM, claim, step, by=actor_of(session), reason=reason)
    if step == "reopen":
        claim.approved = None
        for line in claim.lines:
            line.rejected = False
    return claim.state


def _approve(claim: TravelClaim, wanted: Money | None, reason: str | None) -> None:
    if claim.cap is None:
        raise RuleBroken(mark("This claim has no limit yet: the subsidy says how much travel."))
    allowed = worth(claim.lines, claim.cap).allowed
    approved = allowed if wanted is None else wanted
    if approved.minor == 0:
        raise RuleBroken(
            mark(
                "Nothing can be approved: a flight needs its boarding pass, other costs a receipt."
                " Ask for what is missing first."
            )
        )
    if approved.currency != claim.cap.currency:
        raise RuleBroken(
            mark("This claim counts in {currency}: enter the amount in it."),
            currency=claim.cap.currency,
        )
    need_lawful_approval(approved, allowed, claim.claimed, reason)
    for line in claim.lines:
        line.rejected = not line.receipt or line.what == TAXI
    claim.approved = approved
