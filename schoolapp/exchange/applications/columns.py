"""What a whole sheet reveals about its cells: habits of dates, spellings, language, order."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from schoolapp.domain.reading_cells import (
    addresses,
    amounts,
    countries,
    dates,
    gender_words,
    languages,
    name_capitals,
)
from schoolapp.domain.text import fold
from schoolapp.exchange.applications.mapping import Column, Mapping
from schoolapp.exchange.applications.sheets import Cell
from schoolapp.exchange.applications.tables import text_of
from schoolapp.exchange.applications.words import order_in, order_of_stamps

YOUNGEST, OLDEST = 10, 100  # ages that a birth date may give, in years
BEFORE, AFTER = dt.timedelta(days=60), dt.timedelta(days=120)  # of a stay around the reference date
_DAY_ZERO = "00:00:00"  # how a workbook shows the day number 0
_USUAL_DOMAIN = 4  # rows of a sheet that make a domain the usual one
_DATES = ("born", "arrival", "departure", "submitted_at")
_AMOUNTS = ("travel", "fee", "contribution")
_EVENING = dt.time(13)  # a birth date with a later time of day was moved by a program
_UTC_EVENING = dt.time(10)  # the same where the time is in UTC: midnight in Auckland is 11:00
_EPOCH = re.compile(r"(1\d{9})(?:\.\d+)?|(1\d{12})")  # seconds or milliseconds since 1970
_SERIAL = re.compile(r"[2-5]\d{4}(?:[.,]\d+)?")


@dataclass(slots=True)
class SheetSense:
    """What is known of the sheet before its rows are read one by one."""

    reference_date: dt.date
    typed: bool
    epoch_1904: bool | None
    currency: str = "EUR"
    countries: dict[str, str] = field(default_factory=dict)
    country_language: str = "en"
    spellings: name_capitals.Spellings = field(default_factory=name_capitals.Spellings)
    habits: dict[str, dates.DateHabit] = field(default_factory=dict)
    givens: Counter[str] = field(default_factory=Counter)
    families: Counter[str] = field(default_factory=Counter)
    given_first: bool | None = None
    domains: Counter[str] = field(default_factory=Counter)
    gender_letters: dict[str, str] = field(default_factory=dict)
    money: dict[str, amounts.MoneyHabit] = field(default_factory=dict)
    phone_zeros: frozenset[int] = frozenset()
    tags: bool = False
    codes: bool = False

    @classmethod
    def of(
        cls,
        rows: Sequence[Sequence[Cell]],
        columns: Sequence[Column],
        mapping: Mapping,
        reference_date: dt.date,
        workbook: tuple[bool, bool],
    ) -> "SheetSense":
        """Look over the data rows; ``workbook`` is (typed cells, day numbers from 1904)."""
        typed, epoch_1904 = workbook
        texts = {c.field: _column(rows, c) for c in columns if c.field and c.option is None}
        sense = cls(reference_date, typed, epoch_1904 if typed else None, mapping.currency)
        sense.countries = mapping.countries
        sense.country_language = countries.main_language(
            t.strip() for t in texts.get("country", ())
        )
        full, given, family = (texts.get(f, []) for f in ("full_name", "given", "family"))
        sense.spellings = name_capitals.Spellings.of([*family, *given, *full])
        shown = {c.field: order for c in columns if c.field and (order := order_in(c.heading))}
        for name in _DATES:
            seen = _habit(name, [day_part(text) for text in texts.get(name, ())])
            chosen = mapping.date_order.get(name) or (
                shown.get(name) if seen.order in (None, shown.get(name)) else None
            )
            sense.habits[name] = (
                dates.DateHabit(chosen, seen.year_first, chosen=True) if chosen else seen
            )
        sense._decide_stamps(columns, texts.get("submitted_at", []))
        sense.domains = Counter(
            t.rpartition("@")[2].strip().lower() for t in texts.get("email", ())
        )
        headings = [column.heading for column in columns]
        own = next((c.heading for c in columns if c.field == "gender"), "")
        sense.gender_letters = gender_words.gender_letters(texts.get("gender", ()), own, headings)
        sense.money = {name: amounts.habit(_typed(rows, columns, name)) for name in _AMOUNTS}
        sense.phone_zeros = addresses.leading_zeros(texts.get("phone", ()))
        sense.tags = languages.are_tags(_typed(rows, columns, "languages"))
        sense.codes = _are_codes(texts.get("country", ()))
        sense._learn_order(given, family, texts.get("email", []))
        return sense

    def date(self, name: str, cell: Cell, text: str) -> dates.DateReading:
        """A date cell of a column, whatever it is stored as."""
        earliest, latest = self._span(name)
        if isinstance(cell, dt.date):
            day = cell.date() if isinstance(cell, dt.datetime) else cell
            clock = cell.time() if isinstance(cell, dt.datetime) else dt.time()
            reading = dates.judge(day, earliest, latest)
            return dates.shifted(reading) if _is_moved(name, clock, text) else reading
        if isinstance(cell, float) and earliest.year <= cell <= latest.year:
            text = text_of(cell)  # a year alone, not the day number of a day in 1905
            return dates.DateReading(None, frozenset({dates.FREE_TEXT}))
        if text == _DAY_ZERO:
            return dates.judge(dt.date(1899, 12, 30), earliest, latest)
        if isinstance(cell, float) or _SERIAL.fullmatch(text):
            return self._serial(name, float(text.replace(",", ".")), earliest, latest)
        day_text, clock = _parted(text)
        read = dates.read_date if name == "born" else dates.read_day
        reading = read(day_text, self.habits[name], earliest, latest)
        return dates.shifted(reading) if _is_moved(name, clock, text) else reading

    def moment(self, cell: Cell, text: str) -> dt.datetime | None:
        """A time stamp, if its order of day and month is known; its zone, if any, is left out."""
        if isinstance(cell, dt.datetime):
            return cell
        if isinstance(cell, dt.date):
            return dt.datetime.combine(cell, dt.time())
        if (counted := _counted(text)) is not None:
            return counted
        seen = self.habits["submitted_at"]
        column = dates.DateHabit(seen.order, seen.year_first, chosen=seen.order is not None)
        day_text, clock = _parted(text)
        day = dates.read_date(day_text, column, dt.date(1950, 1, 1), dt.date(2150, 1, 1))
        found = day.value or next(
            (d for d in dates.PLACEHOLDERS if d.isoformat() == day_text), None
        )
        return dt.datetime.combine(found, clock) if found else None

    def means_namibia(self, text: str) -> bool:
        """Whether "NA" is the code of a country here, and not "not available"."""
        return self.codes and text.strip() == "NA"

    def better_domain(self, address: str) -> str | None:
        """The address with the domain that others of the sheet use, if it is one slip away."""
        from rapidfuzz.distance import OSA

        local, _at, domain = address.rpartition("@")
        if self.domains[domain] > 1:
            return None
        near = (
            other
            for other, times in self.domains.most_common(10)
            if times >= _USUAL_DOMAIN and OSA.distance(domain, other, score_cutoff=1) == 1
        )
        better = next(near, None)
        return f"{local}@{better}" if better else None

    def swapped(self, given: str, family: str, email: str) -> bool | None:
        """Whether the two names are in each other's column: ``True`` sure, ``False`` likely.

        Sure if other rows use both the other way round and the address agrees; ``None`` if nothing
        speaks for it.
        """
        g, f = fold(given), fold(family)
        as_family, as_given = self.families[g], self.givens[f]  # the other way round
        turned = as_family > self.families[f] - 1 and as_given > self.givens[g] - 1
        order = _address_order(given, family, email)
        against = order is not None and self.given_first is not None and order != self.given_first
        if as_family and as_given and turned and (against or order is None):
            return against
        half = (as_family and not self.givens[g] - 1) or (as_given and not self.families[f] - 1)
        return False if against and half else None

    def _decide_stamps(self, columns: Sequence[Column], texts: Sequence[str]) -> None:
        """Find the order of time stamps that show none: by their shape, by other dates."""
        seen = self.habits["submitted_at"]
        if seen.order is not None:
            return
        heading = next((c.heading for c in columns if c.field == "submitted_at"), "")
        signs = {sign for text in texts if (sign := dates.sign_of(text))}
        others = {
            habit.order
            for name in _DATES
            if (habit := self.habits[name]).order and (not habit.signs or signs <= habit.signs)
        }
        order = order_of_stamps(heading, texts) or (others.pop() if len(others) == 1 else None)
        self.habits["submitted_at"] = dates.DateHabit(order, seen.year_first)

    def _learn_order(self, given: list[str], family: list[str], email: list[str]) -> None:
        votes: Counter[bool] = Counter()
        for g, f, e in zip(given, family, email, strict=False):
            self.givens[fold(g)] += bool(g)
            self.families[fold(f)] += bool(f)
            order = _address_order(g, f, e)
            if order is not None:
                votes[order] += 1
        if votes.total() >= 3 and (top := votes.most_common(1)[0])[1] >= 0.8 * votes.total():
            self.given_first = top[0]

    def _span(self, name: str) -> tuple[dt.date, dt.date]:
        if name == "born":
            year = self.reference_date.year
            return dt.date(year - OLDEST, 1, 1), dt.date(year - YOUNGEST, 12, 31)
        return self.reference_date - BEFORE, self.reference_date + AFTER

    def _serial(
        self, name: str, number: float, earliest: dt.date, latest: dt.date
    ) -> dates.DateReading:
        day = dates.from_serial(number, epoch_1904=bool(self.epoch_1904))
        marks = frozenset({"date_excel_serial_number"})
        if day is None:
            return dates.DateReading(None, marks | {dates.FREE_TEXT})
        judged = dates.judge(day, earliest, latest)
        if _is_moved(name, _clock_of(number), ""):
            judged = dates.shifted(judged)
        sure = judged.value if self.epoch_1904 is not None else None
        return dates.DateReading(sure, judged.marks | marks, judged.candidates)


def _column(rows: Sequence[Sequence[Cell]], column: Column) -> list[str]:
    """The texts of a column, one per row."""
    return [text_of(row[column.index]) if column.index < len(row) else "" for row in rows]


def _typed(rows: Sequence[Sequence[Cell]], columns: Sequence[Column], name: str) -> list[str]:
    """The texts of a field's column without the cells that a workbook holds as numbers."""
    places = [c.index for c in columns if c.field == name and c.option is None]
    cells = [row[at] for at in places for row in rows if at < len(row)]
    return [cell for cell in cells if isinstance(cell, str)]


