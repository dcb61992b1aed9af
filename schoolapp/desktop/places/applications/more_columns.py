"""The columns of the list of applications that somebody may choose: fields, and questions."""

import json
from collections.abc import Collection, Sequence
from functools import partial
from textwrap import shorten

from schoolapp.base import settings
from schoolapp.base.language import _, isolate, mark
from schoolapp.base.settings import Settings
from schoolapp.desktop.look.formats import country_name
from schoolapp.desktop.tables import Column
from schoolapp.domain.genders import in_words
from schoolapp.operations.applications import ApplicationRow

QUESTION = "question:"
"""Begins the key of a column that shows the answers to a question."""
_HEAD = 32  # characters of a question that fit over its column
MORE: dict[str, Column[ApplicationRow]] = {
    "gender": Column.text(
        lambda row: in_words(row.gender), mark("Gender"), 8, sort="gender", private=True
    ),
    "nationality": Column.text(
        lambda row: country_name(row.nationality) if row.nationality else "",
        mark("Nationality"), 10, sort="nationality", private=True,
    ),
    "email": Column.code(lambda row: row.email, mark("E-mail"), 18, sort="email"),
    "organisation": Column.text(
        lambda row: row.organisation, mark("Organisation"), 14, sort="organisation"
    ),
    "modules": Column.text(lambda row: row.modules, mark("Modules"), 10),
    "arrival": Column.date(lambda row: row.arrival, mark("Arrival"), 9, sort="arrival"),
    "departure": Column.date(lambda row: row.departure, mark("Departure"), 9, sort="departure"),
    "first_time": Column.yes_no(
        lambda row: row.first_time, mark("First time"), 6, sort="first_time"
    ),
    "diet": Column.text(lambda row: row.diet, mark("Diet"), 12, sort="diet", private=True),
    "access": Column.text(
        lambda row: row.access, mark("Access needs"), 12, sort="access", private=True
    ),
    "consent": Column.yes_no(lambda row: row.consent, mark("Privacy notice"), 6, sort="consent"),
}  # fmt: skip


def offered(questions: Sequence[str]) -> list[tuple[str, str]]:
    """Key and words of all columns that can be chosen where these questions were asked."""
    fields = [(key, _(column.title)) for key, column in MORE.items()]
    return fields + [(f"{QUESTION}{asked}", isolate(asked)) for asked in questions]


def columns_of(keys: Collection[str], questions: Sequence[str]) -> list[Column[ApplicationRow]]:
    """The columns of these keys in the order they are offered."""
    fields = [column for key, column in MORE.items() if key in keys]
    return fields + [_of_question(asked) for asked in questions if f"{QUESTION}{asked}" in keys]


def questions_in(keys: Collection[str]) -> tuple[str, ...]:
    """The questions among the keys of columns."""
    return tuple(key.removeprefix(QUESTION) for key in keys if key.startswith(QUESTION))


def kept(values: Settings) -> tuple[str, ...]:
    """The keys that were chosen at this desk."""
    try:
        found = json.loads(values.get(settings.APPLICATION_COLUMNS))
    except ValueError:
        return ()
    return tuple(map(str, found)) if isinstance(found, list) else ()


def keep(values: Settings, keys: Sequence[str]) -> None:
    """Keep what was chosen for the next time."""
    values.put(settings.APPLICATION_COLUMNS, json.dumps([*keys], ensure_ascii=False))


def _of_question(question: str) -> Column[ApplicationRow]:
    head = shorten(question, _HEAD, placeholder="…")
    return Column.text(partial(_answer, question), head, 14, private=True)


def _answer(question: str, row: ApplicationRow) -> str:
    return " ".join(row.answers.get(question, "").split())
