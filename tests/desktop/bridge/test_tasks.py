"""The bridge: what runs where, and what is reported when things fail or pages close."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from schoolapp.base.language import mark
from schoolapp.desktop.bridge.tasks import Tasks
from schoolapp.domain.rules import RuleBroken
from tests import builders as b
from tests.databases import Databases
from tests.desktop.conftest import wait_for
from tests.desktop.memory import Decide, Memory, MemoryStore


class Heard:
    """Collects what a bridge reports."""

    def __init__(self, tasks: Tasks) -> None:
        self.changed: list[tuple[frozenset[str], object]] = []
        self.failed: list[BaseException] = []
        self.said: list[tuple[str, int | None]] = []
        tasks.changed.connect(lambda tables, owner: self.changed.append((tables, owner)))
        tasks.failed.connect(self.failed.append)
        tasks.said.connect(lambda sentence, step: self.said.append((sentence, step)))


def thread_name(memory: Memory) -> str:
    return threading.current_thread().name


def broken(memory: Memory) -> None:
    raise RuleBroken(mark("No place is left."))


def faulty(memory: Memory) -> None:
    raise KeyError("a name that must not be shown")


def test_reads_run_in_the_worker_and_answer_in_the_window_thread(tasks: Tasks) -> None:
    """The query runs on the database thread; ``then`` on the one that asked."""
    answers: list[tuple[str, str]] = []
    owner = QObject()
    tasks.read(
        owner, thread_name, lambda name: answers.append((name, threading.current_thread().name))
    )
    wait_for(tasks)
    assert answers == [("database_0", threading.current_thread().name)]


def test_nothing_runs_before_begin(qapp: QApplication, store: MemoryStore) -> None:
    """The store is opened after the first paint; what was asked before is answered then."""
    tasks, answers, owner = Tasks(store.itself), [], QObject()
    tasks.read(owner, thread_name, answers.append)
    for _turn in range(20):
        qapp.processEvents()
    assert answers == []
    assert store.threads == set()
    tasks.begin()
    wait_for(tasks)
    assert answers == ["database_0"]
    tasks.close()
    tasks.deleteLater()


def test_a_change_tells_tables_title_and_step(tasks: Tasks) -> None:
    """The news names who did it; the message bar gets the title and the step to undo."""
    heard, owner, answers = Heard(tasks), QObject(), []
    tasks.change(owner, "Accepted 2 applications", Decide((1, 2), "accepted"), answers.append)
    wait_for(tasks)
    assert answers == [2]
    assert heard.changed == [(frozenset({"person"}), owner)]
    assert heard.said == [("Accepted 2 applications", 1)]


def test_a_final_change_offers_no_undo(tasks: Tasks) -> None:
    """What has left the program cannot be undone."""
    heard, owner = Heard(tasks), QObject()
    tasks.change(owner, "Sent 2 letters", Decide((1,), "accepted"), final=True)
    wait_for(tasks)
    assert heard.said == [("Sent 2 letters", None)]


def close(owner: QObject, qapp: QApplication) -> None:
    owner.deleteLater()
    qapp.sendPostedEvents(owner, QEvent.Type.DeferredDelete)


def test_an_answer_for_a_closed_page_is_dropped(tasks: Tasks, qapp: QApplication) -> None:
    """Owners that are gone are not called."""
    owner, answers = QObject(), []
    tasks.read(owner, thread_name, answers.append)
    close(owner, qapp)
    wait_for(tasks)
    assert answers == []


def test_news_and_faults_of_a_closed_page_are_still_reported(
    tasks: Tasks, qapp: QApplication
) -> None:
    """The change happened, the fault happened: others must know."""
    heard, owner = Heard(tasks), QObject()
    tasks.change(owner, "Accepted", Decide((1,), "accepted"))
    tasks.change(owner, "Broken", faulty)
    close(owner, qapp)
    wait_for(tasks)
    assert heard.changed == [(frozenset({"person"}), None)]
    assert [type(trouble) for trouble in heard.failed] == [KeyError]


@pytest.mark.parametrize("operation", [broken, faulty])
def test_a_fault_is_reported_once_and_changes_nothing(
    tasks: Tasks, store: MemoryStore, operation: Callable[[Memory], Any]
) -> None:
    """The owner's ``failed`` and the signal both get it; there is no news."""
    heard, owner, own = Heard(tasks), QObject(), []
    before = dict(store.memory.people)
    tasks.change(owner, "Broken", operation, failed=own.append)
    wait_for(tasks)
    assert len(own) == len(heard.failed) == 1
    assert heard.changed == []
    assert store.memory.people == before


