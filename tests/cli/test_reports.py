"""Reports, papers and certificates from the command line."""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from schoolapp.base import clock
from schoolapp.cli.reports import PAPERS
from tests.cli.conftest import Run, rows_of
from tests.databases import Place
from tests.operations.attendance.own_school import OwnSchool
from tests.packages import put
from tests.packages import shipped as shipped_files


def test_a_report_is_cut_and_has_the_columns_asked_for(run: Run, tmp_path: Path) -> None:
    """S43: person-days with two days of travel; columns in the report's order; a mark for Excel."""
    file = tmp_path / "days.csv"
    preset = (
        "export",
        "report",
        "--gathering",
        "camp2027",
        "--kind",
        "person_days",
        "--format",
        "csv",
    )
    cut = ("--travel-days", "2", "--delegation", "Belgium", "--columns", "person_days,name")
    assert run(*preset, *cut, "--to", file, "--byte-order-mark").status == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbfname,person_days\r\n")
    assert len(rows_of(file)) > 5
    assert "day" in run(*preset, "--travel-days", "3", "--to", file).error
    assert "2027-10-23" in run(*preset, "--first", "23.10.2027", "--to", file).error
    for cut in ("--delegation", "--language-group", "--module"):
        answer = run(*preset, cut, "Belgum", "--to", file)
        assert (answer.status, "Belgum" in answer.error) == (1, True)


def test_private_columns_ask_for_a_reason(run: Run, tmp_path: Path) -> None:
    """Health and addresses do not go out without a reason."""
    file = tmp_path / "people.xlsx"
    preset = (
        "export",
        "report",
        "--gathering",
        "gjs2027",
        "--kind",
        "person",
        "--columns",
        "name,diet",
    )
    assert run(*preset, "--to", file).status == 1
    assert not file.exists()
    assert run(*preset, "--to", file, "--reason", "the kitchen").status == 0
    assert file.read_bytes().startswith(b"PK")


def test_the_narrative_is_a_word_document(run: Run, tmp_path: Path) -> None:
    """The report for the funder is written in the reader's language."""
    file = tmp_path / "story.docx"
    preset = (
        "export",
        "report",
        "--gathering",
        "gjs2027",
        "--kind",
        "narrative",
        "--language",
        "fr",
    )
    assert run(*preset, "--to", file).status == 0
    assert file.read_bytes().startswith(b"PK")


@pytest.mark.parametrize("kind", PAPERS)
def test_papers_are_printed(run: Run, tmp_path: Path, kind: str) -> None:
    """Every paper names everybody who is there; that of the team those who work."""
    file = tmp_path / "paper.pdf"
    preset = ("export", "papers", "--gathering", "eco-isb-2027", "--kind", kind, "--language", "ur")
    assert run(*preset, "--to", file).status == 0
    text = "".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(file.read_bytes())).pages)
    assert ("Baloch" if kind == "team" else "Mehsud") in text


def test_certificates_are_issued_once_and_verified_without_a_database(
    run: Run, bare: Run, tmp_path: Path, practice_file: Path
) -> None:
    """P08: issued, issued again without new numbers, checked, and refused when changed."""
    from schoolapp.operations import certificates
    from schoolapp.storage.opening import open_store

    issue = ("certificates", "--gathering", "eco-isb-2027", "--to", tmp_path / "c")
    with clock.at(dt.datetime(2027, 10, 12, tzinfo=dt.UTC)):
        answer = run(*issue)
    assert (answer.status, "given afterwards" in answer.error) == (1, True)
    assert not (tmp_path / "c").exists()
    with clock.at(dt.datetime(2027, 10, 16, tzinfo=dt.UTC)):
        assert run(*issue).out.startswith("19 certificates were issued now; 19 are in")
        assert run(*issue).out.startswith("0 certificates were issued now; 19 are in")
    names = {file.name for file in (tmp_path / "c").iterdir()}
    assert names == {f"certificate-{n:05}.pdf" for n in range(1, 20)} | {"public-key.txt"}
    store = open_store(practice_file)
    signed = store.read(lambda s: certificates.issued(s, gathering_id=_seminar(s)))[0].signed
    store.close()
    text, key = tmp_path / "code.txt", tmp_path / "c" / "public-key.txt"
    text.write_text(signed, "utf-8")
    assert bare("verify-certificate", text, "--key", key).out.startswith("Genuine: certificate 1, ")
    text.write_text(signed.replace("sessions", "sesssions"), "utf-8")
    answer = bare("verify-certificate", text, "--key", key)
    assert (answer.status, "not genuine" in answer.error) == (1, True)
    text.write_text(signed, "utf-8")
    key.write_text("not a key", "utf-8")
    assert "no public key" in bare("verify-certificate", text, "--key", key).error
    text.write_bytes(b"\xff\xfe")
    assert bare("verify-certificate", text, "--key", key).status == 1


@pytest.fixture
def own(bare: Run, file_place: Place) -> tuple[Run, OwnSchool]:
    """A school of one's own in a file, and a way to run commands on it."""
    store = file_place.open()
    school = OwnSchool(store, sessions=(1, 2))
    store.close()
    return (lambda *arguments: bare(*arguments, "--database", file_place.where)), school


