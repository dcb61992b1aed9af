"""Which columns have a way in at the window, which rows a way out, and which test shows it.

``columns`` are all columns that somebody has to be able to set: keys, versions, whose part a row
is, steps of a workflow and what is marked as derived are left out by type. ``watched`` notes what
the steps of a window set, and of which tables they removed rows, as the journal has it: a step of
the window is one that runs in one of its workers, and what a new gathering brings along (from a
template, a copy or a package) was typed by nobody and counts for nothing.

``ways_in.json`` names, for each test that shows a way in, the columns that it sets. Each of these
tests is held to that by a fixture in ``conftest``; ``stories/test_ways_in.py`` compares all of
them with ``columns``. After a change ``pytest tests/desktop/places tests/stories -n 0
--record-ways-in`` writes the file again.
"""

import enum
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Mapper

from schoolapp.domain.base import Base, StepTaken
from schoolapp.domain.data_map import Derived
from schoolapp.storage.store import Done, Query, Store
from schoolapp.storage.tables import journal_change

T = TypeVar("T")
Seen = dict[str, set[str]]
RECORD = Path(__file__).with_name("ways_in.json")
REMOVED = "removed"
"""In the place of a column: that rows of the table can be taken away."""
NOTHING: tuple[object, ...] = (None, "", [], {})
"""What a column holds that was emptied, or never filled."""


def columns() -> set[str]:
    """``table.column`` of everything that has to have a way in."""
    found: set[str] = set()
    for mapper in Base.registry.mappers:
        if not issubclass(mapper.class_, StepTaken):
            found.update(map(str, _own(mapper)))
    return found


def tables() -> set[str]:
    """``table.removed`` of everything that has to have a way out."""
    steps = (mapper for mapper in Base.registry.mappers if issubclass(mapper.class_, StepTaken))
    everything = {str(mapper.local_table) for mapper in Base.registry.mappers}
    return {f"{name}.{REMOVED}" for name in everything - {str(one.local_table) for one in steps}}


def recorded() -> Mapping[str, frozenset[str]]:
    """The columns that each test of the record has to set, by the test's name."""
    return _recorded()


@cache
def _recorded() -> Mapping[str, frozenset[str]]:
    found: dict[str, list[str]] = json.loads(RECORD.read_text("utf-8"))
    return {test: frozenset(names) for test, names in found.items()}


def record(seen: Seen) -> None:
    """Write the record anew: as few tests as show every column that any test has shown.

    The stories come first: each of them begins with a file that was empty.
    """
    wanted = columns() | tables()
    stories = {test: names for test, names in seen.items() if test.startswith("tests/stories/")}
    kept = _fewest(stories, wanted)
    wanted -= set().union(*kept.values())
    kept |= _fewest({test: seen[test] for test in seen.keys() - stories.keys()}, wanted)
    text = json.dumps(dict(sorted(kept.items())), indent=1)
    RECORD.write_text(text + "\n", "utf-8")


def _fewest(left: Seen, wanted: set[str]) -> dict[str, list[str]]:
    """The tests that show most of what is wanted, one after the other, and what each adds."""
    left, wanted = dict(left), set(wanted)
    kept: dict[str, list[str]] = {}
    while left:
        best = max(sorted(left), key=lambda test: len(left[test] & wanted))
        shown = left.pop(best) & wanted
        if not shown:
            break
        kept[best] = sorted(shown)
        wanted -= shown
    return kept


@contextmanager
def watched() -> Iterator[set[str]]:
    """The columns that steps of a window set inside the block."""
    seen: set[str] = set()
    change = Store.change

    def noted(self: Store, title: str, operation: Query[T], *, final: bool = False) -> Done[T]:
        done = change(self, title, operation, final=final)
        if done.step_id is not None and threading.current_thread() is not threading.main_thread():
            seen.update(_set_by(self, done.step_id))
        return done

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "change", noted)
        yield seen


def _set_by(store: Store, step: int) -> set[str]:
    """The columns that a step filled with something else than they begin with."""
    chosen = sa.select(journal_change).where(journal_change.c.step_id == step)
    rows = store.read(lambda session: session.execute(chosen).all())
    if any((row.kind, row.table_name) == ("insert", "gathering") for row in rows):
        return set()
    gone = {f"{row.table_name}.{REMOVED}" for row in rows if row.kind == "delete"}
    return gone | {
        f"{row.table_name}.{name}"
        for row in rows
        for name, value in (row.after or {}).items()
        if value not in NOTHING
        and (row.kind == "update" or value != _defaults().get(f"{row.table_name}.{name}", 0))
    }


def _own(mapper: Mapper[Base]) -> Iterator[sa.Column[object]]:
    table = mapper.local_table
    assert isinstance(table, sa.Table)
    for column in table.columns:
        is_owner = bool(column.foreign_keys) and not column.nullable
        is_version = column is mapper.version_id_col
        is_derived = isinstance(column.info.get("derived"), Derived)
        if not (column.primary_key or is_owner or is_version or is_derived):
            yield column


@cache
def _defaults() -> Mapping[str, object]:
    """What a new row holds where its maker says nothing, as the journal writes it."""
    found: dict[str, object] = {}
    for mapper in Base.registry.mappers:
        for column in mapper.local_table.columns:
            if isinstance(column.default, sa.ColumnDefault):
                value = column.default.arg
                found[str(column)] = value.value if isinstance(value, enum.Enum) else value
    return found
