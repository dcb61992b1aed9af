"""The practice schools in a database of their own, for the pictures, always on the same day."""

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schoolapp.base import clock
from schoolapp.base.shipped import folder
from schoolapp.exchange.packages import reading
from schoolapp.operations import practice
from schoolapp.storage.opening import open_store

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
AT = dt.datetime(2027, 11, 14, 12, 0, tzinfo=dt.UTC)
SCHOOL = "gjs2027"


@contextmanager
def practice_database() -> Iterator[Path]:
    """The path of a database with the practice schools; it is gone afterwards."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, clock.at(AT):
        path = Path(place) / "practice.db"
        store = open_store(path)
        packages = reading.read(folder("data") / "practice" / "events")
        store.change("Load", lambda s: practice.load(s, packages))
        store.close()
        yield path
