"""Applications as they are stored, for machines: under the keys of the report of an import."""

import datetime as dt
from collections.abc import Iterable
from typing import TypedDict

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from schoolapp.base import clock
from schoolapp.domain.applications import Application, ApplicationDoubt, submitted_at
from schoolapp.domain.births import FULL_AGE, ages
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.money import Money
from schoolapp.domain.people import Person
from schoolapp.domain.reading_cells.ages import read_age
from schoolapp.exchange.applications.drafts import Issue
from schoolapp.exchange.applications.flags import in_words, sentence
from schoolapp.exchange.applications.phrases import meaning_of
from schoolapp.exchange.applications.report import KEYS
from schoolapp.storage.store import DbSession


class Mark(TypedDict):
    """A doubt that is open, at the field that it is about, with its sentence."""

    field: str
    code: str
    text: str


class StoredApplication(TypedDict):
    """An application as plain values; days and times are ISO texts, amounts ``150.00 EUR``."""

    application: str
    person: str
    code: str
    state: str
    file: str | None
    row: int | None
    full_name: str
    native_name: str | None
    email: str | None
    phone: str | None
    born: str | None
    gender: str | None
    pronouns: str | None
    country: str | None
    nationality: str | None
    languages: list[str] | None
    diet: str | None
    access: str | None
    organisation: str | None
    delegation: str | None
    modules: list[str] | None
    arrival: str | None
    departure: str | None
    needs_visa: bool | None
    asks_subsidy: bool | None
    travel: str | None
    contribution: str | None
    fee: str | None
    first_time: bool | None
    consent: bool | None
    parental_consent: bool | None
    motivation: str | None
    submitted: str | None
    minor: bool | None
    answers: dict[str, str]
    issues: list[str]
    marks: list[Mark]


def stored_applications(session: DbSession, *, gathering_id: int) -> list[StoredApplication]:
    """Every application of a gathering, in their order; six statements whatever the number."""
    gathering = session.get_one(Gathering, gathering_id)
    found = session.scalars(
        sa.select(Application)
        .where(Application.gathering_id == gathering_id)
        .order_by(Application.position, Application.id)
        .options(
            joinedload(Application.person).selectinload(Person.languages),
            joinedload(Application.delegation),
            selectinload(Application.answers),
            selectinload(Application.doubts),
            selectinload(Application.steps),
        )
    )
    return [_stored(application, gathering) for application in found]


def _stored(one: Application, gathering: Gathering) -> StoredApplication:
    person = one.person
    return {
        "application": one.uid,
        "person": person.uid,
        "code": one.code,
        "state": one.state.value,
        "file": one.source_file,
        "row": one.source_row,
        "full_name": person.display_name,
        "native_name": person.native_name,
        "email": person.email,
        "phone": person.phone,
        "born": _day(person.born),
        "gender": person.gender,
        "pronouns": person.pronouns,
        "country": person.country,
        "nationality": person.nationality,
        "languages": [known.lang for known in person.languages] or None,
        "diet": one.diet,
        "access": one.access,
        "organisation": one.organisation,
        "delegation": one.delegation.name if one.delegation else None,
        "modules": [*one.module_codes] or None,
        "arrival": _day(one.arrival),
        "departure": _day(one.departure),
        "needs_visa": one.needs_visa,
        "asks_subsidy": one.asks_subsidy,
        "travel": _amount(one.asked_travel),
        "contribution": _amount(one.contribution),
        "fee": _amount(one.named_fee),
        "first_time": one.first_time,
        "consent": one.consent,
        "parental_consent": one.parental_consent,
        "motivation": one.motivation,
        "submitted": _submitted(one, gathering.tz),
        "minor": _minor(one, gathering.start_date),
        "answers": {answer.question: answer.answer for answer in one.answers},
        "issues": sorted(one.issues),
        "marks": _marks(one.doubts),
    }


def _marks(doubts: Iterable[ApplicationDoubt]) -> list[Mark]:
    return [
        {"field": KEYS.get(doubt.field, doubt.field), "code": doubt.code, "text": _words(doubt)}
        for doubt in doubts
        if doubt.settled_at is None
    ]


def _words(doubt: ApplicationDoubt) -> str:
    if not doubt.field:  # of an import before doubts kept their cells
        return in_words(doubt.code)
    return sentence(Issue(doubt.code, doubt.field, doubt.value, doubt.suggestion))


def _submitted(one: Application, tz: str) -> str | None:
    moment = submitted_at(one.steps)
    return None if moment is None else clock.to_wall(moment, tz).isoformat()


def _minor(one: Application, day: dt.date) -> bool | None:
    """By the date or year of birth, else by the age that the form was answered with."""
    said = (read_age(a.answer) for a in one.answers if meaning_of(a.question).field == "age")
    person = one.person
    known = ages(person.born, person.born_partly, day) or next(filter(None, said), None)
    if known is None or known[0] < FULL_AGE <= known[1]:
        return None
    return known[1] < FULL_AGE


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _amount(amount: Money | None) -> str | None:
    return None if amount is None else str(amount)
