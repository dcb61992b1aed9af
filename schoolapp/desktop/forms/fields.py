"""The fields of a form, declared once: a name in the draft, a label, and how it is edited."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from schoolapp.base.language import _, mark
from schoolapp.desktop.bridge.tasks import Tasks
from schoolapp.desktop.forms import editors, lists, lookups, reading
from schoolapp.desktop.forms.choices import Choices
from schoolapp.desktop.forms.editors import Editor
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.look import Look


@dataclass(frozen=True, slots=True)
class Field:
    """``name`` is the draft's attribute and the object name of the editor, for tests.

    ``label``, ``hint`` and ``section`` are marked for translation; a ``section`` starts a group
    under that heading. Two ``half`` fields in a row share a line.
    """

    name: str
    label: str
    make: Callable[[Tasks], Editor]
    hint: str = ""
    section: str = ""
    half: bool = False
    labelled: bool = True  # a check box carries its own words


def text(name: str, label: str, *, code: bool = False, **more: Any) -> Field:
    """One line; ``code`` for addresses and numbers that always run from left to right."""
    return Field(name, label, partial(_line, code), **more)


def long_text(name: str, label: str, *, lines: int = 4, **more: Any) -> Field:
    """Several lines."""
    return Field(name, label, partial(_long, lines), **more)


def number(name: str, label: str, **more: Any) -> Field:
    """A whole number or None."""
    sentence = mark("This is not a whole number. Write it as 28.")
    return Field(
        name,
        label,
        partial(_reader, editors.read_whole, str, editors.nothing, sentence, ""),
        **more,
    )


def decimal(name: str, label: str, **more: Any) -> Field:
    """A number with decimals or None."""
    sentence = mark("This is not a number. Write it as 12.5.")
    return Field(
        name,
        label,
        partial(_reader, editors.read_decimal, str, editors.nothing, sentence, ""),
        **more,
    )


def date(name: str, label: str, **more: Any) -> Field:
    """A date or None."""
    sentence = mark("This is not a date. Write it as 29 6 2027 or 2027-06-29.")
    read, say = editors.read_near_today, editors.say_date
    return Field(name, label, partial(_reader, read, str, say, sentence, "2027-06-29"), **more)


def time(name: str, label: str, **more: Any) -> Field:
    """A time of day or None."""
    sentence = mark("This is not a time. Write it as 9:30.")
    read, write = reading.read_time, editors.write_time
    return Field(
        name, label, partial(_reader, read, write, formats.time, sentence, "09:30"), **more
    )


def moment(name: str, label: str, **more: Any) -> Field:
    """A wall date and time or None; the zone is that of the gathering."""
    return Field(name, label, _moment, **more)


def money(name: str, label: str, *, currency: str = "EUR", **more: Any) -> Field:
    """An amount of money or None; ``currency`` is offered first."""
    return Field(name, label, partial(_money, currency), **more)


def choice(name: str, label: str, choices: Choices = (), **more: Any) -> Field:
    """One of a few values; ``Form.offer`` gives other ones later."""
    return Field(name, label, partial(_choice, choices), **more)


def many(name: str, label: str, choices: Choices = (), **more: Any) -> Field:
    """Any of a few values, as a tuple."""
    return Field(name, label, partial(_many, choices), **more)


def yes_no(name: str, label: str, **more: Any) -> Field:
    """A fact that holds or does not."""
    return Field(name, label, partial(_yes_no, label), labelled=False, **more)


def languages(name: str, label: str, **more: Any) -> Field:
    """Languages, as a tuple of codes."""
    return Field(name, label, _languages, **more)


def language(name: str, label: str, **more: Any) -> Field:
    """One language, as a code or None."""
    return Field(name, label, _language, **more)


def spoken(name: str, label: str, **more: Any) -> Field:
    """Languages with levels, as pairs of code and level."""
    return Field(name, label, _spoken, **more)


def country(name: str, label: str, **more: Any) -> Field:
    """A country, as its ISO 3166-1 code or None."""
    return Field(name, label, _country, **more)


def days(name: str, label: str, **more: Any) -> Field:
    """Several dates, as a sorted tuple."""
    return Field(name, label, _days, **more)


def named_dates(name: str, label: str, words: Mapping[str, str], **more: Any) -> Field:
    """A date or none for each of a few names, as pairs; ``words`` are marked."""
    make = partial(_named, words, date("", "").make)
    return Field(name, label, make, section=label, labelled=False, **more)


def named_money(
    name: str, label: str, words: Mapping[str, str], *, currency: str = "EUR", **more: Any
) -> Field:
    """An amount or none for each of a few names, as pairs; ``words`` are marked."""
    make = partial(_named, words, partial(_money, currency))
    return Field(name, label, make, section=label, labelled=False, **more)


def spans(name: str, label: str, look: Look, **more: Any) -> Field:
    """From when to when, once or several times: pairs of wall moments."""
    return Field(name, label, partial(_spans, look), **more)


def person(
    name: str,
    label: str,
    search: Callable[[Any, str], lookups.Found],
    name_of: Callable[[Any, int], str],
    **more: Any,
) -> Field:
    """A person by id, or None; both functions run in the database worker."""
    return Field(name, label, partial(_person, search, name_of), **more)


def _line(code: bool, tasks: Tasks) -> Editor:
    return editors.LineEditor(code=code)


def _long(lines: int, tasks: Tasks) -> Editor:
    return editors.LongTextEditor(lines)


def _reader(
    read: Callable[[str], Any],
    write: Callable[[Any], str],
    say: Callable[[Any], str],
    sentence: str,
    placeholder: str,
    tasks: Tasks,
) -> Editor:
    return editors.ReadEditor(read, write, say, sentence, placeholder)


def _moment(tasks: Tasks | None = None) -> editors.ReadEditor:
    sentence = mark("This is not a date and time. Write it as 2027-06-29 9:30.")
    read, write = editors.read_moment_near_today, editors.write_moment
    return editors.ReadEditor(read, write, formats.moment, sentence, "2027-06-29 09:30")


def _money(currency: str, tasks: Tasks) -> Editor:
    return editors.MoneyEditor(currency)


def _choice(choices: Choices, tasks: Tasks) -> Editor:
    return editors.ChoiceEditor(choices)


def _many(choices: Choices, tasks: Tasks) -> Editor:
    return editors.ManyEditor(choices)


def _yes_no(words: str, tasks: Tasks) -> Editor:
    return editors.YesNoEditor(_(words))


def _languages(tasks: Tasks) -> Editor:
    return lookups.LanguagesEditor()


def _language(tasks: Tasks) -> Editor:
    return lookups.LanguageEditor()


def _spoken(tasks: Tasks) -> Editor:
    return lookups.SpokenEditor()


def _country(tasks: Tasks) -> Editor:
    return lookups.CountryEditor()


def _days(tasks: Tasks) -> Editor:
    return lists.DaysEditor()


def _named(words: Mapping[str, str], make: Callable[[Tasks], Editor], tasks: Tasks) -> Editor:
    return lists.NamedEditor(words, partial(make, tasks))


def _spans(look: Look, tasks: Tasks) -> Editor:
    return lists.SpansEditor(look, _moment)


def _person(
    search: Callable[[Any, str], lookups.Found],
    name_of: Callable[[Any, int], str],
    tasks: Tasks,
) -> Editor:
    return lookups.PersonEditor(tasks, search, name_of)
