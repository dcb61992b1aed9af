"""Erasing a person: no trace of them is left in any table, and the counts stay."""

import datetime as dt
import enum
import itertools
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Column, Table, types

from schoolapp.base import clock
from schoolapp.domain.applications import ApplicationStep
from schoolapp.domain.base import Base, DecimalText, StateText, UtcMoment
from schoolapp.domain.data_map import Outcome
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.people import Person, PersonDraft
from schoolapp.domain.reports import ReportFilter
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations import certificates
from schoolapp.operations.people import editing, erasing
from schoolapp.operations.people.editing import PeopleView
from schoolapp.operations.people.merging import merge_people
from schoolapp.operations.reports import facts
from schoolapp.storage.erasing import PLANS
from schoolapp.storage.journal import insert_rows
from schoolapp.storage.store import DbSession, Store
from schoolapp.storage.tables import journal_change, journal_step, metadata
from schoolapp.storage.troubles import NothingToUndo, StepIsFinal
from tests import builders as b
from tests.databases import Place

NAME, MAIL = "Ana María Pérez", "ana.maria@example.org"
TABLES = [t for t in metadata.sorted_tables if t.name not in ("journal_step", "journal_change")]
ENTITIES = {mapper.local_table.name: mapper.class_ for mapper in Base.registry.mappers}
_numbers = itertools.count(1)


def words(table: Table, column: Column[Any], whose: str) -> str:
    """The content of a text: whose it is, and, in words that may name anybody, Ana's name."""
    plan, number = PLANS[table.name], next(_numbers)
    if column.name not in {*plan.own, *plan.texts}:
        return f"{number}"
    named = f" {NAME} <{MAIL}>" if column.name in plan.texts else ""
    return f"{whose} {table.name}.{column.name} {number}{named}"


def value(table: Table, column: Column[Any], whose: str) -> Any:
    """A value that the column takes."""
    kind = column.type
    match kind:
        case types.Enum():
            states: type[enum.Enum] = kind.enum_class
            return next(iter(states))
        case StateText():
            return next(iter(kind.states))
        case UtcMoment():
            return dt.datetime(2020, 5, 1, 12, tzinfo=dt.UTC)
        case DecimalText():
            return Decimal(1)
        case types.JSON():
            return {"text": words(table, column, whose)}
        case types.Boolean():
            return False
        case types.Integer():
            return next(_numbers)
        case types.DateTime():
            return dt.datetime(2020, 5, 1, 12)  # noqa: DTZ001 - a wall time
        case types.Date():
            return dt.date(2020, 5, 1)
        case types.Time():
            return dt.time(12)
        case _:
            return words(table, column, whose)[: kind.length]  # type: ignore[attr-defined]


def fill(session: DbSession, whose: str, person_id: int, other_id: int) -> None:
    """A row in each table, all of which refer to each other and to one person.

    Plain rows, made from the tables themselves, so that a table or a column that comes later is
    tried without anybody thinking of it.
    """
    keys: dict[str, Any] = {"person": person_id}
    for table in TABLES:
        if table.name == "person":
            continue
        row = {}
        for column in table.c:
            parents = [key.column.table.name for key in column.foreign_keys]
            if column.name in ("id", "version"):
                continue
            if parents:
                row[column.name] = keys[parents[0]]
            else:
                row[column.name] = value(table, column, whose)
        if table.name == "busy_time":
            row["room_id"] = None  # a time belongs to a person or to a room
        if table.name == "two_people":
            row["other_id"] = other_id
        if table.name == "certificate":
            row["person_uid"] = session.get_one(Person, person_id).uid
        made = insert_rows(session, ENTITIES[table.name], [row])
        keys[table.name] = made[0] if made else None
        if table.name == "register":
            keys[table.name] = row["session_id"]


def ana(session: DbSession) -> Person:
    return b.person(
        session, name=NAME, given="Ana María", family="Pérez", email=MAIL, phone="+31 20 123 45 67",
        native_name="Анна Перес", passport_name="PEREZ ANA MARIA", pronouns="she", country="ES",
        born=dt.date(1990, 3, 14), emergency_contact="Ana's mother", note="Ana's note",
        nationality="ES", mother_tongue="es", badge_name="Ana Flor",
    )  # fmt: skip


def everything(store: Store) -> dict[str, list[str]]:
    """All rows of all tables, as texts."""
    return store.read(
        lambda s: {
            table.name: [str(tuple(row)) for row in s.connection().execute(sa.select(table))]
            for table in metadata.sorted_tables
        }
    )


