"""Importing application sheets: the plan, its token, one step; no row lost, no doubt stored."""

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from schoolapp.domain.applications import Application, ApplicationState
from schoolapp.domain.entities import metadata
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.money import Money
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.applications.drafts import ImportedSheet
from schoolapp.exchange.applications.importing import understand
from schoolapp.exchange.applications.reading import read
from schoolapp.operations import applications
from schoolapp.operations.applications import ImportPlan, Outcome
from schoolapp.operations.people.merging import alike_pairs
from schoolapp.storage.store import Done, Store
from tests import builders as b
from tests.paths import MESSY

S = ApplicationState
HEAD = ("id", "submitdate", "NAME", "EMAIL", "DOB", "COUNTRY", "MODULES[M1]", "TRAVEL", "MOTIV")
ANA = (
    "1",
    "2027-03-02 09:00:00",
    "Ana Pérez",
    "ana@example.org",
    "1990-05-17",
    "Spain",
    "Yes",
    "300",
    "Hi",
)
BEN = (
    "2",
    "2027-03-03 09:00:00",
    "Ben Okri",
    "ben@example.org",
    "1991-05-18",
    "Nigeria",
    "No",
    "",
    "",
)


@pytest.fixture
def school(store: Store) -> int:
    """A school with one module."""
    return store.change("Build", lambda s: b.gathering(s, modules=1).id).value


def sheet(store: Store, *rows: tuple[str, ...], name: str = "form.csv") -> ImportedSheet:
    """A form export as understood, compared with everybody the database knows."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([HEAD, *rows])
    return understood(store, text.getvalue().encode(), name)


def understood(store: Store, data: bytes, name: str) -> ImportedSheet:
    """A file as it is understood."""
    known = store.read(applications.known_persons)
    return understand(read(data, name), name, known=known, reference_date=b.START)


def plan(store: Store, school: int, given: ImportedSheet, **more: Any) -> ImportPlan:
    """The plan of a sheet."""
    return store.read(
        lambda s: applications.plan_import(s, gathering_id=school, sheet=given, **more)
    )


def apply(store: Store, school: int, given: ImportedSheet, **more: Any) -> Done[Any]:
    """Plan and do it."""
    token = plan(store, school, given, **more).token
    return store.change(
        "Import",
        lambda s: applications.apply_import(
            s, gathering_id=school, sheet=given, token=token, **more
        ),
    )


def outcomes(found: ImportPlan) -> list[Outcome]:
    """What becomes of the rows."""
    return [row.outcome for row in found.rows]


def everything(store: Store) -> dict[str, list[Any]]:
    """Every row of every table but the journal's; versions only go up and are left out."""
    tables = [t for t in metadata.sorted_tables if not t.name.startswith("journal")]

    def read_all(s: Any) -> dict[str, list[Any]]:
        found = {}
        for table in tables:
            columns = [c for c in table.columns if c.name != "version"]
            found[table.name] = sorted(map(repr, s.execute(sa.select(*columns)).all()))
        return found

    return store.read(read_all)


def stored(store: Store) -> dict[int, tuple[str, S, int]]:
    """Name, state and person of each application by the row it came from."""

    def read_all(s: Any) -> dict[int, tuple[str, S, int]]:
        found = s.query(Application).all()
        return {a.source_row: (a.person.display_name, a.state, a.person_id) for a in found}

    return store.read(read_all)


