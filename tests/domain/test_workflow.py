"""Workflows: valid steps, paths, guards, and the record of a step."""

import datetime as dt
import enum
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolapp.domain.applications import APPLICATION, Application, ApplicationState, CaseFacts
from schoolapp.domain.attendance import ATTENDANCE
from schoolapp.domain.entities import MODULES
from schoolapp.domain.funding import SUBSIDY, GrantFacts, Subsidy
from schoolapp.domain.gatherings import GATHERING
from schoolapp.domain.money import Money
from schoolapp.domain.readings import READING, Rights
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.workflow import ReasonNeeded, Step, Workflow, take

ALL: list[Workflow[Any]] = list(
    {
        thing.name: thing
        for module in MODULES
        for thing in vars(module).values()
        if isinstance(thing, Workflow)
    }.values()
)
AT = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)


class Light(enum.StrEnum):
    """States for a small workflow of our own."""

    A = "a"
    B = "b"
    C = "c"
    D = "d"


@dataclass
class Thing:
    """Something that has a state and remembers its steps."""

    state: Any
    steps: list[Any] = field(default_factory=list)


graphs = st.lists(
    st.tuples(st.sampled_from(Light), st.sampled_from(Light)), unique=True, max_size=12
).map(lambda edges: Workflow("made up", Light.A, tuple(Step(a, f"{a}{b}", b) for a, b in edges)))


def distance(workflow: Workflow[Light], source: Light, target: Light) -> int | None:
    """The length of the shortest path, found by growing the set of what can be reached."""
    reached, steps = {source}, 0
    while target not in reached:
        more = reached | {step.target for step in workflow.steps if step.source in reached}
        if more == reached:
            return None
        reached, steps = more, steps + 1
    return steps


@given(workflow=graphs, source=st.sampled_from(Light), target=st.sampled_from(Light))
def test_a_path_is_lawful_and_the_shortest(
    workflow: Workflow[Light], source: Light, target: Light
) -> None:
    """Its steps connect the source to the target; there is no path only if no steps lead there."""
    path = workflow.path(source, target)
    assert (None if path is None else len(path)) == distance(workflow, source, target)
    at = source
    for step in path or ():
        assert step in workflow.steps
        assert step.source is at
        at = step.target
    assert path is None or at is target


@given(workflow=graphs, source=st.sampled_from(Light), target=st.sampled_from(Light))
def test_a_step_between_two_states_is_found(
    workflow: Workflow[Light], source: Light, target: Light
) -> None:
    """The step that leads there, or none; final states are those that no step leaves."""
    step = workflow.step_between(source, target)
    assert (step is None) == (
        (source, target) not in {(s.source, s.target) for s in workflow.steps}
    )
    assert step is None or (step.source, step.target) == (source, target)
    assert (source in workflow.final) == (workflow.steps_from(source) == ())


@pytest.mark.parametrize("workflow", ALL, ids=lambda workflow: workflow.name)
def test_every_state_can_be_reached(workflow: Workflow[Any]) -> None:
    """Valid steps lead to every state."""
    assert all(workflow.path(workflow.initial, state) is not None for state in workflow.states)


def test_an_unlawful_step_is_reported() -> None:
    """The sentence names the step and the state, in words."""
    thing = Thing(ApplicationState.NEEDS_INFO)
    with pytest.raises(RuleBroken) as broken:
        take(APPLICATION, thing, "check_ok", by="P0001")
    assert "“check ok” is not possible in the state “needs info”" in broken.value.sentence()
    assert str(broken.value) == broken.value.sentence()
    assert thing == Thing(ApplicationState.NEEDS_INFO)


def application(state: ApplicationState) -> Application:
    """An application in this state."""
    return Application(code="A1", state=state)


S = ApplicationState


@pytest.mark.parametrize(
    ("state", "step", "good", "bad"),
    [
        (S.ELIGIBLE, "accept", CaseFacts(seats_left=1), CaseFacts(seats_left=0)),
        (S.WAITLISTED, "promote", CaseFacts(seats_left=1),
         CaseFacts(seats_left=1, next_in_line=False)),
        (S.WAITLISTED, "promote", CaseFacts(seats_left=1), CaseFacts(seats_left=0)),
        (S.ACCEPTED, "confirm", CaseFacts(), CaseFacts(deposit_settled=False)),
        (S.NEEDS_INFO, "silence", CaseFacts(), CaseFacts(deadline_passed=False)),
        (S.WAITLISTED, "close", CaseFacts(), CaseFacts(started=False)),
    ],
)  # fmt: skip
def test_a_guard_lets_pass_what_is_in_order_or_has_a_reason(
    state: ApplicationState, step: str, good: CaseFacts, bad: CaseFacts
) -> None:
    """Without it the step is refused and nothing has changed; with it the reason is recorded."""
    case = application(state)
    with pytest.raises(ReasonNeeded):
        take(APPLICATION, case, step, by="P0001", facts=bad)
    assert (case.state, list(case.steps)) == (state, [])
    taken = take(APPLICATION, case, step, by="P0001", facts=bad, reason="agreed", at=AT)
    assert case.state is taken.target
    (kept,) = case.steps
    assert (kept.position, kept.step, kept.from_state, kept.state) == (1, step, state, taken.target)
    assert (kept.by, kept.reason, kept.at) == ("P0001", "agreed", AT)
    fine = application(state)
    take(APPLICATION, fine, step, by="P0001", facts=good)
    assert fine.state is taken.target


