"""Reports of each kind on the practice schools, their columns, filters, presets and papers."""

import csv
import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from schoolapp.base.shipped import folder
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.documents import Report
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.people import Person
from schoolapp.domain.reports import KINDS, ReportFilter, without_small_groups
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations import reports
from schoolapp.operations.attendance.lists_and_badges import (
    people_list,
    sign_in_by_day,
    sign_in_by_session,
)
from schoolapp.operations.reports import Preset
from schoolapp.storage.opening import open_store
from schoolapp.storage.store import ChangedElsewhere, Store

EVENTS = folder("data") / "practice" / "events"


@pytest.fixture
def practice(practice_file: Path) -> Iterator[Store]:
    """The practice schools in a plain file."""
    made = open_store(practice_file)
    yield made
    made.close()


def key_of(store: Store, code: str) -> int:
    return store.read(lambda s: s.query(Gathering).filter_by(code=code).one().id)


def report(store: Store, code: str, kind: str, **more: Any) -> Report:
    key = key_of(store, code)
    return store.read(lambda s: reports.report_of(s, gathering_id=key, kind=kind, **more))


def kept_table(name: str) -> list[dict[str, str]]:
    with (EVENTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_kind_agrees_with_the_register(practice: Store) -> None:
    """S42: present, hours and persons are the same whether by session, module or group."""
    kept = kept_table("gjs2027_attendance.csv")
    minutes = sum(int(row["minutes"]) for row in kept)
    came = Counter(row["session"] for row in kept if row["status"] not in ("absent", "excused"))
    sessions = report(practice, "gjs2027", "sessions").sheet.rows
    held = [row for row in sessions if row[5] is not None]
    assert {row[0]: row[5] for row in held} == {row[0]: came[row[0]] for row in held}
    assert sum(came.values()) == sum(row[5] for row in held)
    for kind, place in (("sessions", 6), ("module", 3), ("language_group", 2)):
        rows = report(practice, "gjs2027", kind).sheet.rows
        assert sum(row[place] or 0 for row in rows) == minutes
    assert [row[4:] for row in sessions if row[5] is None] == [(25, None, None)] * 2


def test_person_days_with_and_without_travel(practice: Store) -> None:
    """S43: 2,388 person-days; travel days by choice; nobody who left on 28 July has a later day."""
    rows = report(practice, "camp2027", "person_days").sheet.rows
    assert sum(row[6] for row in rows) == 2388
    on_site = Counter(
        row["person"] for row in kept_table("camp2027_daily_presence.csv") if row["on_site"] == "1"
    )
    assert sorted(row[4] for row in rows) == sorted(on_site.values())
    assert any(row[3] == dt.date(2027, 7, 28) for row in rows)
    travelled = report(practice, "camp2027", "person_days", only=ReportFilter(travel_days=2))
    assert sum(row[6] for row in travelled.sheet.rows) == 2388 + 2 * len(rows)
    with pytest.raises(RuleBroken):
        ReportFilter(travel_days=3)


def test_daily_presence_is_the_table_of_the_camp(practice: Store) -> None:
    """One row per person and day on site, as the camp kept it."""
    rows = report(practice, "camp2027", "presence").sheet.rows
    kept = [r["date"] for r in kept_table("camp2027_daily_presence.csv") if r["on_site"] == "1"]
    assert Counter(str(row[0]) for row in rows) == Counter(kept)


def test_small_groups_are_hidden(practice: Store) -> None:
    """Groups of fewer than five are not reported, and no total reveals them either."""
    assert without_small_groups({"a": 4, "b": 9, "c": 7}) == {"a": None, "b": 9, "c": None}
    assert without_small_groups({"a": 4, "b": 1, "c": 7}) == {"a": None, "b": None, "c": 7}
    assert without_small_groups({"a": 3}) == {"a": None}
    rows = report(practice, "camp2027", "participation").sheet.rows
    reported = {(by, group): (persons, days) for by, group, persons, days in rows}
    assert reported["gender", "women"] == (139, 947)
    assert reported["age", "under 18"] == (29, 200)
    assert reported["region", "Asia"] == (None, None)
    assert all(persons is None or persons >= 5 for persons, _days in reported.values())


@pytest.mark.parametrize("kind", KINDS)
def test_three_statements_whatever_the_kind(
    practice: Store,
    count_statements: Callable[[Store], AbstractContextManager[list[str]]],
    kind: str,
) -> None:
    """A report takes at most three statements, sensitive columns included."""
    key = key_of(practice, "gjs2027")
    every = tuple(column.key for column in KINDS[kind].columns)
    with count_statements(practice) as sent:
        made = practice.read(
            lambda s: reports.report_of(
                s, gathering_id=key, kind=kind, columns=every, reason="a test"
            )
        )
    assert len(sent) <= 3
    assert made.sheet.rows
    assert {len(row) for row in made.sheet.rows} == {len(every)}


def test_filters_cut_and_stand_in_the_header(practice: Store) -> None:
    """A report of one module or group has only its sessions or people, and says so."""
    every = report(practice, "gjs2027", "session").sheet.rows
    key = key_of(practice, "gjs2027")
    cuts = practice.read(lambda s: reports.cuts_of(s, gathering_id=key))
    assert (cuts.language_groups, cuts.delegations) == (("en", "es", "fr"), ())
    sessions = report(practice, "gjs2027", "sessions").sheet.rows
    for module in cuts.modules:
        only = ReportFilter(module=module)
        some = report(practice, "gjs2027", "session", only=only)
        of_module = {row[0] for row in sessions if row[3] == module}
        assert some.sheet.rows == [row for row in every if row[0] in of_module]
        assert [value for _label, value in some.filters] == [module]
    assert "m2" in cuts.modules
    reported = report(practice, "gjs2027", "session", columns=("name", "language_group")).sheet.rows
    spanish = report(practice, "gjs2027", "session", only=ReportFilter(language_group="es"))
    assert 0 < len(spanish.sheet.rows) == sum(group == "es" for _name, group in reported)
    assert report(practice, "gjs2027", "session", only=ReportFilter("Peru")).sheet.rows == []
    first, last = dt.date(2027, 10, 25), dt.date(2027, 10, 26)
    by_person = report(practice, "gjs2027", "person", only=ReportFilter(first=first, last=last))
    expected = [row for row in every if first <= row[2].date() <= last and row[6] is not None]
    assert sum(row[5] for row in by_person.sheet.rows) == sum(row[6] for row in expected)


def test_the_least_goes_out_unasked(practice: Store) -> None:
    """No default column is sensitive; sensitive ones need a reason."""
    for kind in KINDS.values():
        assert not any(column.sensitive for column in kind.chosen())
    with pytest.raises(RuleBroken, match="what it is for"):
        report(practice, "gjs2027", "person", columns=("name", "diet"))
    made = report(practice, "gjs2027", "person", columns=("diet", "name"), reason="the kitchen")
    assert [column.key for column in made.sheet.columns] == ["name", "diet"]
    with pytest.raises(RuleBroken, match="no column"):
        report(practice, "gjs2027", "person", columns=("shoe_size",))
    with pytest.raises(RuleBroken, match="no report"):
        report(practice, "gjs2027", "shoes")


def test_a_template_gives_the_same_columns_next_year(file_store: Store) -> None:
    """What was kept under a name is read back whole, can be replaced, and can be removed."""
    preset = Preset(
        "Foundation", "person", ("name", "hours"), ReportFilter("Peru", first=dt.date(2027, 1, 2),
        travel_days=1), "pdf", "fr",
    )  # fmt: skip
    key = file_store.change("Keep", lambda s: reports.save_preset(s, preset)).value
    (kept,) = file_store.read(reports.presets)
    assert kept == Preset(
        preset.name, preset.kind, preset.columns, preset.only, preset.format, preset.language, key
    )
    again = Preset("Foundation", "day")
    assert file_store.change("Keep", lambda s: reports.save_preset(s, again)).value == key
    assert file_store.read(reports.presets)[0].columns == ("date", "persons")
    for wrong in (Preset(" ", "day"), Preset("x", "shoes"), Preset("x", "day", ("shoes",))):
        with pytest.raises(RuleBroken):
            file_store.change("Keep", lambda s, wrong=wrong: reports.save_preset(s, wrong))  # type: ignore[misc]
    file_store.change("Forget", lambda s: reports.remove_preset(s, key))
    assert file_store.read(reports.presets) == []
    with pytest.raises(ChangedElsewhere):
        file_store.change("Forget", lambda s: reports.remove_preset(s, key))


def test_the_narrative_has_its_figures(practice: Store) -> None:
    """Persons, countries, days, hours of the school are in the report for the funder."""
    key = key_of(practice, "gjs2027")
    reported = practice.read(lambda s: reports.narrative_of(s, gathering_id=key))
    figures = (reported.persons, reported.person_days, reported.sessions, reported.minutes)
    assert figures == (25, 422, 55, 117686)


def test_sign_in_sheets_have_who_is_there_in_their_own_order(practice: Store) -> None:
    """S44: a sheet for each day, sorted by each person's family-name rule, native names beside."""
    key = key_of(practice, "gjs2027")
    printed = practice.read(lambda s: sign_in_by_day(s, gathering_id=key))
    assert len(printed.sheets) == 22
    names = [one.name for one in printed.sheets[0].people]
    people = practice.read(lambda s: {p.display_name: p.sort_name for p in s.query(Person)})
    assert names == sorted(names, key=people.__getitem__)
    assert names != sorted(names)
    present = dict(report(practice, "gjs2027", "day", only=ReportFilter(planned=True)).sheet.rows)
    assert {sheet.day: len(sheet.people) for sheet in printed.sheets} == present
    assert ("Nasreen Chaudhry", "نسرین چوہدری") in [
        (one.name, one.native_name) for one in printed.sheets[0].people
    ]
    by_session = practice.read(lambda s: sign_in_by_session(s, gathering_id=key))
    assert (by_session.sheets[0].session, len(by_session.sheets)) == (
        "Introduction to the school", 57,
    )  # fmt: skip


def test_lists_put_everybody_in_one_group(practice: Store) -> None:
    """Lists for the door, by language group and by delegation hold each person once."""
    for code, by, groups in (
        ("gjs2027", "door", 1),
        ("gjs2027", "language_group", 3),
        ("camp2027", "delegation", 18),
    ):
        key = key_of(practice, code)
        _title, _heading, found = practice.read(
            lambda s, key=key, by=by: people_list(s, gathering_id=key, by=by)  # type: ignore[misc]
        )
        assert len(found) == groups
        assert sum(len(group.people) for group in found) == (350 if code == "camp2027" else 25)


def test_two_delegations_of_one_name_stay_two(practice: Store) -> None:
    """Two organisations may name their delegation alike: each has its line and its list (E30)."""
    before = report(practice, "camp2027", "delegation").sheet.rows

    def name_alike(session: Any) -> None:
        for delegation in session.query(Delegation).order_by(Delegation.code).limit(2):
            delegation.name = "Quebec"

    practice.change("Name them", name_alike)
    rows = report(practice, "camp2027", "delegation").sheet.rows
    assert [row[0] for row in rows].count("Quebec") == 2
    assert sorted(row[1:] for row in rows) == sorted(row[1:] for row in before)
    key = key_of(practice, "camp2027")
    *_, groups = practice.read(lambda s: people_list(s, gathering_id=key, by="delegation"))
    assert len(groups) == len(before) == 18


def test_E29_a_year_of_birth_stays_a_year_in_a_report(practice: Store) -> None:
    """A person of whom only the year 1990 is known is listed with 1990 and no date (E29)."""

    def forget(session: Any) -> str:
        person = session.query(Person).filter_by(code="P0027").one()
        person.born, person.born_partly = None, "1990"
        return str(person.uid)

    uid = practice.change("Forget the day", forget).value
    made = report(practice, "gjs2027", "person", columns=("person", "born"), reason="the insurance")
    reported = dict(tuple(row) for row in made.sheet.rows)
    assert reported.pop(uid) == "1990"
    assert all(isinstance(born, dt.date) for born in reported.values())
