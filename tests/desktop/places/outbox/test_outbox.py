"""The outbox in the window: preview, numbers before sending, the hold, files, what went wrong."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from schoolapp.base import settings
from schoolapp.desktop.places.outbox.place import Outbox
from schoolapp.domain.mail import Mail
from schoolapp.operations import mail
from schoolapp.operations.mail import Enclosure
from schoolapp.operations.mail.steps import take_step
from schoolapp.storage.engine import make_engine
from schoolapp.storage.store import Store
from tests.desktop.practice import CONTROL, SHIFT, Practice
from tests.mail_server import MailServer, mail_server

Key = Qt.Key
CALENDAR = b"""BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r
UID:1\r\nDTSTAMP:20270101T000000Z\r\nDTSTART:20270705T090000Z\r\nSUMMARY:Opening\r
LOCATION:Room 1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""
LETTERS = (
    ("a@example.org", "en", "Your application", "Welcome to the school.", None),
    ("b@example.org", "ur", "آپ کی درخواست", "محترمہ آمنہ، خوش آمدید۔", "REQUEST"),
    ("", "fr", "Votre candidature", "Bienvenue.", None),
)


def _write(session: Any) -> None:
    for address, language, subject, text, method in LETTERS:
        parts = [
            Enclosure(name="x.ics", media_type="text/calendar", content=CALENDAR, method=method)
        ]
        mail.write_draft(
            session,
            occasion="accepted" if method is None else "reminder",
            language=language,
            address=address,
            subject=subject,
            text=text,
            enclosures=parts if method else (),
        )


@pytest.fixture
def desk(qapp: QApplication, practice_file: Path) -> Iterator[Practice]:
    """The outbox of all gatherings with three letters."""
    store = Store(make_engine(practice_file))
    store.change("Write letters", _write)
    store.close()
    made = Practice(practice_file, Outbox, "gjs2027")
    made.desktop.window.choose(None)
    made.wait()
    made.place.table.setFocus()
    yield made
    made.close()


@pytest.fixture
def server(desk: Practice) -> Iterator[MailServer]:
    """A mail server on this machine that the settings name."""
    with mail_server() as made:
        kept = desk.desktop.window.desk.settings
        kept.put(settings.MAIL_SERVER, "localhost")
        kept.put(settings.MAIL_PORT, made.port)
        kept.put(settings.MAIL_SECURITY, "plain")
        kept.put(settings.MAIL_ADDRESS, "school@example.org")
        kept.put(settings.MAIL_PER_MINUTE, 600)
        yield made


def states(desk: Practice) -> dict[str, str]:
    """The state of the mail to each address."""
    return desk.ask(lambda s: {one.address: one.state.value for one in s.query(Mail)})  # type: ignore[no-any-return]


def press_button(desk: Practice, button: Any) -> None:
    """Press a button by keyboard."""
    button.setFocus()
    desk.press(Key.Key_Space)


def said(desk: Practice) -> str:
    """What the message bar shows."""
    return str(desk.desktop.window.message_bar.words.text())


def test_letters_are_sent_with_numbers_before_and_a_hold_after(
    desk: Practice, server: MailServer
) -> None:
    """T4: Send, the numbers, Ctrl+Enter; they leave when the hold ends, here at once."""
    rail = desk.desktop.window.rail.buttons()[0]
    assert rail.text() == "3 letters waiting"
    desk.press(Key.Key_S, CONTROL | SHIFT)
    panel = desk.place.sending.panel
    assert panel.numbers.text() == "2 mails to 2 addresses.\n1 has no address and stays."
    assert (panel.send_button.text(), panel.stay_button.text()) == (
        "Send 2 letters",
        "Keep in outbox",
    )
    desk.press(Key.Key_Return, CONTROL)
    assert "2 letters leave in" in desk.place.sending.strip.words.text()
    assert server.received == []
    press_button(desk, desk.place.sending.strip.go_button)
    assert [to for to, _data in server.received] == ["a@example.org", "b@example.org"]
    assert states(desk) == {"a@example.org": "sent", "b@example.org": "sent", "": "draft"}
    assert said(desk) == "2 letters sent."
    assert desk.place.sending.strip.isHidden()
    assert rail.text() == "1 letter waiting"
    desk.place.table.setFocus()
    assert desk.desktop.window.context().undo_title == "Write letters"
    desk.press(Key.Key_Z, CONTROL)
    assert "“Write letters” cannot be undone any more: its result has left" in said(desk)
    assert desk.desktop.window.context().undo_title != "Write letters"
    assert states(desk)["a@example.org"] == "sent"


