"""Reports, papers and certificates from the command line."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pypdf
import pytest

from schoolapp.base import clock
from schoolapp.cli.reports import PAPERS
from tests.cli.conftest import Run, rows_of
from tests.databases import Place
from tests.operations.attendance.own_school import OwnSchool


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
    """Every paper names everybody who is there."""
    file = tmp_path / "paper.pdf"
    preset = ("export", "papers", "--gathering", "eco-isb-2027", "--kind", kind, "--language", "ur")
    assert run(*preset, "--to", file).status == 0
    text = "".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(file.read_bytes())).pages)
    assert "Mehsud" in text


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