def filled(store: Store) -> tuple[int, int]:
    """Ana and Bo, each with a row in each table."""

    def make(session: DbSession) -> tuple[int, int]:
        first, second = ana(session).id, b.person(session, name="Bo Person").id
        fill(session, "ana", first, second)
        fill(session, "bo", second, first)
        return first, second

    return store.change(f"Add {NAME}", make).value


def erase(store: Store, person_id: int, reason: str = "She asked for it") -> None:
    def work(session: DbSession) -> None:
        version = session.get_one(Person, person_id).version
        erasing.erase_person(session, person_id=person_id, version=version, reason=reason)

    store.change(f"Erase a person: {reason}", work, final=True)


def test_no_table_tells_of_an_erased_person(store: Store) -> None:
    """S24: after the one step no name, address or word of hers is in any row, the journal's too.

    What the counts and the books need stays, and everything of everybody else.
    """
    first, _second = filled(store)
    before = everything(store)
    erase(store, first)
    after = everything(store)
    for table, rows in after.items():
        for row in rows:
            for trace in ("María", "Pérez", "PEREZ", "Перес", MAIL, "20 123", "Ana", "Flor"):
                assert trace not in row, (table, row)
            if not table.startswith("journal"):
                assert "ana " not in row or all(
                    f"ana {table}.{column}" not in row for column in PLANS[table].own
                ), (table, row)
    for plan in PLANS.values():
        if plan.table.startswith("journal"):
            continue
        gone = len(before[plan.table]) - len(after[plan.table])
        assert (gone > 0) is (plan.outcome is Outcome.GOES), plan.table
        assert any("bo " in row for row in after[plan.table]) is any(
            "bo " in row for row in before[plan.table]
        )


def test_the_file_itself_forgets(file_place: Place) -> None:
    """P12: the pages and the log of a plain file hold no byte of the name or the address."""
    store = file_place.open()
    first, _second = filled(store)
    store.change("Rename", lambda s: setattr(s.get_one(Person, first), "note", f"{MAIL} again"))
    erase(store, first)
    path = file_place.where
    assert isinstance(path, Path)
    held = b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))
    store.close()
    for trace in (MAIL.encode(), "Pérez".encode(), b"P\\u00e9rez", b"PEREZ ANA"):
        assert trace not in held


def test_it_cannot_be_undone_and_neither_can_what_it_emptied(file_store: Store) -> None:
    """The journal keeps which steps were taken, when and on which fields; not their values."""
    first, second = filled(file_store)
    erase(file_store, first)
    wanted = sa.select(journal_step).order_by(journal_step.c.id)
    steps = file_store.read(lambda s: s.connection().execute(wanted).all())
    titles = [step.title for step in steps]
    assert titles == ["Add Erased person", "Erase a person: She asked for it"]
    assert all(step.final for step in steps)
    with pytest.raises((StepIsFinal, NothingToUndo)):
        file_store.undo()
    change = journal_change.c
    query = sa.select(change.after).where(change.table_name == "person")
    kept = file_store.read(
        lambda s: s.connection().execute(query.order_by(change.id)).scalars().first()
    )
    assert kept is not None
    assert (kept["display_name"], kept["country"]) == (None, "ES")
    file_store.change("Edit", lambda s: setattr(s.get_one(Person, second), "note", "Fine"))
    assert file_store.undo().value == "Edit"


def test_nobody_finds_the_person_again(file_store: Store) -> None:
    """Lists, pickers and the search for duplicates do not know an erased person."""
    first, second = filled(file_store)
    erase(file_store, first)

    def found(session: DbSession) -> tuple[Any, ...]:
        return (
            editing.people_ids(session, PeopleView()),
            [key for key, _name in editing.find_people(session, "")],
            [one.id for one in editing.known_persons(session)],
        )

    assert file_store.read(found) == ([second], [second], [second])
    with pytest.raises(RuleBroken, match="changed or removed"):
        file_store.change(
            "Save",
            lambda s: editing.save_person(
                s, draft=PersonDraft(id=first, version=1, display_name="Ana")
            ),
        )


def test_who_has_nothing_that_must_stay_leaves_nothing(file_store: Store) -> None:
    """A person without any part leaves no row; people merged into them are erased too."""

    def make(session: DbSession) -> tuple[int, int]:
        one, other = ana(session).id, b.person(session, name="Anita Pérez", email="").id
        kept = (one, session.get_one(Person, one).version)
        merge_people(session, kept=kept, gone=(other, session.get_one(Person, other).version))
        return one, other

    one, _other = file_store.change("Add two", make).value
    erase(file_store, one)
    after = everything(file_store)
    assert after["person"] == after["person_language"] == []
    assert not any("Anita" in row for rows in after.values() for row in rows)


