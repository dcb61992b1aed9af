"""Attendance: the roll, marks with their minutes, lost registers, and the facts of reports."""

import csv
import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
import sqlalchemy as sa

from schoolapp.domain.attendance import AttendanceState
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.people import Person
from schoolapp.domain.programme import SessionKind, SessionState
from schoolapp.domain.reports import ReportFilter
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations import attendance
from schoolapp.operations.attendance import RegisterState
from schoolapp.operations.people import participations
from schoolapp.storage.store import DbSession, Store
from schoolapp.storage.tables import journal_change
from tests import builders as b
from tests.paths import EVENTS

S = AttendanceState
UTC = dt.UTC


@dataclass
class School:
    """A school of five days with three people: all five days, the first two, one module."""

    gathering: int
    sessions: list[int]
    people: list[int]


def school(store: Store, **first: Any) -> School:
    """Sessions at 09:30 on days 0 to 3, the last one in the second module; ``first`` for day 0."""

    def build(s: DbSession) -> School:
        at = b.gathering(s, days=4, modules=2)
        names = ("Ana Pérez", "Bilal Khan", "Chiara Rossi")
        persons = [b.person(s, name=name) for name in names]
        parts = [
            b.participation(s, persons[0], at),
            b.participation(s, persons[1], at, stay=(wall(0, 8), wall(1, 12))),
            b.participation(s, persons[2], at, modules=(at.modules[0],)),
        ]
        slots = [b.session(s, at, day=0, **first)]
        slots += [b.session(s, at, day=day) for day in (1, 2)]
        slots.append(b.session(s, at, day=3, module=at.modules[1]))
        return School(at.id, [slot.id for slot in slots], [part.id for part in parts])

    return store.change("Build", build).value


