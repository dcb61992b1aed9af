"""One cell of a list to a value, by the reader of its field; what is not understood is a doubt."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from schoolapp.base.language import mark
from schoolapp.domain.reading_cells import addresses, amounts, countries, dates, languages
from schoolapp.domain.reading_cells.cell_text import clean
from schoolapp.domain.reading_cells.no_answer import is_error, says_nothing
from schoolapp.domain.reading_cells.yes_no import yes_or_no
from schoolapp.domain.text import fold
from schoolapp.exchange.applications.sheets import UNKNOWN_RESULT, Cell
from schoolapp.exchange.applications.tables import text_of
from schoolapp.exchange.lists.kinds import ListField, Reader
from schoolapp.exchange.lists.values import ListDoubt, Value

NO_NUMBER = mark("“{words}” is not a whole number.")
NO_DATE = mark("“{words}” is not a date near this gathering.")
UNCLEAR_DATE = mark("Day and month of “{words}” can be exchanged. Write it as 2027-06-29.")
NO_TIME = mark("“{words}” is not a time of day.")
NO_EMAIL = mark("“{words}” is not a valid address.")
NO_PHONE = mark("“{words}” is not a phone number.")
NO_COUNTRY = mark("“{words}” is not a country that is known.")
NO_LANGUAGE = mark("“{words}” names no language that is known.")
NO_AMOUNT = mark("“{words}” does not name one clear amount.")
NO_DAYS = mark("“{words}” does not name a first and a last day.")
NO_PRESENCE = mark("“{words}” does not say whether the person was there.")
NO_RESULT = mark("The cell holds a formula without a result.")
_QUOTED = 60  # characters of a cell that a doubt repeats
_CLOCK = re.compile(
    r"(\d{1,2})(?:\s*(?:[:.h]|uur|heures?)\s*(\d{2})?)?(?::\d{2})?\s*(a\.?\s?m\.?|p\.?\s?m\.?|h|uur)?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(.+?\d\S*)\s*(?:-|–|—|to|till|until|à|a|tot|bis|hasta)\s*(\d.*)", re.I)
_FROM_TO = re.compile(
    r"(.+?)\s*(?:–|—|\s-\s|\s(?:to|till|until|à|au|a|al|tot|t/m|bis|hasta)\s)\s*(.+)"
)
_SHORT_RANGE = re.compile(r"(\d{1,2})\.?\s*-\s*(\d{1,2}(?![-.\d]).*)")  # "21-25 October 2028"
_DAY_AND_CLOCK = re.compile(r"(.+?)[\s,T]+(\d{1,2}\s*[:.h].*)")
_THERE = frozenset({"x", "✓", "✔", "v", "p", "present", "1", "attended", "late", "here", "حاضر"})
_AWAY = frozenset({"0", "absent", "a", "-", "no show", "غیر حاضر"})


@dataclass(frozen=True, slots=True)
class Span:
    """The days that dates of a list may have, how its columns write them; the usual currency."""

    first: dt.date
    last: dt.date
    habits: dict[str, dates.DateHabit]
    currency: str = "EUR"
    paid: amounts.MoneyHabit = amounts.NO_HABIT

    def habit(self, name: str) -> dates.DateHabit:
        """How the dates of a field are written."""
        return self.habits.get(name, dates.DateHabit())


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A value, or a doubt, or neither where the cell is empty; ``until`` ends a span."""

    value: Value | None = None
    doubt: ListDoubt | None = None
    until: dt.time | dt.date | None = None


EMPTY = ReadCell()


def read_cell(field: ListField, cell: Cell, span: Span) -> ReadCell:
    """What a cell says."""
    text = clean(text_of(cell), lines=field.reader in (Reader.LONG, Reader.NAMES)).text
    if cell == UNKNOWN_RESULT or is_error(text):
        return ReadCell(doubt=ListDoubt(field.name, text[:_QUOTED], NO_RESULT))
    is_answer = field.reader is Reader.PRESENCE  # a dash there is an answer
    if not text or (says_nothing(text) and not is_answer):
        return EMPTY
    match field.reader:
        case Reader.TEXT | Reader.LONG | Reader.NAMES:
            return ReadCell(text)
        case Reader.DATE:
            return _date(field, cell, text, span)
        case Reader.DAYS:
            return _days(field, cell, text, span)
        case Reader.MONEY:
            money = amounts.read_money(text, span.currency, span.paid).money
            return ReadCell(money) if money is not None else _doubt(field, text, NO_AMOUNT)
        case Reader.TIME | Reader.MOMENT:
            return _moment(field, cell, text, span)
        case reader:
            read, sentence = _SIMPLE[reader]
            value = read(text, cell)
            return ReadCell(value) if value is not None else _doubt(field, text, sentence)


