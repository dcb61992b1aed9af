"""The dialogs before the window: first run, recovery code, unlocking, wrong passphrases."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from schoolapp.base import profiles, settings
from schoolapp.base.settings import Settings
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.starting.first_run import Choice, FirstRunDialog, put_on_paper
from schoolapp.desktop.starting.unlock import KeyDialog, UnlockDialog
from schoolapp.storage import keys
from schoolapp.storage.opening import open_store

CHEAP = keys.Cost(t=1, m=64, p=1)
GOOD = "kitchen orbit velvet ladder moss"


def wait(dialog: KeyDialog) -> None:
    """Run the event loop until no work is under way."""
    end = time.monotonic() + 30
    while dialog.tasks.busy > 1:  # the opening of the store, which never happens, is one
        assert time.monotonic() < end
        QApplication.processEvents()
    QApplication.processEvents()


def type_into(widget: object, text: str) -> None:
    QTest.keyClicks(widget, text)  # type: ignore[call-overload]


@pytest.fixture
def welcome(tmp_path: Path, kept: Settings, look: Look) -> Iterator[FirstRunDialog]:
    """The first run of a desk without a profile."""
    dialog = FirstRunDialog(tmp_path / "default" / "school.db", kept, look, CHEAP)
    dialog.show()
    yield dialog
    dialog.done(0)
    dialog.deleteLater()


def choose_passphrase(dialog: FirstRunDialog, first: str, second: str) -> None:
    QTest.keyClick(dialog.welcome.first, Qt.Key.Key_Space)
    for line, text in zip(dialog.passphrase.secret.lines, (first, second), strict=True):
        type_into(line, text)
    QTest.keyClick(dialog.passphrase.secret.lines[1], Qt.Key.Key_Return)
    wait(dialog)


def test_a_profile_is_set_up_with_passphrase_and_recovery_code(
    welcome: FirstRunDialog, tmp_path: Path
) -> None:
    """Both open the same key; the database made with it opens only with it (T1, T15)."""
    choose_passphrase(welcome, GOOD, GOOD)
    assert not profiles.key_file(tmp_path / "default" / "school.db").exists()
    type_into(welcome.recovery.line, welcome.code.lower().replace("-", " "))
    QTest.keyClick(welcome.recovery.line, Qt.Key.Key_Return)
    wait(welcome)
    assert welcome.choice is not None
    assert not welcome.choice.practice
    profile = tmp_path / "default" / "school.db"
    file = keys.read(profiles.key_file(profile))
    assert keys.unlock(file, GOOD) == welcome.choice.key
    assert keys.unlock(file, keys.recovery_secret(welcome.code)) == welcome.choice.key
    open_store(profile, welcome.choice.key).close()
    assert not profile.read_bytes().startswith(b"SQLite format 3")


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [("Amsterdam2027", "Amsterdam2027", "Too easy to guess"), (GOOD, "x", "not the same")],
)
def test_a_weak_or_mistyped_passphrase_is_refused(
    welcome: FirstRunDialog, first: str, second: str, sentence: str
) -> None:
    """The page stays and says what to do."""
    choose_passphrase(welcome, first, second)
    assert sentence in welcome.passphrase.said.text()
    assert welcome.passphrase.isVisible()


def test_a_suggested_passphrase_is_taken_as_it_is(welcome: FirstRunDialog) -> None:
    """Shown, in both fields, strong enough."""
    QTest.keyClick(welcome.welcome.first, Qt.Key.Key_Space)
    QTest.keyClick(welcome.passphrase.suggest_button, Qt.Key.Key_Space)
    assert welcome.passphrase.secret.lines[0].displayText().count(" ") == 4
    QTest.keyClick(welcome.passphrase.secret.lines[0], Qt.Key.Key_Return)
    wait(welcome)
    assert welcome.recovery.isVisible()


@pytest.mark.parametrize("typed", ["", "AAAA-BBBB", "another"])
def test_the_set_up_does_not_end_without_the_code(
    welcome: FirstRunDialog, typed: str, tmp_path: Path
) -> None:
    """With a mistyped or another code nothing is written."""
    choose_passphrase(welcome, GOOD, GOOD)
    type_into(welcome.recovery.line, keys.new_recovery_code() if typed == "another" else typed)
    QTest.keyClick(welcome.recovery.line, Qt.Key.Key_Return)
    wait(welcome)
    assert welcome.recovery.said.text()
    assert welcome.choice is None
    assert list(tmp_path.rglob("*.key")) == []


def test_the_practice_schools_need_no_passphrase(welcome: FirstRunDialog) -> None:
    """One key press copies it."""
    QTest.keyClick(welcome.welcome.practice, Qt.Key.Key_Space)
    assert welcome.choice == Choice(practice=True)


def test_centre_and_language_are_kept(welcome: FirstRunDialog, kept: Settings) -> None:
    """Another language closes the dialog, which opens again in it."""
    QTest.keyClick(welcome.welcome.first, Qt.Key.Key_Space)
    assert kept.get(settings.CENTRE) == "amsterdam"
    box = welcome.welcome.language
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert (kept.get(settings.LANGUAGE), welcome.language_changed) == ("fr", True)


def test_the_recovery_code_is_printed(qapp: QApplication, tmp_path: Path) -> None:
    """The printed page holds the code as it is typed back."""
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "code.pdf"))
    code = keys.new_recovery_code()
    put_on_paper(code, printer)
    text = pypdf.PdfReader(tmp_path / "code.pdf").pages[0].extract_text()
    assert keys.recovery_secret(code) in text.replace("-", "").replace("\n", "")


@pytest.fixture
def locked(look: Look) -> Iterator[tuple[UnlockDialog, bytes, str]]:
    """The dialog of a profile with a passphrase and a recovery code; its key; the code."""
    code = keys.new_recovery_code()
    file, key = keys.create("ana", GOOD, CHEAP)
    file = keys.add_slot(file, key, "recovery", keys.recovery_secret(code), CHEAP)
    dialog = UnlockDialog(file, look)
    dialog.show()
    yield dialog, key, code
    dialog.done(0)
    dialog.deleteLater()


def attempt(dialog: UnlockDialog, text: str) -> None:
    dialog.secret.lines[0].clear()
    type_into(dialog.secret.lines[0], text)
    QTest.keyClick(dialog.secret.lines[0], Qt.Key.Key_Return)
    wait(dialog)


@pytest.mark.parametrize("how", [lambda code: GOOD, lambda code: code, lambda code: code.lower()])
def test_passphrase_and_recovery_code_unlock(
    locked: tuple[UnlockDialog, bytes, str], how: Callable[[str], str]
) -> None:
    """Either opens; the code however it is typed."""
    dialog, key, code = locked
    attempt(dialog, how(code))
    assert dialog.key == key
    assert not dialog.isVisible()


def test_wrong_passphrases_are_slowed_down(locked: tuple[UnlockDialog, bytes, str]) -> None:
    """Five at once, then each waits; the field opens again when the time is up."""
    dialog, key, _code = locked
    for _number in range(4):
        attempt(dialog, "wrong")
        assert "does not open" in dialog.said.text()
        assert dialog.unlock_button.isEnabled()
    attempt(dialog, "wrong")
    assert "in 2 seconds" in dialog.said.text()
    assert not dialog.unlock_button.isEnabled()
    dialog._second.timeout.emit()
    assert "in 1 second." in dialog.said.text()
    dialog._second.timeout.emit()
    assert dialog.unlock_button.isEnabled()
    attempt(dialog, GOOD)
    assert dialog.key == key


def test_a_slip_in_the_code_differs_from_a_wrong_one(
    locked: tuple[UnlockDialog, bytes, str],
) -> None:
    """The check characters say that it was mistyped."""
    dialog, _key, code = locked
    last = "A" if code[-1] != "A" else "B"
    attempt(dialog, code[:-1] + last)
    assert "typing mistake" in dialog.said.text()


def test_the_dialogs_need_no_sqlalchemy() -> None:
    """They are shown before the heavy part of the program is imported."""
    code = (
        "import sys; from schoolapp.desktop.starting import entrance;"
        "sys.exit([m for m in sys.modules if m.startswith('sqlalchemy')][:3] or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=dict(os.environ)
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_profile_without_a_key_file_is_plain(
    qapp: QApplication, tmp_path: Path, kept: Settings
) -> None:
    """It opens without a question."""
    from schoolapp.desktop.starting.entrance import admit

    plain = tmp_path / "school.db"
    plain.write_bytes(b"SQLite format 3\0")
    assert admit(plain, kept) == (plain, None)
