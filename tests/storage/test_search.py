"""Tests of finding people."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolapp.domain.people import Person
from schoolapp.domain.text import fold, words_of
from schoolapp.operations.people.editing import find_people
from schoolapp.storage.store import Store
from tests.databases import ENGINES, Databases
from tests.storage import rows

NAMES = [
    "Ana Pérez Ruiz", "Anaïs Müller", "Łukasz Żak", "Bjørn Øster", "عائشہ خان", "علي حسن",
    "José-María d'Alençon", "Nguyễn Thị Mai", "अमित कुमार", "O'Neil", "AND OR NOT", "i",
]  # fmt: skip


@pytest.fixture(scope="module", params=ENGINES)
def people(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Store]:
    """The same people on each engine."""
    place = databases.copy(request.param)
    store = place.open()
    made = [rows.person(name=n, code=f"P{i:04}", email=None) for i, n in enumerate(NAMES)]
    store.change("Fill", lambda s: rows.add(s, *made))
    yield store
    store.close()
    databases.remove(place)


def found(store: Store, text: str, limit: int = 50) -> list[str]:
    """The names of the people who match."""
    return [name for _key, name in store.read(lambda s: find_people(s, text, limit=limit))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ana", ["Anaïs Müller", "Ana Pérez Ruiz"][::-1]),
        ("a pé", ["Ana Pérez Ruiz"]),
        ("ruiz ana", ["Ana Pérez Ruiz"]),
        ("muller", ["Anaïs Müller"]),
        ("MÜL", ["Anaïs Müller"]),
        ("lukasz zak", ["Łukasz Żak"]),
        ("oster", ["Bjørn Øster"]),
        ("عايشه", ["عائشہ خان"]),
        ("علی", ["علي حسن"]),
        ("maria", ["José-María d'Alençon"]),
        ("josé-maría", ["José-María d'Alençon"]),
        ("अम", ["अमित कुमार"]),
        ("P0003", ["Bjørn Øster"]),
        ("érez", []),
        ("ana x", []),
    ],
)
def test_finds(people: Store, text: str, names: list[str]) -> None:
    """Every word typed begins a word of the person, in any order, script and spelling."""
    assert found(people, text) == names


def test_nothing_typed(people: Store) -> None:
    """Without a word all people are found, by name, up to the limit."""
    everybody = found(people, " -")
    assert everybody == sorted(NAMES, key=fold)
    assert found(people, "", 3) == everybody[:3]


@pytest.mark.parametrize(
    "text",
    ['"', "'", "a*", "ana OR jos", "NEAR(a b)", "a:b", "^ana", "a'':*|'b", "\x00", "a\\", "-"],
)
def test_nothing_is_syntax(people: Store, text: str) -> None:
    """What is typed is never read as an operator of a search language."""
    model = [n for n in sorted(NAMES, key=fold) if matches(n, text)]
    assert found(people, text) == model


def matches(name: str, text: str) -> bool:
    """What the search promises, in one line of Python."""
    own = words_of(f"{name} P{NAMES.index(name):04}")
    return all(any(word.startswith(typed) for word in own) for typed in words_of(text)[:8])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from(NAMES), st.integers(0, 6), st.integers(1, 8)).map(
            lambda cut: cut[0][cut[1] : cut[1] + cut[2]]
        ),
        max_size=3,
    ).map(" ".join)
)
def test_as_promised(people: Store, text: str) -> None:
    """Any piece of any name finds the same people as a comparison in Python, in the same order."""
    assert found(people, text) == [n for n in sorted(NAMES, key=fold) if matches(n, text)]


def test_index_follows_changes(store: Store) -> None:
    """A changed name is found by its new words only; undo, redo and removal are followed too."""
    made = rows.person(name="Ana", email=None)
    key = store.change("Add", lambda s: rows.add(s, made)).value

    def rename(s: object) -> None:
        person = s.get_one(Person, key)  # type: ignore[attr-defined]
        person.display_name = "Berta"
        person.index_names()

    store.change("Rename", rename)
    assert (found(store, "ana"), found(store, "ber")) == ([], ["Berta"])
    store.undo()
    assert (found(store, "ana"), found(store, "ber")) == (["Ana"], [])
    store.undo()
    assert found(store, "ana") == []
    store.redo()
    assert found(store, "ana") == ["Ana"]


def test_index_after_a_big_undo(store: Store) -> None:
    """When many people are removed at once the index is rebuilt, and holds those who stayed."""
    stays = rows.person(name="Stays")
    store.change("Add", lambda s: rows.add(s, stays))
    many = [rows.person(name="Goes", languages=()) for _ in range(250)]
    store.change("Many", lambda s: rows.add(s, *many))
    assert len(found(store, "goes", 500)) == 250
    store.undo()
    assert (found(store, "goes"), found(store, "stays")) == ([], ["Stays"])