def test_a_row_becomes_a_person_and_a_submitted_application(store: Store, school: int) -> None:
    """What the row says beyond doubt is stored, the row itself beside it."""
    done = apply(store, school, sheet(store, ANA)).value
    key = done.applications[1]
    detail = store.read(lambda s: applications.application_detail(s, application_id=key))
    assert (detail.name, detail.email, detail.born, detail.country) == (
        "Ana Pérez",
        "ana@example.org",
        dt.date(1990, 5, 17),
        "ES",
    )
    assert (detail.code, detail.state, detail.module_codes) == ("s2027-a001", S.SUBMITTED, ("M1",))
    assert (detail.source_file, detail.source_row) == ("form.csv", 1)
    assert detail.raw["NAME"] == "Ana Pérez"
    assert [(step.state, step.by) for step in detail.steps] == [
        (S.DRAFT, "applicant"),
        (S.SUBMITTED, "applicant"),
    ]
    assert detail.steps[1].at == dt.datetime(2027, 3, 2, 8, 0, tzinfo=dt.UTC)  # read as Amsterdam
    draft = store.read(lambda s: applications.draft_of(s, application_id=key))
    assert draft.asked_travel == Money(30000, "EUR")


def test_the_whole_practice_file_comes_in_and_goes_in_one_step(store: Store, school: int) -> None:
    """49 rows: none is lost; rows that somebody joins are merged; one undo (S03, S05)."""
    given = understood(store, (MESSY / "limesurvey_gjs.csv").read_bytes(), "limesurvey_gjs.csv")
    found = plan(store, school, given)
    assert Counter(outcomes(found)) == {Outcome.NEW: 43, Outcome.DUPLICATE: 5, Outcome.LEFT_OUT: 1}
    alike = [row.row for row in found.rows if row.outcome is Outcome.DUPLICATE]
    before = everything(store)
    done = apply(store, school, given, joined=alike)
    assert len(done.value.applications) == 48
    rows = stored(store)
    assert {row for row, (_n, state, _p) in rows.items() if state is S.MERGED} == {
        42,
        44,
        45,
        46,
        47,
    }
    assert rows[42][2] == rows[43][2]  # the unfinished form is merged into the finished one
    assert rows[48][2] != rows[6][2]  # two people who share a mailbox stay two
    store.undo()
    assert everything(store) == before
    store.redo()
    assert stored(store) == rows


def test_S05_nothing_merges_unasked(store: Store, school: int) -> None:
    """Rows that are alike stay persons of their own until somebody says otherwise (S05, E24)."""
    duplicate = ("9", ANA[1], "Ana Perez", ANA[3], ANA[4], *ANA[5:])
    apply(store, school, sheet(store, ANA, duplicate))
    assert [(state, person) for _n, state, person in stored(store).values()] == [
        (S.SUBMITTED, 1),
        (S.SUBMITTED, 2),
    ]


def test_doubtful_values_are_empty_and_flagged(store: Store, school: int) -> None:
    """An ambiguous date, a wrong address and a formula are never stored as values (S04)."""
    odd = (
        "3",
        "2027-03-02 09:00:00",
        "=HYPERLINK(A1)",
        "nobody(at)example",
        "03/04/2005",
        "",
        "",
        "",
        "",
    )
    given = sheet(store, odd)
    assert plan(store, school, given).doubtful == 1
    apply(store, school, given)

    def look(s: Any) -> tuple[Any, ...]:
        (person,), (one,) = s.query(Person).all(), s.query(Application).all()
        return person.display_name, person.email, person.born, set(one.issues), one.raw["NAME"]

    name, email, born, issues, raw = store.read(look)
    assert (name, email, born, raw) == ("Row 1, name missing", None, None, "=HYPERLINK(A1)")
    assert {"formula", "email_invalid", "date_ambiguous"} <= issues


def test_the_same_file_again_changes_nothing(store: Store, school: int) -> None:
    """All rows are recognised; there is no step."""
    apply(store, school, sheet(store, ANA, BEN, name="a.csv"))
    again = sheet(store, ANA, BEN, name="b.csv")
    assert outcomes(plan(store, school, again)) == [Outcome.SAME, Outcome.SAME]
    assert apply(store, school, again).step_id is None


