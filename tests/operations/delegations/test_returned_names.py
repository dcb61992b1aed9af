"""A leader's file that comes back sorted, longer, or with other dates: nobody is moved."""

import datetime as dt
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from schoolapp.domain.delegations import Delegation
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.participation import Participation
from schoolapp.exchange.sheets.delegation_names import write_delegation_sheet
from schoolapp.exchange.sheets.names_returned import ReturnedNames, read_returned_names
from schoolapp.operations import delegations
from schoolapp.operations.delegations import NameOutcome, NamesPlan
from schoolapp.operations.people.editing import known_persons
from schoolapp.storage.opening import open_store
from schoolapp.storage.store import DbSession, Store
from tests import builders as b

FIRST, CODE = 3, 9  # the first line of names, the hidden column
DAY_ZERO = dt.date(1904, 1, 1)
Person = tuple[str, str, dt.date | None, str | None]


@dataclass(frozen=True, slots=True)
class Camp:
    """The camp of the practice schools, and Sweden's delegation in it."""

    store: Store
    key: int
    start: dt.date

    def people(self) -> list[Person]:
        """Code, name, birth date and address of all who have a place in it."""

        def look(session: DbSession) -> list[Person]:
            found = session.query(Participation).filter_by(delegation_id=self.key)
            people = [part.person for part in found]
            return sorted((p.code, p.display_name, p.born, p.email) for p in people)

        return self.store.read(look)

    def book(self) -> Workbook:
        """The file as it goes out."""
        facts = self.store.read(lambda s: delegations.sheet_facts(s, delegation_id=self.key))
        return openpyxl.load_workbook(io.BytesIO(write_delegation_sheet(facts)))

    def returned(self, book: Workbook) -> tuple[ReturnedNames, NamesPlan]:
        """The file as it comes back, and what it would change."""
        out = io.BytesIO()
        book.save(out)
        known = self.store.read(known_persons)
        names = read_returned_names(
            out.getvalue(), "sweden.xlsx", known=known, reference_date=self.start
        )
        plan = self.store.read(
            lambda s: delegations.plan_names(s, delegation_id=self.key, sheet=names.sheet)
        )
        return names, plan

    def take(self, book: Workbook) -> NamesPlan:
        """Take the names; answers what was shown before."""
        names, plan = self.returned(book)
        self.store.change(
            "Names",
            lambda s: delegations.apply_names(
                s, delegation_id=self.key, sheet=names.sheet, token=plan.token
            ),
        )
        return plan


@pytest.fixture
def sweden(practice_file: Path) -> Iterator[Camp]:
    """Eight people of Sweden, of two family names and four given names."""
    store = open_store(practice_file)

    def find(session: DbSession) -> tuple[int, dt.date]:
        one = session.query(Delegation).filter_by(name="Sweden").one()
        return one.id, session.get_one(Gathering, one.gathering_id).start_date

    yield Camp(store, *store.read(find))
    store.close()


def day(year: int, month: int, number: int) -> dt.datetime:
    """A date as spreadsheets hold it."""
    return dt.datetime.combine(dt.date(year, month, number), dt.time())


def sheet_of(book: Workbook) -> Worksheet:
    """The sheet that was sent."""
    found = book.worksheets[0]
    assert found.title == "Names"
    return found


def lines(sheet: Worksheet) -> list[list[object]]:
    """The lines with a name."""
    rows = ([cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST))
    return [row for row in rows if row[0]]


def write(sheet: Worksheet, rows: list[list[object]]) -> None:
    """Put these lines in place of those that are there."""
    for number, row in enumerate(rows, FIRST):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value


def sort_without_codes(sheet: Worksheet, key: Callable[[list[object]], str]) -> None:
    """Sort the lines by what is to be seen of them: the hidden codes stay where they are."""
    before = lines(sheet)
    codes = [row[CODE - 1] for row in before]
    after = sorted((row[: CODE - 1] for row in before), key=key)
    write(sheet, [[*row, code] for row, code in zip(after, codes, strict=True)])


