"""Garbage is collected between the events of the window, and nowhere else."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from schoolapp.desktop.starting.collecting import LIMITS, Collector, collect_due

SETTLE = Collector.settle
"""What all other tests do without: see ``frozen_once``."""


class Knot:
    """An object that only the collector can free."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collector(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Collector:
    """A collector at work; Python's own is on again afterwards, and collects the same as before."""
    monkeypatch.setattr(Collector, "settle", SETTLE)
    gc.unfreeze()
    owner = QObject()
    made = Collector(owner)
    made.owner = owner  # type: ignore[attr-defined]
    yield made  # type: ignore[misc]
    made.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
    gc.freeze()


def test_no_other_thread_collects(collector: Collector) -> None:
    """A worker may make as much garbage as it likes: the window's thread collects it."""
    knots: list[weakref.ref[Knot]] = []

    def work() -> None:
        knots.extend(weakref.ref(Knot()) for _number in range(LIMITS[0] + 1))

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert all(knot() is not None for knot in knots)
    collect_due()
    assert not any(knot() is not None for knot in knots)


def test_old_garbage_goes_too(collector: Collector) -> None:
    """What has lived through several collections is taken when its generation is due."""
    knot = Knot()
    seen = weakref.ref(knot)
    gc.collect(0)
    gc.collect(1)
    del knot
    kept: list[list[object]] = []  # what is freed again at once would not count
    for _round in range((LIMITS[1] + 2) * (LIMITS[2] + 2)):
        kept.extend([] for _number in range(LIMITS[0] + 1))
        collect_due()
    assert seen() is None


def test_what_was_loaded_is_left_alone(collector: Collector) -> None:
    """Once the program is loaded, no collection looks at it again, but at what comes later."""
    collector.settle()
    frozen = gc.get_freeze_count()
    later = [[] for _number in range(1000)]
    collector.settle()
    assert later
    assert frozen > 10_000
    assert frozen - 100 < gc.get_freeze_count() <= frozen  # a few may have gone by themselves


def test_what_was_left_alone_before_stays_so(qtbot: QtBot) -> None:
    """A window that closes puts nothing back that it has not set aside itself."""
    owner, before = QObject(), gc.get_freeze_count()
    Collector(owner).stop()
    assert before - 100 < gc.get_freeze_count() <= before
    assert before > 10_000
