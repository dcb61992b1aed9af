"""What is stored of an application, field by field of the form, in words."""

import datetime as dt
from collections.abc import Sequence
from textwrap import shorten

from schoolapp.base.language import _, isolate, ltr, mark
from schoolapp.desktop.look import formats
from schoolapp.desktop.places.applications.importing.words import FIELDS
from schoolapp.domain import genders
from schoolapp.domain.money import Money
from schoolapp.exchange.applications.drafts import Issue
from schoolapp.exchange.applications.flags import SENTENCES, in_words, sentence
from schoolapp.operations.applications import ApplicationDetail, DoubtRow, Written

NAMING = frozenset(
    {"full_name", "given", "middle", "prefix", "family", "second_family", "native_name", "email"}
    | {"phone", "source_id"}
)
"""The fields of a form that say who somebody is."""
_SHORTLY = {"privacy": mark("Privacy notice"), "contribution": mark("Offers")}
"""Labels that stand beside a value, where those of the form would take its room."""
_SHORT = 80  # characters of a value that is named beside a doubt
NAME_PARTS = ("full_name", "given", "middle", "prefix", "family", "second_family")


def said(detail: ApplicationDetail) -> dict[str, str]:
    """What each field of a form was stored as, in words; empty where nothing is."""
    return {
        **dict.fromkeys(NAME_PARTS, isolate(detail.name)),
        "native_name": isolate(detail.native_name) if detail.native_name else "",
        "email": ltr(detail.email) if detail.email else "",
        "phone": ltr(detail.phone) if detail.phone else "",
        "born": formats.birth(detail.born, detail.born_partly),
        "gender": _own(genders.in_words(detail.gender)),
        "pronouns": _own(detail.pronouns),
        "country": _country(detail.country),
        "nationality": _country(detail.nationality),
        "languages": formats.language_names(detail.languages),
        "delegation": _own(detail.delegation),
        "organisation": _own(detail.organisation),
        "modules": _own(", ".join(filter(None, (*detail.modules, detail.modules_said)))),
        "arrival": _day(detail.arrival),
        "departure": _day(detail.departure),
        "first_time": _fact(detail.first_time),
        "diet": _own(detail.diet),
        "access": _own(detail.access),
        "visa": _fact(detail.needs_visa),
        "subsidy": _fact(detail.asks_subsidy),
        "travel": _amount(detail.asked_travel),
        "contribution": _amount(detail.contribution),
        "fee": _amount(detail.named_fee),
        "parental_consent": _fact(detail.parental_consent),
        "privacy": _consent(detail),
        "motivation": detail.motivation,
    }


def facts(detail: ApplicationDetail, *fields: str) -> list[tuple[str, str]]:
    """Label and words of these fields, as they are shown beside each other."""
    words, labels = said(detail), FIELDS | _SHORTLY
    return [(_(labels[field]), words[field]) for field in fields]


def doubt_words(doubt: DoubtRow) -> str:
    """What is in doubt: the words of the cell, and what would be right if the program knows."""
    if not doubt.value or doubt.code not in SENTENCES:
        return in_words(doubt.code)
    return sentence(Issue(doubt.code, doubt.field, doubt.value, doubt.suggestion))


def made_of(doubt: DoubtRow, detail: ApplicationDetail) -> str:
    """What was made of a doubtful cell: what is stored now, or that nothing is."""
    words = said(detail)
    if doubt.field not in words:
        return ""
    field = _(FIELDS[doubt.field])
    if not words[doubt.field]:
        return _("{field}: left empty").format(field=field)
    kept = shorten(words[doubt.field], _SHORT, placeholder="…")
    return _("{field}: kept as {value}").format(field=field, value=kept)


def in_order(written: Sequence[Written], *, named: bool = True) -> list[Written]:
    """What was written: free answers first; without ``named`` nothing that says who it was."""
    shown = [one for one in written if named or one.field not in NAMING]
    return sorted(shown, key=lambda one: one.field not in ("motivation", "answer", None))


def is_among(text: str, written: Sequence[Written]) -> bool:
    """Whether a text stands among what was written, whatever its spaces."""
    return any(text.split() == one.answer.split() for one in written)


def heading(written: Written) -> str:
    """A question of the form, with what it was understood as where that says more."""
    question = isolate(written.question)
    meaning = _(FIELDS[written.field]) if written.field in FIELDS else ""
    if written.field == "answer" or not meaning or meaning == written.question:
        return question
    return _("{question} ({meaning})").format(question=question, meaning=meaning)


def _own(text: str) -> str:
    return isolate(text) if text else ""


def _country(code: str) -> str:
    return formats.country_name(code) if code else ""


def _day(day: dt.date | None) -> str:
    return formats.date(day) if day else ""


def _fact(fact: bool | None) -> str:
    return "" if fact is None else formats.yes_no(fact)


def _amount(amount: Money | None) -> str:
    return formats.money(amount) if amount else ""


def _consent(detail: ApplicationDetail) -> str:
    if not detail.consent or detail.consent_on is None:
        return _fact(detail.consent)
    return _("{yes}, {day}").format(
        yes=formats.yes_no(True), day=isolate(formats.date(detail.consent_on))
    )
