"""An application sheet from bytes to rows: read, understood, flagged, compared."""

from collections import abc
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from schoolapp.domain.reading_cells.names import SWAPPED
from schoolapp.domain.text import fold
from schoolapp.exchange.applications import tables
from schoolapp.exchange.applications.columns import SheetSense
from schoolapp.exchange.applications.correcting import corrected
from schoolapp.exchange.applications.drafts import (
    ImportedSheet,
    Issue,
    KnownPerson,
    Pair,
    SheetRow,
)
from schoolapp.exchange.applications.duplicates import find_pairs
from schoolapp.exchange.applications.mapping import (
    Column,
    Mapping,
    columns_of,
    keep_unknown,
    remembered,
)
from schoolapp.exchange.applications.sheets import FOUND_OUT, Cell, Opening, Sheets
from schoolapp.exchange.applications.values import RowReader
from schoolapp.exchange.applications.worker import read_apart

Progress = abc.Callable[[int, int], None]
_REPORTED_EVERY = 200  # rows


def _unwatched(done: int, total: int) -> None:
    """Nobody watches the progress."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decides about a sheet: how it is opened, what its columns mean, which values.

    ``saved`` are the mappings of forms met before, taken for a sheet that has their headings unless
    ``mapping`` names the columns. ``accepted`` are, by row, the fields whose suggestion is right.
    """

    mapping: Mapping = field(default_factory=Mapping)
    saved: tuple[Mapping, ...] = ()
    opening: Opening = FOUND_OUT
    accepted: abc.Mapping[int, Collection[str]] = field(default_factory=dict)

    def mapping_for(self, headings: Sequence[str]) -> tuple[Mapping, bool]:
        """(the mapping for a sheet of these headings, whether it is a saved one)."""
        found = None if self.mapping.columns else remembered(headings, self.saved)
        if found is None:
            return self.mapping, False
        return replace(found, currency=self.mapping.currency), True


GUESSED = Choices()  # nobody decided anything


def read_applications(
    data: bytes,
    name: str,
    *,
    choices: Choices = GUESSED,
    known: Sequence[KnownPerson] = (),
    reference_date: date,
) -> ImportedSheet:
    """Every row of a form export, imported or left out with a reason.

    ``reference_date`` is the first day of the gathering: ages count on it. ``known`` are persons of
    the database to compare with. ``RuleBroken`` if the file cannot be read.
    """
    sheets = read_apart(data, name, choices.opening)
    return understand(sheets, name, choices=choices, known=known, reference_date=reference_date)


def understand(
    sheets: Sheets,
    name: str,
    *,
    choices: Choices = GUESSED,
    known: Sequence[KnownPerson] = (),
    reference_date: date,
    progress: Progress = _unwatched,
) -> ImportedSheet:
    """What ``read_applications`` does with a file that is already read.

    ``progress`` is called with the number of rows understood and of all rows; what it raises ends
    the reading.
    """
    found = tables.find_table(sheets, choices.mapping, choices.opening.header_row)
    chosen, is_known = choices.mapping_for(found.headings)
    columns = keep_unknown(columns_of(found.headings, chosen), chosen)
    data = _filled(found, columns)
    reasons = [tables.reason_to_leave_out(row, found.headings) for row in found.rows]
    workbook = (sheets.typed, sheets.epoch_1904)
    kept = [row for row, why in zip(data, reasons, strict=True) if not why]
    sense = SheetSense.of(kept, columns, chosen, reference_date, workbook)
    rows = []
    for number, (row, why) in enumerate(zip(data, reasons, strict=True), 1):
        read = _row(number, row, columns, sense, why)
        rows.append(corrected(read, choices.accepted.get(number, ())))
        if number % _REPORTED_EVERY == 0:
            progress(number, len(data))
    pairs, shared = find_pairs(rows, known)
    orders = {name: habit.order for name, habit in sense.habits.items() if habit.chosen}
    used = replace(chosen, columns={c.heading: c.field for c in columns})
    return ImportedSheet(
        file=name,
        encoding=sheets.encoding,
        delimiter=sheets.delimiter,
        header_row=found.header + 1,
        mapping=used,
        rows=_compared(rows, pairs, shared),
        pairs=tuple(pairs),
        orders={name: order for name, order in orders.items() if order},
        is_known_form=is_known,
        other_tables=tuple(t.name for t in sheets.tables if t is not found.table),
    )


def _filled(found: tables.Found, columns: Sequence[Column]) -> list[list[Cell]]:
    """The rows as wide as the headings, with the delegation written into each of its rows."""
    width = len(columns)
    rows: list[list[Cell]] = [row + [""] * (width - len(row)) for row in found.rows]
    for column in columns:
        if column.field in ("delegation", "country"):
            for number, text in tables.filled_down(found, column.index).items():
                if 0 < number <= len(rows) and rows[number - 1][column.index] == "":
                    rows[number - 1][column.index] = text
    return rows


def _row(
    number: int, cells: list[Cell], columns: list[Column], sense: SheetSense, why: str | None
) -> SheetRow:
    raw = {c.heading: tables.text_of(cell) for c, cell in zip(columns, cells, strict=False)}
    if why:
        return SheetRow(number, None, raw, skipped=True, why=why)
    reader = RowReader(zip(columns, cells, strict=False), sense)
    person = reader.person()
    answers = reader.answers()
    submitted = reader.submitted_at()
    said = [
        reader.text(field) for field in ("full_name", "given", "family", "native_name", "email")
    ]
    name = f"{said[0]} {said[1]} {said[2]}"
    if tables.is_test(name, said[4]):
        reader.issues.append(Issue("test_row", "full_name", name.strip()))
        why = tables.TEST
    elif all(fold(text) in tables.NOTHING for text in said):
        why = tables.NOBODY
    source_id = reader.text("source_id") or None
    issues = tuple(reader.issues)
    return SheetRow(
        row=number,
        source_id=source_id,
        raw=raw,
        person=person,
        answers=answers,
        kept=reader.kept(),
        submitted_at=submitted,
        issues=issues,
        skipped=why is not None,
        why=why,
    )


def _compared(
    rows: Sequence[SheetRow], pairs: Sequence[Pair], shared: dict[int, int | None]
) -> tuple[SheetRow, ...]:
    """The rows with the best earlier row of each and the marks that follow from it."""
    first: dict[int, int] = {}
    for pair in pairs:
        if pair.other_row is not None:
            first.setdefault(pair.row, pair.other_row)
    return tuple(_marked(row, rows, first.get(row.row), shared) for row in rows)


def _marked(
    row: SheetRow, rows: Sequence[SheetRow], other: int | None, shared: dict[int, int | None]
) -> SheetRow:
    issues = list(row.issues)
    if other is not None:
        issues.append(Issue("duplicate_person", "full_name", str(other)))
        names = {row.person.full_name, rows[other - 1].person.full_name} - {None}
        if len(names) > 1 and not any(issue.code == SWAPPED for issue in issues):
            issues.append(Issue("duplicate_spelling", "full_name", str(other)))
    if row.row in shared:
        issues.append(Issue("shared_email", "email", row.person.email or ""))
    return replace(row, issues=tuple(issues), duplicate_of=other)
