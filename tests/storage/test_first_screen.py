"""Tests of what the first screen reads."""

import datetime as dt
import subprocess
import sys

from schoolapp.storage.connection import connect
from schoolapp.storage.first_screen import gathering_lines
from schoolapp.storage.store import DbSession
from tests.databases import Place
from tests.storage import rows


def test_gatherings(place: Place) -> None:
    """All gatherings by first day, title in the reader's language, with their counts."""
    store = place.open()

    def fill(s: DbSession) -> None:
        later = rows.gathering(code="later", titles={"en": "Later", "nl": "Straks"})
        sooner = rows.gathering(
            code="sooner", titles={"fr": "Tôt"}, start_date=dt.date(2027, 1, 2), days=3
        )
        who = rows.person()
        rows.add(s, later, sooner, who)
        rows.add(s, rows.participation(who, later), rows.application(who, later))

    store.change("Fill", fill)
    if place.is_file:
        raw = connect(place.where, place.key)
        first, second = gathering_lines(raw, "nl")
        raw.close()
    else:
        first, second = store.read(
            lambda s: gathering_lines(s.connection().connection.driver_connection, "nl")
        )
    assert (first.code, first.title, first.end_date) == ("sooner", "Tôt", dt.date(2027, 1, 4))
    assert (second.title, second.kind, second.state) == ("Straks", "school", "planned")
    assert (second.participants, second.applications, first.participants) == (1, 1, 0)
    store.close()


def test_nothing_heavy_is_imported(file_place: Place) -> None:
    """The first screen is painted before SQLAlchemy is imported."""
    script = (
        "import sys; from pathlib import Path; from schoolapp.storage.connection import connect;"
        "from schoolapp.storage.first_screen import gathering_lines;"
        "gathering_lines(connect(Path(sys.argv[1])), 'en'); sys.exit('sqlalchemy' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script, str(file_place.where)], check=True)
