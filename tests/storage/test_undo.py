"""Tests of undo and redo."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from schoolapp.domain.gatherings import Gathering, Room
from schoolapp.domain.people import Person, PersonLanguage
from schoolapp.storage.journal import insert_rows
from schoolapp.storage.store import ChangedElsewhere, DbSession, NothingToUndo, Store, checked_out
from schoolapp.storage.tables import journal_change, journal_step
from schoolapp.storage.troubles import HasLeft, StepIsFinal
from schoolapp.storage.undo import ConflictingChange
from tests.counting import calls_of
from tests.databases import contents
from tests.storage import rows


def add_person(store: Store, name: str = "Ana Pérez", **fields: Any) -> int:
    """A person in the database; answers the key."""
    made = rows.person(name=name, **fields)
    return int(store.change(f"Add {name}", lambda s: rows.add(s, made)).value)


def rename(key: int, name: str) -> Callable[[DbSession], None]:
    """An operation that gives a person another name."""

    def operation(s: DbSession) -> None:
        s.get_one(Person, key).display_name = name

    return operation


def remove(entity: type[Any], key: int) -> Callable[[DbSession], None]:
    """An operation that removes an entity with all that is part of it."""
    return lambda s: s.delete(s.get_one(entity, key))


def names(store: Store) -> list[str]:
    """The names of all people, by key."""
    query = sa.select(Person.display_name).order_by(Person.id)
    return store.read(lambda s: list(s.scalars(query)))


def version(store: Store, key: int) -> int:
    """The version of a person."""
    return store.read(lambda s: s.get_one(Person, key).version)


def test_undo_and_redo_walk_the_steps(store: Store) -> None:
    """Undo goes back step by step, redo forward, and each says which step it was."""
    key = add_person(store)
    store.change("Call her Anna", rename(key, "Anna"))
    assert store.next_titles() == ("Call her Anna", None)
    assert store.undo().value == "Call her Anna"
    assert names(store) == ["Ana Pérez"]
    assert store.next_titles() == ("Add Ana Pérez", "Call her Anna")
    assert store.undo().touched == {"person", "person_language"}
    assert names(store) == []
    assert [store.redo().value, store.redo().value] == ["Add Ana Pérez", "Call her Anna"]
    assert names(store) == ["Anna"]
    assert store.next_titles() == ("Call her Anna", None)
    store.undo()
    assert names(store) == ["Ana Pérez"]


def recorded(store: Store) -> tuple[str, int | None, dict[str, str], dict[str, str]]:
    """Kind and ``undoes`` of the newest step, and what its one change holds before and after."""
    step, change = journal_step.c, journal_change.c
    query = (
        sa.select(step.kind, step.undoes, change.before, change.after)
        .join(journal_change, change.step_id == step.id)
        .order_by(change.id.desc())
        .limit(1)
    )
    return store.read(lambda s: tuple(s.execute(query).one()))


def test_the_example_of_the_module_holds(store: Store) -> None:
    """A room is renamed, undone and redone as the journal and undo describe it."""
    school = rows.gathering(rooms=0)
    hall = Room(code="hall", name="Hall", position=0)
    school.rooms.append(hall)
    store.change("Add a school", lambda s: rows.add(s, school))
    key = hall.id

    def call(name: str) -> Callable[[DbSession], None]:
        return lambda s: setattr(s.get_one(Room, key), "name", name)

    first = store.change("Rename the hall", call("Great hall")).step_id
    assert first is not None
    assert recorded(store) == ("do", None, {"name": "Hall"}, {"name": "Great hall"})
    undone = store.undo().step_id
    assert recorded(store) == ("undo", first, {"name": "Great hall"}, {"name": "Hall"})
    store.redo()
    assert recorded(store) == ("redo", undone, {"name": "Hall"}, {"name": "Great hall"})
    newest = store.change("Rename it", call("Theatre")).step_id
    assert newest is not None
    store.change("Rename it again", call("Aula"))
    with pytest.raises(ConflictingChange) as refused:
        store.undo(newest)
    assert refused.value.place == ("room", (key,))


def test_a_row_that_a_step_made_and_changed_comes_back(store: Store) -> None:
    """A row that one step adds and then changes is undone and redone, versioned or not."""

    def add_and_change(s: DbSession) -> None:
        person = rows.person(languages=(("fr", "B1"),))
        rows.add(s, person)
        person.languages[0].level, person.display_name = "C2", "Ana María"

    store.change("Add Ana", add_and_change)
    levels = sa.select(PersonLanguage.level)
    for _ in range(2):
        store.undo()
        assert names(store) == []
        store.redo()
        assert names(store) == ["Ana María"]
        assert store.read(lambda s: list(s.scalars(levels))) == ["C2"]


def test_a_column_that_began_empty_and_was_filled_in_the_same_step(store: Store) -> None:
    """What a step adds without a value and fills after that is undone and redone with it."""

    def add_and_fill(s: DbSession) -> None:
        person = rows.person()
        rows.add(s, person)
        person.phone = "+63 2 5550 0000"

    start = contents(store)
    store.change("Add Ana", add_and_fill)
    end = contents(store)
    for _ in range(2):
        store.undo()
        assert contents(store) == start
        store.redo()
        assert contents(store) == end


def test_a_version_only_rises_in_what_one_step_made_and_removed(store: Store) -> None:
    """Undo puts the row back, restores it and removes it: each with a higher version than before.

    A row that redo made from a lower one would pass for the draft of a desk that is out of date.
    """

    def make_change_and_remove(s: DbSession) -> None:
        person = rows.person()
        rows.add(s, person)
        person.display_name = "Ana María"
        s.flush()
        s.delete(person)

    store.change("Add Ana and remove her", make_change_and_remove)
    last = sa.select(journal_change.c.kind, journal_change.c.before).order_by(
        journal_change.c.id.desc()
    )
    kind, before = store.read(lambda s: s.execute(last).first())
    assert (kind, before["version"]) == ("delete", 2)
    store.undo()
    kind, before = store.read(lambda s: s.execute(last).first())
    assert (kind, before["version"]) == ("delete", 4)


def test_the_first_column_is_restored_where_parts_changed_too(store: Store) -> None:
    """A whole that is changed itself, and in its parts, is undone in all of it."""
    key = add_person(store, languages=(("fr", "B1"),))
    before = contents(store)

    def change(s: DbSession) -> None:
        person = s.get_one(Person, key)
        french = person.languages[0]  # reading it later would save the first change alone
        person.uid, french.level = "another", "C2"

    store.change("Change all of it", change)
    store.undo()
    assert contents(store) == before


def test_nothing_left(store: Store) -> None:
    """Where there is nothing to undo or redo, a sentence says so."""
    with pytest.raises(NothingToUndo):
        store.undo()
    with pytest.raises(NothingToUndo):
        store.redo()


def test_new_change_ends_redo(store: Store) -> None:
    """After a new change what was undone before cannot be done again."""
    add_person(store)
    store.undo()
    add_person(store, "Ben")
    with pytest.raises(NothingToUndo):
        store.redo()


def test_only_own_steps(store: Store, second_desk: Store) -> None:
    """A desk's undo takes back its own steps, not the other desk's; a named step may be any."""
    add_person(store, "Ana")
    done = second_desk.change("Add Ben", lambda s: rows.add(s, rows.person(name="Ben")))
    assert store.undo().value == "Add Ana"
    assert names(store) == ["Ben"]
    store.undo(done.step_id)
    assert names(store) == []
    with pytest.raises(NothingToUndo):
        second_desk.undo()


def test_named_undo_of_an_undo_is_redo(store: Store) -> None:
    """Taking back an undo does again what was undone, and can itself be undone."""
    add_person(store)
    undone = store.undo()
    store.undo(undone.step_id)
    assert names(store) == ["Ana Pérez"]
    store.undo()
    assert names(store) == []


def test_final_step(store: Store) -> None:
    """What left the program cannot be undone by name, and undo steps over it."""
    add_person(store)
    number = store.note("Send 12 invitations")
    with pytest.raises(StepIsFinal):
        store.undo(number)
    assert store.undo().value == "Add Ana Pérez"


def test_final_change(store: Store) -> None:
    """A change that is marked final is not offered for undo."""
    key = add_person(store)
    store.change("Publish", rename(key, "Published"), final=True)
    assert store.next_titles() == ("Add Ana Pérez", None)


def test_what_a_final_step_refers_to_blocks_nothing(store: Store) -> None:
    """A session that was invited for stays: that is said once, and undo goes on before it."""
    add_person(store)
    key = store.change("Add school", lambda s: rows.add(s, rows.gathering(rooms=0))).value
    room = Room(gathering_id=key, code="R", name="R")
    store.change("Send", lambda s: rows.add(s, room), final=True)
    with pytest.raises(HasLeft, match="“Add school” cannot be undone any more"):
        store.undo()
    assert store.undo().value == "Add Ana Pérez"
    assert store.next_titles()[0] is None


def test_whose_place_a_final_step_took_blocks_nothing(store: Store) -> None:
    """What was removed stays away once its code has left the program with something else."""
    key = add_person(store, code="T1")
    store.change("Remove", remove(Person, key))
    ben = rows.person(name="Ben", code="T1")
    store.change("Send", lambda s: rows.add(s, ben), final=True)
    with pytest.raises(HasLeft, match="“Remove” cannot be undone any more"):
        store.undo()
    assert names(store) == ["Ben"]


def test_changed_since(store: Store, second_desk: Store) -> None:
    """A step whose row another desk has changed since is refused, and nothing is half undone."""
    key = add_person(store)

    def two(s: DbSession) -> None:
        rename(key, "Anna")(s)
        rows.add(s, rows.person(name="Ben"))

    store.change("Two things", two)
    second_desk.change("Call her Annie", rename(key, "Annie"))
    with pytest.raises(ConflictingChange):
        store.undo()
    assert names(store) == ["Annie", "Ben"]


def test_later_change_of_another_field(store: Store) -> None:
    """A step is undone although another field was changed since; that change stays."""
    key = add_person(store)
    done = store.change("Call her Anna", rename(key, "Anna"))

    def note(s: DbSession) -> None:
        s.get_one(Person, key).note = "vegan"

    store.change("Note", note)
    store.undo(done.step_id)
    assert names(store) == ["Ana Pérez"]
    assert store.read(lambda s: s.get_one(Person, key).note) == "vegan"


def test_row_is_gone(store: Store) -> None:
    """A change of a row that was removed since cannot be undone."""
    key = add_person(store)
    done = store.change("Call her Anna", rename(key, "Anna"))
    store.change("Remove", remove(Person, key))
    with pytest.raises(ConflictingChange):
        store.undo(done.step_id)


def test_insert_that_got_children(store: Store) -> None:
    """What something refers to since then cannot be removed."""
    done = store.change("Add school", lambda s: rows.add(s, rows.gathering(rooms=0)))
    key = done.value
    store.change("Add room", lambda s: rows.add(s, Room(gathering_id=key, code="R", name="R")))
    with pytest.raises(ConflictingChange):
        store.undo(done.step_id)


def test_place_is_taken(store: Store) -> None:
    """A removed row whose code another has taken since cannot be put back."""
    key = add_person(store, code="T1")
    done = store.change("Remove", remove(Person, key))
    add_person(store, "Ben", code="T1")
    with pytest.raises(ConflictingChange):
        store.undo(done.step_id)


def test_place_taken_inside_the_step(store: Store) -> None:
    """A step that removed a row and gave its code to another is undone in the right order."""
    key = store.change("Add school", lambda s: rows.add(s, rows.gathering(rooms=1))).value

    def replace(s: DbSession) -> None:
        at = s.get_one(Gathering, key)
        at.rooms.clear()
        s.flush()
        at.rooms.append(Room(code="R1", name="Attic"))
        s.flush()
        at.rooms[0].name = "Cellar"

    def room_names() -> list[str]:
        return store.read(lambda s: [room.name for room in s.get_one(Gathering, key).rooms])

    store.change("Replace room", replace)
    store.undo()
    assert room_names() == ["Room 1"]
    store.redo()
    assert room_names() == ["Cellar"]


def test_links_set_and_unset_in_one_step(store: Store) -> None:
    """A step that points a row elsewhere, removes and adds is undone in the right order."""
    old = add_person(store, "Old", languages=())
    key = add_person(store, "Ana", merged_into_id=old, languages=())

    def change(s: DbSession) -> None:
        ana = s.get_one(Person, key)
        ana.merged_into_id = None
        s.flush()
        s.delete(s.get_one(Person, old))
        s.flush()
        ana.merged_into_id = rows.add(s, rows.person(name="New", languages=()))
        s.flush()
        ana.note = "merged"

    store.change("Change", change)
    store.undo()
    assert names(store) == ["Old", "Ana"]
    assert store.read(lambda s: s.get_one(Person, key).merged_into_id) == old
    store.redo()
    assert sorted(names(store)) == ["Ana", "New"]


def test_keys_never_come_back(store: Store) -> None:
    """A new row never gets the key of a removed one, so undo cannot hit somebody else."""
    first = add_person(store, "Cem")
    step = store.next_titles()
    store.change("Remove Cem", remove(Person, first))
    second = add_person(store, "Cem")
    assert second > first
    assert step == ("Add Cem", None)
    store.undo()
    store.undo()
    assert names(store) == ["Cem"]


def test_version_rises(store: Store) -> None:
    """Undo and redo raise the version, so that an old draft never wins over what they did."""
    key = add_person(store)
    store.change("Call her Anna", rename(key, "Anna"))
    store.undo()
    assert version(store, key) == 3
    with pytest.raises(ChangedElsewhere):
        store.change("Old draft", lambda s: checked_out(s, Person, key, 1))


def test_version_of_a_row_put_back(store: Store) -> None:
    """A row that is put back has a version it never had before, also after a second round."""
    key = add_person(store)
    store.change("Call her Anna", rename(key, "Anna"))
    store.change("Remove", remove(Person, key))
    store.undo()
    assert version(store, key) == 3
    store.undo()
    store.undo()
    store.redo()
    assert version(store, key) == 5


def test_news_of_the_other_desk(store: Store, second_desk: Store) -> None:
    """A desk learns which tables another desk touched since it last asked."""
    before = store.news(0)
    assert (before.last, before.touched) == (0, frozenset())
    done = second_desk.change("Add", lambda s: rows.add(s, rows.person()))
    news = store.news(before.last)
    assert (news.last, news.touched) == (done.step_id, {"person", "person_language"})
    assert store.news(news.last).touched == frozenset()


def add_many(s: DbSession, many: int) -> None:
    """Add people, their languages included, on the bulk path."""
    made = [rows.person(name=f"Person {n}", languages=()) for n in range(many)]
    columns = [c for c in Person.__table__.columns if c.name not in ("id", "version")]
    values = [{c.name: getattr(who, c.name) for c in columns} for who in made]
    keys = insert_rows(s, Person, values)
    languages = [{"person_id": key, "lang": "en", "level": "B2", "position": 0} for key in keys]
    insert_rows(s, PersonLanguage, languages)


def test_big_step(store: Store, count_statements: Callable[..., Any]) -> None:
    """A step of thousands of rows is undone in few statements, not one a row."""
    store.change("Import", lambda s: add_many(s, 1000))
    with count_statements(store) as sent:
        store.undo()
    assert len(sent) < 25
    assert names(store) == []
    store.redo()
    assert len(names(store)) == 1000


def test_four_thousand_rows(file_store: Store) -> None:
    """Undoing a great import is less work than the import, and for each row as in a small one."""
    imported = calls_of(lambda: file_store.change("Import", lambda s: add_many(s, 2000)))
    undone = calls_of(file_store.undo)
    assert undone < imported
    file_store.change("Import", lambda s: add_many(s, 200))
    assert undone < 11 * calls_of(file_store.undo)


def test_part_without_a_version(store: Store) -> None:
    """A part of an entity has no version of its own; its change is undone like any other."""
    key = add_person(store)

    def level() -> str:
        return store.read(lambda s: s.get_one(Person, key).languages[0].level)

    def learn(s: DbSession) -> None:
        person = s.get_one(Person, key)
        person.languages[0].level = "C1"

    store.change("Learn", learn)
    store.undo()
    assert level() == "B2"
    store.redo()
    assert level() == "C1"
