"""Scrolling a table of 60,000 rows, against the same rows in Qt's own model for SQL, in C++.

The reference is ``QSqlQueryModel`` on the same file with the view's own delegate:
PySide6-Essentials includes QtSql and its SQLite driver. Both tables have the program's style and
have the same columns.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from PySide6.QtSql import QSqlDatabase, QSqlQueryModel
from PySide6.QtWidgets import QApplication, QTableView

from schoolapp.base.settings import Settings
from schoolapp.desktop.bridge.tasks import Tasks
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.tables import Column, Source, Table, View
from schoolapp.operations.applications import ApplicationRow, application_rows
from schoolapp.storage.opening import open_store
from schoolapp.storage.store import DbSession
from tools.bench.measuring import Result, cpu_seconds
from tools.bench.pausing import pause
from tools.bench.volume_file import volume_file

FRAMES, VISIBLE = 80, 40
WIDTH, HEIGHT = 1200, 800
COLUMNS = (
    Column.name(lambda row: row.name, "Name", 24),
    Column.text(lambda row: row.delegation, "Delegation", 16),
    Column.state(lambda row: row.state, "State", 12, "application"),
    Column.text(lambda row: row.country, "Country", 8),
    Column.yes_no(lambda row: row.asks_subsidy, "Subsidy", 8),
    Column.yes_no(lambda row: row.needs_visa, "Visa", 8),
    Column.moment(lambda row: row.submitted, "Submitted", 16),
    Column.number(lambda row: row.waiting_rank, "Rank", 6),
    Column.number(lambda row: row.issues, "Doubts", 6),
    Column.number(lambda row: row.id, "Number", 8),
)
ALL = "SELECT id FROM application ORDER BY id"
SAME = """
SELECT p.display_name, d.name, a.state, p.country, a.asks_subsidy, a.needs_visa,
       (SELECT min(at) FROM application_step t
        WHERE t.application_id = a.id AND t.state = 'submitted'),
       a.waiting_rank, json_array_length(a.issues), a.id
FROM application a JOIN person p ON p.id = a.person_id
LEFT JOIN delegation d ON d.id = a.delegation_id ORDER BY a.id
"""


def table_scroll() -> Result:
    """One frame of scrolling over rows that are there, in turns; the ratio of the medians."""
    path = volume_file()
    application = QApplication.instance() or QApplication(["bench"])
    assert isinstance(application, QApplication)
    tasks = Tasks(lambda: open_store(path))
    look = Look(application, Settings())
    ours, reference = _lazy_table(tasks, look), _sql_table(path)
    try:
        times: tuple[list[float], list[float]] = ([], [])
        for frame in range(FRAMES):
            at = (frame * 719) % (ours.lazy.rowCount() - 2 * VISIBLE)
            _until(partial(_rows_are_there, ours, at))
            _measure_alike(ours, reference)
            for table, spent in zip((ours, reference), times, strict=True):
                spent.append(_frame(table, at))
    finally:
        tasks.close()
        ours.deleteLater()
        _close(reference)
    return Result(
        id="table_scroll",
        ratio=round(median(times[0]) / median(times[1]), 2),
        reference="QSqlQueryModel (C++) on the same 60,010 applications and 10 columns",
        gate=1.7,
    )


def _lazy_table(tasks: Tasks, look: Look) -> Table:
    table = Table(tasks, look, COLUMNS, Source(_ids, _rows), "Applications")
    table.resize(WIDTH, HEIGHT)
    table.show()
    table.lazy.show(View())
    tasks.begin()
    _until(lambda: table.lazy.rowCount() > 0)
    return table


def _sql_table(path: Path) -> QTableView:
    database = QSqlDatabase.addDatabase("QSQLITE", "bench")
    database.setDatabaseName(str(path))
    database.setConnectOptions("QSQLITE_OPEN_READONLY")
    if not database.open():
        raise RuntimeError(database.lastError().text())
    table = QTableView()
    model = QSqlQueryModel(table)
    model.setQuery(SAME, database)
    while model.canFetchMore():
        model.fetchMore()
    table.setModel(model)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    table.resize(WIDTH, HEIGHT)
    table.show()
    return table


def _measure_alike(ours: QTableView, reference: QTableView) -> None:
    """Give the reference our rows and columns, so that both paint the same cells."""
    reference.verticalHeader().setDefaultSectionSize(ours.verticalHeader().defaultSectionSize())
    for column in range(len(COLUMNS)):
        reference.setColumnWidth(column, ours.columnWidth(column))


def _close(table: QTableView) -> None:
    model = table.model()
    assert isinstance(model, QSqlQueryModel)
    model.clear()
    table.deleteLater()
    QSqlDatabase.database("bench").close()


def _rows_are_there(table: Table, at: int) -> bool:
    missing = [n for n in range(2 * VISIBLE) if table.lazy.row_at(at + n) is None]  # asks for all
    return not missing


def _frame(table: QTableView, at: int) -> float:
    """CPU seconds of scrolling half a page on and painting; the rows are there already."""
    bar = table.verticalScrollBar()
    bar.setValue(at + VISIBLE // 2)
    table.viewport().repaint()

    def scroll() -> None:
        bar.setValue(at)
        table.viewport().repaint()

    return cpu_seconds(scroll)


def _until(true: Callable[[], object], seconds: int = 30) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        pause(5)
        if time.monotonic() > deadline:
            raise TimeoutError("the table did not get its rows")


def _ids(session: DbSession, view: View) -> Sequence[int]:
    return [row[0] for row in session.connection().exec_driver_sql(ALL)]


def _rows(session: DbSession, ids: Sequence[int]) -> Mapping[int, ApplicationRow]:
    return application_rows(session, ids)
