"""What each column of a sheet may mean: its heading, its option, its person, the cells below it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from schoolapp.domain.reading_cells.countries import read_country
from schoolapp.domain.reading_cells.languages import language_named, read_languages
from schoolapp.domain.reading_cells.no_answer import says_nothing
from schoolapp.domain.reading_cells.yes_no import yes_or_no
from schoolapp.domain.text import fold
from schoolapp.exchange.applications.options import OTHER, is_chosen, is_denied, is_level, is_other
from schoolapp.exchange.applications.persons import numbered
from schoolapp.exchange.applications.phrases import (
    NOTHING,
    Meaning,
    Strength,
    exact,
    meaning_of,
    plain,
)
from schoolapp.exchange.applications.subjects import TOWNS, Subject, folded, subject_of

Samples = Sequence[Sequence[str]]
"""The cells of each column that are not empty, as far as they were looked at."""

LISTS = ("languages", "modules")
"""Fields of which a person has several, so that several columns may hold them."""
_CHOICES = (*LISTS, "gender", "diet", "access", "visa", "subsidy", "first_time", "privacy",
            "parental_consent", "country", "nationality", "pronouns")  # fmt: skip
_LIME_CODE = re.compile(r"([A-Za-z][A-Za-z0-9_]*(?:\[[^\[\]]+\])?)\.\s+(.+)", re.DOTALL)
_PARTED = (
    re.compile(r"(.+?)\s*\[\s*([^\[\]]+?)\s*\]\s*(?:\[\s*([^\[\]]+?)\s*\])?\s*", re.DOTALL),
    re.compile(r"(.+?)\s*\((?:choice\s*=\s*)?([^()]+)\)\s*", re.DOTALL),
    re.compile(r"([^:?>]+\??)\s*(?::|>+|»)\s*(.+)", re.DOTALL),
    re.compile(r"(.+?\??)\s+[-–—|]\s+(.+)", re.DOTALL),
    re.compile(r"([^/]+)/([^/]+(?:/[^/]+)?)"),
    re.compile(r"(\w+?)(?:_{2,}|\.)(\w+)"),
)
_TICKED = ("diet", "access", "modules")  # fields of which any word may be an option
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NAMED = ("name", "full_name", "given", "family")
_VAGUE = (
    "arr",
    "dep",
    "nat",
    "nac",
    "naz",
    "time",
    "date",
    "datum",
    "data",
    "fecha",
    "contact",
    "contacto",
    "contato",
    "to",
    "from",
)
_TITLES = folded(
    "salutation title titel titre titolo titulo prefix suffix tratamiento tratamento aanhef anrede "
    "nickname initials"
)
_SECTIONS = ("name", "full_name", None)  # what stands before the heading of one part of it
_NOBODY = folded("anonymous anonyme anonym anonimo anonima anoniem unknown inconnu")
_MACHINE = ("start time", "startzeit", "heure de debut", "hora de inicio", "begintijd")
_MACHINE_COLUMNS = 5  # id, two times, address and name of the account
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:\s*[ap]\.?m\.?)?", re.IGNORECASE)
_LOOKED_AT = 300  # cells of a column


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column may mean; ``filled`` says that it holds anything at all.

    ``maybe`` is an option, if the cells turn out to be ticks.
    """

    index: int
    heading: str
    meaning: Meaning = NOTHING
    option: str | None = None
    filled: bool = True
    maybe: str | None = None

    @property
    def field(self) -> str | None:
        """The field, unless the column is about somebody else."""
        return None if self.meaning.subject is Subject.OTHER else self.meaning.field

    @property
    def is_by_stem(self) -> bool:
        """Whether only the stem of one word suggests the field."""
        return self.meaning.strength is Strength.WEAK and self.meaning.field != "name"


def guesses(headings: Sequence[str], samples: Samples | None = None) -> list[Guess]:
    """What each heading may mean, by itself; ``samples`` correct what the words alone suggest."""
    found = [guess(index, heading) for index, heading in enumerate(headings)]
    if samples is None:
        return _of_machine(found)
    found = _ticked([_seen(one, samples[one.index]) for one in found], samples)
    return _of_machine(_by_address(_bare_options(found, samples), samples))


def guess(index: int, heading: str) -> Guess:
    """What a heading means by its words."""
    text = heading.strip()
    if whole := exact(text):  # "Geb. datum" is not a code with a question
        return Guess(index, heading, Meaning(whole, Strength.EXACT))
    if lime := _LIME_CODE.fullmatch(text):
        by_code, named = guess(index, lime[1]), guess(index, lime[2])
        if by_code.field or "[" in lime[1]:
            return replace(_by_code(by_code, named), heading=heading)
        text = lime[2]
    for shape in _PARTED:
        if (parts := shape.fullmatch(text)) and (found := _in_parts(index, heading, parts)):
            return found
    meaning = meaning_of(text)
    if meaning.field is None and (parted := _CAMEL.sub(" ", text)) != text:
        meaning = meaning_of(parted)
    if meaning.field is None and (counted := numbered(text)):  # "Name2", "Participant 1"
        meaning = meaning_of(counted[0])
    return Guess(index, heading, meaning)


