"""Editing delegations: leader, coordination, numbers, quotas, and the steps of registration."""

from dataclasses import dataclass

import sqlalchemy as sa

from schoolapp.base.language import mark
from schoolapp.domain.applications import Application
from schoolapp.domain.delegations import (
    DELEGATION,
    Delegation,
    DelegationCoordinator,
    DelegationQuota,
    DelegationState,
    Quota,
    check_delegation,
)
from schoolapp.domain.funding import Payment
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.money import UNKNOWN_CURRENCY, Money, is_currency
from schoolapp.domain.participation import Participation, ParticipationState, RotaTask
from schoolapp.domain.programme import SessionGroup
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.workflow import take
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession, assign, checked_out

YOUNG = 26
"""The first age that is not young, where a delegation has another agreement about young people."""
OF_OTHERS = frozenset({"replace_person", "arrive"})
"""Steps that another operation takes with what they need."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationDraft:
    """The fields of a delegation that a form edits; a quota that is None was not agreed.

    ``coordinator_id`` and ``second_id`` sit in the coordination for the delegation.
    """

    id: int | None = None
    version: int | None = None
    gathering_id: int
    name: str = ""
    iso_country: str | None = None
    leader_id: int | None = None
    coordinator_id: int | None = None
    second_id: int | None = None
    announced: int | None = 0
    fee_band: str | None = None
    seats: int | None = None
    women: int | None = None
    first_timers: int | None = None
    young: int | None = None
    young_age: int | None = YOUNG
    origin: str | None = None
    due: Money | None = None
    home_currency: str | None = None


def draft_of(session: DbSession, *, delegation_id: int) -> DelegationDraft:
    """The delegation as a form edits it."""
    d = session.get_one(Delegation, delegation_id)
    seats = [one.person_id for one in d.coordination]
    known = {quota.kind: quota for quota in d.quotas}
    young = known.get(Quota.YOUNG)
    return DelegationDraft(
        id=d.id,
        version=d.version,
        gathering_id=d.gathering_id,
        name=d.name,
        iso_country=d.iso_country,
        leader_id=d.leader_id,
        coordinator_id=seats[0] if seats else None,
        second_id=seats[1] if len(seats) > 1 else None,
        announced=d.announced,
        fee_band=d.fee_band,
        origin=d.origin,
        due=d.due,
        home_currency=d.home_currency,
        young_age=young.age if young else YOUNG,
        **{kind.value: known[kind].number if kind in known else None for kind in Quota},
    )


def check(draft: DelegationDraft) -> dict[str, str]:
    """What is wrong with a draft: field to a sentence marked for translation."""
    wrong = check_delegation(draft.name, draft.leader_id, draft.announced, _numbers(draft))
    if draft.home_currency and not is_currency(draft.home_currency.upper()):
        wrong["home_currency"] = UNKNOWN_CURRENCY
    return wrong


def save_delegation(session: DbSession, *, draft: DelegationDraft) -> int:
    """Add or change a delegation; its key. ``RuleBroken`` for the first thing that is wrong.

    Once numbers were given, only the step ``change_numbers`` changes what was announced.
    """
    for sentence in check(draft).values():
        raise RuleBroken(sentence)
    if draft.id is None:
        delegation = _new(session, draft)
    else:
        assert draft.version is not None
        delegation = checked_out(session, Delegation, draft.id, draft.version)
        _refuse_new_number(delegation, draft)
    _refuse_other_currency(session, draft)
    assign(delegation, _values(draft))
    _save_coordination(delegation, draft)
    _save_quotas(delegation, draft)
    session.flush()
    return delegation.id


def _values(draft: DelegationDraft) -> dict[str, object]:
    """The columns of a delegation that its form edits; an empty text is one that is not known."""
    return {
        "name": draft.name.strip(),
        "iso_country": (draft.iso_country or "").upper() or None,
        "origin": draft.origin or None,
        "leader_id": draft.leader_id,
        "announced": draft.announced,
        "fee_band": draft.fee_band or None,
        "due": draft.due,
        "home_currency": (draft.home_currency or "").upper() or None,
    }


def _refuse_other_currency(session: DbSession, draft: DelegationDraft) -> None:
    """What is owed is compared with what was paid, in the currency of the gathering."""
    currency = session.get_one(Gathering, draft.gathering_id).currency
    if draft.due is not None and draft.due.currency != currency:
        raise RuleBroken(
            mark("What a delegation owes is in the currency of the gathering, {currency}."),
            currency=currency,
        )


def remove_delegation(session: DbSession, *, delegation_id: int, version: int) -> None:
    """Remove a delegation; ``RuleBroken`` while people, money or work belong to it."""
    delegation = checked_out(session, Delegation, delegation_id, version)
    for entity, sentence in _HOLDING:
        held = sa.select(entity.id).where(entity.delegation_id == delegation_id).limit(1)
        if session.execute(held).first() is not None:
            raise RuleBroken(sentence, delegation=delegation.name)
    session.delete(delegation)


_HOLDING = (
    (Participation, mark("People belong to {delegation}. Take them out of it first.")),
    (Application, mark("Applications name {delegation}. Choose another one there first.")),
    (Payment, mark("{delegation} paid something. Remove its payments in Money first.")),
    (RotaTask, mark("{delegation} has daily tasks. Give them to others first.")),
    (SessionGroup, mark("{delegation} is a group of a session. Remove the group there first.")),
)


def steps_of(state: DelegationState) -> tuple[str, ...]:
    """The steps of registration that can be taken by themselves in a state."""
    steps = DELEGATION.steps_from(state)
    return tuple(step.name for step in steps if step.name not in OF_OTHERS)


def move_delegation(
    session: DbSession,
    *,
    delegation_id: int,
    step: str,
    reason: str | None = None,
    announced: int | None = None,
) -> DelegationState:
    """Take a step of the registration; ``ReasonNeeded`` where it must be explained.

    ``announced`` is the number given with ``send_numbers`` or ``change_numbers``. Names given set
    how many are confirmed.
    """
    delegation = session.get_one(Delegation, delegation_id)
    take(DELEGATION, delegation, step, by=actor_of(session), reason=reason or None)
    if announced is not None and step in ("send_numbers", "change_numbers"):
        delegation.announced = announced
    if step == "send_names":
        count = sa.select(sa.func.count()).where(
            Participation.delegation_id == delegation_id,
            Participation.state != ParticipationState.CANCELLED,
        )
        delegation.confirmed = session.execute(count).scalar_one()
    return delegation.state


def _numbers(draft: DelegationDraft) -> dict[Quota, int | None]:
    return {kind: getattr(draft, kind.value) for kind in Quota}


def _new(session: DbSession, draft: DelegationDraft) -> Delegation:
    gathering = session.get_one(Gathering, draft.gathering_id)
    d = Delegation
    codes = set(session.scalars(sa.select(d.code).where(d.gathering_id == gathering.id)))
    free = (f"{gathering.code}-d{n:02}" for n in range(1, len(codes) + 2))
    assert draft.leader_id is not None  # checked already
    made = Delegation(
        gathering_id=gathering.id,
        code=next(code for code in free if code not in codes),
        name=draft.name.strip(),
        leader_id=draft.leader_id,
        position=len(codes),
    )
    session.add(made)
    return made


def _refuse_new_number(delegation: Delegation, draft: DelegationDraft) -> None:
    if (
        draft.announced != delegation.announced
        and delegation.state is not DelegationState.ANNOUNCED
    ):
        raise RuleBroken(
            mark("Numbers were given already. Change them by the step, with a reason.")
        )


def _save_coordination(delegation: Delegation, draft: DelegationDraft) -> None:
    wanted = [key for key in (draft.coordinator_id, draft.second_id) if key is not None]
    wanted = list(dict.fromkeys(wanted))
    if [one.person_id for one in delegation.coordination] != wanted:
        delegation.coordination = [
            DelegationCoordinator(person_id=key, position=n) for n, key in enumerate(wanted)
        ]


def _save_quotas(delegation: Delegation, draft: DelegationDraft) -> None:
    known = {quota.kind: quota for quota in delegation.quotas}
    for kind, number in _numbers(draft).items():
        age = (draft.young_age or YOUNG) if kind is Quota.YOUNG else None
        if number is None:
            if kind in known:
                delegation.quotas.remove(known[kind])
        elif kind not in known:
            delegation.quotas.append(DelegationQuota(kind=kind, number=number, age=age))
        elif (known[kind].number, known[kind].age) != (number, age):
            known[kind].number, known[kind].age = number, age
