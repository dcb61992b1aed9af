"""One cell of a list to a value, by the reader of its field; what is not understood is a doubt."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
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
UNCLEAR_DATE = mark("“{words}” is {first} or {second}. Write it as one of these two.")
NO_TIME = mark("“{words}” is not a time of day.")
NO_EMAIL = mark("“{words}” is not a valid address.")
NO_PHONE = mark("“{words}” is not a phone number.")
NO_COUNTRY = mark("“{words}” is not a country that is known.")
NO_LANGUAGE = mark("“{words}” names no language that is known.")
ROUGHLY = mark("“{words}” is taken as {first}.")
NO_AMOUNT = mark("“{words}” does not name one clear amount.")
NO_DAYS = mark("“{words}” does not name a first and a last day.")
NO_PRESENCE = mark("“{words}” does not say whether the person was there.")
NO_RESULT = mark("The cell holds a formula without a result.")
_QUOTED = 60  # characters of a cell that a doubt repeats
_CLOCK = re.compile(
    r"(\d{1,2})(?:\s*(?:[:.h]|uur|uhr|u|heures?)\s*(\d{2})?)?(?::\d{2})?"
    r"\s*(a\.?\s?m\.?|p\.?\s?m\.?|h|u|uur|uhr|hrs?|horas?)?\.?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(.+?\d\S*)\s*(?:-|–|—|to|till|until|à|a|tot|bis|hasta)\s*(\d.*)", re.I)
_FROM_TO = re.compile(
    r"(.+?)\s*(?:–|—|\s-\s|\s(?:to|till|until|à|au|a|al|tot|t/m|bis|hasta)\s)\s*(.+)"
)
_SHORT_RANGE = re.compile(r"(\d{1,2})\.?\s*-\s*(\d{1,2}(?![-.\d]).*)")  # "21-25 October 2028"
_DAY_AND_CLOCK = re.compile(r"(.+)[\s,T]+(\d{1,2}\s*[:.h].*)")
_THERE = frozenset({"x", "✓", "✔", "v", "p", "present", "1", "attended", "here", "حاضر"})
_AWAY = frozenset({"0", "absent", "a", "-", "no show", "غیر حاضر"})
_OTHERWISE = {
    word: state
    for state, words in (
        ("late", "late, l, tardy, arrived late, late arrival, en retard, retard, tarde, "
         "con retraso, retraso, tardanza, te laat, laat, zu spät, verspätet, atrasado, "
         "atrasada, atraso, nahuli, huli, دیر سے"),
        ("left_early", "left early, early leave, parti tôt, partie tôt, salió antes, vroeg weg, "
         "eerder weg, früher gegangen, saiu mais cedo, maagang umalis"),
        ("excused", "excused, e, exc, excuse, apologies, apologised, with notice, on leave, "
         "excusé, excusée, justificado, justificada, excusado, excusada, afgemeld, "
         "verontschuldigd, met bericht, entschuldigt, justificou, pinahintulutan, معذرت, رخصت"),
    )
    for word in map(fold, words.split(", "))
}  # fmt: skip
"""What a column of who was there may say that is neither yes nor no: the mark that it is."""
_THOUSANDS = re.compile(r"\d{1,3}(?:([.,' \u00a0\u202f])\d{3})(?:\1\d{3})*")
_PARTS = re.compile(
    r"(?:(\d+)\s*(?:h|hr|hrs|std|hours?)\.?)?\s*(?:(\d+)\s*m[a-z]*\.?)?\s*(?:(\d+)\s*s[a-z]*\.?)?"
)
_HALF = 30  # seconds that make another minute
_ABOUT = re.compile(
    r"(?:about|approx(?:\.|imately)?|around|some|ca?\.?|circa|environ|env\.|unos|unas|"
    r"aprox(?:\.|imadamente)?|ongeveer|ong\.|etwa|ungefähr|cerca de|mga|max(?:\.|imum)?|up to|"
    r"at least|min\.|[~≈±<>≤≥+])\s*(\d.*)",
    re.IGNORECASE,
)


AROUND = dt.timedelta(days=60)
"""How far dates of a list may lie from the gathering."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days of the gathering, how the columns of dates write them; the usual currency."""

    first: dt.date
    last: dt.date
    habits: dict[str, dates.DateHabit]
    currency: str = "EUR"
    paid: amounts.MoneyHabit = amounts.NO_HABIT

    @property
    def earliest(self) -> dt.date:
        """The first day that a list may name."""
        return self.first - AROUND

    @property
    def latest(self) -> dt.date:
        """The last day that a list may name."""
        return self.last + AROUND

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
        case Reader.NUMBER:
            return _count(field, text)
        case Reader.TIME | Reader.MOMENT:
            return _moment(field, cell, text, span)
        case reader:
            read, sentence = _SIMPLE[reader]
            value = read(text, cell)
            return ReadCell(value) if value is not None else _doubt(field, text, sentence)


def _doubt(field: ListField, text: str, sentence: str) -> ReadCell:
    return ReadCell(doubt=ListDoubt(field.name, text[:_QUOTED], sentence))


def _count(field: ListField, text: str) -> ReadCell:
    """A whole number; 1.200 is one, "about 30" is 30 and said, "20-25" is in doubt."""
    plain = dates.western(text)
    about = _ABOUT.fullmatch(plain)
    number = _number(about[1] if about else plain)
    if number is None:
        return _doubt(field, text, NO_NUMBER)
    said = ListDoubt(field.name, text[:_QUOTED], ROUGHLY, str(number))
    return ReadCell(number, doubt=said if about else None)


