"""Person-days: what was recorded, never what was planned; on a school made by operations alone."""

import datetime as dt

import pytest

from schoolapp.base import clock
from schoolapp.domain.attendance import AttendanceState
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations import reports
from schoolapp.operations.attendance.marking import ONLINE
from schoolapp.operations.gatherings import overview
from schoolapp.storage.store import Store
from tests.operations.attendance.own_school import OwnSchool, date

S = AttendanceState
KINDS = ("person_days", "day", "presence", "participation", "delegation")


@pytest.mark.parametrize("kind", KINDS)
def test_where_nothing_is_recorded_no_report_claims_presence(file_store: Store, kind: str) -> None:
    """A gathering next year: people are planned, nobody came yet, so there is no figure."""
    school = OwnSchool(file_store, sessions=(1, 2))
    with pytest.raises(RuleBroken, match="Nothing is recorded yet"):
        school.report(kind)
    with pytest.raises(RuleBroken, match="Nothing is recorded yet"):
        file_store.read(lambda s: reports.narrative_of(s, gathering_id=school.key))


def test_who_is_absent_everywhere_has_no_day(store: Store) -> None:
    """Nobody came: absent in registers and on lists is 0 person-days, which is a known figure."""
    school = OwnSchool(store, sessions=(1, 2))
    school.mark(1, S.ABSENT)
    school.mark(2, S.EXCUSED)
    school.list_day(3, False)
    assert school.person_days() == {"Ana Pérez": 0, "Bilal Khan": 0, "Chiara Rossi": 0}
    assert school.days() == [0, 0, 0, None, None]
    assert school.rows("delegation") == [("", 0, 0)]
    assert school.rows("presence") == []
    told = store.read(lambda s: reports.narrative_of(s, gathering_id=school.key))
    assert (told.persons, told.person_days, told.sessions) == (0, 0, 2)


@pytest.mark.parametrize("applied", [True, False])
def test_who_checks_out_on_day_three_has_three_days(store: Store, applied: bool) -> None:
    """An early leaver, with an application or without: from the recorded arrival to the recorded
    departure, free days included, and what comes later no longer applies."""
    school = OwnSchool(store, sessions=(4,))
    if applied:
        school.apply("Dina Roy")
    else:
        school.people["Dina Roy"] = school._add("Dina Roy")
    school.check_in(1, "Dina Roy")
    school.check_out(3, "Dina Roy")
    assert school.person_days()["Dina Roy"] == 3
    assert school.days() == [1, 1, 1, None, None]
    planned = {row[1]: row[6] for row in school.rows("person_days", planned=True)}
    assert planned["Dina Roy"] == 3  # the stay ends with the departure


def test_who_was_checked_in_and_never_out_has_the_day_of_arrival(file_store: Store) -> None:
    """Nobody knows when a person left who was never checked out: a plan does not fill the gap,
    and neither does the clock."""
    school = OwnSchool(file_store)
    school.check_in(2, "Ana Pérez")
    for year in (2026, 2027, 2030):
        with clock.at(dt.datetime(year, 6, 8, 12, tzinfo=dt.UTC)):
            assert school.person_days() == {
                "Ana Pérez": 1, "Bilal Khan": None, "Chiara Rossi": None,
            }  # fmt: skip


def test_a_lost_register_leaves_its_day_empty(file_store: Store) -> None:
    """A lost register says nothing of its day: not that nobody came, and not that all did (E18)."""
    school = OwnSchool(file_store, sessions=(1, 2, 3))
    for day in (1, 2, 3):
        school.mark(day, S.PRESENT)
    school.lose(2)
    assert school.days() == [3, None, 3, None, None]
    assert school.person_days() == dict.fromkeys(school.people, 2)
    assert school.rows("sessions")[1][-2:] == (None, None)


def test_a_register_that_nobody_took_claims_nothing(file_store: Store) -> None:
    """A session that is still to come, or whose list was never written, has no number present."""
    school = OwnSchool(file_store, sessions=(1, 2))
    school.mark(1, S.PRESENT, "Ana Pérez")
    assert [row[-2:] for row in school.rows("sessions")] == [(1, 90), (None, None)]
    told = file_store.read(lambda s: reports.narrative_of(s, gathering_id=school.key))
    assert told.sessions == 1


def test_late_and_left_early_are_days_and_online_is_none(file_store: Store) -> None:
    """Half a session makes the day; somebody who took part from elsewhere was not on site."""
    school = OwnSchool(file_store, sessions=(1,))
    school.mark(1, S.LATE, "Ana Pérez")
    school.mark(1, S.LEFT_EARLY, "Bilal Khan")
    school.mark(1, S.PRESENT, "Chiara Rossi", method=ONLINE)
    assert school.person_days() == {"Ana Pérez": 1, "Bilal Khan": 1, "Chiara Rossi": 0}


