"""The programme in a calendar on a real server: created, changed, removed, never overwriting."""

import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from ical.calendar_stream import IcsCalendarStream

from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.caldav import (
    REMOVING,
    Act,
    Away,
    CalendarServer,
    Known,
    Login,
    Outcome,
    Plan,
    Step,
    Wanted,
    carry_out,
    settle,
    survey,
)
from schoolapp.exchange.caldav.content import digest
from schoolapp.exchange.calendars import CalendarGathering, CalendarSession
from schoolapp.exchange.calendars.objects import calendar_objects
from tests.calendar_server import PATH, USER, Radicale, calendar_server

Make = Callable[..., CalendarSession]


@dataclass
class Notes:
    """What a desk remembers; everything is noted at once."""

    known: dict[str, Known] = field(default_factory=dict)

    def begin(self, steps: Iterable[Step]) -> None:
        """Note what is under way."""
        for step in steps:
            before = self.known.get(step.uid) or Known(uid=step.uid, href=step.href)
            under_way = step.wanted.digest if step.wanted else REMOVING
            self.known[step.uid] = replace(before, pending=under_way)

    def note(self, known: Known) -> None:
        """Note what is there."""
        self.known[known.uid] = known

    def forget(self, uid: str) -> None:
        """Note that nothing is there."""
        self.known.pop(uid, None)


@dataclass
class Desk:
    """A desk with a programme, and the server that it pushes to."""

    server: Radicale
    gathering: CalendarGathering
    sessions: list[CalendarSession]
    notes: Notes = field(default_factory=Notes)

    def wanted(self) -> list[Wanted]:
        """The programme as objects."""
        return [
            Wanted(uid=session.uid, title=session.title, body=body, digest=digest(body))
            for session, body in calendar_objects(self.gathering, self.sessions)
        ]

    def connection(self, address: str = "") -> CalendarServer:
        """A connection to the calendar."""
        return CalendarServer(Login(address=address or self.server.address, user=USER), "x")

    def plan(self) -> Plan:
        """What a push would do."""
        with self.connection() as connection:
            return survey(connection, self.wanted(), self.notes.known)

    def push(self, steps: Iterable[Step] | None = None) -> Outcome:
        """Push all that differs, or these steps."""
        with self.connection() as connection:
            todo = self.plan().steps if steps is None else steps
            return carry_out(connection, todo, self.notes)

    def change(self, n: int, **changes: object) -> None:
        """Change a session of the programme."""
        self.sessions[n] = replace(self.sessions[n], **changes)  # type: ignore[arg-type]

    def move(self, n: int) -> None:
        """Move a session by an hour."""
        hour = timedelta(hours=1)
        session = self.sessions[n]
        self.change(n, start=session.start + hour, end=session.end + hour)

    def object(self, n: int) -> tuple[str, bytes]:
        """Name and content of a session on the server."""
        href = f"{PATH}{self.sessions[n].uid}.ics"
        return href, self.server.ask("GET", href)[1]

    def edited_there(self, n: int, old: bytes, new: bytes) -> None:
        """Another program changes a session on the server."""
        href, body = self.object(n)
        assert old in body
        assert self.server.ask("PUT", href, body.replace(old, new))[0] in (201, 204)

    def is_equal(self) -> bool:
        """Whether the calendar holds the programme, nothing less and nothing else."""
        events = IcsCalendarStream.calendar_from_ics(self.server.whole().decode()).events
        there = {(e.uid, e.summary, e.dtstart, e.dtend, e.location) for e in events}
        ours = [
            IcsCalendarStream.calendar_from_ics(one.body.decode()).events for one in self.wanted()
        ]
        wished = {(e.uid, e.summary, e.dtstart, e.dtend, e.location) for (e,) in ours}
        return there == wished and len(events) == len(wished)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    """One server for all tests of this file."""
    with calendar_server(tmp_path_factory.mktemp("radicale")) as made:
        yield made


