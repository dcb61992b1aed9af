"""Calendars of speakers and rooms: when they are busy, read as others wrote them, safely."""

import datetime as dt
import fnmatch
import io
import json
import random
import runpy
import sys
import time
from types import SimpleNamespace

import pytest
import vobject

from schoolapp import __main__
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.calendars.foreign import READER, BusyCalendar, main, read_busy
from tests.paths import CHECKERS

FIRST = dt.datetime(2027, 10, 23, tzinfo=dt.UTC)
LAST = dt.datetime(2027, 11, 13, tzinfo=dt.UTC)
TZ = "Europe/Amsterdam"
MAKER = runpy.run_path(str(CHECKERS / "hostile_files.py"))
SHAPES = {n: shape for n, shape in MAKER["SHAPES"].items() if fnmatch.fnmatch(n, "*.ics")}


def calendar(*events: str, head: str = "") -> bytes:
    """A calendar with these events, each as lines separated by spaces."""
    whole = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{whole}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def read(data: bytes, **more: object) -> BusyCalendar:
    """The file as it is read for the Amsterdam school."""
    return read_busy(data, first=FIRST, last=LAST, tz=TZ, **more)  # type: ignore[arg-type]


def hours(found: BusyCalendar) -> list[str]:
    """The times in UTC."""
    return [f"{start:%m-%d %H:%M}-{end:%H:%M}" for start, end in found.spans]


def asked(data: bytes) -> tuple[int, bytes]:
    """What the child would answer, in this process."""
    out = io.BytesIO()
    return main([FIRST.isoformat(), LAST.isoformat(), TZ], io.BytesIO(data), out), out.getvalue()


def times_of(data: bytes) -> tuple[int, list[str]]:
    """How many entries the child does not understand, and the times of the others in UTC."""
    status, answer = asked(data)
    assert status == 0
    unread, *rows, _end = (json.loads(line) for line in answer.splitlines())
    times = ([dt.datetime.fromisoformat(one) for one in row[1:]] for row in rows)
    return unread, sorted(f"{start:%m-%d %H:%M}-{end:%H:%M}" for start, end in times)


def test_a_speaker_s_calendar_is_read_as_they_see_it() -> None:
    """A weekly course over the change of clocks: one date cancelled, one moved and one added."""
    weekly = (
        "UID:1\nSUMMARY:Course\nDTSTART;TZID=Europe/Berlin:20200107T100000\n"
        "DTEND;TZID=Europe/Berlin:20200107T120000\nRRULE:FREQ=WEEKLY;BYDAY=TU,TH\n"
        "EXDATE;TZID=Europe/Berlin:20271028T100000\nRDATE;TZID=Europe/Berlin:20271030T100000"
    )
    moved = (
        "UID:1\nRECURRENCE-ID;TZID=Europe/Berlin:20271102T100000\n"
        "DTSTART;TZID=Europe/Berlin:20271103T150000\nDURATION:PT1H30M"
    )
    both = calendar(weekly, moved)
    assert hours(read(both)) == times_of(both)[1] == [
        "10-26 08:00-10:00", "10-30 08:00-10:00", "11-03 14:00-15:30", "11-04 09:00-11:00",
        "11-09 09:00-11:00", "11-11 09:00-11:00",
    ]  # fmt: skip


def test_what_blocks_no_time_does_not_count() -> None:
    """Cancelled, transparent, free in Outlook, our own session, without length, on other dates."""
    at = "DTSTART:20271026T090000Z\nDTEND:20271026T100000Z"
    found = read(
        calendar(
            f"UID:1\n{at}\nSTATUS:CANCELLED",
            f"UID:2\n{at}\nTRANSP:TRANSPARENT",
            f"UID:3\n{at}\nX-MICROSOFT-CDO-BUSYSTATUS:FREE",
            f"UID:s1@schoolapp.example\n{at}",
            "UID:4\nDTSTART:20271026T090000Z",
            "UID:5\nDTSTART:20280101T090000Z\nDTEND:20280101T100000Z",
        ),
        ours={"s1@schoolapp.example"},
    )
    assert found == BusyCalendar((), 0)


def test_days_and_times_without_a_zone_are_those_of_the_gathering() -> None:
    """A day off is that day in Amsterdam, of 25 hours when clocks change; meetings are joined."""
    found = read(
        calendar(
            "UID:1\nDTSTART;VALUE=DATE:20271031",
            "UID:2\nDTSTART:20271102T090000\nDTEND:20271102T100000",
            "UID:3\nDTSTART:20271102T093000\nDTEND:20271102T110000",
            "UID:4\nDTSTART;VALUE=DATE:20101105\nRRULE:FREQ=YEARLY;UNTIL=20301231",
            "UID:5\nDTSTART:20271109T090000\nDTEND:20271109T093000\nRRULE:FREQ=DAILY;COUNT=2",
        )
    )
    assert hours(found) == [
        "10-30 22:00-23:00", "11-02 08:00-10:00", "11-04 23:00-23:00", "11-09 08:00-08:30",
        "11-10 08:00-08:30",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "hour"),
    [
        ("W. Europe Standard Time", 9),
        ("/freeassociation.sourceforge.net/Tzfile/Europe/Athens", 8),
        ('"Asia/Karachi"', 5),
        ("Nobody", None),
        ("America", None),
        ("../../etc/passwd", None),
    ],
)
def test_zones_are_known_by_many_names(name: str, hour: int | None) -> None:
    """Windows, Evolution and quotes; zones that are not described are counted, not guessed."""
    unread, times = times_of(calendar(f"UID:1\nDTSTART;TZID={name}:20271102T100000\nDURATION:PT1H"))
    assert times == ([] if hour is None else [f"11-02 {hour:02}:00-{hour + 1:02}:00"])
    assert unread == (hour is None)


