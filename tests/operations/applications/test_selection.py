"""Selection: prepared decisions, the balance and its targets, and places by module."""

import datetime as dt
from typing import Any

import pytest

from schoolapp.domain.applications import Application, ApplicationState
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.mail import Mail, MailState
from schoolapp.domain.participation import Participation
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.selection import Bar, Decision, Measure, PendingDecision, Side
from schoolapp.domain.workflow import ReasonNeeded
from schoolapp.operations import applications
from schoolapp.operations.applications import RulesDraft, TargetDraft
from schoolapp.storage.store import DbSession, Store
from tests import builders as b
from tests.counting import calls_of
from tests.databases import Databases

S = ApplicationState
D = Decision
LANGUAGES = ("en", "fr", "es", "nl", "tl", "ur-PK", "fil", "sw")


def school(
    store: Store, people: int, state: S = S.ELIGIBLE, **fields: Any
) -> tuple[int, list[int]]:
    """A school and its applicants, whose mother tongues go round; the keys of both."""

    def build(session: DbSession) -> tuple[int, list[int]]:
        at = b.gathering(session, **{"capacity": 25, **fields})
        made = [
            b.person(
                session,
                name=f"Person {n:03}",
                languages=(),
                mother_tongue=LANGUAGES[n % len(LANGUAGES)],
                gender=("woman", "man", "other", None)[n % 4],
                country=("NL", "PH", "PK", "ES")[n % 4],
            )
            for n in range(people)
        ]
        return at.id, [b.application(session, who, at, state=state).id for who in made]

    return store.change("Build", build).value


def prepare(store: Store, key: int, decision: Decision, reason: str | None = None) -> None:
    """Note one decision of the meeting."""
    store.change(
        "Prepare",
        lambda s: applications.prepare_decision(
            s, application_id=key, decision=decision, reason=reason
        ),
    )


def states(store: Store, keys: list[int]) -> list[ApplicationState]:
    """The states of applications."""
    return store.read(lambda s: [s.get_one(Application, key).state for key in keys])


def mails(store: Store, state: MailState = MailState.DRAFT) -> list[Mail]:
    """The letters in the outbox."""
    return store.read(lambda s: s.query(Mail).filter_by(state=state).order_by(Mail.id).all())


def plan(store: Store, at: int) -> applications.DecisionPlan:
    """What applying would do."""
    return store.read(lambda s: applications.plan_decisions(s, gathering_id=at))


def apply(store: Store, at: int, token: str) -> int:
    """Apply what was prepared."""
    return store.change(
        "Apply the decisions",
        lambda s: applications.apply_decisions(s, gathering_id=at, token=token),
    ).value


def test_forty_prepared_decisions_are_one_step(file_store: Store, clock: dt.datetime) -> None:
    """Prepare 40, apply: 40 state changes, 40 drafts in the right language, one undo (point 3)."""
    at, keys = school(file_store, 40)
    decisions = [D.ACCEPT] * 20 + [D.WAITLIST] * 10 + [D.DECLINE] * 10
    for key, decision in zip(keys, decisions, strict=True):
        prepare(file_store, key, decision)
    assert states(file_store, keys) == [S.ELIGIBLE] * 40
    assert mails(file_store) == []
    shown = plan(file_store, at)
    assert (len(shown.rows), shown.troubles) == (40, 0)
    assert apply(file_store, at, shown.token) == 40
    assert states(file_store, keys) == [S.ACCEPTED] * 20 + [S.WAITLISTED] * 10 + [S.REJECTED] * 10
    written = mails(file_store)
    assert len(written) == 40
    assert {m.address: m.language for m in written} == {
        person.email: ("en", "fr", "es", "nl", "fil", "ur", "fil", "en")[n % 8]
        for n, person in enumerate(file_store.read(lambda s: s.query(Person).all()))
    }
    assert {m.occasion for m in written} == {"accepted", "waiting_list", "declined"}
    assert not any("{" in m.subject + m.text for m in written)
    assert plan(file_store, at).rows == ()
    file_store.undo()
    assert states(file_store, keys) == [S.ELIGIBLE] * 40
    assert mails(file_store) == []
    again = plan(file_store, at)
    assert [row.decision for row in again.rows] == [row.decision for row in shown.rows]