def _by_code(by_code: Guess, named: Guess) -> Guess:
    """What code and question of LimeSurvey mean together: ``LANG[SQ001]. Languages [English]``."""
    meaning = by_code.meaning if by_code.field else named.meaning
    says = by_code.option is not None and (
        meaning.field != "languages" or option_of(by_code.option) is not None
    )
    option = by_code.option if says else named.option or by_code.option
    return replace(by_code, meaning=meaning, option=option)


def option_of(heading: str) -> str | None:
    """The option that a heading ends with: a language, or what the form does not list."""
    option = _last_part(heading)
    if is_other(option):
        return OTHER
    return option if language_named(option) else None


def _last_part(heading: str) -> str:
    """What stands behind a question in brackets, a colon and the like; else the whole heading."""
    text = heading.strip()
    found = next((parts for shape in _PARTED if (parts := shape.fullmatch(text))), None)
    return " ".join(filter(None, found.groups()[1:])) if found else text


def _in_parts(index: int, heading: str, parts: re.Match[str]) -> Guess | None:
    """A heading in two parts: a question and its option, or a section and its question."""
    base, options = parts[1], [part.strip() for part in parts.groups()[1:] if part]
    meaning = meaning_of(base)
    if meaning.field in _CHOICES and meaning.subject is not Subject.OTHER:
        in_brackets = "[" in parts[0] or "choice" in parts[0]
        found = _with_options(Guess(index, heading, meaning), options, in_brackets=in_brackets)
        if found:
            return found
    within = exact(options[-1])
    if meaning.field in _NAMED and not within and plain(options[-1]) in _TITLES:
        return Guess(index, heading)
    if within and (meaning.field in _SECTIONS or meaning.field == within):
        words = [word for word in plain(heading).split() if word not in TOWNS]
        subject = subject_of(words, plain(options[-1]).split(), within)
        return Guess(index, heading, Meaning(within, Strength.STRIPPED, subject))
    return None


def _with_options(one: Guess, options: list[str], *, in_brackets: bool) -> Guess | None:
    """A question with what stands behind it, if that is an answer; a grid has two of them."""
    if one.field in LISTS and any(map(is_denied, options)):
        return Guess(one.index, one.heading)  # what somebody does not speak
    named = [option for option in options if not (one.field in LISTS and is_level(option))]
    if not named:
        return one
    option = " ".join(named)
    if _is_option(one.meaning, option, in_brackets=in_brackets):
        return replace(one, option=OTHER if is_other(option) else option)
    return replace(one, maybe=option) if one.field in _TICKED else None


def _is_option(meaning: Meaning, option: str, *, in_brackets: bool) -> bool:
    """Whether what stands behind a question is one of its answers, and no explanation."""
    if is_other(option):
        return True
    if meaning.field == "languages":
        return language_named(option) is not None
    return in_brackets


def _seen(one: Guess, cells: Sequence[str]) -> Guess:
    """A guess corrected by the cells of its column."""
    cells = cells[:_LOOKED_AT]
    named = [cell for cell in cells if not _NOBODY.intersection(plain(cell).split()[:1])]
    if one.field in _NAMED:
        named = [cell for cell in named if len(cell) > 1 and not says_nothing(cell)]
    meaning = one.meaning
    if one.maybe and cells and all(is_chosen(cell, one.maybe) is not None for cell in cells):
        return replace(one, option=one.maybe, filled=True)
    ticks = [cell for cell in cells if yes_or_no(cell) is not None and not _lists(cell)]
    ticks = [] if all(map(says_nothing, cells)) else ticks
    if one.field == "languages" and one.option is None and cells and len(ticks) == len(cells):
        meaning = NOTHING  # a yes names no language
    vague = plain(one.heading) in _VAGUE
    if (vague or meaning.strength <= Strength.PARTIAL) and one.option is None:
        may_be = (meaning, *meaning.instead) if meaning.field else ()
        meaning = next((other for other in may_be if _fits(other, cells)), NOTHING)
    if meaning.field == "source_id" and cells and all(map(_is_whole_phone, cells)):
        meaning = replace(meaning, field="phone")  # "Your number"
    return replace(one, meaning=meaning, filled=bool(named))


def _ticked(found: list[Guess], samples: Samples) -> list[Guess]:
    """Columns of one module each, with ticks below: "I will attend [Module 1]", "Week: Module 1".

    One such column alone may as well say which module is meant: "1" below "Module".
    """
    ticked = [
        one
        for one in found
        if one.field == "modules"
        and one.option is None
        and (cells := [cell for cell in samples[one.index][:_LOOKED_AT] if cell])
        and all(is_chosen(cell, _last_part(one.heading)) is not None for cell in cells)
    ]
    if len(ticked) < 2:
        return found
    options = {one.index: _last_part(one.heading) for one in ticked}
    return [
        replace(one, option=options[one.index]) if one.index in options else one for one in found
    ]


