"""Saves through the real store and prints ``ACK n`` after each save, for kill9.py and powercut.py.

usage: save_writer.py DB KEY [TIMES]. The n-th save adds a person with two languages
whose note is n, renames the one before and removes the one three before.
"""

import itertools
import sys
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from schoolapp.domain.people import Person
from schoolapp.storage.opening import open_store
from schoolapp.storage.store import DbSession
from tests import builders

LAST = "SELECT max(CAST(note AS INTEGER)) FROM person"
NONE = (
    # a person without its two languages, and a save without its step: a torn transaction
    "SELECT id FROM person WHERE 2 <>"
    " (SELECT count(*) FROM person_language WHERE person_id = person.id)",
    "SELECT id FROM person WHERE NOT EXISTS"
    " (SELECT 1 FROM journal_step WHERE title = 'Save ' || note)",
    "SELECT id FROM journal_step WHERE id NOT IN (SELECT step_id FROM journal_change)",
)


def save(session: DbSession, number: int) -> None:
    """One save."""
    by_note = sa.select(Person).where(Person.note == sa.bindparam("note"))
    languages = (("en", "B2"), ("fr", "A1"))
    session.add(builders.person(note=str(number), code=f"N{number}", languages=languages))
    for before in session.scalars(by_note, {"note": str(number - 1)}):
        before.display_name = "x" * 300
    for old in session.scalars(by_note, {"note": str(number - 3)}):
        session.delete(old)


def main() -> None:
    """Save TIMES times, or for ever."""
    path, key, *times = sys.argv[1:]
    store = open_store(Path(path), bytes.fromhex(key))
    last: Any = store.read(lambda s: s.execute(sa.text(LAST)).scalar()) or 0
    numbers = range(last + 1, last + 1 + int(times[0])) if times else itertools.count(last + 1)
    for number in numbers:
        store.change(f"Save {number}", lambda s, number=number: save(s, number))
        print(f"ACK {number}", flush=True)
    store.close()


if __name__ == "__main__":
    main()
