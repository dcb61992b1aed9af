"""Decide mode, the decisions it prepares, letters, the waiting list and the rules, by keys alone."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit

from schoolapp.desktop.places.applications import Applications
from schoolapp.desktop.places.applications.bars import BalanceBars
from schoolapp.domain.applications import Application, ApplicationState
from schoolapp.domain.mail import Mail, MailState
from schoolapp.domain.selection import PendingDecision, SelectionTarget
from schoolapp.operations import applications as operations
from tests import builders as b
from tests.databases import Place
from tests.desktop.conftest import wait_for
from tests.desktop.schools import ALT, CONTROL, Hands, school

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
            at = b.gathering(capacity=capacity, titles={"en": "Justice School"}, modules=2)
            session.add(at)
            session.flush()
            session.add_all(
                b.application(
                    b.person(name=f"Person {n:02}", pronouns=("she", "he")[n % 2]),
                    at,
                    state=state,
                    code=f"{at.code}-a{n:03}",
                    motivation=f"My reason {n}",
                    waiting_rank=n + 1 if state is S.WAITLISTED else None,
                )
                for n in range(people)
            )

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
    """Where the applications stand, in their order."""
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


def test_forty_are_decided_by_forty_keys(desk: Open) -> None:
    """T3: one key each, the next one by itself; then seen, applied, and undone as one step."""
    hands = desk(40)
    begin(hands)
    shown = place(hands)
    assert shown.is_deciding
    before = hands.pressed
    for number in range(40):
        hands.press((Key.Key_A, Key.Key_W, Key.Key_D, Key.Key_S)[number % 4])
        if number == 1:
            assert shown.meeting.card.title.text().strip("\u2068\u2069") == "Person 02"
            assert shown.meeting.card.motivation.text() == "My reason 2"
    assert hands.pressed - before == 40
    assert count(hands, PendingDecision) == 30  # who is eligible cannot be shortlisted again
    assert set(states(hands)) == {S.ELIGIBLE}
    assert shown.meeting.left.text() == "15 of 25 places left"
    assert shown.meeting.prepared.text() == "30 decisions prepared"
    hands.press(Key.Key_Return, CONTROL)
    assert shown.planned.summary.text() == "30 decisions · 30 letters"
    hands.press(Key.Key_Return, CONTROL)
    assert shown.table.isVisible()
    assert states(hands).count(S.ACCEPTED) == 10
    assert count(hands, Mail, state=MailState.DRAFT) == 30
    assert shown.letters_button.accessibleName() == "30 letters wait"
    hands.undo()
    assert set(states(hands)) == {S.ELIGIBLE}
    assert count(hands, Mail) == 0
    assert count(hands, PendingDecision) == 30


def test_keys_go_on_back_and_undo(desk: Open) -> None:
    """J and K go on and back without deciding, U takes the last decision back, Esc leaves."""
    hands = desk(3)
    begin(hands)
    meeting = place(hands).meeting
    names = [meeting.list.lazy.row(key).name for key in meeting.list.lazy.ids()]  # type: ignore[union-attr]

    def at() -> str:
        return meeting.card.title.text().strip("\u2068\u2069")

    assert at() == names[0]
    hands.press(Key.Key_J)
    assert at() == names[1]
    hands.press(Key.Key_K)
    hands.press(Key.Key_A)
    assert (at(), count(hands, PendingDecision)) == (names[1], 1)
    hands.press(Key.Key_U)
    assert count(hands, PendingDecision) == 0
    hands.press(Key.Key_Escape)
    assert place(hands).table.isVisible()
    assert not place(hands).is_deciding


def test_a_full_school_asks_for_a_reason(desk: Open) -> None:
    """The third of two places: the card asks why, Enter prepares it and goes on; Esc gives up."""
    hands = desk(4, capacity=2)
    begin(hands)
    for _n in range(3):
        hands.press(Key.Key_A)
    meeting = place(hands).meeting
    assert hands.focus() is meeting.card.reason
    hands.press(Key.Key_Escape)
    assert place(hands).is_deciding
    hands.press(Key.Key_A)
    hands.type("Speaks Urdu")
    hands.press(Key.Key_Return)
    assert count(hands, PendingDecision, reason="Speaks Urdu") == 1
    assert meeting.left.text() == "1 place too many is given (2)"
    assert hands.focus() is meeting.list


def test_a_note_is_written_and_names_are_hidden(desk: Open) -> None:
    """N writes a note on the application; H hides the names, the number stands for them."""
    hands = desk(2)
    begin(hands)
    hands.press(Key.Key_N)
    hands.type("Ask the union")
    hands.press(Key.Key_Return)
    assert count(hands, Application, note="Ask the union") == 1
    meeting = place(hands).meeting
    assert hands.focus() is meeting.list
    hands.press(Key.Key_H)
    assert "Person" not in meeting.card.title.text()
    assert meeting.list.isColumnHidden(1)
    assert "Person" not in meeting.card.grab().text() if hasattr(meeting.card.grab(), "text") else 1
    hands.press(Key.Key_A)
    assert "Person" not in hands.window.message_bar.words.text()
    hands.press(Key.Key_H)
    assert "Person" in meeting.card.title.text()


def test_a_prepared_decision_is_taken_back_in_the_table(desk: Open) -> None:
    """Delete in the table of prepared decisions; Esc goes back to the meeting."""
    hands = desk(2)
    begin(hands)
    hands.press(Key.Key_A)
    hands.press(Key.Key_D)
    hands.press(Key.Key_Return, CONTROL)
    hands.press(Key.Key_Delete)
    assert count(hands, PendingDecision) == 1
    hands.press(Key.Key_Escape)
    assert place(hands).is_deciding


def test_balance_and_targets_are_in_view(desk: Open) -> None:
    """S06: the bars say all and confirmed for screen readers too; a missed target says numbers."""
    hands = desk(4)
    gathering = hands.window.gathering
    assert gathering is not None
    draft = operations.RulesDraft(gathering_id=gathering.id, targets=(operations.TargetDraft(),))
    hands.store.change("Aim", lambda s: operations.save_rules(s, draft=draft))
    begin(hands)
    hands.press(Key.Key_J)
    hands.press(Key.Key_A)
    meeting = place(hands).meeting
    bars = meeting.findChild(BalanceBars)
    assert bars is not None
    assert "Men: 1 with a place of 2 who applied" in bars.accessibleDescription()
    assert meeting.missed.words.text() == "Women: 0 of 1, wanted at least 50 percent"


def test_letters_are_ready_in_three_steps(desk: Open) -> None:
    """T4: open them, look at one, make all ready: three steps, and one undo."""
    hands = desk(3)
    hands.press(Key.Key_A, CONTROL)
    hands.press(Key.Key_A)
    assert count(hands, Mail, state=MailState.DRAFT) == 3
    before = hands.pressed
    hands.press(Key.Key_L, CONTROL)
    shown = place(hands).letters
    assert "Person 00" in shown.text.toPlainText()
    hands.press(Key.Key_Down)
    assert "Person 01" in shown.text.toPlainText()
    hands.press(Key.Key_Return, CONTROL)
    assert hands.pressed - before == 3
    assert count(hands, Mail, state=MailState.APPROVED) == 3
    hands.undo()
    assert count(hands, Mail, state=MailState.DRAFT) == 3


def test_the_text_of_a_letter_is_changed(desk: Open) -> None:
    """Ctrl+T shows the text with its places; an unknown one is refused, a good one is kept."""
    hands = desk(1)
    hands.press(Key.Key_A)
    hands.press(Key.Key_L, CONTROL)
    hands.press(Key.Key_T, CONTROL)
    shown = place(hands).letters
    text = hands.focus()
    assert isinstance(text, QPlainTextEdit)
    assert "{name}" in text.toPlainText()
    text.setPlainText("Dear {nmae}")
    hands.press(Key.Key_Return, CONTROL)
    assert "no place called “nmae”" in shown.editor.trouble.text()
    text.setPlainText("Dear {name}, come!")
    hands.press(Key.Key_Return, CONTROL)
    assert shown.text.toPlainText() == "Dear Person 00, come!"
    hands.press(Key.Key_Escape)
    assert place(hands).table.isVisible()


def test_a_freed_place_is_offered_to_the_next(desk: Open) -> None:
    """S07: the bar names who is next and why; its one button offers the place and writes."""
    hands = desk(2, S.WAITLISTED, capacity=1)
    bar = place(hands).next_bar
    assert bar.isVisible()
    assert "Person 00" in bar.words.text()
    assert "first on the waiting list (number 1)" in bar.words.text()
    bar.offer_button.setFocus()
    hands.press(Key.Key_Space)
    assert count(hands, Mail, occasion="offer") == 1
    assert not bar.isVisible()


def test_the_line_is_moved_with_a_reason(desk: Open) -> None:
    """Alt+Down asks why in the panel; the reason goes into the history."""
    hands = desk(2, S.WAITLISTED, capacity=1)
    hands.press(Key.Key_Home, CONTROL)
    hands.press(Key.Key_Down, ALT)
    line = hands.focus()
    assert isinstance(line, QLineEdit)
    assert line is place(hands).panel.reason
    hands.type("Came last year")
    hands.press(Key.Key_Return)
    assert "Person 01" in place(hands).next_bar.words.text()


def test_rules_are_declared(desk: Open) -> None:
    """Policy and a target by keys; one change, kept for the gathering."""
    hands = desk(1)
    hands.press(Key.Key_R, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    card = place(hands).rules
    assert isinstance(hands.focus(), QComboBox)
    hands.press(Key.Key_Down)
    card.add_button.setFocus()
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Return, CONTROL)
    assert count(hands, SelectionTarget, group="women", number=50) == 1
    assert not card.isVisible()
    wait_for(hands.desktop.tasks)
    hands.press(Key.Key_R, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert card.policy.currentData() == "fill"
    assert [line.values() for line in card.lines] == [("gender", "women", "at_least_percent", 50)]


def test_f2_opens_the_application_at_the_side(desk: Open) -> None:
    """From decide mode too: the list comes back with the form of the one that was shown."""
    hands = desk(2)
    begin(hands)
    hands.press(Key.Key_J)
    hands.press(Key.Key_F2)
    assert place(hands).body.side is place(hands).panel
    assert place(hands).panel.title.text() == "Person 01"
