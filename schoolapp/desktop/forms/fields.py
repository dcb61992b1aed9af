"""The fields of a form, declared once: a name in the draft, a label, and how it is edited."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypedDict, Unpack

from schoolapp.base.language import _, mark
from schoolapp.desktop.bridge.tasks import Tasks
from schoolapp.desktop.forms import choosing, editors, lookups, reading, several
from schoolapp.desktop.forms.choices import Choices
from schoolapp.desktop.forms.editors import AnyEditor, V
from schoolapp.desktop.forms.moments import MomentEditor
from schoolapp.desktop.forms.name_search import Search
from schoolapp.desktop.forms.people import Names, PeopleEditor
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.look import Look
from schoolapp.domain import genders
from schoolapp.domain.money import FEE_BANDS

if TYPE_CHECKING:
    from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class Field:
    """``name`` is the draft's attribute and the object name of the editor, for tests.

    ``label``, ``hint`` and ``section`` are marked for translation; a ``section`` starts a group
    under that heading. Two ``half`` fields in a row share a line.
    """

    name: str
    label: str
    make: Callable[[Tasks], AnyEditor]
    hint: str = ""
    section: str = ""
    half: bool = False
    labelled: bool = True  # a check box carries its own words


class Whole(TypedDict, total=False):
    """What a field that has a section of its own may say beyond its name and its label."""

    hint: str
    half: bool


class More(Whole, total=False):
    """What any other field may say."""

    section: str


def text(name: str, label: str, *, code: bool = False, **more: Unpack[More]) -> Field:
    """One line; ``code`` for addresses and numbers that always run from left to right."""
    return Field(name, label, partial(_line, code), **more)


def long_text(name: str, label: str, *, lines: int = 4, **more: Unpack[More]) -> Field:
    """Several lines."""
    return Field(name, label, partial(_long, lines), **more)


def number(name: str, label: str, **more: Unpack[More]) -> Field:
    """A whole number or None."""
    sentence = mark("This is not a whole number. Write it as 28.")
    return Field(
        name,
        label,
        partial(_reader, editors.read_whole, str, editors.nothing, sentence, ""),
        **more,
    )


def decimal(name: str, label: str, **more: Unpack[More]) -> Field:
    """A number with decimals or None."""
    sentence = mark("This is not a number. Write it as 12.5.")
    return Field(
        name,
        label,
        partial(_reader, editors.read_decimal, str, editors.nothing, sentence, ""),
        **more,
    )


def date(name: str, label: str, **more: Unpack[More]) -> Field:
    """A date or None."""
    sentence = mark("This is not a date. Write it as 29 6 2027 or 2027-06-29.")
    read, say = editors.read_near_today, editors.say_date
    return Field(name, label, partial(_reader, read, str, say, sentence, "29 6 2027"), **more)


def time(name: str, label: str, **more: Unpack[More]) -> Field:
    """A time of day or None."""
    sentence = mark("This is not a time. Write it as 9:30.")
    read, write = reading.read_time, editors.write_time
    return Field(name, label, partial(_reader, read, write, formats.time, sentence, "9:30"), **more)


def moment(name: str, label: str, **more: Unpack[More]) -> Field:
    """A wall date and time or None; the zone is that of the gathering.

    A time alone is one of the day that was shown, ``+90`` is ninety minutes later.
    """
    return Field(name, label, _moment, **more)


def money(name: str, label: str, *, currency: str = "EUR", **more: Unpack[More]) -> Field:
    """An amount of money or None; ``currency`` is offered first."""
    return Field(name, label, partial(_money, currency), **more)


def choice(name: str, label: str, choices: Choices[V] = (), **more: Unpack[More]) -> Field:
    """One of a few values; ``Form.offer`` gives other ones later."""
    return Field(name, label, partial(_choice, choices), **more)


def many(name: str, label: str, choices: Choices[V] = (), **more: Unpack[More]) -> Field:
    """Any of a few values, as a tuple."""
    return Field(name, label, partial(_many, choices), **more)


def yes_no(name: str, label: str, **more: Unpack[More]) -> Field:
    """A fact that holds or does not."""
    return Field(name, label, partial(_yes_no, label), labelled=False, **more)


def languages(name: str, label: str, **more: Unpack[More]) -> Field:
    """Languages, as a tuple of codes."""
    return Field(name, label, _languages, **more)


def language(name: str, label: str, **more: Unpack[More]) -> Field:
    """One language, as a code or None."""
    return Field(name, label, _language, **more)


def spoken(name: str, label: str, **more: Unpack[More]) -> Field:
    """Languages with levels, as pairs of code and level."""
    return Field(name, label, _spoken, **more)


def country(name: str, label: str, **more: Unpack[More]) -> Field:
    """A country, as its ISO 3166-1 code or None."""
    return Field(name, label, _country, **more)


def fee_band(name: str, label: str, **more: Unpack[More]) -> Field:
    """The band of somebody's fees, or None."""
    return choice(name, label, ((None, ""), *((band, band) for band in FEE_BANDS)), **more)


