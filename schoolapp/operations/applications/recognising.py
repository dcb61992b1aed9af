"""Whose application a row is that comes a second time: for sure, perhaps, or nobody's.

Suppose that the first import had Ana Khan, number 1 of the form, and Ben Okri, number 2:

    id  NAME        EMAIL             BORN         whose
    1   Ana Khan    ana@example.org   1990-05-17   Ana's: every cell is as it was
    2   Ben Okri    okri@example.org  1991-05-18   Ben's: the number and the name agree
    7   Ben Okri    ben@example.org   1991-05-18   nobody's if number 2 is there too: one row alone
                                                   can be an application's
    2   Cai Okri    ben@example.org   2001-02-03   perhaps Ben's if he has no other row: number and
                                                   mailbox agree, the name contradicts
    1   Aisha Khan  aisha@...         1999-09-29   nobody's: one common word, and a number, which is
                                                   another form's if its numbers name other people

Where a row stands in its file says nothing: forms are sorted, and rows deleted. What is sure is
claimed first, the strongest agreement before weaker ones, so that a namesake takes nobody's row.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from schoolapp.domain.identity import Names, names_of
from schoolapp.exchange.applications.drafts import ImportedSheet, SheetRow
from schoolapp.exchange.applications.duplicates import LIKE_NAME, SAME_BIRTH_DATE, SAME_NAME
from schoolapp.operations.applications.earlier import Earlier, Headings, cells_of
from schoolapp.operations.applications.evidence import (
    Candidate,
    Comparison,
    Evidence,
    equal_rows,
)
from schoolapp.operations.applications.watching import Watch, nobody_watches, watched

SAME_NUMBER = "same_number"
SAME_ADDRESS = "same_address"
SAME_MOMENT = "same_moment"
OTHER_NAME = "other_name"
OTHER_BIRTH_DATE = "other_birth_date"
OTHER_ADDRESS = "other_address"

Test = Callable[[Evidence], bool]
Claim = tuple[tuple[bool, int], int, Candidate]
"""How strongly a row claims an application."""


def _number_and_more(e: Evidence) -> bool:
    return e.number and e.who.is_sure


def _birth_and_address(e: Evidence) -> bool:
    return e.who.is_sure and e.who.born is True and e.who.address is True


def _birth(e: Evidence) -> bool:
    return e.who.is_sure and e.who.born is True


def _address(e: Evidence) -> bool:
    return e.who.is_sure


def _moment(e: Evidence) -> bool:
    return e.sent and e.who.name is Names.SAME and e.who.born is not False


def _number(e: Evidence) -> bool:
    named = e.who.name is Names.SAME and e.who.born is not False
    return e.number and named and not e.refuted


def _correction(e: Evidence) -> bool:
    """A name or a birth date was corrected: number and address say so, and other rows agree."""
    named = e.who.name in (Names.SAME, Names.LIKE)
    dated = e.who.born is not False or e.who.slip
    return e.number and named and dated and e.who.address is True and (e.sent or e.trusted)


SURE: tuple[Test, ...] = (
    _number_and_more,
    _birth_and_address,
    _birth,
    _address,
    _moment,
    _number,
    _correction,
)
"""What makes a row an application's, the strongest first; a name is always part of it."""


def is_possible(e: Evidence) -> bool:
    """Whether it takes somebody to say if a row is an application's."""
    who, number = e.who, e.number and not e.refuted
    agreed = who.born is True or who.address is True
    if who.name is Names.SAME:
        return who.born is not False or who.slip or agreed or number
    return agreed and (number or who.name is Names.LIKE)


@dataclass(frozen=True, slots=True)
class Match:
    """The application that a row belongs to, or may belong to if that is not ``sure``.

    ``evidence`` is None where every cell is equal.
    """

    earlier: Earlier
    evidence: Evidence | None = None
    sure: bool = True


