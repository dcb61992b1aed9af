"""What a whole sheet reveals about its cells: habits of dates, spellings, language, order."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from schoolapp.domain.reading_cells import countries, dates, names
from schoolapp.domain.text import fold
from schoolapp.exchange.applications.mapping import Column, Mapping
from schoolapp.exchange.applications.sheets import Cell
from schoolapp.exchange.applications.tables import text_of
from schoolapp.exchange.applications.words import gender_letters, order_in

YOUNGEST, OLDEST = 10, 100  # ages that a birth date may give, in years
BEFORE, AFTER = dt.timedelta(days=60), dt.timedelta(days=120)  # of a stay around the reference date
_DAY_ZERO = "00:00:00"  # how a workbook shows the day number 0
_USUAL_DOMAIN = 4  # rows of a sheet that make a domain the usual one
_DATES = ("born", "arrival", "departure", "submitted_at")


@dataclass(slots=True)
class SheetSense:
    """What is known of the sheet before its rows are read one by one."""

    reference_date: dt.date
    typed: bool
    epoch_1904: bool | None
    currency: str = "EUR"
    countries: dict[str, str] = field(default_factory=dict)
    country_language: str = "en"
    spellings: names.Spellings = field(default_factory=names.Spellings)
    habits: dict[str, dates.DateHabit] = field(default_factory=dict)
    givens: Counter[str] = field(default_factory=Counter)
    families: Counter[str] = field(default_factory=Counter)
    given_first: bool | None = None
    domains: Counter[str] = field(default_factory=Counter)
    gender_letters: dict[str, str] = field(default_factory=dict)

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
        sense.spellings = names.Spellings.of([*family, *given, *full])
        shown = {c.field: order for c in columns if c.field and (order := order_in(c.heading))}
        for name in _DATES:
            seen = dates.habit(_day_part(text) for text in texts.get(name, ()))
            chosen = mapping.date_order.get(name) or (
                shown.get(name) if seen.order in (None, shown.get(name)) else None
            )
            sense.habits[name] = (
                dates.DateHabit(chosen, seen.year_first, chosen=True) if chosen else seen
            )
        sense.domains = Counter(
            t.rpartition("@")[2].strip().lower() for t in texts.get("email", ())
        )
        sense.gender_letters = gender_letters(texts.get("gender", ()))
        sense._learn_order(given, family, texts.get("email", []))
        return sense

    def date(self, name: str, cell: Cell, text: str) -> dates.DateReading:
        """A date cell of a column, whatever it is stored as."""
        earliest, latest = self._span(name)
        if isinstance(cell, dt.date):
            day = cell.date() if isinstance(cell, dt.datetime) else cell
            return dates.judge(day, earliest, latest)
        if isinstance(cell, float) and earliest.year <= cell <= latest.year:
            text = text_of(cell)  # a year alone, not the day number of a day in 1905
            return dates.DateReading(None, frozenset({dates.FREE_TEXT}))
        if text == _DAY_ZERO:
            return dates.judge(dt.date(1899, 12, 30), earliest, latest)
        if isinstance(cell, float) or re.fullmatch(r"[2-5]\d{4}", text):
            return self._serial(float(text), earliest, latest)
        return dates.read_date(_day_part(text), self.habits[name], earliest, latest)

    def moment(self, cell: Cell, text: str) -> dt.datetime | None:
        """A time stamp, if its order of day and month is known; its zone, if any, is left out."""
        if isinstance(cell, dt.datetime):
            return cell
        if isinstance(cell, dt.date):
            return dt.datetime.combine(cell, dt.time())
        seen = self.habits["submitted_at"]
        column = dates.DateHabit(seen.order, seen.year_first, chosen=seen.order is not None)
        day_text, clock = _parted(text)
        day = dates.read_date(day_text, column, dt.date(1950, 1, 1), dt.date(2150, 1, 1))
        found = day.value or next(
            (d for d in dates.PLACEHOLDERS if d.isoformat() == day_text), None
        )
        return dt.datetime.combine(found, clock) if found else None

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

    def _serial(self, number: float, earliest: dt.date, latest: dt.date) -> dates.DateReading:
        day = dates.from_serial(number, epoch_1904=bool(self.epoch_1904))
        marks = frozenset({"date_excel_serial_number"})
        if day is None:
            return dates.DateReading(None, marks | {dates.FREE_TEXT})
        judged = dates.judge(day, earliest, latest)
        sure = judged.value if self.epoch_1904 is not None else None
        return dates.DateReading(sure, judged.marks | marks, judged.candidates)


def _column(rows: Sequence[Sequence[Cell]], column: Column) -> list[str]:
    """The texts of a column, one per row."""
    return [text_of(row[column.index]) if column.index < len(row) else "" for row in rows]


def _day_part(text: str) -> str:
    return _parted(text)[0]


def _parted(text: str) -> tuple[str, dt.time]:
    """A time stamp as day and clock: ``2023/06/04 1:28:19 PM GMT+5:30``."""
    match = re.match(r"(.*?\d)[T ,]+(\d{1,2}):(\d\d)(?::(\d\d))?\D*", text.strip(), re.DOTALL)
    if not match:
        return text.strip(), dt.time()
    hour, rest = int(match[2]), text[match.end(3) :].casefold()
    if re.search(r"\bp\.?\s?m", rest) or re.search(r"\d\s*pm", rest):
        hour = hour % 12 + 12
    elif re.search(r"\ba\.?\s?m|\d\s*am", rest):
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
