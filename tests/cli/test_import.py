"""Application sheets through the command line: nothing lost, nothing guessed, nothing twice."""

import json
from pathlib import Path

import openpyxl
import pytest

from schoolapp.domain.applications import Application, ApplicationState
from schoolapp.operations.applications import move_application
from schoolapp.storage.opening import open_store
from tests.cli.conftest import Run
from tests.cli.test_practice import content, read_folder
from tests.packages import canonical
from tests.paths import MESSY

SHEET = MESSY / "limesurvey_gjs.csv"
ROW = {
    "row", "full_name", "native_name", "email", "phone", "born", "gender", "pronouns", "country",
    "nationality", "languages", "diet", "access", "organisation", "delegation", "modules",
    "arrival", "departure", "needs_visa", "asks_subsidy", "travel", "contribution", "fee",
    "first_time", "consent", "parental_consent", "motivation", "submitted", "minor", "answers",
    "issues", "marks", "duplicate_of", "skipped", "why", "changes", "application",
}  # fmt: skip


def applications(run: Run) -> int:
    """How many applications the Amsterdam school has."""
    listed = run("gatherings", "--json").json
    return int(next(entry["applications"] for entry in listed if entry["id"] == "gjs2027"))


def test_without_apply_nothing_is_stored(run: Run, practice_file: Path, tmp_path: Path) -> None:
    """The dry run exits 0, says what would be done and leaves the database as it is."""
    before = content(practice_file)
    report = tmp_path / "report.json"
    answer = run("import-applications", SHEET, "--gathering", "gjs2027", "--report", report)
    assert answer.status == 0
    assert answer.out.endswith("Nothing was stored: this was a dry run.\n")
    assert content(practice_file) == before


def test_the_report_has_a_row_for_every_row(run: Run, tmp_path: Path) -> None:
    """49 rows with exactly the keys of docs/cli.md; what is skipped says why."""
    report = tmp_path / "report.json"
    run("import-applications", SHEET, "--gathering", "gjs2027", "--report", report)
    reported = json.loads(report.read_text("utf-8"))
    assert set(reported) == {
        "file", "encoding", "delimiter", "header_row", "mapping", "rows", "other_tables",
        "hidden_rows",
    }  # fmt: skip
    assert [row["row"] for row in reported["rows"]] == list(range(1, 50))
    assert all(set(row) == ROW for row in reported["rows"])
    skipped = [row for row in reported["rows"] if row["skipped"]]
    assert [row["row"] for row in skipped] == [49]
    assert all(row["why"] for row in skipped)


def test_applying_twice_changes_nothing(run: Run, practice_file: Path) -> None:
    """The same sheet again stores nothing and says so."""
    there = applications(run)
    answer = run("import-applications", SHEET, "--gathering", "gjs2027", "--apply")
    assert answer.status == 0
    assert answer.out.startswith("49 rows: 43 new people, 0 known people, 5 perhaps twice,")
    assert answer.out.endswith("Imported.\n")
    after = applications(run)
    assert after > there
    before = content(practice_file)
    answer = run("import-applications", SHEET, "--gathering", "gjs2027", "--apply")
    assert answer.status == 0
    assert "0 new people, 0 known people, 0 perhaps twice, 0 changed, 48 unchanged" in answer.out
    assert (applications(run), content(practice_file)) == (after, before)


def test_a_second_report_says_whose_row_it_is_and_what_changes(run: Run, tmp_path: Path) -> None:
    """``application`` is that of the row, by its uid; ``changes`` holds the old and the new."""
    head = "ID,Full name,E-mail,Do you need a visa?,Languages\n"
    sheet, report = tmp_path / "form.csv", tmp_path / "report.json"
    sheet.write_text(
        head + "1,Ana Ruiz,ana@example.org,No,French\n2,Bo Dahl,bo@example.org,No,Danish\n"
    )
    options = ("import-applications", sheet, "--gathering", "gjs2027", "--report", report)
    run(*options, "--apply")
    first = json.loads(report.read_text("utf-8"))["rows"]
    assert [(row["changes"], row["application"]) for row in first] == [({}, None)] * 2
    sheet.write_text(
        head + "2,Bo Dahl,bo@example.org,No,Danish\n3,Cai Lund,cai@example.org,No,Danish\n"
        '1,Ana Ruiz,new@example.org,Yes,"French, English"\n'
    )
    answer = run(*options)
    assert "1 new people" in answer.out
    assert "1 changed, 1 unchanged" in answer.out
    same, new, changed = json.loads(report.read_text("utf-8"))["rows"]
    assert changed["changes"] == {
        "email": ["ana@example.org", "new@example.org"],
        "needs_visa": [False, True],
        "languages": [["fr"], ["fr", "en"]],
    }
    assert (same["changes"], new["changes"], new["application"]) == ({}, {}, None)
    assert len({same["application"], changed["application"]} - {None}) == 2


