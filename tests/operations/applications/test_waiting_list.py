"""The waiting list: its order, offers that hold a place, their end, and two desks at once."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from schoolapp.base import clock as program_clock
from schoolapp.domain.applications import Application, ApplicationState
from schoolapp.domain.gatherings import GatheringState
from schoolapp.domain.mail import Mail, MailState
from schoolapp.domain.participation import Participation
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.waiting import Policy
from schoolapp.domain.workflow import ReasonNeeded
from schoolapp.operations import applications, gatherings
from schoolapp.operations.applications import RulesDraft, TargetDraft
from schoolapp.storage.store import DbSession, Store
from tests import builders as b

S = ApplicationState
DAY = dt.timedelta(days=1)


def school(store: Store, waiting: int, **fields: Any) -> tuple[int, int, list[int]]:
    """A school of one confirmed place; its key, that of the place's holder, and who waits."""

    def build(session: DbSession) -> tuple[int, int, list[int]]:
        at = b.gathering(session, capacity=1, **fields)
        genders = ("man", "man", "woman")
        people = [
            b.person(session, name=f"Waiting {n}", gender=genders[n % 3]) for n in range(waiting)
        ]
        made = [b.application(session, who, at, state=S.WAITLISTED) for who in people]
        holder = b.person(session, name="Holder", gender="man")
        holder = b.application(session, holder, at, state=S.CONFIRMED)
        return at.id, holder.id, [one.id for one in made]

    return store.change("Build", build).value


def move(store: Store, key: int, *steps: str) -> None:
    """Take steps one after another."""
    for step in steps:
        store.change(
            step,
            lambda s, step=step: applications.move_application(  # type: ignore[misc]
                s, application_id=key, step=step
            ),
        )


def offer(store: Store, key: int, **more: Any) -> None:
    """Offer somebody a place."""
    store.change("Offer", lambda s: applications.offer_place(s, application_id=key, **more))


def proposed(store: Store, at: int) -> applications.Proposed:
    """Who is next."""
    return store.read(lambda s: applications.proposed(s, gathering_id=at))


def ranks(store: Store, keys: list[int]) -> list[int | None]:
    """The places in the line."""
    return store.read(lambda s: [s.get_one(Application, key).waiting_rank for key in keys])


def reasons(store: Store, key: int) -> list[tuple[str | None, str | None]]:
    """The steps of an application with their reasons, as the history shows them."""
    detail = store.read(lambda s: applications.application_detail(s, application_id=key))
    return [(step.step, step.reason) for step in detail.steps]


def left(store: Store, at: int) -> int:
    """How many places are free."""
    return store.read(lambda s: applications.places(s, gathering_id=at)).left


def test_a_refused_visa_frees_the_place_and_shows_the_next(
    file_store: Store, clock: dt.datetime
) -> None:
    """S07: a visa is refused, the next is proposed with the reason, one step offers the place."""
    at, holder, line = school(file_store, 2)
    assert proposed(file_store, at).application_id is None
    move(file_store, holder, "ask_visa", "refused")
    found = proposed(file_store, at)
    assert (found.application_id, found.name, found.rank) == (line[0], "Waiting 0", 1)
    assert found.message.startswith("first on the waiting list")
    offer(file_store, line[0])
    assert left(file_store, at) == 0
    assert reasons(file_store, line[0])[-1] == ("offer", None)
    move(file_store, line[0], "promote")
    assert left(file_store, at) == 0
    assert proposed(file_store, at).application_id is None
    written = file_store.read(
        lambda s: [m.occasion for m in s.query(Mail).filter_by(state=MailState.DRAFT)]
    )
    assert "accepted" in written
    assert "offer" not in written


def test_nobody_is_proposed_for_a_school_that_is_over(file_store: Store) -> None:
    """A place that is free after the last day is offered to nobody."""
    at, holder, line = school(file_store, 1, state=GatheringState.RUNNING)
    move(file_store, holder, "cancel")
    assert proposed(file_store, at).application_id == line[0]
    file_store.change(
        "End", lambda s: gatherings.move_gathering(s, gathering_id=at, step="end", reason=None)
    )
    assert proposed(file_store, at).application_id is None


