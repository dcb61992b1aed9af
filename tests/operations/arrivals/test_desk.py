"""The arrival desk: the checklist, minors, two stays, cash, and the applications behind it."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.domain.applications import SEATED, Application, ApplicationState
from schoolapp.domain.arrivals import USUAL, Check, is_minor
from schoolapp.domain.delegations import DelegationState, DelegationStep
from schoolapp.domain.documents import Receipt
from schoolapp.domain.funding import Payment
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.money import Money
from schoolapp.domain.participation import Participation, Stay
from schoolapp.domain.people import PersonDraft
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.workflow import ReasonNeeded
from schoolapp.exchange.packages.reading import read
from schoolapp.exchange.packages.writing import texts
from schoolapp.operations import funding
from schoolapp.operations.arrivals import desk
from schoolapp.operations.arrivals.badges import badge_rows, give_badges
from schoolapp.operations.arrivals.listing import ArrivalRow, arrival_rows
from schoolapp.operations.people.editing import save_person
from schoolapp.operations.people.participations import add_participant
from schoolapp.operations.practice import export, load
from schoolapp.storage.opening import open_store
from schoolapp.storage.store import DbSession, Store
from tests import builders as b
from tests import packages

Counting = Callable[[Store], AbstractContextManager[list[str]]]
START = dt.datetime.combine(b.START, dt.time(8), dt.UTC)
ALL = dict.fromkeys(USUAL)
GROWN = {item: None for item in USUAL if item is not Check.CONSENT}


class Desk:
    """A gathering of five days with a grown-up who applied and a minor without consent."""

    def __init__(self, store: Store, state: ApplicationState = ApplicationState.CONFIRMED) -> None:
        self.store = store

        def build(s: DbSession) -> tuple[int, list[int]]:
            at = b.gathering(s, days=5, prices=(("B", Money(10000, "EUR")),))
            grown = b.START.replace(year=b.START.year - 18) + dt.timedelta(days=2)
            ana = b.person(s, name="Ana Pérez", born=dt.date(1990, 1, 1), fee_band="B")
            bo = b.person(s, name="Bo Kim", born=grown, fee_band="B")  # 18 on the third day
            asked = b.application(s, ana, at, state=state)
            own = b.place_of if asked.state in SEATED else b.participation
            return at.id, [own(s, ana, at).id, b.participation(s, bo, at).id]

        self.gathering, self.people = store.change("Build", build).value

    def check_in(self, who: int, done: dict[Check, str | None], reason: str | None = None) -> None:
        """Check somebody in."""
        self.store.change(
            "In",
            lambda s: desk.check_in(s, participation_id=self.people[who], done=done, reason=reason),
        )

    def check_out(self, who: int, returned: tuple[Check, ...] = (), **more: Any) -> None:
        """Check somebody out."""
        self.store.change(
            "Out",
            lambda s: desk.check_out(
                s, participation_id=self.people[who], returned=returned, **more
            ),
        )

    def row(self, who: int) -> ArrivalRow:
        """What the desk sees of somebody."""
        rows = self.store.read(lambda s: arrival_rows(s, gathering_id=self.gathering))
        return next(row for row in rows if row.id == self.people[who])

    def application(self) -> str:
        """The state of the application."""
        states = sa.select(Application.state)
        return self.store.read(lambda s: s.execute(states).scalar_one()).value


def test_checking_in_and_out_moves_the_application(
    store: Store, count_statements: Counting
) -> None:
    """E20, S41: a confirmed application arrives and leaves with the person, as one step each."""
    at = Desk(store)
    with clock.at(START):
        at.check_in(0, GROWN | {Check.KEY: "14"})
    assert at.application() == "checked_in"
    with count_statements(store) as sent:
        row = at.row(0)
    assert len(sent) == 3
    assert (row.state, row.key, row.lent) == ("present", "14", (Check.KEY, Check.BADGE))
    with pytest.raises(RuleBroken, match="checked in already"):
        at.check_in(0, GROWN)
    with clock.at(START + dt.timedelta(days=4)):
        with pytest.raises(ReasonNeeded, match="key did not come back"):
            at.check_out(0, (Check.BADGE,))
        at.check_out(0, (Check.BADGE,), reason="Lost on the beach")
    assert (at.row(0).state, at.application()) == ("completed", "completed")
    with pytest.raises(RuleBroken, match="not checked in"):
        at.check_out(0)
    store.undo()
    assert (at.row(0).state, at.application()) == ("present", "checked_in")


def test_a_minor_without_consent_is_asked_again(file_store: Store) -> None:
    """S22, E09: 18 on the third day is a minor at the desk; the paper is kept, or a reason."""
    at = Desk(file_store)
    assert at.row(1).minor
    assert not at.row(1).consent
    with pytest.raises(ReasonNeeded, match="Bo Kim is a minor"):
        at.check_in(1, GROWN)
    at.check_in(1, ALL)
    assert at.row(1).consent
    consent = sa.select(Participation.parental_consent).where(Participation.id == at.people[1])
    assert at.store.read(lambda s: s.execute(consent).scalar_one()) == "signed"
    assert not at.row(0).minor


def test_what_is_missing_is_done_or_explained(file_store: Store) -> None:
    """Each point of the checklist is asked in its order; a reason lets the person in."""
    at = Desk(file_store)
    for missing in GROWN:
        with pytest.raises(ReasonNeeded):
            at.check_in(0, {item: None for item in GROWN if item is not missing})
    at.check_in(0, {}, reason="The desk was closed")
    assert at.row(0).state == "present"


def test_the_gathering_says_what_is_asked(file_store: Store) -> None:
    """A table of the gathering, in the usual order; an empty one is refused."""
    at = Desk(file_store)
    read = lambda: file_store.read(  # noqa: E731
        lambda s: desk.checklist(s, gathering_id=at.gathering)
    )
    choose = lambda *items: file_store.change(  # noqa: E731
        "Ask", lambda s: desk.set_checklist(s, gathering_id=at.gathering, items=items)
    )
    assert read() == USUAL
    choose(Check.KEY, Check.IDENTITY)
    assert read() == (Check.IDENTITY, Check.KEY)
    at.check_in(0, {Check.IDENTITY: None, Check.KEY: "3"})
    with pytest.raises(RuleBroken, match="at least one thing"):
        choose()


def test_who_declined_but_came_is_here(file_store: Store) -> None:
    """E20: the application keeps its state; presence is a fact of its own."""
    at = Desk(file_store, ApplicationState.WITHDRAWN)
    at.check_in(0, GROWN)
    assert (at.row(0).state, at.application()) == ("present", "withdrawn")


def test_a_delegation_that_has_paid_arrives_with_its_first(file_store: Store) -> None:
    """E31: announced, named and arrived stay apart; the second person changes nothing more."""
    at = Desk(file_store)

    def join(s: DbSession) -> int:
        ana, bo = (s.get_one(Participation, key) for key in at.people)
        gathering = s.get_one(Gathering, at.gathering)
        return b.delegation(
            s, gathering, ana.person, name="Sweden", people=(ana, bo), state=DelegationState.PAID
        ).id

    key = file_store.change("Join", join).value
    at.check_in(0, GROWN)
    at.check_in(1, ALL)
    steps = sa.select(DelegationStep.step).where(DelegationStep.delegation_id == key)
    taken = file_store.read(lambda s: s.execute(steps).scalars().all())
    assert taken == ["send_numbers", "send_names", "pay_all", "arrive"]
    assert (at.row(0).delegation, at.row(0).owed) == ("Sweden", None)


def test_the_badge_leads_to_the_person(file_store: Store) -> None:
    """The desk knows the code of each badge that is in use."""
    at = Desk(file_store)
    assert at.row(0).code == ""
    file_store.change("Badges", lambda s: give_badges(s, at.gathering))
    codes = {row.name: row.code for row in file_store.read(lambda s: badge_rows(s, at.gathering))}
    assert at.row(0).code == codes["Ana Pérez"]


def test_two_stays_are_two_arrivals(file_store: Store) -> None:
    """E17: between the stays the person is expected again; identity is not asked twice."""
    at = Desk(file_store)

    def split(s: DbSession) -> None:
        place = s.get_one(Participation, at.people[0])
        first = dt.datetime.combine(b.START, dt.time())
        begins = dt.datetime.combine(b.START + dt.timedelta(days=3), dt.time(8))
        stays = ((first, first.replace(hour=23)), (begins, begins + dt.timedelta(days=1)))
        b.edit_place(s, place, stays=stays)

    file_store.change("Split", split)
    with clock.at(START):
        at.check_in(0, GROWN)
        at.check_out(0, (Check.KEY, Check.BADGE))
    assert (at.row(0).state, at.application()) == ("expected", "checked_in")
    with clock.at(START + dt.timedelta(days=3)):
        with pytest.raises(ReasonNeeded, match="No key"):
            at.check_in(0, {})
        at.check_in(0, {Check.KEY: None, Check.BADGE: None})
        at.check_out(0, (Check.KEY, Check.BADGE))
    assert (at.row(0).state, at.application()) == ("completed", "completed")  # a day early
    stays = sa.select(Stay.departure).where(Stay.participation_id == at.people[0])
    last = max(at.store.read(lambda s: s.execute(stays).scalars().all()))
    assert last == dt.datetime.combine(b.START + dt.timedelta(days=3), dt.time(10))


def test_cash_is_a_payment_with_a_number(file_store: Store) -> None:
    """S12: what is still to pay shrinks; a removed person is reported."""
    at = Desk(file_store)
    assert at.row(0).owed == Money(10000, "EUR")

    def take(paid: Money, **more: Any) -> Receipt:
        cash = partial(desk.take_cash, participation_id=at.people[0], paid_as=paid, **more)
        return file_store.change("Cash", cash).value

    receipt = take(Money(4000, "EUR"))
    assert at.row(0).owed == Money(6000, "EUR")
    assert (receipt.name, receipt.amount, receipt.rate) == ("Ana Pérez", Money(4000, "EUR"), None)
    assert receipt.language == "en"
    pesos = take(Money(660000, "PHP"), rate=Decimal("66.00"), rate_source="the fund")
    assert (pesos.amount, pesos.paid_as) == (Money(10000, "EUR"), Money(660000, "PHP"))
    assert pesos.number != receipt.number
    assert at.row(0).owed == Money(0, "EUR")
    found = sa.select(Payment.method).where(Payment.code == receipt.number)
    assert file_store.read(lambda s: s.execute(found).scalar_one()) == "cash"
    with pytest.raises(RuleBroken, match="no longer takes part"):
        file_store.change("In", lambda s: desk.check_in(s, participation_id=0, done={}))


def test_age_at_arrival() -> None:
    """S22: the birth date decides; without one what was registered."""
    day = dt.date(2027, 2, 28)
    assert is_minor(dt.date(2009, 3, 1), day, None)
    assert not is_minor(dt.date(2009, 2, 28), day, True)
    assert is_minor(None, day, True)
    assert not is_minor(None, day, None)


def test_a_waived_fee_is_not_asked_for(file_store: Store) -> None:
    """What a granted subsidy takes off the fee is not owed; travel money is not taken off."""
    at = Desk(file_store)

    def ask(s: DbSession) -> int:
        person = s.get_one(Participation, at.people[0]).person
        fund = b.fund(s, s.get_one(Gathering, at.gathering), income=Money(50000, "EUR"))
        parts = (("fee_waiver", Money(7000, "EUR")), ("travel_cap", Money(5000, "EUR")))
        return b.subsidy(s, person, fund, parts=parts).id

    key = file_store.change("Ask", ask).value
    assert at.row(0).owed == Money(10000, "EUR")

    def grant(s: DbSession) -> None:
        decider = s.get_one(Participation, at.people[1]).person_id
        funding.step_subsidy(s, subsidy_id=key, step="score")
        funding.step_subsidy(s, subsidy_id=key, step="grant", decided_by_id=decider)

    file_store.change("Grant", grant)
    assert at.row(0).owed == Money(3000, "EUR")
    assert at.row(1).owed == Money(10000, "EUR")
    file_store.change(
        "Pay",
        lambda s: desk.take_cash(s, participation_id=at.people[0], paid_as=Money(3000, "EUR")),
    )
    assert at.row(0).owed == Money(0, "EUR")


def test_a_fee_that_nobody_knows_is_not_settled(file_store: Store) -> None:
    """Without a fee there is nothing to pay and no price either: the desk can tell them apart."""
    at = Desk(file_store)
    for fee, unpriced in ((Money(0, "EUR"), False), (None, True)):

        def set_fee(s: DbSession, wanted: Money | None = fee) -> None:
            b.set_fee(s, s.get_one(Participation, at.people[0]), wanted)

        file_store.change("Set the fee", set_fee)
        assert (at.row(0).owed, at.row(0).unpriced) == (fee, unpriced)


def invited(session: DbSession, at: int, name: str) -> int:
    """Somebody who takes part without having applied."""
    key = save_person(session, draft=PersonDraft(display_name=name))
    return add_participant(session, gathering_id=at, person_id=key)


def test_what_the_desk_recorded_goes_out_and_comes_back(file_store: Store, tmp_path: Path) -> None:
    """Who came when, the key, why without a badge, who left early; in another database the same."""
    at = Desk(file_store)
    at.people = [
        file_store.change("Invite", partial(invited, at=at.gathering, name=name)).value
        for name in ("Cy Roth", "Di Stone")
    ]
    checks = [Check.IDENTITY, Check.KEY, Check.BADGE]
    at.store.change("Ask", lambda s: desk.set_checklist(s, gathering_id=at.gathering, items=checks))
    with clock.at(START):
        at.check_in(0, {Check.IDENTITY: None, Check.KEY: "14"}, reason="Badges are not printed")
        at.check_in(1, dict.fromkeys(checks))
    with clock.at(START + dt.timedelta(days=2)):
        at.check_out(0, (Check.KEY,))
    at.store.change("Without", lambda s: s.delete(s.scalars(sa.select(Application)).one()))
    out = at.store.read(lambda s: texts(export(s)))
    arrivals = next(text for name, text in out.items() if name.endswith("_arrivals.csv"))
    assert len(arrivals.splitlines()) == 3
    assert "Badges are not printed" in arrivals
    other = open_store(tmp_path / "other.db", None, actor="Bo")
    other.change("Load", lambda s: load(s, read(packages.put(out, tmp_path / "packages"))))

    def seen(session: DbSession) -> list[tuple[object, ...]]:
        rows = arrival_rows(session, gathering_id=1)
        asked = desk.checklist(session, gathering_id=1)
        return [
            (asked, row.name, row.state, row.key, row.lent, row.known, row.came_at, row.left_at)
            for row in sorted(rows, key=lambda row: row.name)
        ]

    assert other.read(seen) == at.store.read(seen)
    assert other.read(lambda s: texts(export(s))) == out
    other.close()