def _doubt(field: ListField, text: str, sentence: str) -> ReadCell:
    return ReadCell(doubt=ListDoubt(field.name, text[:_QUOTED], sentence))


def _number(text: str, cell: Cell) -> Value | None:
    found = re.fullmatch(r"(\d{1,6})(?:[.,]0+)?(?:\s*[^\d\s].*)?", text)
    return int(found[1]) if found else None


def _email(text: str, cell: Cell) -> Value | None:
    return addresses.read_email(text).email


def _phone(text: str, cell: Cell) -> Value | None:
    return addresses.read_phone(text, number=isinstance(cell, float)).phone


def _country(text: str, cell: Cell) -> Value | None:
    return countries.read_country(text, "en").country


def _languages(text: str, cell: Cell) -> Value | None:
    found = languages.read_languages(text)
    return found.languages or None


def _presence(text: str, cell: Cell) -> Value | None:
    word = fold(text)
    if word in _THERE:
        return True
    return False if word in _AWAY else yes_or_no(text)


_SIMPLE: dict[Reader, tuple[Callable[[str, Cell], Value | None], str]] = {
    Reader.NUMBER: (_number, NO_NUMBER),
    Reader.EMAIL: (_email, NO_EMAIL),
    Reader.PHONE: (_phone, NO_PHONE),
    Reader.COUNTRY: (_country, NO_COUNTRY),
    Reader.LANGUAGES: (_languages, NO_LANGUAGE),
    Reader.PRESENCE: (_presence, NO_PRESENCE),
}


def _date(field: ListField, cell: Cell, text: str, span: Span) -> ReadCell:
    day = _day(field, cell, text, span)
    if isinstance(day, str):
        return _doubt(field, text, day)
    return ReadCell(day)


def _days(field: ListField, cell: Cell, text: str, span: Span) -> ReadCell:
    """A first and a last day: "21 to 25 October", "21/10 - 25/10"; one day is both."""
    found = _FROM_TO.fullmatch(text) or _SHORT_RANGE.fullmatch(text)
    if isinstance(cell, dt.date) or found is None:
        day = _day(field, cell, text, span)
        return _doubt(field, text, day) if isinstance(day, str) else ReadCell(day, until=day)
    last = _day(field, found[2], found[2], span)
    begins = re.sub(r"\d+", found[1].strip(), found[2], count=1) if found[1].isdigit() else found[1]
    first = _day(field, begins, begins, span)
    if isinstance(first, str) or isinstance(last, str) or first > last:
        return _doubt(field, text, NO_DAYS)
    return ReadCell(first, until=last)


def _day(field: ListField, cell: Cell, text: str, span: Span) -> dt.date | str:
    """The day of a cell, else the sentence of its doubt."""
    if isinstance(cell, dt.date):
        day = cell.date() if isinstance(cell, dt.datetime) else cell
        return day if span.first <= day <= span.last else NO_DATE
    bare = re.sub(r"^\D*?(?=\d)", "", text) if not text[:1].isdigit() else text  # "Mon 26/10"
    for words in (text, bare):
        found = dates.read_date(words, span.habit(field.name), span.first, span.last)
        if found.value is not None:
            return found.value
        if len(found.candidates) > 1:
            return UNCLEAR_DATE
    return NO_DATE


def _moment(field: ListField, cell: Cell, text: str, span: Span) -> ReadCell:
    """A time of day, a day with a time, or the span between two times."""
    if isinstance(cell, dt.datetime):
        return ReadCell(cell if cell.year > 1904 else cell.time())
    if isinstance(cell, float) and 0 < cell < 1:  # a spreadsheet's part of a day
        minutes = round(cell * 24 * 60)
        return ReadCell(dt.time(minutes // 60 % 24, minutes % 60))
    if (at := _clock(text)) is not None:
        return ReadCell(at)
    if (parted := _RANGE.fullmatch(text)) and (until := _clock(parted[2])) is not None:
        begins = _moment(field, parted[1].strip(), parted[1].strip(), span)
        return ReadCell(begins.value, begins.doubt, until)
    both = _DAY_AND_CLOCK.fullmatch(text)
    if both is not None and (at := _clock(both[2])) is not None:
        day = _day(field, both[1], both[1], span)
        if isinstance(day, str):
            return _doubt(field, text, day)
        return ReadCell(dt.datetime.combine(day, at))
    return _doubt(field, text, NO_TIME)


def _clock(text: str) -> dt.time | None:
    """A time of day as people write it: 20:00, 20h, 9.30, 8 pm."""
    found = _CLOCK.fullmatch(dates.western(text).strip())
    if found is None or not (found[2] or found[3] or re.search(r"[:.h]", text)):
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").casefold()
    if half.startswith("p"):
        hour = hour % 12 + 12
    elif half.startswith("a"):
        hour %= 12
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None