def test_the_list_of_a_day_has_the_last_word(file_store: Store) -> None:
    """Somebody who was away for a day between arrival and departure has no person-day then; and a
    mark that was set by mistake is put right for its day."""
    school = OwnSchool(file_store, sessions=(3,))
    school.mark(3, S.PRESENT, "Ana Pérez")
    school.check_in(1, "Ana Pérez")
    school.check_out(5, "Ana Pérez")
    school.list_day(3, False, "Ana Pérez")
    assert school.person_days()["Ana Pérez"] == 4
    assert school.days() == [1, 1, 0, 1, 1]


def test_who_comes_early_and_stays_on_has_the_days_of_the_gathering(file_store: Store) -> None:
    """Days of travel are added by choice and are no days of the gathering (S43)."""
    school = OwnSchool(file_store)
    school.check_in(0, "Ana Pérez")
    school.check_out(7, "Ana Pérez")
    assert school.person_days()["Ana Pérez"] == 5


def test_the_plan_is_named_as_one(file_store: Store) -> None:
    """With nothing recorded the plan can be asked for: title, columns and head say so."""
    school = OwnSchool(file_store)
    made = school.report("person_days", planned=True)
    assert made.sheet.title == "Planned person-days"
    assert [column.key for column in made.sheet.columns] == [
        "person", "name", "planned_first", "planned_last", "planned_days", "travel_days",
        "planned_person_days",
    ]  # fmt: skip
    assert [row[6] for row in made.sheet.rows] == [5, 5, 5]
    assert "plan" in made.counts
    for kind in KINDS:
        report = school.report(kind, planned=True)
        assert report.sheet.title.startswith("Planned")
        assert any(column.key.startswith("planned_") for column in report.sheet.columns)
        assert any("planned" in column.heading for column in report.sheet.columns)
    with pytest.raises(RuleBroken, match="cannot be planned"):
        school.report("person", planned=True)


def test_a_day_list_is_made_changed_taken_back_and_undone(store: Store) -> None:
    """Each line says present, absent or nothing; nothing is not absent; undo brings it back."""
    school = OwnSchool(store, sessions=(1,))
    school.mark(1, S.PRESENT, "Bilal Khan")
    assert school.list_day(1, True, "Ana Pérez") == 1
    assert school.list_day(1, True, "Ana Pérez") == 0
    assert school.list_day(1, False, "Ana Pérez", "Chiara Rossi") == 2
    lines = {row.name: (row.on_site, row.elsewhere) for row in school.day_list(1).rows}
    assert lines == {
        "Ana Pérez": (False, None), "Bilal Khan": (None, True), "Chiara Rossi": (False, None),
    }  # fmt: skip
    first = school.day_list(1).days[0]
    assert (first.date, first.present, first.absent) == (date(1), 0, 2)
    assert school.list_day(1, None, "Ana Pérez") == 1
    assert school.person_days() == {"Ana Pérez": None, "Bilal Khan": 1, "Chiara Rossi": 0}
    store.undo()
    assert school.person_days()["Ana Pérez"] == 0


def test_a_day_list_holds_days_and_people_of_its_gathering(file_store: Store) -> None:
    """Another day is refused with the days that there are; so are people of another gathering."""
    school = OwnSchool(file_store)
    with pytest.raises(RuleBroken, match="not a day of this gathering"):
        school.list_day(6, True)
    assert school.day_list(99).date == date(5)
    other = OwnSchool(file_store)
    other.people = school.people
    with pytest.raises(RuleBroken, match="no longer takes part"):
        other.list_day(1, True)


def test_planned_arrived_and_attended_are_three_numbers(store: Store) -> None:
    """Home counts who is planned, whom somebody has seen, and who was in a session."""
    school = OwnSchool(store, sessions=(1,))
    school.mark(1, S.PRESENT, "Ana Pérez")
    school.check_in(1, "Bilal Khan")
    school.list_day(1, False, "Chiara Rossi")
    shown = store.read(lambda s: overview(s, gathering_id=school.key, today=date(1), language="en"))
    assert (shown.taking_part, shown.arrived, shown.attended) == (3, 2, 1)
    school.lose(1)
    shown = store.read(lambda s: overview(s, gathering_id=school.key, today=date(1), language="en"))
    assert (shown.arrived, shown.attended) == (1, 0)