def _habit(name: str, texts: list[str]) -> dates.DateHabit:
    """How the dates of a column are written; forms are stored in the order they were sent."""
    seen = dates.habit(texts)
    if name == "submitted_at" and seen.order is None:
        return dates.DateHabit(dates.order_of_sequence(texts), seen.year_first)
    return seen


def _are_codes(texts: Sequence[str]) -> bool:
    """Whether a column names its countries by codes of two letters, NA left aside."""
    filled = [text.strip() for text in texts if text.strip() and text.strip() != "NA"]
    return bool(filled) and all(countries.is_country(text) for text in filled)


def _is_moved(name: str, clock: dt.time, text: str) -> bool:
    """Whether the time of day says that a program moved the date over midnight.

    A birth has no time of day in a form; an arrival may well have one, but not in UTC.
    """
    if re.search(r"\d(?:\.\d+)?Z$", text.strip()):
        return clock >= _UTC_EVENING and clock != dt.time(12)  # noon is written on purpose
    return name == "born" and clock >= _EVENING


def _clock_of(number: float) -> dt.time:
    seconds = round((number % 1) * 86_400)
    minutes, second = divmod(min(seconds, 86_399), 60)
    return dt.time(minutes // 60, minutes % 60, second)


def _counted(text: str) -> dt.datetime | None:
    """A time stamp that is a number: seconds since 1970 (UTC) or the days of a spreadsheet."""
    if epoch := _EPOCH.fullmatch(text.strip()):
        seconds = int(epoch[1]) if epoch[1] else int(epoch[2]) // 1000
        return dt.datetime.fromtimestamp(seconds, dt.UTC).replace(tzinfo=None)
    if _SERIAL.fullmatch(text.strip()):
        number = float(text.replace(",", "."))
        day = dates.from_serial(number, epoch_1904=False)
        return dt.datetime.combine(day, _clock_of(number)) if day else None
    return None


_CLOCK = re.compile(
    r"(.*?[\d日일])(?:T|(?:[\s,|]|\s[-–]\s|\b(?:um|at|à|om|alle|kl|às|a las|ng)\b\.?)+)"
    r"(\d{1,2})[:h](\d\d)(?::(\d\d))?",
    re.DOTALL | re.IGNORECASE,
)


# 12/05/2027 10.30.00, 12.05.2027, 10.30 Uhr: a clock with points, behind a year
_POINTS = re.compile(r"(.*\d{4})[\s,]+(\d{1,2})\.(\d\d)(?:\.(\d\d))?(?=\D|$)", re.DOTALL)


def day_part(text: str) -> str:
    """The day of a time stamp, without its clock."""
    return _parted(text)[0]


def _parted(text: str) -> tuple[str, dt.time]:
    """A time stamp as day and clock: ``2023/06/04 1:28:19 PM GMT+5:30``."""
    match = _CLOCK.match(text.strip()) or _POINTS.match(text.strip())
    if not match:
        return text.strip(), dt.time()
    hour, rest = int(match[2]), text.strip()[match.end() :].casefold()
    if re.match(r"[.\d]*\s*p\.?\s?m", rest):
        hour = hour % 12 + 12
    elif re.match(r"[.\d]*\s*a\.?\s?m", rest):
        hour %= 12
    try:
        return match[1], dt.time(hour, int(match[3]), int(match[4] or 0))
    except ValueError:
        return match[1], dt.time()


def _address_order(given: str, family: str, email: str) -> bool | None:
    """Whether an address names the given name first; ``None`` if it does not name both."""
    local = fold(email.split("@")[0])
    first = fold(given).split()[:1]
    last = fold(family).split()[-1:]
    if not first or not last or first == last:
        return None
    a, b = local.find(first[0]), local.find(last[0])
    return a < b if a >= 0 and b >= 0 else None
