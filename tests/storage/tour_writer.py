"""Runs the tour's steps on one of the practice schools, for kill9.py and powercut.py.

usage: tour_writer.py DB KEY [ROUNDS]. It prints ``ACK n`` for each journal step that was reported
as saved and takes the steps back again, each as a saved step of its own; it can be started again
on the same file.
"""

import itertools
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stdout
from io import TextIOBase
from pathlib import Path

from schoolapp.base.shipped import folder as shipped
from schoolapp.cli.tour import Tour
from schoolapp.exchange.packages.reading import read
from schoolapp.operations import practice
from schoolapp.storage.opening import open_store
from schoolapp.storage.store import Store

LAST = "SELECT max(id) FROM journal_step"
NONE = (
    # a step without its changes, an application without its steps: a torn transaction
    "SELECT id FROM journal_step WHERE id NOT IN (SELECT step_id FROM journal_change)",
    "SELECT id FROM application WHERE state <> 'draft' AND NOT EXISTS"
    " (SELECT 1 FROM application_step WHERE application_id = application.id)",
)
LOADING = "Load the practice schools"
SAVED = re.compile(r"Saved, step (\d+):")
SCHOOL = (
    "gjs2027_amsterdam.json", "gjs2027_attendance.csv", "gjs2027_invites.csv", "readings.json",
)  # fmt: skip


class Acknowledging(TextIOBase):
    """Reports in the format of the tools what the tour reports in its own."""

    def __init__(self, say: Callable[[object], object]) -> None:
        self._say = say

    def write(self, text: str) -> int:
        """One piece of what the tour prints."""
        if found := SAVED.match(text):
            self._say(found[1])
        return len(text)


def load(store: Store, folder: Path) -> int | None:
    """Load the school of the tour and its people alone: thousands of rows in one step."""
    events = shipped("data") / "practice" / "events"
    for name in SCHOOL:
        shutil.copy(events / name, folder / name)
    people = json.loads((events / "people.json").read_text("utf-8"))
    school = (folder / SCHOOL[0]).read_text("utf-8")
    here = [person for person in people if person["id"] in school]
    (folder / "people.json").write_text(json.dumps(here), "utf-8")
    return store.change(LOADING, lambda session: practice.load(session, read(folder))).step_id


def take_back(store: Store, say: Callable[[object], object]) -> None:
    """Undo what a tour did to the practice schools, so that the next one has the same to do."""
    while store.next_titles()[0] != LOADING:
        say(store.undo().step_id)


def main() -> None:
    """Do the tour's database part and take it back, ROUNDS times or forever."""
    path, key, *rounds = sys.argv[1:]
    out = sys.stdout

    def say(step: object) -> None:
        print(f"ACK {step}", file=out, flush=True)

    store = open_store(Path(path), bytes.fromhex(key))
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(Acknowledging(say)):
        if store.news(0).last == 0:
            say(0)
            say(load(store, Path(folder)))
        for _number in range(int(rounds[0])) if rounds else itertools.count():
            take_back(store, say)
            Tour(store, Path(folder)).change_the_database()
    store.close()


if __name__ == "__main__":
    main()
