"""Carrying over: a new gathering begins with what an earlier one has declared and written.

Forms of imports belong to no gathering: each gathering knows them already.
"""

from typing import Any

from sqlalchemy import select

from schoolapp.domain.gatherings import ArrivalCheck
from schoolapp.domain.letters import LetterTemplate
from schoolapp.domain.referees import ScoreScale
from schoolapp.domain.selection import SelectionTarget
from schoolapp.domain.waiting import SelectionRules
from schoolapp.storage.store import DbSession

Carried = SelectionRules | SelectionTarget | ScoreScale | LetterTemplate | ArrivalCheck
CARRIED: dict[type[Carried], tuple[str, ...]] = {
    SelectionRules: ("policy", "offer_days", "endorsement"),
    SelectionTarget: ("side", "group", "measure", "number", "position"),
    ScoreScale: ("name", "anchors", "position"),
    LetterTemplate: ("occasion", "language", "subject", "text"),
    ArrivalCheck: ("item", "position"),
}
"""What is carried over, and its fields: rules, targets, scales, texts of letters, arrival list."""


def carry_over(session: DbSession, *, source_id: int, target_id: int) -> None:
    """Give a new gathering the rules, texts and lists of another; people and decisions stay."""
    for entity, fields in CARRIED.items():
        found = select(entity).where(entity.gathering_id == source_id).order_by(entity.id)
        for row in session.scalars(found).all():
            values = {name: getattr(row, name) for name in fields}
            # Any: what a field holds follows from the entity in the same line of CARRIED
            copied: dict[str, Any] = {
                k: list(v) if isinstance(v, list) else v for k, v in values.items()
            }
            session.add(entity(gathering_id=target_id, **copied))
    session.flush()
