"""The rules for clashes, each at its edge."""

import datetime as dt
import random
from typing import Any

import pytest

from schoolapp.domain.clashes import (
    BUT_HINTS,
    BY_KIND,
    RULES,
    Clash,
    GivenTimes,
    Level,
    describe,
    find_clashes,
    overlapping,
    refuse_times,
    remarks,
)
from schoolapp.domain.planned import (
    Blocked,
    Busy,
    Follower,
    PlannedGathering,
    PlannedGroup,
    PlannedLine,
    PlannedRoom,
    PlannedSession,
)
from schoolapp.domain.programme import Mode, SessionKind
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.scheduling import ScheduleFacts
from tests.counting import calls_of

DAY = dt.datetime(2027, 10, 25, tzinfo=dt.UTC)
HALL = PlannedRoom("hall", "Conference hall", 10, 0)
FIELD = PlannedRoom("field", "Field", None, 0)


def session(no: int, start: int = 600, minutes: int = 60, **fields: Any) -> PlannedSession:
    """A session at ``start`` minutes after midnight, in UTC and on the wall."""
    first = DAY + dt.timedelta(minutes=start)
    last = first + dt.timedelta(minutes=minutes)
    values: dict[str, Any] = {
        "uid": f"s{no}", "title": f"Title {no}", "gathering": "g", "position": no,
        "start": first, "end": last, "audience": "choose one",
        "start_local": first.replace(tzinfo=None), "end_local": last.replace(tzinfo=None),
    }  # fmt: skip
    return PlannedSession(**values | fields)


def follower(language: str, *understands: str, **fields: Any) -> Follower:
    """Somebody of a language group who is there all day."""
    day = DAY.replace(tzinfo=None)
    values: dict[str, Any] = {
        "language": language, "understands": frozenset({language, *understands}),
        "stays": ((day, day + dt.timedelta(days=1)),), "modules": frozenset(),
    }  # fmt: skip
    return Follower(**values | fields)


def kinds(*sessions: PlannedSession, **fields: Any) -> list[str]:
    gathering = PlannedGathering(code="g", sessions=sessions, **fields)
    return [clash.kind for clash in find_clashes((gathering,))]


def test_a_room_holds_as_many_as_it_has_seats() -> None:
    """The people invited, else all participants; a room without a number has no limit."""
    for room, invited, participants, found in (
        (HALL, 10, 99, []), (HALL, 11, 0, ["room_too_small"]), (HALL, None, 10, []),
        (HALL, None, 11, ["room_too_small"]), (FIELD, 9999, 0, []), (None, 9999, 0, []),
    ):  # fmt: skip
        one = session(1, audience="all", room=room, invited=invited)
        assert kinds(one, participants=participants) == found
    assert kinds(session(1, audience="self-selected", room=HALL, invited=99)) == []


def test_delegations_sent_to_one_room_are_added_up() -> None:
    """Own delegation: the sizes of those that meet in the same room."""
    groups = (PlannedGroup(HALL, 1), PlannedGroup(HALL, 2), PlannedGroup(FIELD, 3))
    one = session(1, audience="own delegation", in_groups=True, groups=groups)
    assert kinds(one, delegations={1: 5, 2: 5, 3: 500}) == []
    assert kinds(one, delegations={1: 5, 2: 6, 3: 500}) == ["room_too_small"]


def test_interpretation_needs_a_booth_and_two_people() -> None:
    """A booth line in a room without one; one person alone for more than 40 minutes."""
    alone = (PlannedLine("fr", Mode.BOOTH, ("P1", "P1")),)
    assert kinds(session(1, minutes=40, room=HALL, lines=alone)) == ["no_booth_in_room"]
    assert kinds(session(1, minutes=41, lines=alone)) == ["one_interpreter_alone"]
    pair = (PlannedLine("fr", Mode.RELAY, ("P1", "P2")), PlannedLine("es", Mode.WHISPER, ()))
    assert kinds(session(1, minutes=90, room=HALL, lines=pair)) == []