def test_undo_and_redo_are_news_too(tasks: Tasks, store: MemoryStore) -> None:
    """The title of the step is reported; places are notified that rows changed."""
    heard, owner = Heard(tasks), QObject()
    tasks.change(owner, "Accepted Amina", Decide((1,), "accepted"))
    tasks.undo(owner)
    tasks.redo(owner)
    wait_for(tasks)
    assert [sentence for sentence, _step in heard.said] == [
        "Accepted Amina",
        "Undone: Accepted Amina",
        "Done again: Accepted Amina",
    ]
    assert len(heard.changed) == 3
    assert store.memory.people[1].state == "accepted"


def test_files_have_threads_of_their_own(tasks: Tasks) -> None:
    """Writing a file does not keep the database waiting."""
    names: list[str] = []
    owner = QObject()
    tasks.work(owner, lambda: threading.current_thread().name, names.append)
    wait_for(tasks)
    assert [name.partition("_")[0] for name in names] == ["files"]


def test_closing_drops_what_waits_and_closes_the_store(
    qapp: QApplication, store: MemoryStore
) -> None:
    """No answer arrives after close, no error either; the threads end."""
    tasks, answers, owner = Tasks(store.itself), [], QObject()
    heard = Heard(tasks)
    tasks.begin()
    for _number in range(50):
        tasks.read(owner, thread_name, answers.append)
    tasks.close()
    qapp.processEvents()
    assert heard.failed == []
    tasks.deleteLater()


def test_a_store_that_cannot_be_opened_is_reported_once(qapp: QApplication) -> None:
    """The reason is reported once; the reads that waited for it report nothing."""

    def no_key() -> MemoryStore:
        raise RuleBroken(mark("This is not the passphrase of this database."))

    tasks, owner = Tasks(no_key), QObject()
    heard, reasons = Heard(tasks), []
    tasks.not_opened.connect(reasons.append)
    tasks.read(owner, thread_name, heard.said.append)
    tasks.begin()
    wait_for(tasks)
    assert [str(one) for one in reasons] == ["This is not the passphrase of this database."]
    assert heard.failed == []
    tasks.close()
    tasks.deleteLater()


def test_tasks_start_from_the_window_thread_only(tasks: Tasks) -> None:
    """A worker that asks for more work would race with the window."""
    trouble: list[BaseException] = []

    def ask() -> None:
        try:
            tasks.read(tasks, thread_name, print)
        except AssertionError as one:
            trouble.append(one)

    other = threading.Thread(target=ask)
    other.start()
    other.join()
    assert len(trouble) == 1


def test_what_another_desk_does_is_news_here(databases: Databases, qapp: QApplication) -> None:
    """On a server the window is notified of changes that other desks make, and of none twice."""
    place = databases.copy("server")
    other, tasks = place.open("other"), Tasks(place.open)
    heard = Heard(tasks)
    tasks.begin()
    wait_for(tasks)
    other.change("Add somebody", lambda session: b.person(session).id)
    tasks._listening.timeout.emit()
    wait_for(tasks)
    assert [owner for _tables, owner in heard.changed] == [None]
    assert "person" in heard.changed[0][0]
    tasks._listening.timeout.emit()
    wait_for(tasks)
    assert len(heard.changed) == 1
    tasks.close()
    other.close()
    databases.remove(place)
