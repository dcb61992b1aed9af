"""One row's cells to a person and answers: what is sure is kept, the rest becomes issues."""

import datetime as dt
import re
from collections.abc import Iterable

from schoolapp.domain import births
from schoolapp.domain.money import Money
from schoolapp.domain.reading_cells import (
    addresses,
    ages,
    amounts,
    countries,
    dates,
    gender_words,
    languages,
)
from schoolapp.domain.reading_cells.nationalities import read_nationality
from schoolapp.domain.reading_cells.no_answer import is_blank, says_nothing
from schoolapp.domain.reading_cells.yes_no import is_first_time, needs, yes_or_no
from schoolapp.domain.text import fold
from schoolapp.exchange.applications.columns import OLDEST, YOUNGEST, SheetSense, day_part
from schoolapp.exchange.applications.drafts import Answers, PersonDraft
from schoolapp.exchange.applications.mapping import IN_ITS_WORDS, Column, option_language
from schoolapp.exchange.applications.name_cells import read_name
from schoolapp.exchange.applications.row_cells import Entry, RowCells
from schoolapp.exchange.applications.sheets import Cell
from schoolapp.exchange.applications.words import currency_in, plain_number

UNCLEAR = "answer_unclear"
MINOR = "minor"
LANGUAGE_UNKNOWN = "language_unknown"
_IN_SENTENCES = {"visa": needs, "subsidy": needs, "first_time": is_first_time}
_SEVERAL = re.compile(r"[,;/|\n]|(?<=\d)\s*(?:[&+]|and|et|y|en|und|e|at)\s*(?=\d)")
_RANGE = re.compile(r"(\d{1,2})\s*[-–]\s*(\d{1,2})")


