"""What a travel claim is worth: lines in any currency, and how much of them may be paid back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from schoolapp.base.language import mark
from schoolapp.domain.money import Money, rounded, total
from schoolapp.domain.rules import RuleBroken

FLIGHT, VISA_FEE, TAXI = "flight", "visa fee", "taxi"
"""The costs that have a rule of their own; all others are fares that need a receipt."""


class Cost(Protocol):
    """A line of a claim, as far as the rules ask."""

    @property
    def what(self) -> str:
        """The kind of cost."""

    @property
    def value(self) -> Money:
        """What it is worth in the currency of the claim."""

    @property
    def receipt(self) -> bool:
        """Whether there is a receipt."""

    @property
    def boarding_pass(self) -> bool | None:
        """Whether there is a boarding pass; only of a flight."""


@dataclass(frozen=True, slots=True)
class Worth:
    """How much of a claim the rules allow: fares up to the cap, and visa fees beside it."""

    fares: Money
    allowed_fares: Money
    visa: Money

    @property
    def allowed(self) -> Money:
        """What may be approved without giving a reason."""
        return self.allowed_fares + self.visa


def converted(paid_as: Money, rate: Decimal, currency: str) -> Money:
    """What an amount is worth in ``currency``, of which 1 costs ``rate`` units of its own."""
    return rounded(paid_as.amount / rate, currency)


def is_proved(line: Cost) -> bool:
    """Whether a line counts: a flight by its boarding pass, others by a receipt, taxis never."""
    if line.what == FLIGHT:
        return bool(line.boarding_pass)
    return line.receipt and line.what != TAXI


def worth(lines: Sequence[Cost], cap: Money) -> Worth:
    """What may be paid back: fares with their proof up to the cap, then visa fees (S13).

    Nothing as long as no fare is proved: with the boarding pass missing, the visa fee waits too.
    """
    fares = [line for line in lines if line.what != VISA_FEE and is_proved(line)]
    visa = [line for line in lines if line.what == VISA_FEE and is_proved(line)] if fares else []
    sum_of_fares = _sum(fares, cap.currency)
    return Worth(sum_of_fares, min(sum_of_fares, cap), _sum(visa, cap.currency))


def need_lawful_approval(
    approved: Money, allowed: Money, claimed: Money | None, reason: str | None
) -> None:
    """``RuleBroken`` if more is approved than was claimed, or than the rules allow and no reason.

    domain.md: approved is at most what was claimed and at most the cap (S13).
    """
    if approved.minor < 0:
        raise RuleBroken(mark("An amount is never below zero."))
    if claimed is not None and claimed < approved:
        raise RuleBroken(
            mark("Only {claimed} was claimed. Approve at most that, or add what is missing."),
            claimed=claimed,
        )
    if allowed < approved and not (reason or "").strip():
        raise RuleBroken(
            mark(
                "The proofs and the limit allow {allowed}, which is {more} less. Approve at most"
                " that, or say why it is more."
            ),
            allowed=allowed,
            more=approved - allowed,
        )


def _sum(lines: Iterable[Cost], currency: str) -> Money:
    return total([line.value for line in lines], currency)