def _number(text: str) -> int | None:
    """The only number of a text that begins with it: "20 pers.", "1 200", "30,0"."""
    found = re.fullmatch(r"(\d[\d.,' \u00a0\u202f]*)([^\d]*)", text)
    if found is None or re.match(r"[-–—+/]|to\b|or\b", found[2].strip()):
        return None
    digits = found[1].strip(" .,'\u00a0\u202f")
    if _THOUSANDS.fullmatch(digits):
        return int(re.sub(r"\D", "", digits))
    whole = re.fullmatch(r"(\d{1,6})(?:[.,]0+)?", digits)
    return int(whole[1]) if whole else None


def _duration(text: str, cell: Cell) -> Value | None:
    """Whole minutes: 92, "88 min", "1h 28m 49s", 1:28:49."""
    plain = fold(dates.western(text))
    if found := re.fullmatch(r"(\d+):(\d\d):(\d\d)", plain):
        hours, minutes, seconds = map(int, found.groups())
    elif found := re.fullmatch(r"(\d+)(?:[.,]0+)?(?:\s*min\w*\.?)?", plain):
        hours, minutes, seconds = 0, int(found[1]), 0
    elif found := _PARTS.fullmatch(plain):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
    else:
        return None
    return hours * 60 + minutes + (seconds >= _HALF)


def _email(text: str, cell: Cell) -> Value | None:
    return addresses.read_email(text).email


def _phone(text: str, cell: Cell) -> Value | None:
    return addresses.read_phone(text, number=isinstance(cell, float)).phone


def _country(text: str, cell: Cell) -> Value | None:
    return countries.read_country(text, "en").country


def _languages(text: str, cell: Cell) -> Value | None:
    tag = re.fullmatch(r"([A-Za-z]{2,3})[-_][A-Za-z]{2,4}", text)  # en-US, of library programs
    found = languages.read_languages(tag[1] if tag else text)
    return found.languages or None


def _presence(text: str, cell: Cell) -> Value | None:
    word = fold(text)
    if word in _OTHERWISE:
        return _OTHERWISE[word]
    if word in _THERE:
        return True
    return False if word in _AWAY else yes_or_no(text)


_SIMPLE: dict[Reader, tuple[Callable[[str, Cell], Value | None], str]] = {
    Reader.EMAIL: (_email, NO_EMAIL),
    Reader.PHONE: (_phone, NO_PHONE),
    Reader.COUNTRY: (_country, NO_COUNTRY),
    Reader.LANGUAGES: (_languages, NO_LANGUAGE),
    Reader.DURATION: (_duration, NO_NUMBER),
    Reader.PRESENCE: (_presence, NO_PRESENCE),
}


def _date(field: ListField, cell: Cell, text: str, span: Span) -> ReadCell:
    day = _day(field, cell, text, span)
    return ReadCell(doubt=day) if isinstance(day, ListDoubt) else ReadCell(day)


def _days(field: ListField, cell: Cell, text: str, span: Span) -> ReadCell:
    """A first and a last day: "21 to 25 October", "21/10 - 25/10"; one day is both."""
    found = _FROM_TO.fullmatch(text) or _SHORT_RANGE.fullmatch(text)
    if isinstance(cell, dt.date) or found is None:
        day = _day(field, cell, text, span)
        return ReadCell(doubt=day) if isinstance(day, ListDoubt) else ReadCell(day, until=day)
    last = _day(field, found[2], found[2], span)
    begins = re.sub(r"\d+", found[1].strip(), found[2], count=1) if found[1].isdigit() else found[1]
    first = _day(field, begins, begins, span)
    if isinstance(first, ListDoubt) or isinstance(last, ListDoubt) or first > last:
        return _doubt(field, text, NO_DAYS)
    return ReadCell(first, until=last)


def _day(field: ListField, cell: Cell, text: str, span: Span) -> dt.date | ListDoubt:
    """The day of a cell, else its doubt."""
    no_date = ListDoubt(field.name, text[:_QUOTED], NO_DATE)
    if isinstance(cell, dt.date):
        day = cell.date() if isinstance(cell, dt.datetime) else cell
        return day if span.earliest <= day <= span.latest else no_date
    bare = re.sub(r"^\D*?(?=\d)", "", text) if not text[:1].isdigit() else text  # "Mon 26/10"
    habit = span.habit(field.name)
    for words in (text, bare):
        found = dates.read_date(words, habit, span.earliest, span.latest)
        likely = found.value or _likely(found.candidates, span, habit)
        if likely is not None:
            return likely
        if len(found.candidates) > 1:
            first, second = map(dt.date.isoformat, found.candidates[:2])
            return ListDoubt(field.name, text[:_QUOTED], UNCLEAR_DATE, first, second)
    return no_date


def _likely(candidates: Sequence[dt.date], span: Span, habit: dates.DateHabit) -> dt.date | None:
    """Of the days that a date may be the one in the gathering, else that of the column's habit."""
    within = [day for day in candidates if span.first <= day <= span.last] or list(candidates)
    return within[0] if len(within) == 1 or (within and habit.order) else None


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
        words = both[1].rstrip(" ,")
        day = _day(field, words, words, span)
        if isinstance(day, ListDoubt):
            return ReadCell(doubt=day)
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
