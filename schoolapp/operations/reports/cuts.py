"""What the reports of a gathering can be cut to."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from schoolapp.domain.delegations import Delegation
from schoolapp.domain.gatherings import Module
from schoolapp.domain.participation import Participation
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class Cuts:
    """The delegations and language groups that people of a gathering are of, and its modules."""

    delegations: tuple[str, ...]
    language_groups: tuple[str, ...]
    modules: tuple[str, ...]


def cuts_of(session: DbSession, *, gathering_id: int) -> Cuts:
    """What there is to choose, in order; three statements."""
    here = Participation.gathering_id == gathering_id
    group = Participation.language_group
    delegations = (
        sa.select(Delegation.name)
        .join(Participation, Participation.delegation_id == Delegation.id)
        .where(here)
    )
    groups = sa.select(group).where(here, group.is_not(None))
    modules = sa.select(Module.code).where(Module.gathering_id == gathering_id)
    return Cuts(*(_words(session, statement) for statement in (delegations, groups, modules)))


def _words(session: DbSession, statement: sa.Select[*tuple[Any, ...]]) -> tuple[str, ...]:
    return tuple(sorted(word for (word,) in fetch(session, statement.distinct()) if word))
