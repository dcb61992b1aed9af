"""One application with all that is known of it: the person, the answers, the doubts, the steps."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from schoolapp.base.language import mark
from schoolapp.domain.applications import (
    Application,
    ApplicationState,
    ApplicationStep,
    ImportForm,
)
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.gatherings import Module
from schoolapp.domain.money import Money
from schoolapp.domain.people import Person, PersonLanguage
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.applications import doubts
from schoolapp.operations.applications.doubts import DoubtRow
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of an application's history; ``by`` is ``applicant``, a code or a desk's name."""

    at: dt.datetime
    step: str | None
    state: ApplicationState
    by: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Written:
    """A question of the form and what the person wrote; ``field`` is what it was understood as."""

    question: str
    answer: str
    field: str | None


@dataclass(frozen=True, slots=True)
class ApplicationDetail:
    """An application with its person's core fields and the history of its steps.

    ``written`` is what stands in the form, question by question, in the order of its columns;
    ``answers`` are those questions that the program does not know, as they are kept now.
    """

    id: int
    version: int
    uid: str
    code: str
    state: ApplicationState
    waiting_rank: int | None
    person_id: int
    person_uid: str
    name: str
    native_name: str
    email: str
    phone: str
    born: dt.date | None
    born_partly: str | None
    gender: str
    pronouns: str
    country: str
    nationality: str
    languages: tuple[str, ...]
    delegation: str
    organisation: str
    module_codes: tuple[str, ...]
    modules: tuple[str, ...]
    modules_said: str
    arrival: dt.date | None
    departure: dt.date | None
    first_time: bool | None
    diet: str
    access: str
    needs_visa: bool | None
    asks_subsidy: bool | None
    asked_travel: Money | None
    contribution: Money | None
    named_fee: Money | None
    parental_consent: bool | None
    consent: bool | None
    consent_on: dt.date | None
    motivation: str
    endorsed_by: str
    endorsed_on: dt.date | None
    note: str
    source_file: str | None
    source_row: int | None
    raw: dict[str, str]
    issues: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    written: tuple[Written, ...]
    doubts: tuple[DoubtRow, ...]
    steps: tuple[StepRow, ...]

    @property
    def submitted(self) -> dt.datetime | None:
        """When it came in, in UTC; None while it is a draft."""
        return next((s.at for s in self.steps if s.state is ApplicationState.SUBMITTED), None)


_AS_THEY_ARE = (
    "id",
    "version",
    "uid",
    "code",
    "state",
    "waiting_rank",
    "arrival",
    "departure",
    "first_time",
    "needs_visa",
    "asks_subsidy",
    "asked_travel",
    "contribution",
    "named_fee",
    "parental_consent",
    "consent",
    "consent_on",
    "endorsed_on",
    "source_file",
    "source_row",
)
_TEXTS = (
    "organisation",
    "modules_said",
    "diet",
    "access",
    "motivation",
    "endorsed_by",
    "note",
)
_TEXTS_OF_PERSON = (
    "native_name",
    "email",
    "phone",
    "gender",
    "pronouns",
    "country",
    "nationality",
)
"""What application and person have under the name of the detail; an empty text is none."""


def application_detail(session: DbSession, *, application_id: int) -> ApplicationDetail:
    """One application with everything that the side panel shows."""
    found = session.execute(
        sa.select(Application, Person, Delegation)
        .join(Person, Person.id == Application.person_id)
        .outerjoin(Delegation, Delegation.id == Application.delegation_id)
        .where(Application.id == application_id)
    ).first()
    if found is None:
        raise RuleBroken(mark("This application was removed meanwhile."))
    application, person, delegation = found
    same: dict[str, Any] = {  # Any: each as its column has it
        **{name: getattr(application, name) for name in _AS_THEY_ARE},
        **{name: getattr(application, name) or "" for name in _TEXTS},
        **{name: getattr(person, name) or "" for name in _TEXTS_OF_PERSON},
    }
    return ApplicationDetail(
        person_id=person.id,
        person_uid=person.uid,
        name=person.display_name,
        born=person.born,
        born_partly=person.born_partly,
        languages=_languages(session, person.id),
        delegation=delegation.name if delegation else "",
        module_codes=tuple(application.module_codes),
        modules=_titles(session, application),
        raw=application.raw or {},
        issues=tuple(application.issues),
        answers=tuple((one.question, one.answer) for one in application.answers),
        written=_written(session, application),
        doubts=doubts.rows_of(application),
        steps=_steps(session, application_id),
        **same,
    )


def _written(session: DbSession, application: Application) -> tuple[Written, ...]:
    """The cells of the row it came from that hold something, and what was added by hand.

    A database does not keep the order of the columns; the form that was imported does.
    """
    raw, meanings = application.raw or {}, _meanings(session, application)
    kept = {one.question: one.answer for one in application.answers}
    order = {heading: place for place, heading in enumerate(meanings)}
    headings = sorted(raw, key=lambda heading: order.get(heading, len(order)))
    cells = [(heading, kept.pop(heading, raw[heading])) for heading in headings]
    return tuple(
        Written(question, answer, meanings.get(question))
        for question, answer in [*cells, *kept.items()]
        if answer.strip()
    )


def _meanings(session: DbSession, application: Application) -> Mapping[str, str | None]:
    """What the columns of the form mean from which an application came, in their order."""
    if not application.raw:
        return {}
    forms = session.execute(sa.select(ImportForm.headings, ImportForm.mapping)).all()
    for headings, mapping in forms:
        if application.raw.keys() <= set(headings):
            columns: dict[str, str | None] = mapping["columns"]
            return {heading: columns.get(heading) for heading in headings}
    return {}


def _titles(session: DbSession, application: Application) -> tuple[str, ...]:
    if not application.module_codes:
        return ()
    titles = sa.select(Module.title).where(
        Module.gathering_id == application.gathering_id, Module.code.in_(application.module_codes)
    )
    return tuple(session.scalars(titles.order_by(Module.position)))


def _steps(session: DbSession, application_id: int) -> tuple[StepRow, ...]:
    steps = session.execute(
        sa.select(
            ApplicationStep.at,
            ApplicationStep.step,
            ApplicationStep.state,
            ApplicationStep.by,
            ApplicationStep.reason,
        )
        .where(ApplicationStep.application_id == application_id)
        .order_by(ApplicationStep.position)
    )
    return tuple(
        StepRow(at, step, ApplicationState(state), by, reason)
        for at, step, state, by, reason in steps
    )


def _languages(session: DbSession, person_id: int) -> tuple[str, ...]:
    """The tags of the languages that a person knows, in the person's order."""
    spoken = fetch(
        session,
        sa.select(PersonLanguage.lang)
        .where(PersonLanguage.person_id == person_id)
        .order_by(PersonLanguage.position),
    )
    return tuple(tag for (tag,) in spoken)
