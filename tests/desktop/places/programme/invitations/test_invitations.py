"""Invitations in the window: who gets what, into the outbox; answers dropped on the programme."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from schoolapp.desktop.places.programme.place import Programme
from schoolapp.domain.invitations import PartStat, SessionInvitation
from schoolapp.domain.mail import Mail
from schoolapp.domain.people import Person
from schoolapp.domain.programme import Session
from tests.answers import mail, reply
from tests.desktop.practice import ALT, CONTROL, SHIFT, Practice

Key = Qt.Key


@pytest.fixture
def desk(qapp: QApplication, practice_file: Path) -> Iterator[Practice]:
    """The programme of the Amsterdam school."""
    made = Practice(practice_file, Programme, "gjs2027")
    yield made
    made.close()


def drop(desk: Practice, *files: Path) -> None:
    """Drop files on the programme."""
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    event = QDropEvent(
        QPointF(9, 9),
        Qt.DropAction.CopyAction,
        dropped,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    assert desk.place.invitations.takes(dropped)
    desk.place.dropEvent(event)
    desk.wait()


def test_a_move_is_reported_by_three_keys(desk: Practice) -> None:
    """S17, T7, P03: only what changed is shown, each mail can be read, then it is prepared."""
    page = desk.place.invitations.sending
    desk.place.timetable.grid.setFocus()
    desk.press(Key.Key_I, CONTROL | SHIFT)
    assert "Nothing is due" in page.summary.text()
    assert not page.go_button.isEnabled()
    desk.press(Key.Key_Escape)
    assert desk.place.is_day
    desk.press(Key.Key_Down, ALT)
    desk.press(Key.Key_I, CONTROL | SHIFT)
    assert page.summary.text().startswith("25 mails; 0 first invitations, 0 new, 25 changed")
    assert "Introduction to the school" in page.text.toPlainText()
    assert "15:15" in page.text.toPlainText()
    desk.press(Key.Key_Return, CONTROL)
    assert len(desk.ask(lambda s: list(s.scalars(select(Mail.id))))) == 25
    assert desk.place.is_day
    desk.press(Key.Key_Z, CONTROL)
    assert desk.ask(lambda s: list(s.scalars(select(Mail.id)))) == []


def test_answers_are_dropped_on_the_programme(desk: Practice, tmp_path: Path) -> None:
    """P05: one is applied; a forged one waits with its reason until a person decides."""
    uid = "gjs2027-s001@schoolapp.example"
    address = desk.ask(
        lambda s: s.scalars(select(Person.email).where(Person.code == "P0027")).one()
    )
    good, forged = tmp_path / "good.ics", tmp_path / "forged.eml"
    good.write_bytes(reply(uid, attendee=f"mailto:{address}", partstat="TENTATIVE"))
    no = reply(uid, attendee=f"mailto:{address}", partstat="DECLINED", minute=5)
    forged.write_bytes(mail(no, sender="mallory@example.net"))
    drop(desk, good, forged)
    page = desk.place.invitations.answers
    assert page.summary.text() == (
        "1 applied, 1 to check, 0 without an answer. 1 answer is waiting."
    )
    assert "mallory@example.net" in page.text.toPlainText()
    assert answer(desk, uid) is PartStat.TENTATIVE
    page.apply_button.click()
    desk.wait()
    assert answer(desk, uid) is PartStat.DECLINED
    assert page.summary.text() == "There are no answers to check."
    assert not page.apply_button.isEnabled()
    drop(desk, forged)
    assert page.summary.text().startswith("0 applied, 0 to check, 1 without an answer.")
    forged.write_bytes(reply(uid, attendee="mailto:mallory@example.net"))
    drop(desk, forged)
    assert not page.apply_button.isEnabled()
    page.aside_button.click()
    desk.wait()
    assert page.summary.text() == "There are no answers to check."
    page.back_button.click()
    assert desk.place.is_day


def answer(desk: Practice, uid: str) -> PartStat:
    """What the first participant answered for a session."""
    chosen = (
        select(SessionInvitation.partstat)
        .join(Session, Session.id == SessionInvitation.session_id)
        .join(Person, Person.id == SessionInvitation.person_id)
        .where(Session.uid == uid, Person.code == "P0027")
    )
    found: PartStat = desk.ask(lambda s: s.scalars(chosen).one())
    return found


def test_the_panel_shows_who_answered_and_reminds_the_others(desk: Practice) -> None:
    """Who accepted and who did not answer; one command puts a reminder for each into the outbox."""
    desk.place.timetable.grid.setFocus()
    desk.press(Key.Key_Return)
    shown = desk.place.panels.panel.grab()
    assert not shown.isNull()
    answers = dict(desk.place.panels.panel.answers)
    silent = len(answers["sent"])
    assert sum(map(len, answers.values())) == 25
    desk.place.timetable.grid.setFocus()
    desk.desktop.window.run("programme.remind")
    desk.wait()
    assert len(desk.ask(lambda s: list(s.scalars(select(Mail.id))))) == silent