def gender(name: str, label: str, **more: Unpack[More]) -> Field:
    """A gender: one of our words, the person's own, or None."""
    return Field(name, label, _gender, **more)


def days(name: str, label: str, **more: Unpack[More]) -> Field:
    """Several dates, as a sorted tuple."""
    return Field(name, label, _days, **more)


def named_dates(name: str, label: str, words: Mapping[str, str], **more: Unpack[Whole]) -> Field:
    """A date or none for each of a few names, as pairs; ``words`` are marked."""
    make = partial(_named, words, date("", "").make)
    return Field(name, label, make, section=label, labelled=False, **more)


def named_money(
    name: str, label: str, words: Mapping[str, str], *, currency: str = "EUR", **more: Unpack[Whole]
) -> Field:
    """An amount or none for each of a few names, as pairs; ``words`` are marked."""
    make = partial(_named, words, partial(_money, currency))
    return Field(name, label, make, section=label, labelled=False, **more)


def named_texts(
    name: str, label: str, words: Mapping[str, str], hidden: str, **more: Unpack[Whole]
) -> Field:
    """A line of text or none for each of a few names, as pairs; ``words`` are marked.

    The name that is ``hidden`` has a line only where it has a text.
    """
    make = partial(_named, words, text("", "").make, hidden=(hidden,))
    return Field(name, label, make, section=label, labelled=False, **more)


def spans(name: str, label: str, look: Look, **more: Unpack[More]) -> Field:
    """From when to when, once or several times: pairs of wall moments."""
    return Field(name, label, partial(_spans, look), **more)


def person(
    name: str,
    label: str,
    search: Search,
    name_of: "Callable[[DbSession, int], str]",
    **more: Unpack[More],
) -> Field:
    """A person by id, or None; both functions run in the database worker."""
    return Field(name, label, partial(_person, search, name_of), **more)


def people(
    name: str,
    label: str,
    look: Look,
    search: Search,
    names: Names,
    *,
    new: bool = True,
    **more: Unpack[More],
) -> Field:
    """People in order, known ones by id and new ones by name; both functions run in the worker.

    Without ``new`` only known people can be chosen.
    """
    return Field(name, label, partial(_people, look, search, names, new), **more)


def _line(code: bool, tasks: Tasks) -> AnyEditor:
    return editors.TextEditor(code=code)


def _long(lines: int, tasks: Tasks) -> AnyEditor:
    return editors.LongTextEditor(lines)


def _reader(
    read: Callable[[str], V | None],
    write: Callable[[V], str],
    say: Callable[[V], str],
    sentence: str,
    placeholder: str,
    tasks: Tasks,
) -> AnyEditor:
    return editors.ReadEditor(read, write, say, sentence, placeholder)


def _moment(tasks: Tasks | None = None) -> MomentEditor:
    return MomentEditor()


def _money(currency: str, tasks: Tasks) -> AnyEditor:
    return editors.MoneyEditor(currency)


def _choice(choices: Choices[V], tasks: Tasks) -> AnyEditor:
    return choosing.ChoiceEditor(choices)


def _many(choices: Choices[V], tasks: Tasks) -> AnyEditor:
    return choosing.ManyEditor(choices)


def _yes_no(words: str, tasks: Tasks) -> AnyEditor:
    return choosing.YesNoEditor(_(words))


def _languages(tasks: Tasks) -> AnyEditor:
    return lookups.LanguagesEditor()


def _language(tasks: Tasks) -> AnyEditor:
    return lookups.LanguageEditor()


def _spoken(tasks: Tasks) -> AnyEditor:
    return lookups.SpokenEditor()


def _country(tasks: Tasks) -> AnyEditor:
    return lookups.CountryEditor()


def _gender(tasks: Tasks) -> AnyEditor:
    return editors.OwnWordEditor(genders.all_words, genders.from_words, genders.in_words)


def _days(tasks: Tasks) -> AnyEditor:
    return several.DaysEditor()


def _named(
    words: Mapping[str, str],
    make: Callable[[Tasks], AnyEditor],
    tasks: Tasks,
    hidden: Collection[str] = (),
) -> AnyEditor:
    return several.NamedEditor(words, partial(make, tasks), hidden)


def _spans(look: Look, tasks: Tasks) -> AnyEditor:
    return several.SpansEditor(look, _moment)


def _person(
    search: Search,
    name_of: "Callable[[DbSession, int], str]",
    tasks: Tasks,
) -> AnyEditor:
    return lookups.PersonEditor(tasks, search, name_of)


def _people(look: Look, search: Search, names: Names, new: bool, tasks: Tasks) -> PeopleEditor:
    return PeopleEditor(look, tasks, search, names, new=new)
