"""Tests of the contract that every engine keeps."""

from schoolapp.domain.people import Person
from schoolapp.storage.store import Store
from tests.storage import rows


def test_what_was_changed_is_read(store: Store) -> None:
    """What a change saved is what a read finds, on every engine."""
    done = store.change("Add Ana", lambda s: rows.add(s, rows.person(name="Ana Pérez")))
    assert store.read(lambda s: s.get_one(Person, done.value).display_name) == "Ana Pérez"


def test_full_school(store: Store) -> None:
    """Every builder makes what the database takes."""

    def fill(s: object) -> None:
        at = rows.gathering(modules=3)
        who = rows.person()
        rows.add(s, at, who)
        rows.add(
            s,
            rows.participation(who, at, modules=tuple(at.modules)),
            rows.session(at, speakers=(who,), room_id=at.rooms[0].id),
            rows.application(who, at),
        )

    done = store.change("Fill", fill)
    assert {"stay", "session", "speaker", "application", "module_attended"} <= done.touched
    store.undo()
