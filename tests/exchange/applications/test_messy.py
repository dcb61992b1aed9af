"""The two practice files are understood as their expected results say."""

import datetime as dt
import json
from functools import cache

import pytest

from schoolapp.base.language import in_language
from schoolapp.base.shipped import folder
from schoolapp.exchange.applications.drafts import ImportedSheet, KnownPerson
from schoolapp.exchange.applications.flags import doubts_of, sentence
from schoolapp.exchange.applications.importing import Choices, read_applications
from schoolapp.exchange.applications.mapping import Mapping
from schoolapp.exchange.applications.report import as_json, report

STARTS = {
    "limesurvey_gjs.csv": dt.date(2027, 10, 23),
    "registration_merged.xlsx": dt.date(2027, 7, 24),
}
FIELDS = ("full_name", "email", "born", "country", "languages")
# What cannot be known from the cell may be null where the truth behind it is not.
DOUBTS = {
    "full_name": {"name_non_latin_only", "formula"},
    "email": {"email_invalid", "email_suspect_domain", "email_missing"},
    "born": {"date_ambiguous"},
    "country": {"duplicate_person"},  # "Belgium (late)" is where the row is, not a country
    "languages": {"missing_languages"},
}
# Row 14 carries the mark, but no character of that row (nor of the file) is decomposed.
NOT_IN_THE_FILE = {("limesurvey_gjs.csv", 14, "unicode_nfd")}


@cache
def sheet(name: str) -> ImportedSheet:
    data = (folder("data") / "practice" / "messy" / name).read_bytes()
    return read_applications(data, name, reference_date=STARTS[name])


@cache
def rows(name: str) -> dict[int, tuple[dict, dict]]:
    """Row of the expected file to (expected, reported); workbooks count rows of the sheet there."""
    stem = name.rsplit(".")[0]
    path = folder("data") / "practice" / "messy" / f"{stem}.expected.json"
    expected = json.loads(path.read_text("utf-8"))
    reported = report(sheet(name))
    above = reported["header_row"] if name.endswith("xlsx") else 0
    by_row = {row["row"] + above: row for row in reported["rows"]}
    pairs = {}
    for row in expected["rows"]:
        if row["duplicate_of"]:
            row["duplicate_of"] -= above
        pairs[row["row"]] = (row, by_row[row["row"]])
    return pairs


@pytest.mark.parametrize("name", STARTS)
def test_S03_fields_are_right_or_null_with_a_mark(name: str) -> None:
    """A field equals the truth, or it is null and the row says why (S03, E10, E22, E56)."""
    wrong = []
    for number, (expected, reported) in rows(name).items():
        for field in FIELDS if expected["canonical"] else ():
            value, truth = reported[field] or None, expected["canonical"][field] or None
            doubted = value is None and DOUBTS[field] & set(reported["issues"])
            if value != truth and not doubted:
                wrong.append((number, field, value, truth))
    assert wrong == []


@pytest.mark.parametrize("name", STARTS)
def test_S04_every_mark_is_reported(name: str) -> None:
    """Each mark of the expected result is reported on its row (S04)."""
    missing = {
        (name, number, code)
        for number, (expected, reported) in rows(name).items()
        for code in set(expected["issues"]) - set(reported["issues"])
    }
    assert missing <= NOT_IN_THE_FILE


@pytest.mark.parametrize("name", STARTS)
def test_marks_are_not_scattered(name: str) -> None:
    """A row without any expected mark gets none."""
    clean = [reported for expected, reported in rows(name).values() if not expected["issues"]]
    assert [row["row"] for row in clean if row["issues"]] == []


@pytest.mark.parametrize("name", STARTS)
def test_S04_no_ambiguous_or_placeholder_date_is_kept(name: str) -> None:
    """A doubtful date of birth is null (S04)."""
    doubtful = {"date_ambiguous", "date_placeholder", "date_implausible", "missing_birth_date"}
    kept = [r for r in report(sheet(name))["rows"] if doubtful & set(r["issues"]) and r["born"]]
    assert kept == []


@pytest.mark.parametrize("name", STARTS)
def test_S05_duplicates_are_proposed_and_nobody_else(name: str) -> None:
    """All pairs of the expected result and no other (S05, E24)."""
    for expected, reported in rows(name).values():
        assert reported["duplicate_of"] == expected["duplicate_of"], reported


def test_S05_E25_a_shared_mailbox_is_no_duplicate() -> None:
    """Rows 6 and 48 share an address, are marked and stay two persons (E25)."""
    reported = rows("limesurvey_gjs.csv")[48][1]
    assert "shared_email" in reported["issues"]
    assert reported["duplicate_of"] is None
    assert reported["email"] == "hamza.qureshi@example.org"


@pytest.mark.parametrize("name", STARTS)
def test_S03_no_row_is_lost(name: str) -> None:
    """Rows are numbered without a gap; what is left out says why and keeps its cells (E54, E58)."""
    found = sheet(name).rows
    assert [row.row for row in found] == list(range(1, len(found) + 1))
    assert all(row.why for row in found if row.skipped)
    assert all(row.raw for row in found)
    assert not any(row.why for row in found if not row.skipped)


