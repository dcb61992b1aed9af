"""Applications: the list and its counts, registering by hand, deciding, the place that follows."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from schoolapp.domain.applications import ApplicationState
from schoolapp.domain.attendance import AttendanceState
from schoolapp.domain.budget import PaymentDraft
from schoolapp.domain.funding import SubsidyState
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.money import Money
from schoolapp.domain.participation import Participation
from schoolapp.domain.people import Person, PersonDraft
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.workflow import ReasonNeeded
from schoolapp.exchange.applications.importing import understand
from schoolapp.exchange.applications.reading import read
from schoolapp.operations import applications
from schoolapp.operations.applications import ApplicationDraft, ApplicationView, Decision
from schoolapp.operations.funding import IncomingDraft, record_incoming
from schoolapp.storage.store import ChangedElsewhere, DbSession, Store
from tests import builders as b

S = ApplicationState
DAY = dt.timedelta(days=1)
DOUBTFUL = "Name,E-mail,Date of birth\nÖzil,ozil(at)example.org,3/4/1990\n"


@pytest.fixture
def school(store: Store, clock: dt.datetime) -> int:
    """A school of two places and three modules, with prices for the bands A and D."""

    def build(session: DbSession) -> int:
        prices = (("A", Money(60000, "EUR")), ("D", Money(6000, "EUR")))
        return b.gathering(session, title="School", modules=3, capacity=2, prices=prices).id

    return store.change("Build", build).value


def register(store: Store, school: int, name: str, **fields: Any) -> int:
    """Register a new person's application by hand."""
    person = PersonDraft(
        display_name=name, fee_band=fields.pop("band", "A"), languages=(("fr", "B2"),)
    )
    draft = ApplicationDraft(gathering_id=school, new_person=person, **fields)
    return store.change("Register", lambda s: applications.save_application(s, draft=draft)).value


def move(store: Store, key: int, *steps: str, reason: str | None = None) -> S:
    """Take steps one after another; the state after the last one."""
    state = S.DRAFT
    for step in steps:
        state = store.change(
            step,
            lambda s, step=step: applications.move_application(  # type: ignore[misc]
                s, application_id=key, step=step, reason=reason
            ),
        ).value
    return state


def place(store: Store, key: int) -> Participation | None:
    """The participation of an application's person."""

    def read(s: DbSession) -> Participation | None:
        detail = applications.application_detail(s, application_id=key)
        found = s.query(Participation).filter_by(person_id=detail.person_id).first()
        if found is not None:
            list(found.stays), list(found.modules)
        return found

    return store.read(read)


def state(store: Store, key: int) -> S:
    """The state of an application."""
    return store.read(lambda s: applications.application_detail(s, application_id=key)).state


def left(store: Store, school: int) -> int:
    """How many places are left."""
    return store.read(lambda s: applications.places(s, gathering_id=school)).left


def test_registering_by_hand_submits(store: Store, school: int) -> None:
    """An application on paper is begun and submitted by the desk, for a new person at once."""
    key = register(store, school, "Ana Pérez", motivation="To learn", needs_visa=True)
    detail = store.read(lambda s: applications.application_detail(s, application_id=key))
    assert (detail.name, detail.state, detail.code) == ("Ana Pérez", S.SUBMITTED, "s2027-a001")
    assert [(step.step, step.state, step.by) for step in detail.steps] == [
        (None, S.DRAFT, "desk"),
        ("submit", S.SUBMITTED, "desk"),
    ]
    assert detail.languages == ("fr",)
    store.undo()
    assert store.read(lambda s: s.query(Person).count()) == 0


def test_one_live_application_per_person_and_gathering(store: Store, school: int) -> None:
    """A second one is refused while the first lives, and possible after it was withdrawn."""
    first = register(store, school, "Ana Pérez")
    person = store.read(lambda s: applications.draft_of(s, application_id=first)).person_id
    again = ApplicationDraft(gathering_id=school, person_id=person)
    with pytest.raises(RuleBroken, match="Ana Pérez has already applied"):
        store.change("Again", lambda s: applications.save_application(s, draft=again))
    move(store, first, "check_ok", "withdraw")
    second = store.change("Again", lambda s: applications.save_application(s, draft=again)).value
    assert state(store, second) is S.SUBMITTED


