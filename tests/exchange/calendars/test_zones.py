"""VTIMEZONE blocks against zoneinfo and against a program that uses them."""

import datetime as dt
import zoneinfo
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from schoolapp.base import clock
from schoolapp.exchange.calendars import CalendarGathering, Calendars, CalendarSession
from schoolapp.exchange.calendars.zones import changes_between, timezone_block
from tools.interop.cases import ZONES as INTEROP
from tools.interop.cases import practice_cases, walls, zone_cases

ZONES = {
    "Europe/Amsterdam": 2027,
    "Europe/Lisbon": 2027,
    "Europe/Dublin": 2027,  # its winter is the "daylight" part of the rule
    "Asia/Karachi": 2027,
    "Asia/Manila": 2027,
    "Africa/Casablanca": 2025,  # Ramadan
    "America/Santiago": 2027,
    "Africa/Cairo": 2027,
    "Asia/Gaza": 2027,
    "Australia/Lord_Howe": 2027,  # half an hour
    "America/Nuuk": 2027,  # a rule with a negative hour
}
YEARLY = ("Europe/Amsterdam", "Europe/Lisbon", "Europe/Dublin", "Australia/Lord_Howe")
Make = Callable[..., CalendarSession]
Times = Callable[..., dict[str, list[Any]]]

AMSTERDAM = """\
BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE
"""


def test_amsterdam_is_a_rule_from_1970() -> None:
    """The onset is the wall time before the change, and the rule repeats without an end."""
    assert timezone_block("Europe/Amsterdam", 2027, 2028).decode() == AMSTERDAM.replace(
        "\n", "\r\n"
    )


def test_a_zone_without_summer_time_has_one_observance() -> None:
    """Karachi is one STANDARD with both offsets equal, of 156 octets."""
    block = timezone_block("Asia/Karachi", 2027, 2027)
    assert len(block) == 156
    assert block.count(b"BEGIN:STANDARD") == 1
    assert b"TZOFFSETFROM:+0500\r\nTZOFFSETTO:+0500" in block


@pytest.mark.parametrize("tz", ZONES)
def test_only_what_an_rrule_can_say_is_a_rule(tz: str) -> None:
    """Rules of the M form that hold in the years are RRULEs, the others are listed day by day."""
    block = timezone_block(tz, ZONES[tz], ZONES[tz])
    assert (b"RRULE" in block) == (tz in YEARLY)


def test_each_listed_change_is_an_observance_of_its_own() -> None:
    """Readers take only the first of a list of RDATEs, and ical.js forgets the DTSTART beside one:
    Casablanca went back twice in 2026, and ical.js was an hour off after the first time.
    """
    block = timezone_block("Africa/Casablanca", 2026, 2026).decode()
    assert "RDATE" not in block
    onsets = [line for line in block.split("\r\n") if line.startswith("DTSTART")]
    assert [line.removeprefix("DTSTART:") for line in onsets] == [
        "19700101T000000", "20260215T030000", "20260322T020000", "20260920T020000",
    ]  # fmt: skip


def test_a_zone_whose_offset_has_seconds_says_them() -> None:
    """Local mean time is written to the second (RFC 5545 3.3.14)."""
    assert b"TZOFFSETTO:-004430" in timezone_block("Africa/Monrovia", 1971, 1971)


def test_a_rule_that_did_not_hold_in_the_years_is_not_used() -> None:
    """Amsterdam had no summer time in 1970: those years are listed, not ruled."""
    assert b"RRULE" not in timezone_block("Europe/Amsterdam", 1970, 1978)


def test_changes_are_found_to_the_second() -> None:
    """The moments are the legal ones: 01:00 UTC in Europe."""
    moments = [change.at for change in changes_between("Europe/Amsterdam", 2027, 2027)]
    assert [f"{m:%m-%dT%H:%M:%S}" for m in moments] == ["03-28T01:00:00", "10-31T01:00:00"]


@pytest.mark.parametrize("name", ["Europe/Nowhere", "../secret", ""])
def test_an_unknown_zone_is_refused(name: str) -> None:
    """A name that the pinned data do not know is an error, not a guess."""
    with pytest.raises(ValueError, match="no time zone"):
        timezone_block(name, 2027, 2027)


def test_every_zone_gives_a_block() -> None:
    """No IANA name makes it fail, whatever its rule looks like."""
    for name in sorted(zoneinfo.available_timezones())[::7]:
        assert timezone_block(name, 2027, 2027).startswith(b"BEGIN:VTIMEZONE\r\nTZID:")


def test_another_program_reads_the_instants_of_all_sessions(
    practice_file: Path, tmp_path: Path, vobject_times: Times, capsys: pytest.CaptureFixture[str]
) -> None:
    """Acceptance 3: every session of the four gatherings, and of one in each zone whose law is no
    yearly rule, in both halves of the year; our VTIMEZONE alone, under a name that no program
    knows.
    """
    cases = [*practice_cases(practice_file, tmp_path), *zone_cases()]
    assert [len(case.times) for case in cases[:4]] == [60, 152, 28, 16]
    for case in cases[4:]:
        months = {int(start[5:7]) for start, _end in case.times.values()}
        assert months == set(range(1, 13))
    expected = {uid: times for case in cases for uid, times in case.times.items()}
    found = vobject_times(*(case.data for case in cases))
    assert {uid: [start, end] for uid, (start, end, _minutes) in found.items()} == expected


def test_another_program_reads_the_wall_times_of_a_whole_year(
    session_with: Make, gathering: CalendarGathering, vobject_times: Times
) -> None:
    """Other zones, every third day and every hour around the changes: UTC is right."""
    files, expected = [], {}
    listed = {tz for tz, _year in INTEROP}
    for tz, year in ((tz, year) for tz, year in ZONES.items() if tz not in listed):
        sessions = [
            session_with(
                uid=f"{tz}-{wall:%m%d%H}", start=wall, end=wall + dt.timedelta(hours=3), tz=tz
            )
            for wall in walls(tz, year)
        ]
        files.append(Calendars(gathering, sessions).programme())
        for s in sessions:
            expected[s.uid] = f"{clock.to_utc(s.start, tz):%Y-%m-%dT%H:%MZ}"
    read = {uid: start for uid, (start, _end, _minutes) in vobject_times(*files).items()}
    assert read == expected
