"""The rules for clashes, each at its edge."""

import datetime as dt
import random
from typing import Any

from schoolapp.domain.clashes import (
    RULES,
    Blocked,
    PlannedGathering,
    PlannedGroup,
    PlannedLine,
    PlannedRoom,
    PlannedSession,
    describe,
    find_all,
    overlapping,
)
from schoolapp.domain.programme import Mode
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


def kinds(*sessions: PlannedSession, **fields: Any) -> list[str]:
    gathering = PlannedGathering(code="g", sessions=sessions, **fields)
    return [conflict.kind for conflict in find_all((gathering,))]


def test_a_room_holds_as_many_as_it_has_seats() -> None:
    """Who is invited, else all participants; a room without a number has no limit."""
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
    """Groups meet in their own rooms; one session after the other is no clash."""
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
    found = {c.person: ([s.uid for s in c.sessions], c.roles) for c in find_all(plan)}
    assert found == {
        "P1": (["s1", "s2"], ("speaker", "interpreter")),
        "P2": (["s1", "s2"], ("speaker", "speaker")),
    }


def test_every_kind_is_told_in_a_sentence() -> None:
    """The sentence names the sessions, the room and the person."""
    line = (PlannedLine("fr", Mode.BOOTH, ("P1",)),)
    first = session(1, 600, audience="all", invited=11, room=HALL, lines=line)
    gathering = PlannedGathering(
        code="g",
        sessions=(first, session(2, 630, room=HALL, speakers=("P1",))),
        blocked=(Blocked(DAY.date(), dt.time(10), dt.time(10, 30), "breakfast"),),
    )
    marks = str.maketrans("", "", "\u2068\u2069")  # names are kept apart from what is around them
    told = {c.kind: describe(c, {"P1": "Ana"}).translate(marks) for c in find_all((gathering,))}
    assert list(told) == [rule.kind for rule in RULES]
    assert list(told.values()) == [
        "“Title 1” expects 11 people; Conference hall has 10 seats.",
        "“Title 1” is interpreted from a booth; Conference hall has none.",
        "“Title 1” is too long for one interpreter alone (into fr).",
        "“Title 1” lies in a time kept free: breakfast.",
        "“Title 1” and “Title 2” are in Conference hall at the same time.",
        "Ana is needed in “Title 1” and in “Title 2” at the same time.",
    ]


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
    assert calls_of(lambda: find_all((many,))) < 12 * calls_of(lambda: find_all((few,)))
