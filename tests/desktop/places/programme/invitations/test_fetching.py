"""Answers from a mailbox, in the window: by keyboard, with progress, outside its thread."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from schoolapp.base import settings
from schoolapp.desktop.places.programme.place import Programme
from schoolapp.domain.invitations import PartStat
from schoolapp.domain.people import Person
from tests.answers import mail, reply
from tests.desktop.places.programme.invitations.test_invitations import answer
from tests.desktop.practice import CONTROL, Practice
from tests.imap_server import PASSWORD, USER, ImapServer, imap_server

Key = Qt.Key
UID = "gjs2027-s001@schoolapp.example"


@pytest.fixture
def desk(qapp: QApplication, practice_file: Path) -> Iterator[Practice]:
    """The programme of the Amsterdam school."""
    made = Practice(practice_file, Programme, "gjs2027")
    yield made
    made.close()


@pytest.fixture
def server(desk: Practice) -> Iterator[ImapServer]:
    """A mailbox that the settings name."""
    with imap_server() as made:
        kept = desk.desktop.window.desk.settings
        kept.put(settings.ANSWERS_SERVER, "localhost")
        kept.put(settings.ANSWERS_PORT, made.port)
        kept.put(settings.ANSWERS_SECURITY, "plain")
        kept.put(settings.ANSWERS_USER, USER)
        yield made


def test_without_a_mailbox_the_settings_are_offered(desk: Practice) -> None:
    """One key leads there."""
    desk.desktop.window.desk.run("programme.fetch_answers")
    desk.wait()
    panel = desk.place.invitations.fetch_panel
    assert "Enter its server and its user in the settings" in panel.where.text()
    assert panel.where.geometry().bottom() < panel.settings_button.mapTo(panel, QPoint()).y()
    desk.press(Key.Key_Space)
    desk.press(Key.Key_Escape)
    assert desk.place.key == "settings"


def test_answers_are_fetched_by_keyboard(desk: Practice, server: ImapServer) -> None:
    """P05: the password, Enter; what was applied, what waits, and one key to show it. A wrong
    password is reported and nothing is read; a second time there is nothing new.
    """
    me = desk.ask(lambda s: s.query(Person.email).filter_by(code="P0027").scalar())
    yes = reply(UID, attendee=f"mailto:{me}", partstat="TENTATIVE")
    server.put(2, mail(yes, sender=me))
    server.put(3, mail(yes, sender="mallory@example.net"))
    server.put(4, b"Subject: Hello\r\n\r\nHello")
    desk.desktop.window.desk.run("programme.fetch_answers")
    desk.wait()
    panel = desk.place.invitations.fetch_panel
    assert "at \u2066localhost\u2069" in panel.where.text()
    QTest.keyClicks(panel.password, "wrong")
    desk.press(Key.Key_Return)
    assert "does not accept user or password" in desk.desktop.window.message_bar.words.text()
    assert not panel.is_running
    panel.password.setText(PASSWORD)
    desk.press(Key.Key_Return, CONTROL)
    said = "3 mails were read. 1 applied, 1 to check, 1 without an answer."
    assert panel.said.text() == said
    assert answer(desk, UID) is PartStat.TENTATIVE
    assert server.seen == set()
    desk.press(Key.Key_Space)
    page = desk.place.invitations.answers
    assert page.isVisible()
    assert "mallory@example.net" in page.text.toPlainText()
    server.put(5, mail(reply("other@example.net")))
    desk.place.invitations.fetch()
    desk.wait()
    panel.password.setText(PASSWORD)
    desk.press(Key.Key_Return)
    assert panel.said.text().startswith("1 mail was read.")
    assert page.summary.text() == "2 answers are waiting."  # the page beside it says it too
    panel.password.setText(PASSWORD)
    panel.finish()
    desk.wait()
    assert panel.said.text() == "There is no new mail."


def test_a_reading_is_stopped_by_esc(desk: Practice, server: ImapServer) -> None:
    """It ends after the mail under way; the next time continues after it."""
    for uid in range(1, 40):
        server.put(uid, mail(reply(f"{uid}@example.net")))
    closed = threading.Event()

    def wait_for_esc(name: str, rest: str) -> None:
        if "FETCH 9 " in rest:
            closed.wait(20)

    server.says = wait_for_esc
    desk.place.invitations.fetch()
    desk.wait()
    panel = desk.place.invitations.fetch_panel
    panel.password.setText(PASSWORD)
    panel.progress.valueChanged.connect(lambda _value: (panel.close_side(), closed.set()))
    panel.finish()
    desk.wait()
    words = desk.desktop.window.message_bar.words.text()
    assert "for the next time." in words
    assert not panel.isVisible()
    looked = sum(server.fetched.values())
    assert looked in range(1, 11)
    panel.progress.valueChanged.disconnect()
    desk.place.invitations.fetch()
    desk.wait()
    panel.password.setText(PASSWORD)
    panel.finish()
    desk.wait()
    assert panel.said.text().startswith(f"{39 - looked} mail")
    assert set(server.fetched.values()) == {1}
