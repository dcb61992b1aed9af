"""Selection: what a meeting prepares, who would come then, and what the gathering aims at."""

import datetime as dt
import enum
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.domain.applications import SEATED, Application, ApplicationState
from schoolapp.domain.base import AUTOINCREMENT, Base, Keyed, UtcMoment, Versioned, link
from schoolapp.domain.births import age_group_of, ages
from schoolapp.domain.data_map import (
    GOES,
    ORDER,
    Counted,
    Doer,
    Plain,
    Words,
)
from schoolapp.domain.reports import HIDDEN_BELOW


class Decision(enum.StrEnum):
    """What can be decided on an application with one key."""

    ACCEPT = "accept"
    SHORTLIST = "shortlist"
    WAITLIST = "waitlist"
    DECLINE = "decline"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"
    ARRIVE = "arrive"


PREPARED = (
    Decision.ACCEPT,
    Decision.SHORTLIST,
    Decision.WAITLIST,
    Decision.DECLINE,
    Decision.WITHDRAW,
)
"""The decisions that a meeting takes."""
S = ApplicationState
LEADS_TO = {
    Decision.ACCEPT: S.ACCEPTED,
    Decision.SHORTLIST: S.ELIGIBLE,
    Decision.WAITLIST: S.WAITLISTED,
    Decision.DECLINE: S.REJECTED,
    Decision.WITHDRAW: S.WITHDRAWN,
}
"""The state that a prepared decision ends in."""


class PendingDecision(Keyed, Base):
    """A decision that was prepared and changes nothing until it is applied with the others."""

    __tablename__ = "pending_decision"
    __table_args__ = (UniqueConstraint("application_id"), AUTOINCREMENT)
    gathering_id: Mapped[int] = link("gathering.id")
    application_id: Mapped[int] = link("application.id", GOES)
    decision: Mapped[Counted[Decision]]
    reason: Mapped[Words[str | None]] = mapped_column(default=None)
    by: Mapped[Doer[str]] = mapped_column(default="")
    at: Mapped[Counted[dt.datetime]] = mapped_column(UtcMoment, default_factory=clock.now)
    application: Mapped[Application] = relationship(default=None)


class Side(enum.StrEnum):
    """The sides by which the balance of a selection is judged."""

    REGION = "region"
    GENDER = "gender"
    LANGUAGE = "language"
    FIRST_TIME = "first_time"
    DELEGATION = "delegation"
    AGE = "age"


NOT_SAID = ""
NOT_CERTAIN = "not_certain"  # an age between two bands, where only the year of birth is known
"""The group of those who did not say."""
AGE_BANDS = ("under_18", "18_25", "26_35", "36_50", "over_50")
"""The groups of ages, as targets name them."""


class Measure(enum.StrEnum):
    """How a target is counted."""

    AT_LEAST_PERCENT = "at_least_percent"
    AT_MOST_PERCENT = "at_most_percent"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class SelectionTarget(Versioned, Base):
    """What a gathering aims at among those who get a place: at least half women, and the like.

    An empty ``group`` means each group of the side: at most three per delegation. A target warns
    with numbers; it never blocks.
    """

    __tablename__ = "selection_target"
    gathering_id: Mapped[int] = link("gathering.id")
    side: Mapped[Plain[Side]]
    group: Mapped[Plain[str]] = mapped_column(default="")
    measure: Mapped[Plain[Measure]] = mapped_column(default=Measure.AT_LEAST_PERCENT)
    number: Mapped[Plain[int]] = mapped_column(default=0)
    position: Mapped[Plain[int]] = mapped_column(default=0, info=ORDER.info)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One applicant as the balance counts them; ``groups`` per side, several for languages.

    ``state`` is where the application stands, or would stand once what is prepared is applied.
    """

    application_id: int
    state: ApplicationState
    groups: Mapping[Side, tuple[str, ...]]

    @property
    def is_seated(self) -> bool:
        """Whether they have a place, or would have one."""
        return self.state in SEATED or self.state is S.COMPLETED


@dataclass(frozen=True, slots=True)
class Bar:
    """How many belong to a group: of all who applied, and of those with a place."""

    group: str
    all: int
    confirmed: int


Balance = Mapping[Side, tuple[Bar, ...]]


def balance(candidates: Iterable[Candidate]) -> Balance:
    """The bars of each side, the largest group first, those who did not say last."""
    everybody: dict[Side, Counter[str]] = {side: Counter() for side in Side}
    seated: dict[Side, Counter[str]] = {side: Counter() for side in Side}
    for one in candidates:
        for side in Side:
            groups = one.groups.get(side) or (NOT_SAID,)
            everybody[side].update(groups)
            if one.is_seated:
                seated[side].update(groups)
    return {side: _bars(everybody[side], seated[side]) for side in Side}


def without_small_groups(found: Balance) -> Balance:
    """The balance as it may leave the desk: figures under five are taken out.

    A group of fewer is left out; so are those with a place where they are fewer.
    """
    return {
        side: tuple(
            bar if bar.confirmed >= HIDDEN_BELOW else Bar(bar.group, bar.all, 0)
            for bar in bars
            if bar.all >= HIDDEN_BELOW
        )
        for side, bars in found.items()
    }


def _bars(everybody: Counter[str], seated: Counter[str]) -> tuple[Bar, ...]:
    order = sorted(everybody, key=lambda group: (group == NOT_SAID, -everybody[group], group))
    return tuple(Bar(group, everybody[group], seated[group]) for group in order)


def age_band(born: dt.date | None, on: dt.date, partly: str | None = None) -> str:
    """The band of somebody's age on the first day; ``partly`` is the year or month of birth."""
    found = ages(born, partly, on)
    if found is None:
        return NOT_SAID
    bands = {AGE_BANDS[age_group_of(age)] for age in found}
    return bands.pop() if len(bands) == 1 else NOT_CERTAIN


@dataclass(frozen=True, slots=True)
class Missed:
    """A target that would be missed: the group, how many there are of how many, and the limit."""

    side: Side
    group: str
    measure: Measure
    number: int
    has: int
    of: int


def missed_targets(targets: Iterable[SelectionTarget], found: Balance, seated: int) -> list[Missed]:
    """The targets that those with a place do not meet; none while nobody has one."""
    missed = []
    for target in targets:
        bars = {bar.group: bar.confirmed for bar in found[target.side]}
        groups = [target.group] if target.group else [g for g in bars if g != NOT_SAID]
        for group in groups:
            has = bars.get(group, 0)
            if seated and not _is_met(target.measure, target.number, has, seated):
                missed.append(
                    Missed(target.side, group, target.measure, target.number, has, seated)
                )
    return missed


def _is_met(measure: Measure, number: int, has: int, of: int) -> bool:
    if measure is Measure.AT_LEAST_PERCENT:
        return has * 100 >= number * of
    if measure is Measure.AT_MOST_PERCENT:
        return has * 100 <= number * of
    return has >= number if measure is Measure.AT_LEAST else has <= number


def check_target(measure: Measure, number: int | None) -> dict[str, str]:
    """What is wrong with a target: field to a sentence marked for translation."""
    if number is None or number < 0:
        return {"number": mark("Write the number of this target: 50, or 3.")}
    if measure in (Measure.AT_LEAST_PERCENT, Measure.AT_MOST_PERCENT) and number > 100:
        return {"number": mark("A share is at most 100 percent.")}
    return {}
