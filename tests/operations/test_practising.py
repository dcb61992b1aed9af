"""Practice schools that live: laid around any day, they stand where that day says."""

import datetime as dt
import json
from functools import cache
from pathlib import Path

import pytest

from schoolapp.base import clock
from schoolapp.domain.applications import ApplicationState
from schoolapp.domain.delegations import DelegationState
from schoolapp.domain.funding import ClaimState
from schoolapp.domain.gatherings import GatheringState
from schoolapp.domain.participation import ParticipationState
from schoolapp.exchange.packages.model import Package, Packages
from schoolapp.exchange.packages.reading import PackageBroken
from schoolapp.exchange.packages.today import laid_around, read_for_today
from schoolapp.operations import reports
from schoolapp.operations.arrivals.listing import arrival_rows
from schoolapp.operations.attendance import RegisterState, register_sessions, session_at
from schoolapp.operations.gatherings import gathering_row, list_gatherings
from schoolapp.operations.practising import load_for_today
from schoolapp.storage.store import Store
from tests.paths import EVENTS

TODAY = dt.date(2026, 12, 1)
DAYS = (
    TODAY, dt.date(2026, 12, 6), dt.date(2027, 3, 28), dt.date(2028, 2, 29), dt.date(2027, 10, 31),
    dt.date(2027, 1, 1),
)  # fmt: skip
"""Among them a free day of the running school, both changes of the clocks, the ends of a year."""
NOON = dt.datetime.combine(TODAY, dt.time(6), dt.UTC)  # two in the afternoon in Manila


@cache
def packages_of(today: dt.date) -> Packages:
    """The practice packages laid around a day; they are looked at and not loaded."""
    return read_for_today(EVENTS, today)


def laid(today: dt.date) -> dict[str, Package]:
    """The same by code."""
    return {package.gathering.code: package for package in packages_of(today).packages}


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_each_school_stands_where_today_says(today: dt.date) -> None:
    """One is being selected, one runs with sessions today, one ended last month, the camp comes;
    weekdays stay, and the reader finds no contradiction, whatever the clocks do."""
    found = laid(today)
    states = {code: package.gathering.state for code, package in found.items()}
    assert states == {
        "gjs2027": GatheringState.CLOSING,
        "eco2027": GatheringState.RUNNING,
        "eco-isb-2027": GatheringState.SELECTING,
        "camp2027": GatheringState.CONFIRMED,
    }
    past, runs, selected, camp = (
        found[code].gathering for code in ("gjs2027", "eco2027", "eco-isb-2027", "camp2027")
    )
    last_month = today - dt.timedelta(days=today.day)
    assert dt.timedelta() <= last_month - past.end_date < dt.timedelta(days=7)
    assert runs.start_date <= today <= runs.end_date
    assert today in {one.start_local.date() for one in found["eco2027"].sessions if one.register}
    assert 49 <= (selected.start_date - today).days < 56
    assert 56 <= (camp.start_date - today).days < 63
    assert past.start_date.weekday() == dt.date(2027, 10, 23).weekday()
    assert camp.start_date.weekday() == dt.date(2027, 7, 24).weekday()
    for package in found.values():
        year = package.gathering.start_date.year
        assert all(int(title[-4:]) == year for title in package.gathering.titles.values())


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_nothing_that_is_still_to_come_has_happened(today: dt.date) -> None:
    """No register, payment, gift or step of an application lies after today."""
    packages = packages_of(today)
    for package in packages.packages:
        assert all(m.session.start_local.date() < today for m in package.attendance)
        assert not package.daily_presence
        assert all(payment.date <= today for payment in package.payments)
        assert all(s.at.date() <= today for a in package.applications for s in a.steps)
        for subsidy in package.subsidies:
            assert all(one.rate_date is None or one.rate_date <= today for one in subsidy.payments)
    assert all(gift.date <= today for gift in packages.donations.gifts)


def test_what_is_to_be_practised_is_there() -> None:
    """Undecided applications, claims that wait, delegations with names, people to check in."""
    found = laid(TODAY)
    states = {one.state for one in found["eco-isb-2027"].applications}
    assert states == {ApplicationState.ELIGIBLE, ApplicationState.SUBMITTED}
    assert found["eco-isb-2027"].participations == []
    claims = [one.state for one in found["gjs2027"].travel_claims]
    assert claims.count(ClaimState.SUBMITTED) == 19
    delegations = {one.state for one in found["camp2027"].delegations}
    assert delegations == {DelegationState.NAMES_GIVEN}
    people = {one.state for one in found["camp2027"].participations}
    assert people == {ParticipationState.EXPECTED}


def test_the_files_of_the_packages_stay(tmp_path: Path) -> None:
    """Only what is read is moved; what is wrong in a package is said of its own file and path."""
    for path in EVENTS.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert laid_around(tmp_path, TODAY)["people.json"] == before["people.json"].decode()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    file = tmp_path / "eco2027_manila.json"
    broken = json.loads(file.read_text("utf-8"))
    broken["event"]["participants"][0]["person"] = "P9999"
    file.write_text(json.dumps(broken), "utf-8")
    with pytest.raises(PackageBroken, match=r"eco2027_manila.json: event.participants\[0\].person"):
        read_for_today(tmp_path, TODAY)


def load(store: Store) -> None:
    """Load the practice schools around today."""
    with clock.at(NOON):
        packages = read_for_today(EVENTS, TODAY)
        store.change("Load", lambda s: load_for_today(s, packages))


def test_the_running_school_runs(file_store: Store) -> None:
    """People are here, two are still to come, registers of the days before are closed, and that of
    today is open; what was recorded is what its report counts."""
    load(file_store)
    key = file_store.read(lambda s: gathering_row(s, code="eco2027")).id
    people = file_store.read(lambda s: arrival_rows(s, gathering_id=key))
    states = [one.state for one in people]
    assert states.count(ParticipationState.PRESENT) >= 10
    assert states.count(ParticipationState.EXPECTED) >= 2
    sessions = file_store.read(lambda s: register_sessions(s, gathering_id=key))
    for one in sessions:
        past = one.start.date() < TODAY
        expected = (RegisterState.CLOSED, RegisterState.LOST) if past else (RegisterState.OPEN,)
        assert one.register in (*expected, RegisterState.NOT_KEPT)
    opened = session_at(sessions, NOON)
    assert opened is not None
    assert (opened.start.date(), opened.register) == (TODAY, RegisterState.OPEN)
    days = dict(
        file_store.read(lambda s: reports.report_of(s, gathering_id=key, kind="day")).sheet.rows  # type: ignore[arg-type]
    )
    assert all(bool(days[day]) for day in days if day < TODAY and day.weekday() < 5)
    assert all(days[day] is None for day in days if day >= TODAY)


def test_what_is_there_stays_under_somebodys_hands(file_store: Store) -> None:
    """Loading again on a later day moves nothing and checks nobody in."""
    load(file_store)
    before = file_store.read(list_gatherings)
    steps = file_store.news(0).last
    later = TODAY + dt.timedelta(days=40)
    with clock.at(dt.datetime.combine(later, dt.time(6), dt.UTC)):
        packages = read_for_today(EVENTS, later)
        file_store.change("Load", lambda s: load_for_today(s, packages))
    assert file_store.read(list_gatherings) == before
    assert file_store.news(0).last == steps
