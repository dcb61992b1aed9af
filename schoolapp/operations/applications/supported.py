"""What becomes of a subsidy once the person who was to get it does not come."""

import sqlalchemy as sa

from schoolapp.domain.applications import Application, ApplicationState
from schoolapp.domain.funding import SUBSIDY, Subsidy, SubsidyState
from schoolapp.domain.workflow import take
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession

_STEPS = {
    SubsidyState.REQUESTED: "withdraw",
    SubsidyState.GRANTED: "decline",
    SubsidyState.ACCEPTED: "person_withdrew",
    SubsidyState.PART_PAID: "person_withdrew",
}
"""How a request or a grant ends; where money was paid already it is to be recovered."""


def end_subsidies(session: DbSession, application: Application) -> None:
    """End what was asked or granted for the person, so that no fund holds money back for them.

    Only where they withdrew: whoever was refused a visa keeps the subsidy for its fee
    (domain.md).
    """
    if application.state is not ApplicationState.WITHDRAWN:
        return
    open_ones = sa.select(Subsidy).where(
        Subsidy.gathering_id == application.gathering_id,
        Subsidy.person_id == application.person_id,
        Subsidy.state.in_(_STEPS),
    )
    for subsidy in session.scalars(open_ones):
        take(SUBSIDY, subsidy, _STEPS[subsidy.state], by=actor_of(session))
