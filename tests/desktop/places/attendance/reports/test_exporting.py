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

from schoolapp.base import clock, settings
from schoolapp.base.language import in_language
from schoolapp.cli import reports as cli_reports
from schoolapp.desktop.forms.choosing import ChoiceEditor, ManyEditor
from schoolapp.desktop.forms.editors import Editor
from schoolapp.desktop.places.attendance.certificates import CertificatePage
from schoolapp.desktop.places.attendance.place import Attendance
from schoolapp.desktop.places.attendance.reports import presets
from schoolapp.desktop.places.attendance.reports.printing import writing_of
from schoolapp.domain.applications import Application
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.participation import Participation
from schoolapp.domain.people import Person
from schoolapp.domain.reports import ReportFilter
from schoolapp.operations.applications import AnswerDraft, save_answer
from schoolapp.operations.history import recent_steps
from schoolapp.operations.reports import Preset, save_preset
from schoolapp.storage.opening import open_store
from schoolapp.storage.store import DbSession
from schoolapp.storage.tables import journal_step
from tests.databases import Place
from tests.desktop.conftest import wait_for
from tests.desktop.schools import CONTROL, Hands, school
from tests.operations.attendance.own_school import OwnSchool

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


def test_a_question_of_the_form_can_be_a_column(hands: Hands, tmp_path: Path) -> None:
    """The list of participants offers what the applications answer; it wants a reason."""
    gathering = hands.window.gathering
    assert gathering is not None

    def answered(session: DbSession) -> str:
        of_school = session.query(Application).filter_by(gathering_id=gathering.id)
        places = session.query(Participation.person_id).filter_by(gathering_id=gathering.id)
        one = of_school.filter(Application.person_id.in_(places.scalar_subquery())).first()
        assert one is not None
        draft = AnswerDraft(application_id=one.id, question="Do you bring a tent?", answer="Two")
        save_answer(session, draft=draft)
        return one.person.display_name

    name = hands.store.change("By telephone", answered).value
    shown = place(hands)
    shown.desk.settings.put(settings.EXPORT_FOLDER, str(tmp_path))
    hands.press(Key.Key_E, CONTROL)
    wait_for(hands.desktop.tasks)
    form = shown.exports.form_panel.form
    choose(form.editor("by"), "List of participants")
    check(form.editor("columns"), "Do you bring a tent? (needs a reason)")
    form.put("reason", "The camp site asks")
    hands.press(Key.Key_Return, CONTROL)
    wait_for(hands.desktop.tasks)
    rows = first_sheet(tmp_path / "participants.xlsx")
    assert rows[0][-1] == "Do you bring a tent?"
    assert [row[-1] for row in rows[1:] if name in row] == ["Two"]
    assert not any(row[-1] for row in rows[1:] if name not in row)


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
    assert rows[0] == [
        "Name", "Sessions", "Attended", "Absent", "Hours", "Hours possible", "Language group",
        "E-mail", "Diet",
    ]  # fmt: skip
    assert {row[-3] for row in rows[1:]} == {"Spanish"}
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
    last = [line.rpartition(",")[2] for line in first.splitlines()]
    assert last[0] == "Jours enregistrés"  # in the language of the preset
    assert set(last[1:]) <= {"0", "1", "2", ""}
    assert "2" in last


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
    assert presets.preset_of("", "ur") == presets.PresetDraft(language="ur")
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
    waiting = [page.table.lazy.row(key) for key in page.table.lazy.ids()]
    assert {line.certificate.split(",")[0] for line in waiting if line} == {"earned"}
    assert any(line and "13 Nov" in line.certificate for line in waiting)
    page.issue_button.click()
    hands.press(Key.Key_Return, CONTROL)  # refused: the school is not over yet
    assert "given afterwards" in hands.window.message_bar.words.text()
    assert "0 certificates were issued" in page.words.text()
    with clock.at(dt.datetime(2027, 11, 14, 12, tzinfo=dt.UTC)):
        issue_and_write(hands, page, tmp_path, monkeypatch)


def issue_and_write(
    hands: Hands, page: CertificatePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Give the certificates that are earned by another rule, and write them."""
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


@pytest.fixture
def own(qapp: QApplication, file_place: Place) -> Iterator[Hands]:
    """A school of one's own, of which nothing is recorded yet."""
    store = file_place.open()
    OwnSchool(store, names=("Zoë Adams", "Ana Zuñiga"))
    store.close()
    assert isinstance(file_place.where, Path)
    with school(qapp, file_place.where, (Attendance,), "School") as made:
        made.window.desk.settings.put(settings.EXPORT_FOLDER, str(file_place.where.parent))
        yield made


def test_the_gallery_says_why_there_is_no_presence_and_offers_the_plan(
    own: Hands, file_place: Place
) -> None:
    """Where nothing is recorded the gallery stays open with a sentence; the plan is one choice
    away, and file and headings say that it is one."""
    folder = Path(str(file_place.where)).parent
    own.press(Key.Key_E, CONTROL)
    form = place(own).exports.form_panel.form
    choose(form.editor("by"), "Person-days for the funder")
    own.press(Key.Key_Return, CONTROL)
    panel = place(own).exports.form_panel
    assert panel.isVisible()
    assert panel.subtitle.text().startswith("Nothing is recorded yet of who was there")
    assert not list(folder.glob("person_days*"))
    choose(form.editor("planned"), "As planned")
    own.press(Key.Key_Return, CONTROL)
    assert not panel.isVisible()
    (written,) = folder.glob("person_days*.xlsx")
    rows = first_sheet(written)
    assert rows[0][0] == "Name"
    assert "Person-days planned" in rows[0]
    assert [row[0] for row in rows[1:]] == ["Ana Zuñiga", "Zoë Adams"]
    own.press(Key.Key_E, CONTROL)
    assert not panel.subtitle.isVisible()


def test_a_report_for_people_reads_in_their_language(practice_file: Path) -> None:
    """Names first and in order, no identifiers, headings, languages and states in words."""
    store = open_store(practice_file)
    key = store.read(lambda s: s.scalars(sa.select(Gathering.id).filter_by(code="gjs2027")).one())

    def read(kind: str, *columns: str) -> list[list[object]]:
        asked = Preset("", kind, columns, language="fr")
        writing = store.read(lambda s: writing_of(s, gathering_id=key, asked=asked, reason=""))
        with in_language("fr"):
            data = writing(dt.datetime(2027, 12, 1, tzinfo=dt.UTC))
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [list(row) for row in book.get_sheet_by_index(0).to_python()]

    marks = read("session", "start", "name", "status", "language_group")
    groups = read("language_group")
    days = read("person_days")
    order = store.read(lambda s: {p.display_name: p.sort_name for p in s.query(Person)})
    store.close()
    assert {row[2] for row in marks[1:]} >= {"présent·e", "absent·e"}
    assert {row[3] for row in marks[1:]} == {"anglais", "espagnol", "français"}
    assert [row[0] for row in groups[1:]] == ["anglais", "espagnol", "français"]
    names = [str(row[0]) for row in days[1:]]
    assert names == sorted(names, key=order.__getitem__)
    assert not any("schoolapp.example" in str(cell) for row in read("sessions") for cell in row)