def test_a_corrected_file_updates_its_own_rows(store: Store, school: int) -> None:
    """Only what the file changed is renewed; what the desk wrote meanwhile stays."""
    apply(store, school, sheet(store, ANA, BEN))

    def edit(s: Any) -> None:
        person = s.query(Person).filter_by(display_name="Ana Pérez").one()
        person.phone, person.country = "+34 600 000000", "PT"

    store.change("Edit", edit)
    better = (ANA[0], ANA[1], "Ana Pérez Gil", ANA[3], "1990-05-18", *ANA[5:8], "Hello")
    given = sheet(store, BEN, better)
    found = plan(store, school, given)
    assert outcomes(found) == [Outcome.SAME, Outcome.CHANGED]
    assert found.rows[1].changed == ("full_name", "born", "motivation")
    assert apply(store, school, given).value.renewed == 1

    def look(s: Any) -> tuple[Any, ...]:
        person = s.query(Person).filter_by(email="ana@example.org").one()
        one = s.query(Application).filter_by(person_id=person.id).one()
        return person.display_name, person.born, person.country, person.phone, one.motivation

    assert store.read(look) == (
        "Ana Pérez Gil",
        dt.date(1990, 5, 18),
        "PT",
        "+34 600 000000",
        "Hello",
    )
    assert outcomes(plan(store, school, sheet(store, BEN, better))) == [Outcome.SAME, Outcome.SAME]


def test_a_corrected_language_replaces_the_old_one(store: Store, school: int) -> None:
    """The languages of a renewed row are those it says now; delegations follow their name."""

    def delegation(s: Any) -> int:
        at = s.get_one(Gathering, school)
        return b.delegation(s, at, b.person(s, name="Leader"), name="Éire").id

    key = store.change("Delegation", delegation).value
    head = "Name,E-mail,Languages,Delegation,Motivation\n"
    first = understood(store, (head + "Ana P,ana@example.org,French,eire,\n").encode(), "x.csv")
    made = apply(store, school, first).value.applications[1]
    assert store.read(lambda s: applications.draft_of(s, application_id=made)).delegation_id == key
    second = understood(store, (head + "Ana P,ana@example.org,English,eire,Hi\n").encode(), "x.csv")
    apply(store, school, second)
    detail = store.read(lambda s: applications.application_detail(s, application_id=made))
    assert (detail.languages, detail.motivation, detail.delegation) == (("en",), "Hi", "Éire")


def test_a_known_person_is_recognised_by_name_and_one_thing_more(store: Store, school: int) -> None:
    """Name and birth date agree: the person gets an application; the name alone is a hint."""

    def people(s: Any) -> list[int]:
        ana = b.person(s, name="Ana Pérez", born=dt.date(1990, 5, 17), email="other@example.org")
        ben = b.person(s, name="Ben Okri", email=None)
        return [ana.id, ben.id]

    keys = store.change("People", people).value
    given = sheet(store, ANA, BEN)
    found = plan(store, school, given)
    assert outcomes(found) == [Outcome.KNOWN, Outcome.NEW]
    assert (found.rows[0].person_id, found.rows[1].like) == (keys[0], "Ben Okri")
    apply(store, school, given)
    assert stored(store)[1][2] == keys[0]
    assert stored(store)[2][2] not in keys


def test_somebody_who_applied_already_keeps_one_live_application(store: Store, school: int) -> None:
    """A row of a person with a live application is kept as a merged one."""

    def applied(s: Any) -> None:
        ana = b.person(s, name="Ana Pérez", email="ana@example.org")
        b.application(s, ana, s.get_one(Gathering, school))

    store.change("Apply", applied)
    given = sheet(store, ANA)
    assert outcomes(plan(store, school, given)) == [Outcome.DUPLICATE]
    apply(store, school, given)
    assert stored(store)[1][1] is S.MERGED


