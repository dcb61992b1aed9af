"""Clashes in the database: the practice gatherings have exactly the 43 that are known."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from schoolapp.domain.clashes import Level
from schoolapp.domain.gatherings import Gathering
from schoolapp.exchange.packages.reading import read
from schoolapp.operations import practice, programme
from schoolapp.storage.store import Store
from tests.databases import Databases
from tests.packages import EVENTS


def as_set(entries: list[dict[str, Any]]) -> set[str]:
    return {json.dumps(entry, sort_keys=True) for entry in entries}


@pytest.fixture
def practised(databases: Databases, engine_name: str) -> Iterator[Store]:
    """A database with the practice schools, on each engine."""
    place = databases.copy(
        engine_name,
        "practice",
        lambda store: store.change("Load", lambda s: practice.load(s, read(EVENTS))) and None,
    )
    store = place.open()
    yield store
    store.close()
    databases.remove(place)


def test_the_known_conflicts_are_found_and_no_others(
    practised: Store, count_statements: Any
) -> None:
    """43 entries over four gatherings, with the keys of the file, in three statements."""
    with count_statements(practised) as sent:
        found = practised.read(programme.clashes_of)
    assert len(sent) == 3
    expected = json.loads((EVENTS / "expected_conflicts.json").read_text("utf-8"))
    assert as_set(programme.as_json(found)) == as_set(expected)
    assert len(found) == len(expected) == 43


def test_each_gathering_has_its_own_conflicts(practised: Store, count_statements: Any) -> None:
    """2, 1, 40 and none; people who are not on site are reported apart: 15 pairs in the camp."""
    keys = practised.read(lambda s: s.execute(select(Gathering.code, Gathering.id)).all())
    counts = {}
    for code, key in keys:
        with count_statements(practised) as sent:
            clashes = practised.read(lambda s, key=key: programme.clashes_of(s, gathering_id=key))
        assert len(sent) == 3
        with count_statements(practised) as sent:
            rows = practised.read(lambda s, key=key: programme.clash_rows(s, gathering_id=key))
        assert len(sent) == 6
        levels = [row.level for row in rows]
        assert levels == [Level.WARNING] * len(clashes) + [Level.HINT] * (len(rows) - len(clashes))
        counts[code] = (len(clashes), sum(row.kind == "absent" for row in rows))
    assert counts == {
        "gjs2027": (2, 0), "eco-isb-2027": (1, 0), "camp2027": (40, 15), "eco2027": (0, 0),
    }  # fmt: skip
