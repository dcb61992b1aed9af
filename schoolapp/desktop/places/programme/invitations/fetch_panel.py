"""The panel that fetches answers from a mailbox: the password, the progress, what came."""

import threading
from collections import Counter
from functools import partial
from typing import Never

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QProgressBar

from schoolapp.base.language import _, isolate, ltr, mark, plural
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.kit.panel import Panel, in_a_row
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.look.widgets import button
from schoolapp.desktop.places.programme.invitations.fetching import Opening, fetch
from schoolapp.exchange.mail.mailbox import Mailbox, mailbox_of
from schoolapp.exchange.mail.passwords import Known, known_password
from schoolapp.operations.invitations import Fetched, Outcome

NO_MAILBOX = mark(
    "No mailbox for answers is set up. Enter its server and its user in"
    " the settings; then answers can be fetched here."
)
TABLES = frozenset({"invite", "gathering_invite", "held_reply"})


class FetchPanel(Panel[Never]):
    """Ctrl+Enter fetches; Esc ends a reading after the mail that is under way, and closes."""

    to_answers = Signal()
    to_settings = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._known = ""
        self._stop = threading.Event()
        self.is_running = False
        self.where = Words(wrap=True)
        self.label = Words(_("Password of the mailbox"))
        self.password = QLineEdit()
        self.password.setObjectName("mailbox_password")
        self.password.setAccessibleName(self.label.text())
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.password.returnPressed.connect(self.finish)
        self.label.setBuddy(self.password)
        self.keep = QCheckBox(_("Remember the password"))
        self.keep.setToolTip(_("It is kept in the keyring of this machine, never in the database."))
        self.progress = QProgressBar()
        self.progress.setAccessibleName(_("Progress"))
        self.said = Words(wrap=True)
        self.said.setObjectName("fetch_said")
        look = desk.look
        self.settings_button = button(look, _("Settings"), self.to_settings.emit, "settings")
        self.look_button = button(look, _("Answers to check"), self.to_answers.emit, "info")
        self.add(self.where)
        self.add(in_a_row(self.settings_button))  # the sentence above says what it is for
        for widget in (self.label, self.password, self.keep, self.progress, self.said):
            self.add(widget)
        self.add(in_a_row(self.look_button))
        self.stop_button = button(look, _("Stop"), self._stop.set)
        self.go_button = button(look, _("Fetch answers"), self.finish, primary=True)
        for one in (self.stop_button, self.go_button):
            self.foot.addWidget(one)

    def ask(self) -> None:
        """Begin with the mailbox of the settings; a reading that runs goes on."""
        self.show_item(0, _("Fetch answers"))
        if self.is_running:
            return
        box = mailbox_of(self.desk.settings)
        is_set = bool(box.server and box.user)
        self.where.setText(_where(box) if is_set else _(NO_MAILBOX))
        self._known = ""
        self.password.clear()
        self.said.clear()
        for asked in (self.label, self.password, self.go_button):
            asked.setVisible(is_set)
        for later in (self.keep, self.progress, self.stop_button, self.look_button):
            later.hide()
        target = self.password if is_set else self.settings_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if is_set:
            self.desk.tasks.work(self, partial(known_password, box), self._password_came)

    def finish(self) -> None:
        """Fetch."""
        if self.is_running or not self.go_button.isVisibleTo(self):
            return
        self.is_running = True
        self._stop.clear()
        self.said.setText(_("Asking the server what is new…"))
        self.progress.setRange(0, 0)
        self._show_running(True)
        box = mailbox_of(self.desk.settings)
        keep = self.keep.isVisibleTo(self) and self.keep.isChecked()
        secret = self.password.text() or self._known
        job = partial(fetch, Opening(box, secret, keep), self._stop.is_set)
        self.desk.tasks.carry_out(self, job, self._fetched, self._progressed, self._failed)

    def close_side(self) -> None:
        """Close; a reading ends, and what was read is kept."""
        self._stop.set()
        super().close_side()

    def _password_came(self, known: Known) -> None:
        self._known = known.password or ""
        self.keep.setVisible(known.can_keep and not known.password)
        self.password.setPlaceholderText(_("Kept in the keyring") if known.password else "")

    def _progressed(self, fetched: Fetched) -> None:
        self.progress.setRange(0, fetched.total)
        self.progress.setValue(fetched.looked)
        self.said.setText(
            _("Mail {number} of {total}").format(
                number=formats.number(fetched.looked), total=formats.number(fetched.total)
            )
        )

    def _fetched(self, fetched: Fetched) -> None:
        said, held = _outcome(fetched)
        self._ended(said)
        self.password.clear()
        self.look_button.setVisible(held > 0)
        self.desk.say(said)
        self.desk.tasks.changed.emit(TABLES, None)
        target = self.look_button if held else self.go_button
        if self.isVisible():
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, trouble: BaseException) -> None:
        self._ended("")  # the message bar says why
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ended(self, said: str) -> None:
        self.is_running = False
        self._show_running(False)
        self.said.setText(said)

    def _show_running(self, running: bool) -> None:
        for shown in (self.progress, self.stop_button):
            shown.setVisible(running)
        for barred in (self.password, self.keep, self.go_button, self.settings_button):
            barred.setEnabled(not running)
        if running:
            self.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)


def _where(box: Mailbox) -> str:
    return _(
        "From the folder {folder} of {user} at {server}. It is only read, and each mail once."
    ).format(folder=isolate(box.folder), user=ltr(box.user), server=ltr(box.server))


def _outcome(fetched: Fetched) -> tuple[str, int]:
    """The outcome in words, and how many answers wait to be checked now."""
    count = Counter(one.outcome for one in fetched.judged)
    if not fetched.total:
        return _("There is no new mail."), 0
    mails = plural("{number} mail was read.", "{number} mails were read.", fetched.looked)
    said = [
        mails.format(number=formats.number(fetched.looked)),
        _("{applied} applied, {held} to check, {others} without an answer.").format(
            applied=formats.number(count[Outcome.APPLIED]),
            held=formats.number(count[Outcome.HELD]),
            others=formats.number(count[Outcome.IGNORED] + count[Outcome.REFUSED]),
        ),
    ]
    if fetched.renumbered:
        said.append(_("The server has renumbered its mails: all were read again."))
    left = fetched.total - fetched.looked
    if left and not fetched.trouble:
        waiting = plural(
            "{number} waits for the next time.", "{number} wait for the next time.", left
        )
        said.append(waiting.format(number=formats.number(left)))
    return " ".join([*said, fetched.trouble]).strip(), count[Outcome.HELD]
