"""The base of the lists that open over the applications: a table, buttons, a panel at the side."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from schoolapp.base.language import _
from schoolapp.base.settings import HIDE_PRIVATE
from schoolapp.desktop.kit.host import PlaceHost
from schoolapp.desktop.kit.pages.leaving import back_button
from schoolapp.desktop.kit.panel import DraftPanel, SidePanel
from schoolapp.desktop.look.flow import Flow
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.widgets import button, give_keys
from schoolapp.desktop.tables import HANDED, Column, Table
from schoolapp.desktop.tables.columns import R

if TYPE_CHECKING:
    from schoolapp.storage.store import DbSession

F = TypeVar("F")
"""What a page finds in one query."""


class ListPage(QWidget, Generic[F, R]):
    """Asks for all lines at once; Enter opens a panel, Esc closes it, then the page.

    ``F`` is what its query finds, ``R`` a line of its table.
    """

    closed = Signal()

    TITLE: ClassVar[str]  # marked
    COLUMNS: tuple[Column[R], ...]

    def __init__(self, host: PlaceHost) -> None:
        super().__init__()
        self.host, self.desk = host, host.desk
        self._wanted: int | None = None
        self.found: F | None = None
        self.lines: Mapping[int, R] = {}
        self.panel: SidePanel | None = None
        self.summary, self.notice = Words(wrap=True), Words(wrap=True)
        self.table = Table(self.desk.tasks, self.desk.look, self.COLUMNS, HANDED, _(self.TITLE))
        self.table.setObjectName(f"{type(self).__name__}_lines")
        self.table.hide_private(self.desk.settings.get(HIDE_PRIVATE))
        self.table.opened.connect(self.open_line)
        self.buttons = Flow(8)
        self._lay_out()
        self.desk.tasks.changed.connect(self._news)
        give_keys(self, {"Esc": self.step_back})

    def query(self, gathering_id: int, session: "DbSession") -> F:
        """What the page shows, read in the database worker."""
        raise NotImplementedError

    def show_found(self, found: F) -> Mapping[int, R]:
        """Say in words what was found; the lines of the table by key."""
        raise NotImplementedError

    def open_line(self, key: int) -> None:
        """Show one line at the side."""
        raise NotImplementedError

    def add_button(
        self, name: str, words: str, run: Callable[[], object], icon: str, primary: bool = False
    ) -> QPushButton:
        """A button above the table."""
        made = button(self.desk.look, words, run, icon, primary)
        made.setObjectName(name)
        self.buttons.addWidget(made)
        return made

    def open(self) -> None:
        """Show the lines of the place's gathering."""
        self.notice.hide()
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Ask again."""
        if self.host.gathering is not None:
            query = partial(self.query, self.host.gathering.id)
            self.desk.tasks.read(self, query, self._show)

    def say(self, words: str) -> None:
        """Show a sentence that stays above the table."""
        self.notice.setText(words)
        self.notice.setVisible(bool(words))

    def show_panel(self, panel: SidePanel) -> None:
        """Show a panel at the side in place of the one before."""
        old, self.panel = self.panel, panel
        panel.closed.connect(self.close_panel)
        self.host.put_beside(panel)
        if old is not None and old is not panel:
            old.deleteLater()
        if isinstance(panel, DraftPanel):
            panel.open(panel.form.draft)

    def close_panel(self) -> None:
        """Back to the table."""
        self.host.put_beside(None)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def step_back(self) -> None:
        """Close the panel, else the page."""
        if self.host.side is not None:
            self.close_panel()
        else:
            self.leave_page()

    def leave_page(self) -> None:
        """Back to the applications."""
        self.host.put_beside(None)
        self.closed.emit()

    def save_as(self, title: str, name: str, write: Callable[[Path], object]) -> None:
        """Ask where to, then write a file away from the window; ``write`` gets the path."""
        dialog = QFileDialog(self, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(name.rsplit(".", 1)[-1])
        dialog.selectFile(name)
        dialog.fileSelected.connect(partial(_chosen, write))
        dialog.open()

    def _show(self, found: F) -> None:
        self.found = found
        self.lines = self.show_found(found)
        current = self.table.current_id() if self._wanted is None else self._wanted
        self._wanted = None
        self.table.lazy.hand(self.lines)
        if self.lines and (current is None or not self.table.select_id(current)):
            self.table.select_id(next(iter(self.lines)))

    def _news(self, tables: frozenset[str], initiator: QObject | None) -> None:
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask again: something may have changed meanwhile."""
        super().showEvent(event)
        self.refresh()

    def _lay_out(self) -> None:
        layout, top = QVBoxLayout(self), QHBoxLayout()
        back = back_button(self.desk.look, self.leave_page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        top.addWidget(Heading(_(self.TITLE)), 1)
        top.addWidget(back)
        layout.addLayout(top)
        layout.addWidget(self.summary)
        layout.addLayout(self.buttons)
        layout.addWidget(self.notice)
        layout.addWidget(self.table, 1)
        self.notice.hide()


def _chosen(write: Callable[[Path], object], path: str) -> None:
    write(Path(path))