def test_a_draft_is_checked_and_saved_with_its_version(store: Store, school: int) -> None:
    """Fields are checked in a sentence; a save over another's save is refused."""
    key = register(store, school, "Ana Pérez")
    draft = store.read(lambda s: applications.draft_of(s, application_id=key))
    facts = store.read(lambda s: applications.application_facts(s, gathering_id=school))
    assert [title for _code, title in facts.modules] == ["Module 1", "Module 2", "Module 3"]
    wrong = dataclasses.replace(draft, person_id=None, module_codes=("M9",), delegation_id=7)
    assert set(applications.check_application(wrong, facts)) == {
        "person_id",
        "module_codes",
        "delegation_id",
    }
    with pytest.raises(RuleBroken, match="Choose who applies"):
        store.change("x", lambda s: applications.save_application(s, draft=wrong))
    better = dataclasses.replace(draft, module_codes=("M1",), note="Call back")
    store.change("Edit", lambda s: applications.save_application(s, draft=better))
    assert store.read(lambda s: applications.draft_of(s, application_id=key)).note == "Call back"
    with pytest.raises(ChangedElsewhere):
        store.change("Edit", lambda s: applications.save_application(s, draft=better))


def test_accepting_gives_a_place(store: Store, school: int) -> None:
    """Accepted people are participants: expected, for all days, at the price of the band."""
    key = register(store, school, "Ana Pérez", band="D")
    move(store, key, "check_ok", "accept")
    found = place(store, key)
    assert found is not None
    assert (found.state, found.fee, found.language_group) == ("expected", Money(6000, "EUR"), "fr")
    assert [(stay.arrival, stay.departure) for stay in found.stays] == [
        (
            dt.datetime.combine(b.START, dt.time()),
            dt.datetime.combine(b.START + 20 * DAY, dt.time(23, 59)),
        )
    ]
    assert left(store, school) == 1
    move(store, key, "confirm", "arrive")
    assert getattr(place(store, key), "state", None) == "present"
    move(store, key, "leave")
    assert getattr(place(store, key), "state", None) == "completed"
    for _step in range(4):
        store.undo()
    assert place(store, key) is None
    assert left(store, school) == 2


@pytest.mark.parametrize(
    ("modules", "fee", "stays"),
    [
        (("M1",), 20000, [(0, 6)]),
        (("M1", "M2"), 40000, [(0, 13)]),
        (("M1", "M3"), 40000, [(0, 6), (14, 20)]),
        (("M1", "M2", "M3"), 60000, [(0, 20)]),
    ],
)
def test_part_time_has_its_own_stays_and_fee(
    store: Store, school: int, modules: tuple[str, ...], fee: int, stays: list[tuple[int, int]]
) -> None:
    """One of three modules pays a third; each run of modules is a stay (S09, E15, E17)."""
    key = register(store, school, "Ana Pérez", module_codes=modules)
    move(store, key, "check_ok", "accept")
    found = place(store, key)
    assert found is not None
    assert found.fee == Money(fee, "EUR")
    assert len(found.modules) == len(modules)
    days = [(s.arrival.date() - b.START, s.departure.date() - b.START) for s in found.stays]
    assert [(first.days, last.days) for first, last in days] == stays


@pytest.mark.parametrize(
    ("steps", "leaving", "end"),
    [
        (("accept",), "decline", S.WITHDRAWN),
        (("accept", "confirm"), "cancel", S.WITHDRAWN),
        (("accept", "confirm"), "host_cancels", S.CANCELLED_BY_HOST),
        (("accept", "confirm", "ask_visa"), "refused", S.VISA_REFUSED),
    ],
)
def test_leaving_frees_the_place(
    store: Store, school: int, steps: tuple[str, ...], leaving: str, end: S
) -> None:
    """People who lose their place are no longer participants, and the place is free (S07)."""
    key = register(store, school, "Ana Pérez")
    move(store, key, "check_ok", *steps)
    assert left(store, school) == 1
    assert move(store, key, leaving) is end
    assert left(store, school) == 2
    assert place(store, key) is None
    store.undo()
    assert getattr(place(store, key), "state", None) == "expected"


