"""Joining two persons when somebody says so, and noting for good that others are two."""

import datetime as dt
from typing import Any

import pytest

from schoolapp.domain.applications import Application
from schoolapp.domain.applications import ApplicationState as S
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.applications import move_application
from schoolapp.operations.people import editing
from schoolapp.operations.people.merging import alike_pairs, keep_apart, merge_people
from schoolapp.storage.store import DbSession, Store
from tests import builders as b
from tests.operations.applications.test_importing import everything

BORN = dt.date(1990, 5, 17)


@pytest.fixture
def pair(file_store: Store) -> tuple[int, int]:
    """Ayesha and Aisha: one person with two spellings, two addresses and two applications."""

    def fill(s: DbSession) -> tuple[int, int]:
        ayesha = b.person(s, name="Ayesha Mehsud", born=BORN, email="ayesha@example.org")
        aisha = b.person(
            s, name="Aisha Mehsud", born=BORN, email="aisha@example.org", country="PK",
            languages=(("ur", "C1"),),
        )  # fmt: skip
        school, camp = b.gathering(s), b.gathering(s)
        b.application(s, ayesha, school, state=S.ELIGIBLE)
        b.application(s, aisha, school)
        b.application(s, aisha, camp)
        return ayesha.id, aisha.id

    return file_store.change("Fill", fill).value


def join(store: Store, one: int, other: int) -> int:
    """Join two persons as they are now."""

    def work(s: Any) -> int:
        kept, gone = s.get_one(Person, one), s.get_one(Person, other)
        return merge_people(s, kept=(one, kept.version), gone=(other, gone.version))

    return store.change("Join", work).value


def test_E24_two_spellings_are_one_pair_with_reasons(
    file_store: Store, pair: tuple[int, int]
) -> None:
    """E24: similar name and the same birth date are proposed, never decided."""
    (found,) = file_store.read(alike_pairs)
    assert (found.one, found.other) == pair
    assert found.reasons == ("like_name", "same_birth_date")
    file_store.change("Two", lambda s: keep_apart(s, [pair]))
    assert file_store.read(alike_pairs) == []


def test_S05_joining_keeps_both_histories(file_store: Store, pair: tuple[int, int]) -> None:
    """S05: all that was the other's becomes the kept one's; one undo restores both."""
    before = everything(file_store)
    assert join(file_store, *pair) == pair[0]

    def look(s: Any) -> Any:
        kept, gone = s.get_one(Person, pair[0]), s.get_one(Person, pair[1])
        states = [(a.gathering_id, a.state) for a in s.query(Application).order_by(Application.id)]
        owners = {a.person_id for a in s.query(Application)}
        addresses = [a.address for a in kept.addresses]
        spoken = [known.lang for known in kept.languages]
        return gone.merged_into_id, kept.country, addresses, spoken, owners, states

    merged_into, country, addresses, spoken, owners, states = file_store.read(look)
    assert (merged_into, country, spoken) == (pair[0], "PK", ["en", "ur"])
    assert addresses == ["aisha@example.org"]
    assert owners == {pair[0]}
    assert [state for _at, state in states] == [S.ELIGIBLE, S.MERGED, S.SUBMITTED]
    view = editing.PeopleView()
    assert pair[1] not in file_store.read(lambda s: editing.people_ids(s, view))
    file_store.undo()
    assert everything(file_store) == before


def test_E25_a_shared_mailbox_makes_nobody_one(file_store: Store) -> None:
    """E25: two names with one address are not even proposed."""
    for name in ("Ana Ruiz", "Omar Haddad"):
        file_store.change(
            "Add", lambda s, name=name: b.person(s, name=name, email="desk@example.org").id
        )
    assert file_store.read(alike_pairs) == []


def test_two_places_in_one_gathering_are_not_joined(
    file_store: Store, pair: tuple[int, int]
) -> None:
    """A person with two places in one gathering gives one up first."""

    def take_part(s: Any) -> None:
        at = s.query(Gathering).first()
        for key in pair:
            b.participation(s, s.get_one(Person, key), at)

    file_store.change("Take part", take_part)
    with pytest.raises(RuleBroken, match="both take part"):
        join(file_store, *pair)


def test_two_decided_applications_are_not_joined(file_store: Store, pair: tuple[int, int]) -> None:
    """Two decisions about one person have to be settled by hand."""

    def decide(s: Any) -> None:
        at = s.query(Gathering).first()
        for one in s.query(Application).filter_by(gathering_id=at.id).all():
            steps = ("accept",) if one.state is S.ELIGIBLE else ("check_ok", "accept")
            for step in steps:
                move_application(s, application_id=one.id, step=step)

    file_store.change("Decide", decide)
    with pytest.raises(RuleBroken, match="are decided"):
        join(file_store, *pair)


def test_somebody_kept_apart_stays_apart_after_a_join(
    file_store: Store, pair: tuple[int, int]
) -> None:
    """What was said about the other one holds for the kept one."""
    third = file_store.change(
        "Third", lambda s: b.person(s, name="Ayesha Mehsood", born=BORN, email="a@example.org").id
    ).value
    file_store.change("Two", lambda s: keep_apart(s, [(pair[1], third)]))
    join(file_store, *pair)
    assert file_store.read(alike_pairs) == []
    with pytest.raises(RuleBroken, match="one person already"):
        join(file_store, *pair)
    version = file_store.read(lambda s: s.get_one(Person, third).version)
    file_store.change(
        "Remove", lambda s: editing.remove_person(s, person_id=third, version=version)
    )