def test_blocked_times_are_local_and_half_open() -> None:
    """A session may end when a blocked time starts and start when it ends."""
    prayers = (Blocked(DAY.date(), dt.time(12), dt.time(13), "prayers"),)
    for start, found in ((11 * 60, 0), (11 * 60 + 1, 1), (12 * 60 + 59, 1), (13 * 60, 0)):
        assert len(kinds(session(1, start), blocked=prayers)) == found
    other_day = (Blocked(DAY.date() + dt.timedelta(1), dt.time(12), dt.time(13), "prayers"),)
    assert kinds(session(1, 12 * 60), blocked=other_day) == []


def test_a_room_is_booked_once_at_a_time() -> None:
    """Groups meet in their own rooms; one session after the other is not a clash."""
    groups = (PlannedGroup(HALL, None),)
    inside = session(2, 630, in_groups=True, groups=groups, room=FIELD)
    assert kinds(session(1, room=HALL), inside) == ["room_double_booked"]
    assert kinds(session(1, room=HALL), session(2, 660, room=HALL)) == []
    assert kinds(session(1, room=FIELD), inside) == []


def test_a_person_is_in_one_place_at_a_time_over_all_gatherings() -> None:
    """Roles belong to the earlier and the later session; both roles at once count as speaker."""
    line = (PlannedLine("fr", Mode.WHISPER, ("P1", "P2")),)
    later = session(1, 630, gathering="g", lines=line, speakers=("P2",))
    earlier = session(2, 600, gathering="h", speakers=("P1", "P2"))
    plan = (
        PlannedGathering(code="g", sessions=(later,)),
        PlannedGathering(code="h", sessions=(earlier,)),
    )
    found = {c.person: ([s.uid for s in c.sessions], c.roles) for c in find_clashes(plan)}
    assert found == {
        "P1": (["s1", "s2"], ("speaker", "interpreter")),
        "P2": (["s1", "s2"], ("speaker", "speaker")),
    }


def test_every_kind_has_a_sentence() -> None:
    """The sentence names the sessions, the room and the person."""
    line = (PlannedLine("fr", Mode.BOOTH, ("P1",)),)
    first = session(1, 600, audience="all", invited=11, room=HALL, lines=line, floor="en")
    gathering = PlannedGathering(
        code="g",
        sessions=(first, session(2, 630, room=HALL, speakers=("P1",))),
        blocked=(Blocked(DAY.date(), dt.time(10), dt.time(10, 30), "breakfast"),),
        people_busy={"P1": [Busy(DAY, DAY + dt.timedelta(hours=11), "own.ics")]},
        stays={"P1": [(DAY.replace(tzinfo=None), first.start_local)]},
        followers={follower("es"): 3},
    )
    marks = str.maketrans("", "", "\u2068\u2069")  # names are isolated from what is around them
    sentences = {
        c.kind: describe(c, {"P1": "Ana"}).translate(marks) for c in find_clashes((gathering,))
    }
    assert list(sentences) == [rule.kind for rule in RULES if rule.find]
    assert list(sentences.values()) == [
        "“Title 1” expects 11 people; Conference hall has 10 seats.",
        "“Title 1” is interpreted from a booth; Conference hall has none.",
        "“Title 1” is too long for one interpreter alone (into fr).",
        "“Title 1” is in a time kept free: breakfast.",
        "“Title 1” and “Title 2” are in Conference hall at the same time.",
        "Ana is needed in “Title 1” and in “Title 2” at the same time.",
        "“Title 2”: Ana is busy from 00:00 to 11:00 (own.ics).",
        "“Title 2”: Ana has a part in it and is not on site then.",
        "“Title 1”: nobody interprets into es; people who need it: 3.",
    ]


def test_a_busy_time_of_another_day_is_named_with_its_date() -> None:
    """Somebody who is taken since yesterday: "from 22:00" alone would be this evening."""
    since = Busy(DAY - dt.timedelta(hours=2), DAY + dt.timedelta(hours=11), "own.ics")
    clash = Clash(kind="busy", sessions=(session(1, 630),), person="P1", busy=since)
    assert f"from {since.start:%Y-%m-%d} 22:00 to 11:00" in describe(clash, {})