@pytest.fixture
def desk(server: Radicale, gathering: CalendarGathering, session_with: Make) -> Iterator[Desk]:
    """A desk with six sessions that are in the calendar already."""
    made = Desk(server, gathering, [])
    for n in range(6):
        uid, title = f"s{n}@schoolapp.example", f"Lecture {n}, “ایک”; \\New"
        made.sessions.append(session_with(uid=uid, title=title))
        for _hour in range(n):
            made.move(n)
    assert made.push().done == 6
    assert made.is_equal()
    yield made
    for href in re.findall(
        rb"<href>([^<]+\.ics)</href>", server.ask("PROPFIND", PATH, Depth="1")[1]
    ):
        server.ask("DELETE", href.decode())


def test_an_object_invites_nobody(desk: Desk) -> None:
    """No METHOD, ATTENDEE, ORGANIZER or alarm goes to a server that might send mail of its own."""
    for one in desk.wanted():
        assert not re.search(rb"^(METHOD|ATTENDEE|ORGANIZER|BEGIN:VALARM)", one.body, re.MULTILINE)
    assert b"ATTENDEE" not in desk.server.whole()
    assert re.findall(rb"SEQUENCE:(\d+)", desk.server.whole()) == [b"0"] * 6


def test_only_what_changed_is_pushed(desk: Desk) -> None:
    """Acceptance 7: one moved, one renamed, one cancelled, one new: four requests, then none."""
    assert desk.plan().is_done
    desk.move(0)
    desk.change(1, title="Another title", sequence=1)
    desk.change(2, cancelled=True)
    desk.sessions.append(replace(desk.sessions[3], uid="s9@schoolapp.example", title="New"))
    plan = desk.plan()
    counts = [plan.count(act) for act in (Act.CREATE, Act.CHANGE, Act.REMOVE)]
    assert (counts, plan.unchanged) == ([1, 2, 1], 3)
    assert desk.push().done == 4
    assert desk.is_equal()
    assert desk.plan().is_done
    assert "s2@schoolapp.example" not in desk.notes.known


def test_what_others_changed_is_not_overwritten(desk: Desk) -> None:
    """Acceptance 7: a second client moved what we move too: it is shown, and a person decides."""
    desk.edited_there(0, b"T150000", b"T080000")
    desk.edited_there(1, b"Lecture 1", b"Theirs 1")
    desk.move(0)
    plan = desk.plan()
    assert plan.steps == ()
    first, second = plan.conflicts
    assert (first.theirs.start.hour, first.ours.start.hour) == (8, 16)
    assert second.theirs.title.startswith("Theirs 1")
    assert desk.push([settle(first, ours=True), settle(second, ours=False)]).done == 2
    assert b"Theirs 1" in desk.object(1)[1]
    assert desk.plan().is_done, "what was left to them is not asked again"
    desk.change(1, title="Third title")
    (again,) = desk.plan().conflicts
    desk.push([settle(again, ours=True)])
    assert desk.is_equal()


def test_what_others_removed_is_asked_about(desk: Desk) -> None:
    """A session that somebody removed there comes back, or stays away, as a person decides."""
    for n in (0, 1):
        assert desk.server.ask("DELETE", desk.object(n)[0])[0] == 200
    back, away = desk.plan().conflicts
    assert (back.theirs, away.theirs) == (None, None)
    assert desk.push([settle(back, ours=True), settle(away, ours=False)]).done == 2
    assert b"Lecture 0" in desk.server.whole()
    assert b"Lecture 1" not in desk.server.whole()
    assert desk.plan().is_done
    desk.sessions.pop(1)
    assert [step.act for step in desk.plan().steps] == [Act.FORGET]
    desk.push()
    assert desk.is_equal()


