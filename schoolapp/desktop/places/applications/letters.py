"""The letters that wait: looked through one by one, their texts changed, made ready together."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from schoolapp.desktop import formats
from schoolapp.desktop.desk import Desk
from schoolapp.desktop.look import Heading, Words
from schoolapp.desktop.places.applications import letter_queries as queries
from schoolapp.desktop.places.applications.template_editor import TemplateEditor
from schoolapp.desktop.tables import Column, Kind, Source, Table, View
from schoolapp.desktop.widgets import button
from schoolapp.language import _, direction, isolate, ltr, mark, plural


class LettersPage(QWidget):
    """Up and Down show one letter after another; Ctrl+Enter makes all ready; Esc goes back.

    Ctrl+T changes the text of the letters of this occasion and language.
    """

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._gathering = 0
        columns = (
            Column("said", mark("Letter"), 12),
            Column("language", mark("Language"), 4, Kind.CODE),
            Column("name", mark("To"), 16, Kind.NAME),
        )
        source = Source(queries.ids, queries.rows)
        self.table = Table(desk.tasks, desk.look, columns, source, _("Letters"))
        self.table.setObjectName("letters")
        self.table.current_changed.connect(self._reached)
        self.table.lazy.rows_landed.connect(self._rows_came)
        self.table.lazy.ids_landed.connect(self._ids_came)
        self.title, self.summary = Heading(_("Letters that wait")), Words(wrap=True)
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
        self.desk.tasks.change(self, title, partial(queries.approve, ids), self._approved)

    def edit(self) -> None:
        """Change the text of the occasion and language of the letter that is shown."""
        row = self._current()
        occasion, language = (row.occasion, row.language) if row else ("accepted", "en")
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
        for widget in (self._preview, self.approve_button, self.edit_button):
            widget.setVisible(not shown)

    def _current(self) -> Any:
        current = self.table.current_id()
        return None if current is None else self.table.lazy.row(current)

    def _edited(self) -> None:
        self._show_editor(False)
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _approved(self, count: int) -> None:
        self.refresh()

    def _reached(self, mail_id: int | None) -> None:
        self._show(self._current())

    def _rows_came(self, rows: Any) -> None:
        self._show(self._current())

    def _ids_came(self, count: int) -> None:
        sentence = plural("{count} letter waits.", "{count} letters wait.", count)
        self.summary.setText(sentence.format(count=formats.number(count)))
        self.approve_button.setEnabled(bool(count))
        if count and self.table.current_id() is None:
            self.table.select_id(self.table.lazy.row_id(0))
        if not count:
            self._show(None)

    def _show(self, row: Any) -> None:
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
        hint = _("Ctrl+Enter makes all ready, Ctrl+T changes the text. Nothing is sent by this.")
        foot.addWidget(Words(hint, quiet=True, wrap=True), 1)
        foot.addWidget(button(self.desk.look, _("Close"), self.close_page))
        foot.addWidget(self.edit_button)
        foot.addWidget(self.approve_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for heading in (self.title, self.summary):
            layout.addWidget(heading)
        layout.addLayout(row, 1)
        layout.addLayout(foot)

    def _keys(self) -> None:
        for keys, run in (
            ("Esc", self.close_page),
            ("Ctrl+T", self.edit),
            ("Ctrl+Return", self.finish),
            ("Ctrl+Enter", self.finish),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    def finish(self) -> None:
        """Ctrl+Enter: keep the text that is edited, or make the letters ready."""
        if self.editor.isVisible():
            self.editor.save()
        else:
            self.approve()
