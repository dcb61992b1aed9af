"""Tables: lazy, sorted by the store, keys as everywhere, the selection kept by id."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from schoolapp.base.language import mark
from schoolapp.desktop.bridge.tasks import Tasks
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.tables import HANDED, Column, LazyModel, Source, Table, View
from tests.desktop import memory
from tests.desktop.conftest import wait_for
from tests.desktop.memory import DemoPlace, Memory, MemoryStore

COLUMNS = DemoPlace.COLUMNS


class Counting:
    """A source that counts the requests to it."""

    def __init__(self) -> None:
        self.lists, self.pages = 0, []

    def ids(self, session: Memory, view: View) -> Sequence[int]:
        self.lists += 1
        return memory.ids(session, view)

    def rows(self, session: Memory, wanted: Sequence[int]) -> Mapping[int, memory.Person]:
        self.pages.append(len(wanted))
        return memory.rows(session, wanted)


@pytest.fixture
def table(tasks: Tasks, look: Look):
    """A table over the people, shown."""
    made = Table(tasks, look, COLUMNS, Source(memory.ids, memory.rows), "People")
    made.resize(1000, 600)
    made.show()
    made.lazy.show(View(sort="name"))
    wait_for(tasks)
    yield made
    made.close()
    made.deleteLater()


def test_a_text_that_is_cut_is_reported_by_the_mouse(table: Table) -> None:
    """Its tip says all of it, and what looks like markup in a name is shown as it is written."""
    whole = '<b>Reyes</b> "Dela" Cruz'
    first = replace(table.lazy.row_at(0), name=whole)
    table.lazy.hand({first.id: first})
    at = table.lazy.index(0, [column.title for column in COLUMNS].index("Name"))
    tip = Qt.ItemDataRole.ToolTipRole
    table.setColumnWidth(at.column(), 600)
    assert at.data(tip) is None
    table.setColumnWidth(at.column(), 60)
    shown = QTextDocument()
    shown.setHtml(at.data(tip))
    assert shown.toPlainText() == whole


def test_the_model_keeps_qts_rules(tasks: Tasks, look: Look) -> None:
    """Qt's own tester finds no fault while rows come, change and go."""
    model = LazyModel(tasks, COLUMNS, Source(memory.ids, memory.rows))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show(View(sort="name"))
    wait_for(tasks)
    model.data(model.index(0, 0))
    wait_for(tasks)
    model.show(View(search="khan"))
    wait_for(tasks)
    assert model.rowCount() < 400
    model.show(View(search="nobody at all"))
    wait_for(tasks)
    assert model.rowCount() == 0
    tester.deleteLater()
    model.deleteLater()


def test_only_the_pages_looked_at_are_fetched(tasks: Tasks, look: Look) -> None:
    """60,000 rows cost one list of ids and one page; the end costs one more page."""
    source = Counting()
    store = MemoryStore(memory.people(60_000))
    own = Tasks(store.itself)
    own.begin()
    table = Table(own, look, COLUMNS, Source(source.ids, source.rows), "People")
    table.resize(1000, 600)
    table.show()
    table.lazy.show(View())
    wait_for(own)
    assert (source.lists, source.pages) == (1, [100])
    table.scrollToBottom()
    wait_for(own)
    assert (source.lists, source.pages) == (1, [100, 100])
    table.close()
    table.deleteLater()
    own.close()
    own.deleteLater()


def test_sorting_asks_the_store(table: Table, tasks: Tasks) -> None:
    """A click on a heading sorts, a second one reverses the order."""
    scores = []
    for _click in range(2):
        table.sort_by_column(7)
        wait_for(tasks)
        table.lazy.row_at(0)
        wait_for(tasks)
        first = table.lazy.row_at(0)
        assert first is not None
        scores.append(first.score)
    assert scores == [0, 9]


def test_the_selection_stays_with_the_rows(table: Table, tasks: Tasks) -> None:
    """After another order the same people are selected, and the cursor is on the same one."""
    model = table.selectionModel()
    rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    table.select_id(42)
    model.select(table.lazy.index(3, 0), rows)
    before = set(table.selected_ids())
    table.sort_by_column(1)
    wait_for(tasks)
    assert set(table.selected_ids()) == before
    assert table.current_id() == 42


def test_old_rows_stay_until_the_new_ones_have_come(table: Table, tasks: Tasks) -> None:
    """A refresh never shows dots where there were words."""
    shown = table.lazy.index(0, 0).data()
    table.lazy.refresh()
    assert table.lazy.index(0, 0).data() == shown
    wait_for(tasks)
    assert table.lazy.index(0, 0).data() == shown


