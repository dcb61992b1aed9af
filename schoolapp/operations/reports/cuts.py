"""What the reports of a gathering can be cut to."""

from dataclasses import dataclass

import sqlalchemy as sa

from schoolapp.base.language import mark
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.gatherings import Module
from schoolapp.domain.participation import Participation
from schoolapp.domain.reports import ReportFilter
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.applications import asked_questions
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class Cuts:
    """The delegations and language groups that people of a gathering are of, its modules, and
    the questions of one's own that its forms ask."""

    delegations: tuple[str, ...]
    language_groups: tuple[str, ...]
    modules: tuple[str, ...]
    questions: tuple[str, ...]


def cuts_of(session: DbSession, *, gathering_id: int) -> Cuts:
    """What can be chosen, in order; four statements."""
    here = Participation.gathering_id == gathering_id
    group = Participation.language_group
    delegations = (
        sa.select(Delegation.name)
        .join(Participation, Participation.delegation_id == Delegation.id)
        .where(here)
    )
    groups = sa.select(group).where(here, group.is_not(None))
    modules = sa.select(Module.code).where(Module.gathering_id == gathering_id)
    return Cuts(
        delegations=_words(session, delegations),
        language_groups=_words(session, groups),
        modules=_words(session, modules),
        questions=asked_questions(session, gathering_id=gathering_id),
    )


def need_known(session: DbSession, *, gathering_id: int, only: ReportFilter) -> None:
    """``RuleBroken`` for a cut that the gathering does not have: nobody would be left."""
    cuts = cuts_of(session, gathering_id=gathering_id)
    for wanted, known, sentence in (
        (only.delegation, cuts.delegations, mark("Nobody here belongs to a delegation {word}.")),
        (only.language_group, cuts.language_groups, mark("There is no language group {word}.")),
        (only.module, cuts.modules, mark("There is no module {word} in this gathering.")),
    ):
        if wanted and wanted not in known:
            raise RuleBroken(sentence, word=wanted)


def _words(
    session: DbSession, statement: sa.Select[str] | sa.Select[str | None]
) -> tuple[str, ...]:
    return tuple(sorted(word for (word,) in fetch(session, statement.distinct()) if word))
