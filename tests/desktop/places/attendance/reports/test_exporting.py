"""The gallery of reports and papers, and certificates, on the practice schools."""

import datetime as dt
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from python_calamine import CalamineWorkbook

from schoolapp.base import settings
from schoolapp.cli import reports as cli_reports
from schoolapp.desktop.forms.choosing import ChoiceEditor, ManyEditor
from schoolapp.desktop.forms.editors import Editor
from schoolapp.desktop.places.attendance.place import Attendance
from schoolapp.desktop.places.attendance.reports import presets
from schoolapp.desktop.places.attendance.reports.printing import writing_of
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.reports import ReportFilter
from schoolapp.operations.history import recent_steps
from schoolapp.operations.reports import Preset, save_preset
from schoolapp.storage.opening import open_store
from schoolapp.storage.tables import journal_step
from tests.desktop.conftest import wait_for
from tests.desktop.schools import CONTROL, Hands, school

Key = Qt.Key


@pytest.fixture
def hands(qapp: QApplication, practice_file: Path) -> Iterator[Hands]:
    """The registers of the Amsterdam school."""
    with school(qapp, practice_file, (Attendance,), "Global Justice School") as made:
        yield made


def place(hands: Hands) -> Attendance:
    """The place that is open."""
    shown = hands.window.place
    assert isinstance(shown, Attendance)
    return shown


def choose(editor: Editor, words: str) -> None:
    """Choose a value as the mouse or the keys would."""
    assert isinstance(editor, ChoiceEditor)
    at = editor.box.findText(words)
    assert at >= 0, words
    editor.box.setCurrentIndex(at)
    editor.box.activated.emit(at)


def check(editor: Editor, words: str) -> None:
    """Check a value of a list."""
    assert isinstance(editor, ManyEditor)
    (item,) = editor.list.findItems(words, Qt.MatchFlag.MatchExactly)
    item.setCheckState(Qt.CheckState.Checked)


