"""The table of visa rules: who needs a visa for which country, how long the consulate takes."""

from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from schoolapp.base.language import mark
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.visas import VisaRule, check_rule, refuse_wrong
from schoolapp.storage.store import DbSession, checked_out


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDraft:
    """A line of the table that a form edits."""

    id: int | None = None
    version: int | None = None
    country: str = ""
    nationality: str = ""
    needed: bool = True
    working_days: int | None = None
    consulate: str = ""
    language: str | None = None


class RulesAt(NamedTuple):
    """The country of a gathering, and the lines of the table about it."""

    country: str
    rules: tuple[RuleDraft, ...]


def rules_for(session: DbSession, *, country: str) -> tuple[RuleDraft, ...]:
    """The lines of the table about one country, by nationality."""
    found = sa.select(VisaRule).where(VisaRule.country == country)
    return tuple(map(_draft, session.scalars(found.order_by(VisaRule.nationality))))


def rules_at(session: DbSession, *, gathering_id: int) -> RulesAt:
    """The lines of the table about the country of a gathering; one statement."""
    rows = session.execute(
        sa.select(Gathering.country, VisaRule)
        .outerjoin(VisaRule, VisaRule.country == Gathering.country)
        .where(Gathering.id == gathering_id)
        .order_by(VisaRule.nationality)
    ).all()
    country, _first = rows[0]
    return RulesAt(country, tuple(_draft(rule) for _country, rule in rows if rule is not None))


def _draft(rule: VisaRule) -> RuleDraft:
    return RuleDraft(
        id=rule.id,
        version=rule.version,
        country=rule.country,
        nationality=rule.nationality,
        needed=rule.needed,
        working_days=rule.working_days,
        consulate=rule.consulate or "",
        language=rule.language,
    )


def check_rule_draft(draft: RuleDraft) -> dict[str, str]:
    """What is wrong with a line: field to a sentence marked for translation."""
    return check_rule(draft.country, draft.nationality, draft.working_days)


def save_rule(session: DbSession, *, draft: RuleDraft) -> int:
    """Add or change a line of the table; its key. Each pair occurs once."""
    refuse_wrong(check_rule_draft(draft))
    r = VisaRule
    same = sa.select(r.id).where(r.country == draft.country, r.nationality == draft.nationality)
    other = session.execute(same).scalar()
    if other not in (None, draft.id):
        raise RuleBroken(
            mark("The table has a line for {nationality} already. Change that one."),
            nationality=draft.nationality,
        )
    if draft.id is None:
        rule = VisaRule(country=draft.country, nationality=draft.nationality, needed=draft.needed)
        session.add(rule)
    else:
        assert draft.version is not None
        rule = checked_out(session, VisaRule, draft.id, draft.version)
    for name in ("nationality", "needed", "working_days", "consulate", "language"):
        value = getattr(draft, name)
        if getattr(rule, name) != (None if value == "" else value):
            setattr(rule, name, None if value == "" else value)
    session.flush()
    return rule.id


def remove_rule(session: DbSession, *, rule_id: int, version: int) -> None:
    """Take a line out of the table."""
    session.delete(checked_out(session, VisaRule, rule_id, version))
