"""Desks that edit one person many times, for the test of lost updates: each a process of its own.

usage: reader_writer.py WHERE KEY-or-"-" PERSON TIMES DESKS.
Each prints how often somebody else had saved first.
"""

import multiprocessing
import sys
import time
from pathlib import Path

from schoolapp.domain.people import Person
from schoolapp.storage.opening import open_store
from schoolapp.storage.store import ChangedElsewhere, DbSession, Store, checked_out


def edit(store: Store, key: int) -> bool:
    """Read, think, write; False if another desk was faster."""
    seen = store.read(lambda s: s.get_one(Person, key))
    number, version = int(seen.note or 0), seen.version
    time.sleep(0.001)  # this is the thinking

    def save(s: DbSession) -> None:
        checked_out(s, Person, key, version).note = str(number + 1)

    try:
        store.change("Count", save)
    except ChangedElsewhere:
        return False
    return True


def work(where: str, key: str, person: str, times: str) -> None:
    """One desk: edit until TIMES edits are saved."""
    server = where.startswith("postgresql")
    secret = None if key == "-" else bytes.fromhex(key)
    store = open_store(where if server else Path(where), secret)
    refused = sum(
        sum(1 for _ in iter(lambda: edit(store, int(person)), True)) for _ in range(int(times))
    )
    store.close()
    print(refused, flush=True)


def main() -> None:
    """Let the desks work at once; what they import is imported only once, before they separate."""
    *each, desks = sys.argv[1:]
    fork = multiprocessing.get_context("fork")
    made = [fork.Process(target=work, args=each) for _ in range(int(desks))]
    for desk in made:
        desk.start()
    for desk in made:
        desk.join()
    sys.exit(any(desk.exitcode for desk in made))


if __name__ == "__main__":
    main()