def wall(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """A wall time on a day of the school."""
    return dt.datetime.combine(b.START + dt.timedelta(days=day), dt.time(hour, minute))


def mark(store: Store, of: School, slot: int, who: list[int], status: S, **more: Any) -> int:
    """Mark some of the three people in one of the four sessions."""
    return store.change(
        "Mark",
        lambda s: attendance.mark(
            s,
            session_id=of.sessions[slot],
            participation_ids=[of.people[n] for n in who],
            status=status,
            **more,
        ),
    ).value


def facts(store: Store, at: School, by: attendance.By) -> attendance.AttendanceFacts:
    """The report's facts in one shape."""
    return store.read(lambda s: attendance.attendance_facts(s, gathering_id=at.gathering, by=by))


def plan(store: Store, at: School, by: attendance.By) -> attendance.AttendanceFacts:
    """The same of the plan: stays, whether people came or not."""
    only = ReportFilter(planned=True)
    return store.read(
        lambda s: attendance.attendance_facts(s, gathering_id=at.gathering, by=by, only=only)
    )


def roll(store: Store, at: School, slot: int) -> attendance.Roll:
    """The roll of one of the four sessions."""
    return store.read(lambda s: attendance.roll(s, session_id=at.sessions[slot]))


def statuses(store: Store, at: School, slot: int) -> list[tuple[str, str | None, int]]:
    """Name, status and minutes of each line of a roll."""
    return [(r.name, r.status, r.minutes) for r in roll(store, at, slot).rows]


def test_a_roll_lists_those_to_whom_the_session_applies(store: Store) -> None:
    """Outside a person's stay or modules a session does not apply (E15, E16)."""
    at = school(store)
    names = [[row.name.split()[0] for row in roll(store, at, n).rows] for n in range(4)]
    assert names[0] == ["Ana", "Bilal", "Chiara"]
    assert names[2] == ["Ana", "Chiara"]  # Bilal has left
    assert names[3] == ["Ana"]  # Chiara attends the other module


def set_stays(store: Store, key: int, stays: tuple[tuple[dt.datetime, dt.datetime], ...]) -> None:
    """Say anew when somebody is there."""

    def save(s: DbSession) -> int:
        draft = replace(participations.draft_of(s, participation_id=key), stays=stays)
        return participations.save_participation(s, draft=draft)

    store.change("Stay", save)


def test_two_stays_count_each_for_itself(store: Store) -> None:
    """People who leave and come back are expected before and after, not between (E17)."""
    at = school(store)

    stays = ((wall(0, 8), wall(1, 12)), (wall(3, 0), wall(3, 20)))
    set_stays(store, at.people[1], stays)
    assert [len(roll(store, at, n).rows) for n in range(4)] == [3, 3, 2, 2]


def test_days_of_travel_are_not_days_of_the_gathering(store: Store) -> None:
    """A stay that begins on the day before and ends on the day after counts for four days (S43)."""
    at = school(store)

    set_stays(store, at.people[0], ((wall(-1, 9), wall(4, 9)),))
    days = [one.date for one in plan(store, at, "day").days if one.name == "Ana Pérez"]
    assert days == [b.START + dt.timedelta(days=n) for n in range(4)]


def test_absence_from_another_module_is_not_counted(store: Store) -> None:
    """A person who stays for all days but attends one module misses nothing of the other (E15)."""
    at = school(store)
    mark(store, at, 0, [0, 2], S.PRESENT)
    mark(store, at, 3, [0, 2], S.ABSENT)
    rows = {row.name: row for row in facts(store, at, "person").rows}  # type: ignore[attr-defined]
    counted = {name: (row.sessions, row.attended, row.absent) for name, row in rows.items()}
    assert counted["Ana Pérez"] == (2, 1, 1)
    assert counted["Chiara Rossi"] == (1, 1, 0)


@pytest.mark.parametrize(
    ("status", "at", "minutes", "times"),
    [
        (S.PRESENT, None, 90, ("07:30", "09:00")),
        (S.LATE, "07:50", 70, ("07:50", "09:00")),
        (S.LEFT_EARLY, "08:30", 60, ("07:30", "08:30")),
        (S.PRESENT, "07:20", 90, ("07:20", "09:00")),  # minutes are cut to the session
        (S.ABSENT, None, 0, None),
        (S.EXCUSED, "08:00", 0, None),
    ],
)
def test_minutes_follow_from_times(
    store: Store, status: S, at: str | None, minutes: int, times: tuple[str, str] | None
) -> None:
    """Minutes are those between coming and going inside the session; unknown times its own."""
    place = school(store)
    moment = dt.datetime.combine(b.START, dt.time.fromisoformat(at), UTC) if at else None
    mark(store, place, 0, [0], status, at=moment)
    row = roll(store, place, 0).rows[0]
    assert (row.status, row.minutes) == (status, minutes)
    noted = row.check_in and row.check_out and (f"{row.check_in:%H:%M}", f"{row.check_out:%H:%M}")
    assert noted == times


def test_who_came_late_and_left_early_keeps_both_times(store: Store) -> None:
    """A further mark keeps what was noted before and is still true."""
    at = school(store)
    start = dt.datetime.combine(b.START, dt.time(7, 30), UTC)
    mark(store, at, 0, [0], S.PRESENT)
    mark(store, at, 0, [0], S.LATE, at=start + dt.timedelta(minutes=20))
    mark(store, at, 0, [0], S.PRESENT, at=start + dt.timedelta(minutes=20))
    mark(store, at, 0, [0], S.LEFT_EARLY, at=start + dt.timedelta(minutes=60))
    assert statuses(store, at, 0)[0] == ("Ana Pérez", S.LEFT_EARLY, 40)


def test_one_step_marks_many_and_undo_leaves_nothing(store: Store) -> None:
    """All present is one change; after undo nothing is known again, which is not absent."""
    at = school(store)
    assert mark(store, at, 0, [0, 1, 2], S.PRESENT) == 3
    assert mark(store, at, 0, [0, 1, 2], S.PRESENT) == 0
    store.undo()
    assert [status for _name, status, _m in statuses(store, at, 0)] == [None, None, None]
    assert {row[5] for row in facts(store, at, "session").rows} == {"no register"}


def test_a_correction_keeps_the_first_entry_in_the_history(store: Store) -> None:
    """The export has the new mark, the journal the old one (S45)."""
    at = school(store)
    mark(store, at, 0, [0], S.PRESENT)
    done = store.change(
        "Correct",
        lambda s: attendance.mark(
            s, session_id=at.sessions[0], participation_ids=[at.people[0]], status=S.ABSENT
        ),
    )
    assert done.step_id is not None
    c = journal_change.c
    query = sa.select(c.before, c.after).where(c.step_id == done.step_id, c.kind == "update")
    (change,) = store.read(lambda s: s.execute(query).all())
    assert (change.before["status"], change.after["status"]) == ("present", "absent")
    assert statuses(store, at, 0)[0] == ("Ana Pérez", S.ABSENT, 0)


def test_not_on_site_is_no_correction_of_a_mark(store: Store) -> None:
    """Not applicable can only be said of somebody who is not marked yet."""
    at = school(store)
    mark(store, at, 0, [1], S.NOT_APPLICABLE)
    mark(store, at, 0, [0], S.PRESENT)
    with pytest.raises(RuleBroken, match="marked already"):
        mark(store, at, 0, [0], S.NOT_APPLICABLE)
    assert sorted(row[4:] for row in at_start(store, at)) == [
        ("Ana Pérez", "present", 90),
        ("Bilal Khan", "not applicable", None),
        ("Chiara Rossi", "no register", None),
    ]


def test_a_space_keeps_no_register(store: Store) -> None:
    """Self-organised spaces are never marked and never reported (E19)."""
    at = school(store, register=False, kind=SessionKind.SPACE)
    with pytest.raises(RuleBroken, match="keeps no register"):
        mark(store, at, 0, [0], S.PRESENT)
    with pytest.raises(RuleBroken, match="keeps no register"):
        store.change("Lose", lambda s: attendance.mark_lost_register(s, session_id=at.sessions[0]))
    assert at_start(store, at) == []


def at_start(store: Store, at: School) -> list[Any]:
    """The rows of the session on the first day."""
    return [row for row in facts(store, at, "session").rows if row[2] == wall(0, 9, 30)]


def test_a_lost_register_is_reported_and_never_means_absent(store: Store) -> None:
    """A lost register gives 'no register' for all who were expected, and counts nowhere (E18)."""
    at = school(store)
    mark(store, at, 0, [0, 1, 2], S.PRESENT)
    lose = lambda lost: store.change(  # noqa: E731
        "Lose", lambda s: attendance.mark_lost_register(s, session_id=at.sessions[0], lost=lost)
    )
    lose(True)
    assert [row[5:] for row in at_start(store, at)] == [("no register", None)] * 3
    assert {row[2:] for row in facts(store, at, "person").rows} == {(0, 0, 0, 0, 0)}
    with pytest.raises(RuleBroken, match="lost"):
        mark(store, at, 0, [0], S.PRESENT)
    lose(False)
    assert [row[5:] for row in at_start(store, at)] == [("present", 90)] * 3


def test_a_cancelled_session_is_nowhere(store: Store) -> None:
    """Cancelled sessions have neither roll nor row."""
    at = school(store, state=SessionState.CANCELLED)
    assert at_start(store, at) == []
    assert (
        len(store.read(lambda s: attendance.register_sessions(s, gathering_id=at.gathering))) == 3
    )
    with pytest.raises(RuleBroken, match="cancelled or removed"):
        roll(store, at, 0)
    with pytest.raises(RuleBroken, match="cancelled or removed"):
        mark(store, at, 0, [0], S.PRESENT)


def test_who_came_although_not_expected_is_in_the_report(store: Store) -> None:
    """Presence is a fact beside the plan: a mark outside the stay counts (E20)."""
    at = school(store)
    mark(store, at, 2, [1], S.PRESENT)
    mark(store, at, 3, [2], S.ABSENT)  # absence from what does not apply is nothing
    rows = [row for row in facts(store, at, "session").rows if row[5] != "no register"]
    assert [(row[2], row[4], row[5]) for row in rows] == [(wall(2, 9, 30), "Bilal Khan", "present")]


def test_a_freely_chosen_session_counts_only_who_came(store: Store) -> None:
    """Nobody is missing in a workshop that people choose."""
    at = school(store, audience="choose one")
    mark(store, at, 0, [1], S.PRESENT)
    assert [row[4] for row in at_start(store, at)] == ["Bilal Khan"]
    first = store.read(lambda s: attendance.register_sessions(s, gathering_id=at.gathering))[0]
    assert (first.expected, first.marked, len(roll(store, at, 0).rows)) == (None, 1, 3)


def test_somebody_of_another_gathering_cannot_be_marked(store: Store) -> None:
    """A register holds the participants of its own gathering."""
    one, other = school(store), school(store)
    with pytest.raises(RuleBroken, match="no longer takes part"):
        mark(store, School(0, one.sessions, other.people), 0, [0], S.PRESENT)


def test_the_sessions_tell_what_there_is_of_their_registers(store: Store) -> None:
    """A register is open, marked n of m, lost, or not kept."""
    at = school(store, register=False)
    mark(store, at, 1, [0, 1], S.PRESENT)
    store.change("Lose", lambda s: attendance.mark_lost_register(s, session_id=at.sessions[2]))
    found = store.read(lambda s: attendance.register_sessions(s, gathering_id=at.gathering))
    assert [(r.register, r.marked, r.expected) for r in found] == [
        (RegisterState.NOT_KEPT, 0, 3),
        (RegisterState.MARKED, 2, 3),
        (RegisterState.LOST, 0, 2),
        (RegisterState.OPEN, 0, 1),
    ]


def test_the_place_opens_on_the_session_that_runs(store: Store) -> None:
    """Now, else the next one, else the last one; sessions without a register never."""
    at = school(store, register=False)
    found = store.read(lambda s: attendance.register_sessions(s, gathering_id=at.gathering))

    def opened(day: int, hour: int) -> dt.datetime | None:
        moment = dt.datetime.combine(b.START + dt.timedelta(days=day), dt.time(hour), UTC)
        session = attendance.session_at(found, moment)
        return session and session.start

    assert opened(-9, 8) == opened(0, 8) == opened(1, 8) == wall(1, 9, 30)
    assert opened(1, 9) == wall(2, 9, 30)
    assert opened(9, 9) == wall(3, 9, 30)
    assert attendance.session_at([], dt.datetime.now(UTC)) is None


def test_totals_by_person(store: Store) -> None:
    """Sessions count if their register has the person; so do the hours possible."""
    at = school(store)
    mark(store, at, 0, [0], S.PRESENT)
    mark(store, at, 1, [0], S.ABSENT)
    mark(store, at, 2, [0], S.EXCUSED)
    mark(store, at, 0, [1], S.PRESENT)
    lines = {row[1]: row[2:] for row in facts(store, at, "person").rows}
    assert lines["Ana Pérez"] == (3, 1, 1, 90, 270)
    assert lines["Bilal Khan"] == (1, 1, 0, 90, 90)
    assert lines["Chiara Rossi"] == (0, 0, 0, 0, 0)


def test_days_follow_the_stays_inside_the_gathering(store: Store) -> None:
    """Arrival and departure day both count, days of travel outside the gathering do not (S43)."""
    at = school(store)
    days = dict(plan(store, at, "day").rows)
    assert [days[b.START + dt.timedelta(days=n)] for n in range(4)] == [3, 3, 2, 2]
    assert plan(store, at, "delegation").rows == [("", 3, 10)]


def test_a_day_list_is_what_a_report_counts(store: Store) -> None:
    """Where a gathering notes who is on site, these days are the report's, and no others."""
    at = school(store)
    for who, here in ((0, True), (1, False), (2, True)):
        store.change(
            "Note",
            lambda s, who=who, here=here: attendance.note_day(  # type: ignore[misc]
                s, gathering_id=at.gathering, date=b.START, participation_ids=[at.people[who]],
                on_site=here,
            ),
        )  # fmt: skip
    found = facts(store, at, "day")
    assert found.rows == [(b.START + dt.timedelta(n), 2 if n == 0 else None) for n in range(4)]
    assert [fact[2] for fact in found.days] in (
        ["Ana Pérez", "Chiara Rossi"],
        ["Chiara Rossi", "Ana Pérez"],
    )


def test_a_cancelled_participation_counts_nowhere(store: Store) -> None:
    """People who do not come are not expected."""
    at = school(store)

    def cancel(s: DbSession) -> None:
        b.cancelled(s, b.person(s, name="Dora Maas"), s.get_one(Gathering, at.gathering))

    store.change("Cancel", cancel)
    assert [row[1] for row in facts(store, at, "person").rows if row[1].startswith("Dora")] == []
    assert dict(plan(store, at, "day").rows)[b.START] == 3
    names = [row.name for row in roll(store, at, 0).rows]
    assert names == ["Ana Pérez", "Bilal Khan", "Chiara Rossi"]


def test_reports_take_three_statements(
    store: Store, count_statements: Callable[[Store], Any]
) -> None:
    """Three statements, whatever the size; so do the roll and the list of sessions."""
    at = school(store)
    mark(store, at, 0, [0], S.PRESENT)
    for by in ("session", "person", "day", "delegation"):
        with count_statements(store) as sent:
            facts(store, at, by)
        assert len([line for line in sent if line.startswith("SELECT")]) == 3
    with count_statements(store) as sent:
        roll(store, at, 0)
    assert len([line for line in sent if line.startswith("SELECT")]) <= 3


def test_a_removed_gathering_is_reported(store: Store) -> None:
    """A report of a gathering that is gone says so."""
    for by in ("session", "day"):
        with pytest.raises(RuleBroken, match="removed meanwhile"):
            facts(store, School(404, [], []), by)


def of_practice(store: Store, code: str, by: attendance.By) -> attendance.AttendanceFacts:
    """A report of one of the practice schools."""

    def ask(s: DbSession) -> attendance.AttendanceFacts:
        key = s.query(Gathering).filter_by(code=code).one().id
        return attendance.attendance_facts(s, gathering_id=key, by=by)

    return store.read(ask)


def test_totals_of_the_practice_schools_are_those_of_their_tables(practice_store: Store) -> None:
    """Statuses and minutes by session equal the csv files; lost registers say so (S42, E18)."""
    for code, table, lost in (
        ("gjs2027", "gjs2027_attendance.csv", 47),
        ("eco2027", "eco2027_attendance.csv", 0),
        ("eco-isb-2027", "eco_isb2027_attendance.csv", 0),
    ):
        with (EVENTS / table).open(encoding="utf-8", newline="") as file:
            kept = list(csv.DictReader(file))
        wanted = Counter(row["status"].replace("_", " ") for row in kept)
        if lost:
            wanted["no register"] = lost
        rows = of_practice(practice_store, code, "session").rows
        assert Counter(row[5] for row in rows) == wanted
        minutes = sum(int(row["minutes"]) for row in kept)
        assert sum(row[6] or 0 for row in rows) == minutes
        totals = of_practice(practice_store, code, "person").rows
        assert (sum(row[2] for row in totals), sum(row[5] for row in totals)) == (
            len(kept),
            minutes,
        )


def test_the_camp_has_2388_person_days(practice_store: Store) -> None:
    """People who left on 28 July have no later day; delegations add up to the same (S43)."""
    days = of_practice(practice_store, "camp2027", "day")
    assert [persons for _date, persons in days.rows] == [350, 350, 350, 343, 336, 331, 328]
    delegations = of_practice(practice_store, "camp2027", "delegation").rows
    assert (len(delegations), sum(row[1] for row in delegations)) == (18, 350)
    assert sum(row[2] for row in delegations) == 2388


def test_hours_for_a_certificate(practice_store: Store) -> None:
    """P0046 attended modules 2 and 3: 54.3 of 57.5 hours in 34 sessions (P08, E15)."""
    uid = practice_store.read(lambda s: s.query(Person).filter_by(code="P0046").one().uid)
    rows = {row[0]: row[2:] for row in of_practice(practice_store, "gjs2027", "person").rows}
    sessions, _came, _absent, minutes, possible = rows[uid]
    assert (sessions, minutes / 60, possible / 60) == (34, 54.3, 57.5)
