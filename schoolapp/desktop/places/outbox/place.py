"""The outbox: every letter that waits, as its recipient will see it, and the way it leaves."""

from collections.abc import Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from schoolapp.base import settings
from schoolapp.base.language import _, ltr, mark, plural
from schoolapp.desktop.forms.editors import CalmComboBox
from schoolapp.desktop.kit.table_place import TablePlace
from schoolapp.desktop.look.states import state_look, states_of
from schoolapp.desktop.places.outbox import queries, words
from schoolapp.desktop.places.outbox.courier import Courier
from schoolapp.desktop.places.outbox.panels import MailPanel, SendPanel
from schoolapp.desktop.places.outbox.strip import Strip
from schoolapp.desktop.tables import Column, Source, View
from schoolapp.domain.mail import MailState
from schoolapp.exchange.mail.preview import MailSeen
from schoolapp.operations import mail
from schoolapp.operations.mail import OutboxView, Progress


class Outbox(TablePlace):
    """Letters by state and occasion; nothing leaves before somebody says so."""

    key: ClassVar[str] = "outbox"
    title: ClassVar[str] = mark("Outbox")
    icon: ClassVar[str] = "mail"
    WATCHES = frozenset({"mail", "mail_step", "gathering"})
    SEARCH = mark("Search letters")
    EMPTY = mark(
        "No letter waits. Decisions, invitations and visas write letters; they wait here for you."
    )
    CHIPS = (("", mark("Still open")),)
    COLUMNS = (
        Column.name(lambda row: row.name, mark("Person"), 18, sort="name"),
        Column.state(lambda row: row.state, mark("State"), 17, "mail", sort="state"),
        Column.text(lambda row: row.occasion, mark("Occasion"), 15, sort="occasion"),
        Column.languages(lambda row: row.language, mark("Language"), 8, sort="language"),
        Column.text(lambda row: row.subject, mark("Subject"), 24, sort="subject"),
        Column.text(lambda row: row.reason, mark("Why"), 24, sparse=True),
        Column.code(lambda row: row.address, mark("Address"), 22, sort="address", private=True),
    )

    def build(self) -> None:
        """The table, chips for the states, a filter by occasion, the strip, the buttons."""
        super().build()
        for state in states_of("mail"):
            look = state_look("mail", state)
            self.chips.add(state, look.text, look)
        self.occasion = CalmComboBox()
        self.occasion.setObjectName("filter_occasion")
        self.occasion.setAccessibleName(_("Occasion"))
        self.occasion.setMinimumContentsLength(14)
        self.occasion.activated.connect(self._occasion_chosen)
        self.add_filter(self.occasion)
        self.courier = Courier(self.desk, self)
        self.strip = Strip(self.desk.look, self.send_held, self.call_back, self.courier.stop)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.count() - 1, self.strip)
        self.courier.ticked.connect(self._ticked)
        self.courier.progressed.connect(self._progressed)
        self.courier.ended.connect(self._ended)
        self.courier.failed.connect(self.strip.hide)
        self.courier.woken.connect(partial(self._with_password, self._go_by_itself))
        self._copying: tuple[int, ...] | None = None
        self._standing = queries.Standing((), 0, None)
        for command in ("outbox.save", "outbox.approve"):
            self.add_action(command)
        self.add_action("outbox.send", primary=True)

    @cached_property
    def panel(self) -> MailPanel:
        """The mail that is chosen."""
        return MailPanel(self.desk)

    @cached_property
    def send_card(self) -> SendPanel:
        """The numbers before sending."""
        made = SendPanel(self.desk)
        made.agreed.connect(self._agreed)
        made.to_files.connect(self.save_files)
        made.to_myself.connect(self.ask_to_try)
        made.to_settings.connect(partial(self.desk.open_place, "settings"))
        return made

    def source(self) -> Source:
        """The mails that are still open, or those of one state."""
        return Source(queries.ids, queries.rows)

    def counts(self, session: Any, view: View) -> Mapping[str, int]:
        """How many mails are in each state."""
        return queries.counts(session, view)

    def refresh(self) -> None:
        """Ask for the mails, and how sending stands."""
        super().refresh()
        key = self.gathering.id if self.gathering else None
        self.desk.tasks.read(self, partial(queries.standing, key), self._stands)

    def clear_filters(self) -> None:
        """Show all open mails again."""
        self.occasion.setCurrentIndex(0)
        super().clear_filters()

    def show_row(self, row_id: int, row: Any) -> None:
        """Show a mail as its recipient will see it."""
        query = partial(queries.preview, queries.post_of(self.desk.settings), row_id)
        self.desk.tasks.read(self, query, partial(self._preview_came, row))

    def ask_to_send(self) -> None:
        """Show the numbers of what would go."""
        self._copying = None
        self._ask(self.selected_ids() if len(self.selected_ids()) > 1 else ())

    def ask_to_try(self) -> None:
        """Offer copies of the chosen mails, or of one of each occasion and language."""
        self._copying = ()
        self._ask(self.selected_ids() if len(self.selected_ids()) > 1 else ())

    def approve(self) -> None:
        """Approve the chosen drafts, or all that are shown."""
        chosen = self.selected_ids() if len(self.selected_ids()) > 1 else ()
        query = partial(queries.ready, self.view, chosen)
        self.desk.tasks.read(self, query, self._approve)

    def decide(self, step: str) -> None:
        """Take a step of the chosen mails."""
        title = {
            "back_to_draft": _("Take an approval back"),
            "discard": _("Discard letters"),
            "found_sent": _("Note that letters arrived"),
            "sent_elsewhere": _("Note that letters were sent from elsewhere"),
        }[step]
        self._change(title, partial(getattr(mail, step), ids=self.selected_ids()))

    def send_again(self) -> None:
        """Let the chosen mails go once more."""
        keys = self.selected_ids()
        operation = partial(mail.send_again, ids=keys)
        self.desk.tasks.change(self, words.sending(len(keys)), operation, self._told_again)

    def send_held(self) -> None:
        """Let go what waits for the end of its hold, or was left behind."""
        title = _("Send without waiting")
        self.desk.tasks.change(self, title, mail.release, self._released, final=True)

    def call_back(self) -> None:
        """Keep in the outbox what was told to go."""
        self.courier.call_off()
        self._change(_("Keep letters in the outbox"), _call_back)

    def save_files(self) -> None:
        """Ask for a folder and write the chosen mails, or all that are shown."""
        name = QFileDialog.getExistingDirectory(self, _("A folder for the letters"))
        if name:
            self.save_to(Path(name))

    def save_to(self, folder: Path) -> None:
        """Write mails as drafts for a mail program."""
        keys = self.selected_ids() if len(self.selected_ids()) > 1 else self.table.lazy.ids()
        self._write(folder, keys, self._saved)

    def open_draft(self) -> None:
        """Ask for a folder, write the chosen mail there and open it in the mail program."""
        name = QFileDialog.getExistingDirectory(self, _("A folder for the letter"))
        if name:
            self._write(Path(name), self.selected_ids()[:1], _open)

    def _ask(self, chosen: tuple[int, ...]) -> None:
        self.desk.tasks.read(self, partial(queries.ready, self.view, chosen), self._ready)

    def _ready(self, found: queries.Ready) -> None:
        post, dry = queries.post_of(self.desk.settings), self._copying is not None
        self._found = found
        own = self.desk.settings.get(settings.MAIL_ADDRESS)
        waiting = 0 if dry or self.courier.is_holding else self._standing.queued
        self.show_side(self.send_card)
        self.send_card.ask(
            found,
            server=post.account.server,
            user=post.account.user,
            copies_to=own if dry else None,
            waiting=waiting,
        )
        self._password: str | None = None
        if post.account.server and post.account.user:
            ask = partial(queries.password_of, post.account)
            self.desk.tasks.work(self, ask, self._password_came)

    def _password_came(self, answer: tuple[str | None, bool]) -> None:
        self._password, can_keep = answer
        self.send_card.password_known(self._password is not None, can_keep)

    def _agreed(self, typed: str, keep: bool) -> None:
        password = typed or self._password or ""
        self.close_side()
        if self._copying is not None:
            address, keys = self.send_card.address.text().strip(), self._found.ids
            query = partial(mail.one_of_each, ids=keys)
            go = partial(self._copy, address, password, keep)
            self.desk.tasks.read(self, query, go)
            return
        operation = partial(mail.queue, ids=self._found.ids)
        title = words.sending(self._found.numbers.letters)
        self.desk.tasks.change(self, title, operation, partial(self._queued, password, keep))

    def _copy(self, address: str, password: str, keep: bool, keys: list[int]) -> None:
        self.courier.copy(keys, address, password, keep)

    def _queued(self, password: str, keep: bool, number: int) -> None:
        self._standing = queries.Standing(self._standing.occasions, number, None)
        self.courier.hold(password, keep)

    def _told_again(self, number: int) -> None:
        self._standing = queries.Standing(self._standing.occasions, number, None)
        if number:
            self._with_password(self._hold)

    def _released(self, number: int) -> None:
        if self.courier.is_holding:
            self.courier.go()
        else:
            self._with_password(self._go)

    def _with_password(self, then: Any) -> None:
        ask = partial(queries.password_of, queries.post_of(self.desk.settings).account)
        self.desk.tasks.work(self, ask, then)

    def _hold(self, answer: tuple[str | None, bool]) -> None:
        if answer[0] is None:
            self.ask_to_send()
        else:
            self.courier.hold(answer[0], False)

    def _go(self, answer: tuple[str | None, bool]) -> None:
        if answer[0] is None:
            self.ask_to_send()
        else:
            self.courier.go(answer[0])

    def _go_by_itself(self, answer: tuple[str | None, bool]) -> None:
        if answer[0] is not None:
            self.courier.go(answer[0])

    def _approve(self, found: queries.Ready) -> None:
        number = found.numbers.letters
        title = plural("Approve {number} letter", "Approve {number} letters", number)
        operation = partial(mail.approve, ids=found.ids)
        self._change(title.format(number=number), operation)

    def _change(self, title: str, operation: Any) -> None:
        self.desk.tasks.change(self, title, operation)

    def _write(self, folder: Path, keys: Any, then: Any) -> None:
        query = partial(queries.files, queries.post_of(self.desk.settings), keys)
        landed = partial(self._write_files, folder, then)
        self.desk.tasks.read(self, query, landed)

    def _write_files(self, folder: Path, then: Any, made: Any) -> None:
        self.desk.tasks.work(self, partial(queries.write, folder, made), then)

    def _saved(self, paths: list[Path]) -> None:
        number = len(paths)
        said = plural(
            "{number} letter is in {folder}. Once it is sent from there, note it here.",
            "{number} letters are in {folder}. Once they are sent from there, note it here.",
            number,
        )
        folder = ltr(str(paths[0].parent)) if paths else ""
        self.desk.say(said.format(number=number, folder=folder) if paths else _("Nothing to save."))

    def _preview_came(self, row: queries.ListRow, found: MailSeen) -> None:
        self.show_side(self.panel)
        self.panel.show_mail(row, found)

    def _stands(self, found: queries.Standing) -> None:
        self._standing = found
        held = self.view.filters.get("occasion")
        self.occasion.clear()
        self.occasion.addItem(_("All occasions"), None)
        for key in found.occasions:
            self.occasion.addItem(words.occasion(key), key)
        self.occasion.setCurrentIndex(max(0, self.occasion.findData(held)))
        if self.courier.is_running:
            return
        has_server = bool(self.desk.settings.get(settings.MAIL_SERVER))
        self.courier.wake_at(None if found.queued or not has_server else found.next_due)
        if not found.queued:
            self.courier.call_off()
            self.strip.hide()
        elif not self.courier.is_holding:
            self.strip.say(words.left_behind(found.queued), held=True)

    def _occasion_chosen(self, at: int) -> None:
        self.filter(occasion=self.occasion.currentData())

    def _ticked(self, seconds: int) -> None:
        self.strip.say(words.leaving(self._standing.queued, seconds), held=True)

    def _progressed(self, progress: Progress) -> None:
        self.strip.say(words.under_way(progress), held=False)

    def _ended(self, progress: Progress) -> None:
        self.strip.hide()
        self.desk.say(words.outcome(progress))


def _call_back(session: Any) -> int:
    view = OutboxView(states=(MailState.QUEUED,))
    return mail.call_back(session, ids=mail.mail_ids(session, view))


def _open(paths: list[Path]) -> None:
    for path in paths:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
