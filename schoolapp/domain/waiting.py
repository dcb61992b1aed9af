"""The waiting list: its declared policy, offers that hold a place, and who is next, and why."""

import datetime as dt
import enum
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from schoolapp.base.language import mark
from schoolapp.domain.applications import ApplicationState
from schoolapp.domain.base import AUTOINCREMENT, Base, Keyed, UtcMoment, Versioned, link
from schoolapp.domain.data_map import STAYS, Counted, Plain
from schoolapp.domain.selection import Candidate, Measure, SelectionTarget, balance, missed_targets

OFFER_DAYS = 7
"""For how long an offer holds the place where the gathering says nothing else."""


class Policy(enum.StrEnum):
    """How the next person is found: in the strict order, or the first who helps a target."""

    STRICT = "strict"
    FILL = "fill"


class SelectionRules(Versioned, Base):
    """What a gathering has declared about its selection before anybody was chosen.

    With ``endorsement`` a delegation says of each of its people that they should come.
    """

    __tablename__ = "selection_rules"
    __table_args__ = (UniqueConstraint("gathering_id"), AUTOINCREMENT)
    gathering_id: Mapped[int] = link("gathering.id")
    policy: Mapped[Plain[Policy]] = mapped_column(default=Policy.STRICT)
    offer_days: Mapped[Plain[int]] = mapped_column(default=OFFER_DAYS)
    endorsement: Mapped[Plain[bool]] = mapped_column(default=False)


class OfferEnd(enum.StrEnum):
    """What became of an offer."""

    TAKEN = "taken"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class PlaceOffer(Keyed, Base):
    """A free place held for somebody on the waiting list until ``due``; open without ``ended``."""

    __tablename__ = "place_offer"
    gathering_id: Mapped[int] = link("gathering.id")
    application_id: Mapped[int] = link("application.id", STAYS)
    due: Mapped[Counted[dt.datetime]] = mapped_column(UtcMoment)
    ended: Mapped[Counted[OfferEnd | None]] = mapped_column(default=None)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody on the waiting list; ``fits`` if a place is free in every part they come for."""

    application_id: int
    rank: int | None
    fits: bool = True


@dataclass(frozen=True, slots=True)
class Next:
    """Who is proposed for a free place; ``message`` is marked, ``rank`` is the place in line."""

    application_id: int
    message: str
    rank: int


FIRST = mark("first on the waiting list (number {rank})")
FIRST_THAT_FITS = mark("first on the waiting list for whom a place is free (number {rank})")
HELPS = mark("first on the waiting list who helps a target (number {rank})")


def in_order(line: Sequence[Waiting]) -> list[Waiting]:
    """The waiting list in its total order: people without a rank come last, by key."""
    return sorted(line, key=lambda w: (w.rank is None, w.rank or 0, w.application_id))


def next_in_line(
    line: Sequence[Waiting],
    policy: Policy,
    candidates: Sequence[Candidate],
    targets: Sequence[SelectionTarget],
) -> Next | None:
    """Who is next by the declared policy, and why; None if there is room for nobody who waits.

    Filling by target takes the person with whom the selection misses its targets by least, the
    first of several; where nobody helps more than another, the order alone decides.
    """
    ordered = in_order(line)
    fitting = [w for w in ordered if w.fits]
    if not fitting:
        return None
    if policy is Policy.FILL and targets:
        helper = _first_helper(fitting, candidates, targets)
        if helper is not None and helper is not fitting[0]:
            return Next(helper.application_id, HELPS, ordered.index(helper) + 1)
    first = fitting[0]
    message = FIRST if first is ordered[0] else FIRST_THAT_FITS
    return Next(first.application_id, message, ordered.index(first) + 1)


def _first_helper(
    fitting: Sequence[Waiting],
    candidates: Sequence[Candidate],
    targets: Sequence[SelectionTarget],
) -> Waiting | None:
    """The first of those with whom the targets are missed by least."""
    known = {one.application_id: one for one in candidates}
    seated = [one for one in candidates if one.is_seated]
    misses = {
        w.application_id: _missed_by([*seated, _seat(known[w.application_id])], targets)
        for w in fitting
        if w.application_id in known
    }
    least = min(misses.values(), default=0)
    return next((w for w in fitting if misses.get(w.application_id) == least), None)


def _seat(candidate: Candidate) -> Candidate:
    return Candidate(candidate.application_id, ApplicationState.ACCEPTED, candidate.groups)


def _missed_by(seated: Sequence[Candidate], targets: Sequence[SelectionTarget]) -> int:
    """By how many people the targets are missed, in all; in hundredths."""
    missed = 0
    for miss in missed_targets(targets, balance(seated), len(seated)):
        if miss.measure in (Measure.AT_LEAST, Measure.AT_MOST):
            missed += 100 * abs(miss.number - miss.has)
        else:
            missed += abs(miss.number * miss.of - 100 * miss.has)
    return missed


def check_rules(offer_days: int | None) -> dict[str, str]:
    """What is wrong with the declared rules: field to a sentence marked for translation."""
    if offer_days is None or not 1 <= offer_days <= 60:
        return {"offer_days": mark("An offer holds a place for 1 to 60 days.")}
    return {}
