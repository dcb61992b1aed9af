"""Tests that no update is lost when several desks edit one entry."""

import subprocess
import sys

import pytest

from schoolapp.domain.people import Person
from tests.databases import Databases
from tests.storage import rows

DESKS, TIMES = 4, 25


@pytest.mark.parametrize("engine", ["encrypted", "server"])
def test_no_update_is_lost(databases: Databases, engine: str) -> None:
    """Four processes read, think and write one person 25 times each: all 100 edits are there."""
    place = databases.copy(engine)
    store = place.open()
    who = rows.person(note="0")
    key = store.change("Add", lambda s: rows.add(s, who)).value
    command = [
        *(sys.executable, "-m", "tests.storage.reader_writer", str(place.where)),
        *(place.key.hex() if place.key else "-", str(key), str(TIMES), str(DESKS)),
    ]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    refused = [int(line) for line in ran.stdout.split()]
    assert len(refused) == DESKS
    person = store.read(lambda s: s.get_one(Person, key))
    assert (person.note, person.version) == (str(DESKS * TIMES), DESKS * TIMES + 1)
    assert sum(refused) > 0, "the desks never met: the test proves nothing"
    store.close()
    databases.remove(place)
