"""The one bridge between the window thread and everything slow: the store, files, the network."""

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal
from shiboken6 import isValid

from schoolapp.base.language import _, mark
from schoolapp.domain.rules import RuleBroken

if TYPE_CHECKING:  # the first paint does without the database
    from concurrent.futures import Executor, Future

    from schoolapp.storage.store import DbSession, Done, News, Store

T = TypeVar("T")
P = TypeVar("P")
Query = Callable[["DbSession"], T]
"""An operation with its arguments, called in the database worker with a session."""
Failed = Callable[[BaseException], object]

LISTENING = 3000
"""Milliseconds between two questions to a server for what other desks did."""
TURN = 0.001
"""Seconds that a worker may go on when the window wants the interpreter. By Python's custom it is
five times that, and the window wants it again after each file it opens and each line it draws.
"""
DATABASE, FILES = "database", "files"
THREADS = {DATABASE: 1, FILES: 2}


class Tasks(QObject):
    """Runs database work on one thread and file work on others; answers arrive here.

    ``owner`` is the widget that asks: an answer for a closed one is dropped, but the news and the
    fault of its work are still reported. Nothing runs before ``begin``, so that the first paint has
    the machine for itself; the store is then opened in the worker, before anything else.
    """

    opened = Signal()
    not_opened = Signal(object)  # the exception
    changed = Signal(object, object)  # frozenset of tables, owner or None
    failed = Signal(object)  # the exception, where no one else took it
    said = Signal(str, object)  # what was done, and the journal step that undoes it or None
    busy_changed = Signal(int)  # how many pieces of work are under way
    waiting_changed = Signal(int)  # how many of them wait for the database
    _landed = Signal(object)

    def __init__(self, open_store: "Callable[[], Store]", parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(TURN)
        self._open_store = open_store
        self._store: Store | None = None
        self._closing = False
        self._under_way = {DATABASE: 0, FILES: 0}
        self._pools: dict[str, Executor] = {}
        self._held: list[Callable[[], None]] | None = []  # until ``begin``
        self._landed.connect(_call, Qt.ConnectionType.QueuedConnection)
        self._last_step: int | None = None
        self._listening = QTimer(self)
        self._listening.setInterval(LISTENING)
        self._listening.timeout.connect(self._ask_news)
        self._start(DATABASE, self._open, self._open_landed, self.not_opened.emit)

    @property
    def actor(self) -> str:
        """The name of this desk in the journal; nothing before ``opened``."""
        return self._store.actor if self._store else ""

    @property
    def busy(self) -> int:
        """How many pieces of work are under way."""
        return sum(self._under_way.values())

    @property
    def waiting(self) -> int:
        """How many of them wait for the database."""
        return self._under_way[DATABASE]

    def begin(self) -> None:
        """Let the worker open the store and do what was asked meanwhile."""
        held, self._held = self._held or [], None
        for submit in held:
            submit()

    def read(
        self,
        owner: QObject,
        query: Query[T],
        then: Callable[[T], object],
        failed: Failed | None = None,
    ) -> None:
        """Ask the store; ``then(answer)`` in the window thread if ``owner`` still lives."""
        landed = partial(_deliver, owner, then)
        self._start(DATABASE, partial(self._read, query), landed, self._report(owner, failed))

    def change(
        self,
        owner: QObject,
        title: str,
        operation: Query[T],
        then: Callable[[T], object] | None = None,
        failed: Failed | None = None,
        final: bool = False,
    ) -> None:
        """Run one operation as one step named ``title``, then say what was done.

        ``final`` when something leaves the program by it: then there is no undo.
        """
        work = partial(self._change, title, operation, final)
        landed = partial(self._changed, owner, then, title, final)
        self._start(DATABASE, work, landed, self._report(owner, failed))

    def note(self, owner: QObject, title: str) -> None:
        """Journal what changed no data, such as an export with private columns."""
        self._start(DATABASE, partial(self._note, title), _nothing, self._report(owner, None))

    def undo(self, owner: QObject, step_id: int | None = None) -> None:
        """Undo a step, or the newest one of one's own."""
        landed = partial(self._turned_back, owner, mark("Undone: {title}"))
        failed = self._report(owner, self._not_undone)
        self._start(DATABASE, partial(self._undo, step_id), landed, failed)

    def redo(self, owner: QObject) -> None:
        """Do again what was undone last."""
        landed = partial(self._turned_back, owner, mark("Done again: {title}"))
        self._start(DATABASE, self._redo, landed, self._report(owner, None))

    def work(
        self,
        owner: QObject,
        function: Callable[[], T],
        then: Callable[[T], object],
        failed: Failed | None = None,
    ) -> None:
        """Run a function on files or the network, away from window and database."""
        landed = partial(_deliver, owner, then)
        self._start(FILES, function, landed, self._report(owner, failed))

    def carry_out(
        self,
        owner: QObject,
        job: "Callable[[Store, Callable[[P], object], Callable[[], bool]], T]",
        then: Callable[[T], object],
        reported: Callable[[P], object],
        failed: Failed | None = None,
    ) -> None:
        """Run a long job that speaks to the network and to the store in turns.

        ``job(store, report, closing)`` runs away from the window and from the database's thread;
        what it reports arrives here, and it should end soon once ``closing()``.
        """
        work = partial(self._do, job, partial(self._pass_on, owner, reported))
        landed = partial(_deliver, owner, then)
        self._start(FILES, work, landed, self._report(owner, failed))

    def close(self) -> None:
        """Finish what is under way, close the store and end the threads."""
        self._closing = True
        self._listening.stop()
        for pool in self._pools.values():
            pool.shutdown(wait=True, cancel_futures=True)
        if self._store is not None:
            self._store.close()
            self._store = None

    def _open(self) -> None:
        if not self._closing:
            self._store = self._open_store()

    def _open_landed(self, nothing: None) -> None:
        self.opened.emit()
        if self._store is not None and self._store.is_shared:
            self._ask_news()
            self._listening.start()

    def _ask_news(self) -> None:
        """Ask a server what other desks changed; on a file there is no other desk."""
        work = partial(self._news, self._last_step or 0)
        self._start(DATABASE, work, self._news_came, self._no_news)

    def _news_came(self, news: "News") -> None:
        if self._last_step is not None and news.last > self._last_step:
            self.changed.emit(news.touched, None)
        self._last_step = news.last

    def _no_news(self, trouble: BaseException) -> None:
        """The server did not answer; the next request will report why."""

    def _opened(self) -> "Store":
        if self._store is None:
            raise StoreMissing
        return self._store

    def _read(self, query: Query[T]) -> T:
        return self._opened().read(query)

    def _change(self, title: str, operation: Query[T], final: bool) -> "Done[T]":
        return self._opened().change(title, operation, final=final)

    def _note(self, title: str) -> int:
        return self._opened().note(title)

    def _undo(self, step_id: int | None) -> "Done[str]":
        return self._opened().undo(step_id)

    def _redo(self) -> "Done[str]":
        return self._opened().redo()

    def _news(self, since: int) -> "News":
        return self._opened().news(since)

    def _do(
        self,
        job: "Callable[[Store, Callable[[P], object], Callable[[], bool]], T]",
        report: Callable[[P], object],
    ) -> T:
        return job(self._opened(), report, lambda: self._closing)

    def _pass_on(self, owner: QObject, reported: Callable[[P], object], value: P) -> None:
        if not self._closing:
            self._landed.emit(partial(_deliver, owner, reported, value))

    def _report(self, owner: QObject, failed: Failed | None) -> Failed:
        return partial(self._fail, owner, failed)

    def _fail(self, owner: QObject, failed: Failed | None, trouble: BaseException) -> None:
        if failed is not None and isValid(owner):
            failed(trouble)
        if not isinstance(trouble, StoreMissing):  # opening it has reported why already
            self.failed.emit(trouble)

    def _changed(
        self,
        owner: QObject,
        then: Callable[[T], object] | None,
        title: str,
        final: bool,
        done: "Done[T]",
    ) -> None:
        alive = isValid(owner)
        if then is not None and alive:
            then(done.value)
        if done.touched:  # news even when the page is gone
            self.changed.emit(done.touched, owner if alive else None)
            self.said.emit(title, None if final else done.step_id)

    def _turned_back(self, owner: QObject, sentence: str, done: "Done[str]") -> None:
        self.changed.emit(done.touched, owner if isValid(owner) else None)
        self.said.emit(_(sentence).format(title=done.value), None)

    def _not_undone(self, trouble: BaseException) -> None:
        """Nothing changed but what undo offers: a step that has left is passed by from now on."""
        self.changed.emit(frozenset(), None)

    def _start(
        self, pool: str, work: Callable[[], T], landed: Callable[[T], object], failed: Failed
    ) -> None:
        assert QThread.currentThread() is self.thread(), "tasks start from the window thread"
        if self._closing:
            return
        self._count(pool, +1)
        submit = partial(self._submit, pool, work, partial(self._arrive, pool, landed, failed))
        if pool == DATABASE and self._held is not None:
            self._held.append(submit)
        else:
            submit()

    def _submit(
        self, pool: str, work: Callable[[], T], arrive: "Callable[[Future[T]], None]"
    ) -> None:
        if pool not in self._pools:
            from concurrent.futures import ThreadPoolExecutor  # not needed for the first paint

            self._pools[pool] = ThreadPoolExecutor(THREADS[pool], thread_name_prefix=pool)
        self._pools[pool].submit(work).add_done_callback(arrive)

    def _arrive(
        self, pool: str, landed: Callable[[T], object], failed: Failed, future: "Future[T]"
    ) -> None:
        # still on the worker: nothing may be touched here but the queue to the window thread
        if future.cancelled() or self._closing or not isValid(self):
            return
        self._landed.emit(partial(self._land, pool, landed, failed, future))

    def _land(
        self, pool: str, landed: Callable[[T], object], failed: Failed, future: "Future[T]"
    ) -> None:
        self._count(pool, -1)
        trouble = future.exception()
        if trouble is None:
            landed(future.result())
            return
        if not isinstance(trouble, RuleBroken | StoreMissing):
            import logging  # not needed for the first paint

            # the kind alone: the text of an error may hold names
            logging.getLogger(__name__).error("a task failed: %s", type(trouble).__name__)
        failed(trouble)

    def _count(self, pool: str, by: int) -> None:
        self._under_way[pool] += by
        self.busy_changed.emit(self.busy)
        if pool == DATABASE:
            self.waiting_changed.emit(self.waiting)


class StoreMissing(Exception):
    """Work was asked of a store that could not be opened."""


def _call(landing: Callable[[], object]) -> None:
    landing()


def _nothing(value: object) -> None:
    """What is to be done with an answer that nobody asked for."""


def _deliver(owner: QObject, then: Callable[[T], object], value: T) -> None:
    if isValid(owner):
        then(value)