def test_who_was_there_stays_known_as_cancelled(store: Store, school: int) -> None:
    """A participation with marks is not removed with the place."""
    key = register(store, school, "Ana Pérez")
    move(store, key, "check_ok", "accept", "confirm")
    found = place(store, key)
    assert found is not None

    def mark(s: DbSession) -> None:
        slot = b.session(s, s.get_one(Gathering, school))
        b.mark(s, slot, s.get_one(Participation, found.id), AttendanceState.PRESENT)

    store.change("Mark", mark)
    move(store, key, "cancel")
    assert getattr(place(store, key), "state", None) == "cancelled"


def test_all_places_taken_asks_for_a_reason(store: Store, school: int) -> None:
    """No seat is given beyond the capacity without a reason, which the history keeps."""
    keys = [register(store, school, name) for name in ("Ana", "Bilal", "Chiara")]
    for key in keys:
        move(store, key, "check_ok")
    move(store, keys[0], "accept")
    move(store, keys[1], "accept")
    steps = {
        step.name: step
        for step in store.read(lambda s: applications.available_steps(s, application_id=keys[2]))
    }
    assert list(steps) == ["accept", "waitlist", "reject", "withdraw"]
    assert steps["accept"].needs_reason
    assert "All places are taken" in (steps["accept"].trouble or "")
    assert not steps["waitlist"].trouble
    with pytest.raises(RuleBroken, match="All places are taken"):
        move(store, keys[2], "accept")
    move(store, keys[2], "accept", reason="A room more")
    detail = store.read(lambda s: applications.application_detail(s, application_id=keys[2]))
    assert detail.steps[-1].reason == "A room more"
    assert left(store, school) == -1


def test_the_waiting_list_is_a_total_order(store: Store, school: int) -> None:
    """People join at the end, lose their rank on leaving, and the first is promoted first (S07)."""
    names = ("Ana", "Bilal", "Chiara", "Dalia")
    keys = [register(store, school, name) for name in names]
    for key in keys:
        move(store, key, "check_ok", "waitlist")
    rows = store.read(lambda s: applications.application_rows(s, keys))
    assert [rows[key].waiting_rank for key in keys] == [1, 2, 3, 4]
    with pytest.raises(RuleBroken, match="first on the waiting list"):
        move(store, keys[1], "promote")
    move(store, keys[0], "promote")
    move(store, keys[2], "promote", reason="Speaks Urdu")
    rows = store.read(lambda s: applications.application_rows(s, keys))
    assert [rows[key].waiting_rank for key in keys] == [None, 2, None, 4]
    with pytest.raises(RuleBroken, match="All places are taken"):
        move(store, keys[1], "promote")
    move(store, keys[0], "decline")
    assert move(store, keys[1], "promote") is S.ACCEPTED


def test_an_unlawful_step_changes_nothing(store: Store, school: int) -> None:
    """Unknown steps are refused with a sentence."""
    key = register(store, school, "Ana Pérez")
    with pytest.raises(RuleBroken, match="not possible"):
        move(store, key, "accept")
    assert state(store, key) is S.SUBMITTED
    with pytest.raises(RuleBroken, match="removed meanwhile"):
        move(store, 404, "accept")


