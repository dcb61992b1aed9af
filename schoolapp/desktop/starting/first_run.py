"""The first run: language and centre, a passphrase, a recovery code; or the practice schools."""

import hmac
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from schoolapp.base import profiles, settings
from schoolapp.base.language import OWN_NAMES, RECIPIENT_LANGUAGES, _, mark
from schoolapp.base.settings import Settings
from schoolapp.base.shipped import table
from schoolapp.desktop.look.combo_box import CalmComboBox
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.widgets import button
from schoolapp.desktop.starting.start import application, speak
from schoolapp.desktop.starting.unlock import KeyDialog, SecretField, say
from schoolapp.domain.passphrases import check_passphrase, suggestion
from schoolapp.domain.rules import RuleBroken
from schoolapp.storage import keys


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen: the practice schools, or a new profile with its key."""

    practice: bool
    key: bytes | None = None


def first_run(profile: Path, kept: Settings, look: Look) -> Choice | None:
    """Ask until something is chosen; None if the dialog was closed.

    The key file is written beside the profile once the recovery code was typed back; language and
    centre are kept in the settings.
    """
    while True:
        dialog = FirstRunDialog(profile, kept, look)
        dialog.exec()
        dialog.deleteLater()
        if dialog.choice is not None or not dialog.language_changed:
            return dialog.choice
        speak(application(), kept)


class FirstRunDialog(KeyDialog):
    """Three pages; nothing is written before the last one is done."""

    def __init__(
        self, profile: Path, kept: Settings, look: Look, cost: keys.Cost | None = None
    ) -> None:
        super().__init__(look, _("Welcome to schoolapp"))
        self.choice: Choice | None = None
        self.language_changed = False
        self._profile, self._kept, self._cost = profile, kept, cost or keys.Cost()
        self._made: tuple[keys.KeyFile, bytes] | None = None
        self.code = keys.new_recovery_code()
        self.welcome = Welcome(look, kept)
        self.passphrase = Passphrase(look)
        self.recovery = Recovery(look, self.code)
        self._pages = QStackedWidget()
        for page in (self.welcome, self.passphrase, self.recovery):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.addWidget(self._pages)
        self.welcome.practice_chosen.connect(self._open_practice)
        self.welcome.own_chosen.connect(self._begin)
        self.welcome.language_chosen.connect(self._speak)
        self.passphrase.chosen.connect(self._make_keys)
        self.recovery.typed_back.connect(self._write)
        self.welcome.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _speak(self, tag: str) -> None:
        self._kept.put(settings.LANGUAGE, tag)
        self.language_changed = True
        self.reject()

    def _open_practice(self) -> None:
        self.choice = Choice(practice=True)
        self.accept()

    def _begin(self) -> None:
        self._kept.put(settings.CENTRE, self.welcome.centre())
        self._pages.setCurrentWidget(self.passphrase)
        self.passphrase.secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_keys(self, passphrase: str) -> None:
        self.passphrase.set_busy(True)
        work = partial(_keys, passphrase, self.code, self._cost)
        self.tasks.work(self, work, self._keys_made)

    def _keys_made(self, made: tuple[keys.KeyFile, bytes]) -> None:
        self._made = made
        self._pages.setCurrentWidget(self.recovery)
        self.recovery.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write(self) -> None:
        assert self._made is not None
        file, key = self._made
        writing = partial(_write_file, profiles.key_file(self._profile), file)
        self.tasks.work(self, writing, partial(self._written, key), self._not_written)

    def _written(self, key: bytes, nothing: None) -> None:
        self.choice = Choice(practice=False, key=key)
        self.accept()

    def _not_written(self, trouble: BaseException) -> None:
        sentence = _("The key file cannot be written into {folder}. Check its permissions.")
        self.recovery.tell(sentence.format(folder=self._profile.parent))


class Welcome(QWidget):
    """Language, centre, and the two ways to begin."""

    practice_chosen = Signal()
    own_chosen = Signal()
    language_chosen = Signal(str)

    def __init__(self, look: Look, kept: Settings) -> None:
        super().__init__()
        self._tags = list(RECIPIENT_LANGUAGES)
        self.language, self._centre = CalmComboBox(), CalmComboBox()
        self.language.addItems([OWN_NAMES[tag] for tag in self._tags])
        held = kept.get(settings.LANGUAGE)
        self.language.setCurrentIndex(self._tags.index(held) if held in self._tags else 0)
        self.language.activated.connect(self._spoke)
        self._codes = [row["code"] for row in table("centres")]
        self._centre.addItems([row["name"] for row in table("centres")])
        if kept.get(settings.CENTRE) in self._codes:
            self._centre.setCurrentIndex(self._codes.index(kept.get(settings.CENTRE)))
        self.first = button(look, _("Set up my schools"), self.own_chosen.emit, "lock", True)
        self.first.setDefault(True)
        self.practice = button(
            look, _("Open the practice schools"), self.practice_chosen.emit, "tent"
        )
        self._lay_out()

    def centre(self) -> str:
        """The code of the centre."""
        return self._codes[self._centre.currentIndex()]

    def _spoke(self, at: int) -> None:
        self.language_chosen.emit(self._tags[at])

    def _lay_out(self) -> None:
        layout, form, foot = QVBoxLayout(self), QFormLayout(), QHBoxLayout()
        layout.setSpacing(14)
        layout.addWidget(Heading(_("Welcome to schoolapp"), 1.6))
        layout.addWidget(
            Words(
                _(
                    "It keeps schools, seminars and camps on this machine, encrypted."
                    " The practice schools hold made-up people: try everything there."
                ),
                wrap=True,
            )
        )
        for words, box in ((_("Language"), self.language), (_("Centre"), self._centre)):
            label = Words(words)
            label.setBuddy(box)
            box.setAccessibleName(words)
            form.addRow(label, box)
        layout.addLayout(form)
        layout.addStretch(1)
        foot.addWidget(self.practice)
        foot.addStretch(1)
        foot.addWidget(self.first)
        layout.addLayout(foot)


class Passphrase(QWidget):
    """The passphrase, twice; it must be hard to guess."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.secret = SecretField(_("Passphrase"), _("The same again"))
        self.said = Words(wrap=True)
        self.said.setMinimumHeight(2 * self.fontMetrics().height())
        self.next_button = button(look, _("Continue"), self.finish, "", True)
        self.next_button.setDefault(True)
        self.suggest_button = button(look, _("Suggest one"), self.suggest, "refresh-cw")
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(Heading(_("Choose a passphrase"), 1.4))
        layout.addWidget(
            Words(
                _(
                    "Anyone with this computer but without the passphrase can read"
                    " nothing. Five words are enough."
                ),
                wrap=True,
            )
        )
        layout.addWidget(self.secret)
        layout.addWidget(self.said)
        _add_foot(layout, self.suggest_button, self.next_button)

    def suggest(self) -> None:
        """Fill in a made-up one and show it, to be written down."""
        made = suggestion()
        self.secret.shown.setChecked(True)
        for line in self.secret.lines:
            line.setText(made)
        say(self.said, _("Learn it by heart, or keep it on paper away from this machine."), False)

    def finish(self) -> None:
        """Go on if it is strong and the same twice; else say what is wrong."""
        first, second = self.secret.lines
        wrong = check_passphrase(first.text(), second.text())
        if not wrong:
            self.chosen.emit(first.text())
            return
        problem = next(iter(wrong.values()))
        say(self.said, _(problem), True)
        (first if "passphrase" in wrong else second).setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, busy: bool) -> None:
        """Nothing can be changed while the keys are made."""
        self.setEnabled(not busy)
        say(self.said, _("One moment…") if busy else "", False)


