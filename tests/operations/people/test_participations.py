"""Participations: adding a person, stays, modules and fee, taking the person out again."""

import dataclasses
import datetime as dt

import pytest

from schoolapp.domain.applications import ApplicationState
from schoolapp.domain.attendance import AttendanceState
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.money import Money
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.people import participations
from schoolapp.operations.people.participations import ParticipationDraft
from schoolapp.storage.store import ChangedElsewhere, Store
from tests import builders as b

NINE = dt.datetime.combine(dt.date(2027, 10, 23), dt.time(9))


def fill(store: Store) -> tuple[int, int]:
    """A school with three modules and a price, and one person: their keys."""

    def make(session):  # type: ignore[no-untyped-def]
        at = b.gathering(session, modules=3, prices=(("B", Money.of("300", "EUR")),))
        who = b.person(session, name="Ana", fee_band="B", mother_tongue="fr")
        return at.id, who.id

    return store.change("Fill", make).value


def take_in(store: Store, gathering_id: int, person_id: int) -> ParticipationDraft:
    key = store.change(
        "Add",
        lambda s: participations.add_participant(s, gathering_id=gathering_id, person_id=person_id),
    ).value
    return read(store, key)


def read(store: Store, key: int) -> ParticipationDraft:
    return store.read(lambda s: participations.draft_of(s, participation_id=key))


def save(store: Store, draft: ParticipationDraft) -> int | None:
    return store.change("Edit", lambda s: participations.save_participation(s, draft=draft)).step_id


def fee(store: Store, key: int) -> Money | None:
    return store.read(lambda s: s.get(participations.Participation, key).fee)


def test_a_participant_comes_for_the_whole_gathering(store: Store) -> None:
    """Stay, modules, fee of the band and language group are there at once; undo removes them."""
    gathering_id, person_id = fill(store)
    draft = take_in(store, gathering_id, person_id)
    ((arrival, departure),) = draft.stays
    assert (arrival.date(), departure.date()) == (dt.date(2027, 10, 23), dt.date(2027, 11, 12))
    assert len(draft.modules) == 3
    assert draft.language_group == "fr"
    assert fee(store, draft.id) == Money.of("300", "EUR")
    with pytest.raises(RuleBroken, match="Ana takes part"):
        take_in(store, gathering_id, person_id)
    store.undo()
    found = store.read(
        lambda s: participations.participation_id(s, gathering_id=gathering_id, person_id=person_id)
    )
    assert found is None


def test_stays_and_needs_are_saved_as_one_step(store: Store) -> None:
    """Two stays in the order of their times; an old version is refused; nothing new, no step."""
    draft = take_in(store, *fill(store))
    assert save(store, draft) is None
    stays = (
        (NINE + dt.timedelta(days=10), NINE + dt.timedelta(days=12)),
        (NINE, NINE + dt.timedelta(days=3)),
    )
    assert save(store, dataclasses.replace(draft, stays=stays, diet="vegan")) is not None
    again = read(store, draft.id)
    assert (again.stays, again.diet) == (tuple(sorted(stays)), "vegan")
    with pytest.raises(ChangedElsewhere):
        save(store, dataclasses.replace(draft, diet="halal"))
    store.undo()
    assert read(store, draft.id).stays == draft.stays


def test_the_fee_follows_the_modules_unless_it_was_agreed_otherwise(store: Store) -> None:
    """One of three modules costs a third; a fee that is not the usual one stays (S09)."""
    draft = take_in(store, *fill(store))
    save(store, dataclasses.replace(draft, modules=draft.modules[:1]))
    assert fee(store, draft.id) == Money.of("100", "EUR")

    def agree(session):  # type: ignore[no-untyped-def]
        place = session.get(participations.Participation, draft.id)
        b.set_fee(session, place, Money.of("20", "EUR"))

    store.change("Agree", agree)
    again = read(store, draft.id)
    save(store, dataclasses.replace(again, modules=draft.modules[1:]))
    assert read(store, draft.id).modules == draft.modules[1:]
    assert fee(store, draft.id) == Money.of("20", "EUR")


@pytest.mark.parametrize(
    "stays",
    [
        (),
        ((NINE, NINE),),
        ((NINE, NINE - dt.timedelta(days=1)),),
        (
            (NINE, NINE + dt.timedelta(days=3)),
            (NINE + dt.timedelta(days=2), NINE + dt.timedelta(days=5)),
        ),
    ],
)
def test_stays_have_a_sentence_when_they_are_wrong(
    file_store: Store, stays: tuple[tuple[dt.datetime, dt.datetime], ...]
) -> None:
    """None, one that ends before it begins, two that overlap: saving refuses them."""
    draft = dataclasses.replace(take_in(file_store, *fill(file_store)), stays=stays)
    assert list(participations.check(draft)) == ["stays"]
    with pytest.raises(RuleBroken):
        save(file_store, draft)


def test_a_participant_goes_unless_something_hangs_on_it(store: Store) -> None:
    """An application with a place, or presence in a register, keeps the participation."""
    gathering_id, person_id = fill(store)
    draft = take_in(store, gathering_id, person_id)

    def remove() -> None:
        version = read(store, draft.id).version
        store.change(
            "Remove",
            lambda s: participations.remove_participation(
                s, participation_id=draft.id, version=version
            ),
        )

    remove()
    store.undo()

    def apply(session):  # type: ignore[no-untyped-def]
        at, who = session.get(Gathering, gathering_id), session.get(Person, person_id)
        b.application(session, who, at, state=ApplicationState.ACCEPTED)

    store.change("Apply", apply)
    with pytest.raises(RuleBroken, match="by an application"):
        remove()
    store.undo()

    def note(session):  # type: ignore[no-untyped-def]
        slot = b.session(session, session.get(Gathering, gathering_id))
        place = session.get(participations.Participation, draft.id)
        b.mark(session, slot, place, AttendanceState.PRESENT)

    store.change("Note", note)
    with pytest.raises(RuleBroken, match="Presence was noted"):
        remove()


def test_the_form_is_offered_what_the_gathering_has(store: Store, count_statements) -> None:  # type: ignore[no-untyped-def]
    """Modules in their order and the working languages; two statements."""
    gathering_id, _person = fill(store)
    with count_statements(store) as sent:
        offered = store.read(lambda s: participations.offers(s, gathering_id=gathering_id))
    assert len(sent) == 2
    assert [title for _key, title in offered.modules] == ["Module 1", "Module 2", "Module 3"]
    assert (offered.languages, offered.delegations) == (("en", "fr"), ())
