"""Which column holds what: headings of the usual forms and of six languages, or a saved choice."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from schoolapp.base.language import mark
from schoolapp.domain.money import digits
from schoolapp.domain.reading_cells.countries import is_country
from schoolapp.domain.reading_cells.languages import language_named
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.text import fold
from schoolapp.exchange.applications.headings import CONSENT, ELSEWHERE, PARENTS, PHRASES

Unchecked = dict[str, Any]
"""What a file gives as a mapping. Any: nothing of it was checked yet."""

_SUB_QUESTION = re.compile(r"(.+?)\s*\[([^\[\]]+)\]\s*")
_LIME_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:\[[^\[\]]+\])?\.\s+(.+)")
_COLON = re.compile(r"([^:?]+\??)\s*[:>–]\s+(.+)")  # Drupal: "Languages: French"
_OTHER = frozenset({"other", "autre", "otro", "otra", "anders", "iba", "andere", "دیگر", "comment"})
_FOLDED_FIELDS = ("languages", "modules", "gender", "answer")
_ORDERS = ("dmy", "mdy")
_SAME_FORM = 0.8  # of the headings that two sheets of one form share
ANSWER = "answer"  # kept in its own words, under its heading as the question
IN_ITS_WORDS = (ANSWER, "birth_place", "paid")
"""Fields of which no more is understood than their words."""
FIELDS = frozenset(PHRASES) - {"name"} | {ANSWER}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet; ``option`` is the sub-question of a field folded from several."""

    index: int
    heading: str
    field: str | None
    option: str | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    """The choices for a form: heading to field (``None``: ignored), order of dates, currency.

    ``date_order`` is ``dmy`` or ``mdy`` by field and decides ambiguous dates; ``countries`` says
    which country a word of the sheet means.
    """

    columns: dict[str, str | None] = field(default_factory=dict)
    date_order: dict[str, str] = field(default_factory=dict)
    currency: str = "EUR"
    countries: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> str:
        """The mapping as it is saved for the next sheet of the form."""
        return json.dumps(self.as_values(), ensure_ascii=False, indent=1, sort_keys=True)

    def as_values(self) -> dict[str, object]:
        """The mapping as plain values."""
        return {
            "columns": self.columns,
            "date_order": self.date_order,
            "currency": self.currency,
            "countries": self.countries,
        }

    @classmethod
    def from_json(cls, text: str | bytes) -> "Mapping":
        """A saved mapping, or a bare object of heading to field; else ``RuleBroken``."""
        try:
            value = json.loads(text)
        except (ValueError, RecursionError) as trouble:
            raise RuleBroken(mark("The mapping is not written in JSON.")) from trouble
        if not isinstance(value, dict):
            raise RuleBroken(mark("The mapping must be an object of headings and fields."))
        if not isinstance(value.get("columns"), dict):
            value = {"columns": value}
        return cls.from_values(value)

    @classmethod
    def from_values(cls, values: Unchecked) -> "Mapping":
        """The mapping that ``as_values`` gave; ``RuleBroken`` if it is not valid."""
        return _checked(values)


def _checked(value: Unchecked) -> Mapping:
    for name in value["columns"].values():
        if name is not None and (not isinstance(name, str) or name not in FIELDS):
            raise RuleBroken(
                mark("The mapping names a field that does not exist: {name}"), name=name
            )
    orders = value.get("date_order") or {}
    if not isinstance(orders, dict) or any(order not in _ORDERS for order in orders.values()):
        raise RuleBroken(mark("The order of dates in a mapping is dmy or mdy, by field."))
    countries = value.get("countries") or {}
    if not isinstance(countries, dict) or not all(map(is_country, countries.values())):
        raise RuleBroken(mark("The countries in a mapping are words with the code of a country."))
    return Mapping(value["columns"], orders, _currency(value.get("currency") or "EUR"), countries)


def _currency(code: object) -> str:
    try:
        digits(str(code))
    except ValueError:
        raise RuleBroken(
            mark("The currency in a mapping is a code of ISO 4217 such as EUR.")
        ) from None
    return str(code)


def remembered(headings: Sequence[str], saved: Iterable[Mapping]) -> Mapping | None:
    """The mapping of the form that has these headings, or nearly all of them; else ``None``."""
    best = max(saved, key=lambda mapping: _shared(headings, mapping.columns), default=None)
    return best if best is not None and same_form(headings, best.columns) else None


def same_form(headings: Iterable[str], others: Iterable[str]) -> bool:
    """Whether two sheets come from one form, which may have gained or lost a question."""
    return _shared(headings, others) >= _SAME_FORM