def test_what_was_shown_is_what_is_applied(file_store: Store, clock: dt.datetime) -> None:
    """A decision made after the plan was shown makes the token invalid; nothing is applied."""
    at, keys = school(file_store, 2)
    prepare(file_store, keys[0], D.ACCEPT)
    token = plan(file_store, at).token
    prepare(file_store, keys[1], D.DECLINE)
    with pytest.raises(applications.PlanChanged):
        apply(file_store, at, token)
    assert states(file_store, keys) == [S.ELIGIBLE] * 2


def test_a_decision_that_was_overtaken_is_not_left_over(
    file_store: Store, clock: dt.datetime
) -> None:
    """The application moved on meanwhile: the preparation is settled by that step."""
    at, (key,) = school(file_store, 1)
    prepare(file_store, key, D.SHORTLIST)  # it is in that state already
    assert plan(file_store, at).rows == ()
    prepare(file_store, key, D.ACCEPT)
    file_store.change(
        "Withdraw",
        lambda s: applications.move_application(s, application_id=key, step="withdraw"),
    )
    assert plan(file_store, at).rows == ()


def test_preparing_looks_at_the_places_that_would_be_left(
    file_store: Store, clock: dt.datetime
) -> None:
    """The third acceptance of two places asks for a reason; with one it is prepared and applied."""
    at, keys = school(file_store, 3, capacity=2)
    prepare(file_store, keys[0], D.ACCEPT)
    prepare(file_store, keys[1], D.ACCEPT)
    prepare(file_store, keys[1], D.ACCEPT)  # again: it replaces itself
    with pytest.raises(ReasonNeeded, match="places are taken"):
        prepare(file_store, keys[2], D.ACCEPT)
    prepare(file_store, keys[2], D.ACCEPT, "Speaks Urdu")
    shown = plan(file_store, at)
    assert [row.reason for row in shown.rows] == [None, None, "Speaks Urdu"]
    apply(file_store, at, shown.token)
    assert states(file_store, keys) == [S.ACCEPTED] * 3


def test_a_prepared_decision_is_taken_back(file_store: Store, clock: dt.datetime) -> None:
    """Removing one leaves the others; a decision that a meeting does not take is refused."""
    at, keys = school(file_store, 2)
    prepare(file_store, keys[0], D.ACCEPT)
    prepare(file_store, keys[1], D.DECLINE)
    file_store.change("Forget", lambda s: applications.forget_decision(s, application_id=keys[0]))
    assert [row.application_id for row in plan(file_store, at).rows] == [keys[1]]
    with pytest.raises(RuleBroken, match="cannot be decided"):
        prepare(file_store, keys[0], D.ARRIVE)


def test_places_lost_between_preparing_and_applying_are_reported(
    file_store: Store, clock: dt.datetime
) -> None:
    """The plan names the people without a place; applying says so and changes nothing."""
    at, keys = school(file_store, 2, capacity=1)
    prepare(file_store, keys[0], D.ACCEPT)
    file_store.change(
        "Accept",
        lambda s: applications.move_application(s, application_id=keys[1], step="accept"),
    )
    shown = plan(file_store, at)
    assert shown.troubles == 1
    with pytest.raises(RuleBroken, match="No place is left"):
        apply(file_store, at, shown.token)
    assert states(file_store, keys) == [S.ELIGIBLE, S.ACCEPTED]


def board(store: Store, at: int) -> applications.Board:
    """What a meeting keeps in view."""
    return store.read(lambda s: applications.selection_board(s, gathering_id=at))


