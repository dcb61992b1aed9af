"""S46, P8: a school in which every name looks like a formula goes out as plain text."""

import csv
import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa
from python_calamine import CalamineWorkbook

from schoolapp.domain.applications import Application
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.money import Money
from schoolapp.domain.participation import Stay
from schoolapp.domain.planned_reports import OF_PRESENCE
from schoolapp.domain.reports import FORMATS, KINDS
from schoolapp.exchange.applications.reading import read
from schoolapp.exchange.applications.tables import text_of
from schoolapp.storage.store import DbSession
from tests import builders as b
from tests.cli.conftest import Run
from tests.databases import Databases, Place
from tests.exchange.test_injection import TEXTS
from tests.storage import rows as made

STARTS = frozenset("=+-@|%\t\r\n＝＋－＠")
FORMULA = {
    "xlsx": ("xl/worksheets/sheet1.xml", "<f[ >]|<hyperlink|externalLink"),
    "ods": ("content.xml", "table:formula|text:a |xlink"),
    "docx": ("word/document.xml", "<w:(fldSimple|fldChar|instrText|hyperlink|object)"),
}


def build(session: DbSession) -> None:
    """Every text that a report can show is a payload: names, titles, teams, needs, addresses.

    Plain rows, as a file from outside may hold them: no form takes such addresses, and forms take
    the blanks off names that begin with a tab.
    """
    at = made.gathering(days=3, code="hostile", titles={"en": TEXTS[0]})
    session.add(at)
    session.flush()
    for number, text in enumerate(TEXTS):
        who = made.person(name=text, native_name=text, email=text, country=None)
        leads = Delegation(
            gathering_id=at.id, code=f"d{number}", name=text, leader_id=0, announced=1, confirmed=1
        )
        session.add(who)
        session.flush()
        leads.leader_id = who.id
        starts = dt.datetime.combine(at.start_date, dt.time(9)) + dt.timedelta(days=number > 0)
        slot = made.session(
            at, title=text, start_local=starts, end_local=starts + dt.timedelta(hours=1)
        )
        session.add_all([leads, slot])
        session.flush()
        part = made.participation(
            who, at, diet=text, access=text, note=text, language_group=text,
            delegation_id=leads.id, fee=Money(1, "EUR"),
            stays=[Stay(arrival=dt.datetime.combine(at.start_date, dt.time(8)),
                        departure=dt.datetime.combine(at.start_date, dt.time(20)))],
        )  # fmt: skip
        session.add(part)


@pytest.fixture
def hostile(bare: Run, file_place: Place) -> Run:
    """Runs a command on that school."""
    store = file_place.open()
    store.change("Build", build)
    store.close()
    return lambda *arguments: bare(*arguments, "--database", file_place.where)


def texts_of(file: Path, form: str) -> list[str]:
    """The texts in the cells of a table, as another program or the import reads them."""
    if form == "csv":
        with file.open(encoding="utf-8", newline="") as lines:
            return [cell for row in csv.reader(lines) for cell in row]
    rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    return [cell for row in rows for cell in row if isinstance(cell, str)]


def check(file: Path, form: str) -> int:
    """No formula, no link, no action; how many cells hold a payload."""
    data = file.read_bytes()
    if form == "pdf":
        assert not re.search(rb"/(URI|JavaScript|JS|Launch|OpenAction|AA)\b", data)
        return 0
    if form in FORMULA:
        name, pattern = FORMULA[form]
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            assert not re.search(pattern, package.read(name).decode())
    if form == "docx":
        return 0
    texts = texts_of(file, form)
    if form == "csv":
        assert not [text for text in texts if text[:1] in STARTS]
    (table, *_more) = read(data, file.name).tables
    known = {text_of(cell) for row in table.rows for cell in row}
    lost = [text for text in TEXTS if text not in known]
    assert len(lost) in (0, len(TEXTS)), lost  # a report shows all of them in a column, or none
    return sum(text_of(cell) in TEXTS for row in table.rows for cell in row)


def test_every_report_in_every_format_is_inert(hostile: Run, tmp_path: Path) -> None:
    """All kinds with all their columns in five formats: no formula, no link, all texts back."""
    cells = 0
    for kind, report in KINDS.items():
        for form in FORMATS:
            file = tmp_path / f"{kind}.{form}"
            answer = hostile(
                *("export", "report", "--gathering", "hostile", "--kind", kind, "--format", form),
                *("--columns", ",".join(column.key for column in report.columns)),
                *("--reason", "a test", "--to", file),
                *(("--planned",) if kind in OF_PRESENCE else ()),  # nobody has come yet
            )
            assert (answer.status, answer.error) == (0, ""), (kind, form)
            cells += check(file, form)
    assert cells > 1_500


def test_the_import_gives_the_names_back(
    hostile: Run, bare: Run, databases: Databases, tmp_path: Path
) -> None:
    """`import-applications` keeps, of what `export attendance` wrote, each name as it was."""
    for form in ("csv", "xlsx", "ods"):
        file, other = tmp_path / f"people.{form}", databases.copy("file")
        answer = hostile(
            *("export", "attendance", "--gathering", "hostile", "--by", "person"),
            *("--format", form, "--to", file),
        )
        assert (answer.status, answer.error) == (0, "")
        store = other.open()
        store.change("Add", lambda s: b.gathering(s, title="New").id)
        answer = bare("import-applications", file, "--gathering", "n2027", "--apply",
                      "--database", other.where)  # fmt: skip
        assert (answer.status, answer.error) == (0, "")
        raws = store.read(lambda s: list(s.scalars(sa.select(Application.raw))))
        store.close()
        databases.remove(other)
        assert sorted(raw["name"] for raw in raws if raw) == sorted(TEXTS)
