"""The rows that an import adds, as plain values: making entities would cost more than storing."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import inspect

from schoolapp.domain.applications import (
    APPLICATION,
    Application,
    ApplicationState,
    ApplicationStep,
)
from schoolapp.domain.base import Base
from schoolapp.domain.people import Person, search_words, sort_key
from schoolapp.domain.text import fold
from schoolapp.domain.workflow import take
from schoolapp.exchange.applications.drafts import PersonDraft

APPLICANT = "applicant"
Values = dict[str, object]
"""The columns of a row by their names, as ``insert_rows`` takes them; each of its own type."""


def values_of(thing: Base) -> Values:
    """The columns of an entity that is in no session."""
    mapper = inspect(type(thing))
    return {
        attribute.columns[0].name: getattr(thing, attribute.key)
        for attribute in mapper.column_attrs
        if attribute.key not in ("id", "version")
    }


def person_values(said: PersonDraft, name: str, code: str) -> Values:
    """What a row says of a person, beyond doubt; the rest is empty."""
    return {
        "code": code,
        "display_name": name,
        "given": said.given,
        "family": said.family,
        "native_name": said.native_name,
        "born": said.born,
        "born_partly": said.born_partly,
        "nationality": said.nationality,
        "gender": said.gender,
        "pronouns": said.pronouns,
        "country": said.country,
        "email": said.email,
        "phone": said.phone,
        "sort_name": fold(sort_key(name, said.given, said.family)),
        "search": search_words(name, said.native_name, said.email, code),
    }


class _Step(NamedTuple):
    """A step that was taken once, and whether the applicant took it."""

    values: Values
    own: bool


@dataclass(frozen=True, slots=True)
class Run:
    """The steps that every row of one kind takes, and the state in which they end."""

    state: ApplicationState
    steps: tuple[_Step, ...]


class Fresh:
    """Makes rows from a pattern of each entity, so that every default is the entity's own."""

    def __init__(self, gathering_id: int, by: str) -> None:
        self._by = by
        self._person = values_of(Person(code="", display_name=""))
        self._application = values_of(Application(code="", gathering_id=gathering_id))
        self._runs: dict[tuple[bool, bool], Run] = {}

    def person(self, said: PersonDraft, name: str, code: str) -> Values:
        """A new person."""
        own = person_values(said, name, code)
        return self._person | own | {"uid": str(uuid.uuid4()), "blanks": []}

    def application(self, run: Run, values: Values) -> Values:
        """A new application at the end of its run."""
        own: Values = {"uid": str(uuid.uuid4()), "state": run.state}
        return self._application | values | own

    def run(self, *, sent: bool, merged: bool) -> Run:
        """The run of a row: a draft, sent if its form was finished, perhaps merged."""
        if (sent, merged) not in self._runs:
            self._runs[sent, merged] = self._walked(sent=sent, merged=merged)
        return self._runs[sent, merged]

    def steps(
        self, run: Run, application_id: int, at: dt.datetime, reason: str | None
    ) -> list[Values]:
        """The steps of one application; the applicant's own are of the day when the form came."""
        return [
            step.values
            | {"application_id": application_id}
            | ({"at": at} if step.own else {"reason": reason})
            for step in run.steps
        ]

    def _walked(self, *, sent: bool, merged: bool) -> Run:
        """Take the steps once, through the workflow, to see what they leave."""
        first = ApplicationStep(position=1, state="draft", by=APPLICANT)
        walker = Application(code="", steps=[first])
        if sent or merged:
            take(APPLICATION, walker, "submit", by=APPLICANT)
        if merged:
            take(APPLICATION, walker, "duplicate_of", by=self._by)
        steps = tuple(_Step(values_of(step), step.by == APPLICANT) for step in walker.steps)
        return Run(walker.state, steps)
