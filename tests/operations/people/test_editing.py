"""People: the table, the picker, drafts, and which people may be removed."""

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolapp.base import clock as program_clock
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.people import DRAFT_FIELDS, NameOrder, Person, PersonDraft
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.text import fold
from schoolapp.domain.working import EngagementDraft
from schoolapp.operations import gatherings
from schoolapp.operations.people import editing
from schoolapp.operations.people.editing import PeopleView
from schoolapp.operations.people.engagements import save_engagement
from schoolapp.storage.store import ChangedElsewhere, DbSession, Store
from tests import builders as b


def add(store: Store, name: str, **fields: object) -> int:
    draft = PersonDraft(display_name=name, **fields)  # type: ignore[arg-type]
    return store.change("Add", lambda session: editing.save_person(session, draft=draft)).value


def names(store: Store, view: PeopleView) -> list[str]:
    def query(session):  # type: ignore[no-untyped-def]
        ids = editing.people_ids(session, view)
        rows = editing.people_rows(session, ids)
        return [rows[key].name for key in ids]

    return store.read(query)


def test_people_are_sorted_by_their_family_name(store: Store) -> None:
    """People are listed under their family name, without one under the whole name (E22)."""
    add(store, "Ana Zapata", given="Ana", family="Zapata")
    add(store, "Suryani", name_order=NameOrder.ONE_WORD)
    add(store, "Øystein Åberg", given="Øystein", family="Åberg")
    assert names(store, PeopleView()) == ["Øystein Åberg", "Suryani", "Ana Zapata"]
    assert names(store, PeopleView(descending=True))[0] == "Ana Zapata"


@pytest.mark.parametrize(
    "typed", ["muller", "MÜLLER", "mul", "m", "julia mul", "جولیا", "julia@", "P0001"]
)
def test_search_finds_a_person_by_the_beginning_of_any_name(store: Store, typed: str) -> None:
    """Accents, case, script and order of the words do not matter; addresses and codes count."""
    key = add(store, "Julia Müller", native_name="جوليا", email="julia@example.org")
    add(store, "Somebody Else")
    if typed == "m":
        add(store, "Mona Else")
    found = store.read(lambda session: editing.find_people(session, typed))
    assert (key, "Julia Müller") in found
    assert len(found) == (2 if typed == "m" else 1)


@pytest.mark.parametrize("typed", ['"', "'", "*", "a' OR 1=1 --", "NEAR(", "&|!", "\\", "-", "%"])
def test_search_takes_any_characters_as_text(store: Store, typed: str) -> None:
    """Nothing that is typed is read as a query language."""
    add(store, "Julia Müller")
    assert store.read(lambda session: editing.find_people(session, typed)) is not None


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(st.characters(categories=["L", "N", "Mn", "Zs"]), max_size=20))
def test_a_name_is_found_by_itself(file_store: Store, name: str) -> None:
    """Whatever letters a name is made of, typing its first word finds it."""
    if not fold(name):
        return
    key = add(file_store, name)
    found = file_store.read(lambda s: editing.find_people(s, name.split()[0], limit=1000))
    assert key in [k for k, _name in found]


def test_rows_of_a_table_take_three_statements(
    store: Store, count_statements: Callable[..., object]
) -> None:
    """A page of people takes at most three statements."""
    for n in range(30):
        add(store, f"Person {n}", mother_tongue="ur", languages=(("en", "B2"), ("ur", "native")))
    ids = store.read(lambda session: editing.people_ids(session, PeopleView()))
    with count_statements(store) as sent:  # type: ignore[attr-defined]
        rows = store.read(lambda session: editing.people_rows(session, ids, gathering_id=1))
    assert len(sent) <= 3
    assert {row.languages for row in rows.values()} == {("ur", "en")}


def test_a_draft_comes_back_as_it_was_saved(store: Store) -> None:
    """All fields of the form are kept, and saving again unchanged is no step."""
    key = add(
        store,
        "Hamza Mehsud",
        given="Hamza",
        family="Mehsud",
        native_name="حمزہ محسود",
        born=dt.date(1990, 2, 3),
        country="PK",
        languages=(("ur", "native"), ("en", "C1")),
        phone="+92 300 0000000",
    )
    draft = store.read(lambda session: editing.draft_of(session, person_id=key))
    assert (draft.version, draft.languages[1]) == (1, ("en", "C1"))

    def save(edited: PersonDraft) -> int | None:
        return store.change("Edit", lambda s: editing.save_person(s, draft=edited)).step_id

    assert save(draft) is None
    assert save(dataclasses.replace(draft, languages=(("en", "C2"),))) is not None
    with pytest.raises(ChangedElsewhere):
        save(dataclasses.replace(draft, display_name="Other"))


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (PersonDraft(display_name="  "), "display_name"),
        (PersonDraft(display_name="A", born=dt.date(2999, 1, 1)), "born"),
        (PersonDraft(display_name="A", email="ana at example.org"), "email"),
    ],
)
def test_what_is_wrong_is_said_by_field(file_store: Store, draft: PersonDraft, field: str) -> None:
    """A wrong field has a sentence, and saving refuses."""
    assert list(editing.check(draft)) == [field]
    with pytest.raises(RuleBroken):
        file_store.change("Add", lambda session: editing.save_person(session, draft=draft))


def test_codes_go_on_after_the_highest(file_store: Store) -> None:
    """A new person gets the next number, also after P9999."""
    # only a package brings such a code in, and nobody adds 9,999 people in a test
    file_store.change("Add", lambda s: s.add(Person(code="P9999", display_name="Last")))
    assert file_store.read(editing.next_code) == "P10000"
    add(file_store, "Next")
    assert file_store.read(editing.next_code) == "P10001"


