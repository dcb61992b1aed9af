"""The one bridge between the window thread and everything slow: the store, files, the network."""

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal
from shiboken6 import isValid

from schoolapp.base.language import _, mark
from schoolapp.domain.rules import RuleBroken

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    Arrive = Callable[[Future[Any]], None]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Query = Callable[[Any], T]  # called in the worker with the database's session
Then = Callable[[Any], object]
Failed = Callable[[BaseException], object]

LISTENING = 3000
"""Milliseconds between two questions to a server for what other desks did."""
TURN = 0.001
"""Seconds that a worker may go on when the window wants the interpreter. By Python's custom it is
five times that, and the window wants it anew after each file it opens and each line it draws.
"""
DATABASE, FILES = "database", "files"
THREADS = {DATABASE: 1, FILES: 2}


class Done(Protocol[T_co]):
    """What a change answers: its value, the tables it touched, its step in the journal."""

    @property
    def value(self) -> T_co: ...
    @property
    def touched(self) -> frozenset[str]: ...
    @property
    def step_id(self) -> int | None: ...


class News(Protocol):
    """What any desk did since a step: the newest step, and the tables it touched."""

    @property
    def last(self) -> int: ...
    @property
    def touched(self) -> frozenset[str]: ...


class Store(Protocol):
    """What the window needs of the storage layer; every call blocks, so only the worker calls."""

    @property
    def actor(self) -> str: ...
    def read(self, query: Query[T]) -> T: ...
    def change(self, title: str, operation: Query[T], *, final: bool = False) -> Done[T]: ...
    def undo(self, step_id: int | None = None) -> Done[str]: ...
    def redo(self) -> Done[str]: ...
    @property
    def is_shared(self) -> bool: ...
    def news(self, since: int) -> News: ...
    def close(self) -> None: ...


