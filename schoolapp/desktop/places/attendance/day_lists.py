"""The day list: who is on site on a day, one key each; for days and camps without registers."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from schoolapp.base import clock
from schoolapp.base.language import _, isolate, mark, plural
from schoolapp.desktop.kit.host import ClosingHost
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.flow import Flow
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.widgets import BriefLine, button, give_keys
from schoolapp.desktop.places.attendance.finding import found, show_found
from schoolapp.desktop.tables import HANDED, Column, Table
from schoolapp.operations.attendance import DayList, DayOnList, DayRow, day_list, note_day


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day of the gathering and what its list says."""

    id: int
    date: dt.date
    words: str


@dataclass(frozen=True, slots=True)
class OnListLine:
    """A person on the list; ``status`` is empty while the list says nothing."""

    id: int
    name: str
    status: str | None
    elsewhere: str
    group: str
    search: str


DAYS: tuple[Column[DayLine], ...] = (
    Column.text(lambda row: formats.day(row.date), mark("Day"), 11),
    Column.text(lambda row: row.words, mark("On the list"), 16),
)
PEOPLE: tuple[Column[OnListLine], ...] = (
    Column.name(lambda row: row.name, mark("Name"), 22),
    Column.state(lambda row: row.status, mark("On site"), 11, "attendance"),
    Column.text(lambda row: row.elsewhere, mark("Desk and registers"), 13),
    Column.text(lambda row: row.group, mark("Group"), 8, sparse=True),
)
TITLES: Mapping[bool | None, tuple[str, str]] = {
    True: (
        mark("List {name} as present on {date}"),
        mark("List {count} people as present on {date}"),
    ),
    False: (
        mark("List {name} as absent on {date}"),
        mark("List {count} people as absent on {date}"),
    ),
    None: (
        mark("Take {name} off the list of {date}"),
        mark("Take {count} people off the list of {date}"),
    ),
}
"""How the journal names what was noted: of one person, and of many."""