def test_the_deposit_must_be_paid_or_waived(store: Store, school: int) -> None:
    """A share of a common payment counts; so does a fee waiver; else a reason is asked."""

    def prepare(s: DbSession) -> None:
        at = s.get_one(Gathering, school)
        b.edit_gathering(s, at, deposit=Money(2000, "EUR"), capacity=9)

    store.change("Ask for a deposit", prepare)
    names = ("Nothing", "Half", "Shared", "Waived", "Own")
    keys = {name: register(store, school, name) for name in names}
    for key in keys.values():
        move(store, key, "check_ok", "accept")
    persons = {
        name: store.read(
            lambda s, k=key: applications.application_detail(s, application_id=k)
        ).person_id  # type: ignore[misc]
        for name, key in keys.items()
    }

    def pay(s: DbSession) -> None:
        at = s.get_one(Gathering, school)
        own, waived = (s.get_one(Person, persons[name]) for name in ("Own", "Waived"))
        group = b.delegation(s, at, own)

        def payment(cents: int, *who: str, **payer: int) -> None:
            paid = PaymentDraft(
                paid_as=Money(cents, "EUR"), method="cash", date=b.START, signed_receipt=True
            )
            allocated = tuple(persons[name] for name in who)
            draft = IncomingDraft(
                gathering_id=school, payment=paid, allocated_to=allocated, **payer
            )
            record_incoming(s, draft)

        payment(1000, "Half", delegation_id=group.id)
        payment(4000, "Shared", "Half", delegation_id=group.id)
        payment(2000, person_id=own.id)
        b.subsidy(
            s, waived, b.fund(s, at, income=Money(1000, "EUR")), state=SubsidyState.GRANTED,
            by=own, parts=(("fee_waiver", Money(100, "EUR")),),
        )  # fmt: skip

    with pytest.raises(RuleBroken, match="deposit"):
        move(store, keys["Half"], "confirm")
    store.change("Pay", pay)
    for name in ("Half", "Shared", "Waived", "Own"):
        assert move(store, keys[name], "confirm") is S.CONFIRMED
    with pytest.raises(RuleBroken, match="deposit"):
        move(store, keys["Nothing"], "confirm")
    assert move(store, keys["Nothing"], "confirm", reason="Pays on arrival") is S.CONFIRMED


def test_deadlines_are_those_of_the_gathering(
    store: Store, school: int, clock: dt.datetime
) -> None:
    """A question has its own last day; a place is confirmed by the deadline of payments."""
    from schoolapp.base import clock as program_clock

    def name_dates(s: DbSession) -> None:
        at = s.get_one(Gathering, school)
        today = clock.date()
        deadlines = (("application", today - DAY), ("payment", today + 20 * DAY))
        b.edit_gathering(s, at, deadlines=deadlines)

    asked, accepted = register(store, school, "Ana"), register(store, school, "Bilal")
    move(store, asked, "ask_more")
    move(store, accepted, "check_ok", "accept")
    with pytest.raises(RuleBroken, match="deadline"):
        move(store, asked, "silence")
    store.change("Name dates", name_dates)
    with program_clock.at(clock + 15 * DAY):
        assert move(store, asked, "silence") is S.REJECTED
        with pytest.raises(RuleBroken, match="deadline"):
            move(store, accepted, "no_answer")


def test_no_show_waits_for_a_day_after_the_own_arrival(
    store: Store, school: int, clock: dt.datetime
) -> None:
    """People missing 24 hours after their arrival time have not come; their place is free then."""
    from schoolapp.base import clock as program_clock

    key = register(store, school, "Ana")
    move(store, key, "check_ok", "accept", "confirm")
    arrival = dt.datetime.combine(b.START, dt.time(), dt.UTC) - dt.timedelta(hours=2)
    with program_clock.at(arrival + dt.timedelta(hours=23)), pytest.raises(RuleBroken):
        move(store, key, "start_passed")
    with program_clock.at(arrival + dt.timedelta(hours=24)):
        assert move(store, key, "start_passed") is S.NO_SHOW
    assert place(store, key) is None


def test_leaving_early_ends_the_stay(store: Store, school: int) -> None:
    """What comes after the departure no longer applies to the person."""
    from schoolapp.base import clock as program_clock

    key = register(store, school, "Ana")
    move(store, key, "check_ok", "accept", "confirm", "arrive")
    moment = dt.datetime.combine(b.START + 3 * DAY, dt.time(10), dt.UTC)
    with program_clock.at(moment):
        move(store, key, "leave_early")
    found = place(store, key)
    assert found is not None
    assert found.stays[0].departure == dt.datetime.combine(b.START + 3 * DAY, dt.time(12))


def test_an_application_with_a_place_is_not_removed(store: Store, school: int) -> None:
    """Removing is for mistakes; a place must be freed by a step."""
    key = register(store, school, "Ana")
    move(store, key, "check_ok", "accept")
    remove = lambda: store.change(  # noqa: E731
        "Remove",
        lambda s: applications.remove_application(
            s,
            application_id=key,
            version=applications.draft_of(s, application_id=key).version or 0,
        ),
    )
    with pytest.raises(RuleBroken, match="Ana has a place"):
        remove()
    move(store, key, "decline")
    remove()
    with pytest.raises(RuleBroken, match="removed meanwhile"):
        state(store, key)
    with pytest.raises(RuleBroken, match="removed meanwhile"):
        store.read(lambda s: applications.draft_of(s, application_id=key))
    store.undo()
    assert state(store, key) is S.WITHDRAWN


