"""Tests of the journal: what is recorded, and that nothing bypasses it."""

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import configure_mappers

from schoolapp.domain.attendance import AttendanceMark, AttendanceState
from schoolapp.domain.base import Base
from schoolapp.domain.entities import MODULES, metadata
from schoolapp.domain.gatherings import Gathering, Room
from schoolapp.domain.people import Person, PersonLanguage
from schoolapp.storage.journal import actor_of, insert_rows
from schoolapp.storage.store import DbSession, Store
from schoolapp.storage.tables import journal_change, journal_step
from tests.storage import rows


def changes(store: Store, step_id: int | None) -> list[Any]:
    """The change rows of a step."""
    query = sa.select(journal_change).where(journal_change.c.step_id == step_id)
    return store.read(lambda s: list(s.execute(query.order_by(journal_change.c.id)).all()))


def steps(store: Store) -> list[Any]:
    """All steps."""
    return store.read(lambda s: list(s.execute(sa.select(journal_step)).all()))


def ana(store: Store, **fields: Any) -> int:
    """A person in the database; answers the key."""
    made = rows.person(name="Ana Pérez", **fields)
    return int(store.change("Add Ana Pérez", lambda s: rows.add(s, made)).value)


def test_step_names_who_when_what(store: Store, clock: dt.datetime) -> None:
    """A step has title, actor and time; a change row table, key, and values before and after."""
    key = ana(store, languages=(), born=dt.date(1999, 5, 1))

    def rename(s: DbSession) -> None:
        s.get_one(Person, key).display_name = "Ana Pérez Ruiz"

    done = store.change("Rename Ana", rename)
    first, second = steps(store)
    assert (first.title, first.actor, first.at, first.kind) == (
        "Add Ana Pérez",
        "desk",
        clock,
        "do",
    )
    assert changes(store, first.id)[0].after["born"] == "1999-05-01"
    (row,) = changes(store, done.step_id)
    assert (row.kind, row.table_name, row.key) == ("update", "person", {"id": key})
    assert row.before == {"display_name": "Ana Pérez"}
    assert row.after == {"display_name": "Ana Pérez Ruiz"}
    assert second.id == done.step_id
    assert done.touched == {"person"}


def test_no_change_no_step(store: Store) -> None:
    """What changes nothing leaves no step, also when a value is set to what it was."""
    key = ana(store)

    def same(s: DbSession) -> None:
        s.get_one(Person, key).display_name = "Ana Pérez"

    done = store.change("Nothing", same)
    assert (done.step_id, done.touched, len(steps(store))) == (None, frozenset(), 1)


def test_error_leaves_nothing(store: Store) -> None:
    """An operation that fails leaves neither data nor step."""

    def fails(s: DbSession) -> None:
        rows.add(s, rows.person())
        raise LookupError

    with pytest.raises(LookupError):
        store.change("Fails", fails)
    assert steps(store) == []
    assert store.read(lambda s: s.scalars(sa.select(Person)).all()) == []


def test_note_is_a_final_step(store: Store) -> None:
    """What changes no row, such as an export, is a step of its own that cannot be undone."""
    number = store.note("Export the list of participants")
    (step,) = steps(store)
    assert (step.id, step.final, changes(store, number)) == (number, True, [])


def test_actor_is_known_inside(store: Store) -> None:
    """An operation can ask whose name it runs under."""
    assert store.change("Who", actor_of).value == "desk"


def test_expired_value_is_not_false(store: Store) -> None:
    """A value that is overwritten before it was loaded is recorded as it was, not as None."""
    key = ana(store)

    def overwrite(s: DbSession) -> None:
        person = s.get_one(Person, key)
        s.expire(person)
        person.display_name = "Anna"

    (row,) = changes(store, store.change("Rename", overwrite).step_id)
    assert row.before["display_name"] == "Ana Pérez"


def test_orphan_is_recorded(store: Store) -> None:
    """What falls out of a collection is recorded as removed; its owner got a new version."""
    key = ana(store, languages=(("es", "native"), ("en", "B1")))

    def forget(s: DbSession) -> None:
        person = s.get_one(Person, key)
        del person.languages[0]

    removed = changes(store, store.change("Forget", forget).step_id)
    assert [(row.kind, row.table_name) for row in removed] == [
        ("update", "person"),
        ("delete", "person_language"),
    ]
    assert removed[0].after == {}
    assert removed[1].before["lang"] == "es"


def test_children_are_recorded(store: Store) -> None:
    """Removing a parent records each child, children first."""
    key = store.change("Add", lambda s: rows.add(s, rows.gathering(rooms=2))).value
    done = store.change("Remove", lambda s: s.delete(s.get_one(Gathering, key)))
    found = changes(store, done.step_id)
    assert [row.table_name for row in found] == ["room", "room", "gathering"]


@pytest.mark.parametrize(
    "statement",
    [
        sa.update(Person).values(note="x"),
        sa.delete(Person),
        sa.insert(PersonLanguage).values(person_id=1, lang="x", level="y", position=0),
    ],
    ids=["update", "delete", "insert"],
)
def test_bulk_is_refused(file_store: Store, statement: sa.Executable) -> None:
    """A bulk statement would bypass the journal and the versions."""
    ana(file_store)
    with pytest.raises(RuntimeError, match="bulk"):
        file_store.change("Bulk", lambda s: s.execute(statement))


