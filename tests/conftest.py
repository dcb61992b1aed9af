"""What every test has: an offscreen Qt, English words, databases, and nothing left behind."""

import gc
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

# What imports and the collection of tests make is no garbage: see pytest_collection_finish.
gc.disable()

# Qt and the test server need a folder of the user's own for sockets; it must be private. The
# workers have it from the process that starts them; beside it is what they share.
_IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
if not _IS_WORKER:
    own = Path(tempfile.mkdtemp(prefix="schoolapp-run-")) / "own"
    own.mkdir(0o700)
    (own / "python_PostgresServer").mkdir()  # where it is, the lock of the server is of this run
    os.environ["XDG_RUNTIME_DIR"] = str(own)
_SHARED = Path(os.environ["XDG_RUNTIME_DIR"]).parent
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest  # noqa: E402
import sqlalchemy as sa  # noqa: E402
from sqlalchemy import event  # noqa: E402

from schoolapp.base import clock as program_clock  # noqa: E402
from schoolapp.desktop.starting.collecting import Collector  # noqa: E402
from schoolapp.storage.store import Store  # noqa: E402
from tests import ways_in  # noqa: E402
from tests.databases import ENGINES, Databases, Place  # noqa: E402

LONG = (
    "storage/test_power.py",
    "operations/applications/test_applications.py",
    "operations/test_practice.py",
    "cli/test_tour.py",
    "properties/test_journal.py",
    "operations/mail/test_delivering.py",
    "operations/attendance/test_attendance.py",
    "exchange/packages/test_packages.py",
    "storage/test_undo.py",
    "desktop/test_screens.py",
    "storage/test_versions.py",
    "operations/test_statements.py",
)
"""The files that take longest come first: else one of the two workers ends with them alone."""
MOMENT = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
"""What time it is under the fixture ``clock``."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest; the others stay in their order."""
    assert all((Path(__file__).parent / name).is_file() for name in LONG)
    rank = {Path(__file__).parent / name: number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: rank.get(item.path, len(rank)))


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--record-ways-in`` writes ``ways_in.json`` anew, from all tests that were run."""
    parser.addoption("--record-ways-in", action="store_true", help="see tests/ways_in.py")


SHOWN: ways_in.Seen = {}
"""The columns that windows have set, by the name of the test; while they are recorded."""


@pytest.fixture(autouse=True)
def _ways_in_are_shown(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that is said to show ways into the data if a window does not set them."""
    name, is_recording = request.node.nodeid, request.config.getoption("--record-ways-in")
    wanted = ways_in.recorded().get(name, frozenset())
    if not (wanted or is_recording):
        yield
        return
    with ways_in.watched() as seen:
        yield
    SHOWN[name] = seen
    if not is_recording:
        assert wanted <= seen, f"no longer set here, see tests/ways_in.py: {wanted - seen}"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write what was recorded."""
    if session.config.getoption("--record-ways-in"):
        ways_in.record(SHOWN)


def pytest_collection_finish() -> None:
    """Keep what lasts to the end out of the collector's rounds, which would take a second each."""
    gc.freeze()
    gc.enable()


def pytest_unconfigure() -> None:
    """Remove the folder of the run."""
    if not _IS_WORKER:
        shutil.rmtree(_SHARED, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def frozen_once() -> Iterator[None]:
    """No window freezes again all that is loaded: its end would thaw that for all other tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Collector, "settle", lambda collector: None)
        yield


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Where databases of tests come from; the last worker stops the server at its end."""
    made = Databases(tmp_path_factory.mktemp("databases"), _SHARED)
    yield made
    made.close()


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """The three engines, one after another: ``file``, ``encrypted``, ``server``."""
    return str(request.param)


@pytest.fixture
def place(databases: Databases, engine_name: str) -> Iterator[Place]:
    """An empty database with the newest schema, on each engine: ``place.open(actor)``."""
    made = databases.copy(engine_name)
    yield made
    databases.remove(made)


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    """A store on an empty database, on each engine; its actor is ``desk``."""
    made = place.open()
    yield made
    made.close()


@pytest.fixture
def file_place(databases: Databases) -> Iterator[Place]:
    """An empty database in a plain file: fast."""
    made = databases.copy("file")
    yield made
    databases.remove(made)


@pytest.fixture
def file_store(file_place: Place) -> Iterator[Store]:
    """A store on a plain file alone: fast, for what is not about the engine."""
    made = file_place.open()
    yield made
    made.close()


def _load_practice(store: Store) -> None:
    from schoolapp.base.shipped import folder
    from schoolapp.exchange.packages import reading
    from schoolapp.operations import practice

    packages = reading.read(folder("data") / "practice" / "events")
    store.change("Load the practice schools", lambda session: practice.load(session, packages))


@pytest.fixture
def practice_store(databases: Databases, engine_name: str) -> Iterator[Store]:
    """A store with the practice schools, on each engine."""
    made = databases.copy(engine_name, "practice", _load_practice)
    store = made.open()
    yield store
    store.close()
    databases.remove(made)


@pytest.fixture
def practice_file(databases: Databases) -> Iterator[Path]:
    """A plain file with the practice schools: what the command line works on."""
    made = databases.copy("file", "practice", _load_practice)
    assert isinstance(made.where, Path)
    yield made.where
    databases.remove(made)


@pytest.fixture
def second_desk(place: Place, store: Store) -> Iterator[Store]:
    """Another desk on the database of ``store``, under the name ``other``."""
    made = place.open("other")
    yield made
    made.close()


@pytest.fixture
def clock() -> Iterator[datetime]:
    """Pins the time to ``MOMENT``."""
    with program_clock.at(MOMENT):
        yield MOMENT


class Statements(list[str]):
    """The statements that a block sent to the database."""


@pytest.fixture
def count_statements() -> Callable[[Store], AbstractContextManager[Statements]]:
    """``with count_statements(store) as sent: ...`` then ``len(sent)``."""

    @contextmanager
    def counting(store: Store) -> Iterator[Statements]:
        sent = Statements()

        def note(connection: sa.Connection, cursor: object, statement: str, *rest: object) -> None:
            if not statement.startswith("BEGIN"):  # begun by us on a file, by the driver elsewhere
                sent.append(statement)

        event.listen(store.engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(store.engine, "before_cursor_execute", note)

    return counting


@pytest.fixture(autouse=True)
def _no_thread_stays() -> Iterator[None]:
    """Fails a test that leaves a thread which would keep the program from ending."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        if not thread.daemon:
            thread.join(2)
            assert not thread.is_alive(), f"the test left the thread {thread.name}"