def _shared(headings: Iterable[str], others: Iterable[str]) -> float:
    here, there = {_plain(h) for h in headings}, {_plain(h) for h in others}
    return len(here & there) / max(len(here | there), 1)


def columns_of(headings: Sequence[str], mapping: Mapping | None = None) -> list[Column]:
    """What each heading means: as the mapping says, else as it is guessed."""
    chosen = {_plain(h): f for h, f in (mapping.columns if mapping else {}).items()}
    guessed = _name_columns([_guess(index, heading) for index, heading in enumerate(headings)])
    found: list[Column] = []
    taken = set(filter(None, chosen.values()))
    for column in guessed:
        name = column.field
        if _plain(column.heading) in chosen:
            name = chosen[_plain(column.heading)]
        elif name in taken and name not in _FOLDED_FIELDS:
            name = None
        if name and name not in _FOLDED_FIELDS:
            taken.add(name)
        found.append(Column(column.index, column.heading, name, column.option))
    return found


def keep_unknown(columns: Sequence[Column], chosen: Mapping) -> list[Column]:
    """The columns, with what nobody understood or left out on purpose kept as an answer."""
    left_out = {_plain(heading) for heading, name in chosen.columns.items() if name is None}
    return [
        column
        if column.field or _plain(column.heading) in left_out
        else replace(column, field=ANSWER, option=None)
        for column in columns
    ]


def recognised(headings: Iterable[str]) -> int:
    """How many different fields the cells of a row name as headings would."""
    return len({column.field for column in columns_of(list(headings)) if column.field})


def unique(headings: Sequence[str]) -> list[str]:
    """The headings made different: empty ones by their place, repeated ones by a number."""
    seen: dict[str, int] = {}
    found = []
    for index, heading in enumerate(headings):
        name = heading or f"#{index + 1}"
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found


def _guess(index: int, heading: str) -> Column:
    text = heading.strip()
    if whole := _phrases().get(_plain(text)):  # "Geb. datum" is not a code with a question
        return Column(index, heading, whole)
    if lime := _LIME_CODE.fullmatch(text):
        code, named = text.split(".")[0], lime[1]
        if (by_code := _guess(index, code)).field or _SUB_QUESTION.fullmatch(code):
            return Column(index, heading, by_code.field or _field(named), by_code.option)
        text = named
    if sub := _SUB_QUESTION.fullmatch(text):
        name, option = _field(sub[1]), sub[2].strip()
        if name not in _FOLDED_FIELDS:
            return Column(index, heading, name if fold(option) not in _OTHER else None)
        return Column(index, heading, name, "other" if fold(option) in _OTHER else option)
    if (sub := _COLON.fullmatch(text)) and (option := _listed(_field(sub[1]), sub[2].strip())):
        return Column(index, heading, _field(sub[1]), option)
    return Column(index, heading, _field(text) or _field(heading))


def _listed(name: str | None, option: str) -> str | None:
    """The option after a question that allows several."""
    if name in _FOLDED_FIELDS and fold(option) in _OTHER:
        return "other"
    chosen = name == "modules" or (name == "languages" and language_named(option))
    return option if chosen else None


def _field(text: str) -> str | None:
    plain = _plain(text)
    if not plain or len(plain) > 200:
        return None
    if exact := _phrases().get(plain):
        return exact
    words = plain.split()
    if PARENTS.intersection(words) and CONSENT.intersection(words):
        return "parental_consent"
    if any(_plain(word) in words for word in ELSEWHERE):
        return None
    found = [phrase for phrase in _phrases() if f" {phrase} " in f" {plain} " and len(phrase) > 2]
    return _phrases()[max(found, key=len)] if found else None


def _name_columns(columns: list[Column]) -> list[Column]:
    """Decide what a bare "Name" means: the family name beside a first name, and the like."""
    fields = {column.field for column in columns}
    meaning = "full_name"
    if "given" in fields and "family" not in fields:
        meaning = "family"
    elif "family" in fields and "given" not in fields:
        meaning = "given"
    return [
        Column(c.index, c.heading, meaning if c.field == "name" else c.field, c.option)
        for c in columns
    ]


def option_language(option: str) -> str | None:
    """The language that a sub-question such as ``fr`` or ``French`` stands for."""
    return language_named(option)


@cache
def _phrases() -> dict[str, str]:
    return {_plain(phrase): name for name, phrases in PHRASES.items() for phrase in phrases}


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+|_", " ", fold(text)).split())
