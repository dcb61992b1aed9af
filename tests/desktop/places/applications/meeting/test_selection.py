"""Decide mode, prepared decisions, letters, the waiting list and the rules, by keys alone."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QPlainTextEdit

from schoolapp.base import settings
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.places.applications.meeting.bars import BalanceBars
from schoolapp.desktop.places.applications.place import Applications
from schoolapp.domain.applications import Application, ApplicationState
from schoolapp.domain.mail import Mail, MailState
from schoolapp.domain.people import Person
from schoolapp.domain.referees import Score, ScoreScale
from schoolapp.domain.selection import PendingDecision, SelectionTarget
from schoolapp.domain.waiting import Policy, SelectionRules
from tests import builders as b
from tests.databases import Place
from tests.desktop.conftest import wait_for
from tests.desktop.schools import ALT, CONTROL, SHIFT, Hands, school

Key = Qt.Key
S = ApplicationState
Open = Callable[..., Hands]


@pytest.fixture
def desk(qapp: QApplication, file_place: Place) -> Iterator[Open]:
    """Opens the window on a school of its own, with so many applicants in a state."""
    opened: list[Any] = []

    def build(people: int, state: S = S.ELIGIBLE, capacity: int = 25) -> Hands:
        store = file_place.open()

        def make(session: Any) -> None:
            at = b.gathering(session, title="Justice School", capacity=capacity, modules=2)
            for n in range(people):
                who = b.person(session, name=f"Person {n:02}", gender=("woman", "man")[n % 2])
                b.application(session, who, at, state=state, motivation=f"My reason {n}")

        store.change("Build", make)
        store.close()
        opened.append(school(qapp, file_place.where, (Applications,), "Justice School"))
        hands: Hands = opened[-1].__enter__()
        return hands

    yield build
    for one in opened:
        one.__exit__(None, None, None)


def place(hands: Hands) -> Applications:
    """The place that is open."""
    shown = hands.window.place
    assert isinstance(shown, Applications)
    return shown


def states(hands: Hands) -> list[ApplicationState]:
    """The states of the applications, in their order."""
    return hands.store.read(
        lambda s: [a.state for a in s.query(Application).order_by(Application.id)]
    )


def count(hands: Hands, entity: Any, **having: Any) -> int:
    """How many rows there are."""
    return hands.store.read(lambda s: int(s.query(entity).filter_by(**having).count()))


def begin(hands: Hands) -> None:
    """Enter on the first row of the list."""
    hands.press(Key.Key_Home, CONTROL)
    hands.press(Key.Key_Return)


def test_each_is_decided_by_one_key(desk: Open) -> None:
    """T3: one key each, at typing speed; then shown, applied, and undone as one step."""
    hands = desk(12, S.SUBMITTED)
    begin(hands)
    shown = place(hands)
    assert shown.pages.is_deciding
    keys = (Key.Key_A, Key.Key_W, Key.Key_D, Key.Key_S)
    for number in range(12):
        QTest.keyClick(shown.pages.meeting.list, keys[number % 4])
    wait_for(hands.desktop.tasks)
    assert count(hands, PendingDecision) == 12
    assert set(states(hands)) == {S.SUBMITTED}
    assert shown.pages.meeting.left.text() == "22 of 25 places left"
    assert shown.pages.meeting.prepared.text() == "12 decisions prepared"
    hands.press(Key.Key_Return, CONTROL)
    assert shown.pages.planned.summary.text() == "12 decisions · 9 letters"
    hands.press(Key.Key_Return, CONTROL)
    assert shown.table.isVisible()
    assert states(hands) == [S.ACCEPTED, S.WAITLISTED, S.REJECTED, S.ELIGIBLE] * 3
    assert count(hands, Mail, state=MailState.DRAFT) == 9
    assert shown.figures.letters_button.accessibleName() == "9 letters waiting"
    hands.undo()
    assert set(states(hands)) == {S.SUBMITTED}
    assert count(hands, Mail) == 0
    assert count(hands, PendingDecision) == 12


def test_the_keys_of_a_meeting(desk: Open) -> None:
    """J and K go on and back, U takes back, N notes, H hides names, Del forgets, F2 edits."""
    hands = desk(3)
    begin(hands)
    meeting = place(hands).pages.meeting
    card = meeting.card

    def at() -> str:
        return card.title.text().strip("\u2066\u2068\u2069")

    assert (at(), card.motivation.text()) == ("Person 00", "My reason 0")
    hands.press(Key.Key_J)
    assert at() == "Person 01"
    hands.press(Key.Key_K)
    hands.press(Key.Key_A)
    assert (at(), count(hands, PendingDecision)) == ("Person 01", 1)
    hands.press(Key.Key_U)
    assert count(hands, PendingDecision) == 0
    hands.press(Key.Key_N)
    hands.type("Ask the union")
    hands.press(Key.Key_Return)
    assert count(hands, Application, note="Ask the union") == 1
    assert hands.focus() is meeting.list
    hands.press(Key.Key_H)
    assert at().endswith("-a002")
    assert meeting.list.isColumnHidden(1)
    hands.press(Key.Key_A)
    assert "Person" not in hands.window.message_bar.words.text()
    hands.press(Key.Key_H)
    assert at() == "Person 02"
    hands.press(Key.Key_D)
    hands.press(Key.Key_Return, CONTROL)
    hands.press(Key.Key_Delete)
    assert count(hands, PendingDecision) == 1
    hands.press(Key.Key_Escape)
    assert place(hands).pages.is_deciding
    hands.press(Key.Key_F2)
    assert place(hands).body.side is place(hands).panels.application
    assert place(hands).table.isVisible()
    begin(hands)
    hands.press(Key.Key_Escape)
    assert not place(hands).pages.is_deciding


def test_a_full_school_with_rules(desk: Open) -> None:
    """S06: rules by keys; bars, a missed target with numbers; a place too many needs a reason."""
    hands = desk(5, capacity=2)
    hands.press(Key.Key_R, CONTROL | SHIFT)
    card = place(hands).panels.rules
    assert isinstance(hands.focus(), QComboBox)
    hands.press(Key.Key_Down)
    card.add_button.setFocus()
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Return, CONTROL)
    assert count(hands, SelectionTarget, group="women", number=50) == 1
    assert count(hands, SelectionRules, policy=Policy.FILL) == 1
    assert not card.isVisible()
    begin(hands)
    hands.press(Key.Key_J)
    hands.press(Key.Key_A)
    meeting = place(hands).pages.meeting
    bars = meeting.findChild(BalanceBars)
    assert bars is not None
    assert "Men: 1 with a place of 2 who applied" in bars.accessibleDescription()
    assert meeting.missed.words.text() == "Women: 0 of 1, wanted at least 50 percent"
    hands.press(Key.Key_A)
    full = meeting.list.current_id()
    hands.press(Key.Key_A)
    assert hands.focus() is meeting.card.reason
    assert meeting.list.current_id() == full  # back from the next one
    hands.press(Key.Key_Escape)
    assert place(hands).pages.is_deciding
    hands.press(Key.Key_A)
    hands.type("Speaks Urdu")
    hands.press(Key.Key_Return)
    assert count(hands, PendingDecision, reason="Speaks Urdu") == 1
    assert meeting.left.text() == "1 place too many is given (2)"
    assert hands.focus() is meeting.list


def test_letters_are_ready_in_three_steps(desk: Open) -> None:
    """T4: open them, read one, make all ready: three steps; Ctrl+T changes their text."""
    hands = desk(2)
    hands.press(Key.Key_A, CONTROL)
    hands.press(Key.Key_A)
    assert count(hands, Mail, state=MailState.DRAFT) == 2
    before = hands.pressed
    hands.press(Key.Key_L, CONTROL)
    shown = place(hands).pages.letters
    assert "Person 00" in shown.text.toPlainText()
    hands.press(Key.Key_Down)
    assert "Person 01" in shown.text.toPlainText()
    hands.press(Key.Key_Return, CONTROL)
    assert hands.pressed - before == 3
    assert count(hands, Mail, state=MailState.APPROVED) == 2
    hands.undo()
    assert count(hands, Mail, state=MailState.DRAFT) == 2
    hands.press(Key.Key_T, CONTROL)
    text = hands.focus()
    assert isinstance(text, QPlainTextEdit)
    assert "{name}" in text.toPlainText()
    text.setPlainText("Dear {nmae}")
    hands.press(Key.Key_Return, CONTROL)
    assert "no placeholder called “nmae”" in shown.editor.trouble.text()
    text.setPlainText("Dear {name}, come!")
    hands.press(Key.Key_Return, CONTROL)
    assert shown.text.toPlainText() in ("Dear Person 00, come!", "Dear Person 01, come!")
    hands.press(Key.Key_Escape)
    assert place(hands).table.isVisible()


def test_the_line_is_moved_and_the_next_is_offered_the_place(desk: Open) -> None:
    """S07: Alt+Down asks why; the bar names who is next and why; its button offers the place."""
    hands = desk(2, S.WAITLISTED, capacity=1)
    bar = place(hands).next_bar
    assert bar.isVisible()
    assert "Person 00" in bar.words.text()
    assert "first on the waiting list (number 1)" in bar.words.text()
    hands.press(Key.Key_Home, CONTROL)
    hands.press(Key.Key_Down, ALT)
    assert hands.focus() is place(hands).panels.application.reason
    hands.type("Came last year")
    hands.press(Key.Key_Return)
    assert "Person 01" in bar.words.text()
    assert "Move \u2068Person 00\u2069 down" in hands.window.message_bar.words.text()
    bar.offer_button.setFocus()
    hands.press(Key.Key_Space)
    assert count(hands, Mail, occasion="offer") == 1
    assert not bar.isVisible()


def test_minutes_are_written_and_reminders_only_where_due(desk: Open, tmp_path: Path) -> None:
    """What was decided today as a PDF; reminding says so if nobody has to be reminded."""
    hands = desk(1)
    hands.press(Key.Key_A)
    gathering = place(hands).gathering
    assert gathering is not None
    place(hands).minutes.write(gathering.id, tmp_path / "minutes.pdf")
    wait_for(hands.desktop.tasks)
    assert (tmp_path / "minutes.pdf").read_bytes().startswith(b"%PDF")
    assert "minutes.pdf" in hands.window.message_bar.words.text()
    hands.window.run("applications.remind")
    wait_for(hands.desktop.tasks)
    assert hands.window.message_bar.words.text() == "Nobody needs a reminder now."


def test_a_referee_scores_with_digits(desk: Open) -> None:
    """R asks one scale after another; Backspace goes back; the average is shown after one's own."""
    hands = desk(2)
    shown = place(hands)
    hands.press(Key.Key_R, CONTROL | SHIFT)
    for name in ("Motivation", "Experience"):
        shown.panels.rules.scale_button.click()
        hands.type(name)
    shown.panels.rules.endorsement.setChecked(True)
    hands.press(Key.Key_Return, CONTROL)
    assert [scale.name for scale in hands.store.read(lambda s: s.query(ScoreScale).all())] == [
        "Motivation",
        "Experience",
    ]
    begin(hands)
    hands.press(Key.Key_R)
    box = shown.pages.meeting.card.scoring
    assert box.title.text() == "\u2068Motivation\u2069 (1 of 2)"
    for key in (Key.Key_5, Key.Key_Backspace, Key.Key_3, Key.Key_4):
        hands.press(key)
    assert not box.isVisible()
    facts = [label.text() for label in shown.pages.meeting.card.facts.findChildren(Words)]
    assert facts[:4] == ["Score", "3.5 of 5, by 1 referee", "Endorsed", "not yet"]
    assert count(hands, Score) == 2
    hands.press(Key.Key_A)
    assert count(hands, PendingDecision) == 0
    assert shown.pages.meeting.card.reason.isVisible()