def test_a_proposed_pair_can_be_refused(store: Store, school: int) -> None:
    """Somebody can say in the plan that two rows are two people (S05)."""
    duplicate = ("9", ANA[1], "Ana Perez", ANA[3], ANA[4], *ANA[5:])
    given = sheet(store, ANA, duplicate)
    assert outcomes(plan(store, school, given)) == [Outcome.NEW, Outcome.DUPLICATE]
    assert outcomes(plan(store, school, given, apart=[2])) == [Outcome.NEW, Outcome.NEW]
    apply(store, school, given, apart=[2])
    assert len({person for _name, _state, person in stored(store).values()}) == 2


def test_an_unfinished_form_stays_a_draft(store: Store, school: int) -> None:
    """A form that was not sent is not submitted (E58)."""
    apply(store, school, sheet(store, ("5", "", *ANA[2:])))
    assert stored(store)[1][1] is S.DRAFT


def test_a_plan_that_no_longer_holds_is_refused_whole(store: Store, school: int) -> None:
    """If anything changed since the plan was shown, nothing is imported."""
    given = sheet(store, ANA, BEN)
    token = plan(store, school, given).token
    apply(store, school, sheet(store, BEN))
    with pytest.raises(RuleBroken, match="Something changed"):
        store.change(
            "Import",
            lambda s: applications.apply_import(s, gathering_id=school, sheet=given, token=token),
        )
    assert set(stored(store)) == {1}


def test_a_row_of_another_person_at_the_same_place_is_new(store: Store, school: int) -> None:
    """A new file of the same name is not the old one: rows are recognised by the person."""
    head = "Name,E-mail\n"
    apply(store, school, understood(store, (head + "Ana P,ana@example.org\n").encode(), "x.csv"))
    other = understood(store, (head + "Ben O,ben@example.org\n").encode(), "x.csv")
    assert outcomes(plan(store, school, other)) == [Outcome.NEW]


def test_an_import_asks_little_whatever_its_size(
    store: Store, school: int, count_statements: Callable[[Store], Any]
) -> None:
    """Ten times the rows need not one more statement."""

    def rows(count: int, start: int) -> ImportedSheet:
        people = (
            (str(n), f"Given{n} Family{n}", f"p{n}@example.org")
            for n in range(start, start + count)
        )
        empty = [""] * 5
        return sheet(store, *((key, ANA[1], name, email, *empty) for key, name, email in people))

    counts = []
    apply(store, school, rows(1, 50))  # the form is known from here on
    for given in (rows(3, 100), rows(30, 200)):
        with count_statements(store) as sent:
            apply(store, school, given)
        counts.append(len([line for line in sent if line.startswith("SELECT")]))
    assert counts[0] == counts[1]


def many(store: Store, count: int) -> ImportedSheet:
    """A sheet of many people."""
    rows = (
        (str(n), ANA[1], f"Given{n} Family{n}", f"p{n}@example.org", "1990-05-17", *ANA[5:])
        for n in range(count)
    )
    return sheet(store, *rows)


def test_500_rows_come_in_one_step_and_go_in_one(file_store: Store) -> None:
    """Acceptance 2: one step in, one undo, and the database equals its start."""
    key = file_store.change("School", lambda s: b.gathering(s, modules=2).id).value
    before = everything(file_store)
    done = apply(file_store, key, many(file_store, 500))
    assert len(done.value.applications) == 500
    file_store.undo()
    assert everything(file_store) == before


def test_an_import_can_be_watched_and_stopped(file_store: Store) -> None:
    """It reports its progress; stopped half way, nothing is changed."""
    key = file_store.change("School", lambda s: b.gathering(s, modules=2).id).value
    given, before = many(file_store, 400), everything(file_store)
    heard: list[tuple[int, int]] = []

    def watch(done: int, total: int) -> None:
        heard.append((done, total))
        if done == total:
            raise RuleBroken("Stopped")

    token = plan(file_store, key, given).token
    with pytest.raises(RuleBroken, match="Stopped"):
        file_store.change(
            "Import",
            lambda s: applications.apply_import(
                s, gathering_id=key, sheet=given, token=token, progress=watch
            ),
        )
    assert heard == [(200, 400), (400, 400)]
    assert everything(file_store) == before