def test_an_offer_holds_the_place_until_its_day_ends(file_store: Store, clock: dt.datetime) -> None:
    """While it is open nobody else is proposed; after the day the next one is, at once."""
    at, holder, line = school(file_store, 2)
    move(file_store, holder, "cancel")
    offer(file_store, line[0])
    assert proposed(file_store, at).application_id is None
    with pytest.raises(RuleBroken, match="offered a place already"):
        offer(file_store, line[0])
    with pytest.raises(RuleBroken, match="No place is free"):
        offer(file_store, line[1], reason="Speaks Urdu")
    with program_clock.at(clock + 8 * DAY):
        found = proposed(file_store, at)
        assert (found.application_id, found.overdue) == (line[0], 1)
        ended = file_store.change("End", lambda s: applications.end_offers(s, gathering_id=at))
        assert ended.value == 1
        assert proposed(file_store, at).application_id == line[1]
        assert ranks(file_store, line) == [3, 2]
        assert reasons(file_store, line[0])[-1] == (
            "offer_ended",
            "The offer was not answered in time.",
        )


def test_an_offer_is_taken_back_and_undone(file_store: Store, clock: dt.datetime) -> None:
    """Withdrawing frees the place and discards the letter; undo makes the offer again."""
    at, holder, line = school(file_store, 1)
    move(file_store, holder, "cancel")
    offer(file_store, line[0])
    file_store.change(
        "Withdraw",
        lambda s: applications.withdraw_offer(s, application_id=line[0], reason="A mistake"),
    )
    assert left(file_store, at) == 1
    assert reasons(file_store, line[0])[-1] == ("offer_ended", "A mistake")
    with pytest.raises(RuleBroken, match="No offer"):
        file_store.change(
            "Withdraw", lambda s: applications.withdraw_offer(s, application_id=line[0])
        )
    file_store.undo()
    assert left(file_store, at) == 0


def test_the_order_is_total_and_moves_have_a_reason(file_store: Store, clock: dt.datetime) -> None:
    """Up, down, and no further than the end; without a reason nobody moves."""
    _at, _holder, line = school(file_store, 3)

    def shift(key: int, step: int, reason: str) -> int:
        return file_store.change(
            "Move",
            lambda s: applications.move_in_line(s, application_id=key, step=step, reason=reason),
        ).value

    assert shift(line[2], -1, "Needs a visa soon") == 2
    assert ranks(file_store, line) == [1, 3, 2]
    assert reasons(file_store, line[2])[-1] == ("move", "Needs a visa soon")
    with pytest.raises(RuleBroken, match="reason"):
        shift(line[0], 1, " ")
    with pytest.raises(RuleBroken, match="at the end"):
        shift(line[0], -1, "First")
    file_store.undo()
    assert ranks(file_store, line) == [1, 2, 3]


def test_filling_by_target_takes_who_helps(file_store: Store, clock: dt.datetime) -> None:
    """With the policy to fill by target the first woman is next, and the proposal says why."""
    at, holder, line = school(file_store, 3)
    move(file_store, holder, "cancel")
    draft = RulesDraft(gathering_id=at, policy=Policy.FILL, offer_days=3, targets=(TargetDraft(),))
    file_store.change("Declare", lambda s: applications.save_rules(s, draft=draft))
    found = proposed(file_store, at)
    assert (found.application_id, found.rank) == (line[2], 3)
    assert "helps a target" in found.message
    with pytest.raises(ReasonNeeded, match="Somebody else is first"):
        offer(file_store, line[0])
    offer(file_store, line[0], reason="Has waited for two years")
    assert reasons(file_store, line[0])[-1] == ("offer", "Has waited for two years")


def test_who_fits_in_no_free_module_is_passed_over(file_store: Store, clock: dt.datetime) -> None:
    """The place in the second module goes to the first who asks for that module only."""
    at, holder, line = school(file_store, 2, modules=2)

    def choose(session: DbSession) -> None:
        b.edit_application(session, session.get_one(Application, line[1]), module_codes=("M2",))
        place = session.query(Participation).one()
        leaves = dt.datetime.combine(b.START + dt.timedelta(days=3), dt.time(9))
        b.edit_place(session, place, stays=((place.stays[0].arrival, leaves),))

    file_store.change("Choose", choose)
    found = proposed(file_store, at)
    assert found.application_id == line[1]
    assert "for whom a place is free" in found.message
    assert holder


def test_two_desks_never_give_one_place_twice(
    store: Store, second_desk: Store, clock: dt.datetime
) -> None:
    """S07: two desks promote at the same moment; one gets the place, the other a sentence."""
    at, holder, line = school(store, 2)
    move(store, holder, "cancel")

    def promote(desk: Store, key: int) -> bool:
        try:
            desk.change(
                "Promote",
                lambda s: applications.offer_place(s, application_id=key, reason="Now"),
            )
        except RuleBroken:
            return False
        return True

    with ThreadPoolExecutor(2) as both:
        asked = [
            both.submit(promote, d, k) for d, k in zip((store, second_desk), line, strict=True)
        ]
        given = [one.result() for one in asked]
    assert sorted(given) == [False, True]
    assert left(store, at) == 0
