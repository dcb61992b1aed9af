"""One row's cells to a person and answers: what is sure is kept, the rest becomes issues."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from schoolapp.domain import births
from schoolapp.domain.money import Money
from schoolapp.domain.reading_cells import addresses, amounts, countries, dates, languages, names
from schoolapp.domain.reading_cells.cell_text import FORMULA, MOJIBAKE, clean, is_lossy
from schoolapp.domain.reading_cells.nationalities import read_nationality
from schoolapp.domain.text import fold
from schoolapp.exchange.applications.columns import OLDEST, YOUNGEST, SheetSense
from schoolapp.exchange.applications.drafts import Answers, Issue, PersonDraft
from schoolapp.exchange.applications.mapping import IN_ITS_WORDS, Column, option_language
from schoolapp.exchange.applications.sheets import UNKNOWN_RESULT, Cell
from schoolapp.exchange.applications.tables import NOTHING, text_of
from schoolapp.exchange.applications.words import currency_in, gender_of, plain_number, yes_or_no

_OWN_MARKS = ("email", "phone", "born")  # their readers trim cells themselves
_LONG = ("motivation", "access", "organisation", "answer")
_NAME_TEXT = re.compile(r"[=＝\s]*([^\W\d_][^\d=(){}<>!|&;:\"@/\\]*)")
_QUOTED = 60  # characters of a cell that an issue repeats


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell with its column: as the file has it and as cleaned text."""

    column: Column
    cell: Cell
    text: str


