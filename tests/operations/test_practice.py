"""The practice schools in a database: loaded once, read back whole, one step to undo."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import func, select

from schoolapp.domain.entities import metadata
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.packages.reading import read
from schoolapp.exchange.packages.writing import texts
from schoolapp.operations import practice
from schoolapp.operations.practice import Loaded
from schoolapp.storage.engine import make_engine
from schoolapp.storage.store import Done, Store
from tests import packages
from tests.databases import Databases
from tests.packages import EVENTS, Files


def load(store: Store, folder: Path) -> Done[Loaded]:
    found = read(folder)
    return store.change("Load the practice schools", lambda s: practice.load(s, found))


def out(store: Store) -> Files:
    return store.read(lambda session: texts(practice.export(session)))


def rows(store: Store) -> dict[str, int]:
    """How many rows each table of the domain has, of those that have any."""

    def count(session: Any) -> dict[str, int]:
        counts = {
            table.name: session.scalar(select(func.count()).select_from(table))
            for table in metadata.sorted_tables
            if not table.name.startswith(("journal_", "alembic"))
        }
        return {name: number for name, number in counts.items() if number}

    return store.read(count)


def test_the_practice_packages_round_trip_through_the_database(practice_store: Store) -> None:
    """What was loaded is exported equal, on every engine; a second load is no step at all."""
    assert packages.canonical(out(practice_store)) == packages.canonical(packages.shipped())
    there = rows(practice_store)
    assert [there[name] for name in ("person", "edition", "gift", "gathering")] == [520, 116, 65, 4]
    again = load(practice_store, EVENTS)
    assert (again.value, again.step_id) == (Loaded(0, 0, 0, 0), None)


def test_loading_is_one_step_that_can_be_undone(file_store: Store, tmp_path: Path) -> None:
    """Undo leaves what a new database begins with, its centres; redo restores everything."""
    files = packages.shipped("eco_isb2027_islamabad.json")
    done = load(file_store, packages.put(files, tmp_path))
    people = len(json.loads(files["people.json"]))
    assert done.value == Loaded(people=people, editions=116, gifts=0, gatherings=1)
    assert rows(file_store)["session"] == 16
    file_store.undo()
    assert rows(file_store) == {"centre": 3}
    file_store.redo()
    assert packages.canonical(out(file_store)) == packages.canonical(files)


def test_export_takes_the_same_statements_for_one_and_for_four(
    file_store: Store, practice_file: Path, count_statements: Any, tmp_path: Path
) -> None:
    """The number of statements does not grow with the data."""
    load(file_store, packages.put(packages.shipped("gjs2027_amsterdam.json"), tmp_path))
    four = Store(make_engine(practice_file))
    counts = []
    for store in (file_store, four):
        with count_statements(store) as sent:
            out(store)
        counts.append(len(sent))
    four.close()
    assert max(counts) <= 68


def test_a_folder_completes_a_database_that_knows_a_part_of_it(
    file_store: Store, tmp_path: Path
) -> None:
    """New gatherings and gifts are linked to the persons, works and editions that are there."""
    everything = packages.shipped()
    first = packages.shipped("eco2027_manila.json")
    load(file_store, packages.put(first, tmp_path))
    done = load(file_store, EVENTS)
    known = len(json.loads(first["people.json"]))
    assert done.value == Loaded(people=520 - known, editions=0, gifts=65, gatherings=3)
    exported = packages.canonical(out(file_store))
    # the table of a gathering that was there already is left alone
    del everything["eco2027_attendance.csv"]
    assert exported == packages.canonical(everything)


def test_what_is_there_is_left_alone(file_store: Store, tmp_path: Path) -> None:
    """A gathering, a person or an edition that changed in the folder changes nothing here."""
    files = packages.shipped("eco_isb2027_islamabad.json")
    load(file_store, packages.put(files, tmp_path))
    before = out(file_store)
    for name, old, new in (
        ("eco_isb2027_islamabad.json", '"capacity": 24', '"capacity": 99'),
        ("people.json", '"display_name": "', '"display_name": "X '),
        ("readings.json", '"work": "manifesto"', '"work": "another"'),
    ):
        assert old in files[name]
        files[name] = files[name].replace(old, new)
    files["readings.json"] = files["readings.json"].replace('"id": "R001"', '"id": "R900"')
    done = load(file_store, packages.put(files, tmp_path))
    assert done.value == Loaded(people=0, editions=1, gifts=0, gatherings=0)
    after = out(file_store)
    assert {n: t for n, t in after.items() if n != "readings.json"} == {
        n: t for n, t in before.items() if n != "readings.json"
    }
    added = {e["id"]: e["work"] for e in json.loads(after["readings.json"])}
    assert (added["R900"], added["R002"]) == ("another", "manifesto")


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("people.json", '"uuid": "', '"uuid": "00000000', r"P\d+ is another person in this"),
        ("people.json", '"id": "P0', '"id": "P8', r"P\d+ is another person in this"),
        ("eco_isb2027_islamabad.json", '"id": "eco-isb-2027"', '"id": "other"',
         r"The session eco-isb-2027-s001@schoolapp\.example belongs to another gathering"),
    ],
)  # fmt: skip
def test_a_code_or_uid_in_use_is_refused_whole(
    name: str, old: str, new: str, sentence: str, file_store: Store, tmp_path: Path
) -> None:
    """Nobody is mistaken for somebody else; nothing is loaded then."""
    files = packages.shipped("eco_isb2027_islamabad.json")
    load(file_store, packages.put(files, tmp_path))
    before = rows(file_store)
    if new.endswith("0"):
        people = json.loads(files[name])
        files[name] = json.dumps([p | {"uuid": "00000000" + p["uuid"][8:]} for p in people])
    else:
        files = {n: text.replace(old, new).replace('"P0', '"P8') if name == "people.json"
                 else text.replace(old, new) for n, text in files.items()}  # fmt: skip
    with pytest.raises(RuleBroken, match=sentence):
        load(file_store, packages.put(files, tmp_path))
    assert rows(file_store) == before


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(files=packages.folders())
def test_any_package_round_trips_through_the_database(
    files: Files, databases: Databases, tmp_path_factory: pytest.TempPathFactory, engine_name: str
) -> None:
    """Other people, dates and sizes; optional keys missing, null or empty; on every engine."""
    place = databases.copy(engine_name)
    store = place.open()
    try:
        folder = packages.put(files, tmp_path_factory.mktemp("packages"))
        load(store, folder)
        assert packages.canonical(out(store)) == packages.canonical(files)
        assert load(store, folder).step_id is None
    finally:
        store.close()
        databases.remove(place)
