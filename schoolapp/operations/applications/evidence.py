"""What the rows of a sheet have in common with the applications that are there already."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from schoolapp.domain.identity import (
    Agreement,
    Described,
    Names,
    agreement,
    compare_names,
)
from schoolapp.exchange.applications.drafts import ImportedSheet, SheetRow
from schoolapp.operations.applications.earlier import (
    Cells,
    Earlier,
    Headings,
    cells_of,
    describe_row,
    shared_rows,
)
from schoolapp.operations.applications.watching import Watch, nobody_watches, watched


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


class _Marks(NamedTuple):
    number: str
    sent: str


_NAMESAKES = 20  # people of one name: it says nothing by itself any more


class Comparison:
    """Compares the rows of a sheet with the earlier applications of its form.

    A row is compared with those of its number, of its name, and of people who resemble it: the
    work grows with the rows, not with their square.
    """

    def __init__(
        self,
        earlier: Sequence[Earlier],
        sheet: ImportedSheet,
        headings: Headings,
        watch: Watch = nobody_watches,
    ) -> None:
        self._headings = headings
        self._cells = {row.row: cells_of(row.raw) for row in sheet.rows}
        shared = shared_rows(earlier)
        people: dict[int, Described] = {}
        for one in watched(earlier, watch):
            said = one.described(headings, by_row=one.cells not in shared)
            whole = people.get(one.stored.person_id)
            people[one.stored.person_id] = said if whole is None else whole.joined(said)
        self._whom = {one.stored.id: people[one.stored.person_id] for one in earlier}
        self._own = {row.row: self._marks(row.raw) for row in sheet.rows}
        self._theirs = {one.stored.id: self._marks(one.raw) for one in earlier}
        self._by_number = _indexed((self._theirs[one.stored.id].number, one) for one in earlier)
        self._by_name = _indexed(
            (name, one) for one in earlier for name in self._whom[one.stored.id].names
        )
        self._by_more = _indexed(
            (key, one) for one in earlier for key in _keys(self._whom[one.stored.id])
        )
        self._by_person = _indexed((str(one.stored.person_id), one) for one in earlier)
        rows = watched(sheet.rows, watch)
        self._people = {row.row: describe_row(row, headings) for row in rows}
        self._alike: dict[int, list[str]] = {}
        for pair in sheet.pairs:
            if pair.known is not None:
                self._alike.setdefault(pair.row, []).append(str(pair.known))
        self._agreed, self._denied = self._numbers(sheet.rows)

    def candidates(self, row: SheetRow) -> list[Candidate]:
        """The earlier applications that a row may be, in the order in which they were made."""
        person, near = self._people[row.row], self._near(row)
        return [
            Candidate(
                one,
                self._evidence(row, one, agreement(person, self._whom[key])),
                len(self._cells[row.row] & one.cells),
            )
            for key, one in sorted(near.items())
        ]

    def _near(self, row: SheetRow) -> dict[int, Earlier]:
        """The applications worth a comparison, by key."""
        person = self._people[row.row]
        found = [self._by_number.get(self._own[row.row].number, [])]
        found += [self._by_more.get(key, []) for key in _keys(person)]
        for name in person.names:
            namesakes = self._by_name.get(name, [])
            found += [namesakes] if len(namesakes) <= _NAMESAKES else []
        found += [self._by_person.get(known, []) for known in self._alike.get(row.row, ())]
        return {one.stored.id: one for several in found for one in several}

    def _evidence(self, row: SheetRow, one: Earlier, who: Agreement) -> Evidence:
        mine, theirs = self._own[row.row], self._theirs[one.stored.id]
        number = mine.number != "" and mine.number == theirs.number
        same = number and who.name is Names.SAME
        agreed = self._agreed[one.stored.file] - same
        denied = self._denied[one.stored.file] - (number and not same)
        return Evidence(
            who,
            number,
            ":" in mine.sent and mine.sent == theirs.sent,  # of the clock, not only of the day
            trusted=agreed > 0 and denied == 0,
            refuted=denied > agreed,
        )

    def _numbers(self, rows: Iterable[SheetRow]) -> tuple[Counter[str | None], Counter[str | None]]:
        """By earlier file: how many numbers of the sheet name the same person in it, or another."""
        agreed: Counter[str | None] = Counter()
        denied: Counter[str | None] = Counter()
        for row in rows:
            names = self._people[row.row].names
            for one in self._by_number.get(self._own[row.row].number, ()):
                same = compare_names(names, self._whom[one.stored.id].names) is Names.SAME
                (agreed if same else denied)[one.stored.file] += 1
        return agreed, denied

    def _marks(self, raw: Mapping[str, str]) -> _Marks:
        """What the form gave the row."""
        text = self._headings.text
        return _Marks(text(raw, "source_id"), text(raw, "submitted_at"))


def _keys(person: Described) -> list[str]:
    """A name together with everything else that a person is known by."""
    born = {person.born.isoformat()} if person.born else set()
    more = person.addresses | person.born_words | born
    return [f"{name}\n{other}" for name in person.names for other in more]


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