def test_what_others_changed_and_we_cancelled_is_asked_about(desk: Desk) -> None:
    """A cancelled session that was edited there is removed or left, as a person decides."""
    for n in (0, 1):
        desk.edited_there(n, b"Conference hall", b"Garden")
        desk.change(n, cancelled=True)
    ours, theirs = desk.plan().conflicts
    assert (ours.ours, ours.theirs.place.split(",")[0]) == (None, "Garden")
    assert desk.push([settle(ours, ours=True), settle(theirs, ours=False)]).done == 2
    assert b"Lecture 0" not in desk.server.whole()
    assert b"Lecture 1" in desk.server.whole()
    assert desk.plan().is_done


def test_a_change_while_we_push_is_met(desk: Desk) -> None:
    """A second client that is quicker than our request: the request fails, and it is shown."""
    desk.move(0)
    desk.move(1)
    desk.change(2, cancelled=True)
    steps = desk.plan().steps
    desk.edited_there(0, b"Lecture 0", b"Theirs 0")
    desk.edited_there(2, b"Lecture 2", b"Theirs 2")
    desk.server.ask("DELETE", desk.object(1)[0])
    outcome = desk.push(steps)
    assert [conflict.title[:8] for conflict in outcome.conflicts] == [
        "Lecture ", "Lecture ", "Theirs 2",
    ]  # fmt: skip
    assert outcome.conflicts[1].theirs is None
    assert len(desk.plan().conflicts) == 3
    desk.push([settle(conflict, ours=True) for conflict in outcome.conflicts])
    assert desk.is_equal()


def test_marks_of_other_programs_are_no_change(desk: Desk) -> None:
    """An alarm that a telephone added raises no question and no push."""
    alarm = b"BEGIN:VALARM\r\nACTION:AUDIO\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT"
    desk.edited_there(0, b"END:VEVENT", alarm)
    plan = desk.plan()
    assert [step.act for step in plan.steps] == [Act.ADOPT]
    desk.push()
    assert desk.plan().is_done
    assert b"VALARM" in desk.object(0)[1]


def test_the_same_session_under_another_name_is_found(desk: Desk) -> None:
    """Somebody took our file into the calendar before: no second copy, no refusal."""
    new = replace(desk.sessions[0], uid="s8@schoolapp.example", title="Known there")
    ((_session, body),) = calendar_objects(desk.gathering, [new])
    assert desk.server.ask("PUT", f"{PATH}imported.ics", body)[0] == 201
    desk.sessions.append(new)
    assert desk.push().done == 1
    assert desk.notes.known[new.uid].href == f"{PATH}imported.ics"
    assert desk.is_equal()
    assert desk.plan().is_done


def test_a_push_that_was_cut_anywhere_is_taken_up(desk: Desk) -> None:
    """Acceptance 7: 16 cuts at random octets, both ways: in the end it is the programme."""
    rnd = random.Random(7)
    for turn in range(16):
        for n in rnd.sample(range(6), 2):
            desk.move(n)
        desk.change(5, cancelled=turn % 2 == 0)
        steps = desk.plan().steps
        cut = (rnd.choice(["up", "down"]), rnd.randrange(1, 4000))
        desk.server.connection.cuts.extend([cut, ("up", 0)])
        with desk.connection(desk.server.cut_address) as connection:
            outcome = carry_out(connection, steps, desk.notes)
        desk.server.connection.cuts.clear()
        assert outcome.trouble or outcome.done == len(steps)
        plan = desk.plan()
        assert plan.conflicts == ()
        assert outcome.done + len(plan.steps) >= len(steps)
        assert desk.push(plan.steps).trouble == ""
        assert desk.is_equal()
        assert desk.plan().is_done
    assert desk.server.connection.broken > 8


def test_a_change_whose_answer_was_lost_is_ours(desk: Desk) -> None:
    """It arrived, and we went on without knowing: what is there is not somebody else's change."""
    desk.move(0)
    (step,) = desk.plan().steps
    desk.notes.begin([step])
    assert step.wanted is not None
    assert desk.server.ask("PUT", step.href, step.wanted.body)[0] in (201, 204)
    desk.move(0)
    plan = desk.plan()
    assert ([one.act for one in plan.steps], plan.conflicts) == ([Act.CHANGE], ())
    assert desk.push(plan.steps).done == 1
    assert desk.is_equal()