def test_a_zone_that_only_the_file_knows_is_taken_from_it() -> None:
    """A private zone with a rule of its own: two hours east of Greenwich in November."""
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:19701025T030000\n"
        "TZOFFSETFROM:+0200\nTZOFFSETTO:+0200\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    event = "UID:1\nDTSTART;TZID=Ours:20271102T100000\nDURATION:PT1H"
    assert times_of(calendar(event, head=zone)) == (0, ["11-02 08:00-09:00"])
    assert times_of(calendar(event, head=zone.replace("+0200", "+9900"))) == (1, [])
    named = zone.replace("BEGIN:STANDARD", "X-LIC-LOCATION:Asia/Manila\nBEGIN:STANDARD", 1)
    assert times_of(calendar(event, head=named)) == (0, ["11-02 02:00-03:00"])


def test_a_published_list_of_busy_times_is_read() -> None:
    """VFREEBUSY: periods with an end or a length; free ones and other weeks left out."""
    data = (
        b"BEGIN:VCALENDAR\r\nBEGIN:VFREEBUSY\r\nUID:1\r\n"
        b"FREEBUSY:20271026T090000Z/PT2H,20271027T090000Z/20271027T100000Z\r\n"
        b"FREEBUSY;FBTYPE=FREE:20271028T090000Z/PT2H\r\n"
        b"FREEBUSY:20280101T090000Z/PT2H\r\nEND:VFREEBUSY\r\nEND:VCALENDAR\r\n"
    )
    assert times_of(data) == (0, ["10-26 09:00-11:00", "10-27 09:00-10:00"])
    days = data.replace(b"20271026T090000Z/PT2H", b"20271026/20271027")
    assert times_of(days) == (1, []), "a period of days is none"


def test_rules_agree_with_another_reader() -> None:
    """60 random rules: the same beginnings as vobject gives for them."""
    rnd = random.Random(3)
    for _turn in range(60):
        rule = f"FREQ={rnd.choice(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'])}"
        rule += f";INTERVAL={rnd.randint(1, 4)}"
        rule += rnd.choice(["", ";BYDAY=MO,WE", ";BYMONTHDAY=1,-1", ";BYMONTH=10,11;BYDAY=-1FR"])
        rule += rnd.choice(["", f";COUNT={rnd.randint(1, 900)}", ";UNTIL=20271105T000000Z"])
        start = f"DTSTART:20{rnd.randint(18, 27)}10{rnd.randint(10, 28)}T090000Z"
        data = calendar(f"UID:1\n{start}\nDURATION:PT1H\nRRULE:{rule}")
        (event,) = vobject.readOne(data.decode()).vevent_list
        theirs = event.getrruleset(addRDate=False).between(
            FIRST.replace(tzinfo=dt.UTC), LAST - dt.timedelta(seconds=1), inc=True
        )
        _status, answer = asked(data)
        ours = [line.split(b'"')[3].decode() for line in answer.splitlines()[1:-1]]
        assert ours == [one.isoformat() for one in theirs], rule


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_a_hostile_calendar_is_refused_in_seconds(name: str) -> None:
    """Endless rules, nested junk, lists without end: a sentence within seconds, or it is read."""
    expect, _why, make = SHAPES[name]
    data, begun = make(), time.monotonic()
    status, answer = asked(data)
    assert time.monotonic() - begun < 10
    assert expect == "either" or status == ("read", "refuse").index(expect)
    assert answer.startswith(b'{"refused"') if status else answer.endswith(b'"end"\n')


