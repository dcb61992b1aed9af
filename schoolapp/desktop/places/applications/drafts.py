"""The drafts that the forms of the place edit, their fields, and how they are saved."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from schoolapp.base import clock
from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop import forms
from schoolapp.desktop.kit.editing import Change
from schoolapp.domain.money import Money
from schoolapp.domain.people import PersonDraft, check_person
from schoolapp.operations import applications
from schoolapp.operations.applications import AnswerDraft, ApplicantDraft, ApplicationDraft
from schoolapp.operations.people.editing import check, find_people, name_of
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
    phone: str = ""
    born: dt.date | None = None
    gender: str | None = None
    nationality: str | None = None
    delegation_id: int | None = None
    organisation: str = ""
    module_codes: tuple[str, ...] = ()
    modules_said: str = ""
    arrival: dt.date | None = None
    departure: dt.date | None = None
    diet: str = ""
    access: str = ""
    first_time: bool | None = None
    needs_visa: bool | None = None
    asks_subsidy: bool | None = None
    asked_travel: Money | None = None
    contribution: Money | None = None
    named_fee: Money | None = None
    consent: bool | None = None
    consent_on: dt.date | None = None
    parental_consent: bool | None = None
    motivation: str = ""


_ASKED = (
    "delegation_id",
    "organisation",
    "module_codes",
    "modules_said",
    "arrival",
    "departure",
    "diet",
    "access",
    "first_time",
    "needs_visa",
    "asks_subsidy",
    "asked_travel",
    "contribution",
    "named_fee",
    "consent",
    "consent_on",
    "parental_consent",
    "motivation",
)
"""What a new application and a stored one have under the same name."""


KNOWN = ((None, ""), (True, mark("Yes")), (False, mark("No")))

_ABOUT = (
    forms.choice("delegation_id", mark("Delegation")),
    forms.text("organisation", mark("Organisation")),
    forms.many("module_codes", mark("Modules")),
    forms.text(
        "modules_said",
        mark("Modules in their own words"),
        hint=mark("What they wrote about modules that matches none of those above."),
    ),
    forms.date("arrival", mark("Arrival"), section=mark("Stay and needs"), half=True),
    forms.date("departure", mark("Departure"), half=True),
    forms.text("diet", mark("Diet")),
    forms.text("access", mark("Access needs")),
    forms.choice("first_time", mark("First time here"), KNOWN, half=True),
    forms.choice("needs_visa", mark("Needs a visa"), KNOWN, half=True),
    forms.choice("asks_subsidy", mark("Asks for a subsidy"), KNOWN, section=mark("Money")),
    forms.money("asked_travel", mark("Travel money asked for")),
    forms.money("contribution", mark("Own contribution")),
    forms.money("named_fee", mark("Fee named in the form")),
    forms.choice("consent", mark("Agreed to the privacy notice"), KNOWN, section=mark("Consent")),
    forms.date("consent_on", mark("Agreed on"), half=True),
    forms.choice("parental_consent", mark("Parental consent"), KNOWN, half=True),
)
EDITED = (
    *_ABOUT,
    forms.long_text("motivation", mark("Motivation"), section=mark("For the decision")),
    forms.language("motivation_lang", mark("Written in")),
    forms.text("endorsed_by", mark("Endorsed by"), half=True),
    forms.date("endorsed_on", mark("Endorsed on"), half=True),
    forms.long_text("note", mark("Note"), lines=2),
)
APPLICANT = (
    forms.text("display_name", mark("Name"), section=mark("Who applies")),
    forms.text("given", mark("Given name"), half=True),
    forms.text("family", mark("Family name"), half=True),
    forms.text("native_name", mark("Name in its own script")),
    forms.text("email", mark("E-mail"), code=True),
    forms.text("phone", mark("Phone"), code=True),
    forms.date("born", mark("Born"), half=True),
    forms.text("born_partly", mark("Born, if the day is not known"), code=True, half=True),
    forms.gender("gender", mark("Gender"), half=True),
    forms.text("pronouns", mark("Pronouns"), half=True),
    forms.country("country", mark("Country"), half=True),
    forms.country("nationality", mark("Nationality"), half=True),
    forms.spoken("languages", mark("Languages")),
)
ANSWER = (
    forms.text("question", mark("Question")),
    forms.long_text("answer", mark("Answer"), lines=4),
)
PRIVATE = ("diet", "access", "needs_visa", "parental_consent")
PRIVATE_OF_PERSON = ("born", "born_partly", "gender", "pronouns", "phone", "nationality")
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
    forms.text("phone", mark("Phone"), code=True),
    forms.date("born", mark("Born"), half=True),
    forms.gender("gender", mark("Gender"), half=True),
    forms.country("country", mark("Country"), half=True),
    forms.country("nationality", mark("Nationality"), half=True),
    forms.languages("languages", mark("Languages")),
    forms.long_text("motivation", mark("Motivation"), lines=3),
    *_ABOUT,
)


def check_new(draft: NewApplication) -> Mapping[str, str]:
    """What is wrong with an application to be registered."""
    wrong = {}
    if draft.arrival and draft.departure and draft.departure < draft.arrival:
        wrong["departure"] = _("The departure is before the arrival. Correct one of the days.")
    if draft.person_id is not None:
        return wrong
    if not draft.name:
        return {"name": _("Choose who applies, or write the name of a new person."), **wrong}
    found = check_person(draft.name, draft.born, draft.email or None, clock.now().date())
    return {field: _(sentence) for field, sentence in found.items()} | wrong


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
            phone=draft.phone or None,
            born=draft.born,
            gender=draft.gender,
            country=draft.country,
            nationality=draft.nationality,
            languages=tuple((tag, "") for tag in draft.languages),
        )
    return applications.save_application(
        session,
        draft=ApplicationDraft(
            gathering_id=draft.gathering_id,
            person_id=draft.person_id,
            new_person=person,
            **{name: getattr(draft, name) for name in _ASKED},
        ),
    )


def saving(draft: ApplicationDraft) -> Change[ApplicationDraft]:
    """The title of the change that saves an edited application, and its operation."""
    return _("Edit an application"), partial(save, draft)


def save(draft: ApplicationDraft, session: DbSession) -> ApplicationDraft:
    """Save an edited application and answer it as stored; runs in the database worker."""
    key = applications.save_application(session, draft=draft)
    return applications.draft_of(session, application_id=key)


def check_applicant(draft: ApplicantDraft) -> dict[str, str]:
    """What is wrong with the person who applies."""
    return {name: _(sentence) for name, sentence in check(draft).items()}


def saving_applicant(draft: ApplicantDraft) -> Change[ApplicantDraft]:
    """The title of the change that corrects who applies, and its operation."""
    title = _("Edit {name}").format(name=isolate(draft.display_name))
    return title, partial(applications.save_applicant, draft=draft)


def check_answer(draft: AnswerDraft) -> dict[str, str]:
    """What is wrong with an answer."""
    return {name: _(sentence) for name, sentence in applications.check_answer(draft).items()}


def saving_answer(draft: AnswerDraft) -> Change[None]:
    """The title of the change that keeps an answer, and its operation."""
    return _("Edit an answer"), partial(applications.save_answer, draft=draft)


def removing_answer(draft: AnswerDraft) -> Change[None]:
    """The title of the change that removes an answer, and its operation."""
    assert draft.id is not None
    removed = partial(
        applications.remove_answer, application_id=draft.application_id, answer_id=draft.id
    )
    return _("Remove an answer"), removed


def ticking(doubt_id: int, settled: bool) -> Change[None]:
    """The title of the change that ticks a doubt off or opens it again, and its operation."""
    title = _("Tick off a doubt") if settled else _("Open a doubt again")
    return title, partial(applications.tick_doubt, doubt_id=doubt_id, settled=settled)
