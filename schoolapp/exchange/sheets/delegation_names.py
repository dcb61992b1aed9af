"""The file that is sent to the leader of a delegation and comes back with names, as xlsx."""

import datetime as dt
import io
from collections.abc import Callable
from typing import TYPE_CHECKING

from schoolapp.base import language
from schoolapp.base.language import _, mark
from schoolapp.domain.documents import SheetFacts
from schoolapp.domain.text import title_in
from schoolapp.exchange.applications.columns import OLDEST, YOUNGEST
from schoolapp.exchange.applications.drafts import ImportedSheet, Issue
from schoolapp.exchange.applications.flags import sentence
from schoolapp.exchange.sheets.formulas import runs
from schoolapp.exchange.sheets.values import clean

if TYPE_CHECKING:
    from xlsxwriter import Workbook

Limits = dict[str, str | dt.date | list[str]]
"""What a cell may hold, in the words of xlsxwriter."""

_HEADINGS = {
    "full_name": mark("Full name"),
    "born": mark("Date of birth"),
    "email": mark("E-mail"),
    "arrival": mark("Arrival"),
    "departure": mark("Departure"),
    "visa": mark("Visa needed"),
    "first_time": mark("First time here"),
    "delegation": mark("Delegation"),
}
CODE_HEADING = "ID"
"""Over the hidden codes, in every language."""
_WIDTHS = (32, 15, 34, 13, 13, 16, 16, 24)
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the format wants it naive; the same bytes always


def headings() -> tuple[str, ...]:
    """The headings in the language in use; the last one, hidden, is the same in all."""
    return (*(_(words) for words in _HEADINGS.values()), CODE_HEADING)


def write_delegation_sheet(facts: SheetFacts) -> bytes:
    """The file, in the leader's language: an instruction, headings, known names, empty lines.

    Dates and the questions with yes or no are checked while typing, an address for its form.
    """
    import xlsxwriter

    file = io.BytesIO()
    with language.in_language(facts.language):
        book = xlsxwriter.Workbook(file, _OPTIONS)
        book.set_properties({"title": clean(facts.delegation), "created": _CREATED})
        _Sheet(book, facts).write()
        book.close()
    return file.getvalue()


class _Sheet:
    """The one sheet of the file, while it is written."""

    def __init__(self, book: "Workbook", facts: SheetFacts) -> None:
        self._facts, self._sheet = facts, book.add_worksheet(clean(_("Names"))[:31])
        self._note = book.add_format({"text_wrap": True, "valign": "top"})
        self._heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self._date = book.add_format({"num_format": "yyyy-mm-dd"})
        self._quoted = book.add_format({"quote_prefix": True})

    def write(self) -> None:
        """Everything, from the instruction to the checks."""
        sheet, last = self._sheet, 1 + self._facts.places
        if language.direction() == "rtl":
            sheet.right_to_left()
        for place, width in enumerate(_WIDTHS):
            dated = place in (1, 3, 4)
            sheet.set_column(place, place, width, self._date if dated else None)
        sheet.set_column(len(_WIDTHS), len(_WIDTHS), None, None, {"hidden": True})
        sheet.set_row(0, 64)
        sheet.merge_range(0, 0, 0, len(_WIDTHS) - 1, clean(self._instruction()), self._note)
        for place, words in enumerate(headings()):
            sheet.write_string(1, place, words, self._heading)
        for line in range(self._facts.places):
            self._line(line)
        sheet.freeze_panes(2, 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        self._checks(2, last)

    def _instruction(self) -> str:
        words = _(
            "{gathering}, {start} to {end}. Please write one person of {delegation} on each line, "
            "with the name as it is used, and send this file back. Dates as 2005-12-31. Leave "
            "nobody out who is written here already; if somebody is replaced, tell us."
        )
        return words.format(
            gathering=title_in(self._facts.gathering, language.current()),
            start=self._facts.start.isoformat(),
            end=self._facts.end.isoformat(),
            delegation=self._facts.delegation,
        )

    def _line(self, number: int) -> None:
        line, known = number + 2, self._facts.lines
        self._text(line, 7, self._facts.delegation)
        if number >= len(known):
            return
        person = known[number]
        self._text(line, 0, person.name)
        self._text(line, 2, person.email)
        self._text(line, 8, person.code)
        for place, day in ((1, person.born), (3, person.arrival), (4, person.departure)):
            if day is not None:
                self._sheet.write_datetime(
                    line, place, dt.datetime.combine(day, dt.time()), self._date
                )
        if person.born is None and person.born_partly:
            self._text(line, 1, person.born_partly)
        for place, said in ((5, person.needs_visa), (6, person.first_time)):
            if said is not None:
                self._text(line, place, _("Yes") if said else _("No"))

    def _text(self, line: int, place: int, text: str) -> None:
        text = clean(text)
        self._sheet.write_string(line, place, text, self._quoted if runs(text) else None)

    def _checks(self, first: int, last: int) -> None:
        facts, add = self._facts, self._check(first, last)
        year = facts.start.year
        add(
            1,
            "date",
            _span(dt.date(year - OLDEST, 1, 1), dt.date(year - YOUNGEST, 12, 31)),
            _("Write a date of birth as 2005-12-31."),
        )
        month = dt.timedelta(days=30)
        for place in (3, 4):
            add(place, "date", _span(facts.start - month, facts.end + month),
                _("Write a date near the gathering, as 2027-07-24."))  # fmt: skip
        for place in (5, 6):
            add(place, "list", {"source": [_("Yes"), _("No")]}, _("Choose yes or no."))
        add(
            2,
            "custom",
            {"value": f'=ISNUMBER(FIND("@",C{first + 1}))'},
            _("Write one e-mail address."),
        )

    def _check(self, first: int, last: int) -> Callable[[int, str, Limits, str], None]:
        def add(place: int, kind: str, limits: Limits, words: str) -> None:
            rule = {"validate": kind, **limits, "error_message": words, "input_message": words}
            self._sheet.data_validation(first, place, last, place, rule)

        return add


def _span(first: dt.date, last: dt.date) -> Limits:
    return {"criteria": "between", "minimum": first, "maximum": last}


def place_of(issue: Issue, row: int, sheet: ImportedSheet) -> str:
    """An issue with its cell, as it is found in the file: ``row 7, column Born: ...``."""
    column = next((h for h, field in sheet.mapping.columns.items() if field == issue.field), "")
    return sentence_of(row, sentence(issue), sheet, column)


def sentence_of(row: int, said: str, sheet: ImportedSheet, column: str = "") -> str:
    """A sentence about a line of the file, as the spreadsheet counts them."""
    number = sheet.header_row + row
    if not column:
        return _("Row {row}: {sentence}").format(row=number, sentence=said)
    return _("Row {row}, column {column}: {sentence}").format(
        row=number, column=column, sentence=said
    )