def test_undo_and_keep_take_back_what_was_approved(desk: Practice, server: MailServer) -> None:
    """While the seconds run, Ctrl+Z or "Keep in outbox" call the letters back."""
    for back in ("undo", "keep"):
        desk.press(Key.Key_S, CONTROL | SHIFT)
        desk.press(Key.Key_Return, CONTROL)
        assert states(desk)["a@example.org"] == "queued"
        if back == "undo":
            desk.place.table.setFocus()
            desk.press(Key.Key_Z, CONTROL)
        else:
            press_button(desk, desk.place.sending.strip.back_button)
        assert states(desk)["a@example.org"] == {"undo": "draft", "keep": "approved"}[back]
        assert desk.place.sending.strip.isHidden()
        assert not desk.place.sending.courier.is_holding
    assert server.received == []


def test_a_letter_is_seen_as_its_recipient_will_see_it(desk: Practice) -> None:
    """The words in their direction, the calendar readable, the address as it is sent."""
    urdu = next(key for key in desk.place.table.lazy.ids() if _language(desk, key) == "ur")
    desk.place.table.select_id(urdu)
    desk.press(Key.Key_Return)
    panel = desk.place.panel
    assert panel.body.text() == "محترمہ آمنہ، خوش آمدید۔"
    assert panel.body.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert "answer" in panel.heads.text()
    shown = " ".join(one.text() for one in panel.calendar.findChildren(type(panel.heads)))
    assert "Opening" in shown
    assert "5 Jul 2027" in shown


def _language(desk: Practice, key: int) -> str:
    return str(desk.ask(lambda s: s.get(Mail, key).language))