def test_no_reason_helps_where_a_fact_forbids() -> None:
    """A person who needs no visa cannot wait for one, whatever reason is given."""
    case = application(S.CONFIRMED)
    with pytest.raises(RuleBroken) as broken:
        take(APPLICATION, case, "ask_visa", by="x", facts=CaseFacts(needs_visa=False), reason="r")
    assert not isinstance(broken.value, ReasonNeeded)
    take(APPLICATION, case, "ask_visa", by="x", facts=CaseFacts(needs_visa=True))
    assert case.state is S.VISA_PENDING


def test_a_step_without_a_record_only_changes_the_state(clock: dt.datetime) -> None:
    """Attendance keeps no record of steps; an application that does takes the present moment."""
    thing = Thing(ATTENDANCE.initial)
    take(ATTENDANCE, thing, "check_in", by="x")
    assert thing == Thing(ATTENDANCE.states("present"))
    case = application(S.DRAFT)
    take(APPLICATION, case, "submit", by="applicant")
    assert case.steps[0].at == clock


SMALL, LARGE = Money(100, "EUR"), Money(200, "EUR")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (GrantFacts(granted=SMALL, decider_is_receiver=True), "Nobody decides on their own"),
        (GrantFacts(free=LARGE), "Enter the amount"),
        (GrantFacts(free=SMALL, granted=LARGE), "has not enough left"),
    ],
)
def test_a_grant_needs_an_amount_a_fund_and_another_decider(facts: GrantFacts, words: str) -> None:
    """Each of the three is refused with its own sentence (S11)."""
    subsidy = Subsidy(code="S1", state=SUBSIDY.states("reviewed"))
    with pytest.raises(RuleBroken, match=words):
        take(SUBSIDY, subsidy, "grant", by="x", facts=facts)
    take(SUBSIDY, subsidy, "grant", by="x", facts=GrantFacts(free=LARGE, granted=LARGE))
    take(SUBSIDY, subsidy, "no_answer", by="x", facts=GrantFacts())
    assert [step.state for step in subsidy.steps] == ["granted", "lapsed"]


def test_a_grant_out_of_a_fund_without_a_known_income() -> None:
    """Where no income is recorded the fund sets no limit; silence counts from the deadline."""
    subsidy = Subsidy(code="S1", state=SUBSIDY.states("reviewed"))
    take(SUBSIDY, subsidy, "grant", by="x", facts=GrantFacts(granted=LARGE))
    with pytest.raises(RuleBroken, match="deadline has not passed"):
        take(SUBSIDY, subsidy, "no_answer", by="x", facts=GrantFacts(deadline_passed=False))


def test_what_needs_a_reason_is_refused_without() -> None:
    """A gathering is not cancelled without a reason."""
    thing = Thing(GATHERING.states("confirmed"))
    quiet = Workflow("gathering", GATHERING.initial, GATHERING.steps)
    with pytest.raises(ReasonNeeded, match="needs a reason"):
        take(quiet, thing, "cancel", by="x")
    take(quiet, thing, "cancel", by="x", reason="no visas")
    assert thing.state == "cancelled"


@pytest.mark.parametrize("step", ["print", "send"])
def test_a_text_in_copyright_is_never_given_out(step: str) -> None:
    """It may be listed; no copy leaves the institute (S19)."""
    quiet = Workflow("reading", READING.initial, READING.steps)
    with pytest.raises(RuleBroken, match="in copyright"):
        take(quiet, Thing(READING.states("assigned")), step, by="x", facts=Rights.COPYRIGHT)
    for rights in (Rights.OPEN, Rights.PUBLIC_DOMAIN):
        take(quiet, Thing(READING.states("assigned")), step, by="x", facts=rights)
    cleared = Thing(READING.states("rights_checked"))
    take(quiet, cleared, "clear", by="x", facts=Rights.OPEN)
    assert cleared.state == "ready"
