"""Registering by hand: an application as a form edits it, for a known or a new person."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.domain.applications import (
    APPLICATION,
    LIVE,
    SEATED,
    Application,
    ApplicationAnswer,
    ApplicationState,
    ApplicationStep,
)
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.money import Money
from schoolapp.domain.people import Person, PersonDraft
from schoolapp.domain.referees import Score
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.selection import PendingDecision
from schoolapp.domain.waiting import PlaceOffer
from schoolapp.domain.workflow import take
from schoolapp.operations.applications.doubts import settle
from schoolapp.operations.applications.filling import FIELDS as FORM_FIELDS
from schoolapp.operations.applications.seating import asked_of, follow
from schoolapp.operations.letters import discard_letters
from schoolapp.operations.people.editing import save_person
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession, checked_out

S = ApplicationState


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationDraft:
    """The fields of an application that a form edits; None means not known.

    A new one names the person by ``person_id`` or holds ``new_person``.
    """

    id: int | None = None
    version: int | None = None
    gathering_id: int
    person_id: int | None = None
    new_person: PersonDraft | None = None
    delegation_id: int | None = None
    module_codes: tuple[str, ...] = ()
    modules_said: str | None = None
    organisation: str | None = None
    arrival: dt.date | None = None
    departure: dt.date | None = None
    first_time: bool | None = None
    diet: str | None = None
    access: str | None = None
    parental_consent: bool | None = None
    consent: bool | None = None
    consent_on: dt.date | None = None
    contribution: Money | None = None
    named_fee: Money | None = None
    needs_visa: bool | None = None
    asks_subsidy: bool | None = None
    asked_travel: Money | None = None
    motivation: str | None = None
    motivation_lang: str | None = None
    endorsed_by: str | None = None
    endorsed_on: dt.date | None = None
    note: str | None = None


FIELDS = (
    "delegation_id",
    "modules_said",
    "organisation",
    "arrival",
    "departure",
    "first_time",
    "diet",
    "access",
    "parental_consent",
    "consent",
    "consent_on",
    "contribution",
    "named_fee",
    "needs_visa",
    "asks_subsidy",
    "asked_travel",
    "motivation",
    "motivation_lang",
    "endorsed_by",
    "endorsed_on",
    "note",
)


@dataclass(frozen=True, slots=True)
class ApplicationFacts:
    """What a form offers: the modules and delegations of the gathering."""

    modules: tuple[tuple[str, str], ...]
    delegations: tuple[tuple[int, str], ...]


def draft_of(session: DbSession, *, application_id: int) -> ApplicationDraft:
    """The application as a form edits it."""
    application = session.get(Application, application_id)
    if application is None:
        raise RuleBroken(mark("This application was removed meanwhile."))
    return ApplicationDraft(
        id=application.id,
        version=application.version,
        gathering_id=application.gathering_id,
        person_id=application.person_id,
        module_codes=tuple(application.module_codes),
        **{name: getattr(application, name) for name in FIELDS},
    )


def application_facts(session: DbSession, *, gathering_id: int) -> ApplicationFacts:
    """The modules (code, title) and delegations (key, name) to choose from."""
    gathering = session.get_one(Gathering, gathering_id)
    delegations = session.execute(
        sa.select(Delegation.id, Delegation.name)
        .where(Delegation.gathering_id == gathering_id)
        .order_by(Delegation.name)
    )
    return ApplicationFacts(
        tuple((module.code, module.title) for module in gathering.modules),
        tuple((key, name) for key, name in delegations),
    )


def check_application(draft: ApplicationDraft, facts: ApplicationFacts) -> dict[str, str]:
    """What is wrong with a draft: field to a sentence marked for translation."""
    wrong = {}
    if draft.person_id is None and draft.new_person is None:
        wrong["person_id"] = mark("Choose who applies, or enter a new person.")
    if not set(draft.module_codes) <= {code for code, _title in facts.modules}:
        wrong["module_codes"] = mark("One of these modules does not belong to this gathering.")
    if draft.delegation_id not in {None, *(key for key, _name in facts.delegations)}:
        wrong["delegation_id"] = mark("This delegation belongs to another gathering.")
    if draft.arrival and draft.departure and draft.departure < draft.arrival:
        wrong["departure"] = mark("The departure is before the arrival. Correct one of the days.")
    if draft.endorsed_on is not None and not draft.endorsed_by:
        wrong["endorsed_by"] = mark("Write who endorses this person for the delegation.")
    return wrong


def save_application(session: DbSession, *, draft: ApplicationDraft) -> int:
    """Change an application, or register one made on paper, by mail or by word of mouth; its key.

    A new one is submitted at once. ``RuleBroken`` for the first thing that is wrong, or if the
    person has a live application to this gathering already.
    """
    facts = application_facts(session, gathering_id=draft.gathering_id)
    for sentence in check_application(draft, facts).values():
        raise RuleBroken(sentence)
    if draft.id is not None:
        assert draft.version is not None
        application = checked_out(session, Application, draft.id, draft.version)
    else:
        application = _registered(session, draft)
    before = asked_of(session, application)
    changed = _take_over(application, draft)
    tz = session.get_one(Gathering, application.gathering_id).tz
    today = clock.to_wall(clock.now(), tz).date()
    if application.endorsed_by and application.endorsed_on is None:
        application.endorsed_on = today
    if application.consent and application.consent_on is None:
        application.consent_on = today
    application.index_words()
    settle(session, application, {FORM_FIELDS[name] for name in changed if name in FORM_FIELDS})
    follow(session, application, before)
    session.flush()
    return application.id


def _take_over(application: Application, draft: ApplicationDraft) -> set[str]:
    """Set what the draft says otherwise; the names of what was changed."""
    changed = set()
    for name in FIELDS:
        value = getattr(draft, name)
        value = None if value == "" else value  # an empty field is one that is not known
        if getattr(application, name) != value:
            setattr(application, name, value)
            changed.add(name)
    if tuple(application.module_codes) != draft.module_codes:
        application.module_codes = list(draft.module_codes)
        changed.add("module_codes")
    return changed


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDraft:
    """An answer under its question, as a form edits it; without ``id`` it is a new one."""

    application_id: int
    id: int | None = None
    question: str = ""
    answer: str = ""


def answer_drafts(session: DbSession, *, application_id: int) -> tuple[AnswerDraft, ...]:
    """The answers of an application under their questions, in their order."""
    return tuple(
        AnswerDraft(application_id=application_id, id=a.id, question=a.question, answer=a.answer)
        for a in session.get_one(Application, application_id).answers
    )


def check_answer(draft: AnswerDraft) -> dict[str, str]:
    """What is wrong with an answer: field to a sentence marked for translation."""
    wrong = {}
    if not draft.question.strip():
        wrong["question"] = mark("Write the question that was asked.")
    if not draft.answer.strip():
        wrong["answer"] = mark("Write what was answered, or remove the answer.")
    return wrong


def save_answer(session: DbSession, *, draft: AnswerDraft) -> None:
    """Change an answer, or add one at the end; ``RuleBroken`` for the first thing that is wrong."""
    for sentence in check_answer(draft).values():
        raise RuleBroken(sentence)
    application = session.get_one(Application, draft.application_id)
    question, said = draft.question.strip(), draft.answer.strip()
    found = next((a for a in application.answers if a.id == draft.id), None)
    if draft.id is None:
        place = max((a.position for a in application.answers), default=0) + 1
        made = ApplicationAnswer(position=place, question=question, answer=said)
        application.answers.append(made)
    elif found is None:
        raise RuleBroken(mark("This answer was removed meanwhile."))
    else:
        found.question, found.answer = question, said
    application.index_words()
    session.flush()


def remove_answer(session: DbSession, *, application_id: int, answer_id: int) -> None:
    """Remove an answer."""
    application = session.get_one(Application, application_id)
    application.answers = [a for a in application.answers if a.id != answer_id]
    application.index_words()
    session.flush()


def remove_application(session: DbSession, *, application_id: int, version: int) -> None:
    """Remove an application that was entered by mistake; ``RuleBroken`` while it has a place."""
    application = checked_out(session, Application, application_id, version)
    if application.state in SEATED:
        raise RuleBroken(
            mark("{name} has a place. Cancel or decline it first, so that the place is free."),
            name=application.person.display_name,
        )
    for entity in (PendingDecision, PlaceOffer, Score):
        mine = sa.select(entity).where(entity.application_id == application_id)
        for row in session.execute(mine).scalars().all():
            session.delete(row)
    discard_letters(session, application=application)
    session.flush()
    session.delete(application)


def next_number(session: DbSession, gathering: Gathering) -> int:
    """The number of the next application of a gathering: 39 after ``gjs2027-a038``."""
    prefix = f"{gathering.code}-a"
    codes = session.execute(
        sa.select(Application.code).where(Application.code.startswith(prefix, autoescape=True))
    ).scalars()
    numbers = [int(c) for code in codes if (c := code.removeprefix(prefix)).isdecimal()]
    return max(numbers, default=0) + 1


def check_one_live(session: DbSession, gathering_id: int, person: Person) -> None:
    """``RuleBroken`` if the person has a live application to this gathering."""
    live = sa.select(Application.id).where(
        Application.gathering_id == gathering_id,
        Application.person_id == person.id,
        Application.state.in_(LIVE),
    )
    if session.execute(live).first() is not None:
        raise RuleBroken(
            mark("{name} has already applied to this gathering. Open that application instead."),
            name=person.display_name,
        )


def _registered(session: DbSession, draft: ApplicationDraft) -> Application:
    """A new application with its first two steps: begun and submitted."""
    gathering = session.get_one(Gathering, draft.gathering_id)
    person_id = draft.person_id
    if person_id is None:
        assert draft.new_person is not None
        person_id = save_person(session, draft=draft.new_person)
    person = session.get_one(Person, person_id)
    check_one_live(session, gathering.id, person)
    number, by = next_number(session, gathering), actor_of(session)
    application = Application(
        code=f"{gathering.code}-a{number:03}",
        gathering_id=gathering.id,
        person_id=person_id,
        position=number - 1,
        steps=[ApplicationStep(position=1, state=S.DRAFT.value, by=by)],
    )
    session.add(application)
    take(APPLICATION, application, "submit", by=by)
    return application
