"""How soon the roll call answers a badge, and how long the window is blocked while many are read.

A scanner types a code and Enter, faster than any hand, into the window on a copy of the volume
database. The answer is there when the name is painted and its mark is kept. The reference writes
the same rows by the bare driver, durably, and paints the name on a bare label.
"""

import datetime as dt
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from schoolapp import app
from schoolapp.base import clock
from schoolapp.base.settings import Settings
from schoolapp.desktop.places.attendance.place import Attendance
from schoolapp.desktop.starting.start import Desktop
from schoolapp.domain.scanning import new_code
from schoolapp.storage.connection import connect
from schoolapp.storage.opening import open_store
from tools.bench.gaps import Heartbeat, Rest
from tools.bench.measuring import Result
from tools.bench.volume_file import CAMP, volume_file

PEOPLE = 350
NEXT = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
READ = "a badge read in a camp of 400"
STEP = "INSERT INTO journal_step (title, actor, at, kind, final) VALUES ('Read', '', ?, 'do', 0)"
CHANGE = (
    "INSERT INTO journal_change (step_id, kind, table_name, key, after)"
    " VALUES (?, 'insert', ?, '{}', '{\"session_id\": 1, \"participation_id\": 1}')"
)
SCAN = (
    "INSERT INTO scan (session_id, participation_id, at, kind, desk) VALUES (?, ?, ?, 'entry', '')"
)


def results() -> list[Result]:
    """The answer against its reference and in milliseconds, and the longest gap meanwhile."""
    with tempfile.TemporaryDirectory(prefix="schoolapp-bench-") as folder:
        path = Path(folder) / "camp.db"
        shutil.copyfile(volume_file(), path)
        start, codes = _prepare(path)
        with clock.at(start + dt.timedelta(minutes=5)):
            answers, plain, gap = _scan_all(path, codes)
    ours = median(answers)
    return [
        Result(
            id="scan_answer",
            ratio=round(ours / median(plain), 2),
            reference="the same rows written durably by the bare driver, and a bare label painted",
            gate=30.0,
        ),
        Result(
            id="scan_answer_ms",
            value=round(1000 * ours, 1),
            reference=f"from Enter to the painted answer, the median; {READ}",
            gate=100,
        ),
        Result(
            id="scan_gap_ms",
            value=round(gap, 1),
            reference=f"longest gap of a heartbeat while {PEOPLE} badges are read in a row",
            gate=50,
        ),
    ]


def _prepare(path: Path) -> tuple[dt.datetime, list[str]]:
    """The start of the first session with a register, which is emptied; a badge for each person."""
    raw = connect(path)
    key, start = raw.execute(
        "SELECT id, start_utc FROM session WHERE gathering_id = ? AND register = 1"
        " AND state <> 'cancelled' AND audience = 'all' ORDER BY start_utc LIMIT 1",
        (CAMP,),
    ).fetchone()
    raw.execute("DELETE FROM attendance_mark WHERE session_id = ?", (key,))
    people = raw.execute(
        "SELECT id FROM participation WHERE gathering_id = ? ORDER BY id LIMIT ?", (CAMP, PEOPLE)
    ).fetchall()
    rows = [(one, new_code(), start) for (one,) in people]
    raw.execute("DELETE FROM badge")
    raw.executemany("INSERT INTO badge (participation_id, code, given_at) VALUES (?, ?, ?)", rows)
    raw.commit()
    raw.close()
    return dt.datetime.fromisoformat(start).replace(tzinfo=dt.UTC), [code for _, code, _ in rows]


@contextmanager
def _roll_call(path: Path) -> Iterator[tuple[Desktop, Attendance]]:
    """The window with the register of the session that runs."""
    application = QApplication.instance() or QApplication(["bench"])
    assert isinstance(application, QApplication)
    desktop = Desktop(
        application, Settings(), lambda: open_store(path), app.places(), app.gatherings
    )
    try:
        rest = Rest(desktop)
        desktop.tasks.begin()
        desktop.complete()
        rest.wait()
        desktop.window.choose(CAMP)
        desktop.window.open_place(Attendance.key)
        rest.wait()
        place: Any = desktop.window.place
        yield desktop, place
        rest.wait()
    finally:
        desktop.close()
        desktop.deleteLater()
        application.processEvents()


def _scan_all(path: Path, codes: list[str]) -> tuple[list[float], list[float], float]:
    """Seconds of each answer and of each reference, in turns, then the longest gap of a queue."""
    half = len(codes) // 2
    with _roll_call(path) as (desktop, place):
        with _reference(path) as reference:
            answers, plain = [], []
            for number, code in enumerate(codes[:half]):
                answers.append(_one(place, code))
                _settle(desktop)
                plain.append(reference(number))
        heart = Heartbeat()
        heart.start()
        heart.during(READ)
        for code in codes[half:] + codes[:half]:
            _one(place, code)
        _settle(desktop)
        heart.stop()
        heart.deleteLater()
    return answers, plain, heart.longest[READ]


def _one(place: Attendance, code: str) -> float:
    """Let a scanner type; the seconds from Enter until its answer is painted."""
    words, box = place.roll.pane.answer.words, place.roll.pane.box
    words.setText("")
    for letter in code:
        QTest.keyClick(box, letter)
        QApplication.processEvents()  # a scanner sends its keys one by one
    start = time.perf_counter()
    QTest.keyClick(box, Qt.Key.Key_Return)
    while not words.text():
        QApplication.processEvents(NEXT)
    place.roll.pane.answer.repaint()
    return time.perf_counter() - start


def _settle(desktop: Desktop) -> None:
    while desktop.tasks.busy:
        QApplication.processEvents(NEXT)


@contextmanager
def _reference(path: Path) -> Iterator[Any]:
    """What writes a scan as plainly as can be, and paints a name."""
    other = path.with_suffix(".other.db")
    shutil.copyfile(volume_file(), other)
    raw, label = connect(other), QLabel()
    label.resize(600, 60)
    label.show()
    slot, person = raw.execute(
        "SELECT session_id, participation_id FROM attendance_mark"
    ).fetchone()
    at = "2027-07-20 10:00:00.000000"

    def once(number: int) -> float:
        start = time.perf_counter()
        raw.execute("BEGIN IMMEDIATE")
        step = raw.execute(STEP, (at,)).lastrowid
        raw.executemany(CHANGE, [(step, "scan"), (step, "attendance_mark")])
        raw.execute(SCAN, (slot, person, at))
        raw.execute(
            "UPDATE attendance_mark SET minutes = ? WHERE session_id = ? AND participation_id = ?",
            (number, slot, person),
        )
        raw.execute("COMMIT")
        label.setText(f"Somebody {number} comes in: Present")
        label.repaint()
        return time.perf_counter() - start

    try:
        yield once
    finally:
        raw.close()
        label.deleteLater()
