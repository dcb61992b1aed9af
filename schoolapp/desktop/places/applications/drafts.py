"""The drafts that the forms of the place edit, their fields, and how they are saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from schoolapp.base import clock
from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop import forms
from schoolapp.desktop.kit.editing import Change
from schoolapp.domain.people import PersonDraft, check_person
from schoolapp.operations import applications
from schoolapp.operations.applications import ApplicationDraft
from schoolapp.operations.people.editing import find_people, name_of
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApplication:
    """An application to be registered: of a known person, or of a new one."""

    gathering_id: int = 0
    person_id: int | None = None
    name: str = ""
    email: str = ""
    country: str | None = None
    languages: tuple[str, ...] = ()
    delegation_id: int | None = None
    module_codes: tuple[str, ...] = ()
    asks_subsidy: bool = False
    needs_visa: bool = False
    motivation: str = ""


KNOWN = ((None, ""), (True, mark("Yes")), (False, mark("No")))

_ABOUT = (
    forms.choice("delegation_id", mark("Delegation")),
    forms.many("module_codes", mark("Modules")),
)
EDITED = (
    *_ABOUT,
    forms.choice("asks_subsidy", mark("Asks for a subsidy"), KNOWN, half=True),
    forms.choice("needs_visa", mark("Needs a visa"), KNOWN, half=True),
    forms.long_text("motivation", mark("Motivation")),
    forms.text("endorsed_by", mark("Endorsed by"), half=True),
    forms.date("endorsed_on", mark("Endorsed on"), half=True),
    forms.long_text("note", mark("Note"), lines=2),
)
CREATED = (
    forms.person(
        "person_id",
        mark("A person we know"),
        find_people,
        name_of,
        hint=mark("Leave this empty for somebody new."),
    ),
    forms.text("name", mark("Name of a new person")),
    forms.text("email", mark("E-mail"), code=True),
    forms.country("country", mark("Country"), half=True),
    forms.languages("languages", mark("Languages")),
    *_ABOUT,
    forms.yes_no("asks_subsidy", mark("Asks for a subsidy")),
    forms.yes_no("needs_visa", mark("Needs a visa")),
    forms.long_text("motivation", mark("Motivation"), lines=3),
)


def check_new(draft: NewApplication) -> Mapping[str, str]:
    """What is wrong with an application to be registered."""
    if draft.person_id is not None:
        return {}
    if not draft.name:
        return {"name": _("Choose who applies, or write the name of a new person.")}
    wrong = check_person(draft.name, None, draft.email or None, clock.now().date())
    return {field: _(sentence) for field, sentence in wrong.items() if field == "email"}


def creating(draft: NewApplication) -> Change[int]:
    """The title of the change that registers, and its operation."""
    name = draft.name or _("a person we know")
    title = _("Register the application of {name}").format(name=isolate(name))
    return title, partial(register, draft)


def register(draft: NewApplication, session: DbSession) -> int:
    """Register an application; runs in the database worker."""
    person = None
    if draft.person_id is None:
        person = PersonDraft(
            display_name=draft.name,
            email=draft.email or None,
            country=draft.country,
            languages=tuple((tag, "") for tag in draft.languages),
        )
    return applications.save_application(
        session,
        draft=ApplicationDraft(
            gathering_id=draft.gathering_id,
            person_id=draft.person_id,
            new_person=person,
            delegation_id=draft.delegation_id,
            module_codes=draft.module_codes,
            asks_subsidy=draft.asks_subsidy,
            needs_visa=draft.needs_visa,
            motivation=draft.motivation or None,
        ),
    )


def saving(draft: ApplicationDraft) -> Change[ApplicationDraft]:
    """The title of the change that saves an edited application, and its operation."""
    return _("Edit an application"), partial(save, draft)


def save(draft: ApplicationDraft, session: DbSession) -> ApplicationDraft:
    """Save an edited application and answer it as stored; runs in the database worker."""
    key = applications.save_application(session, draft=draft)
    return applications.draft_of(session, application_id=key)
