"""States as data: a workflow is a table of valid steps, and one function takes a step."""

import datetime as dt
import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.domain.base import StepTaken
from schoolapp.domain.rules import RuleBroken

State = TypeVar("State", bound=enum.StrEnum)
Guard = Callable[[Any, str | None], str | None]
"""Checks the facts of the case and the reason given; answers what forbids the step, marked for
translation, or None. Any: each guard knows the facts of its own workflow."""


class ReasonNeeded(RuleBroken):
    """A guard refuses a step, but would let it pass with a reason."""


@dataclass(frozen=True, slots=True)
class Step(Generic[State]):
    """A valid step: its name, where it starts, where it ends, and what must hold."""

    source: State
    name: str
    target: State
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class Workflow(Generic[State]):
    """All valid steps of one kind of thing; ``record`` is the entity that keeps a step taken.

    Without a ``record`` only the journal holds the history.
    """

    name: str
    initial: State
    steps: tuple[Step[State], ...]
    record: type[StepTaken] | None = None

    @property
    def states(self) -> type[State]:
        """The enum of all states."""
        return type(self.initial)

    @property
    def final(self) -> frozenset[State]:
        """The states that no step leaves."""
        return frozenset(self.states) - {step.source for step in self.steps}

    def steps_from(self, state: State) -> tuple[Step[State], ...]:
        """The steps that may be tried in this state."""
        return tuple(step for step in self.steps if step.source == state)

    def find(self, state: State, name: str) -> Step[State]:
        """The step of this name in this state; ``RuleBroken`` if there is none."""
        for step in self.steps_from(state):
            if step.name == name:
                return step
        raise RuleBroken(
            mark("The step “{step}” is not possible in the state “{state}”."),
            step=name.replace("_", " "),
            state=state.value.replace("_", " "),
        )

    def step_between(self, source: State, target: State) -> Step[State] | None:
        """The first step that leads from one state to the other, if any."""
        return next((s for s in self.steps_from(source) if s.target == target), None)

    def path(self, source: State, target: State) -> tuple[Step[State], ...] | None:
        """The fewest steps that lead from one state to another; None if no path does."""
        paths: list[tuple[Step[State], ...]] = [()]
        seen = {source}
        while paths:
            path = paths.pop(0)
            at = path[-1].target if path else source
            if at == target:
                return path
            fresh = [step for step in self.steps_from(at) if step.target not in seen]
            seen |= {step.target for step in fresh}
            paths += [(*path, step) for step in fresh]
        return None


class Moving(Protocol[State]):
    """What has a state and remembers its steps."""

    state: State

    @property
    def steps(self) -> Any:  # Any: a list of the workflow's own record, or an empty tuple
        """The steps taken, or nothing where the workflow keeps no record."""


def take(
    workflow: Workflow[State],
    thing: Moving[State],
    name: str,
    *,
    by: str,
    facts: object = None,
    reason: str | None = None,
    at: dt.datetime | None = None,
) -> Step[State]:
    """Take a step: check that it is valid and its guard holds, then write state and record.

    This is the one place that writes a state. ``facts`` is what the guard of this workflow checks;
    ``at`` defaults to now. ``RuleBroken`` if the step may not be taken (``ReasonNeeded`` if a
    reason would change that); nothing has changed then.
    """
    step = workflow.find(thing.state, name)
    if step.guard is not None and (trouble := step.guard(facts, reason)):
        helps = not reason and step.guard(facts, "a reason") is None
        raise ReasonNeeded(trouble) if helps else RuleBroken(trouble)
    if workflow.record is not None:
        thing.steps.append(
            workflow.record(
                position=len(thing.steps) + 1,
                state=step.target.value,
                at=at or clock.now(),
                by=by,
                step=name,
                from_state=step.source.value,
                reason=reason,
            )
        )
    thing.state = step.target
    return step


def need_reason(facts: object, reason: str | None) -> str | None:
    """A guard for steps that only need to be explained."""
    return None if reason else mark("This step needs a reason. Say why in a few words.")
