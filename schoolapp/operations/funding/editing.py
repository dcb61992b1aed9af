"""The draft of a subsidy: read, checked, saved and removed, as long as nothing is decided."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from schoolapp.base.language import mark
from schoolapp.domain.budget import SPENT, need_parts_add_up, sum_of_parts
from schoolapp.domain.funding import UNDECIDED, Subsidy, SubsidyPart, TravelClaim
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.money import Money
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.funding.funds import fund_of
from schoolapp.storage.store import DbSession, checked_out


@dataclass(frozen=True, slots=True, kw_only=True)
class SubsidyDraft:
    """A subsidy as a form edits it; ``parts`` are kind and amount and add up to ``granted``.

    An empty ``granted`` is the sum of the parts. ``decided`` ones keep their amounts.
    """

    gathering_id: int
    person_id: int | None = None
    fund_id: int | None = None
    id: int | None = None
    version: int | None = None
    requested: Money | None = None
    granted: Money | None = None
    parts: tuple[tuple[str, Money], ...] = ()
    note: str | None = None
    decided: bool = False


def draft_of(session: DbSession, subsidy_id: int) -> SubsidyDraft:
    """A subsidy as the form edits it; ``RuleBroken`` if it is gone."""
    subsidy = subsidy_of(session, subsidy_id)
    return SubsidyDraft(
        id=subsidy.id,
        version=subsidy.version,
        gathering_id=subsidy.gathering_id,
        person_id=subsidy.person_id,
        fund_id=subsidy.fund_id,
        requested=subsidy.requested,
        granted=subsidy.granted,
        parts=tuple((part.kind, part.amount) for part in subsidy.parts),
        note=subsidy.note,
        decided=subsidy.state not in UNDECIDED,
    )


def check_subsidy(draft: SubsidyDraft) -> dict[str, str]:
    """What is wrong with a subsidy: field to a sentence marked for translation."""
    wrong = {}
    if draft.person_id is None:
        wrong["person_id"] = mark("Say whom the subsidy is for.")
    if draft.fund_id is None:
        wrong["fund_id"] = mark("Say which fund it comes from.")
    if draft.requested is None and draft.granted is None and not draft.parts:
        wrong["requested"] = mark("Say which amount is asked for.")
    for field, amount in (("requested", draft.requested), ("granted", draft.granted)):
        if amount is not None and amount.minor < 0:
            wrong[field] = mark("An amount is never below zero.")
    return wrong


def save_subsidy(session: DbSession, draft: SubsidyDraft) -> int:
    """Save a new or changed subsidy; the key.

    ``RuleBroken`` if something is wrong, or if amounts change after the decision.
    """
    for sentence in check_subsidy(draft).values():
        raise RuleBroken(sentence)
    assert draft.person_id is not None
    assert draft.fund_id is not None
    if draft.id is None:
        subsidy = _new(session, draft, draft.person_id, draft.fund_id)
    else:
        subsidy = checked_out(session, Subsidy, draft.id, draft.version or 0)
        _need_undecided(subsidy, draft)
    subsidy.note = draft.note or None
    if subsidy.state in UNDECIDED:
        _save_amounts(session, subsidy, draft)
    session.flush()
    return subsidy.id


def _save_amounts(session: DbSession, subsidy: Subsidy, draft: SubsidyDraft) -> None:
    fund = fund_of(session, draft.fund_id or 0)
    _need_currency(fund.currency, draft)
    need_parts_add_up(draft.granted, draft.parts)
    subsidy.fund_id = fund.id
    subsidy.requested = draft.requested
    subsidy.granted = draft.granted or sum_of_parts(draft.parts)
    if tuple((part.kind, part.amount) for part in subsidy.parts) != draft.parts:
        subsidy.parts = [
            SubsidyPart(kind=kind, amount=amount, position=n)
            for n, (kind, amount) in enumerate(draft.parts, 1)
        ]


def _new(session: DbSession, draft: SubsidyDraft, person_id: int, fund_id: int) -> Subsidy:
    gathering = session.get_one(Gathering, draft.gathering_id)
    codes = session.scalars(
        select(Subsidy.code).where(Subsidy.gathering_id == draft.gathering_id)
    ).all()
    subsidy = Subsidy(
        code=free_code(f"{gathering.code}-sub", codes),
        gathering_id=draft.gathering_id,
        person_id=person_id,
        fund_id=fund_id,
        position=len(codes) + 1,
    )
    session.add(subsidy)
    return subsidy


def free_code(prefix: str, taken: Sequence[str], digits: int = 2) -> str:
    """The prefix with the number after the highest one taken."""
    numbers = [int(code[len(prefix) :]) for code in taken if code[len(prefix) :].isdigit()]
    return f"{prefix}{max(numbers, default=0) + 1:0{digits}}"


def _need_undecided(subsidy: Subsidy, draft: SubsidyDraft) -> None:
    parts = tuple((part.kind, part.amount) for part in subsidy.parts)
    same = (subsidy.granted, subsidy.requested, subsidy.fund_id, subsidy.person_id, parts)
    if subsidy.state not in UNDECIDED and same != (
        draft.granted,
        draft.requested,
        draft.fund_id,
        draft.person_id,
        draft.parts,
    ):
        raise RuleBroken(
            mark("This subsidy is decided: its amounts and its fund stay as they are.")
        )


def _need_currency(currency: str, draft: SubsidyDraft) -> None:
    amounts = (draft.requested, draft.granted, *(amount for _kind, amount in draft.parts))
    if any(amount is not None and amount.currency != currency for amount in amounts):
        raise RuleBroken(
            mark("This fund is kept in {currency}: enter the amounts in it."), currency=currency
        )


def remove_subsidy(session: DbSession, *, subsidy_id: int, version: int) -> None:
    """Remove a subsidy out of which nothing was paid and nothing is promised any more."""
    subsidy = checked_out(session, Subsidy, subsidy_id, version)
    if subsidy.state in SPENT:
        raise RuleBroken(mark("This subsidy is granted. Let it be withdrawn first."))
    if subsidy.payments:
        raise RuleBroken(mark("Something was paid out of this subsidy. It stays in the books."))
    claimed = select(TravelClaim.id).where(TravelClaim.subsidy_id == subsidy_id).limit(1)
    if session.execute(claimed).first() is not None:
        raise RuleBroken(mark("A travel claim belongs to this subsidy. Remove the claim first."))
    session.delete(subsidy)


def subsidy_of(session: DbSession, subsidy_id: int) -> Subsidy:
    """The subsidy; ``RuleBroken`` if it is gone."""
    subsidy = session.get(Subsidy, subsidy_id)
    if subsidy is None:
        raise RuleBroken(mark("This subsidy is no longer there."))
    return subsidy
