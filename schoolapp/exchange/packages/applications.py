"""The fields of ``applications``; a step that the workflow does not know is refused."""

import re
from itertools import pairwise

from schoolapp.base.language import mark
from schoolapp.domain.applications import (
    APPLICATION,
    Application,
    ApplicationAnswer,
    ApplicationDoubt,
    ApplicationState,
    ApplicationStep,
)
from schoolapp.exchange.packages.codecs import (
    BOOLEAN,
    DATE,
    INTEGER,
    LANGUAGE,
    MONEY,
    TEXT,
    UTC,
    Codec,
    Json,
    Known,
    Unreadable,
    Values,
    list_of,
    object_of,
    reference,
    states,
)
from schoolapp.exchange.packages.fields import Field, Record, entity
from schoolapp.exchange.packages.people import PERSON_REFERENCE

STATE = states(ApplicationState)


def _actor(value: Json, known: Known) -> str:
    """``applicant``, a person, or the name of a desk; what looks like a person must be one."""
    name = TEXT.read(value, known)
    if re.fullmatch(r"P\d+", name):
        known.find("people", name)
    return name


def _application(values: Values, known: Known) -> Application:
    steps: list[ApplicationStep] = values["steps"]
    taken = [ApplicationState(step.state) for step in steps]
    if not taken or taken[0] is not APPLICATION.initial:
        raise Unreadable(
            mark("the first state must be {state}"), state=APPLICATION.initial.value
        ).inside("transitions")
    for n, (source, target) in enumerate(pairwise(taken), 1):
        if APPLICATION.step_between(source, target) is None:
            raise (
                Unreadable(
                    mark("no step leads from {source} to {target}"),
                    source=source.value,
                    target=target.value,
                )
                .inside(n)
                .inside("transitions")
            )
    if taken[-1] is not values["state"]:
        raise Unreadable(
            mark("this says {claim}, but {follows} follows from the rest"),
            claim=values["state"].value,
            follows=taken[-1].value,
        ).inside("state")
    application = Application(**values)
    application.index_words()
    return application


TRANSITION = Record(
    lambda values, known: ApplicationStep(position=0, **values),
    (
        Field(
            "state",
            Codec(lambda value, known: STATE.read(value, known).value, str),
        ),
        Field("at", UTC),
        Field("by", Codec(_actor, str)),
        # what the program knows beyond the format
        Field("reason", TEXT, optional=True),
    ),
)
ANSWER = Record(entity(ApplicationAnswer), (Field("question", TEXT), Field("answer", TEXT)))
DOUBT = Record(
    entity(ApplicationDoubt),
    (
        Field("field", TEXT),
        Field("code", TEXT),
        Field("value", TEXT),
        Field("suggestion", TEXT, null=True),
        Field("settled_at", UTC, null=True),
        Field("settled_by", TEXT, null=True),
    ),
)
ONE = Record(
    _application,
    (
        Field("id", TEXT, "code"),
        Field("person", PERSON_REFERENCE),
        Field("state", STATE),
        Field("transitions", TRANSITION.listed(), "steps"),
        Field("motivation_lang", LANGUAGE, null=True),
        Field("needs_visa", BOOLEAN, null=True),
        Field("asks_subsidy", BOOLEAN, null=True),
        # what the program knows beyond the format
        Field("motivation", TEXT, optional=True),
        Field("asked_travel", MONEY, optional=True),
        Field("modules", list_of(TEXT), "module_codes", optional=True),
        Field("delegation", reference("delegations"), optional=True),
        Field("waiting_rank", INTEGER, optional=True),
        Field("note", TEXT, optional=True),
        Field("modules_said", TEXT, optional=True),
        Field("organisation", TEXT, optional=True),
        Field("diet", TEXT, optional=True),
        Field("access", TEXT, optional=True),
        Field("arrival", DATE, optional=True),
        Field("departure", DATE, optional=True),
        Field("first_time", BOOLEAN, optional=True),
        Field("parental_consent", BOOLEAN, optional=True),
        Field("consent", BOOLEAN, optional=True),
        Field("consent_on", DATE, optional=True),
        Field("contribution", MONEY, optional=True),
        Field("named_fee", MONEY, optional=True),
        Field("endorsed_by", TEXT, optional=True),
        Field("endorsed_on", DATE, optional=True),
        Field("answer_due", DATE, optional=True),
        Field("answers", ANSWER.listed(), optional=True),
        Field("doubts", DOUBT.listed(), optional=True),
        Field("issues", list_of(TEXT), optional=True),
        Field("source_file", TEXT, optional=True),
        Field("source_row", INTEGER, optional=True),
        Field("raw", object_of(TEXT), optional=True),
    ),
)
APPLICATIONS = ONE.listed(applications="code")