def test_what_never_ends_is_ended_with_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Daily on 30 February, 400 times: valid, and read at once."""
    monkeypatch.setattr(READER.limits, "wall_seconds", 1.5)
    never = "DTSTART:20200101T000000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"
    with pytest.raises(RuleBroken, match="could not be read"):
        read(calendar(*[f"UID:{n}\n{never}" for n in range(400)]))
    with pytest.raises(RuleBroken, match="more often than daily"):
        read(SHAPES["rule_secondly.ics"][2]())


def test_a_hundred_megabytes_are_refused_at_once() -> None:
    """No process is started for a file beyond 5 MB."""
    begun = time.monotonic()
    with pytest.raises(RuleBroken, match="5 MB"):
        READER.check_size(100_000_000)
    assert asked(b"x" * 5_000_001)[0] == 1
    assert time.monotonic() - begun < 1


def test_the_child_limits_itself_and_then_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Started as a program it bounds itself, then answers; the bounds are noted here, not set."""
    bounds = {"cpu": (-1, -1), "memory": (-1, -1)}
    system = SimpleNamespace(
        RLIMIT_CPU="cpu", RLIMIT_AS="memory", RLIM_INFINITY=-1,
        getrlimit=bounds.__getitem__, setrlimit=bounds.__setitem__,
    )  # fmt: skip
    answer = io.BytesIO()
    event = calendar("UID:1\nDTSTART:20271026T090000Z\nDTEND:20271026T100000Z")
    monkeypatch.setitem(sys.modules, "resource", system)
    monkeypatch.setattr(
        sys, "argv", ["schoolapp", READER.word, FIRST.isoformat(), LAST.isoformat(), TZ]
    )
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(event)))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(answer, write_through=True))
    assert __main__.main() == 0
    assert answer.getvalue().startswith(b'0\n["1","2027-10-26T09:00:00')
    limits = READER.limits
    assert (bounds["cpu"][0], bounds["memory"][0]) == (limits.cpu_seconds, limits.memory)


def test_days_are_repeated_as_days() -> None:
    """A rule of days ends with a day, its exceptions are days, and one that moved is a day too."""
    off = (
        "UID:1\nDTSTART;VALUE=DATE:20271025\nRRULE:FREQ=DAILY;UNTIL=20271028\n"
        "EXDATE;VALUE=DATE:20271026"
    )
    moved = "UID:1\nRECURRENCE-ID;VALUE=DATE:20271027\nDTSTART;VALUE=DATE:20271104"
    assert times_of(calendar(off, moved)) == (
        0, ["10-24 22:00-22:00", "10-27 22:00-22:00", "11-03 23:00-23:00"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "no calendar"),
        (b"\0\1\2", "broken"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "ends in the middle"),
        (calendar("UID:1\nDTSTART:20271023T000000Z\nDURATION:PT1M\nRRULE:FREQ=DAILY;BYHOUR="
                  + ",".join(map(str, range(24))), *(
                  f"UID:{n}\nDTSTART:20271024T000000Z\nDURATION:PT1M\nRRULE:FREQ=DAILY"
                  for n in range(40))), "more than 1000"),
        (calendar("UID:1\nDTSTART:20271024T000000Z\nDURATION:PT1M\nRDATE:"
                  + ",".join(["20271025T000000Z"] * 1001)), "without measure"),
        (calendar("UID:1\nDTSTART:20271024T000000Z\nDURATION:PT1M\nRRULE:FREQ=DAILY;INTERVAL=999"),
         "without measure"),
        (calendar("UID:1\nDTSTART:19271024T000000Z\nDURATION:PT1M\nRRULE:FREQ=DAILY;COUNT=999999"),
         "without measure"),
    ],
)  # fmt: skip
def test_each_refusal_says_why(data: bytes, sentence: str) -> None:
    """A file that is not a calendar, ends too early, or holds too much."""
    status, answer = asked(data)
    assert status == 1
    assert sentence in answer.decode() or sentence.replace("1000", "{limit}") in answer.decode()


@pytest.mark.parametrize(
    "event",
    [
        "UID:1", "DTSTART:2027", "DTSTART:20271399T000000Z\nDURATION:PT1H",
        "DTSTART:20271026T090000Z\nDURATION:soon",
        "DTSTART;VALUE=DATE:20271026\nDTEND:20271027T090000Z",
        "DTSTART:20271026T090000Z\nDURATION:PT1H\nRRULE:every day",
        "DTSTART:20271026T090000Z\nDURATION:PT1H\nRRULE:FREQ=SOMETIMES",
        "DTSTART:20271026T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=many",
        "DTSTART:99991231T235959Z\nDURATION:P1D\nRRULE:FREQ=DAILY;UNTIL=00000000",
        "DTSTART:20271026T090000Z\nRECURRENCE-ID:never\nDURATION:-P1W1",
    ],
)  # fmt: skip
def test_a_broken_entry_is_counted_and_the_others_are_read(event: str) -> None:
    """One unreadable entry costs nothing but itself."""
    good = "UID:9\nDTSTART:20271026T090000Z\nDTEND:20271026T100000Z"
    _status, answer = asked(calendar(event, good))
    assert answer.startswith(b"1\n")
    assert answer.count(b"2027-10-26T09:00:00") == 1


def test_a_damaged_calendar_is_read_or_refused() -> None:
    """Of 300 damaged files each is read or refused, none raises anything else."""
    rnd, good = random.Random(5), SHAPES["good.ics"][2]()
    for _turn in range(300):
        assert asked(MAKER["mutated"](good, rnd))[0] in (0, 1)
