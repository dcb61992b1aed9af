"""What the rows of a sheet have in common with the applications that are there already."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from schoolapp.domain.identity import Agreement, Names, agreement, compare_names
from schoolapp.exchange.applications.drafts import ImportedSheet, SheetRow
from schoolapp.operations.applications.earlier import (
    Cells,
    Earlier,
    Headings,
    cells_of,
    describe_row,
    shared_rows,
)


class Evidence(NamedTuple):
    """What a row has in common with an earlier application.

    ``number`` is the form's own, ``sent`` the moment when the form was sent. ``trusted`` says that
    other rows show that the numbers are of this form, ``refuted`` that they are of another one,
    which counts from 1 as well.
    """

    who: Agreement
    number: bool
    sent: bool
    trusted: bool
    refuted: bool


class Candidate(NamedTuple):
    """An earlier application that a row may be, and why."""

    earlier: Earlier
    evidence: Evidence
    equal_cells: int

    @property
    def strength(self) -> tuple[bool, int]:
        """What decides between applications that agree with a row in the same way."""
        return self.evidence.number, self.equal_cells


class Comparison:
    """Compares the rows of a sheet with the earlier applications of its form.

    A row is compared with those of its number, of its name, and of people who resemble it: the
    work grows with the rows, not with their square.
    """

    def __init__(
        self, earlier: Sequence[Earlier], sheet: ImportedSheet, headings: Headings
    ) -> None:
        self._headings = headings
        self._cells = {row.row: cells_of(row.raw) for row in sheet.rows}
        shared = shared_rows(earlier)
        self._whom = {
            one.stored.id: one.described(headings, by_row=one.cells not in shared)
            for one in earlier
        }
        self._by_number = _indexed((self._number(one.raw), one) for one in earlier)
        self._by_name = _indexed(
            (name, one) for one in earlier for name in self._whom[one.stored.id].names
        )
        self._by_person = _indexed((str(one.stored.person_id), one) for one in earlier)
        self._alike: dict[int, list[str]] = {}
        for pair in sheet.pairs:
            if pair.known is not None:
                self._alike.setdefault(pair.row, []).append(str(pair.known))
        self._agreed, self._denied = self._numbers(sheet.rows)

    def candidates(self, row: SheetRow) -> list[Candidate]:
        """The earlier applications that a row may be, in the order in which they were made."""
        person = describe_row(row, self._headings)
        number = self._number(row.raw)
        near = {one.stored.id: one for one in self._by_number.get(number, ())}
        for name in person.names:
            near |= {one.stored.id: one for one in self._by_name.get(name, ())}
        for known in self._alike.get(row.row, ()):
            near |= {one.stored.id: one for one in self._by_person.get(known, ())}
        return [
            Candidate(
                one,
                self._evidence(row, one, agreement(person, self._whom[key])),
                len(self._cells[row.row] & one.cells),
            )
            for key, one in sorted(near.items())
        ]

    def _evidence(self, row: SheetRow, one: Earlier, who: Agreement) -> Evidence:
        number = bool(self._number(row.raw)) and self._number(row.raw) == self._number(one.raw)
        same = number and who.name is Names.SAME
        agreed = self._agreed[one.stored.file] - same
        denied = self._denied[one.stored.file] - (number and not same)
        return Evidence(
            who,
            number,
            self._is_sent_together(row, one),
            trusted=agreed > 0 and denied == 0,
            refuted=denied > agreed,
        )

    def _numbers(self, rows: Iterable[SheetRow]) -> tuple[Counter[str | None], Counter[str | None]]:
        """By earlier file: how many numbers of the sheet name the same person in it, or another."""
        agreed: Counter[str | None] = Counter()
        denied: Counter[str | None] = Counter()
        for row in rows:
            names = describe_row(row, self._headings).names
            for one in self._by_number.get(self._number(row.raw), ()):
                same = compare_names(names, self._whom[one.stored.id].names) is Names.SAME
                (agreed if same else denied)[one.stored.file] += 1
        return agreed, denied

    def _number(self, raw: Mapping[str, str]) -> str:
        return self._headings.text(raw, "source_id")

    def _is_sent_together(self, row: SheetRow, one: Earlier) -> bool:
        """Whether both were sent at the same moment of the clock, not only on the same day."""
        mine = self._headings.text(row.raw, "submitted_at")
        return ":" in mine and mine == self._headings.text(one.raw, "submitted_at")


def equal_rows(earlier: Iterable[Earlier]) -> dict[Cells, list[Earlier]]:
    """The applications by the row that they came from."""
    found: dict[Cells, list[Earlier]] = {}
    for one in earlier:
        found.setdefault(one.cells, []).append(one)
    return found


def _indexed(pairs: Iterable[tuple[str, Earlier]]) -> dict[str, list[Earlier]]:
    found: dict[str, list[Earlier]] = {}
    for key, one in pairs:
        if key:
            found.setdefault(key, []).append(one)
    return found