def test_what_is_stored_is_listed_under_the_keys_of_the_report(run: Run, tmp_path: Path) -> None:
    """Each row that was imported, with its state, the two uids and the doubts that are open."""
    report = tmp_path / "report.json"
    run("import-applications", SHEET, "--gathering", "gjs2027", "--apply", "--report", report)
    reported = {row["row"]: row for row in json.loads(report.read_text("utf-8"))["rows"]}
    listed = run("applications", "--gathering", "gjs2027", "--json").json
    mine = [one for one in listed if one["file"] == SHEET.name]
    assert len(mine) == 48
    same = ROW - {
        "row",
        "changes",
        "duplicate_of",
        "skipped",
        "why",
        "marks",
        "modules",
        "delegation",
    }
    of_the_form = same - {"answers", "issues", "submitted", "full_name", "minor", "languages"}
    for one in mine:
        assert same | {"application", "person", "state"} <= set(one)
        row = reported[one["row"]]
        if one["state"] != "merged":
            kept = {key for key in of_the_form if row[key] is not None}
            assert {key: one[key] for key in kept} == {key: row[key] for key in kept}
            assert one["answers"] == row["answers"]
            fields = {doubt["field"] for doubt in one["marks"]}
            assert fields <= {doubt["field"] for doubt in row["marks"]} <= ROW
    lines = run("applications", "--gathering", "gjs2027").out.splitlines()
    assert len(lines) == len(listed)
    assert any("doubt" in line for line in lines)


def test_a_doubt_stands_at_the_key_that_it_is_about(run: Run, tmp_path: Path) -> None:
    """In what is stored as in the report: a doubt about a visa at ``needs_visa``."""
    sheet, report = tmp_path / "form.csv", tmp_path / "report.json"
    sheet.write_text("Name,E-mail,Do you need a visa?\nAna Ruiz,ana@example.org,perhaps not\n")
    run("import-applications", sheet, "--gathering", "gjs2027", "--apply", "--report", report)
    (row,) = json.loads(report.read_text("utf-8"))["rows"]
    listed = run("applications", "--gathering", "gjs2027", "--json").json
    (stored,) = (one for one in listed if one["file"] == sheet.name)
    assert [one["field"] for one in stored["marks"]] == ["needs_visa"]
    assert [one["field"] for one in row["marks"]] == ["needs_visa"]


@pytest.mark.parametrize("content_of_file", [b"", b"\x00\xff\x00", b"hello\n", b"PK\x03\x04broken"])
def test_a_file_that_is_no_sheet_is_reported(
    content_of_file: bytes, run: Run, practice_file: Path, tmp_path: Path
) -> None:
    """Exit 1 with a sentence; nothing is stored."""
    before = content(practice_file)
    (tmp_path / "sheet.xlsx").write_bytes(content_of_file)
    answer = run(
        "import-applications", tmp_path / "sheet.xlsx", "--gathering", "gjs2027", "--apply"
    )
    assert (answer.status, answer.out) == (1, "")
    assert answer.error.strip().endswith(".")
    assert answer.error.count("\n") == 1
    assert content(practice_file) == before


def test_a_file_that_is_not_there_is_reported(run: Run, tmp_path: Path) -> None:
    """It is named, with the reason."""
    answer = run("import-applications", tmp_path / "no.csv", "--gathering", "gjs2027")
    assert (answer.status, answer.error) == (
        1,
        f"{tmp_path / 'no.csv'}: No such file or directory.\n",
    )


