"""Sessions, gatherings and people to make calendars from, and other programs that read the files.

Three independent checks look at every file: ``raw_lint`` (octets and lines), the ``ical`` package,
which is a development requirement and therefore always there, and libical where the machine has
it. None is ever skipped silently: without libical the other two still judge the same file.
"""

import ctypes.util
import datetime as dt
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ical.calendar_stream import IcsCalendarStream

from schoolapp.exchange.calendars import CalendarGathering, CalendarPerson, CalendarSession
from tests.paths import CHECKERS

MODIFIED = dt.datetime(2027, 9, 1, 8, 0, tzinfo=dt.UTC)


def _raw_lint() -> Any:
    spec = importlib.util.spec_from_file_location("raw_lint", CHECKERS / "raw_lint.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


LINT = _raw_lint().lint
HAS_LIBICAL = bool(os.environ.get("LIBICAL") or ctypes.util.find_library("ical"))


@pytest.fixture(scope="session")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], bytes]:
    """Let every independent checker look at a file; answer it if none complains."""
    folder = tmp_path_factory.mktemp("checked")

    def check(data: bytes) -> bytes:
        assert LINT(data) == []
        IcsCalendarStream.calendar_from_ics(data.decode())
        if HAS_LIBICAL:
            file = folder / "file.ics"
            file.write_bytes(data)
            command = [sys.executable, CHECKERS / "libical_check.py", file]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout
        return data

    return check


@pytest.fixture
def vobject_times(tmp_path: Path) -> Callable[..., dict[str, list[Any]]]:
    """What vobject makes of files with our VTIMEZONE alone: TZIDs renamed, a fresh process."""

    def read(*files: bytes) -> dict[str, list[Any]]:
        paths = []
        for n, data in enumerate(files):
            path = tmp_path / f"private{n}.ics"
            path.write_bytes(private_zones(data, n))
            paths.append(path)
        command = [sys.executable, CHECKERS / "read_vobject.py", *paths]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        times: dict[str, list[Any]] = json.loads(done.stdout)
        return times

    return read


def private_zones(data: bytes, number: int = 0) -> bytes:
    """The file with zone names that no program can look up in data of its own."""
    lines = data.decode().split("\r\n")
    renamed = (
        line.replace("TZID:", f"TZID:Private{number}/").replace("TZID=", f"TZID=Private{number}/")
        for line in lines
    )
    return "\r\n".join(renamed).encode()


@pytest.fixture
def session_with() -> Callable[..., CalendarSession]:
    """A lecture of the Amsterdam school, changed as the test wants it."""

    def make(**changes: Any) -> CalendarSession:
        values: dict[str, Any] = {
            "uid": "s001@schoolapp.example",
            "title": "Introduction to the school",
            "kind": "lecture",
            "start": dt.datetime(2027, 10, 23, 15, 0),  # noqa: DTZ001
            "end": dt.datetime(2027, 10, 23, 16, 30),  # noqa: DTZ001
            "tz": "Europe/Amsterdam",
            "modified": MODIFIED,
            "created": MODIFIED - dt.timedelta(days=100),
            "room_name": "Conference hall",
            "venue": "IIRE Amsterdam",
            "city": "Amsterdam",
        }
        return CalendarSession(**(values | changes))

    return make


@pytest.fixture
def gathering() -> CalendarGathering:
    """The Amsterdam school."""
    return CalendarGathering(
        uid="gjs2027",
        title="Global Justice School 2027",
        start_date=dt.date(2027, 10, 23),
        end_date=dt.date(2027, 11, 12),
        tz="Europe/Amsterdam",
        venue="IIRE Amsterdam",
        city="Amsterdam",
        organizer_name='The "school" office',
        organizer_address="school@example.org",
    )


@pytest.fixture
def person_with() -> Callable[..., CalendarPerson]:
    """A participant, changed as the test wants it; without an address by default."""

    def make(**changes: Any) -> CalendarPerson:
        return CalendarPerson(**({"uid": "P0001", "name": "Test Person"} | changes))

    return make
