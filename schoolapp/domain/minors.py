"""Minors: their age, the required papers, the adult on site, and how many minors to an adult."""

import datetime as dt
import enum
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from schoolapp.base.language import mark
from schoolapp.domain.births import FULL_AGE, certain_age
from schoolapp.domain.rules import RuleBroken

MINORS_PER_ADULT = 10
"""How many minors one adult may be named for, where the gathering says nothing else."""


class Paper(enum.StrEnum):
    """A paper of a minor. The consent is kept as ``Participation.parental_consent``."""

    CONSENT = "consent"
    BIRTH_CERTIFICATE = "birth_certificate"
    IDENTITY = "identity"
    INSURANCE = "insurance"
    EMERGENCY_CONTACT = "emergency_contact"


USUAL = (Paper.CONSENT,)
"""What is required if a gathering says nothing else."""


class AdultProblem(enum.StrEnum):
    """What a minor may be missing apart from papers."""

    ADULT = "adult"
    ADULT_IS_SELF = "adult_is_self"
    ADULT_IS_MINOR = "adult_is_minor"
    ADULT_IS_AWAY = "adult_is_away"
    ADULT_LEAVES = "adult_leaves"


@dataclass(frozen=True, slots=True)
class Stayer:
    """Somebody at a gathering, as far as minors and their adults are concerned.

    ``stays`` are wall times. ``is_minor`` is the age on arrival.
    """

    person_id: int
    is_minor: bool
    stays: tuple[tuple[dt.datetime, dt.datetime], ...]


def known_age(born: dt.date | None, day: dt.date, partly: str | None = None) -> int | None:
    """The age in years on a day; None where it is not known for certain."""
    return certain_age(born, partly, day)


def comes_of_age(born: dt.date | None) -> dt.date | None:
    """The day on which somebody is of age."""
    if born is None:
        return None
    try:
        return born.replace(year=born.year + FULL_AGE)
    except ValueError:  # 29 February
        return dt.date(born.year + FULL_AGE, 3, 1)


def problem_with_adult(
    minor: Stayer, adult_id: int | None, people: dict[int, Stayer], of_age: dt.date | None
) -> AdultProblem | None:
    """What is wrong with the adult named for a minor, None if nothing.

    The adult must take part, be of age, and be there for every night that the minor spends there
    before coming of age. A few hours without one, on the day of leaving, are not a night.
    """
    if adult_id is None:
        return AdultProblem.ADULT
    if adult_id == minor.person_id:
        return AdultProblem.ADULT_IS_SELF
    adult = people.get(adult_id)
    if adult is None:
        return AdultProblem.ADULT_IS_AWAY
    if adult.is_minor:
        return AdultProblem.ADULT_IS_MINOR
    wanted = {night for night in nights(minor.stays) if of_age is None or night < of_age}
    return None if wanted <= nights(adult.stays) else AdultProblem.ADULT_LEAVES


def nights(stays: Iterable[tuple[dt.datetime, dt.datetime]]) -> set[dt.date]:
    """The nights that the stays hold, each by the date on which it begins."""
    return {
        arrival.date() + dt.timedelta(days=n)
        for arrival, departure in stays
        for n in range((departure.date() - arrival.date()).days)
    }


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many adults are named for how many minors; ``overloaded`` is person to minors."""

    minors: int
    adults: int
    limit: int
    overloaded: tuple[tuple[int, int], ...]

    @property
    def per_ten(self) -> float | None:
        """Adults for ten minors; None without minors."""
        return round(10 * self.adults / self.minors, 1) if self.minors else None


def ratio(adult_of: Collection[int | None], limit: int) -> Ratio:
    """The ratio of those minors whose adult is ``adult_of`` (None: nobody is named yet)."""
    load = Counter(one for one in adult_of if one is not None)
    many = sorted(((one, n) for one, n in load.items() if n > limit), key=lambda pair: -pair[1])
    return Ratio(len(adult_of), len(load), limit, tuple(many))


def missing_papers(asked: Sequence[Paper], there: Collection[Paper]) -> tuple[Paper, ...]:
    """The papers that are required and missing."""
    return tuple(paper for paper in asked if paper not in there)


def check_rules(papers: Collection[Paper], minors_per_adult: int | None) -> None:
    """``RuleBroken`` for rules that require nothing, or name no number of minors."""
    if not papers:
        raise RuleBroken(mark("A gathering asks for at least one paper of minors."))
    if minors_per_adult is not None and minors_per_adult < 1:
        raise RuleBroken(mark("An adult can be responsible for at least one minor."))