class DayListPage(QWidget):
    """The days of a gathering, and everybody who takes part: present, absent or not known."""

    changed = Signal()  # other people are selected

    def __init__(self, host: ClosingHost) -> None:
        super().__init__()
        self._desk, self._gathering_id = host.desk, 0
        self.date: dt.date | None = None
        self.rows: dict[int, DayRow] = {}
        self._lines: list[OnListLine] = []
        look = self._desk.look
        self.list = Table(self._desk.tasks, look, DAYS, HANDED, _("Days"))
        self.list.setObjectName("days")
        self.list.current_changed.connect(self._day_reached)
        self.title, self.words = Heading(wrap=True), Words(quiet=True, wrap=True)
        self.box = BriefLine()
        self.box.setObjectName("day_list_box")
        self.box.setPlaceholderText(_("Two or three letters, then Enter: present"))
        self.box.setAccessibleName(_("Mark present on the day list by name"))
        self.box.textChanged.connect(self._show_lines)
        self.box.returnPressed.connect(self._enter)
        self.box.installEventFilter(self)
        self.table = Table(self._desk.tasks, look, PEOPLE, HANDED, _("Day list"))
        self.table.setObjectName("day_list")
        self.table.opened.connect(self._toggle)
        self.table.selection_changed.connect(self.changed)
        give_keys(self.table, {
            "P": partial(self.note, True), "A": partial(self.note, False),
            "U": partial(self.note, None), "Space": self.toggle,
        })  # fmt: skip
        self._lay_out()
        self.setFocusProxy(self.box)

    def refresh(self, gathering_id: int) -> None:
        """Ask for the days and the list of the one that is open; at first for today's."""
        if gathering_id != self._gathering_id:
            self._gathering_id, self.date = gathering_id, None
        wanted = self.date or clock.now().date()
        query = partial(day_list, gathering_id=gathering_id, date=wanted)
        self._desk.tasks.read(self, query, self._show)

    def selected_ids(self) -> tuple[int, ...]:
        """The people who are selected on the list."""
        return self.table.selected_ids()

    def note(self, on_site: bool | None) -> None:
        """Note for the selected people that they are on site, that they are not, or nothing."""
        self._note(self.selected_ids(), on_site)

    def toggle(self) -> None:
        """Present becomes absent, everything else present."""
        for key in self.selected_ids()[:1]:
            self._toggle(key)

    def all_present(self) -> None:
        """Note that everybody is on site of whom the list says nothing yet; exceptions follow."""
        self._note([key for key, row in self.rows.items() if row.on_site is None], True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the box to the list, Escape empties the box."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Down:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            if not self.selected_ids() and (key := self.table.current_id()) is not None:
                self.table.select_id(key)
            return True
        if event.key() == Qt.Key.Key_Escape and self.box.text():
            self.box.clear()
            return True
        return False

    def _note(self, people: Sequence[int], on_site: bool | None) -> None:
        if self.date is None or not people:
            return
        one, many = TITLES[on_site]
        sentence = one if len(people) == 1 else many
        title = _(sentence).format(
            name=isolate(self.rows[people[0]].name),
            count=formats.number(len(people)),
            date=isolate(formats.day(self.date)),
        )
        work = partial(
            note_day,
            gathering_id=self._gathering_id,
            date=self.date,
            participation_ids=tuple(people),
            on_site=on_site,
        )
        self._desk.tasks.change(self, title, work)

    def _toggle(self, key: int) -> None:
        self._note([key], self.rows[key].on_site is not True)

    def _enter(self) -> None:
        typed = self.box.text().strip()
        hits = found(self._lines, typed)
        self.box.clear()
        if hits:
            self._note([hits[0].id], True)
            self.table.select_id(hits[0].id)
        elif typed:
            self._desk.say(_("Nobody here is called {name}").format(name=isolate(typed)))

    def _day_reached(self, key: int | None) -> None:
        if key is not None and key != (self.date or dt.date.min).toordinal():
            self.date = dt.date.fromordinal(key)
            self.box.clear()
            self.refresh(self._gathering_id)

    def _show(self, shown: DayList) -> None:
        self.date = shown.date
        self.list.lazy.hand({one.date.toordinal(): _day_line(one) for one in shown.days})
        self.list.select_id(shown.date.toordinal())
        self.rows = {row.id: row for row in shown.rows}
        self._lines = [_person_line(row) for row in shown.rows]
        self.title.setText(formats.date(shown.date, weekday=True))
        self.words.setText(_described(shown.rows))
        self._show_lines()
        self.changed.emit()

    def _show_lines(self) -> None:
        show_found(self.table, self._lines, self.box.text().strip())

    def _lay_out(self) -> None:
        look, marking = self._desk.look, Flow(6)
        for words, run, icon, keys in (
            (_("Present"), partial(self.note, True), "circle-check", "P"),
            (_("Absent"), partial(self.note, False), "circle-x", "A"),
            (_("Not known"), partial(self.note, None), "x", "U"),
            (_("All present"), self.all_present, "users", "Ctrl+Shift+A"),
        ):
            made = button(look, words, run, icon)
            made.setToolTip(keys)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # for touch: keys have their letters
            marking.addWidget(made)
        pane = QVBoxLayout()
        pane.setSpacing(8)
        for widget in (self.title, self.words, self.box):
            pane.addWidget(widget)
        pane.addWidget(self.table, 1)
        pane.addLayout(marking)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.list, 2)
        layout.addLayout(pane, 3)


def _day_line(one: DayOnList) -> DayLine:
    """A day as the list of days shows it."""
    words = _("nothing noted")
    if one.present or one.absent:
        words = _("{present} present, {absent} absent").format(
            present=formats.number(one.present), absent=formats.number(one.absent)
        )
    return DayLine(one.date.toordinal(), one.date, isolate(words))


def _person_line(row: DayRow) -> OnListLine:
    """A person as the list shows them."""
    seen = {True: _("seen that day"), False: _("absent in the register"), None: ""}
    status = {True: "present", False: "absent", None: None}
    return OnListLine(
        row.id,
        row.name,
        status[row.on_site],
        seen[row.elsewhere],
        row.delegation or formats.language_names([row.language_group]),
        row.search,
    )


def _described(rows: Sequence[DayRow]) -> str:
    """How many people the list knows, and how many it does not."""
    unknown = sum(row.on_site is None for row in rows)
    here = sum(row.on_site is True for row in rows)
    sentence = plural("{here} of {all} is on site.", "{here} of {all} are on site.", here)
    said = [sentence.format(here=formats.number(here), all=formats.number(len(rows)))]
    if unknown:
        nothing = plural(
            "The list says nothing about {count} person.",
            "The list says nothing about {count} people.",
            unknown,
        )
        said.append(nothing.format(count=formats.number(unknown)))
    return " ".join(said)