def test_E54_titles_totals_and_blank_rows_are_left_out_by_name() -> None:
    """The workbook's headings lie in row 3; its totals and blank rows are distinguished."""
    found = sheet("registration_merged.xlsx")
    why = {row.row + found.header_row: row.why for row in found.rows if row.skipped}
    assert found.header_row == 3
    assert [row for row, text in why.items() if text == "The row is a total."] == [
        13, 23, 32, 37, 43, 48,
    ]  # fmt: skip
    assert [row for row, text in why.items() if text == "The row is empty."] == [14, 24, 33, 38, 44]
    assert [one.name for one in found.other_tables] == ["OLD do not use"]


def test_E54_a_merged_delegation_stands_in_each_of_its_rows() -> None:
    """Column A is merged downwards; each person has the delegation."""
    found = sheet("registration_merged.xlsx")
    people = {r.row + 3: r.answers.delegation for r in found.rows if not r.skipped}
    for number, (expected, _told) in rows("registration_merged.xlsx").items():
        if number != 49:
            assert people[number] == expected["canonical"]["delegation"]


def test_E58_a_test_of_the_form_is_left_out() -> None:
    """Row 49 of the survey is a test; the unfinished row 42 stays, marked."""
    reported = rows("limesurvey_gjs.csv")
    assert reported[49][1]["skipped"]
    assert reported[49][1]["why"] == "The row is a test of the form."
    assert reported[42][1]["issues"] == ["incomplete"]
    assert not reported[42][1]["skipped"]


def test_answers_are_understood() -> None:
    """Modules, travel money and the source's own number equal the expected result."""
    for number, (expected, _told) in rows("limesurvey_gjs.csv").items():
        truth, row = expected["canonical"], sheet("limesurvey_gjs.csv").rows[number - 1]
        assert row.source_id == str(expected["source_id"])
        if truth is None or number == 42:
            continue
        assert list(row.answers.modules) == truth["modules"]
        money = row.answers.travel
        if "money_other_currency" not in expected["issues"]:
            assert (float(money.amount) if money else None) == truth["travel_eur"]
        else:
            assert money is None


def test_S03_the_mapping_of_one_sheet_serves_the_next() -> None:
    """The mapping used, saved and given again, yields the same report."""
    name = "registration_merged.xlsx"
    data = (folder("data") / "practice" / "messy" / name).read_bytes()
    saved = Mapping.from_json(sheet(name).mapping.as_json())
    again = read_applications(data, name, choices=Choices(saved), reference_date=STARTS[name])
    assert as_json(again) == as_json(sheet(name))


def test_S04_a_chosen_order_decides_the_ambiguous_dates() -> None:
    """Once a person has said day first, 02/07/2007 is 2 July and no longer doubtful (E56)."""
    name = "registration_merged.xlsx"
    data = (folder("data") / "practice" / "messy" / name).read_bytes()
    chosen = Mapping(date_order={"born": "dmy"})
    row = read_applications(data, name, choices=Choices(chosen), reference_date=STARTS[name]).rows[
        1
    ]
    assert row.person.born == dt.date(2007, 7, 2)
    assert "date_ambiguous" not in {issue.code for issue in row.issues}


def test_S05_known_persons_are_proposed() -> None:
    """A row is compared with the persons of the database, who get no row number."""
    name = "limesurvey_gjs.csv"
    data = (folder("data") / "practice" / "messy" / name).read_bytes()
    known = [KnownPerson(77, ("Dlamini, Thabo",), dt.date(1982, 7, 22)), KnownPerson(78, ("X Y",))]
    pairs = read_applications(data, name, known=known, reference_date=STARTS[name]).pairs
    assert [(pair.row, pair.known) for pair in pairs if pair.known] == [(19, 77)]


@pytest.mark.parametrize("name", STARTS)
def test_S04_every_issue_has_a_sentence(name: str) -> None:
    """An issue is reported in a whole sentence, with the words of the cell on one line."""
    for row in sheet(name).rows:
        for issue in row.issues:
            said = sentence(issue)
            assert "\n" not in said
            assert said[0].isupper() or said[0] == "“"
            assert "{" not in said
            with in_language("en-XA"):
                assert sentence(issue) != said


@pytest.mark.parametrize(
    ("name", "doubtful", "odd"),
    [("limesurvey_gjs.csv", 19, 38), ("registration_merged.xlsx", 16, 26)],
)
def test_only_what_a_person_should_look_at_is_doubtful(name: str, doubtful: int, odd: int) -> None:
    """What was odd and is read without doubt (capitals, "€ 1.100,50", markup) is no doubt (S04)."""
    rows = [row for row in sheet(name).rows if not row.skipped]
    assert sum(bool(row.issues) for row in rows) == odd
    assert sum(bool(doubts_of(row)) for row in rows) == doubtful