def test_S05_who_were_kept_apart_are_not_asked_about_again(file_store: Store) -> None:
    """Two people kept apart in an import are not a pair among the known people either (S05)."""
    key = file_store.change("School", lambda s: b.gathering(s, modules=2).id).value
    duplicate = ("9", ANA[1], "Ana Perez", ANA[3], ANA[4], *ANA[5:])
    apply(file_store, key, sheet(file_store, ANA, duplicate), apart=[2])
    assert file_store.read(alike_pairs) == []


def test_S03_the_mapping_of_a_form_is_kept_and_replaced(file_store: Store) -> None:
    """A form is remembered once, with the last meaning of its columns (S03)."""
    key = file_store.change("School", lambda s: b.gathering(s, modules=2).id).value
    apply(file_store, key, sheet(file_store, ANA))
    (first,) = file_store.read(applications.saved_mappings)
    other = replace(first, columns=first.columns | {"MOTIV": None})
    apply(file_store, key, replace(sheet(file_store, BEN), mapping=other))
    assert file_store.read(applications.saved_mappings) == (other,)


def test_E29_what_is_known_of_a_birth_is_stored_and_a_later_date_takes_its_place(
    store: Store, school: int
) -> None:
    """A year stays a year in the database; the corrected file adds the day (E29)."""

    def given(born: str, nation: str) -> ImportedSheet:
        heads = ("id", "NAME", "EMAIL", "DOB", "Nationality")
        text = io.StringIO()
        csv.writer(text).writerows([heads, ("1", "Ana Pérez", "ana@example.org", born, nation)])
        return understood(store, text.getvalue().encode(), "form.csv")

    def reported() -> tuple[Any, ...]:
        query = sa.select(Person.born, Person.born_partly, Person.nationality)
        return store.read(lambda s: tuple(s.execute(query).one()))

    apply(store, school, given("1990", "Holland"))
    assert reported() == (None, "1990", "NL")
    apply(store, school, given("May 1990", "Mexico"))
    assert reported() == (None, "1990-05", "MX")
    apply(store, school, given("1990-05-17", "Congo"))
    assert reported() == (dt.date(1990, 5, 17), None, "MX")


def test_the_example_of_planning_is_what_happens(store: Store, school: int) -> None:
    """A form exported again: new rows are imported, corrected ones renewed."""
    apply(store, school, sheet(store, ANA, BEN))
    cleo = {"name": "Cleo Vidal", "email": "cleo@example.org"}
    store.change("Meet Cleo", lambda s: b.person(s, **cleo).id)
    again = sheet(
        store,
        ANA,
        (*BEN[:3], "okri@example.org", *BEN[4:]),
        ("3", BEN[1], "Cleo Vidal", "cleo@example.org", "", "", "No", "", ""),
        ("4", BEN[1], "Dan Roth", "dan@example.org", "", "", "No", "", ""),
        ("5", BEN[1], "Dan Roth", "dan@example.org", "", "", "No", "", ""),
    )
    found = plan(store, school, again)
    assert outcomes(found) == [
        Outcome.SAME,
        Outcome.CHANGED,
        Outcome.KNOWN,
        Outcome.NEW,
        Outcome.DUPLICATE,
    ]
    changed, doubtful = found.rows[1], found.rows[4]
    assert changed.changed == ("email",)
    assert (doubtful.of_row, doubtful.merged, doubtful.makes_person) == (4, False, True)
    joined = plan(store, school, again, joined=(5,))
    assert (joined.rows[4].outcome, joined.rows[4].merged) == (Outcome.DUPLICATE, True)
    apart = plan(store, school, again, apart=(5,))
    assert apart.rows[4].outcome is Outcome.NEW
    assert len({found.token, joined.token, apart.token}) == 3
    done = apply(store, school, again).value
    assert (sorted(done.applications), done.renewed) == ([3, 4, 5], 1)
