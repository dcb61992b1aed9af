"""What the page of delegations asks for in several reads at once; runs in the database worker."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from schoolapp.domain.delegations import Delegation
from schoolapp.domain.gatherings import Gathering
from schoolapp.exchange.applications.drafts import KnownPerson
from schoolapp.operations.people.editing import known_persons
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class Known:
    """What a leader's file is compared with: all known people, and when the gathering begins."""

    persons: Sequence[KnownPerson]
    first_day: dt.date


def known(delegation_id: int, session: DbSession) -> Known:
    """What has to be known before the file of a delegation is read."""
    delegation = session.get_one(Delegation, delegation_id)
    first_day = session.get_one(Gathering, delegation.gathering_id).start_date
    return Known(known_persons(session), first_day)
