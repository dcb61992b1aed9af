"""Queries of the money that join several operations; they run in the database worker."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from schoolapp.base.language import isolate, mark
from schoolapp.desktop.look import formats
from schoolapp.domain.budget import FEE_WAIVER
from schoolapp.domain.funding import SubsidyState
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations import funding
from schoolapp.operations.funding import (
    CampaignDraft,
    CampaignRow,
    ClaimDetail,
    ClaimDraft,
    DelegationBalance,
    DueDraft,
    FeeDraft,
    FeeRow,
    FundDetail,
    FundDraft,
    GiftChange,
    GiftRow,
    IncomingChange,
    IncomingRow,
    MoneyOverview,
    SubsidyDetail,
    SubsidyDraft,
)
from schoolapp.operations.readings.publications import publication_rows
from schoolapp.storage.store import DbSession

R = TypeVar("R")
D = TypeVar("D")
F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Glance:
    """What is shown above the tables and what the forms offer."""

    overview: MoneyOverview | None
    delegations: tuple[tuple[int, str], ...]
    campaigns: tuple[CampaignRow, ...]
    claimable: tuple[tuple[int, str], ...] = ()
    publications: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Edited(Generic[R, D]):
    """A row of a table with the draft that its panel edits."""

    row: R
    draft: D


@dataclass(frozen=True, slots=True)
class Subsidy:
    """A subsidy for the panel."""

    detail: SubsidyDetail
    draft: SubsidyDraft


def glance(session: DbSession, *, gathering_id: int | None) -> Glance:
    """The figures of a gathering, and all campaigns."""
    campaigns = funding.campaigns(session)
    publications = tuple((row.id, row.title) for row in publication_rows(session))
    if gathering_id is None:
        return Glance(None, (), campaigns, publications=publications)
    balances = funding.delegation_balances(session, gathering_id=gathering_id)
    return Glance(
        funding.money_overview(session, gathering_id=gathering_id),
        tuple((row.id, row.name) for row in balances),
        campaigns,
        tuple(_claimable(session, gathering_id)),
        publications,
    )


def _claimable(session: DbSession, gathering_id: int) -> Iterator[tuple[int, str]]:
    """The subsidies that pay travel, by the name of the person and what was granted."""
    for key, name, granted in funding.claimable(session, gathering_id=gathering_id):
        amount = "" if granted is None else formats.money(granted)
        yield key, " · ".join(part for part in (isolate(name), amount) if part)


def subsidy(session: DbSession, *, row_id: int) -> Subsidy | None:
    """A subsidy in full, or None if it is gone."""
    if not funding.subsidy_rows(session, [row_id]):
        return None
    return Subsidy(funding.subsidy_detail(session, row_id), funding.draft_of(session, row_id))


def save_subsidy(session: DbSession, *, draft: SubsidyDraft) -> SubsidyDraft:
    """Save a subsidy; the draft as stored."""
    return funding.draft_of(session, funding.save_subsidy(session, draft))


def save_fund(session: DbSession, *, draft: FundDraft) -> FundDraft:
    """Save a fund; the draft as stored."""
    return _there(funding.fund_detail(session, funding.save_fund(session, draft))).draft


def save_claim(session: DbSession, *, draft: ClaimDraft) -> ClaimDraft:
    """Save a travel claim; the draft as stored."""
    return _there(funding.claim_detail(session, funding.save_claim(session, draft))).draft


def save_campaign(session: DbSession, *, draft: CampaignDraft) -> CampaignDraft:
    """Save a campaign; the draft as stored."""
    return _there(funding.campaign_draft(session, funding.save_campaign(session, draft)))


def save_gift(session: DbSession, *, draft: GiftChange) -> GiftChange:
    """Save a gift; the draft as stored."""
    return _there(funding.gift_change(session, funding.save_gift(session, draft)))


def save_fee(session: DbSession, *, draft: FeeDraft) -> FeeDraft:
    """Save a fee; the draft as stored."""
    return _there(funding.fee_draft(session, funding.save_fee(session, draft)))


def save_incoming(session: DbSession, *, draft: IncomingChange) -> IncomingChange:
    """Save a payment that came in; the draft as stored."""
    return _there(funding.incoming_change(session, funding.save_incoming(session, draft)))


def save_due(session: DbSession, *, draft: DueDraft) -> DueDraft:
    """Save what a delegation owes; the draft as stored."""
    return _there(funding.due_draft(session, funding.save_due(session, draft)))


def _there(found: F | None) -> F:
    assert found is not None, "it was saved just now"
    return found


def fund(session: DbSession, *, row_id: int) -> FundDetail | None:
    """A fund in full, or None if it is gone."""
    return funding.fund_detail(session, row_id)


def claim(session: DbSession, *, row_id: int) -> ClaimDetail | None:
    """A travel claim in full, or None if it is gone."""
    return funding.claim_detail(session, row_id)


def gift(session: DbSession, *, row_id: int) -> Edited[GiftRow, GiftChange] | None:
    """A gift with its draft, or None if it is gone."""
    return _edited(funding.gift_rows, funding.gift_change, session, row_id)


def campaign(session: DbSession, *, row_id: int) -> Edited[CampaignRow, CampaignDraft] | None:
    """A campaign with its draft, or None if it is gone."""
    return _edited(funding.campaign_rows, funding.campaign_draft, session, row_id)


def fee(session: DbSession, *, row_id: int) -> Edited[FeeRow, FeeDraft] | None:
    """A fee with its draft, or None if the person takes no part any more."""
    return _edited(funding.fee_rows, funding.fee_draft, session, row_id)


def payment(session: DbSession, *, row_id: int) -> Edited[IncomingRow, IncomingChange] | None:
    """A payment that came in with its draft, or None if it is gone."""
    return _edited(funding.incoming_rows, funding.incoming_change, session, row_id)


def delegation(session: DbSession, *, row_id: int) -> Edited[DelegationBalance, DueDraft] | None:
    """A delegation with what it owes, or None if it is gone."""
    return _edited(funding.balance_rows, funding.due_draft, session, row_id)


def _edited(
    rows: Callable[[DbSession, Sequence[int]], Mapping[int, R]],
    draft_of: Callable[[DbSession, int], D | None],
    session: DbSession,
    row_id: int,
) -> Edited[R, D] | None:
    row, draft = rows(session, [row_id]).get(row_id), draft_of(session, row_id)
    return None if row is None or draft is None else Edited(row, draft)


def remove_subsidy(session: DbSession, *, subsidy_id: int) -> None:
    """Remove a subsidy that is not decided, as it is now."""
    version = funding.subsidy_rows(session, [subsidy_id])[subsidy_id].version
    funding.remove_subsidy(session, subsidy_id=subsidy_id, version=version)


def remove_fund(session: DbSession, *, fund_id: int) -> None:
    """Remove a fund, as it is now."""
    version = funding.fund_rows(session, [fund_id])[fund_id].version
    funding.remove_fund(session, fund_id=fund_id, version=version)


def remove_incoming(session: DbSession, *, payment_id: int) -> None:
    """Remove a payment recorded by mistake, as it is now."""
    version = funding.incoming_rows(session, [payment_id])[payment_id].version
    funding.remove_incoming(session, payment_id=payment_id, version=version)


def remove_claim(session: DbSession, *, claim_id: int) -> None:
    """Remove a travel claim that is not decided, as it is now."""
    version = funding.claim_rows(session, [claim_id])[claim_id].version
    funding.remove_claim(session, claim_id=claim_id, version=version)


def remove_gift(session: DbSession, *, gift_id: int) -> None:
    """Remove a gift recorded by mistake, as it is now."""
    version = funding.gift_rows(session, [gift_id])[gift_id].version
    funding.remove_gift(session, gift_id=gift_id, version=version)


def remove_campaign(session: DbSession, *, campaign_id: int) -> None:
    """Remove a campaign without gifts, as it is now."""
    version = funding.campaign_rows(session, [campaign_id])[campaign_id].version
    funding.remove_campaign(session, campaign_id=campaign_id, version=version)


def remove_last_payment(session: DbSession, *, subsidy_id: int) -> SubsidyState:
    """Take the last payment of a subsidy out, as it is now."""
    found = funding.subsidy_detail(session, subsidy_id)
    payments = [one for one in found.payments if one.kind != FEE_WAIVER]
    if not payments:
        raise RuleBroken(mark("Nothing was paid of this subsidy yet."))
    return funding.remove_payment(
        session,
        subsidy_id=subsidy_id,
        version=found.row.version,
        payment_id=payments[-1].id,
    )