def reasons_of(match: Match) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes of what agrees between a row and its application, and of what contradicts."""
    if (e := match.evidence) is None:
        return (), ()
    agrees = {
        SAME_NUMBER: e.number,
        SAME_NAME: e.who.name is Names.SAME,
        LIKE_NAME: e.who.name is Names.LIKE,
        SAME_BIRTH_DATE: e.who.born is True,
        SAME_ADDRESS: e.who.address is True,
        SAME_MOMENT: e.sent,
    }
    against = {
        OTHER_NAME: e.who.name is Names.OTHER,
        OTHER_BIRTH_DATE: e.who.born is False,
        OTHER_ADDRESS: e.who.address is False,
    }
    return _true(agrees), _true(against)


def _true(codes: Mapping[str, bool]) -> tuple[str, ...]:
    return tuple(code for code, there in codes.items() if there)


class Recogniser:
    """Finds the applications of the rows of one sheet; no application is that of two rows.

    ``apart`` are rows of which somebody said that they are of nobody else: they are recognised only
    if no cell has changed. ``joined`` are those of which somebody said that they are of the person
    whom they resemble: what was possible is sure then.
    """

    def __init__(
        self,
        earlier: Sequence[Earlier],
        sheet: ImportedSheet,
        *,
        apart: Collection[int] = (),
        joined: Collection[int] = (),
        watch: Watch = nobody_watches,
    ) -> None:
        headings = Headings(sheet.mapping.columns)
        rows = [row for row in sheet.rows if not row.skipped]
        self._apart = frozenset(apart)
        self._taken: set[int] = set()
        self._matches: dict[int, Match] = {}
        self._candidates: dict[int, list[Candidate]] = {}
        of_form = [one for one in earlier if headings.have(one.raw)]
        if of_form:
            self._claim_equal(of_form, rows)
            comparison = Comparison(of_form, sheet, headings, watch)
            self._compare(comparison, watched(rows, watch))
            self._decide([row.row for row in rows], frozenset(joined))

    def match(self, row: int) -> Match | None:
        """The application of a row; None: it is nobody's."""
        return self._matches.get(row)

    def refused(self, row: int) -> int | None:
        """The person whose application the row would be, had nobody said that it is not."""
        if row in self._matches or row not in self._apart:
            return None
        near = [c for c in self._candidates.get(row, ()) if is_possible(c.evidence)]
        best = max(near, key=lambda c: c.strength, default=None)
        return best.earlier.stored.person_id if best else None

    def _claim_equal(self, earlier: Iterable[Earlier], rows: Iterable[SheetRow]) -> None:
        """Rows of equal cells, those of the name first that the person has now."""
        known, left = equal_rows(earlier), []
        for row in rows:
            names = names_of(row.person.full_name, row.person.native_name)
            same = [one for one in known.get(cells_of(row.raw), ()) if one.names & names]
            if not self._claim_first(row.row, same):
                left.append(row)
        for row in left:
            self._claim_first(row.row, known.get(cells_of(row.raw), ()))

    def _claim_first(self, row: int, found: Iterable[Earlier]) -> bool:
        free = next((one for one in found if one.stored.id not in self._taken), None)
        if free is not None:
            self._matches[row] = Match(free)
            self._taken.add(free.stored.id)
        return free is not None

    def _compare(self, comparison: Comparison, rows: Iterable[SheetRow]) -> None:
        for row in rows:
            if row.row not in self._matches:
                self._candidates[row.row] = comparison.candidates(row)

    def _decide(self, rows: Sequence[int], joined: frozenset[int]) -> None:
        asked = [row for row in rows if row not in self._matches and row not in self._apart]
        for is_sure in SURE:
            self._claim(is_sure, asked)
        self._claim(is_possible, [row for row in asked if row in joined], is_said=True)
        for row in asked:
            best = self._best(row, is_possible)
            if best is not None and row not in self._matches:
                self._matches[row] = Match(best.earlier, best.evidence, sure=False)

    def _claim(self, is_wanted: Test, rows: Iterable[int], *, is_said: bool = False) -> None:
        """Claim what one row alone has the best right to, until nothing more is clear.

        ``is_said``: somebody has said so, thus the best is taken where several are as near.
        """
        left, progress = [row for row in rows if row not in self._matches], True
        while progress:
            claims: dict[int, list[Claim]] = {}
            for row in left:
                if (best := self._best(row, is_wanted, only_clear=not is_said)) is not None:
                    claims.setdefault(best.earlier.stored.id, []).append((best.strength, row, best))
            won = [claim for rivals in claims.values() if (claim := _winner(rivals, is_said))]
            for _strength, row, best in won:
                self._matches[row] = Match(best.earlier, best.evidence)
                self._taken.add(best.earlier.stored.id)
            left = [row for row in left if row not in self._matches]
            progress = bool(won)

    def _best(self, row: int, is_wanted: Test, *, only_clear: bool = False) -> Candidate | None:
        """The best free application of a row; ``only_clear``: none if two people are as near."""
        free = [
            candidate
            for candidate in self._candidates.get(row, ())
            if candidate.earlier.stored.id not in self._taken and is_wanted(candidate.evidence)
        ]
        if not free:
            return None
        best = max(candidate.strength for candidate in free)
        nearest = [c.earlier.stored.person_id for c in free if c.strength == best]
        if only_clear and len(set(nearest)) > 1:
            return None
        return max(
            (c for c in free if c.earlier.stored.person_id == nearest[0]),
            key=lambda c: (c.evidence.number, c.earlier.is_live, c.equal_cells),
        )


def _winner(claims: Sequence[Claim], is_said: bool) -> Claim | None:
    """The claim that is stronger than all others to the same application; None: none is."""
    best = max(strength for strength, _row, _candidate in claims)
    strongest = [claim for claim in claims if claim[0] == best]
    return strongest[0] if is_said or len(strongest) == 1 else None