@pytest.mark.parametrize("tag", ["en", "en-XA"])
def test_the_place_fits_a_small_screen(desk: Open, tag: str) -> None:
    """With all of its pages opened once, the window asks for 1100 pixels at most."""
    hands = desk(2, S.SUBMITTED)
    hands.window.desk.settings.put(settings.LANGUAGE, tag)
    hands.window.desk.speak()
    wait_for(hands.desktop.tasks)
    window = hands.desktop.window
    window.choose(window.gatherings[0].id)
    window.open_place("applications")
    wait_for(hands.desktop.tasks)
    shown = window.place
    assert isinstance(shown, Applications)
    pages = shown.pages
    for opening in (pages.open_meeting, pages.open_planned, pages.open_letters, pages.close_page):
        opening()
        wait_for(hands.desktop.tasks)
    shown.panels.declare_rules()
    wait_for(hands.desktop.tasks)
    assert shown.body.minimumSizeHint().width() > 300
    assert window.minimumSizeHint().width() <= 1100


def test_letters_leave_as_files_or_on_paper(
    desk: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """E28: people with an address get a file for a mail program, the others a printed page.

    The first one asks whom letters come from.
    """
    hands = desk(2)
    shown = place(hands)

    def lose(session: Any) -> None:
        who = session.query(Person).filter_by(display_name="Person 01").one()
        b.edit_person(session, who, email="")

    hands.store.change("Lose an address", lose)
    for _each in range(2):
        hands.press(Key.Key_A)
    hands.press(Key.Key_L, CONTROL)
    shown.pages.letters.save_files()
    wait_for(hands.desktop.tasks)
    assert shown.side is shown.pages.letters.asking.panel
    hands.press(Key.Key_Return)
    hands.type("school@institute.org")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_asked: str(tmp_path))
    hands.press(Key.Key_Return, CONTROL)
    wait_for(hands.desktop.tasks)
    shown.pages.letters.print_to(tmp_path / "letters.pdf")
    wait_for(hands.desktop.tasks)
    files = sorted(tmp_path.iterdir())
    assert [one.suffix for one in files] == [".eml", ".pdf"]
    assert b"Person 00" in files[0].read_bytes()
    assert [page.extract_text().split("\n")[0] for page in PdfReader(files[1]).pages] == [
        "Person 01"
    ]
    assert count(hands, Mail, state=MailState.DRAFT) == 1
    hands.undo()
    assert count(hands, Mail, state=MailState.DRAFT) == 2