def test_a_changed_row_is_fetched_again(table: Table, tasks: Tasks, store: MemoryStore) -> None:
    """News: the same ids, other values."""
    first = table.lazy.row_id(0)
    store.memory.people[first] = replace(store.memory.people[first], delegation="Chile")
    table.lazy.refresh()
    wait_for(tasks)
    table.viewport().repaint()
    wait_for(tasks)
    assert table.lazy.index(0, 1).data() == "Chile"


def test_enter_opens_space_selects_slash_searches(table: Table) -> None:
    """The keys of every table."""
    opened: list[int] = []
    asked: list[bool] = []
    table.opened.connect(opened.append)
    table.search_requested.connect(lambda: asked.append(True))
    table.select_id(5)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == [5]
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert table.selected_ids() == ()
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert table.selected_ids() == (5,)
    QTest.keyClicks(table, "/")
    assert asked == [True]


def test_copy_gives_a_spreadsheet_what_is_shown(table: Table, tasks: Tasks) -> None:
    """Headings and selected rows, tabs between; no tab or line break from a value."""
    table.select_id(1)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    wait_for(tasks)
    head, row = QGuiApplication.clipboard().text().split("\n")
    assert head.split("\t")[:3] == ["Name", "Delegation", "State"]
    assert row.split("\t")[:3] == ["Bilal Reyes Dela Cruz", "Philippines", "Eligible"]


def test_rows_that_were_never_shown_are_copied_too(table: Table, tasks: Tasks) -> None:
    """Select all and copy gives all rows, not those that happen to be here."""
    table.selectAll()
    table.copy()
    wait_for(tasks)
    assert len(QGuiApplication.clipboard().text().split("\n")) == 401


def test_tab_leaves_the_table(table: Table) -> None:
    """The keyboard is never trapped."""
    assert not table.tabKeyNavigation()


def test_names_are_not_cut(table: Table, tasks: Tasks) -> None:
    """The name column is as wide as the longest name shown, even if other columns must scroll."""
    metrics = table.fontMetrics()
    table.resize(500, 600)
    wait_for(tasks)
    widest = max(
        metrics.horizontalAdvance(row.name)
        for at in range(16)
        if (row := table.lazy.row_at(at)) is not None
    )
    assert table.columnWidth(0) > widest + 16


def test_private_columns_go_together(table: Table) -> None:
    """One key hides needs, health and visas."""
    table.hide_private(True)
    assert table.isColumnHidden(5)
    table.hide_private(False)
    assert not table.isColumnHidden(5)


def test_a_state_column_needs_its_workflow() -> None:
    """A wrong declaration fails when it is made, not when it is painted."""
    with pytest.raises(ValueError, match="state"):
        Column.state(lambda row: row.state, mark("State"), 10, "")
    with pytest.raises(ValueError, match="width"):
        Column.text(lambda row: row.name, mark("Name"), 0)


def test_cells_are_spoken(table: Table, qapp: QApplication) -> None:
    """A screen reader hears words for states, dates and amounts."""
    row = table.lazy.position(1)
    assert row is not None
    spoken = [
        table.lazy.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole)
        for column in range(len(COLUMNS))
    ]
    assert spoken[2] == "Eligible"
    assert "621.37 EUR" in spoken[4]
    assert table.accessibleName() == "People"


def test_rows_that_are_handed_over_again_are_not_drawn_anew(tasks: Tasks, look: Look) -> None:
    """S41: one mark among many changes one line: the list, the cursor and the rest stay."""
    people = memory.people(2_500)
    model = LazyModel(tasks, COLUMNS, HANDED)
    resets: list[int] = []
    landed: list[list[memory.Person]] = []
    model.modelReset.connect(lambda: resets.append(1))
    model.rows_landed.connect(landed.append)
    model.hand(people)
    last = model.rowCount() - 1
    assert model.data(model.index(last, 0)) == people[model.row_id(last)].name  # none is forgotten
    changed = replace(people[model.row_id(7)], name="Ana Pérez")
    model.hand(people | {changed.id: changed})
    assert model.data(model.index(7, 0)) == "Ana Pérez"
    assert (len(resets), landed[1:]) == (1, [[changed]])
    model.hand({changed.id: changed})
    assert (model.rowCount(), len(resets), len(landed)) == (1, 2, 2)


def test_a_table_without_rows_says_so(tasks: Tasks, look: Look, qtbot: QtBot) -> None:
    """Once it is known that there are none: until then it only waits."""
    made = Table(tasks, look, COLUMNS, HANDED, "People")
    qtbot.addWidget(made)
    made.resize(600, 300)
    waiting = made.viewport().grab().toImage()
    made.lazy.hand({})
    said = made.viewport().grab().toImage()
    assert said != waiting
    made.lazy.hand(memory.people(1))
    made.lazy.hand({})
    assert made.viewport().grab().toImage() == said