def test_primary_key_never_changes(file_store: Store) -> None:
    """A change of key could not be followed by history and undo."""
    key = ana(file_store, languages=())

    def move(s: DbSession) -> None:
        s.get_one(Person, key).id = key + 1

    with pytest.raises(RuntimeError, match="primary key"):
        file_store.change("Move", move)


def test_same_key_in_one_flush(store: Store) -> None:
    """A mark that is replaced by one with its key is recorded as removed and made again."""

    def fill(s: DbSession) -> tuple[int, int]:
        at, who = rows.gathering(), rows.person()
        rows.add(s, at, who)
        place, slot = rows.participation(who, at), rows.session(at)
        rows.add(s, place, slot)
        present = AttendanceState.PRESENT
        s.add(AttendanceMark(session_id=slot.id, participation_id=place.id, status=present))
        s.flush()
        return slot.id, place.id

    slot, place = store.change("Fill", fill).value

    def replace(s: DbSession) -> None:
        s.delete(s.get_one(AttendanceMark, (slot, place)))
        s.add(
            AttendanceMark(
                session_id=slot, participation_id=place, status=AttendanceState.ABSENT, minutes=3
            )
        )

    def status() -> AttendanceState:
        return store.read(lambda s: s.get_one(AttendanceMark, (slot, place)).status)

    found = changes(store, store.change("Replace", replace).step_id)
    assert [(row.kind, (row.before or row.after)["status"]) for row in found] == [
        ("delete", "present"),
        ("insert", "absent"),
    ]
    store.undo()
    assert status() is AttendanceState.PRESENT
    store.redo()
    assert status() is AttendanceState.ABSENT


def test_savepoint_rolled_back(store: Store) -> None:
    """What a savepoint took back is not in the journal; what came after it is."""

    def partly(s: DbSession) -> None:
        outer = s.begin_nested()
        inner = s.begin_nested()
        rows.add(s, rows.person(name="Gone", languages=()))
        inner.commit()
        outer.rollback()
        rows.add(s, rows.person(name="Kept", languages=()))
        with s.begin_nested() as after:
            rows.add(s, rows.person(name="Gone too", languages=()))
            after.rollback()

    done = store.change("Partly", partly)
    (row,) = changes(store, done.step_id)
    assert row.after["display_name"] == "Kept"
    assert len(steps(store)) == 1


def test_bulk_rows(store: Store) -> None:
    """The bulk path records each row as if it had been added alone, and undoes with the rest."""

    def fill(s: DbSession) -> list[int]:
        at = rows.gathering(rooms=0)
        s.add(at)
        s.flush()
        made = [
            {"gathering_id": at.id, "code": f"B{n}", "name": "", "booths": 0, "position": n}
            for n in range(3)
        ]
        assert insert_rows(s, Room, []) == []
        return insert_rows(s, Room, made)

    done = store.change("Rooms", fill)
    codes = {key: store.read(lambda s, key=key: s.get_one(Room, key).code) for key in done.value}
    assert list(codes.values()) == ["B0", "B1", "B2"]
    added = [row for row in changes(store, done.step_id) if row.table_name == "room"]
    assert [row.key["id"] for row in added] == done.value
    assert added[0].after["version"] == 1
    assert added[0].after["seats"] is None
    store.undo()
    assert store.read(lambda s: s.scalars(sa.select(Room)).all()) == []


def test_bulk_rows_on_natural_key(store: Store) -> None:
    """Marks have no number of their own; what they refer to is flushed first."""

    def fill(s: DbSession) -> list[int]:
        at, who = rows.gathering(), rows.person()
        rows.add(s, at, who)
        place, slot = rows.participation(who, at), rows.session(at)
        rows.add(s, place, slot)
        state = AttendanceState.PRESENT
        row = {"session_id": slot.id, "participation_id": place.id, "status": state}
        return insert_rows(s, AttendanceMark, [row | {"minutes": 0, "method": "desk"}])

    done = store.change("Marks", fill)
    assert done.value == []
    assert "attendance_mark" in done.touched
    store.undo()
    assert store.read(lambda s: s.scalars(sa.select(AttendanceMark)).all()) == []


def test_nothing_cascades_in_the_database() -> None:
    """A cascade of the database, or a link table without a class, would bypass the journal."""
    configure_mappers()
    assert len(MODULES) > 10
    keys = [key for table in metadata.tables.values() for key in table.foreign_keys]
    assert len(keys) > 50
    assert [key for key in keys if key.ondelete or key.onupdate] == []
    for mapper in Base.registry.mappers:
        assert mapper.inherits is None, f"{mapper} has its columns in two tables"
        for relationship in mapper.relationships:
            assert relationship.secondary is None, relationship
            assert not relationship.passive_deletes, relationship


def test_every_column_remembers_its_old_value() -> None:
    """All mapped columns are ``active_history``: a wrong old value is impossible."""
    for mapper in Base.registry.mappers:
        for attribute in mapper.column_attrs:
            implementation = getattr(mapper.class_, attribute.key).impl
            assert implementation.active_history, f"{mapper.class_.__name__}.{attribute.key}"