def test_a_busy_time_touches_who_and_what_is_needed() -> None:
    """The first busy time over a session, for each person and room; ends are not part of a time."""
    hour = dt.timedelta(hours=1)
    early, late = (
        Busy(DAY + 10 * hour, DAY + 11 * hour, "a.ics"), Busy(DAY + 10 * hour, DAY + 12 * hour, "b")
    )  # fmt: skip
    busy = {"people_busy": {"P1": [early, late]}, "rooms_busy": {"hall": [late]}}
    during = session(1, 630, speakers=("P1", "P2"), room=HALL)
    found = find_clashes((PlannedGathering(code="g", sessions=(during,), **busy),))  # type: ignore[arg-type]
    assert [(c.person, c.room, c.busy) for c in found] == [("P1", None, early), (None, HALL, late)]
    assert kinds(session(1, 720, speakers=("P1",), room=HALL), **busy) == []
    assert kinds(session(1, 540, speakers=("P1",), room=HALL), **busy) == []


def test_times_are_kept_free_on_a_date_a_weekday_or_every_day() -> None:
    """A session past midnight meets the times of both of its days, and no others."""
    day = DAY.replace(tzinfo=None)  # a Monday
    every = Blocked(None, dt.time(0, 30), dt.time(1), "night prayers")
    mondays = Blocked(None, dt.time(12), dt.time(13), "rest", weekday=0)
    assert [every.on(DAY.date() + dt.timedelta(n)) for n in range(3)] == [True] * 3
    assert [mondays.on(DAY.date() + dt.timedelta(n)) for n in (-1, 0, 1, 7)] == [
        False, True, False, True,
    ]  # fmt: skip
    party = day.replace(hour=22), day + dt.timedelta(days=1, hours=2)
    assert every.meets(*party)
    assert not mondays.meets(*party)
    assert mondays.meets(day.replace(hour=11), day.replace(hour=14))
    assert not mondays.meets(day.replace(hour=11), day.replace(hour=12))


def test_somebody_is_absent_outside_every_stay() -> None:
    """Two stays, a session half in one; people without a stay come for the session alone."""
    day = DAY.replace(tzinfo=None)
    stays = {"P1": [(day, day.replace(hour=10)), (day.replace(hour=12), day.replace(hour=20))]}
    lines = (PlannedLine("fr", Mode.WHISPER, ("P1", "P2")),)
    for start, found in ((540, []), (570, ["absent"]), (660, ["absent"]), (720, [])):
        one = session(1, start, lines=lines, speakers=("P1",))
        assert kinds(one, stays=stays) == found


def needs(followers: dict[Follower, int], **fields: Any) -> list[tuple[str | None, int | None]]:
    """Into which languages nobody interprets one session in English, and for how many people."""
    values: dict[str, Any] = {"audience": "all", "floor": "en"}
    gathering = PlannedGathering(
        code="g", sessions=(session(1, **values | fields),), followers=followers
    )
    return [(c.target, c.invited) for c in find_clashes((gathering,)) if c.invited]


def test_people_who_need_a_language_that_nobody_interprets_into_are_counted() -> None:
    """A line without an interpreter covers nobody; who understands the floor needs nothing."""
    some = {follower("fr"): 2, follower("fr", "en"): 4, follower("es"): 1}
    nobody, one = PlannedLine("fr", Mode.BOOTH, ()), PlannedLine("fr", Mode.WHISPER, ("P1",))
    assert needs(some) == [("es", 1), ("fr", 2)]
    assert needs(some, lines=(nobody,)) == [("es", 1), ("fr", 2)]
    assert needs(some, lines=(one,)) == [("es", 1)]
    # somebody who reads Spanish follows the interpretation into it
    assert needs({follower("fr", "es"): 2}, lines=(PlannedLine("es", Mode.BOOTH, ("P1",)),)) == []