def imported(store: Store, school: int, data: bytes) -> int:
    """Import a form of one line; the key of its application."""
    known = store.read(applications.known_persons)
    sheet = understand(read(data, "x.csv"), "x.csv", known=known, reference_date=b.START)
    token = store.read(
        lambda s: applications.plan_import(s, gathering_id=school, sheet=sheet)
    ).token
    done = store.change(
        "Import",
        lambda s: applications.apply_import(s, gathering_id=school, sheet=sheet, token=token),
    )
    return done.value.applications[1]


@pytest.fixture
def listed(store: Store, school: int) -> dict[str, int]:
    """Four applications that differ in everything the list filters by."""

    def delegation(s: DbSession) -> int:
        leader = b.person(s, name="Leader")
        return b.delegation(s, s.get_one(Gathering, school), leader, name="Scotland").id

    scotland = store.change("Delegation", delegation).value
    keys = {
        "Zoë": register(store, school, "Zoë", asks_subsidy=True, delegation_id=scotland),
        "Amina": register(store, school, "Amina", needs_visa=True),
        "Müller": register(store, school, "Jan Müller", asks_subsidy=False),
        "Özil": imported(
            store, school, "Name,E-mail,Date of birth\nÖzil,ozil(at)example.org,3/4/1990\n".encode()
        ),
    }
    move(store, keys["Amina"], "check_ok", "accept")
    move(store, keys["Müller"], "check_ok", "waitlist")
    return keys


@pytest.mark.parametrize(
    ("view", "names"),
    [
        ({}, ["Amina", "Müller", "Özil", "Zoë"]),
        ({"descending": True}, ["Zoë", "Özil", "Müller", "Amina"]),
        ({"search": "muller"}, ["Müller"]),
        ({"search": "ja mül"}, ["Müller"]),
        ({"states": frozenset({S.ACCEPTED, S.WAITLISTED})}, ["Amina", "Müller"]),
        ({"asks_subsidy": True}, ["Zoë"]),
        ({"asks_subsidy": False}, ["Müller"]),
        ({"needs_visa": True}, ["Amina"]),
        ({"doubtful": True}, ["Özil"]),
        ({"sort": "waiting_rank"}, ["Müller", "Amina", "Özil", "Zoë"]),
        ({"sort": "delegation"}, ["Zoë", "Amina", "Müller", "Özil"]),
        ({"sort": "state"}, ["Özil", "Zoë", "Müller", "Amina"]),
        ({"sort": "issues", "descending": True}, ["Özil", "Amina", "Müller", "Zoë"]),
    ],
)
def test_the_list_filters_sorts_and_searches(
    store: Store, school: int, listed: dict[str, int], view: dict[str, Any], names: list[str]
) -> None:
    """Names sort and match without accents; people without a value come last."""
    ids = store.read(lambda s: applications.application_ids(s, ApplicationView(school, **view)))
    known = {key: name for name, key in listed.items()}
    assert [known[key] for key in ids] == names


def test_a_delegation_can_be_looked_at_alone(
    store: Store, school: int, listed: dict[str, int]
) -> None:
    """The list of one delegation holds its people."""
    facts = store.read(lambda s: applications.application_facts(s, gathering_id=school))
    view = ApplicationView(school, delegation_id=facts.delegations[0][0])
    assert store.read(lambda s: applications.application_ids(s, view)) == [listed["Zoë"]]


def test_the_list_takes_few_statements(
    store: Store, school: int, listed: dict[str, int], count_statements: Callable[[Store], Any]
) -> None:
    """At most three statements for lines, counts and places; one application takes five."""
    view = ApplicationView(school, search="a")
    keys = list(listed.values())
    questions: list[tuple[int, Callable[[DbSession], Any]]] = [
        (1, lambda s: applications.application_ids(s, view)),
        (1, lambda s: applications.application_rows(s, keys)),
        (1, lambda s: applications.state_counts(s, view)),
        (1, lambda s: applications.fact_counts(s, view)),
        (3, lambda s: applications.places(s, gathering_id=school)),
        (5, lambda s: applications.application_detail(s, application_id=keys[0])),
    ]
    for most, question in questions:
        with count_statements(store) as sent:
            store.read(question)
        assert len([line for line in sent if line.startswith("SELECT")]) == most


