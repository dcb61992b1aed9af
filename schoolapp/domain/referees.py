"""Referees: scales with written anchors on which applications are scored, and the scores given."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.domain.base import AUTOINCREMENT, Base, Keyed, UtcMoment, Versioned, link
from schoolapp.domain.data_map import (
    GOES,
    ORDER,
    Counted,
    Doer,
    Plain,
)

POINTS = (1, 2, 3, 4, 5)
"""The points of every scale; each has a sentence that says what it means."""
ANCHORS = (
    mark("Nothing in the application speaks for it."),
    mark("Little speaks for it."),
    mark("As much speaks for it as against it."),
    mark("Much speaks for it."),
    mark("Everything speaks for it."),
)
"""What the points of a new scale mean until the gathering writes its own sentences."""


class ScoreScale(Versioned, Base):
    """What a gathering scores its applicants by; ``anchors`` has a sentence for each point."""

    __tablename__ = "score_scale"
    gathering_id: Mapped[int] = link("gathering.id")
    name: Mapped[Plain[str]]
    anchors: Mapped[Plain[list[str]]]
    position: Mapped[Plain[int]] = mapped_column(default=0, info=ORDER.info)


class Score(Keyed, Base):
    """What one referee (``by``, the name of a desk) gave an application on one scale."""

    __tablename__ = "score"
    __table_args__ = (UniqueConstraint("application_id", "scale_id", "by"), AUTOINCREMENT)
    application_id: Mapped[int] = link("application.id", GOES)
    scale_id: Mapped[int] = link("score_scale.id")
    by: Mapped[Doer[str]]
    points: Mapped[Counted[int]]
    at: Mapped[Counted[dt.datetime]] = mapped_column(UtcMoment, default_factory=clock.now)


def check_scale(name: str, anchors: Sequence[str]) -> dict[str, str]:
    """What is wrong with a scale: field to a sentence marked for translation."""
    wrong = {}
    if not name.strip():
        wrong["name"] = mark("Say what this scale is about, such as motivation.")
    if len(anchors) != len(POINTS) or not all(anchor.strip() for anchor in anchors):
        wrong["anchors"] = mark("Write a sentence for each of the points from 1 to 5.")
    return wrong


def check_points(points: Mapping[int, int], scales: Collection[int]) -> str | None:
    """What is wrong with the points of a referee, given by scale; a marked sentence or None."""
    if set(points) != set(scales):
        return mark("Score every scale of this gathering, from 1 to 5.")
    if not set(points.values()) <= set(POINTS):
        return mark("A score is a whole number from 1 to 5.")
    return None


def mean(points: Collection[int]) -> Decimal | None:
    """The average to one decimal; None if there are none."""
    if not points:
        return None
    return (Decimal(sum(points)) / len(points)).quantize(Decimal("0.1"))
