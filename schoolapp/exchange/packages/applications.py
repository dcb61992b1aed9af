"""The fields of ``applications``; a step that the workflow does not know is refused."""

import re
from itertools import pairwise

from schoolapp.base.language import mark
from schoolapp.domain.applications import (
    APPLICATION,
    Application,
    ApplicationState,
    ApplicationStep,
)
from schoolapp.exchange.packages.codecs import (
    BOOLEAN,
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
    reference,
    states,
)
from schoolapp.exchange.packages.fields import Field, Record
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
    return Application(**values)


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
APPLICATIONS = Record(
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
    ),
).listed(applications="code")