def test_a_name_that_others_have_too_stays_theirs(file_store: Store) -> None:
    """E25: a shared mailbox, a namesake, and a word that is a name elsewhere are not touched."""

    def make(session: DbSession) -> int:
        one, _other = (
            b.person(session, name=name, email="both@example.org")
            for name in ("Maria", "Ana María Pérez")
        )
        b.gathering(session, title="School of Maria", contact_address="both@example.org")
        return one.id

    one = file_store.change("Add Maria", make).value
    erase(file_store, one)
    after = everything(file_store)
    assert "both@example.org" in after["gathering"][0]
    assert "School of Maria" in after["gathering"][0]
    assert "both@example.org" in after["person"][0]
    assert "Add Erased person" in after["journal_step"][0]


def test_who_did_something_is_still_somebody(file_store: Store) -> None:
    """A step names its author by a short name: it follows, so that packages stay whole."""
    first, _second = filled(file_store)
    code = file_store.read(lambda s: s.get_one(Person, first).code)

    def decide(session: DbSession) -> None:
        for step in session.query(ApplicationStep):
            step.by = code

    file_store.change("Decide", decide)
    erase(file_store, first)
    new = file_store.read(lambda s: s.get_one(Person, first).code)
    assert new != code
    assert file_store.read(lambda s: {step.by for step in s.query(ApplicationStep)}) == {new}


def test_a_reason_is_needed_and_nothing_may_be_to_come(file_store: Store, clock: Any) -> None:
    """Seats and money follow the ordinary steps first; the journal says why it was done."""

    def make(session: DbSession) -> int:
        person = b.person(session, name="Ana")
        b.participation(session, person, b.gathering(session, start=clock.date(), days=1))
        return person.id

    one = file_store.change("Add", make).value
    with pytest.raises(RuleBroken, match="Say why"):
        erase(file_store, one, "  ")
    with pytest.raises(RuleBroken, match="not over"):
        erase(file_store, one)


def test_what_would_happen_is_reported_before(file_store: Store) -> None:
    """Every kind of rows is named with its number, and whether it goes or stays."""
    first, second = filled(file_store)
    reported = file_store.read(lambda s: erasing.erasure_facts(s, person_id=first))
    assert reported.name == NAME
    assert {line.goes for line in reported.lines} == {True, False}
    assert len(reported.lines) == 10
    assert all(line.rows for line in reported.lines)
    erase(file_store, first)
    other = file_store.read(lambda s: erasing.erasure_facts(s, person_id=second))
    assert len(other.lines) == 10


@pytest.fixture
def practice(practice_file: Path) -> Iterator[Store]:
    """The practice schools in a plain file."""
    from schoolapp.storage.opening import open_store

    made = open_store(practice_file)
    yield made
    made.close()


def test_the_counts_for_the_funder_stay(practice: Store) -> None:
    """S24, S43: presence, gender, region and age are the same; certificates keep their numbers."""

    def school(session: DbSession) -> int:
        return session.query(Gathering).filter_by(code="gjs2027").one().id

    key = practice.read(school)
    with clock.at(dt.datetime(2027, 12, 1, tzinfo=dt.UTC)):
        practice.change(
            "Issue", lambda s: certificates.issue_certificates(s, gathering_id=key), final=True
        )

    def counts(session: DbSession) -> list[Any]:
        wanted = ("participation", "delegation", "sessions", "module", "language_group")
        only = ReportFilter()
        return [
            facts.facts_of(session, gathering_id=key, kind=kind, only=only, details=False)
            for kind in wanted
        ]

    before = practice.read(counts)
    numbers = practice.read(lambda s: [c.number for c in certificates.issued(s, gathering_id=key)])
    person = practice.read(lambda s: s.query(Person).filter_by(code="P0046").one().id)
    from schoolapp.base import clock as program_clock

    with program_clock.at(dt.datetime(2028, 3, 1, tzinfo=dt.UTC)):
        erase(practice, person)
    assert practice.read(counts) == before
    left = practice.read(lambda s: [c.number for c in certificates.issued(s, gathering_id=key)])
    assert len(left) == len(numbers) - 1
    assert set(left) < set(numbers)