def test_the_balance_counts_all_and_those_with_a_place(
    file_store: Store, clock: dt.datetime
) -> None:
    """S06: groups of each side, all and confirmed, with what is prepared; "not said" is last."""
    at, keys = school(file_store, 8)
    prepare(file_store, keys[0], D.ACCEPT)
    shown = board(file_store, at)
    assert shown.balance[Side.GENDER] == (
        Bar("men", 2, 0),
        Bar("others", 2, 0),
        Bar("women", 2, 1),
        Bar("", 2, 0),
    )
    assert shown.balance[Side.REGION] == (Bar("asia", 4, 0), Bar("europe", 4, 1))
    assert shown.balance[Side.FIRST_TIME] == (Bar("first", 8, 1),)
    assert shown.balance[Side.AGE] == (Bar("", 8, 1),)
    assert shown.prepared == {D.ACCEPT: 1}


def test_who_came_to_an_earlier_school_is_no_first_timer(
    file_store: Store, clock: dt.datetime
) -> None:
    """Only a participation in a gathering that began before counts."""
    at, keys = school(file_store, 2)

    def came(session: DbSession) -> None:
        earlier = b.gathering(session, start=b.START - dt.timedelta(days=400))
        b.participation(session, session.get_one(Application, keys[0]).person, earlier)

    file_store.change("Came before", came)
    assert board(file_store, at).balance[Side.FIRST_TIME] == (
        Bar("before", 1, 0),
        Bar("first", 1, 0),
    )


def test_targets_warn_with_numbers_and_never_block(file_store: Store, clock: dt.datetime) -> None:
    """At least half women, at most two of each region: shown with figures, nobody is kept out."""
    at, keys = school(file_store, 8)
    draft = RulesDraft(
        gathering_id=at,
        targets=(
            TargetDraft(),
            TargetDraft(side=Side.REGION, group="", measure=Measure.AT_MOST, number=2),
        ),
    )
    file_store.change("Aim", lambda s: applications.save_rules(s, draft=draft))
    assert file_store.read(lambda s: applications.rules_draft(s, gathering_id=at)) == draft
    assert board(file_store, at).missed == ()
    for key in keys[1:4]:
        prepare(file_store, key, D.ACCEPT)
    prepare(file_store, keys[5], D.ACCEPT)
    missed = {(m.side, m.group): (m.has, m.of, m.number) for m in board(file_store, at).missed}
    assert missed == {(Side.GENDER, "women"): (0, 4, 50), (Side.REGION, "asia"): (3, 4, 2)}
    fewer = RulesDraft(gathering_id=at, targets=(draft.targets[1],))
    file_store.change("Aim", lambda s: applications.save_rules(s, draft=fewer))
    assert file_store.read(lambda s: applications.rules_draft(s, gathering_id=at)) == fewer
    with pytest.raises(RuleBroken, match="100 percent"):
        file_store.change(
            "Aim",
            lambda s: applications.save_rules(
                s, draft=RulesDraft(gathering_id=at, targets=(TargetDraft(number=101),))
            ),
        )


def work_of_one_decision(store: Store, number: int) -> int:
    """What it takes to see places, states and balance of so many after one was decided."""
    at, keys = school(store, number, S.SUBMITTED, capacity=300)
    view = applications.ApplicationView(gathering_id=at)

    def decide(key: int) -> None:
        prepare(store, key, D.ACCEPT)
        store.read(lambda s: applications.places(s, gathering_id=at))
        store.read(lambda s: applications.state_counts(s, view))
        store.read(lambda s: applications.selection_board(s, gathering_id=at))

    decide(keys[0])  # the first one compiles the statements
    return calls_of(lambda: decide(keys[1]))


