"""The arrival desk: what it asks of somebody who comes, and of somebody who goes."""

import datetime as dt
import enum
from collections.abc import Collection, Sequence

from schoolapp.base.language import mark
from schoolapp.domain.births import FULL_AGE, ages
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.workflow import ReasonNeeded

SIGNED = "signed"
"""What ``Participation.parental_consent`` says once the parents' consent is there."""


class Check(enum.StrEnum):
    """A point of the checklist."""

    IDENTITY = "identity"
    CONSENT = "consent"
    FEE = "fee"
    KEY = "key"
    BADGE = "badge"


USUAL = tuple(Check)
"""What the desk asks if a gathering says nothing else."""
LENT = frozenset({Check.KEY, Check.BADGE})
"""What comes back when the person leaves."""
MISSING = {
    Check.IDENTITY: mark("The identity was not checked yet. Look at a document, or say why not."),
    Check.CONSENT: mark(
        "{name} is a minor and the parents' consent is missing. Ask for it, or say why not."
    ),
    Check.FEE: mark("The fee is not settled yet. Take it, or say why not."),
    Check.KEY: mark("No key was handed out yet. Hand it out, or say why not."),
    Check.BADGE: mark("No badge was handed out yet. Hand it out, or say why not."),
}
NOT_BACK = {
    Check.KEY: mark("The key did not come back yet. Ask for it, or say why not."),
    Check.BADGE: mark("The badge did not come back yet. Ask for it, or say why not."),
}


def is_minor(
    born: dt.date | None, arrives: dt.date, registered: bool | None, partly: str | None = None
) -> bool:
    """Whether a person is under age on the day of arrival (S22, E09).

    The birth date decides; without one what was registered. Somebody who turns 18 on the third day
    is a minor on the first. Born on 29 February means of age on 1 March. Where the year of birth
    alone leaves it open, what was registered decides, and without that the papers are asked for
    (E29).
    """
    found = ages(born, partly, arrives)
    if found is None:
        return bool(registered)
    least, most = (age < FULL_AGE for age in found)
    return most if most == least else registered is not False


def asked_of(checklist: Sequence[Check], *, minor: bool) -> tuple[Check, ...]:
    """What is asked of one person: consent of minors only."""
    return tuple(item for item in checklist if minor or item is not Check.CONSENT)


def check_arrival(
    asked: Sequence[Check], done: Collection[Check], *, name: str, reason: str | None
) -> None:
    """``ReasonNeeded`` with the first point that was asked, not done and not explained."""
    for item in asked:
        if item not in done and not reason:
            raise ReasonNeeded(MISSING[item]) if item is not Check.CONSENT else _consent(name)


def check_departure(lent: Sequence[Check], returned: Collection[Check], reason: str | None) -> None:
    """``ReasonNeeded`` for what was handed out and did not come back."""
    for item in lent:
        if item not in returned and not reason:
            raise ReasonNeeded(NOT_BACK[item])


def check_checklist(items: Collection[Check]) -> None:
    """``RuleBroken`` for a checklist that asks for nothing."""
    if not items:
        raise RuleBroken(mark("An arrival desk asks for at least one thing."))


def _consent(name: str) -> ReasonNeeded:
    return ReasonNeeded(MISSING[Check.CONSENT], name=name)