def test_without_a_server_letters_leave_as_files(
    desk: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The panel says so; .eml files with the whole mail, then "sent from elsewhere"."""
    desk.press(Key.Key_S, CONTROL | SHIFT)
    panel = desk.place.sending.panel
    assert panel.send_button.isHidden()
    assert "save the letters as files" in panel.trouble.text()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *rest: str(tmp_path))
    press_button(desk, panel.files_button)
    files = sorted(tmp_path.glob("*.eml"))
    mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    assert [one["To"] for one in mails] == ["a@example.org", "b@example.org"]
    assert "2 letters are in" in said(desk)
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    desk.place.table.select_id(desk.place.table.lazy.ids()[0])
    desk.desktop.window.run("outbox.open")
    desk.wait()
    assert opened == [str(files[0])]
    desk.desktop.window.run("outbox.sent_elsewhere")
    desk.wait()
    assert states(desk)["a@example.org"] == "sent"


def test_copies_come_to_oneself(desk: Practice, server: MailServer) -> None:
    """A dry run: one of each occasion and language, to the address typed; nothing changes."""
    desk.desktop.window.run("outbox.to_myself")
    desk.wait()
    assert desk.place.sending.panel.address.text() == "school@example.org"
    desk.type("me@example.org", desk.place.sending.panel.address)
    desk.press(Key.Key_Return)
    assert [to for to, _data in server.received] == ["me@example.org"] * 3
    assert set(states(desk).values()) == {"draft"}


def test_what_went_wrong_is_listed_with_its_reason(desk: Practice, server: MailServer) -> None:
    """Refused and unsure letters stay visible; a person decides about each."""
    keys = list(desk.place.table.lazy.ids())

    def go_wrong(session: Any) -> None:
        for key, end, reason in (
            (keys[0], "refused", "550 unknown"),
            (keys[1], "cut", "connection broke"),
        ):
            for step in ("approve", "queue", "begin", end):
                take_step(session, session.get(Mail, key), step, reason if step == end else None)

    desk.store.change("Send", go_wrong)
    desk.desktop.tasks.changed.emit(frozenset({"mail"}), None)
    desk.wait()
    assert (
        desk.desktop.window.rail.buttons()[0].toolTip() == "1 letter waiting, 2 letters need a look"
    )
    reasons = [desk.place.table.lazy.row(key).reason for key in keys[:2]]
    assert ["550 unknown" in reasons[0], "connection broke" in reasons[1]] == [True, True]
    desk.place.table.select_id(keys[1])
    desk.desktop.window.run("outbox.found_sent")
    desk.wait()
    desk.place.table.select_id(keys[0])
    desk.desktop.window.run("outbox.send_again")
    desk.wait()
    assert desk.place.sending.courier.is_holding
    press_button(desk, desk.place.sending.strip.go_button)
    assert states(desk) == {"a@example.org": "sent", "b@example.org": "sent", "": "draft"}
    desk.place.table.setFocus()
    desk.place.table.select_id(keys[2])
    desk.press(Key.Key_Delete)
    assert states(desk)[""] == "discarded"


def test_what_was_approved_before_the_window_closed_is_offered(
    desk: Practice, server: MailServer
) -> None:
    """Queued letters without a countdown are reported, and go when somebody decides so."""
    key = desk.place.table.lazy.ids()[0]
    desk.store.change("Send", lambda s: mail.queue(s, ids=[key], held=False))
    desk.desktop.tasks.changed.emit(frozenset({"mail"}), None)
    desk.wait()
    assert desk.place.sending.strip.words.text() == "1 letter is queued and has not left."
    press_button(desk, desk.place.sending.strip.go_button)
    assert [to for to, _data in server.received] == ["a@example.org"]


def test_a_password_that_nobody_kept_is_asked_for(desk: Practice, server: MailServer) -> None:
    """What was left behind does not go without it: the numbers are shown, with its field."""
    desk.desktop.window.desk.settings.put(settings.MAIL_USER, "school")
    key = desk.place.table.lazy.ids()[0]
    desk.store.change("Send", lambda s: mail.queue(s, ids=[key], held=False))
    desk.desktop.tasks.changed.emit(frozenset({"mail"}), None)
    desk.wait()
    press_button(desk, desk.place.sending.strip.go_button)
    assert server.received == []
    assert desk.place.body.side is desk.place.sending.panel
    assert desk.place.sending.panel.password.isVisible()


def test_a_server_that_does_not_answer_is_reported(desk: Practice, server: MailServer) -> None:
    """The letters stay where they are, and the message bar says why."""
    desk.desktop.window.desk.settings.put(settings.MAIL_PORT, 1)
    desk.press(Key.Key_A)
    assert states(desk)["a@example.org"] == "approved"
    desk.press(Key.Key_S, CONTROL | SHIFT)
    desk.press(Key.Key_Return, CONTROL)
    press_button(desk, desk.place.sending.strip.go_button)
    assert "localhost does not answer" in said(desk)
    assert states(desk)["a@example.org"] == "queued"


def test_one_letter_under_the_cursor_is_no_choice(desk: Practice) -> None:
    """Approve takes all that are shown, unless several are selected."""
    desk.place.table.select_id(desk.place.table.lazy.ids()[0])
    desk.press(Key.Key_A)
    assert states(desk) == {"a@example.org": "approved", "b@example.org": "approved", "": "draft"}


def test_letters_are_filtered_by_occasion(desk: Practice) -> None:
    """By keyboard, in the filter."""
    desk.place.occasion.setFocus()
    QTest.keyClick(desk.place.occasion, Key.Key_End)
    desk.wait()
    assert len(desk.place.table.lazy.ids()) == 1
    desk.place.table.setFocus()
    desk.press(Key.Key_Escape)
    assert len(desk.place.table.lazy.ids()) == 3
