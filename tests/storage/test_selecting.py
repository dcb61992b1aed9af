"""Reading many rows: a list of keys is one parameter on every engine."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from schoolapp.domain.people import Person
from schoolapp.storage.journal import insert_rows
from schoolapp.storage.selecting import among, fetch, fetch_keys
from schoolapp.storage.store import DbSession, Store
from tests.storage import rows


def test_keys_are_one_parameter(store: Store, count_statements: Callable[..., Any]) -> None:
    """One key, none or 70,000 of them are asked for with the same statement."""
    key = store.change("Add", lambda s: rows.add(s, rows.person(name="Ana"))).value

    def names(session: DbSession, keys: list[int]) -> list[str]:
        query = sa.select(Person.display_name).where(among(session, Person.id, keys))
        return [name for (name,) in fetch(session, query)]

    with count_statements(store) as sent:
        found = [store.read(lambda s, k=k: names(s, k)) for k in ([], [key], [*range(70_000)])]
    assert found == [[], ["Ana"], ["Ana"]]
    assert len(set(sent)) == 1


def test_codes_are_one_parameter_too(store: Store) -> None:
    """A folder of 70,000 people is compared with the database in one statement."""
    store.change("Add", lambda s: rows.add(s, rows.person(name="Ana", code="it's")))
    codes = [*(f"P{n:05}" for n in range(70_000)), "it's"]
    query = store.read(
        lambda s: fetch(s, sa.select(Person.display_name).where(among(s, Person.code, codes)))
    )
    assert [name for (name,) in query] == ["Ana"]


def test_keys_in_order(store: Store) -> None:
    """Keys come in the order that the statement asks for."""
    people = [rows.person(name=name) for name in ("Ben", "Ana")]
    for person in people:
        store.change("Add", lambda s, p=person: rows.add(s, p))
    query = sa.select(Person.id).order_by(Person.display_name)
    assert store.read(lambda s: fetch_keys(s, query)) == [people[1].id, people[0].id]


def test_a_bulk_key_never_comes_back(store: Store) -> None:
    """Rows inserted in bulk get new keys, also after the newest were removed, and so do others."""

    def fill(session: DbSession, *names: str) -> list[int]:
        made = [rows.person(name=name, languages=()) for name in names]
        values = [
            {
                column.name: getattr(person, column.name)
                for column in Person.__table__.columns
                if column.name not in ("id", "version")
            }
            for person in made
        ]
        return insert_rows(session, Person, values)

    first = store.change("Fill", lambda s: fill(s, "Ana", "Ben")).value
    store.undo()
    second = store.change("Fill", lambda s: fill(s, "Cem")).value
    alone = store.change("Add", lambda s: rows.add(s, rows.person(name="Dia"))).value
    assert max(first) < second[0] < alone
