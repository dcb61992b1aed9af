"""The base of every place: title row, filter row, main view, side panel, and when to ask again."""

from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from schoolapp.base.language import _, isolate, ltr
from schoolapp.desktop.bridge.commands import AnyCommand
from schoolapp.desktop.bridge.desk import Desk, Gathering
from schoolapp.desktop.kit.search_line import SearchLine
from schoolapp.desktop.look.chips import ChipBar
from schoolapp.desktop.look.flow import Flow
from schoolapp.desktop.look.labels import ElidedWords, Heading
from schoolapp.desktop.look.paint import mirrored
from schoolapp.desktop.look.widgets import button

if TYPE_CHECKING:
    from schoolapp.desktop.kit.nowhere import Nowhere
    from schoolapp.storage.first_screen import GatheringLine

SIDE_CHARACTERS = 46  # the width of the side panel
NAME_CHARACTERS = 16  # of the gathering in the title row, at least
MAIN_CHARACTERS = 78  # what the main view wants beside it, else the panel lies over it


class KnownPlace(NamedTuple):
    """A place of the rail whose class is imported, with the commands that run in it."""

    kind: "type[Place]"
    commands: Sequence[AnyCommand] = ()

    @property
    def key(self) -> str:
        """The word that the place is asked for by."""
        return self.kind.key

    @property
    def title(self) -> str:
        """Its name in the rail, marked."""
        return self.kind.title

    @property
    def icon(self) -> str:
        """Its drawing in the rail."""
        return self.kind.icon


class LaterPlace(NamedTuple):
    """Stands for a place whose modules are imported when it is opened, or after the first paint.

    ``key``, ``title`` (marked) and ``icon`` are those of the class; ``folder`` is the package with
    ``place`` and ``commands``, ``name`` the class.
    """

    key: str
    title: str
    icon: str
    folder: str
    name: str

    def load(self) -> KnownPlace:
        """The place; imports its modules."""
        kind: type[Place] = getattr(import_module(f"{self.folder}.place"), self.name)
        commands: Sequence[AnyCommand] = import_module(f"{self.folder}.commands").COMMANDS
        return KnownPlace(kind, commands)


Listed = KnownPlace | LaterPlace
"""An entry of the rail."""


def known(listed: Listed) -> KnownPlace:
    """A place of the rail with its class."""
    return listed.load() if isinstance(listed, LaterPlace) else listed


def prepared(listed: Listed) -> KnownPlace:
    """A place, with the modules imported that it will want next; beside the window's thread."""
    place = known(listed)
    for name in place.kind.SOON:
        import_module(name)
    return place


class Body(QWidget):
    """The main view and, at the end side, a panel: beside it, or over it where it is narrow."""

    GAP = 12

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.main: QWidget | None = None
        self.side: QWidget | None = None
        self.page: QWidget | None = None  # what covers the main view
        self.main_characters = MAIN_CHARACTERS  # a place of two panes wants more

    def set_main(self, widget: QWidget) -> None:
        """Show the main view; it stays for good."""
        self.main = widget
        if widget.parent() is not self:
            widget.setParent(self)
        self._arrange()

    def show_side(self, widget: QWidget | None) -> None:
        """Show a panel or none; the one shown before is hidden, not lost."""
        if self.side is not None and self.side is not widget:
            self.side.hide()
        self.side = widget
        if widget is not None:
            if widget.parent() is not self:
                widget.setParent(self)
            widget.show()
            widget.raise_()
        self._arrange()

    def show_cover(self, widget: QWidget | None) -> None:
        """Show a page in place of the main view; None shows the main view again."""
        cover, self.page = self.page, widget
        if cover is not None and cover is not widget:
            cover.hide()
        self.show_side(None)
        if self.main is not None:
            self.main.setVisible(widget is None)
        if widget is not None:
            widget.setParent(self)
            widget.show()
        self._arrange()

    @property
    def is_overlaid(self) -> bool:
        """Whether the panel lies over the main view."""
        return self.side is not None and not self.has_room

    @property
    def has_room(self) -> bool:
        """Whether a panel fits beside the main view."""
        wanted = self._side_width() + self.main_characters * self.fontMetrics().averageCharWidth()
        return self.width() >= wanted

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out again."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow font and direction."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange):
            self._arrange()

    def minimumSizeHint(self) -> QSize:
        """What the main view needs."""
        return self.main.minimumSizeHint() if self.main else QSize(0, 0)

    def _side_width(self) -> int:
        return SIDE_CHARACTERS * self.fontMetrics().averageCharWidth()

    def _arrange(self) -> None:
        width, height = self.width(), self.height()
        taken = 0
        if self.side is not None:
            side = min(self._side_width(), round(width * 0.92))
            box = QRect(width - side, 0, side, height)
            self.side.setGeometry(mirrored(box, self.rect(), self))
            taken = 0 if self.is_overlaid else side + self.GAP
        for shown in (self.main, self.page):
            if shown is not None:
                shown.setGeometry(mirrored(QRect(0, 0, width - taken, height), self.rect(), self))