def first_sheet(path: Path) -> list[list[object]]:
    """The rows of a workbook's first sheet."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    return [list(row) for row in book.get_sheet_by_index(0).to_python()]


@pytest.mark.parametrize("kind", [kind for kind, _ in presets.GALLERY if kind != "certificates"])
def test_whatever_the_gallery_offers_is_written(practice_file: Path, kind: str) -> None:
    """Each report and paper, with its least columns."""
    store = open_store(practice_file)
    key = store.read(lambda s: s.scalars(sa.select(Gathering.id)).first())
    asked = Preset(name="", kind=kind, format="pdf")
    found = store.read(lambda s: writing_of(s, gathering_id=key or 0, asked=asked, reason=""))
    store.close()
    assert found(dt.datetime(2027, 10, 1, tzinfo=dt.UTC))


def test_window_and_shell_print_the_same_papers() -> None:
    """A paper that one of them offers the other offers too; certificates are a command apart."""
    in_window = {kind.removeprefix("list-") for kind, _ in presets.PAPERS}
    assert in_window - {presets.CERTIFICATES} == set(cli_reports.PAPERS)


def test_private_columns_need_a_reason_and_are_journalled(hands: Hands, tmp_path: Path) -> None:
    """A report with health and addresses waits for its reason; the journal says who had it."""
    shown = place(hands)
    shown.desk.settings.put(settings.EXPORT_FOLDER, str(tmp_path))
    hands.press(Key.Key_E, CONTROL)
    wait_for(hands.desktop.tasks)
    form = shown.exports.form_panel.form
    choose(form.editor("by"), "Attendance: each person")
    assert not form.editor("reason").isVisible()
    for column in ("Language group", "E-mail (needs a reason)", "Diet (needs a reason)"):
        check(form.editor("columns"), column)
    choose(form.editor("language_group"), "es")
    assert form.editor("reason").isVisible()
    hands.press(Key.Key_Return, CONTROL)
    assert "reason" in form.problems()
    form.put("reason", "Seats for wheelchairs")
    form.put("name", "Seats")
    hands.press(Key.Key_Return, CONTROL)
    wait_for(hands.desktop.tasks)
    rows = first_sheet(tmp_path / "person.xlsx")
    assert rows[0][-3:] == ["language_group", "email", "diet"]
    assert {row[-3] for row in rows[1:]} == {"es"}
    titles = hands.store.read(lambda s: s.scalars(sa.select(journal_step.c.title)).all())
    assert any("Seats for wheelchairs" in title for title in titles)


def test_a_kept_report_comes_back_with_its_columns_and_its_cut(
    hands: Hands, tmp_path: Path
) -> None:
    """S43: what was kept last year fills in the panel: columns, filters, format, language."""
    preset = Preset(
        "Funder", "person_days", ("name", "days"), ReportFilter(first=dt.date(2027, 10, 25),
        last=dt.date(2027, 10, 26), travel_days=2), "csv", "fr",
    )  # fmt: skip
    hands.store.change("Keep", lambda s: save_preset(s, preset))
    place(hands).desk.settings.put(settings.EXPORT_FOLDER, str(tmp_path))
    hands.press(Key.Key_E, CONTROL)
    wait_for(hands.desktop.tasks)
    form = place(hands).exports.form_panel.form
    choose(form.editor("by"), "Funder")
    draft = form.draft
    assert (draft.columns, draft.form, draft.language) == (("name", "days"), "csv", "fr")
    assert (draft.first, draft.travel_days) == (dt.date(2027, 10, 25), 2)
    hands.press(Key.Key_Return, CONTROL)
    wait_for(hands.desktop.tasks)
    hands.press(Key.Key_E, CONTROL)  # the next time one Enter is enough
    wait_for(hands.desktop.tasks)
    hands.press(Key.Key_Return)
    wait_for(hands.desktop.tasks)
    first, second = (path.read_text("utf-8") for path in sorted(tmp_path.glob("kept-*.csv")))
    assert first == second
    assert {line.rpartition(",")[2] for line in first.splitlines()} == {"days", "2"}


def test_fields_that_say_nothing_of_a_paper_are_out_of_sight(hands: Hands) -> None:
    """Badges have no columns, a report by day no module, and hidden cuts do not apply."""
    hands.press(Key.Key_E, CONTROL)
    wait_for(hands.desktop.tasks)
    form = place(hands).exports.form_panel.form
    for words, there in (
        ("Badges (PDF)", set()),
        ("Presence by day", {"columns", "first", "delegation"}),
        ("Attendance by module", {"columns", "first", "delegation", "module"}),
        ("Narrative report (Word)", {"first", "delegation", "module"}),
        ("Person-days for the funder", {"columns", "first", "delegation", "travel_days"}),
    ):
        choose(form.editor("by"), words)
        names = ("columns", "first", "delegation", "module", "travel_days")
        assert {name for name in names if form.editor(name).isVisible()} == there
    form.put("first", dt.date(2027, 10, 26))
    form.put("last", dt.date(2027, 10, 25))
    assert set(form.problems()) == {"last"}
    form.put("module", "m2")
    assert presets.asked(form.draft, {}).only.module == ""


def test_what_is_remembered_of_a_preset() -> None:
    """Report, format, language, columns; no reason, name or cut; nonsense gives the usual one."""
    preset = presets.PresetDraft(
        "day", "csv", "fr", ("date",), delegation="Peru", reason="why", name="Mine"
    )
    assert presets.preset_of(presets.written(preset)) == presets.PresetDraft(
        "day", "csv", "fr", ("date",)
    )
    for text in ("", "[1, 2]", json.dumps({"by": "day"}), "[1, 2, 3, 4]"):
        assert presets.preset_of(text) == presets.PresetDraft()
    gone = presets.with_least(presets.PresetDraft("day", columns=("shoes",)), {})
    assert gone.columns == ("date", "persons")


def test_certificates_are_issued_and_written(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P08: the rule shows who has earned one; they get permanent numbers, and a PDF each."""
    hands.press(Key.Key_E, CONTROL)
    wait_for(hands.desktop.tasks)
    shown = place(hands)
    choose(shown.exports.form_panel.form.editor("by"), "Certificates (PDF)")
    hands.press(Key.Key_Return, CONTROL)
    page = shown.views.certificates
    assert page.isVisible()
    assert "25 of 25" in page.words.text()
    assert not page.write_button.isEnabled()
    page.issue_button.click()
    assert page.form_panel is not None
    percent = page.form_panel.form.editor("percent")
    percent.setFocus()
    hands.press(Key.Key_A, CONTROL)
    hands.type("0")
    hands.press(Key.Key_Return, CONTROL)  # refused: there is no such percentage
    hands.press(Key.Key_A, CONTROL)
    hands.type("100")
    earned = int(page.words.text().split()[0])
    assert 0 < earned < 25
    hands.press(Key.Key_Return, CONTROL)
    assert f"{earned} certificates were issued" in page.words.text()
    issued = hands.store.read(recent_steps)[0]
    assert (issued.title, issued.final) == ("Issue certificates", True)  # no undo
    lines = [page.table.lazy.row(key) for key in page.table.lazy.ids()]
    numbers = [line.certificate for line in lines if line and line.certificate]
    assert sorted(numbers) == sorted(f"Number {n}" for n in range(1, earned + 1))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    page.write_button.click()
    wait_for(hands.desktop.tasks)
    assert len(list(tmp_path.glob("certificate-*.pdf"))) == earned
    assert (tmp_path / "public-key.txt").read_text("utf-8").count("\n") == 1
    assert "certificates are in" in hands.window.message_bar.words.text()
    assert pypdf.PdfReader(tmp_path / "certificate-00001.pdf").pages