def _lists(cell: str) -> bool:
    """Whether a cell names several languages, the first of which may be a word for no: Hindi."""
    return "," in cell and bool(read_languages(cell).languages)


def can_be(field: str | None, text: str, *, strictly: bool = True) -> bool:
    """Whether a cell can be a value of the field; a field that is free text takes anything.

    If not ``strictly``, only addresses, dates and numbers are looked at.
    """
    test = _TESTS.get(field or "")
    if not strictly and test not in (_has_digits, _is_phone, _is_address):
        test = None
    return not text or test is None or test(text)


def _fits(meaning: Meaning, cells: Sequence[str]) -> bool:
    """Whether the cells can be what a few words of a long heading suggest."""
    test = _TESTS.get(meaning.field or "")
    if test is None or not cells:
        return True
    return sum(map(test, cells)) * 2 >= len(cells)


def _is_name(text: str) -> bool:
    return len(text.split()) <= 8 and "@" not in text and yes_or_no(text) is None


def _has_digits(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _is_moment(text: str) -> bool:
    """Whether a cell can be a day with or without its clock, and not a clock alone."""
    return sum(map(str.isdigit, text)) >= 4 and not _CLOCK.fullmatch(text)


def _is_address(text: str) -> bool:
    return "@" in text


def _is_phone(text: str) -> bool:
    return sum(sign.isdigit() for sign in text) > 5


def _is_whole_phone(text: str) -> bool:
    """Whether a cell can only be a phone number, and not one that counts rows."""
    return _is_phone(text) and text.startswith(("+", "0"))


def _is_short(text: str) -> bool:
    return len(text) <= 60


def _names_country(text: str) -> bool:
    return _is_word(text) and read_country(text, "en").country is not None


def _is_word(text: str) -> bool:
    return _is_short(text) and yes_or_no(text) is None


def _is_answer(text: str) -> bool:
    return len(text) <= 200 and sum(sign.isdigit() for sign in text) < 4


_TESTS = {
    **dict.fromkeys(("name", "full_name", "given", "family", "native_name"), _is_name),
    **dict.fromkeys(("born", "arrival", "departure", "age"), _has_digits),
    "submitted_at": _is_moment,
    **dict.fromkeys(("travel", "fee", "contribution"), _has_digits),
    **dict.fromkeys(("visa", "subsidy", "first_time", "privacy", "parental_consent"), _is_answer),
    **dict.fromkeys(("gender", "pronouns", "delegation", "nationality"), _is_word),
    "email": _is_address,
    "phone": _is_phone,
    "country": _names_country,
    "languages": lambda text: yes_or_no(text) is None,
    "source_id": _is_short,
}


def _bare_options(found: list[Guess], samples: Samples) -> list[Guess]:
    """Columns that are headed by a language alone, or behind a question that is not known.

    They are ticked below, or hold the language or its level in words.
    """
    languages = [one.index for one in found if _is_of_language(one, samples[one.index])]
    if len(languages) < 2:  # one column may ask anything about a language
        return found
    named = Meaning("languages", Strength.STRIPPED)
    given = {
        index: replace(found[index], meaning=named, option=option_of(found[index].heading))
        for index in languages
    }
    after = max(languages) + 1
    if (
        after < len(found)
        and found[after].field is None
        and is_other(_last_part(found[after].heading))
    ):
        given[after] = replace(found[after], meaning=named, option=OTHER)
    return [given.get(one.index, one) for one in found]


def _by_address(found: list[Guess], samples: Samples) -> list[Guess]:
    """A column of addresses whose heading does not say so, in a sheet without another one."""
    if any(one.meaning.field == "email" and one.filled for one in found):
        return found
    for one in found:
        cells = samples[one.index][:_LOOKED_AT]
        if one.meaning.field is None and cells and all(map(_is_address, cells)):
            subject = subject_of(plain(one.heading).split(), [], "email")
            own = replace(one, meaning=Meaning("email", Strength.WEAK, subject))
            return [own if other is one else other for other in found]
    return found


def _is_of_language(one: Guess, cells: Sequence[str]) -> bool:
    option = _last_part(one.heading)
    named = len(option) > 2 and language_named(option) is not None  # "No" and "It" are words
    return (
        named
        and one.meaning.field is None
        and all(is_chosen(cell, option) is not None for cell in cells)
    )


def _of_machine(found: list[Guess]) -> list[Guess]:
    """The account that Microsoft Forms notes by itself is not who is asked for name and address."""
    if not any(fold(one.heading) in _MACHINE for one in found[:_MACHINE_COLUMNS]):
        return found
    return [
        replace(one, meaning=replace(one.meaning, subject=Subject.ACCOUNT))
        if one.index < _MACHINE_COLUMNS and one.field in ("name", "email")
        else one
        for one in found
    ]