def test_a_session_that_the_server_refuses_does_not_stop_the_others(
    desk: Desk, says: Callable[..., CalendarServer]
) -> None:
    """A session that is too large is reported with the reason, and the next one goes."""
    desk.move(0)
    desk.move(1)
    first, second = desk.plan().steps
    with says((413, {}, b""), (201, {"ETag": '"n"'}, b"")) as connection:
        outcome = carry_out(connection, [first, second], desk.notes)
    assert (outcome.done, outcome.trouble) == (1, "")
    assert outcome.refused == ((first.title, "The calendar server refuses it (413)."),)
    assert desk.notes.known[second.uid].etag == "n"


def test_a_server_that_tells_no_etag_is_asked_for_it(
    desk: Desk, says: Callable[..., CalendarServer]
) -> None:
    """What is there then is ours, or somebody was quicker, or the server changed it: a conflict."""
    desk.move(0)
    (step,) = desk.plan().steps
    assert step.wanted is not None
    body = step.wanted.body
    with says((204, {}, b""), (200, {"ETag": '"n"'}, body)) as connection:
        assert carry_out(connection, [step], desk.notes).done == 1
    assert desk.notes.known[step.uid].etag == "n"
    other = (200, {"ETag": '"o"'}, body.replace(b"Lecture 0", b"Theirs 0"))
    with says((204, {}, b""), other, other) as connection:
        (conflict,) = carry_out(connection, [step], desk.notes).conflicts
    assert conflict.theirs is not None
    assert (conflict.etag, conflict.theirs.title[:8]) == ("o", "Theirs 0")


def test_what_is_gone_when_we_remove_it_is_forgotten(
    desk: Desk, says: Callable[..., CalendarServer]
) -> None:
    """Changed there and removed there while our request was on its way: no conflict."""
    desk.change(0, cancelled=True)
    (step,) = desk.plan().steps
    with says((412, {}, b""), (404, {}, b"")) as connection:
        outcome = carry_out(connection, [step], desk.notes)
    assert (outcome.done, outcome.conflicts) == (1, ())
    assert step.uid not in desk.notes.known


def test_a_push_ends_when_one_says_so(desk: Desk) -> None:
    """Stopped after the first: the rest goes with the next push."""
    for n in range(3):
        desk.move(n)
    said: list[Outcome] = []
    with desk.connection() as connection:
        carry_out(connection, desk.plan().steps, desk.notes, said.append, lambda: len(said) == 1)
    assert [one.done for one in said] == [1]
    assert desk.push().done == 2
    assert desk.is_equal()


def test_what_is_no_calendar_is_reported(server: Radicale) -> None:
    """A folder, an address without encryption, no server: each has its sentence."""
    for address, sentence in (
        (server.address.replace("programme/", ""), "no calendar at this address"),
        (server.address.replace("programme/", "other/"), "no calendar at this address"),
        ("http://127.0.0.1:1/", "connection to 127.0.0.1 broke"),
        ("http://calendar.example.org/", "Without encryption"),
        ("calendar.example.org", "begins with https"),
        ("https://desk:x@calendar.example.org/", "in their own fields"),
    ):
        with (
            pytest.raises(RuleBroken, match=sentence),
            CalendarServer(Login(address=address)) as connection,
        ):
            survey(connection, [], {})
    assert issubclass(Away, RuleBroken)


def test_files_of_others_stay(desk: Desk, tmp_path: Path) -> None:
    """What somebody else put into the calendar is never touched."""
    other = desk.wanted()[0].body.replace(b"s0@", b"birthday@")
    assert desk.server.ask("PUT", f"{PATH}birthday.ics", other)[0] == 201
    desk.sessions.clear()
    assert desk.push().done == 6
    assert desk.server.whole().count(b"BEGIN:VEVENT") == 1
