"""The window: it connects rail, places, message bar and history, and decides nothing else."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from schoolapp.base import settings
from schoolapp.base.language import _
from schoolapp.desktop.bridge.actions import Actions
from schoolapp.desktop.bridge.commands import AnyCommand, Command, Context, Registry
from schoolapp.desktop.bridge.desk import Desk, Gathering
from schoolapp.desktop.kit.place import KnownPlace, Listed, Place, known, prepared
from schoolapp.desktop.look.focus_ring import FocusRing
from schoolapp.desktop.shell.dialogs import show_keys, show_report
from schoolapp.desktop.shell.geometry import remember, restore
from schoolapp.desktop.shell.message_bar import MessageBar
from schoolapp.desktop.shell.panes import move_between, panes_of
from schoolapp.desktop.shell.parts import First, Parts
from schoolapp.desktop.shell.practice_band import PracticeBand, wants_afresh
from schoolapp.desktop.shell.rail import Rail
from schoolapp.desktop.shell.waiting_letters import PLACE, WaitingLetters
from schoolapp.domain.rules import RuleBroken

if TYPE_CHECKING:
    from schoolapp.desktop.shell.history import HistoryPanel
    from schoolapp.desktop.shell.palette import Finder

NARROW = 1100  # pixels at the usual text size: below it the rail shows icons only
FOOT = "settings"  # the place at the foot of the rail; above it the outbox, if there is one


class Window(QMainWindow):
    """Only the first place is built before the first paint, each other one when it is opened."""

    language_chosen = Signal()
    afresh_chosen = Signal()

    def __init__(
        self, parts: Parts, commands: "Sequence[Command[Window]]", first: First | None = None
    ) -> None:
        super().__init__()
        self._parts, self.places = parts, parts.places
        self._stack = QStackedWidget(self)
        self.desk = Desk(
            tasks=parts.tasks,
            settings=parts.settings,
            look=parts.look,
            say=self.say,
            open_place=self.open_place,
            run=self.run,
            choose=self.choose,
            speak=self.language_chosen.emit,
            command=self._command,
            stage=self._stack,
            practice=parts.practice,
        )
        self.gathering = first.gathering if first else None
        self.gatherings: Sequence[Gathering] = ()
        self._kinds: dict[str, type[Place]] = {}
        self._built: dict[str, Place] = {}
        self._behind: set[str] = set()  # places that do not know the gathering yet
        self._visited: list[str] = []
        self._titles = ("", "")
        self._history: HistoryPanel | None = None
        self._finder: Finder | None = None
        self._registry = Registry()
        self._registry.add(commands)
        self._lay_out()
        self.actions_made = Actions(self, self._registry, self.run)
        self._connect()
        self._open_first(first)
        restore(self, self.desk.settings)

    @property
    def place(self) -> Place:
        """The place that is open."""
        shown = self._stack.currentWidget()
        assert isinstance(shown, Place)
        return shown

    @property
    def history(self) -> "HistoryPanel":
        """The history panel, made when it is first wanted."""
        if self._history is None:
            from schoolapp.desktop.shell.history import HistoryPanel

            self._history = HistoryPanel(self.desk, self._parts.history)
            self._history.closed.connect(self.show_history)
            self._row.addWidget(self._history)
        return self._history

    @property
    def finder(self) -> "Finder":
        """Palette and switcher, made when they are first wanted."""
        if self._finder is None:
            from schoolapp.desktop.shell.palette import Finder

            self._finder = Finder(self, self.desk.look, self._registry, self.run, self.choose)
        return self._finder

    def context(self) -> Context:
        """What commands look at."""
        gathering = self.gathering.id if self.gathering else None
        return Context(self.place.key, gathering, self.place.selected_ids(), *self._titles)

    def open_place(self, key: str, row_id: int | None = None) -> None:
        """Show a place, and in it a row."""
        if self._stack.count() and key != self.place.key:
            self.place.leave()
            self._visited.append(self.place.key)
        place = self.prepare_place(key)
        self._stack.setCurrentWidget(place)
        self.rail.show_place(key)
        self._refresh_actions()
        place.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)
        if row_id is not None:
            place.open_row(row_id)

    def run(self, command_id: str) -> None:
        """Run a command; one of another place opens it first."""
        place, command = self._registry.find(command_id)
        if place and place != self.place.key:
            self.open_place(place)
        if command.enabled(self.context()):
            command.run(self.place if place else self)

    def say(self, sentence: str, step: int | None = None) -> None:
        """Say in the message bar what was done."""
        self.message_bar.say(sentence, step)

    def choose(self, gathering_id: int | None) -> None:
        """Work in another gathering, or in all of them."""
        self.gathering = next((g for g in self.gatherings if g.id == gathering_id), None)
        self.desk.settings.put(settings.LAST_GATHERING, gathering_id or 0)
        self.rail.show_gathering(self.gathering.title if self.gathering else "")
        self._behind = set(self._built) - {self.place.key}  # they learn it when they are opened
        self.place.show_gathering(self.gathering)
        self._refresh_actions()

    def start_afresh(self) -> None:
        """Let the practice schools begin again, if that is meant."""
        if wants_afresh(self):
            self.afresh_chosen.emit()

    def go_back(self) -> None:
        """Return to the place that was open before."""
        if self._visited:
            key = self._visited.pop()
            self.open_place(key)
            self._visited.pop()

    def move_pane(self, step: int) -> None:
        """Move the focus on, or back, among the parts of the window that can be seen."""
        move_between(panes_of(self.place, self.rail, self._history, self.message_bar), step)

    def show_history(self) -> None:
        """Show or hide the history."""
        self.history.setVisible(not self.history.isVisible())
        if self.history.isVisible():
            self.history.refresh()
            self.history.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.place.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_palette(self) -> None:
        """Offer all commands, places and gatherings."""
        self.learn_all()
        titles = {place.key: _(place.title) for place in self.places}
        self.finder.offer_everything(self.context(), titles, self.gatherings)

    def show_switcher(self) -> None:
        """Offer the gatherings, and all of them together."""
        self.finder.offer_gatherings(self.gatherings)

    def show_help(self) -> None:
        """List the keys of this screen."""
        place = self.place
        commands = self._registry.of(place.key)
        show_keys(self, self.desk.look, _(place.title), commands, self.context())

    def hide_private(self, hidden: bool) -> None:
        """Hide or show the private columns in every place."""
        for place in self._built.values():
            place.hide_private(hidden)

    def complete(self) -> None:
        """After the first paint: import the places beside the window, and learn their commands."""
        for listed in self.places:
            self.desk.tasks.work(self, partial(prepared, listed), self._learn)

    def learn_all(self) -> None:
        """Learn the commands of all places now."""
        for listed in self._unknown():
            self._learn(known(listed))

    def keep_state(self) -> None:
        """Save what is being edited, and remember place and geometry."""
        self.place.leave()
        self.desk.settings.put(settings.LAST_PLACE, self.place.key)
        self.desk.settings.put(settings.LAST_VIEW, self.place.switch.current)
        remember(self, self.desk.settings)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is being edited."""
        self.keep_state()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shrink the rail where there is little room."""
        super().resizeEvent(event)
        self._fit_rail()

    def _lay_out(self) -> None:
        look, places = self.desk.look, self.places
        practised = self._parts.practice is not None
        self.setWindowTitle(_("PRACTICE – schoolapp") if practised else "schoolapp")
        self.rail = Rail(look, [(p.key, p.icon, _(p.title)) for p in places], FOOT, PLACE)
        self.message_bar = MessageBar(look, partial(self.desk.tasks.undo, self))
        below = QHBoxLayout()
        below.setContentsMargins(16, 0, 16, 12)
        below.addWidget(self.message_bar)
        middle, row, central = QVBoxLayout(), QHBoxLayout(), QWidget()
        middle.addWidget(self._stack, 1)
        middle.addLayout(below)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(middle, 1)
        self._row = row
        if practised:
            whole = QVBoxLayout(central)
            whole.setContentsMargins(0, 0, 0, 0)
            whole.setSpacing(0)
            whole.addWidget(PracticeBand(look, self.start_afresh))
            whole.addLayout(row, 1)
        else:
            central.setLayout(row)
        self.setCentralWidget(central)
        self.ring = FocusRing(self, look)

    def _connect(self) -> None:
        tasks = self.desk.tasks
        tasks.changed.connect(self._news)
        tasks.said.connect(self.say)
        tasks.failed.connect(self._failed)
        tasks.opened.connect(self._ask_titles)
        WaitingLetters(self.rail, tasks, self)
        self.rail.chosen.connect(self.open_place)
        self.rail.switch_requested.connect(self.show_switcher)
        self.desk.look.changed.connect(self._fit_rail)
        tasks.read(self, self._parts.gatherings, self._gatherings_came)

    def _open_first(self, first: First | None) -> None:
        keys = [place.key for place in self.places]
        last = self.desk.settings.get(settings.LAST_PLACE)
        self.rail.show_gathering(self.gathering.title if self.gathering else "")
        again = last in keys and first is None
        self.open_place(last if again else keys[0])
        if again:
            self.place.switch.press(self.desk.settings.get(settings.LAST_VIEW))
        if first is not None:
            self.place.show_first(first.rows)

    def prepare_place(self, key: str) -> Place:
        """A place, made if it was not there yet; it is not shown by this."""
        if key in self._behind:
            self._behind.remove(key)
            self._built[key].show_gathering(self.gathering)
        if key in self._built:
            return self._built[key]
        self._learn(known(next(one for one in self.places if one.key == key)))
        place = self._built[key] = self._kinds[key](self.desk)
        place.show_gathering(self.gathering)
        place.context_changed.connect(self._refresh_actions)
        self._stack.addWidget(place)
        self.actions_made.attach(key, place.focus_target())
        return place

    def _unknown(self) -> list[Listed]:
        return [place for place in self.places if place.key not in self._kinds]

    def _learn(self, place: KnownPlace) -> None:
        if place.key not in self._kinds:
            self._kinds[place.key] = place.kind
            self._registry.add(place.commands, place.key)
            self.actions_made.add_new()
            if self._stack.count():
                self._refresh_actions()

    def _command(self, command_id: str) -> AnyCommand:
        return self._registry.find(command_id)[1]

    def _refresh_actions(self) -> None:
        self.actions_made.refresh(self.context())

    def _news(self, tables: frozenset[str], initiator: object) -> None:
        if "gathering" not in tables:
            self._spread(tables)
            return
        # A gathering may be gone: that is known before any place asks for what is in it.
        came = partial(self._gatherings_came, tables=tables)
        self.desk.tasks.read(self, self._parts.gatherings, came)

    def _spread(self, tables: frozenset[str]) -> None:
        for place in self._built.values():
            place.news(tables)
        if self._history is not None and self._history.isVisible():
            self._history.refresh()
        self._ask_titles()

    def _ask_titles(self) -> None:
        query = partial(self._parts.history.next_titles, self.desk.tasks.actor)
        self.desk.tasks.read(self, query, self._titles_came)

    def _titles_came(self, titles: tuple[str, str]) -> None:
        self._titles = titles
        self._refresh_actions()

    def _gatherings_came(
        self, gatherings: Sequence[Gathering], tables: frozenset[str] = frozenset()
    ) -> None:
        self.gatherings = gatherings
        kept = self.desk.settings.get(settings.LAST_GATHERING)
        wanted = self.gathering.id if self.gathering else kept or None
        found = next((one for one in gatherings if one.id == wanted), None)
        if found != self.gathering:
            self.choose(found.id if found else None)
        if tables:
            self._spread(tables)

    def _failed(self, trouble: BaseException) -> None:
        if isinstance(trouble, RuleBroken):
            self.message_bar.warn(trouble.sentence())
        else:
            show_report(self, self.desk.look, trouble)

    def _fit_rail(self) -> None:
        self.rail.set_narrow(self.width() < NARROW * self.desk.settings.get(settings.TEXT_SIZE))