def test_a_list_sorted_without_its_codes_changes_nobody(sweden: Camp) -> None:
    """Names beside the codes of others: each is named, with whose code it is; all stay."""
    before, book = sweden.people(), sweden.book()
    sort_without_codes(sheet_of(book), lambda row: str(row[0])[::-1])
    plan = sweden.take(book)
    assert sweden.people() == before
    outcomes = {row.outcome for row in plan.rows}
    assert outcomes <= {NameOutcome.MEMBER, NameOutcome.OTHER_CODE}
    moved = [row for row in plan.rows if row.outcome is NameOutcome.OTHER_CODE]
    assert moved
    assert all(row.code_of not in (None, row.name) and row.needs_attention for row in moved)
    assert (plan.absent, plan.added) == ((), 0)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_whatever_a_leader_sorts_everybody_stays(sweden: Camp, data: st.DataObject) -> None:
    """Lines and codes in any order, some without a code: the eight people are as they were."""
    before, book = sweden.people(), sweden.book()
    sheet = sheet_of(book)
    there = lines(sheet)
    codes = data.draw(st.permutations([row[CODE - 1] for row in there]))
    kept = data.draw(st.lists(st.booleans(), min_size=len(there), max_size=len(there)))
    order = data.draw(st.permutations(there))
    write(sheet, [
        [*row[: CODE - 1], code if is_kept else None]
        for row, code, is_kept in zip(order, codes, kept, strict=True)
    ])  # fmt: skip
    _names, plan = sweden.returned(book)
    assert plan.added == 0
    assert not any(row.changes for row in plan.rows)
    sweden.take(book)
    assert sweden.people() == before


def test_the_sheet_that_was_sent_is_the_one_read(sweden: Camp) -> None:
    """A longer sheet of reserves is named, and nobody of it gets a place; a new name does."""
    book = sweden.book()
    sheet = sheet_of(book)
    write(sheet, [*lines(sheet), ["Kim Berg", day(2005, 2, 2)]])
    headings = [cell.value for cell in sheet[FIRST - 1]]
    reserve = book.create_sheet("Reserve", 0)
    reserve.append(headings)
    for number in range(20):
        reserve.append([f"Reserv Person{chr(65 + number)}", day(2005, 1, number + 1)])
    before = sweden.people()
    names, plan = sweden.returned(book)
    assert [(one.name, one.rows) for one in names.others] == [("Reserve", 21)]
    assert [row.name for row in plan.rows if row.outcome is NameOutcome.NEW] == ["Kim Berg"]
    assert (plan.added, plan.absent) == (1, ())
    sweden.take(book)
    now = sweden.people()
    assert [person for person in now if person in before] == before
    assert [person[1] for person in now if person not in before] == ["Kim Berg"]


def test_a_list_without_codes_is_found_by_its_instruction(sweden: Camp) -> None:
    """Where nobody was known yet, the sheet under the instruction is the one that was sent."""
    book = sweden.book()
    sheet = sheet_of(book)
    write(sheet, [["Kim Berg", day(2005, 2, 2)], *[[None] * CODE for _n in range(8)]])
    for row in sheet.iter_rows(min_row=FIRST):
        row[CODE - 1].value = None
    reserve = book.create_sheet("Reserve", 0)
    reserve.append([cell.value for cell in sheet[FIRST - 1]])
    reserve.append(["Reserv Person", day(2005, 1, 1)])
    reserve.append(["Reserv Personne", day(2005, 1, 2)])
    names, plan = sweden.returned(book)
    assert [one.name for one in names.others] == ["Reserve"]
    assert [row.name for row in plan.rows] == ["Kim Berg"]


def test_day_numbers_of_another_calendar_move_no_birth_date(sweden: Camp) -> None:
    """A day number without its calendar is a doubt: it is named, and changes nothing."""
    before, book = sweden.people(), sweden.book()
    sheet = sheet_of(book)
    for row in sheet.iter_rows(min_row=FIRST):
        if isinstance(row[1].value, dt.datetime):
            row[1].value = (row[1].value.date() - DAY_ZERO).days
            row[1].number_format = "General"
    plan = sweden.take(book)
    assert sweden.people() == before
    assert all("day number" in " ".join(row.troubles) for row in plan.rows)


