"""Queries of the money that join several operations; they run in the database worker."""

from dataclasses import dataclass

from schoolapp.operations import funding
from schoolapp.operations.funding import CampaignRow, MoneyOverview, SubsidyDetail, SubsidyDraft
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class Glance:
    """What is shown above the tables and what the forms offer."""

    overview: MoneyOverview | None
    delegations: tuple[tuple[int, str], ...]
    campaigns: tuple[CampaignRow, ...]


@dataclass(frozen=True, slots=True)
class Subsidy:
    """A subsidy for the panel."""

    detail: SubsidyDetail
    draft: SubsidyDraft


def glance(session: DbSession, *, gathering_id: int | None) -> Glance:
    """The figures of a gathering, and all campaigns."""
    campaigns = funding.campaigns(session)
    if gathering_id is None:
        return Glance(None, (), campaigns)
    balances = funding.delegation_balances(session, gathering_id=gathering_id)
    return Glance(
        funding.money_overview(session, gathering_id=gathering_id),
        tuple((row.id, row.name) for row in balances),
        campaigns,
    )


def subsidy(session: DbSession, *, subsidy_id: int) -> Subsidy | None:
    """A subsidy in full, or None if it is gone."""
    if not funding.subsidy_rows(session, [subsidy_id]):
        return None
    return Subsidy(
        funding.subsidy_detail(session, subsidy_id), funding.draft_of(session, subsidy_id)
    )


def save_subsidy(session: DbSession, *, draft: SubsidyDraft) -> SubsidyDraft:
    """Save a subsidy; the draft as stored."""
    return funding.draft_of(session, funding.save_subsidy(session, draft))


def remove_subsidy(session: DbSession, *, subsidy_id: int) -> None:
    """Remove a subsidy that is not decided, as it is now."""
    version = funding.subsidy_rows(session, [subsidy_id])[subsidy_id].version
    funding.remove_subsidy(session, subsidy_id=subsidy_id, version=version)


def remove_incoming(session: DbSession, *, payment_id: int) -> None:
    """Remove a payment recorded by mistake, as it is now."""
    version = funding.incoming_rows(session, [payment_id])[payment_id].version
    funding.remove_incoming(session, payment_id=payment_id, version=version)