def test_counts_by_state_look_at_all_other_filters(
    store: Store, school: int, listed: dict[str, int]
) -> None:
    """The chips show what each state would list."""
    view = ApplicationView(school, states=frozenset({S.ACCEPTED}))
    counts = store.read(lambda s: applications.state_counts(s, view))
    assert counts == {S.SUBMITTED: 2, S.ACCEPTED: 1, S.WAITLISTED: 1}
    few = dataclasses.replace(view, asks_subsidy=True)
    assert store.read(lambda s: applications.state_counts(s, few)) == {S.SUBMITTED: 1}


def test_a_line_says_what_the_table_shows(
    store: Store, school: int, listed: dict[str, int], clock: dt.datetime
) -> None:
    """Every column of the table is in the row."""
    row = store.read(lambda s: applications.application_rows(s, [listed["Zoë"], listed["Özil"]]))
    zoe = row[listed["Zoë"]]
    assert (zoe.name, zoe.delegation, zoe.state) == ("Zoë", "Scotland", S.SUBMITTED)
    assert (zoe.languages, zoe.asks_subsidy, zoe.submitted) == (
        ("fr",),
        True,
        clock.replace(tzinfo=None) + dt.timedelta(hours=1),  # wall time in Amsterdam
    )
    assert zoe.asks_subsidy is True  # not the 1 of SQLite, which a table would show as a number
    assert row[listed["Özil"]].issues == 3  # one word, a date of two readings, no address


def test_places_count_all_confirmed_and_present(
    store: Store, school: int, listed: dict[str, int]
) -> None:
    """The three figures are kept apart; a gathering that is gone is reported."""
    move(store, listed["Amina"], "confirm")
    found = store.read(lambda s: applications.places(s, gathering_id=school))
    assert (found.capacity, found.seated, found.left) == (2, 1, 1)
    assert (found.counts.all, found.counts.confirmed, found.counts.present) == (4, 1, 0)
    with pytest.raises(RuleBroken, match="removed meanwhile"):
        store.read(lambda s: applications.places(s, gathering_id=404))


def decide(store: Store, decision: Decision, *keys: int, reason: str | None = None) -> int:
    """Take one decision on several applications."""
    return store.change(
        decision,
        lambda s: applications.decide_applications(
            s, application_ids=keys, decision=decision, reason=reason
        ),
    ).value


def test_a_decision_takes_the_steps_that_lead_there(store: Store, school: int) -> None:
    """One key accepts somebody who has just applied; one undo takes it back (T3)."""
    key = register(store, school, "Ana")
    assert decide(store, Decision.ACCEPT, key) == 1
    assert state(store, key) is S.ACCEPTED
    store.undo()
    assert (state(store, key), place(store, key)) == (S.SUBMITTED, None)


def test_decisions_are_taken_on_all_or_none(store: Store, school: int) -> None:
    """If one of them cannot be decided so, none is, and the sentence names the person."""
    first, second = register(store, school, "Ana"), register(store, school, "Bilal")
    decide(store, Decision.DECLINE, second)
    with pytest.raises(RuleBroken, match="Bilal is rejected"):
        decide(store, Decision.WAITLIST, first, second)
    assert state(store, first) is S.SUBMITTED


def test_the_last_place_is_given_once(store: Store, school: int) -> None:
    """Of three accepted together for two places none is accepted; with a reason all are."""
    keys = [register(store, school, name) for name in ("Ana", "Bilal", "Chiara")]
    with pytest.raises(ReasonNeeded):
        decide(store, Decision.ACCEPT, *keys)
    assert left(store, school) == 2
    assert decide(store, Decision.ACCEPT, *keys, reason="One sleeps in town") == 3


def test_the_filters_tell_their_numbers(store: Store, school: int, listed: dict[str, int]) -> None:
    """Each number is what the filter alone would list."""
    view = ApplicationView(school, asks_subsidy=True)
    counts = store.read(lambda s: applications.fact_counts(s, view))
    assert (counts.asks_subsidy, counts.needs_visa, counts.doubtful) == (1, 1, 1)
