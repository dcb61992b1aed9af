"""Scoring by referees: each gives points on every scale, without seeing the others' until then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa

from schoolapp.base.language import mark
from schoolapp.domain.applications import Application
from schoolapp.domain.referees import Score, ScoreScale, check_points, check_scale, mean
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.applications.deciding import application_of
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleDraft:
    """A scale as it is edited: what it is about, and a sentence for each point from 1 to 5."""

    id: int | None = None
    name: str = ""
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scores:
    """What a referee sees of an application: the scales, the own points, how many have scored.

    ``mean`` is that of all referees and scales; None until one's own points are given.
    """

    scales: tuple[ScaleDraft, ...]
    own: Mapping[int, int]
    referees: int
    mean: Decimal | None


@dataclass(frozen=True, slots=True)
class GivenScore:
    """What one referee gave on one scale."""

    by: str
    scale: str
    points: int


def scales_of(session: DbSession, *, gathering_id: int) -> tuple[ScaleDraft, ...]:
    """The scales of a gathering, in their order."""
    return _drafts(session, ScoreScale.gathering_id == gathering_id)


def scores_of(session: DbSession, *, application_id: int, by: str) -> Scores:
    """What the referee ``by`` may see of the scores of an application, in two statements."""
    here = sa.select(Application.gathering_id).where(Application.id == application_id)
    scales = _drafts(session, ScoreScale.gathering_id == here.scalar_subquery())
    given = session.execute(
        sa.select(Score.by, Score.scale_id, Score.points).where(
            Score.application_id == application_id
        )
    ).all()
    own = {scale: points for referee, scale, points in given if referee == by}
    complete = own.keys() >= {scale.id for scale in scales}
    counted = [points for _referee, _scale, points in given] if own and complete else []
    return Scores(scales, own, len({referee for referee, *_ in given}), mean(counted))


def given_scores(session: DbSession, *, application_id: int, by: str) -> tuple[GivenScore, ...]:
    """What every referee gave; ``RuleBroken`` if ``by`` has not given their own points yet."""
    if scores_of(session, application_id=application_id, by=by).mean is None:
        raise RuleBroken(mark("Give your own score first. Then you see what the others gave."))
    found = session.execute(
        sa.select(Score.by, ScoreScale.name, Score.points)
        .join(ScoreScale, ScoreScale.id == Score.scale_id)
        .where(Score.application_id == application_id)
        .order_by(Score.by, ScoreScale.position, ScoreScale.id)
    )
    return tuple(GivenScore(*row) for row in found)


def give_scores(session: DbSession, *, application_id: int, points: Mapping[int, int]) -> None:
    """Give one's own points on every scale, or change them; ``points`` is by the key of the scale.

    ``RuleBroken`` if the gathering has no scales, one is left out, or a number is not from 1 to 5.
    """
    application = application_of(session, application_id)
    scales = scales_of(session, gathering_id=application.gathering_id)
    if not scales:
        raise RuleBroken(mark("This gathering has no scales. Add them in its rules first."))
    trouble = check_points(points, [scale.id for scale in scales if scale.id is not None])
    if trouble:
        raise RuleBroken(trouble)
    by = actor_of(session)
    mine = sa.select(Score).where(Score.application_id == application_id, Score.by == by)
    known = {score.scale_id: score for score in session.execute(mine).scalars()}
    for scale_id, number in points.items():
        if scale_id not in known:
            score = Score(application_id=application_id, scale_id=scale_id, by=by, points=number)
            session.add(score)
        elif known[scale_id].points != number:
            known[scale_id].points = number
    session.flush()


def save_scales(session: DbSession, *, gathering_id: int, drafts: Sequence[ScaleDraft]) -> None:
    """Declare the scales of a gathering; one on which somebody was scored cannot be taken away."""
    found = sa.select(ScoreScale).where(ScoreScale.gathering_id == gathering_id)
    known = {scale.id: scale for scale in session.execute(found).scalars()}
    for position, draft in enumerate(drafts):
        for sentence in check_scale(draft.name, draft.anchors).values():
            raise RuleBroken(sentence)
        scale = known.pop(draft.id, None) if draft.id is not None else None
        if scale is None:
            scale = ScoreScale(gathering_id=gathering_id, name="", anchors=[])
            session.add(scale)
        values = {
            "name": draft.name.strip(),
            "anchors": [anchor.strip() for anchor in draft.anchors],
            "position": position,
        }
        for field, value in values.items():
            if getattr(scale, field) != value:
                setattr(scale, field, value)
    for scale in known.values():
        _remove_scale(session, scale)
    session.flush()


def _remove_scale(session: DbSession, scale: ScoreScale) -> None:
    used = sa.select(Score.id).where(Score.scale_id == scale.id).limit(1)
    if session.execute(used).first() is not None:
        raise RuleBroken(
            mark("People were scored on “{scale}”. Keep this scale, or undo the scores first."),
            scale=scale.name,
        )
    session.delete(scale)


def _drafts(session: DbSession, whose: sa.ColumnElement[bool]) -> tuple[ScaleDraft, ...]:
    s = ScoreScale
    rows = session.execute(
        sa.select(s.id, s.name, s.anchors).where(whose).order_by(s.position, s.id)
    )
    return tuple(ScaleDraft(id=key, name=name, anchors=tuple(texts)) for key, name, texts in rows)