def test_counts_follow_one_change_at_once(databases: Databases, clock: dt.datetime) -> None:
    """S06, point 3: ten times the applications are less than five times the work of a decision."""
    spent = []
    for number in (30, 300):
        place = databases.copy("file")
        store = place.open()
        spent.append(work_of_one_decision(store, number))
        store.close()
        databases.remove(place)
    assert spent[1] < 5 * spent[0]


def test_the_board_takes_few_statements(file_store: Store, count_statements: Any) -> None:
    """Balance and places: three statements each, whatever the size."""
    at, _keys = school(file_store, 12)
    with count_statements(file_store) as sent:
        board(file_store, at)
    assert len(sent) <= 3
    with count_statements(file_store) as sent:
        file_store.read(lambda s: applications.places(s, gathering_id=at))
    assert len(sent) <= 3


def test_who_comes_for_one_module_takes_a_place_there_only(
    file_store: Store, clock: dt.datetime
) -> None:
    """Two halves of a school share one place; a third person fits nowhere; S09 and part-time."""
    at, keys = school(file_store, 3, capacity=1, modules=2)

    def choose(session: DbSession) -> None:
        for key, code in zip(keys, ("M1", "M2", "M1"), strict=True):
            b.edit_application(session, session.get_one(Application, key), module_codes=(code,))

    file_store.change("Choose", choose)
    for key in keys[:2]:
        file_store.change(
            "Accept",
            lambda s, key=key: applications.move_application(  # type: ignore[misc]
                s, application_id=key, step="accept"
            ),
        )
    found = file_store.read(lambda s: applications.places(s, gathering_id=at))
    assert found.parts == (("Module 1", 0), ("Module 2", 0))
    assert found.left == 0
    with pytest.raises(ReasonNeeded, match="places are taken"):
        prepare(file_store, keys[2], D.ACCEPT)


def test_a_shorter_stay_frees_the_modules_it_does_not_touch(
    file_store: Store, clock: dt.datetime
) -> None:
    """People who stay for the first module only no longer count in the second."""
    at, (key,) = school(file_store, 1, capacity=1, modules=2)
    file_store.change(
        "Accept", lambda s: applications.move_application(s, application_id=key, step="accept")
    )

    def leave_early(session: DbSession) -> None:
        place = session.query(Participation).one()
        leaves = dt.datetime.combine(b.START + dt.timedelta(days=5), dt.time(9))
        b.edit_place(session, place, stays=((place.stays[0].arrival, leaves),))

    file_store.change("Leave early", leave_early)
    found = file_store.read(lambda s: applications.places(s, gathering_id=at))
    assert found.parts == (("Module 1", 0), ("Module 2", 1))


def test_declined_but_came_are_two_facts(file_store: Store, clock: dt.datetime) -> None:
    """E20: a declined application stays declined when the person is there; it takes no place."""
    at, (key,) = school(file_store, 1)
    prepare(file_store, key, D.DECLINE)
    apply(file_store, at, plan(file_store, at).token)

    def arrives(session: DbSession) -> None:
        person = session.get_one(Application, key).person
        place = b.participation(session, person, session.get_one(Gathering, at))
        b.arrive(session, place)

    file_store.change("Arrives all the same", arrives)
    assert states(file_store, [key]) == [S.REJECTED]
    found = file_store.read(lambda s: applications.places(s, gathering_id=at))
    assert (found.counts.confirmed, found.left) == (0, 25)


def test_the_languages_of_a_person_are_all_counted(file_store: Store, clock: dt.datetime) -> None:
    """Speakers of two languages count in both; the share of the whole may be over 100 percent."""
    at, (key,) = school(file_store, 1)

    def speak(session: DbSession) -> None:
        who = session.get_one(Application, key).person
        b.edit_person(session, who, languages=(("fr", "C1"), ("en", "B1")))

    file_store.change("Speak", speak)
    assert board(file_store, at).balance[Side.LANGUAGE] == (Bar("en", 1, 0), Bar("fr", 1, 0))
    assert file_store.read(lambda s: s.query(PendingDecision).count()) == 0
