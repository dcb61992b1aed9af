"""What the money asks of the store and does to it; all of it runs in the database worker."""

from dataclasses import dataclass
from typing import Any

from schoolapp.desktop.places.money.drafts import Deciding, Paying
from schoolapp.operations import funding


@dataclass(frozen=True, slots=True)
class Glance:
    """What stands above the tables and what the forms offer."""

    overview: funding.MoneyOverview | None
    delegations: tuple[tuple[int, str], ...]
    campaigns: tuple[funding.CampaignRow, ...]


@dataclass(frozen=True, slots=True)
class Subsidy:
    """A subsidy for the panel."""

    detail: funding.SubsidyDetail
    draft: funding.SubsidyDraft


def glance(gathering_id: int | None, session: Any) -> Glance:
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


def subsidy(subsidy_id: int, session: Any) -> Subsidy | None:
    """A subsidy in full, or None if it is gone."""
    if not funding.subsidy_rows(session, [subsidy_id]):
        return None
    return Subsidy(
        funding.subsidy_detail(session, subsidy_id), funding.draft_of(session, subsidy_id)
    )


def save_subsidy(draft: funding.SubsidyDraft, session: Any) -> funding.SubsidyDraft:
    """Save a subsidy; the draft as stored."""
    return funding.draft_of(session, funding.save_subsidy(session, draft))


def create_subsidy(draft: funding.SubsidyDraft, session: Any) -> int:
    """Record a subsidy."""
    return funding.save_subsidy(session, draft)


def decide(draft: Deciding, session: Any) -> Any:
    """Take a step of a subsidy."""
    return funding.step_subsidy(
        session,
        subsidy_id=draft.subsidy_id,
        step=draft.step,
        decided_by_id=draft.decided_by_id,
        reason=draft.reason or None,
    )


def pay(draft: Paying, session: Any) -> Any:
    """Record a payment of a subsidy."""
    assert draft.subsidy_id is not None
    return funding.pay_subsidy(
        session, subsidy_id=draft.subsidy_id, version=draft.version, payment=draft.payment()
    )


def receive(gathering_id: int, draft: Paying, session: Any) -> int:
    """Record a payment that came in."""
    return funding.record_incoming(
        session,
        funding.IncomingDraft(
            gathering_id=gathering_id,
            payment=draft.payment(),
            delegation_id=draft.delegation_id,
            person_id=draft.person_id,
            reference=draft.reference,
        ),
    )


def give(draft: Paying, session: Any) -> int:
    """Record a gift."""
    assert draft.campaign_id is not None
    return funding.add_gift(
        session,
        funding.GiftDraft(
            campaign_id=draft.campaign_id,
            payment=draft.payment(),
            person_id=draft.person_id,
            anonymous=draft.anonymous,
        ),
    )


def step_claim(step: str, claim_id: int, session: Any) -> Any:
    """Take a step of a travel claim."""
    return funding.step_claim(session, claim_id=claim_id, step=step)


def step_gift(step: str, gift_id: int, session: Any) -> Any:
    """Take a step of a gift."""
    return funding.step_gift(session, gift_id=gift_id, step=step)


def remove_subsidy(subsidy_id: int, session: Any) -> None:
    """Remove a subsidy that is not decided."""
    version = funding.subsidy_rows(session, [subsidy_id])[subsidy_id].version
    funding.remove_subsidy(session, subsidy_id=subsidy_id, version=version)


def remove_incoming(payment_id: int, session: Any) -> None:
    """Remove a payment recorded by mistake."""
    version = funding.incoming_rows(session, [payment_id])[payment_id].version
    funding.remove_incoming(session, payment_id=payment_id, version=version)
