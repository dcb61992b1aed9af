"""The letters that wait: looked through one by one, their texts changed, made ready together."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from schoolapp.base.language import _, direction, isolate, ltr, mark, plural
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.kit.pages.leaving import back_button
from schoolapp.desktop.kit.sender_panel import AskingSender
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.flow import Flow
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.widgets import button, give_keys
from schoolapp.desktop.places.applications.letters import files, queries
from schoolapp.desktop.places.applications.letters.template_editor import TemplateEditor
from schoolapp.desktop.places.applications.words import OCCASIONS
from schoolapp.desktop.tables import Column, Source, Table, View
from schoolapp.domain.letters import Occasion
from schoolapp.exchange.papers.letters import PaperLetter
from schoolapp.operations.letters import LetterRow, approve_letters, letter_rows, note_printed
from schoolapp.operations.mail import draft_files


class LettersPage(QWidget):
    """Up and Down show one letter after another; Ctrl+Enter makes all ready; Esc goes back.

    Ctrl+T changes the text of the letters of this occasion and language.
    """

    closed = Signal()

    def __init__(self, desk: Desk, put_beside: Callable[[QWidget | None], object]) -> None:
        super().__init__()
        self.desk = desk
        self.asking = AskingSender(desk, self, put_beside)
        self.asking.panel.closed.connect(partial(self._leave_sender, put_beside))
        self._gathering = 0
        columns: tuple[Column[LetterRow], ...] = (
            Column.text(_occasion, mark("Letter"), 12),
            Column.languages(lambda row: row.language, mark("Language"), 8),
            Column.name(lambda row: row.name, mark("To"), 16),
        )
        source = Source(queries.ids, letter_rows)
        self.table = Table(desk.tasks, desk.look, columns, source, _("Letters"))
        self.table.setObjectName("letters")
        self.table.current_changed.connect(self._reached)
        self.table.lazy.rows_landed.connect(self._rows_came)
        self.table.lazy.ids_landed.connect(self._ids_came)
        self.title, self.summary = Heading(_("Waiting letters")), Words(wrap=True)
        self.address, self.subject = Words(quiet=True, wrap=True), Heading(wrap=True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Letter"))
        self.editor = TemplateEditor(desk)
        self.editor.closed.connect(self._edited)
        self.approve_button = button(
            desk.look, _("Make all ready"), self.approve, "check", primary=True
        )
        self.approve_button.setObjectName("approve_letters")
        self.edit_button = button(desk.look, _("Change the text…"), self.edit, "pencil")
        self.files_button = button(desk.look, _("Save as files…"), self.save_files, "download")
        self.print_button = button(desk.look, _("Print…"), self.ask_print, "printer")
        self.print_button.setToolTip(_("Those without an e-mail address, each on its own page."))
        self._lay_out()
        self._keys()

    def open(self, gathering_id: int) -> None:
        """Show the letters that wait for a gathering."""
        self._gathering = gathering_id
        self._show_editor(False)
        self._show(None)
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Ask for the letters again."""
        self.table.lazy.show(View(gathering=self._gathering))

    def approve(self) -> None:
        """Make all letters that have an address ready to be sent."""
        ids = tuple(self.table.lazy.ids())
        if not ids or self.editor.isVisible():
            return
        sentence = plural("Make {count} letter ready", "Make {count} letters ready", len(ids))
        title = sentence.format(count=formats.number(len(ids)))
        self.desk.tasks.change(self, title, partial(approve_letters, mail_ids=ids), self._approved)

    def save_files(self) -> None:
        """Ask for a folder and write the letters there, as drafts for a mail program."""
        self.asking.before(tuple(self.table.lazy.ids()), self._ask_folder)

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("A folder for the letters"))
        if name:
            self.save_to(Path(name))

    def save_to(self, folder: Path) -> None:
        """Write the letters that have an address as drafts for a mail program."""
        query = partial(draft_files, ids=tuple(self.table.lazy.ids()))
        self.desk.tasks.read(self, query, partial(self._files_read, folder))

    def ask_print(self) -> None:
        """Ask where to, then write the letters that have no address as a PDF."""
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Letters to print"), "letters.pdf", "PDF (*.pdf)"
        )
        if name:
            self.print_to(Path(name))

    def print_to(self, path: Path) -> None:
        """Write the letters that have no address as a PDF; after that they no longer wait."""
        query = partial(queries.to_print, tuple(self.table.lazy.ids()))
        self.desk.tasks.read(self, query, partial(self._print_read, path))

    def edit(self) -> None:
        """Change the text of the occasion and language of the letter that is shown."""
        row = self._current()
        occasion = Occasion(row.occasion) if row else Occasion.ACCEPTED
        language = row.language if row else "en"
        self._show_editor(True)
        self.editor.open(self._gathering, occasion, language)

    def close_page(self) -> None:
        """Back from the text to the letters, from there to the list."""
        if self.editor.isVisible():
            self._edited()
        else:
            self.closed.emit()

    def _show_editor(self, shown: bool) -> None:
        self.editor.setVisible(shown)
        for widget in (self._preview, *self._ways):
            widget.setVisible(not shown)

    def _current(self) -> LetterRow | None:
        current = self.table.current_id()
        return None if current is None else self.table.lazy.row(current)

    def _leave_sender(self, put_beside: Callable[[QWidget | None], object]) -> None:
        put_beside(None)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self) -> None:
        self._show_editor(False)
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _files_read(self, folder: Path, drafts: Sequence[files.DraftFile]) -> None:
        said = partial(self._files_written, folder)
        self.desk.tasks.work(self, partial(files.write_drafts, folder, drafts), said)

    def _files_written(self, folder: Path, count: int) -> None:
        sentence = plural(
            "{count} letter is in {folder}.", "{count} letters are in {folder}.", count
        )
        self.desk.say(sentence.format(count=formats.number(count), folder=ltr(str(folder))))

    def _print_read(self, path: Path, letters: Mapping[int, PaperLetter]) -> None:
        if not letters:
            self.desk.say(_("Every letter has an e-mail address: none has to be printed."))
            return
        self.desk.tasks.work(self, partial(files.write_pdf, path, letters), self._printed)

    def _printed(self, ids: tuple[int, ...]) -> None:
        sentence = plural("Print {count} letter", "Print {count} letters", len(ids))
        title = sentence.format(count=formats.number(len(ids)))
        self.desk.tasks.change(self, title, partial(note_printed, mail_ids=ids), self._approved)

    def _approved(self, count: int) -> None:
        self.refresh()

    def _reached(self, mail_id: int | None) -> None:
        self._show(self._current())

    def _rows_came(self, rows: Sequence[LetterRow]) -> None:
        self._show(self._current())

    def _ids_came(self, count: int) -> None:
        sentence = plural("{count} letter is waiting.", "{count} letters are waiting.", count)
        none = _("No letters are waiting. Applying decisions writes letters here.")
        self.summary.setText(sentence.format(count=formats.number(count)) if count else none)
        for made in (self.approve_button, self.files_button, self.print_button):
            made.setEnabled(bool(count))
        if count and self.table.current_id() is None:
            self.table.select_id(self.table.lazy.row_id(0))
        if not count:
            self._show(None)

    def _show(self, row: LetterRow | None) -> None:
        if not self.editor.isVisible():
            self._preview.setVisible(row is not None)
        if row is None:
            self.subject.setText("")
            self.address.setText("")
            self.text.setPlainText("")
            return
        to = ltr(row.address) if row.address else _("no e-mail address: print it")
        self.address.setText(_("{name}, {address}").format(name=isolate(row.name), address=to))
        self.subject.setText(isolate(row.subject))
        turned = direction(row.language) == "rtl"
        way = Qt.LayoutDirection.RightToLeft if turned else Qt.LayoutDirection.LeftToRight
        self.text.setLayoutDirection(way)
        option = self.text.document().defaultTextOption()
        option.setTextDirection(way)
        self.text.document().setDefaultTextOption(option)
        self.text.setPlainText(row.text)

    def _lay_out(self) -> None:
        self._preview = QWidget()
        preview = QVBoxLayout(self._preview)
        preview.setContentsMargins(0, 0, 0, 0)
        for widget in (self.address, self.subject):
            preview.addWidget(widget)
        preview.addWidget(self.text, 1)
        right = QVBoxLayout()
        right.addWidget(self._preview, 1)
        right.addWidget(self.editor, 1)
        self.editor.hide()
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.table, 4)
        row.addLayout(right, 5)
        foot = QHBoxLayout()
        hint = _("Ctrl+Enter makes all ready, Ctrl+T changes the text. Nothing is sent yet.")
        foot.addWidget(Words(hint, quiet=True, wrap=True), 1)
        buttons = Flow(8)
        buttons.addWidget(back_button(self.desk.look, self.close_page))
        self._ways = (self.files_button, self.print_button, self.edit_button, self.approve_button)
        for made in self._ways:
            buttons.addWidget(made)
        foot.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for heading in (self.title, self.summary):
            layout.addWidget(heading)
        layout.addLayout(row, 1)
        layout.addLayout(foot)

    def _keys(self) -> None:
        give_keys(self, {
            "Esc": self.close_page,
            "Ctrl+T": self.edit,
            "Ctrl+Return": self.finish,
            "Ctrl+Enter": self.finish,
        })  # fmt: skip

    def finish(self) -> None:
        """Ctrl+Enter: keep the text that is edited, or make the letters ready."""
        if self.editor.isVisible():
            self.editor.save()
        else:
            self.approve()


def _occasion(row: LetterRow) -> str:
    return _(OCCASIONS[Occasion(row.occasion)])
