"""Which column holds what: headings of the usual forms and of six languages, or a saved choice."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from schoolapp.base.language import mark
from schoolapp.domain.money import digits
from schoolapp.domain.reading_cells.countries import is_country
from schoolapp.domain.reading_cells.languages import language_named
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.applications.choosing import chosen_fields
from schoolapp.exchange.applications.guessing import Guess, Samples, guesses, option_of
from schoolapp.exchange.applications.headings import PHRASES
from schoolapp.exchange.applications.persons import persons_of, siblings
from schoolapp.exchange.applications.phrases import plain
from schoolapp.exchange.applications.subjects import Subject

Unchecked = dict[str, Any]
"""What a file gives as a mapping. Any: nothing of it was checked yet."""

_MANY = ("languages", "modules", "gender", "answer")  # fields of which columns may share one
_ORDERS = ("dmy", "mdy")
_SAME_FORM = 0.8  # of the headings that two sheets of one form share
ANSWER = "answer"  # kept in its own words, under its heading as the question
IN_ITS_WORDS = (ANSWER, "birth_place", "paid", "age")
"""Fields of which no more is understood than their words."""
FIELDS = frozenset(PHRASES) - {"name"} | {ANSWER}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet; ``option`` is the sub-question of a field folded from several.

    ``person`` counts the people of a row from 1; it is 0 where the column is about all of them.
    """

    index: int
    heading: str
    field: str | None
    option: str | None = None
    person: int = 0


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
    here, there = {plain(h) for h in headings}, {plain(h) for h in others}
    return len(here & there) / max(len(here | there), 1)


def columns_of(
    headings: Sequence[str], mapping: Mapping | None = None, samples: Samples | None = None
) -> list[Column]:
    """What each heading means: as the mapping says, else as it is guessed.

    ``samples`` are the filled cells of each column: a column without any yields to another one, and
    what a long heading suggests has to agree with them.
    """
    given = {plain(h): f for h, f in (mapping.columns if mapping else {}).items()}
    guessed = guesses(headings, samples)
    known: dict[int, str | None] = {
        one.index: given.get(plain(one.heading), one.field) for one in guessed
    }
    of_accounts = {one.index for one in guessed if one.meaning.subject is Subject.ACCOUNT}
    persons = persons_of(headings, known | dict.fromkeys(of_accounts))
    free = [one for one in guessed if plain(one.heading) not in given]
    taken = {
        (name, persons.get(index, 0))
        for index, name in known.items()
        if name and plain(headings[index]) in given and name not in _MANY
    }
    fields = chosen_fields(free, persons, taken)
    return [
        _column(one, known[one.index], persons)
        if plain(one.heading) in given
        else _column(one, fields.get(one.index), persons)
        for one in guessed
    ]


def _column(one: Guess, name: str | None, persons: dict[int, int]) -> Column:
    """A column with its field; the option is that of the heading, if the field has options."""
    option = one.option
    if name == "languages" and one.field is None:
        option = option_of(one.heading)
    return Column(one.index, one.heading, name, option if name else None, persons.get(one.index, 0))


def may_share(heading: str, other: str, name: str) -> bool:
    """Whether two columns may have the same field: of several options, or of several people."""
    one, two = guesses([heading, other])
    options = one.option is not None and two.option is not None
    return name in _MANY or options or siblings(heading, other)


def keep_unknown(columns: Sequence[Column], chosen: Mapping) -> list[Column]:
    """The columns, with what nobody understood or left out on purpose kept as an answer."""
    left_out = {plain(heading) for heading, name in chosen.columns.items() if name is None}
    return [
        column
        if column.field or plain(column.heading) in left_out
        else replace(column, field=ANSWER, option=None)
        for column in columns
    ]


def recognised(headings: Iterable[str]) -> int:
    """How many different fields the cells of a row name as headings would.

    Answers hold words of the same stems (``vegan``, ``no visa``), which are not counted.
    """
    known = {one.index for one in guesses(list(headings)) if not one.is_by_stem}
    columns = columns_of(list(headings))
    return len({column.field for column in columns if column.field and column.index in known})


def unique(headings: Sequence[str]) -> list[str]:
    """The headings made different: empty ones by their place, repeated ones by a number."""
    seen: dict[str, int] = {}
    found = []
    for index, heading in enumerate(headings):
        name = heading or f"#{index + 1}"
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found


def option_language(option: str) -> str | None:
    """The language that a sub-question such as ``fr`` or ``French`` stands for."""
    return language_named(option)