def test_nobody_needs_interpretation_where_there_is_nothing_to_interpret() -> None:
    """A group of one's own language, no floor, a party, the choice of a few; other days."""
    some = {follower("fr"): 2}
    groups = tuple(PlannedGroup(HALL, None, tag) for tag in ("en", "fr"))
    assert needs(some, groups=groups, audience="by language group") == []
    assert needs(some, groups=groups[:1], audience="by language group") == [("fr", 2)]
    assert needs(some, floor="-") == needs(some, kind=SessionKind.SOCIAL) == []
    assert needs(some, audience="self-selected") == []
    away = DAY.replace(tzinfo=None) + dt.timedelta(days=1), DAY.replace(tzinfo=None)
    assert needs({follower("fr", stays=(away,)): 2}) == []
    assert needs({follower("fr", modules=frozenset({2})): 2}, module_id=1) == []


def test_what_is_wrong_with_times_is_refused_or_remarked() -> None:
    """Outside the days is an error and not a remark; the others never forbid."""
    facts = ScheduleFacts(
        tz="UTC", first=DAY.date(), last=DAY.date(), free_days=frozenset({DAY.date()}),
        modules={1: (DAY.date() + dt.timedelta(1), DAY.date() + dt.timedelta(1))},
        blocked=(Blocked(DAY.date(), dt.time(10), dt.time(11), "prayers"),),
    )  # fmt: skip

    def times(day: int) -> GivenTimes:
        start = DAY.replace(tzinfo=None, hour=10) + dt.timedelta(days=day)
        end = start + dt.timedelta(hours=1)
        return GivenTimes(kind=SessionKind.LECTURE, module_id=1, start=start, end=end, facts=facts)

    refuse_times(times(0))
    assert remarks(times(0)) == (
        "This is a free day: only social evenings are expected then.",
        "Nothing should be planned at that time: prayers.",
        "This day is not one of the module's days.",
    )
    with pytest.raises(RuleBroken, match="outside the days"):
        refuse_times(times(2))
    assert remarks(times(1)) == ()


def test_a_kind_stands_once_and_has_a_level() -> None:
    """Each is found in the programme or in times; only what is refused is an error."""
    assert len(BY_KIND) == len(RULES)
    assert all(rule.find or rule.of_times for rule in RULES)
    assert {rule.kind for rule in RULES if rule.level is Level.ERROR} == {"outside_dates"}
    assert {rule.kind for rule in RULES if rule.level is Level.HINT} == {
        *("free_day", "outside_module", "busy", "absent", "nobody_interprets"),
    }
    assert Clash(kind="busy").level is Level.HINT


def test_hints_can_be_left_out() -> None:
    """Clashes are counted and exported without what only may be one."""
    day = DAY.replace(tzinfo=None)
    gathering = PlannedGathering(
        code="g",
        sessions=(session(1, 540, speakers=("P1",)),),
        stays={"P1": [(day.replace(hour=12), day.replace(hour=20))]},
    )
    assert [clash.kind for clash in find_clashes((gathering,))] == ["absent"]
    assert find_clashes((gathering,), BUT_HINTS) == ()


def test_the_sweep_finds_what_comparing_all_pairs_finds() -> None:
    """Sessions of no length included, in no order, each pair once, the earlier first."""
    chance = random.Random(7)
    many = [session(n, chance.randrange(300), chance.randrange(40)) for n in range(120)]
    found = {(a.uid, b.uid) for a, b in overlapping(many)}
    by_start = sorted(many, key=lambda s: (s.start, s.uid))
    assert found == {
        (a.uid, b.uid) for n, a in enumerate(by_start) for b in by_start[n + 1 :] if a.overlaps(b)
    }


def planned(number: int) -> PlannedGathering:
    """So many sessions in ten rooms, each with its speaker and interpreter."""
    rooms = [PlannedRoom(f"r{n}", f"Room {n}", 20, 0) for n in range(10)]
    many = tuple(
        session(n, n // 10 * 90, room=rooms[n % 10], speakers=(f"P{n}",), lines=(
            PlannedLine("fr", Mode.BOOTH, (f"P{n + 300}",)),)) for n in range(number)
    )  # fmt: skip
    return PlannedGathering(code="g", sessions=many)


def test_ten_times_the_sessions_are_ten_times_the_work() -> None:
    """Not a hundred times: clashes can be asked for at every change of the programme."""
    few, many = planned(30), planned(300)
    assert calls_of(lambda: find_clashes((many,))) < 12 * calls_of(lambda: find_clashes((few,)))