PRESENCE = ("person_days", "day", "presence", "participation", "delegation", "narrative")


@pytest.mark.parametrize("kind", PRESENCE)
def test_presence_that_nobody_recorded_is_refused(
    own: tuple[Run, OwnSchool], tmp_path: Path, kind: str
) -> None:
    """A gathering next year: exit 1 and a sentence, no file; with --planned a plan, so named."""
    run, school = own
    form = "docx" if kind == "narrative" else "csv"
    to = tmp_path / f"report.{form}"
    asked = ("export", "report", "--gathering", school.code, "--kind", kind, "--format", form)
    answer = run(*asked, "--to", to)
    assert (answer.status, answer.out, to.exists()) == (1, "", False)
    assert answer.error.startswith("Nothing is recorded yet of who was there")
    assert run(*asked, "--planned", "--to", to).status == 0
    if form == "csv":
        assert "planned_" in to.read_text("utf-8").splitlines()[0]
        return
    with zipfile.ZipFile(to) as document:
        text = document.read("word/document.xml").decode()
    assert "Planned narrative report" in text
    assert "took part" not in text
    assert "3 people are planned to take part" in text
    assert "15" in text


def _seminar(session: object) -> int:
    from schoolapp.operations.gatherings import gathering_row

    return gathering_row(session, code="eco-isb-2027").id  # type: ignore[arg-type]


def loaded(bare: Run, tmp_path: Path, change: Callable[[dict[str, str]], None]) -> Run:
    """Runs commands on the practice packages after their files were changed."""
    files = shipped_files()
    change(files)
    database = tmp_path / "packages.db"
    answer = bare("practice", "--into", database, "--from", put(files, tmp_path / "packages"))
    assert (answer.status, answer.error) == (0, "")
    return lambda *arguments: bare(*arguments, "--database", database)


def days_of(run: Run, to: Path, kind: str = "day") -> list[dict[str, str]]:
    """The rows of a report of the Manila school."""
    asked = ("export", "report", "--gathering", "eco2027", "--kind", kind, "--format", "csv")
    assert run(*asked, "--to", to / f"{kind}.csv").status == 0
    return rows_of(to / f"{kind}.csv")


ATTENDANCE = "eco2027_attendance.csv"


def test_a_package_in_which_nobody_came_has_no_person_day(bare: Run, tmp_path: Path) -> None:
    """Recorded as absent is 0 for everybody and every day with a register, and no refusal."""

    def absent(files: dict[str, str]) -> None:
        head, *lines = files[ATTENDANCE].splitlines()
        keys = (line.split(",")[:2] for line in lines)
        rows = (f"{slot},{person},absent,,,0,list" for slot, person in keys)
        files[ATTENDANCE] = "\n".join([head, *rows, ""])

    run = loaded(bare, tmp_path, absent)
    assert {row["person_days"] for row in days_of(run, tmp_path, "person_days")} == {"0"}
    assert {row["persons"] for row in days_of(run, tmp_path)} == {"0", ""}  # Sunday is free


def test_a_package_that_lost_the_registers_of_a_day_says_nothing_of_it(
    bare: Run, tmp_path: Path
) -> None:
    """The day has an empty cell, and is a person-day of nobody (E18)."""
    day = "2027-05-12"

    def lose(files: dict[str, str]) -> None:
        package = json.loads(files["eco2027_manila.json"])
        lost = [one["uid"] for one in package["sessions"] if one["start_local"].startswith(day)]
        package["event"]["missing_registers"] = lost
        files["eco2027_manila.json"] = json.dumps(package)
        kept = (ln for ln in files[ATTENDANCE].splitlines() if ln.split(",")[0] not in lost)
        files[ATTENDANCE] = "\n".join([*kept, ""])

    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    rows = days_of(loaded(bare, first, _same), first)
    before = {row["date"]: row["persons"] for row in rows}
    rows = days_of(loaded(bare, second, lose), second)
    after = {row["date"]: row["persons"] for row in rows}
    assert (before[day], after[day]) == ("16", "")
    assert {d: n for d, n in before.items() if d != day} == {
        d: n for d, n in after.items() if d != day
    }


def test_a_package_without_registers_is_refused(bare: Run, tmp_path: Path) -> None:
    """The stays of a package are plans like any other; the other gatherings keep their figures."""
    run = loaded(bare, tmp_path, lambda files: files.pop(ATTENDANCE) and None)
    to = tmp_path / "days.csv"
    asked = ("export", "report", "--kind", "person_days", "--format", "csv", "--to", to)
    answer = run(*asked, "--gathering", "eco2027")
    assert (answer.status, "Nothing is recorded yet" in answer.error) == (1, True)
    assert run(*asked, "--gathering", "camp2027").status == 0
    assert sum(int(row["person_days"]) for row in rows_of(to)) == 2388


def _same(files: dict[str, str]) -> None:
    """The packages as they are."""