class RowReader:
    """Understands one row; issues gather on the way."""

    def __init__(self, cells: Iterable[tuple[Column, Cell]], sense: SheetSense) -> None:
        self.sense = sense
        self.issues: list[Issue] = []
        self._by_field: dict[str, list[Entry]] = {}
        for column, cell in cells:
            self._take(column, cell)

    def person(self) -> PersonDraft:
        """Who applies."""
        country = self._country()
        name = self._name(country)
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
            pronouns=self.text("pronouns") or None,
            phone=self._phone(),
        )

    def answers(self) -> Answers:
        """The person's other answers."""
        consent = self._yes("parental_consent")
        minor = any(issue.code == "minor" for issue in self.issues)
        if minor and self.has("parental_consent") and consent is not True:
            self._flag("minor_consent_unclear", "parental_consent", self.text("parental_consent"))
        return Answers(
            motivation=self.text("motivation") or None,
            organisation=self.text("organisation") or None,
            modules=self._modules(),
            travel=self._money("travel"),
            fee=self._money("fee"),
            contribution=self._money("contribution"),
            delegation=self.text("delegation") or None,
            diet=self.text("diet") or None,
            access=self.text("access") or None,
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
        entries = [e for name in IN_ITS_WORDS for e in self._by_field.get(name, ())]
        entries.sort(key=lambda entry: entry.column.index)
        return tuple((entry.column.heading, entry.text) for entry in entries if entry.text)

    def submitted_at(self) -> dt.datetime | None:
        """When the form was sent, if the sheet says it; wall time of the server, no zone."""
        if yes_or_no(self.text("draft")):
            self._flag("incomplete", "draft")
            return None
        if not self.has("submitted_at"):
            return None
        entry = self._by_field["submitted_at"][0]
        if not entry.text:
            self._flag("incomplete", "submitted_at")
            return None
        moment = self.sense.moment(entry.cell, entry.text)
        if moment is not None and moment.date() in dates.PLACEHOLDERS:
            self._flag("submitdate_anonymised", "submitted_at", entry.text)
            return None
        return moment

    def has(self, name: str) -> bool:
        """Whether the sheet has a column for the field."""
        return name in self._by_field

    def text(self, name: str) -> str:
        """The words of the field's own column."""
        return next((e.text for e in self._by_field.get(name, ()) if e.column.option is None), "")

    def _take(self, column: Column, cell: Cell) -> None:
        name = column.field or column.heading
        if cell == UNKNOWN_RESULT:
            self._flag("formula_cell_no_cached_value", name)
        raw = text_of(cell)
        cleaned = clean(raw, lines=column.field in _LONG)
        if raw and column.field not in _OWN_MARKS:
            for mark in sorted(cleaned.marks):
                self._flag(mark, name, raw, None if mark == FORMULA else cleaned.text[:_QUOTED])
        if column.field:
            text = raw if column.field == "email" else cleaned.text
            self._by_field.setdefault(column.field, []).append(Entry(column, cell, text))

    def _flag(self, code: str, name: str, value: str = "", suggestion: str | None = None) -> None:
        self.issues.append(Issue(code, name, value[:_QUOTED], suggestion))

    # ---- the person

    def _name(self, country: str | None) -> names.NameReading:
        if self.has("full_name"):
            text = self._name_text("full_name")
            reading = names.read_full_name(text, self.sense.spellings, country) if text else None
        else:
            given = self._name_parts("given", "middle")
            family = self._name_parts("prefix", "family", "second_family")
            if (given is None) != (family is None):  # a formula instead of one part
                known = names.read_parts(given or "", family or "", self.sense.spellings, country)
                reading = names.NameReading(
                    None, known.given, known.family, marks=known.marks - {names.ONE_WORD}
                )
            else:
                reading = self._parts(given or "", family or "", country)
        if reading is None:
            return names.NameReading(None)
        said = self.text("full_name") or f"{self.text('given')} {self.text('family')}".strip()
        hint = reading.suggestion or reading.full
        if reading.native and self.has("email"):
            hint = names.from_address(self.text("email"), reading.native)
        for mark in sorted(reading.marks):
            self._flag(mark, "full_name", said, hint if hint != said else None)
        return reading

    def _parts(self, given: str, family: str, country: str | None) -> names.NameReading | None:
        if not given and not family:
            return None
        verdict = self.sense.swapped(given, family, self.text("email"))
        if verdict is None:
            return names.read_parts(given, family, self.sense.spellings, country)
        turned = names.read_parts(family, given, self.sense.spellings, country)
        marks = turned.marks | {names.SWAPPED}
        if verdict:
            return names.NameReading(turned.full, turned.given, turned.family, marks=marks)
        return names.NameReading(None, marks=marks, suggestion=turned.full)

    def _name_parts(self, *fields: str) -> str | None:
        """The cells of one part of the name together; ``None`` if one of them is not a name."""
        texts = [self._name_text(name) for name in fields]
        return None if None in texts else " ".join(filter(None, texts))

    def _name_text(self, name: str) -> str | None:
        """The text of a name cell; ``None`` if there is a formula in its place."""
        text = self.text(name)
        if is_lossy(text):
            self._flag(MOJIBAKE, name, text)
            return None
        if not any(i.code == FORMULA and i.field == name for i in self.issues):
            return text
        match = _NAME_TEXT.fullmatch(text)
        return match[1].strip() if match else None

    def _emails(self) -> tuple[str | None, tuple[str, ...]]:
        raw = self.text("email")
        if fold(raw) in NOTHING:
            if self.has("email"):
                self._flag("email_missing", "email")
            return None, ()
        reading = addresses.read_email(raw)
        if reading.email and (better := self.sense.better_domain(reading.email)):
            marks = reading.marks | {addresses.SUSPECT}
            reading = addresses.EmailReading(None, reading.others, marks, better)
        for mark in sorted(reading.marks):
            self._flag(mark, "email", raw, reading.suggestion or reading.email)
        return reading.email, reading.others

    def _born(self) -> dt.date | None:
        if not self.has("born"):
            return None
        if fold(self.text("born")) in NOTHING:
            self._flag("missing_birth_date", "born")
            return None
        entry = self._by_field["born"][0]
        reading = self.sense.date("born", entry.cell, entry.text)
        self._date_flags("born", entry, reading)
        today = self.sense.reference_date
        if any(dates.age_on(day, today) < births.FULL_AGE for day in reading.candidates):
            self._flag("minor", "born", entry.text)
        return reading.value

    def _born_partly(self) -> str | None:
        """The year or month of birth if the cell holds nothing more exact (E29)."""
        part = births.read_part(self.text("born")) if self.has("born") else None
        ages = births.ages(None, part, self.sense.reference_date)
        if part is None or ages is None or not YOUNGEST <= ages[0] <= OLDEST:
            return None
        if ages[1] < births.FULL_AGE:
            self._flag("minor", "born", part)
        return part

    def _nationality(self) -> str | None:
        text = self.text("nationality")
        if fold(text) in NOTHING:
            return None
        if text in self.sense.countries:
            return self.sense.countries[text]
        reading = read_nationality(text, self.sense.country_language)
        for mark in reading.marks:
            self._flag(mark, "nationality", text, reading.suggestion)
        return reading.country

    def _date_flags(self, name: str, entry: Entry, reading: dates.DateReading) -> None:
        likely = reading.candidates[0].isoformat() if reading.candidates else None
        for mark in sorted(reading.marks):
            self._flag(mark, name, entry.text, likely)
        untyped = self.sense.typed and isinstance(entry.cell, str | float)
        if untyped and dates.FREE_TEXT not in reading.marks:
            self._flag("date_text", name, entry.text, likely)

    def _country(self) -> str | None:
        own = self.text("country")
        word = own or ("" if self.has("country") else self.text("delegation"))
        if word in self.sense.countries:
            return self.sense.countries[word]
        if not own:
            return countries.country_of_delegation(word) if word else None
        reading = countries.read_country(own, self.sense.country_language)
        for mark in reading.marks:
            self._flag(mark, "country", own, reading.country or reading.suggestion)
        return reading.country

    def _languages(self) -> tuple[str, ...]:
        if not self.has("languages"):
            return ()
        found: list[str] = []
        for entry in self._by_field["languages"]:
            option = entry.column.option
            if option not in (None, "other"):
                tag = option_language(option or "")
                if tag and yes_or_no(entry.text):
                    found.append(tag)
            elif fold(entry.text) not in NOTHING:
                reading = languages.read_languages(entry.text)
                found += reading.languages
                for mark in reading.marks:
                    self._flag(mark, "languages", entry.text, ", ".join(reading.languages) or None)
        if not found and not any(i.code == languages.FREE_TEXT for i in self.issues):
            self._flag("missing_languages", "languages")
        folded = any(e.column.option for e in self._by_field["languages"])
        return tuple(sorted(set(found)) if folded else dict.fromkeys(found))

    def _gender(self) -> str | None:
        text = self.text("gender")
        own = next((e.text for e in self._by_field.get("gender", ()) if e.column.option), "")
        gender = gender_of(text, self.sense.gender_letters) if text else None
        if own or (text and gender is None):
            self._flag("gender_free_text", "gender", own or text)
        return gender

    def _phone(self) -> str | None:
        text = self.text("phone")
        if not text:
            return None
        is_number = isinstance(self._by_field["phone"][0].cell, float)
        reading = addresses.read_phone(text, number=is_number)
        for mark in reading.marks:
            self._flag(mark, "phone", text, reading.suggestion)
        return reading.phone

    # ---- the answers

    def _modules(self) -> tuple[str, ...]:
        found: list[str] = []
        for entry in self._by_field.get("modules", ()):
            if entry.column.option is None:
                found += [p.strip() for p in re.split(r"[,;/|\n]", entry.text) if p.strip()]
            elif entry.column.option != "other" and yes_or_no(entry.text):
                found.append(entry.column.option)
        return tuple(dict.fromkeys(found))

    def _money(self, name: str) -> Money | None:
        if not self.text(name):
            return None
        entry = self._by_field[name][0]
        currency = currency_in(entry.column.heading, self.sense.currency)
        text = plain_number(entry.cell) if isinstance(entry.cell, float) else entry.text
        reading = amounts.read_money(text, currency)
        for mark in sorted(reading.marks):
            self._flag(mark, name, entry.text, str(reading.money) if reading.money else None)
        return reading.money

    def _stay(self, name: str) -> dt.date | None:
        if not self.text(name):
            return None
        entry = self._by_field[name][0]
        reading = self.sense.date(name, entry.cell, entry.text)
        self._date_flags(name, entry, reading)
        return reading.value

    def _yes(self, name: str) -> bool | None:
        return yes_or_no(self.text(name)) if self.text(name) else None