class Recovery(QWidget):
    """The recovery code on paper, typed back once."""

    typed_back = Signal()

    def __init__(self, look: Look, code: str) -> None:
        super().__init__()
        self._code = code
        self.shown = Heading(code, 1.2)
        self.shown.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.shown.setAccessibleName(_("Recovery code"))
        self.line, self.said = QLineEdit(), Words(wrap=True)
        self.line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.said.setMinimumHeight(2 * self.fontMetrics().height())
        self.print_button = button(look, _("Print"), self.print_code, "printer")
        self.finish_button = button(look, _("Open schoolapp"), self.finish, "", True)
        self.finish_button.setDefault(True)
        self._lay_out()

    def finish(self) -> None:
        """End the set-up if the code was typed as it stands on the paper."""
        try:
            typed = keys.recovery_secret(self.line.text())
        except RuleBroken as trouble:
            self.tell(trouble.sentence())
            return
        if hmac.compare_digest(typed, keys.recovery_secret(self._code)):
            self.setEnabled(False)
            self.typed_back.emit()
        else:
            self.tell(_("This is another code. Type the one that is shown here."))

    def tell(self, sentence: str) -> None:
        """Say what is wrong."""
        self.setEnabled(True)
        say(self.said, sentence, True)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def print_code(self) -> None:
        """Print the code on a printer that is asked for."""
        printer = QPrinter()
        dialog = QPrintDialog(printer, self)
        if dialog.exec():
            put_on_paper(self._code, printer)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(Heading(_("Keep the recovery code"), 1.4))
        layout.addWidget(Words(_(ADVICE), wrap=True))
        layout.addWidget(self.shown)
        label = Words(_("Type it back from the paper"), quiet=True)
        label.setBuddy(self.line)
        self.line.setAccessibleName(label.text())
        layout.addWidget(label)
        layout.addWidget(self.line)
        layout.addWidget(self.said)
        _add_foot(layout, self.print_button, self.finish_button)


ADVICE = mark(
    "Without the passphrase and without this code nobody can ever read the data again."
    " Print it or write it down, and keep it away from this machine."
)


def _add_foot(layout: QVBoxLayout, start: QPushButton, end: QPushButton) -> None:
    """A button at the start and one at the end, at the foot of a page."""
    foot = QHBoxLayout()
    layout.addStretch(1)
    foot.addWidget(start)
    foot.addStretch(1)
    foot.addWidget(end)
    layout.addLayout(foot)


def put_on_paper(code: str, printer: QPrinter) -> None:
    """Print the code with what it is for."""
    document = QTextDocument()
    advice = _(ADVICE)
    document.setHtml(f"<h2>schoolapp</h2><p>{advice}</p><p><code><b>{code}</b></code></p>")
    document.print_(printer)


def _keys(passphrase: str, code: str, cost: keys.Cost) -> tuple[keys.KeyFile, bytes]:
    file, key = keys.create(profiles.actor(), passphrase, cost)
    return keys.add_slot(file, key, "recovery", keys.recovery_secret(code), cost), key


def _write_file(path: Path, file: keys.KeyFile) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys.write(path, file)