class RowReader(RowCells):
    """Understands one row; issues gather on the way."""

    def __init__(self, cells: Iterable[tuple[Column, Cell]], sense: SheetSense) -> None:
        super().__init__(cells)
        self.sense = sense

    def person(self) -> PersonDraft:
        """Who applies."""
        country = self._country()
        name = read_name(self, self.sense, country)
        email, others = self._emails()
        return PersonDraft(
            full_name=name.full,
            given=name.given,
            family=name.family,
            native_name=self.text("native_name") or name.native,
            email=email,
            other_emails=others,
            born=(born := self._born()),
            born_partly=self._born_partly() if born is None else None,
            country=country,
            nationality=self._nationality(),
            languages=self._languages(),
            gender=self._gender(),
            pronouns=self._named("pronouns"),
            phone=self._phone(),
        )

    def answers(self) -> Answers:
        """The person's other answers."""
        consent = yes_or_no(self.text("parental_consent"))
        minor = any(issue.code == MINOR for issue in self.issues)
        if minor and self.has("parental_consent") and consent is not True:
            self.flag("minor_consent_unclear", "parental_consent", self.text("parental_consent"))
        elif consent is None:
            self._yes("parental_consent")
        return Answers(
            motivation=self._said("motivation"),
            organisation=self._named("organisation"),
            modules=self._modules(),
            travel=self._money("travel"),
            fee=self._money("fee"),
            contribution=self._money("contribution"),
            delegation=self._named("delegation"),
            diet=self._said("diet"),
            access=self._said("access"),
            arrival=self._stay("arrival"),
            departure=self._stay("departure"),
            needs_visa=self._yes("visa"),
            first_time=self._yes("first_time"),
            asks_subsidy=self._yes("subsidy"),
            parental_consent=consent,
            consent=self._yes("privacy"),
        )

    def kept(self) -> tuple[tuple[str, str], ...]:
        """Question and answer of what is kept in its own words, in the order of the sheet."""
        entries = [e for name in IN_ITS_WORDS for e in self.entries(name)]
        entries.sort(key=lambda entry: entry.column.index)
        return tuple((entry.column.heading, entry.text) for entry in entries if entry.text)

    def submitted_at(self) -> dt.datetime | None:
        """When the form was sent, if the sheet says it; wall time of the server, no zone."""
        if yes_or_no(self.text("draft")):
            self.flag("incomplete", "draft")
            return None
        if not self.has("submitted_at"):
            return None
        entry = self.entries("submitted_at")[0]
        if not entry.text:
            if not self.failed("submitted_at"):
                self.flag("incomplete", "submitted_at")
            return None
        if is_blank(entry.text):
            return None
        moment = self.sense.moment(entry.cell, entry.text)
        if moment is None:
            turned = dates.is_day(day_part(entry.text))
            self.flag(dates.AMBIGUOUS if turned else dates.FREE_TEXT, "submitted_at", entry.text)
        elif moment.date() in dates.PLACEHOLDERS:
            self.flag("submitdate_anonymised", "submitted_at", entry.text)
            return None
        return moment

    def _said(self, name: str) -> str | None:
        """The words of an answer, where it is one: "-" and "n/a" are not, "none" is."""
        text = self.text(name)
        return None if is_blank(text) else _without_end(text)

    def _named(self, name: str) -> str | None:
        """The words of a field that names something: "none" names nothing."""
        text = self.text(name)
        return None if says_nothing(text) else text

    # ---- the person

    def _emails(self) -> tuple[str | None, tuple[str, ...]]:
        raw = self.text("email")
        if says_nothing(raw):
            if self.has("email") and not self.failed("email"):
                self.flag("email_missing", "email")
            return None, ()
        reading = addresses.read_email(raw)
        if reading.email and (better := self.sense.better_domain(reading.email)):
            marks = reading.marks | {addresses.SUSPECT}
            reading = addresses.EmailReading(None, reading.others, marks, better)
        for mark in sorted(reading.marks):
            self.flag(mark, "email", raw, reading.suggestion or reading.email)
        return reading.email, reading.others

    def _born(self) -> dt.date | None:
        entry = self.own("born")
        if entry is None or self.failed("born"):
            self._look_at_age()
            return None
        if says_nothing(entry.text):
            self.flag("missing_birth_date", "born")
            self._look_at_age()
            return None
        reading = self.sense.date("born", entry.cell, entry.text)
        self._date_flags("born", entry, reading)
        today = self.sense.reference_date
        if any(dates.age_on(day, today) < births.FULL_AGE for day in reading.candidates):
            self.flag(MINOR, "born", entry.text)
        return reading.value

    def _look_at_age(self) -> None:
        """Look at the age that the form asks for where it gives no date of birth."""
        age = ages.read_age(self.text("age"))
        if age is not None and age[0] < births.FULL_AGE:
            self.flag(MINOR if age[1] < births.FULL_AGE else "age_unclear", "age", self.text("age"))

    def _born_partly(self) -> str | None:
        """The year or month of birth if the cell holds nothing more exact (E29)."""
        part = births.read_part(self.text("born")) if self.has("born") else None
        found = births.ages(None, part, self.sense.reference_date)
        if part is None or found is None or not YOUNGEST <= found[0] <= OLDEST:
            return None
        if found[1] < births.FULL_AGE:
            self.flag(MINOR, "born", part)
        return part

    def _nationality(self) -> str | None:
        text = self.text("nationality")
        if says_nothing(text) and not self.sense.means_namibia(text):
            return None
        if text in self.sense.countries:
            return self.sense.countries[text]
        reading = read_nationality(text, self.sense.country_language)
        for mark in reading.marks:
            self.flag(mark, "nationality", text, reading.suggestion)
        return reading.country

    def _date_flags(self, name: str, entry: Entry, reading: dates.DateReading) -> None:
        likely = reading.candidates[0].isoformat() if reading.candidates else None
        for mark in sorted(reading.marks):
            self.flag(mark, name, entry.text, likely)
        untyped = self.sense.typed and isinstance(entry.cell, str | float)
        if untyped and dates.FREE_TEXT not in reading.marks:
            self.flag("date_text", name, entry.text, likely)

    def _country(self) -> str | None:
        own = self.text("country")
        word = own or ("" if self.has("country") else self.text("delegation"))
        if word in self.sense.countries:
            return self.sense.countries[word]
        if says_nothing(own) and not self.sense.means_namibia(own):
            if own.strip() == "NA":  # Namibia, or "not available"
                self.flag(countries.VARIANT, "country", own, "NA")
            return countries.country_of_delegation(word) if word and not own else None
        reading = countries.read_country(own, self.sense.country_language)
        for mark in reading.marks:
            self.flag(mark, "country", own, reading.country or reading.suggestion)
        return reading.country

    def _languages(self) -> tuple[str, ...]:
        entries = self.entries("languages")
        if not entries:
            return ()
        found: list[str] = []
        for entry in entries:
            listed = entry.column.option in (None, "other")
            found += self._listed(entry.text) if listed else self._option(entry)
        in_doubt = any(i.code in (languages.FREE_TEXT, LANGUAGE_UNKNOWN) for i in self.issues)
        if not found and not in_doubt and not self.failed("languages"):
            self.flag("missing_languages", "languages")
        folded = any(entry.column.option for entry in entries)
        return tuple(sorted(set(found)) if folded else dict.fromkeys(found))

    def _listed(self, text: str) -> tuple[str, ...]:
        """The languages that a cell names, with what is not understood of it flagged."""
        if says_nothing(text):
            return ()
        reading = languages.read_languages(text, tags=self.sense.tags)
        for mark in reading.marks:
            self.flag(mark, "languages", text, ", ".join(reading.languages) or None)
        if reading.unknown:
            self.flag(LANGUAGE_UNKNOWN, "languages", ", ".join(reading.unknown))
        return reading.languages

    def _option(self, entry: Entry) -> tuple[str, ...]:
        """The language of a column of its own, if the cell is ticked or gives a level."""
        option, text = entry.column.option or "", entry.text
        spoken = languages.is_spoken(text)
        if spoken is None:
            spoken = True if fold(text) == fold(option) else yes_or_no(text)
        if spoken is False or is_blank(text):
            return ()
        tag = option_language(option)
        if spoken is None or tag is None:
            self.flag(LANGUAGE_UNKNOWN, "languages", text if tag else option)
        return (tag,) if tag and spoken else ()

    def _gender(self) -> str | None:
        text = self._said("gender") or ""  # "X" is an answer here
        own = next((e.text for e in self.entries("gender") if e.column.option), "")
        gender = gender_words.gender_of(text, self.sense.gender_letters) if text else None
        if own or (text and gender is None):
            self.flag("gender_free_text", "gender", own or text)
        return gender

    def _phone(self) -> str | None:
        entry = self.own("phone")
        text = entry.text.lstrip("'") if entry else ""
        if entry is None or says_nothing(text):
            return None
        number = isinstance(entry.cell, float)
        reading = addresses.read_phone(text, number=number, zeros=self.sense.phone_zeros)
        for mark in reading.marks:
            self.flag(mark, "phone", text, reading.suggestion)
        return reading.phone

    # ---- the answers

    def _modules(self) -> tuple[str, ...]:
        found: list[str] = []
        for entry in self.entries("modules"):
            option = entry.column.option
            if option in (None, "other"):
                found += self._listed_modules(entry)
            elif self._is_ticked(option or "", entry.text):
                found.append(option or "")
        return tuple(dict.fromkeys(found))

    def _is_ticked(self, option: str, text: str) -> bool:
        """Whether the cell of an option says yes, or repeats the option."""
        ticked = True if fold(text) == fold(option) else yes_or_no(text)
        if ticked is None and not is_blank(text):
            self.flag(UNCLEAR, "modules", text)
        return bool(ticked)

    def _listed_modules(self, entry: Entry) -> list[str]:
        """The modules of a cell; "1,2" and "1-2" may have become a number or a date."""
        cell = entry.cell
        if isinstance(cell, dt.date) or (isinstance(cell, float) and not cell.is_integer()):
            self.flag("list_as_number", "modules", entry.text)
            return []
        return [] if says_nothing(entry.text) else _several(entry.text)

    def _money(self, name: str) -> Money | None:
        entry = self.own(name)
        if entry is None or says_nothing(entry.text):
            return None
        if yes_or_no(entry.text) is False and not any(map(str.isdecimal, entry.text)):
            return None
        currency = currency_in(entry.column.heading, self.sense.currency)
        if isinstance(entry.cell, float):
            reading = amounts.read_number(plain_number(entry.cell), currency)
        else:
            reading = amounts.read_money(entry.text, currency, self.sense.money[name])
        for mark in sorted(reading.marks):
            self.flag(mark, name, entry.text, str(reading.money) if reading.money else None)
        return reading.money

    def _stay(self, name: str) -> dt.date | None:
        entry = self.own(name)
        if entry is None or says_nothing(entry.text):
            return None
        reading = self.sense.date(name, entry.cell, entry.text)
        self._date_flags(name, entry, reading)
        return reading.value

    def _yes(self, name: str) -> bool | None:
        """A yes or a no; anything else that was answered is flagged and kept for a person."""
        text = self.text(name)
        answer = yes_or_no(text)
        if answer is None and name in _IN_SENTENCES:
            answer = _IN_SENTENCES[name](text)
        if answer is None and not is_blank(text):
            self.flag(UNCLEAR, name, text)
        return answer


def _without_end(text: str) -> str:
    """The options of Microsoft Forms (``Vegan;Halal;``) as others write them: ``Vegan; Halal``."""
    if not text.endswith(";") or "\n" in text:
        return text
    return "; ".join(filter(None, (part.strip() for part in text.split(";"))))


def _several(text: str) -> list[str]:
    """The parts of an answer that names several: "1, 2 and 4", "1-3"."""
    found: list[str] = []
    for part in filter(None, (piece.strip() for piece in _SEVERAL.split(text))):
        span = _RANGE.fullmatch(part)
        numbers = range(int(span[1]), int(span[2]) + 1) if span else range(0)
        found += [str(number) for number in numbers] or [part]
    return found