def test_a_mapping_says_which_column_is_what(run: Run, tmp_path: Path) -> None:
    """Headings that nobody could guess are read as the mapping says."""
    sheet, mapping, report = (tmp_path / n for n in ("s.csv", "m.json", "r.json"))
    sheet.write_text("q1,q2,q3\nAna Pérez,ana@example.org,1999-05-17\n", encoding="utf-8")
    mapping.write_text(json.dumps({"columns": {"q1": "full_name", "q2": "email", "q3": "born"}}))
    answer = run(
        "import-applications", sheet, "--gathering", "gjs2027",
        "--mapping", mapping, "--report", report,
    )  # fmt: skip
    assert answer.status == 0
    (row,) = json.loads(report.read_text("utf-8"))["rows"]
    assert (row["full_name"], row["email"], row["born"]) == (
        "Ana Pérez",
        "ana@example.org",
        "1999-05-17",
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "not written in JSON"),
        ("\udcff", "not written in JSON"),
        ("[" * 99_999, "not written in JSON"),
        ('{"columns": {"q1": "shoe size"}}', "a field that does not exist: shoe size"),
        ('{"columns": {}, "currency": 5}', "a code of ISO 4217"),
        ('{"columns": {}, "countries": {"Holland": "Netherlands"}}', "the code of a country"),
        ('{"columns": {}, "date_order": {"born": "day first"}}', "dmy or mdy"),
    ],
)
def test_a_mapping_that_says_nothing_lawful_is_refused(
    text: str, sentence: str, run: Run, tmp_path: Path
) -> None:
    """One sentence says what a mapping may hold; nothing is read with half of it."""
    sheet, mapping = tmp_path / "s.csv", tmp_path / "m.json"
    sheet.write_text("name\nAna Pérez\n", encoding="utf-8")
    mapping.write_bytes(text.encode("utf-8", "surrogateescape"))
    answer = run("import-applications", sheet, "--gathering", "gjs2027", "--mapping", mapping)
    assert (answer.status, answer.out) == (1, "")
    assert sentence in answer.error


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "The mapping is not written in JSON."),
        ("[]", "The mapping must be an object of headings and fields."),
        ('{"columns": {"q1": "shoe_size"}}', "a field that does not exist: shoe_size"),
    ],
)
def test_a_wrong_mapping_is_reported(text: str, sentence: str, run: Run, tmp_path: Path) -> None:
    """What is wrong with it, and exit 1."""
    (tmp_path / "m.json").write_text(text)
    answer = run(
        "import-applications", SHEET, "--gathering", "gjs2027", "--mapping", tmp_path / "m.json"
    )
    assert answer.status == 1
    assert sentence in answer.error


def workbook(path: Path) -> Path:
    """Two sheets of people, the second of whom did withdraw, and a hidden row in the first."""
    book = openpyxl.Workbook()
    people, withdrawn = book.active, book.create_sheet("Withdrawn")
    for table, names in ((people, ("Ana Ruiz", "Bo Dahl")), (withdrawn, ("Cy Lee",))):
        table.append(["Full name", "E-mail"])
        for name in names:
            table.append([name, f"{name.split()[0].lower()}@example.org"])
    people.row_dimensions[3].hidden = True
    book.save(path)
    return path


def test_tables_that_are_not_read_and_hidden_rows_are_named(run: Run, tmp_path: Path) -> None:
    """In words and in the report; the hidden row is read and marked."""
    report = tmp_path / "r.json"
    sheet = workbook(tmp_path / "people.xlsx")
    answer = run("import-applications", sheet, "--gathering", "gjs2027", "--report", report)
    assert "The table “Withdrawn” was not read; it has 1 row." in answer.out
    assert "1 row is hidden in the sheet" in answer.out
    reported = json.loads(report.read_text("utf-8"))
    assert reported["other_tables"] == [{"name": "Withdrawn", "rows": 1}]
    assert reported["hidden_rows"] == 1
    marks = [{mark["code"] for mark in row["marks"]} for row in reported["rows"]]
    assert ["hidden_row" in codes for codes in marks] == [False, True]


def test_a_sheet_can_be_chosen(run: Run, tmp_path: Path) -> None:
    """Only the chosen sheet is read; a name that no sheet has is refused with those there are."""
    report = tmp_path / "r.json"
    sheet = workbook(tmp_path / "people.xlsx")
    first = ("import-applications", sheet, "--gathering", "gjs2027", "--report", report)
    assert run(*first, "--choose-sheet", "Withdrawn").status == 0
    reported = json.loads(report.read_text("utf-8"))
    assert [row["full_name"] for row in reported["rows"]] == ["Cy Lee"]
    answer = run(*first, "--choose-sheet", "Nobody")
    assert (answer.status, answer.out) == (1, "")
    assert "no sheet called “Nobody”" in answer.error
    assert "Withdrawn" in answer.error


def test_what_a_file_cannot_have_is_not_chosen(run: Run, tmp_path: Path) -> None:
    """Capitals of a sheet's name do not matter; a text has no sheets, a workbook no encoding."""
    book, text = workbook(tmp_path / "people.xlsx"), tmp_path / "s.csv"
    text.write_text("Full name,E-mail\nAna Ruiz,ana@example.org\n", "utf-8")
    first = ("import-applications", "--gathering", "gjs2027")
    assert run(*first, book, "--choose-sheet", "withdrawn").status == 0
    answer = run(*first, text, "--choose-sheet", "Sheet1")
    assert (answer.status, answer.out) == (1, "")
    assert "it has no sheets to choose" in answer.error
    answer = run(*first, book, "--encoding", "utf-8", "--apply")
    assert (answer.status, answer.out) == (1, "")
    assert "people.xlsx is a workbook" in answer.error