def test_a_person_with_a_part_in_a_gathering_stays(store: Store) -> None:
    """Removing is for those who were entered by mistake; the sentence names the person."""
    template = gatherings.read_templates()[1]
    gathering = store.change(
        "Create",
        lambda s: gatherings.create_from_template(
            s, template=template, title="Seminar", start_date=dt.date(2028, 1, 10)
        ),
    ).value
    busy, free = add(store, "Busy Person"), add(store, "Free Person")
    store.change(
        "Apply",
        lambda s: b.application(s, s.get_one(Person, busy), s.get_one(Gathering, gathering)).id,
    )
    with pytest.raises(RuleBroken, match="Busy Person"):
        store.change("Remove", lambda s: editing.remove_person(s, person_id=busy, version=1))
    store.change("Remove", lambda s: editing.remove_person(s, person_id=free, version=1))
    assert names(store, PeopleView()) == ["Busy Person"]
    assert names(store, PeopleView(gathering_id=gathering)) == ["Busy Person"]
    roles = store.read(lambda s: editing.roles_of(s, person_id=busy, language="en"))
    assert [(row.gathering, row.role) for row in roles] == [("Seminar", "application")]


def test_E26_one_person_lectures_here_and_takes_part_there(file_store: Store) -> None:
    """Roles are rows of their own, in one gathering and over several (E26)."""

    def fill(session: DbSession) -> int:
        here, there = b.gathering(session), b.gathering(session)
        who = b.person(session, name="Ana Pérez")
        save_engagement(session, EngagementDraft(gathering_id=here.id, people=(who.id,)))
        b.participation(session, who, there)
        return who.id

    key = file_store.change("Fill", fill).value
    roles = file_store.read(lambda s: editing.roles_of(s, person_id=key, language="en"))
    assert sorted(row.role for row in roles) == ["lecturer", "participant"]
    assert len({row.gathering_id for row in roles}) == 2


def test_people_are_narrowed_to_their_part_in_a_gathering(store: Store, count_statements) -> None:  # type: ignore[no-untyped-def]
    """Chips and table agree: all known, in the gathering, participants, staff, lecturers."""

    def fill(session):  # type: ignore[no-untyped-def]
        at = b.gathering(session)
        names = ("Guest", "Cook", "Both", "Stranger")
        guest, cook, both, _stranger = (b.person(session, name=n) for n in names)
        work = [("staff", cook), ("staff", both), ("lecturers", both)]
        for part, who in work:
            draft = EngagementDraft(gathering_id=at.id, people=(who.id,), list_name=part)
            save_engagement(session, draft)
        b.participation(session, guest, at)
        return at.id

    key = store.change("Fill", fill).value
    with count_statements(store) as sent:
        counts = store.read(lambda s: editing.people_counts(s, PeopleView(gathering_id=key)))
    assert len(sent) == 1
    assert counts == {
        "": 3,
        "known": 4,
        "participants": 1,
        "team": 2,
        "staff": 2,
        "lecturers": 1,
        "interpreters": 0,
        "volunteers": 0,
        "too_long": 0,
    }
    for part, count in counts.items():
        assert len(names(store, PeopleView(gathering_id=key, part=part))) == count
    assert names(store, PeopleView(gathering_id=key, part="lecturers")) == ["Both"]
    assert store.read(lambda s: editing.people_counts(s, PeopleView())) == {"known": 4}


def test_the_age_is_the_one_on_the_first_day(store: Store, clock: dt.datetime) -> None:
    """Turning 18 during a school is being a minor on its first day; without one today counts."""
    at = store.change("Add", lambda s: b.gathering(s).id).value
    key = add(store, "Ana", born=b.START.replace(year=2009) + dt.timedelta(days=1))

    def age(gathering_id: int | None) -> int | None:
        return store.read(
            lambda s: editing.people_rows(s, [key], gathering_id=gathering_id)[key].age
        )

    assert (age(at), age(None)) == (17, 17)
    with program_clock.at(dt.datetime(2028, 1, 1, tzinfo=dt.UTC)):
        assert (age(at), age(None)) == (17, 18)


UNSEEN = {"id", "version", "sort_name", "search", "merged_into_id", "erased_at"}
GIVEN = {"uid", "code", "native_script", "blanks"}
"""What comes with a package or with a new person, and is not typed."""


def test_whatever_is_known_of_a_person_can_be_edited() -> None:
    """A column of a person stands in the draft, unless the program itself fills it."""
    columns = {attribute.key for attribute in sa.inspect(Person).column_attrs}
    assert columns - UNSEEN - GIVEN == set(DRAFT_FIELDS)


def test_each_field_is_saved_and_loaded(store: Store) -> None:
    """What was typed into any field is there again."""
    values = {
        name: "text" for name in DRAFT_FIELDS if name not in ("born", "born_partly", "name_order")
    }
    draft = PersonDraft(
        **values | {"email": "ana@example.org", "home_currency": "PHP"},  # type: ignore[arg-type]  # whatever fields there are
        born_partly="1990-05",
        name_order=NameOrder.ONE_WORD,
        languages=(("fr", "B2"),),
    )
    key = store.change("Add", lambda s: editing.save_person(s, draft=draft)).value
    again = store.read(lambda s: editing.draft_of(s, person_id=key))
    assert dataclasses.replace(again, id=None, version=None) == draft