def test_somebody_new_gets_no_birth_date_that_is_in_doubt(sweden: Camp) -> None:
    """A day number may make an adult of a minor: it stays open, and is named."""
    book = sweden.book()
    sheet = sheet_of(book)
    write(sheet, [*lines(sheet), ["Kim Berg", 38411]])
    sheet.cell(FIRST + 8, 2).number_format = "General"
    plan = sweden.take(book)
    kim = next(person for person in sweden.people() if person[1] == "Kim Berg")
    assert kim[2] is None
    assert any(row.name == "Kim Berg" and row.troubles for row in plan.rows)


def test_dates_that_went_through_another_calendar_are_seen(sweden: Camp) -> None:
    """Four years and a day: what a workbook does to dates that are pasted from another one."""
    before, book = sweden.people(), sweden.book()
    for row in sheet_of(book).iter_rows(min_row=FIRST):
        if isinstance(row[1].value, dt.datetime):
            row[1].value -= dt.timedelta(days=1462)
    plan = sweden.take(book)
    assert sweden.people() == before
    assert all("four years and a day" in " ".join(row.troubles) for row in plan.rows)


def test_a_workbook_that_counts_from_1904_is_read_as_it_is(sweden: Camp) -> None:
    """A workbook says from which day it counts: its dates are right, and nothing changes."""
    book = sweden.book()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    _names, plan = sweden.returned(book)
    assert {row.outcome for row in plan.rows} == {NameOutcome.MEMBER}
    assert not any(row.troubles for row in plan.rows)


def test_a_code_with_its_name_is_corrected_field_by_field(sweden: Camp) -> None:
    """Code and name agree: what changes is shown before and now, and then is so."""
    book = sweden.book()
    row = next(r for r in sheet_of(book).iter_rows(min_row=FIRST) if r[0].value == "Björn Sjöström")
    row[2].value = "bjorn@example.org"
    row[1].value = day(2004, 6, 9)
    plan = sweden.take(book)
    (changed,) = (one for one in plan.rows if one.outcome is NameOutcome.CHANGED)
    assert [(c.field, c.old, c.new) for c in changed.changes] == [
        ("born", "2004-06-08", "2004-06-09"),
        ("email", "bjorn.sjostrom.424@example.org", "bjorn@example.org"),
    ]
    found = next(person for person in sweden.people() if person[1] == "Björn Sjöström")
    assert found[2:] == (dt.date(2004, 6, 9), "bjorn@example.org")


@pytest.mark.parametrize(
    ("written", "outcome", "kept"),
    [
        ("Bjorn Sjostrom", NameOutcome.MEMBER, "Björn Sjöström"),
        ("Sjöström Björn", NameOutcome.MEMBER, "Björn Sjöström"),
        ("Björn Sjöstrøm", NameOutcome.CHANGED, "Björn Sjöstrøm"),
        ("Björn Karl Sjöström", NameOutcome.CHANGED, "Björn Karl Sjöström"),
        ("Björn Lindqvist", NameOutcome.OTHER_PERSON, "Björn Sjöström"),
        ("Elias Sjöström", NameOutcome.OTHER_PERSON, "Björn Sjöström"),
    ],
)
def test_a_name_beside_its_code(
    sweden: Camp, written: str, outcome: NameOutcome, kept: str
) -> None:
    """Another spelling is taken unless it is poorer; another name is somebody else."""
    book = sweden.book()
    row = next(r for r in sheet_of(book).iter_rows(min_row=FIRST) if r[0].value == "Björn Sjöström")
    row[0].value = written
    row[1].value = None  # a name that another member has is not told apart by the birth date
    plan = sweden.take(book)
    found = next(one for one in plan.rows if one.line == row[0].row)
    assert found.outcome is outcome
    assert next(person for person in sweden.people() if person[0] == row[CODE - 1].value)[1] == kept


