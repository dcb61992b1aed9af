"""The panels at the side of the outbox: a mail as it will be seen, the numbers before sending."""

import datetime as dt
from typing import Never

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QLineEdit

from schoolapp.base.language import _, direction, isolate, ltr, mark, plural
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.kit.panel import Panel, in_a_row
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.look.states import state_look
from schoolapp.desktop.look.widgets import Facts, button
from schoolapp.desktop.places.outbox import words
from schoolapp.desktop.places.outbox.queries import MailLine, Ready
from schoolapp.exchange.mail.preview import CalendarSeen, MailSeen, Occurrence

NO_SERVER = mark(
    "No mail server is set up. Enter one in the settings, or save the"
    " letters as files and send them another way."
)


class MailPanel(Panel[Never]):
    """A mail as its recipient will see it: words, calendar, files."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.facts, self.calendar = Facts(), Facts()
        self.heads = Words(wrap=True, quiet=True)
        self.body = QLabel()
        self.body.setObjectName("mail_text")
        self.body.setWordWrap(True)
        self.body.setTextFormat(Qt.TextFormat.PlainText)
        self.body.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        rule = QFrame()
        rule.setFrameShape(QFrame.Shape.HLine)
        for widget in (self.facts, rule, self.body, self.heads, self.calendar):
            self.add(widget)

    def show_mail(self, row: MailLine, found: MailSeen) -> None:
        """Show a mail; its words run in the direction of their language."""
        look = state_look("mail", row.state)
        self.show_item(row.id, isolate(found.subject), row.occasion, look)
        self.facts.show_facts(
            [
                (_("From"), ltr(found.sender)),
                (_("To"), ltr(found.address)),
                (_("Why"), row.reason),
                (_("Files"), ", ".join(f"{isolate(name)} ({_size(n)})" for name, n in found.files)),
                (_("Size"), _size(found.size)),
            ]
        )
        rtl = direction(found.language) == "rtl"
        ways = Qt.LayoutDirection
        self.body.setLayoutDirection(ways.RightToLeft if rtl else ways.LeftToRight)
        self.body.setAlignment(
            Qt.AlignmentFlag.AlignTop
            | Qt.AlignmentFlag.AlignAbsolute
            | (Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft)
        )
        self.body.setText(found.text)
        self.body.setAccessibleName(found.text)
        self._show_calendars(found.calendars)

    def _show_calendars(self, calendars: tuple[CalendarSeen, ...]) -> None:
        self.heads.setVisible(bool(calendars))
        self.calendar.setVisible(bool(calendars))
        self.heads.setText(_method(calendars[0].method) if calendars else "")
        lines = [(_when(one), _what(one)) for held in calendars for one in held.events]
        more = sum(held.count - len(held.events) for held in calendars)
        if more:
            said = plural("and {number} more", "and {number} more", more)
            lines.append(("…", said.format(number=formats.number(more))))
        self.calendar.show_facts(lines)


class SendPanel(Panel[Never]):
    """The numbers before sending, and what is needed for it; Ctrl+Enter sends."""

    agreed = Signal(str, bool)  # the password typed, and whether to keep it
    to_files = Signal()
    to_settings = Signal()
    to_myself = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._labels: dict[QLineEdit, Words] = {}
        self.numbers = Words(wrap=True)
        self.numbers.setObjectName("numbers")
        self.address = self._line(_("Send copies to"), "copies_to")
        self.address.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.password = self._line(_("Password of the mail server"), "password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.keep = QCheckBox(_("Remember the password"))
        self.keep.setToolTip(_("It is kept in the keyring of this machine, never in the database."))
        self.trouble = Words(wrap=True)
        self.send_button = button(desk.look, "", self.finish, primary=True)
        self.send_button.setObjectName("send_now")
        self.stay_button = button(desk.look, _("Keep in outbox"), self.close_side)
        self.files_button = button(desk.look, _("Save as files"), self.to_files.emit, "download")
        self.copies_button = button(
            desk.look, _("Send copies to yourself first"), self.to_myself.emit, "user"
        )
        self.settings_button = button(desk.look, _("Settings"), self.to_settings.emit, "settings")
        self.add(self.numbers)
        for line in (self.address, self.password):
            self.add(self._labels[line])
            self.add(line)
        self.add(self.keep)
        self.add(self.trouble)
        self._without = in_a_row(self.settings_button, self.files_button)
        self.add(self._without)  # beneath the sentence that says what they are for
        self.add(in_a_row(self.send_button, self.stay_button))
        self.buttons.addWidget(self.copies_button)

    def ask(
        self, found: Ready, *, server: str, user: str, copies_to: str | None, waiting: int
    ) -> None:
        """Show the numbers; with ``copies_to`` it is a dry run to that address."""
        number = found.numbers.letters
        dry = copies_to is not None
        said = words.numbers(found.numbers)
        if waiting:
            said.append(words.left_behind(waiting))
        if dry:
            said = [_("One letter of each occasion and language comes to you as a copy.")]
        title = _("Send copies to yourself") if dry else words.sending(number + waiting)
        self.show_item(0, title)
        nothing = _("Nothing here can be sent yet. Approve the letters first.")
        self.numbers.setText("\n".join(said) or nothing)
        self.address.setText(copies_to or "")
        self._show(self.address, dry)
        self.send_button.setText(_("Send copies") if dry else title)
        self.trouble.setText("" if server else _(NO_SERVER))
        for one in (self.trouble, self._without):
            one.setVisible(not server)
        self.copies_button.setVisible(bool(server) and not dry and number > 0)
        self.send_button.setVisible(bool(server) and (dry or number + waiting > 0))
        self.password.clear()
        self._show(self.password, bool(server and user))
        self.keep.hide()
        first = self.address if dry else self.send_button if server else self.files_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def password_known(self, known: bool, can_keep: bool) -> None:
        """The keyring has answered: nothing need be typed, or what is typed may be kept."""
        if self._labels[self.password].isVisibleTo(self):
            self._show(self.password, not known)
            self.keep.setVisible(can_keep and not known)
            if not known:
                self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """Send."""
        if self.send_button.isVisibleTo(self):
            keep = self.keep.isVisibleTo(self) and self.keep.isChecked()
            self.agreed.emit(self.password.text(), keep)
            self.password.clear()

    def _line(self, label: str, name: str) -> QLineEdit:
        line, said = QLineEdit(), Words(label)
        line.setObjectName(name)
        line.setAccessibleName(label)
        line.returnPressed.connect(self.finish)
        said.setBuddy(line)
        self._labels[line] = said
        return line

    def _show(self, line: QLineEdit, shown: bool) -> None:
        line.setVisible(shown)
        self._labels[line].setVisible(shown)


def _size(octets: int) -> str:
    """Kilobytes, rounded up: what matters on a slow connection."""
    return ltr(f"{formats.number(-(-octets // 1000))} kB")


def _method(method: str) -> str:
    if method == "REQUEST":
        return _("Asks for an answer, in their calendar:")
    if method == "CANCEL":
        return _("Removes from their calendar:")
    return _("For their calendar:")


def _when(one: Occurrence) -> str:
    if isinstance(one.start, dt.datetime):
        return formats.moment(one.start)
    return formats.date(one.start, weekday=True) if one.start else "-"


def _what(one: Occurrence) -> str:
    return "\n".join(isolate(part) for part in (one.title, one.place) if part) or "-"
