"""The dialog that asks for the passphrase of an encrypted profile before the window opens."""

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from schoolapp.base import profiles
from schoolapp.base.language import _, mark, plural
from schoolapp.desktop.bridge.tasks import StoreMissing, Tasks
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.widgets import button
from schoolapp.domain.passphrases import pause_after
from schoolapp.storage import keys
from schoolapp.storage.connection import WrongKey

if TYPE_CHECKING:
    from schoolapp.storage.store import Store

CODE = re.compile(r"(?:[A-Z0-9]{4}[\s-]*){8}[A-Z0-9]{2}", re.IGNORECASE)

REFUSED = mark("This does not open the database. Check the language of the keyboard.")


def ask_for_key(profile: Path, look: Look) -> bytes | None:
    """The data key of a profile, or None if the dialog was closed without it.

    ``BrokenKeyFile`` if the key file beside the profile cannot be read.
    """
    dialog = UnlockDialog(keys.read(profiles.key_file(profile)), look)
    dialog.exec()
    dialog.deleteLater()
    return dialog.key


def no_store() -> "Store":
    """What stands in for a store before one is open: only files are worked on."""
    raise StoreMissing


class KeyDialog(QDialog):
    """A dialog in which slow work with keys runs in a thread; it waits for it when it closes."""

    def __init__(self, look: Look, title: str) -> None:
        super().__init__()
        self.look, self.tasks = look, Tasks(no_store, self)
        self.setWindowTitle(title)
        self.setMinimumWidth(64 * self.fontMetrics().averageCharWidth())

    def done(self, result: int) -> None:
        """Finish what is under way, then close."""
        self.tasks.close()
        super().done(result)


class SecretField(QWidget):
    """One or two lines for a secret, with a box that shows what one types."""

    def __init__(self, *labels: str) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.lines = tuple(self._line(label, layout) for label in labels)
        self.shown = QCheckBox(_("Show what I type"))
        self.shown.toggled.connect(self.show_text)
        layout.addWidget(self.shown)
        self.setFocusProxy(self.lines[0])

    def show_text(self, shown: bool) -> None:
        """Show or hide what is typed."""
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for line in self.lines:
            line.setEchoMode(mode)

    def _line(self, label: str, layout: QVBoxLayout) -> QLineEdit:
        line, words = QLineEdit(), Words(label, quiet=True)
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setAccessibleName(label)
        words.setBuddy(line)
        layout.addWidget(words)
        layout.addWidget(line)
        return line


class UnlockDialog(KeyDialog):
    """Takes the passphrase or the recovery code; after five wrong ones each try waits longer."""

    def __init__(self, file: keys.KeyFile, look: Look) -> None:
        super().__init__(look, _("Unlock schoolapp"))
        self.key: bytes | None = None
        self._file, self._wrong, self._left = file, 0, 0
        self.secret = SecretField(_("Passphrase or recovery code"))
        self.said = Words(wrap=True)
        self.said.setMinimumHeight(2 * self.fontMetrics().height())
        self.unlock_button = button(look, _("Unlock"), self.attempt, "lock", primary=True)
        self.unlock_button.setDefault(True)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._tick)
        self._lay_out()
        self.secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def attempt(self) -> None:
        """Try what was typed, in a thread."""
        typed = self.secret.lines[0].text()
        if not typed or not self.unlock_button.isEnabled():
            return
        self._busy(True)
        self._say(_("One moment…"), problem=False)
        work = partial(_unlocked, self._file, typed)
        self.tasks.work(self, work, self._opened, self._refused)

    def done(self, result: int) -> None:
        """No timer outlives the dialog."""
        self._second.stop()
        super().done(result)

    def _opened(self, key: bytes) -> None:
        self.key = key
        self.accept()

    def _refused(self, trouble: BaseException) -> None:
        self._wrong += 1
        self._left = pause_after(self._wrong)
        if self._left:
            self._second.start()
            self._tell_pause()
            return
        self._busy(False)
        self._say(trouble.sentence() if isinstance(trouble, keys.MistypedCode) else _(REFUSED))
        self.secret.lines[0].selectAll()

    def _tick(self) -> None:
        self._left -= 1
        if self._left > 0:
            self._tell_pause()
            return
        self._second.stop()
        self._busy(False)
        self._say(_("Try again."), problem=False)

    def _tell_pause(self) -> None:
        wrong = plural("Wrong {count} time.", "Wrong {count} times.", self._wrong)
        wait = plural(
            "You can try again in {seconds} second.",
            "You can try again in {seconds} seconds.",
            self._left,
        )
        self._say(f"{wrong.format(count=self._wrong)} {wait.format(seconds=self._left)}")

    def _busy(self, busy: bool) -> None:
        self.unlock_button.setEnabled(not busy)
        self.secret.setEnabled(not busy)
        if not busy:
            self.secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, sentence: str, problem: bool = True) -> None:
        say(self.said, sentence, problem)

    def _lay_out(self) -> None:
        layout, foot = QVBoxLayout(self), QHBoxLayout()
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(Heading(_("Your schools are locked"), 1.4))
        layout.addWidget(Words(_("All data on this machine are encrypted."), quiet=True, wrap=True))
        layout.addWidget(self.secret)
        layout.addWidget(self.said)
        foot.addStretch(1)
        foot.addWidget(button(self.look, _("Quit"), self.reject))
        foot.addWidget(self.unlock_button)
        layout.addLayout(foot)


def say(words: Words, sentence: str, problem: bool) -> None:
    """Say a sentence under a field, as a problem or not."""
    words.setText(sentence)
    words.setProperty("problem", problem)
    words.style().unpolish(words)
    words.style().polish(words)


def _unlocked(file: keys.KeyFile, typed: str) -> bytes:
    try:
        return keys.unlock(file, typed)
    except WrongKey:
        if not CODE.fullmatch(typed.strip()):
            raise
        return keys.unlock(file, keys.recovery_secret(typed))