def test_without_a_code_a_name_alone_changes_nobody(sweden: Camp) -> None:
    """Name and birth date are somebody; a name alone may be a namesake, and is said so."""
    book = sweden.book()
    for row in sheet_of(book).iter_rows(min_row=FIRST):
        row[CODE - 1].value = None
        if row[0].value == "Ebba Sjöström":
            row[2].value = "ebba@example.org"
        if row[0].value == "Björn Sjöström":
            row[1].value, row[2].value = None, "bjorn@example.org"
        if row[0].value == "Elias Sjöström":
            row[1].value, row[2].value = day(1999, 9, 9), "elias@example.org"
    plan = sweden.take(book)
    outcomes = {row.name: row.outcome for row in plan.rows}
    assert outcomes["Ebba Sjöström"] is NameOutcome.CHANGED
    assert outcomes["Björn Sjöström"] is NameOutcome.PERHAPS
    assert outcomes["Elias Sjöström"] is NameOutcome.NEW
    assert outcomes["Åsa Sjöström"] is NameOutcome.MEMBER
    namesake = next(row for row in plan.rows if row.name == "Elias Sjöström")
    assert "another birth date" in " ".join(namesake.troubles)
    emails = {person[3] for person in sweden.people()}
    assert "ebba@example.org" in emails
    assert "bjorn@example.org" not in emails


def test_namesakes_are_told_apart_by_their_birth_dates(sweden: Camp) -> None:
    """Two of one name whose codes were exchanged: the name agrees with both, the date does not."""

    def rename(session: DbSession) -> None:
        found = session.query(Participation).filter_by(delegation_id=sweden.key)
        one = next(p.person for p in found if p.person.display_name == "Elias Lindqvist")
        one.display_name = "Elias Sjöström"
        one.index_names()

    sweden.store.change("Rename", rename)
    before, book = sweden.people(), sweden.book()
    sheet = sheet_of(book)
    one, other = (r for r in sheet.iter_rows(min_row=FIRST) if r[0].value == "Elias Sjöström")
    one[8].value, other[8].value = other[8].value, one[8].value
    plan = sweden.take(book)
    assert sweden.people() == before
    outcomes = [row.outcome for row in plan.rows if row.name == "Elias Sjöström"]
    assert outcomes == [NameOutcome.OTHER_CODE] * 2


def test_twins_are_two_lines(sweden: Camp) -> None:
    """Like names and one birth date are two people; the same name again is a line too many."""
    book = sweden.book()
    sheet = sheet_of(book)
    born = day(2006, 6, 6)
    more = [["Anna Berg", born], ["Hanna Berg", born], ["Anna Berg", born]]
    write(sheet, [*lines(sheet), *more])
    plan = sweden.take(book)
    assert [row.outcome for row in plan.rows[-3:]] == [
        NameOutcome.NEW,
        NameOutcome.NEW,
        NameOutcome.TWICE,
    ]
    assert {"Anna Berg", "Hanna Berg"} <= {person[1] for person in sweden.people()}


def test_days_of_somebody_with_several_stays_are_named(sweden: Camp) -> None:
    """What the program would not take is not shown as a correction."""
    part = sweden.store.read(
        lambda s: s.query(Participation).filter_by(delegation_id=sweden.key).order_by("id").first()
    )

    def twice(session: DbSession) -> str:
        one = session.get_one(Participation, part.id)
        first = one.stays[0]
        middle = first.arrival + dt.timedelta(days=1)
        again = middle + dt.timedelta(days=1)
        stays = ((first.arrival, middle), (again, first.departure))
        b.edit_place(session, one, stays=stays)
        return one.person.display_name

    name = sweden.store.change("Come twice", twice).value
    book = sweden.book()
    row = next(r for r in sheet_of(book).iter_rows(min_row=FIRST) if r[0].value == name)
    row[3].value = day(2027, 7, 25)
    plan = sweden.take(book)
    found = next(one for one in plan.rows if one.name == name)
    assert (found.outcome, found.changes) == (NameOutcome.MEMBER, ())
    assert "several stays" in " ".join(found.troubles)
