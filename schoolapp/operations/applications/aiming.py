"""What a gathering declares before it selects: targets, the policy of the waiting list, offers."""

from dataclasses import dataclass

import sqlalchemy as sa

from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.selection import Measure, SelectionTarget, Side, check_target
from schoolapp.domain.waiting import OFFER_DAYS, Policy, SelectionRules, check_rules
from schoolapp.operations.applications.proposing import asks_endorsement, rules_of, targets_of
from schoolapp.operations.applications.scoring import ScaleDraft, save_scales, scales_of
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetDraft:
    """A target as it is edited; an empty ``group`` means each group of its side."""

    side: Side = Side.GENDER
    group: str = "women"
    measure: Measure = Measure.AT_LEAST_PERCENT
    number: int | None = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesDraft:
    """What a gathering has declared about its selection."""

    gathering_id: int
    policy: Policy = Policy.STRICT
    offer_days: int | None = OFFER_DAYS
    targets: tuple[TargetDraft, ...] = ()
    endorsement: bool = False
    scales: tuple[ScaleDraft, ...] = ()


def rules_draft(session: DbSession, *, gathering_id: int) -> RulesDraft:
    """The rules of a gathering as a form edits them."""
    declared = rules_of(session, gathering_id)
    targets = tuple(
        TargetDraft(side=t.side, group=t.group, measure=t.measure, number=t.number)
        for t in targets_of(session, gathering_id)
    )
    return RulesDraft(
        gathering_id=gathering_id,
        policy=declared.policy,
        offer_days=declared.offer_days,
        targets=targets,
        endorsement=asks_endorsement(session, gathering_id),
        scales=scales_of(session, gathering_id=gathering_id),
    )


def save_rules(session: DbSession, *, draft: RulesDraft) -> None:
    """Declare policy, offers, endorsement, targets and scales.

    ``RuleBroken`` for the first thing that is wrong.
    """
    for sentence in check_rules(draft.offer_days).values():
        raise RuleBroken(sentence)
    for target in draft.targets:
        for sentence in check_target(target.measure, target.number).values():
            raise RuleBroken(sentence)
    found = session.execute(
        sa.select(SelectionRules).where(SelectionRules.gathering_id == draft.gathering_id)
    ).scalar()
    rules = found or SelectionRules(gathering_id=draft.gathering_id)
    if found is None:
        session.add(rules)
    assert draft.offer_days is not None
    for name in ("policy", "offer_days", "endorsement"):
        if getattr(rules, name) != getattr(draft, name):
            setattr(rules, name, getattr(draft, name))
    _save_targets(session, draft)
    save_scales(session, gathering_id=draft.gathering_id, drafts=draft.scales)
    session.flush()


def _save_targets(session: DbSession, draft: RulesDraft) -> None:
    """Change the rows that are there, add what is missing, remove what is left over."""
    kept = list(targets_of(session, draft.gathering_id))
    for position, wanted in enumerate(draft.targets):
        target = (
            kept.pop(0)
            if kept
            else SelectionTarget(gathering_id=draft.gathering_id, side=wanted.side)
        )
        values = {
            "side": wanted.side,
            "group": wanted.group,
            "measure": wanted.measure,
            "number": wanted.number,
            "position": position,
        }
        for name, value in values.items():
            if getattr(target, name) != value:
                setattr(target, name, value)
        session.add(target)
    for target in kept:
        session.delete(target)
