"""Which rows each table of the money shows, in which order."""

from schoolapp.desktop.tables import View
from schoolapp.operations import funding
from schoolapp.storage.store import DbSession


def subsidies(session: DbSession, view: View) -> list[int]:
    """The subsidies of a view."""
    asked = funding.SubsidyView(
        gathering_id=view.gathering or 0,
        search=view.search,
        sort=view.sort,
        descending=view.descending,
    )
    return funding.subsidy_ids(session, asked)


def funds(session: DbSession, view: View) -> list[int]:
    """The funds of a view."""
    return funding.fund_ids(session, gathering_id=view.gathering or 0, search=view.search)


def fees(session: DbSession, view: View) -> list[int]:
    """The participants of a view, those without a price first."""
    return funding.fee_ids(session, gathering_id=view.gathering or 0, search=view.search)


def payments(session: DbSession, view: View) -> list[int]:
    """The payments of a view."""
    asked = funding.IncomingView(
        gathering_id=view.gathering or 0,
        search=view.search,
        sort=view.sort,
        descending=view.descending,
    )
    return funding.incoming_ids(session, asked)


def delegations(session: DbSession, view: View) -> list[int]:
    """The delegations of a view."""
    found = funding.delegation_balances(session, gathering_id=view.gathering or 0)
    words = view.search.casefold()
    return [row.id for row in found if words in row.name.casefold()]


def claims(session: DbSession, view: View) -> list[int]:
    """The travel claims of a view."""
    asked = funding.ClaimView(gathering_id=view.gathering or 0, search=view.search)
    return funding.claim_ids(session, asked)


def gifts(session: DbSession, view: View) -> list[int]:
    """The gifts of a view, of all campaigns."""
    asked = funding.GiftView(search=view.search, sort=view.sort, descending=view.descending)
    return funding.gift_ids(session, asked)


def campaigns(session: DbSession, view: View) -> list[int]:
    """The campaigns of a view."""
    return funding.campaign_ids(session, search=view.search)
