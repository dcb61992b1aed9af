"""The cells of one row for correcting: their words, what they were read as, what is doubtful."""

from collections.abc import Mapping
from dataclasses import dataclass

from schoolapp.base.language import _
from schoolapp.desktop.places.applications.importing.lines import Line
from schoolapp.desktop.places.applications.importing.words import FIELDS
from schoolapp.exchange.applications.correcting import PARTS_OF_NAME
from schoolapp.exchange.applications.drafts import ImportedSheet, SheetRow
from schoolapp.exchange.applications.mapping import ANSWER, IN_ITS_WORDS
from schoolapp.exchange.applications.readable import value_in_words

_NOT_TYPED = (ANSWER, "source_id", "draft")


@dataclass(frozen=True, slots=True)
class CellLine:
    """A field of a row: what the cell says, or what was typed in its place, and its value."""

    field: str
    label: str
    written: str
    typed: str | None
    value: str
    doubts: tuple[str, ...]

    @property
    def words(self) -> str:
        """What is to be read."""
        return self.written if self.typed is None else self.typed

    @property
    def is_open(self) -> bool:
        """Whether somebody may want to change it: it is doubtful, or was typed."""
        return bool(self.doubts) or self.typed is not None


def cells_of(sheet: ImportedSheet, line: Line | None) -> tuple[CellLine, ...]:
    """The fields of a row that can be corrected, in the order of the sheet."""
    row = next((r for r in sheet.rows if line and r.row == line.row), None)
    if row is None or line is None or row.skipped:
        return ()
    written = _written(sheet.mapping.columns, row)
    typed = dict(row.corrected)
    return tuple(
        CellLine(
            field=name,
            label=_(FIELDS[name]),
            written=words,
            typed=typed.get(name),
            value=_value(row, name, typed.get(name, words)),
            doubts=_doubts(line, name),
        )
        for name, words in written.items()
    )


def _written(columns: Mapping[str, str | None], row: SheetRow) -> dict[str, str]:
    """Field to the words of its cells; the parts of a name are one field."""
    found: dict[str, list[str]] = {}
    for heading, field in columns.items():
        if field and field not in _NOT_TYPED:
            name = "full_name" if field in PARTS_OF_NAME else field
            found.setdefault(name, []).append(row.raw.get(heading, ""))
    return {name: " ".join(filter(None, words)) for name, words in found.items()}


def _value(row: SheetRow, name: str, words: str) -> str:
    """What the field was read as; of some no more is understood than their words."""
    return words if name in IN_ITS_WORDS else value_in_words(row, name)


def _doubts(line: Line, name: str) -> tuple[str, ...]:
    """The doubts about a field; those about a part of the name are about the name."""
    return tuple(
        doubt.sentence
        for doubt in line.doubts
        if doubt.field == name or (name == "full_name" and doubt.field in PARTS_OF_NAME)
    )