class Tasks(QObject):
    """Runs database work on one thread and file work on others; answers arrive here.

    ``owner`` is the widget that asks: an answer for a closed one is dropped, but the news and the
    fault of its work are still told. Nothing runs before ``begin``, so that the first paint has
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

    def __init__(self, open_store: Callable[[], Store], parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(TURN)
        self._open_store = open_store
        self._store: Store | None = None
        self._closing = False
        self._under_way = {DATABASE: 0, FILES: 0}
        self._pools: dict[str, Executor] = {}
        self._held: list[tuple[Callable[[], Any], Arrive]] | None = []  # until ``begin``
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
        for work, arrive in held:
            self._submit(DATABASE, work, arrive)

    def read(
        self,
        owner: QObject,
        query: Query[T],
        then: Callable[[T], object],
        failed: Failed | None = None,
    ) -> None:
        """Ask the store; ``then(answer)`` in the window thread if ``owner`` still lives."""
        work = partial(self._with_store, "read", query)
        self._start(DATABASE, work, partial(_deliver, owner, then), self._told(owner, failed))

    def change(
        self,
        owner: QObject,
        title: str,
        operation: Query[T],
        then: Callable[[T], object] | None = None,
        failed: Failed | None = None,
        final: bool = False,
    ) -> None:
        """Run one operation as one step named ``title``, then tell what was done.

        ``final`` when something leaves the program by it: then there is no undo.
        """
        work = partial(self._with_store, "change", title, operation, final=final)
        landed = partial(self._changed, owner, then, title, final)
        self._start(DATABASE, work, landed, self._told(owner, failed))

    def note(self, owner: QObject, title: str) -> None:
        """Journal what changed no data, such as an export with private columns."""
        work = partial(self._with_store, "note", title)
        self._start(DATABASE, work, lambda _step: None, self._told(owner, None))

    def undo(self, owner: QObject, step_id: int | None = None) -> None:
        """Undo a step, or the newest one of one's own."""
        work = partial(self._with_store, "undo", step_id)
        landed = partial(self._turned_back, owner, mark("Undone: {title}"))
        self._start(DATABASE, work, landed, self._told(owner, self._not_undone))

    def redo(self, owner: QObject) -> None:
        """Do again what was undone last."""
        work = partial(self._with_store, "redo")
        landed = partial(self._turned_back, owner, mark("Done again: {title}"))
        self._start(DATABASE, work, landed, self._told(owner, None))

    def work(
        self,
        owner: QObject,
        function: Callable[[], T],
        then: Callable[[T], object],
        failed: Failed | None = None,
    ) -> None:
        """Run a function on files or the network, away from window and database."""
        landed = partial(_deliver, owner, then)
        self._start(FILES, function, landed, self._told(owner, failed))

    def carry_out(
        self,
        owner: QObject,
        job: Callable[[Any, Callable[[Any], object], Callable[[], bool]], T],
        then: Callable[[T], object],
        told: Callable[[Any], object],
        failed: Failed | None = None,
    ) -> None:
        """Run a long job that speaks to the network and to the store in turns.

        ``job(store, tell, closing)`` runs away from the window and from the database's thread;
        what it tells arrives here, and it should end soon once ``closing()``.
        """
        work = partial(self._with_job, job, partial(self._tell, owner, told))
        landed = partial(_deliver, owner, then)
        self._start(FILES, work, landed, self._told(owner, failed))

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
        work = partial(self._with_store, "news", self._last_step or 0)
        self._start(DATABASE, work, self._news_came, self._no_news)

    def _news_came(self, news: News) -> None:
        if self._last_step is not None and news.last > self._last_step:
            self.changed.emit(news.touched, None)
        self._last_step = news.last

    def _no_news(self, trouble: BaseException) -> None:
        """The server did not answer; the next thing that somebody asks of it will tell."""

    def _with_store(self, verb: str, *arguments: object, **more: object) -> Any:
        if self._store is None:
            raise StoreMissing
        return getattr(self._store, verb)(*arguments, **more)

    def _with_job(self, job: Callable[..., T], tell: Callable[[Any], object]) -> T:
        if self._store is None:
            raise StoreMissing
        return job(self._store, tell, lambda: self._closing)

    def _tell(self, owner: QObject, told: Then, value: object) -> None:
        if not self._closing:
            self._landed.emit(partial(_deliver, owner, told, value))

    def _told(self, owner: QObject, failed: Failed | None) -> Failed:
        return partial(self._fail, owner, failed)

    def _fail(self, owner: QObject, failed: Failed | None, trouble: BaseException) -> None:
        if failed is not None and isValid(owner):
            failed(trouble)
        if not isinstance(trouble, StoreMissing):  # the opening has told why already
            self.failed.emit(trouble)

    def _changed(
        self, owner: QObject, then: Then | None, title: str, final: bool, done: Done[Any]
    ) -> None:
        alive = isValid(owner)
        if then is not None and alive:
            then(done.value)
        if done.touched:  # news even when the page is gone
            self.changed.emit(done.touched, owner if alive else None)
            self.said.emit(title, None if final else done.step_id)

    def _turned_back(self, owner: QObject, sentence: str, done: Done[str]) -> None:
        self.changed.emit(done.touched, owner if isValid(owner) else None)
        self.said.emit(_(sentence).format(title=done.value), None)

    def _not_undone(self, trouble: BaseException) -> None:
        """Nothing changed but what undo offers: a step that has left is passed by from now on."""
        self.changed.emit(frozenset(), None)

    def _start(self, pool: str, work: Callable[[], Any], landed: Then, failed: Failed) -> None:
        assert QThread.currentThread() is self.thread(), "tasks start from the window thread"
        if self._closing:
            return
        self._count(pool, +1)
        arrive = partial(self._arrive, pool, landed, failed)
        if pool == DATABASE and self._held is not None:
            self._held.append((work, arrive))
        else:
            self._submit(pool, work, arrive)

    def _submit(self, pool: str, work: Callable[[], Any], arrive: "Arrive") -> None:
        if pool not in self._pools:
            from concurrent.futures import ThreadPoolExecutor  # not needed for the first paint

            self._pools[pool] = ThreadPoolExecutor(THREADS[pool], thread_name_prefix=pool)
        self._pools[pool].submit(work).add_done_callback(arrive)

    def _arrive(self, pool: str, landed: Then, failed: Failed, future: "Future[Any]") -> None:
        # still on the worker: nothing may be touched here but the queue to the window thread
        if future.cancelled() or self._closing or not isValid(self):
            return
        self._landed.emit(partial(self._land, pool, landed, failed, future))

    def _land(self, pool: str, landed: Then, failed: Failed, future: "Future[Any]") -> None:
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


def _deliver(owner: QObject, then: Then, value: object) -> None:
    if isValid(owner):
        then(value)