def test_a_minor_is_known_by_the_age_that_the_form_asked(run: Run, tmp_path: Path) -> None:
    """Report and stored applications say the same, without any date of birth."""
    sheet, report = tmp_path / "s.csv", tmp_path / "r.json"
    sheet.write_text(
        "Full name,E-mail,How old are you?\nAna Ruiz,ana@example.org,16\n"
        "Bo Dahl,bo@example.org,34 years\nCy Lee,cy@example.org,17-18\n",
        "utf-8",
    )
    first = ("import-applications", sheet, "--gathering", "gjs2027", "--report", report)
    assert run(*first, "--apply").status == 0
    reported = [row["minor"] for row in json.loads(report.read_text("utf-8"))["rows"]]
    stored = run("applications", "--gathering", "gjs2027", "--json").json
    assert reported == [True, False, None]
    assert [one["minor"] for one in stored if one["file"] == "s.csv"] == reported


def test_an_encoding_can_be_chosen(run: Run, tmp_path: Path) -> None:
    """By the name that people use; another name is refused with those there are."""
    report, sheet = tmp_path / "r.json", tmp_path / "s.csv"
    sheet.write_bytes("Full name,E-mail\nŁukasz Nowak,l@example.org\n".encode("cp1250"))
    first = ("import-applications", sheet, "--gathering", "gjs2027", "--report", report)
    assert run(*first, "--encoding", "windows-1257").status == 0
    reported = json.loads(report.read_text("utf-8"))
    assert reported["encoding"] == "cp1257"
    assert run(*first, "--encoding", "Windows-1250").status == 0
    (row,) = json.loads(report.read_text("utf-8"))["rows"]
    assert row["full_name"] == "Łukasz Nowak"
    answer = run(*first, "--encoding", "rot13")
    assert (answer.status, answer.out) == (1, "")
    assert "There is no encoding “rot13”" in answer.error


def test_a_sheet_without_a_name_is_not_imported(
    run: Run, practice_file: Path, tmp_path: Path
) -> None:
    """Exit 1 and a sentence with the headings; with --mapping it goes on."""
    sheet, mapping = tmp_path / "s.csv", tmp_path / "m.json"
    sheet.write_text("Code,E-mail\nAna Paz,ana@example.org\n", "utf-8")
    before = content(practice_file)
    answer = run("import-applications", sheet, "--gathering", "gjs2027", "--apply")
    assert (answer.status, answer.out) == (1, "")
    assert "No column of the sheet is a name." in answer.error
    assert "--mapping" in answer.error
    assert "Code, E-mail" in answer.error
    assert content(practice_file) == before
    mapping.write_text('{"Code": "full_name"}')
    answer = run("import-applications", sheet, "--gathering", "gjs2027", "--mapping", mapping)
    assert answer.status == 0


def test_a_report_that_cannot_be_written_stops_the_import(run: Run, tmp_path: Path) -> None:
    """Exit 1 means that nothing was stored."""
    there = applications(run)
    answer = run(
        "import-applications", SHEET, "--gathering", "gjs2027",
        "--apply", "--report", tmp_path / "none" / "r.json",
    )  # fmt: skip
    assert (answer.status, answer.out) == (1, "")
    assert "r.json cannot be written" in answer.error
    assert applications(run) == there


def test_what_was_imported_and_decided_goes_on_as_a_package(
    run: Run, bare: Run, practice_file: Path, tmp_path: Path
) -> None:
    """After an import and decisions the packages load into a new database and come out equal."""
    run("import-applications", SHEET, "--gathering", "gjs2027", "--apply")
    store = open_store(practice_file)

    def decide(session: object) -> int:
        fresh = (
            session.query(Application)  # type: ignore[attr-defined]
            .filter_by(state=ApplicationState.SUBMITTED)
            .order_by(Application.id)
            .limit(4)
        )
        for number, application in enumerate(fresh.all()):
            move_application(session, application_id=application.id, step="check_ok")  # type: ignore[arg-type]
            step = "waitlist" if number else "accept"
            move_application(
                session,  # type: ignore[arg-type]
                application_id=application.id,
                step=step,
                reason="decided",
            )
        return fresh.count()

    store.change("Decide", decide)
    store.close()
    assert run("export", "practice", "--to", tmp_path / "first").status == 0
    for path in (tmp_path / "first").iterdir():
        if not path.name.startswith(("gjs2027", "people", "readings")):
            path.unlink()  # the other gatherings are not touched
    new = tmp_path / "new" / "school.db"
    answer = bare("practice", "--into", new, "--from", tmp_path / "first")
    assert (answer.status, answer.error) == (0, "")
    assert bare("export", "practice", "--to", tmp_path / "second", "--database", new).status == 0
    first, second = (canonical(read_folder(tmp_path / name)) for name in ("first", "second"))
    assert {name: second[name] for name in first} == first
    states = [a["state"] for a in first["gjs2027_amsterdam.json"]["applications"]]
    assert states.count("submitted") > 0
