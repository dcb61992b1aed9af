"""Makes menus and shortcuts out of the declared commands."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from schoolapp.base.language import _
from schoolapp.desktop.bridge.commands import AnyCommand, Context, Menu, Registry, Scope


class Actions(QObject):
    """One QAction for each command; those of other places are invisible and deaf."""

    def __init__(self, window: QMainWindow, registry: Registry, run: Callable[[str], None]) -> None:
        super().__init__(window)
        self._registry = registry
        self._made: dict[str, QAction] = {}
        self._menus: dict[Menu, QMenu] = {}
        for menu in Menu:
            self._menus[menu] = window.menuBar().addMenu(_(menu.value))
        self._window, self._run = window, run
        self.add_new()

    def add_new(self) -> None:
        """Make actions for the commands that came into the registry since."""
        for _place, command in self._registry.all():
            if command.id not in self._made:
                self._add(command)

    def refresh(self, context: Context) -> None:
        """Show what can be done now."""
        for place, command in self._registry.all():
            action = self._made[command.id]
            action.setVisible(place in ("", context.place))
            action.setEnabled(command.enabled(context))
            action.setText(_menu_text(command.name(context)))
        for menu in self._menus.values():
            menu.menuAction().setVisible(any(action.isVisible() for action in menu.actions()))

    def attach(self, place: str, widget: QWidget) -> None:
        """Let a list or grid hear the single letters of its place."""
        for command in self._registry.places.get(place, ()):
            if command.scope is Scope.LIST:
                widget.addAction(self._made[command.id])

    def action(self, command_id: str) -> QAction:
        """The action of a command."""
        return self._made[command_id]

    def _add(self, command: AnyCommand) -> None:
        action = QAction(_menu_text(_(command.title)), self._window)
        action.setObjectName(command.id)
        action.setToolTip(_(command.tip))
        action.setStatusTip(_(command.tip))
        action.setShortcut(QKeySequence(command.shortcut))
        action.triggered.connect(partial(_run, self._run, command.id))
        if command.scope is Scope.LIST:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        else:
            self._window.addAction(action)
        self._menus[command.menu].addAction(action)
        self._made[command.id] = action


def _menu_text(words: str) -> str:
    return words.replace("&", "&&")  # an ampersand in a title is no mnemonic


def _run(run: Callable[[str], None], command_id: str, checked: bool = False) -> None:
    run(command_id)
