"""An application sheet from bytes to rows: read, understood, flagged, compared."""

from collections import abc
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from schoolapp.domain.reading_cells.names import SWAPPED
from schoolapp.domain.reading_cells.no_answer import says_nothing
from schoolapp.exchange.applications import tables
from schoolapp.exchange.applications.columns import SheetSense
from schoolapp.exchange.applications.correcting import corrected, retyped
from schoolapp.exchange.applications.drafts import (
    ImportedSheet,
    Issue,
    KnownPerson,
    Pair,
    SheetRow,
)
from schoolapp.exchange.applications.duplicates import find_pairs
from schoolapp.exchange.applications.finding import find_table
from schoolapp.exchange.applications.laying_out import Line, in_one_layout, lay_out, samples_of
from schoolapp.exchange.applications.mapping import Mapping, columns_of, keep_unknown, remembered
from schoolapp.exchange.applications.records import LONG_ROW
from schoolapp.exchange.applications.sheets import FOUND_OUT, Opening, Sheets
from schoolapp.exchange.applications.values import RowReader
from schoolapp.exchange.applications.worker import read_apart

Progress = abc.Callable[[int, int], None]
_REPORTED_EVERY = 200  # rows
_SAYING_WHO = ("full_name", "given", "family", "native_name", "email")


def _unwatched(done: int, total: int) -> None:
    """Nobody watches the progress."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decides about a sheet: how it is opened, what its columns mean, which values.

    ``saved`` are the mappings of forms met before, taken for a sheet that has their headings unless
    ``mapping`` names the columns. ``accepted`` are, by row, the fields whose suggestion is right;
    ``corrections``, by row and field, the words that are read in place of the cell's.
    """

    mapping: Mapping = field(default_factory=Mapping)
    saved: tuple[Mapping, ...] = ()
    opening: Opening = FOUND_OUT
    accepted: abc.Mapping[int, Collection[str]] = field(default_factory=dict)
    corrections: abc.Mapping[int, abc.Mapping[str, str]] = field(default_factory=dict)

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
    found = find_table(sheets, choices.mapping, choices.opening)
    chosen, is_known = choices.mapping_for(found.headings)
    columns = keep_unknown(columns_of(found.headings, chosen, samples_of(found)), chosen)
    lines = lay_out(found, columns, sheets.delimiter or " ")
    kept = [line for line in lines if not line.why]
    sense = SheetSense.of(
        in_one_layout(kept, columns),
        [column for column in columns if column.person <= 1],
        chosen,
        reference_date,
        (sheets.typed, sheets.epoch_1904),
    )
    rows = []
    for number, line in enumerate(lines, 1):
        read = _row(number, line, sense, choices.corrections.get(number, {}))
        rows.append(corrected(read, choices.accepted.get(number, ())))
        if number % _REPORTED_EVERY == 0:
            progress(number, len(lines))
    pairs, shared = find_pairs(rows, known, lambda: progress(len(rows), len(rows)))
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
        other_tables=found.others,
        previews=sheets.previews,
        sheets=tuple(table.name for table in sheets.tables if table.rows),
        chosen_sheet=choices.opening.sheet,
    )


def _row(number: int, line: Line, sense: SheetSense, typed: abc.Mapping[str, str]) -> SheetRow:
    if line.why:
        return SheetRow(number, None, line.raw, skipped=True, why=line.why)
    cells = [line.cells[column.index] for column in line.columns]
    reader = RowReader(retyped(line.columns, cells, typed), sense)
    person = reader.person()
    answers = reader.answers()
    submitted = reader.submitted_at()
    said = [reader.text(field) for field in _SAYING_WHO]
    failed = any(map(reader.failed, _SAYING_WHO))
    why = None
    name = f"{said[0]} {said[1]} {said[2]}"
    if tables.is_test(name, said[4]):
        reader.issues.append(Issue("test_row", "full_name", name.strip()))
        why = tables.TEST
    elif not failed and all(map(says_nothing, said)) and not _is_moved(line):
        why = tables.NOBODY
    issues = tuple(i for i in reader.issues if i.code != "date_text" or i.field not in typed)
    return SheetRow(
        row=number,
        source_id=_source_id(reader.text("source_id"), line.person),
        raw=line.raw,
        person=person,
        answers=answers,
        kept=reader.kept(),
        corrected=tuple(sorted(typed.items())),
        submitted_at=submitted,
        issues=(*(i for i in line.issues if i.field not in typed), *issues),
        skipped=why is not None,
        why=why,
    )


def _is_moved(line: Line) -> bool:
    """Whether the name may be in another column than its own."""
    return any(issue.code == LONG_ROW for issue in line.issues)


def _source_id(own: str, person: int) -> str | None:
    """The number of the row in the form; that of a second person of a row says which one."""
    return f"{own}/{person}" if own and person > 1 else own or None


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
