"""Doubts about an application: listed, ticked off, settled by correcting what they are about."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, fields

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.domain.applications import Application, ApplicationDoubt
from schoolapp.domain.people import DRAFT_FIELDS, PersonDraft
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.people.editing import draft_of, save_person
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession

NAMES = ("display_name", "given", "family")
OF_PERSON: dict[str, tuple[str, ...]] = {
    "full_name": NAMES,
    "given": NAMES,
    "middle": NAMES,
    "prefix": NAMES,
    "family": NAMES,
    "second_family": NAMES,
    "born": ("born", "born_partly"),
    **{
        name: (name,)
        for name in ("native_name", "email", "phone", "gender", "pronouns", "country",
                     "nationality", "languages")
    },
}  # fmt: skip
"""The fields of a form that say something of the person, with the attributes that keep it."""


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """A doubt as it is listed; ``settled_at`` and ``settled_by`` say when and who looked at it."""

    id: int
    field: str
    code: str
    value: str
    suggestion: str | None
    settled_at: dt.datetime | None
    settled_by: str | None

    @property
    def settled(self) -> bool:
        """Whether somebody has looked at it."""
        return self.settled_at is not None


def rows_of(application: Application) -> tuple[DoubtRow, ...]:
    """The doubts of an application, those that are open first."""
    rows = (
        DoubtRow(d.id, d.field, d.code, d.value, d.suggestion, d.settled_at, d.settled_by)
        for d in application.doubts
    )
    return tuple(sorted(rows, key=lambda row: row.settled))


def tick_doubt(session: DbSession, *, doubt_id: int, settled: bool) -> None:
    """Tick a doubt off because somebody has looked at it, or open it again."""
    doubt = session.get(ApplicationDoubt, doubt_id)
    if doubt is None:
        raise RuleBroken(mark("This doubt was removed meanwhile."))
    if settled != (doubt.settled_at is not None):
        doubt.settled_at = clock.now() if settled else None
        doubt.settled_by = actor_of(session) if settled else None


def settle(session: DbSession, application: Application, fields: Collection[str]) -> None:
    """Tick off the open doubts about these fields of the form, because they were corrected."""
    for doubt in application.doubts:
        if doubt.field in fields and doubt.settled_at is None:
            doubt.settled_at, doubt.settled_by = clock.now(), actor_of(session)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantDraft(PersonDraft):
    """The person who applies, as a form edits one beside the application."""

    application_id: int


def save_applicant(session: DbSession, *, draft: ApplicantDraft) -> ApplicantDraft:
    """Correct who applies, and settle the doubts about what was corrected; the draft as stored."""
    application = session.get_one(Application, draft.application_id)
    assert draft.id is not None
    before = draft_of(session, person_id=draft.id)
    changed = {name for name in (*DRAFT_FIELDS, "languages") if _differ(before, draft, name)}
    save_person(session, draft=draft)
    about = {field for field, names in OF_PERSON.items() if changed.intersection(names)}
    settle(session, application, about)
    session.flush()
    return applicant(session, application_id=application.id)


def applicant(session: DbSession, *, application_id: int) -> ApplicantDraft:
    """The person who applies, as a form edits one."""
    application = session.get_one(Application, application_id)
    person = draft_of(session, person_id=application.person_id)
    values = {field.name: getattr(person, field.name) for field in fields(PersonDraft)}
    return ApplicantDraft(application_id=application_id, **values)


def _differ(one: PersonDraft, other: PersonDraft, name: str) -> bool:
    return (getattr(one, name) or None) != (getattr(other, name) or None)