class Place(QWidget):
    """One entry of the rail. Subclasses declare what they are and fill ``build``.

    ``WATCHES`` names the tables whose changes concern it; while it is hidden it only remembers that
    it is stale.
    """

    key: ClassVar[str]
    title: ClassVar[str]  # marked
    icon: ClassVar[str]
    SOON: ClassVar[tuple[str, ...]] = ()  # modules that it imports when it first needs them
    WATCHES: ClassVar[frozenset[str]] = frozenset()
    OPENS: ClassVar[tuple[str, ...]] = ()  # endings of files that may be dropped on the window
    SEARCH: ClassVar[str] = ""  # what the search field says, marked; none without it
    OF_ONE: ClassVar[bool] = False  # whether there is nothing in it while all are chosen

    context_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.stage)
        self.gathering: Gathering | None = None
        self.is_stale = True
        self._missed_news = False  # since it was shown last
        self.body, self.chips = Body(self), ChipBar(desk.look)
        self.switch = self.chips  # which view is shown: the next start shows the same
        self.desk = desk._replace(stage=self.body)
        self.search = SearchLine(_(self.SEARCH) if self.SEARCH else "", self)
        self._nowhere: Nowhere | None = None  # made when it is first needed
        self._lay_out()
        self.search.searched.connect(self.searched)
        self.build()

    def build(self) -> None:
        """Make the main view (``self.body.set_main``), chips and extra widgets."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Ask the store for what is shown."""

    def on_changed(self, tables: frozenset[str]) -> None:
        """Some watched tables changed; those of a hidden place are all named when it is shown."""
        self.refresh()

    def show_first(self, rows: "Sequence[GatheringLine]") -> None:
        """Show rows that were read before the store is there; only the first place is asked."""

    def open_row(self, row_id: int) -> None:
        """Show one row, asked for from elsewhere."""

    def open_file(self, path: str) -> None:
        """Show a file of one of the kinds that ``OPENS`` names."""

    def leave(self) -> None:
        """Keep what is being edited: another place, row or gathering comes."""

    def hide_private(self, hidden: bool) -> None:
        """Hide or show what only the desk should see."""

    def selected_ids(self) -> tuple[int, ...]:
        """The rows that commands work on."""
        return ()

    def focus_target(self) -> QWidget:
        """Where the focus goes when the place is shown."""
        return self.body.main or self

    def show_gathering(self, gathering: Gathering | None) -> None:
        """Work in one gathering, or in all."""
        self.gathering = gathering
        name = isolate(gathering.title) if gathering else _("All schools and camps")
        self._gathering_name.show_words(name)
        self.is_stale = True
        self.ask_for_gathering()
        if self.isVisible():
            self._renew()

    def belongs_to_one(self) -> bool:
        """Whether what is shown now belongs to one gathering."""
        return self.OF_ONE

    def ask_for_gathering(self) -> None:
        """Ask which gathering is meant, in place of what belongs to one; or stop asking."""
        wanted = self.gathering is None and self.belongs_to_one()
        if self._nowhere is None:
            if not wanted:
                return
            from schoolapp.desktop.kit.nowhere import Nowhere

            self._nowhere = Nowhere(self.desk)
            self._whole.addWidget(self._nowhere, 1)
        had_focus = self.isAncestorOf(self.window().focusWidget() or self)
        self._nowhere.setVisible(wanted)
        self.body.setVisible(not wanted)
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        for one in (self.search, *self.findChildren(QPushButton, options=direct)):
            one.setEnabled(not wanted)
        if wanted:
            self._nowhere.take_focus()
        elif had_focus:
            self.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)

    def news(self, tables: frozenset[str]) -> None:
        """Called by the window with the tables that changed."""
        if not tables & self.WATCHES:
            return
        if self.isVisible():
            self.on_changed(tables)
        else:
            self.is_stale = self._missed_news = True

    def showEvent(self, event: QShowEvent) -> None:
        """Ask again if something changed meanwhile."""
        super().showEvent(event)
        if self._nowhere is not None:  # after the window has given the focus to what it hides
            QTimer.singleShot(0, self._nowhere, self._nowhere.take_focus)
        if self.is_stale:
            self._renew()

    def add_action(self, command_id: str, primary: bool = False) -> QPushButton:
        """A button at the end of the title row for one of the place's commands."""
        made = self.command_button(command_id, primary)
        self._title_row.addWidget(made)
        return made

    def command_button(self, command_id: str, primary: bool = False) -> QPushButton:
        """A button for a command; it shows the shortcut in its tip."""
        command = self.desk.command(command_id)
        run = partial(self.desk.run, command.id)
        made = button(self.desk.look, _(command.title), run, command.icon, primary)
        made.setObjectName(command.id)
        keys = f" ({ltr(command.keys())})" if command.shortcut else ""
        made.setToolTip(_(command.tip) + keys)
        return made

    def add_filter(self, widget: QWidget) -> None:
        """An extra widget in the filter row; it wraps with the chips."""
        self.filter_row.addWidget(widget)

    @property
    def side(self) -> QWidget | None:
        """What is shown at the side now."""
        return self.body.side

    def put_beside(self, panel: QWidget | None) -> None:
        """Show a panel at the side, or none."""
        self.body.show_side(panel)

    def searched(self, text: str) -> None:
        """The search field holds another text."""

    def go_to_search(self) -> None:
        """Put the focus into the search field."""
        if self.SEARCH:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()

    def _renew(self) -> None:
        """Ask again; after news that came while it was hidden for all that depends on them."""
        missed, self.is_stale, self._missed_news = self._missed_news, False, False
        self.on_changed(self.WATCHES) if missed else self.refresh()

    def _lay_out(self) -> None:
        self._whole = layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        self.heading = Heading(_(self.title), 1.6)
        self._gathering_name = ElidedWords(quiet=True, letters=NAME_CHARACTERS)
        self._gathering_name.setContentsMargins(0, 0, 0, 4)
        names = QWidget()
        names.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        beside = QHBoxLayout(names)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.heading)
        beside.addWidget(self._gathering_name, 1, Qt.AlignmentFlag.AlignBottom)
        self._title_row = Flow(8)
        self._title_row.addWidget(names)
        self.filter_row = Flow(8)
        self.filter_row.addWidget(self.chips)
        layout.addLayout(self._title_row)
        layout.addLayout(self.filter_row)
        layout.addWidget(self.body, 1)
        if self.SEARCH:
            self._title_row.addWidget(self.search)
