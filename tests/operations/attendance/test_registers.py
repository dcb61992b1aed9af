"""Registers: scans at the door, closing, losing, corrections, and two desks at one roll."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

import pytest
import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.domain.attendance import AttendanceMark, AttendanceState, Scan
from schoolapp.domain.participation import Participation
from schoolapp.domain.programme import Session, SessionKind, SessionState
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.scanning import ScanKind
from schoolapp.domain.workflow import ReasonNeeded
from schoolapp.exchange.calendars.reply_mails import read_replies
from schoolapp.operations import attendance, mail
from schoolapp.operations.arrivals.badges import badge_rows, give_badges, replace_badge
from schoolapp.operations.attendance import RegisterState, Scanned
from schoolapp.operations.attendance.heat import heat_map
from schoolapp.operations.invitations import (
    Incoming,
    Outcome,
    prepare_invitations,
    take_replies,
)
from schoolapp.storage.store import DbSession, Store
from tests import builders as b
from tests.answers import reply
from tests.databases import Databases

Counting = Callable[[Store], AbstractContextManager[list[str]]]
S = AttendanceState
START = dt.datetime.combine(b.START, dt.time(7, 30), dt.UTC)  # 09:30 in Amsterdam


class School:
    """A school with one session and people with badges; every call is one change."""

    def __init__(self, store: Store, people: int = 2, **session: object) -> None:
        self.store = store

        def build(s: DbSession) -> tuple[int, int, list[int]]:
            at = b.gathering(s, days=3, contact_address="office@example.org")
            persons = [b.person(s, name=f"Person {n:03}") for n in range(people)]
            parts = [b.participation(s, who, at) for who in persons]
            slot = b.session(s, at, **session)  # type: ignore[arg-type]
            give_badges(s, at.id)
            return at.id, slot.id, [part.id for part in parts]

        self.gathering, self.session, self.people = store.change("Build", build).value
        rows = store.read(lambda s: badge_rows(s, self.gathering))
        self.codes = [row.code for row in rows]

    def scan(self, who: int | str, minutes: float, kind: ScanKind = ScanKind.ENTRY) -> Scanned:
        """Somebody's badge is read so many minutes after the start."""
        code = who if isinstance(who, str) else self.codes[who]
        with clock.at(START + dt.timedelta(minutes=minutes)):
            return self.store.change(
                "Scan",
                lambda s: attendance.scan_badge(s, session_id=self.session, code=code, kind=kind),
            ).value

    def mark(self, who: int, status: S, reason: str | None = None) -> int:
        """Mark somebody by hand."""
        return self.store.change(
            "Mark",
            lambda s: attendance.mark(
                s,
                session_id=self.session,
                participation_ids=[self.people[who]],
                status=status,
                reason=reason,
            ),
        ).value

    def close(self) -> None:
        """Close the register."""
        self.store.change("Close", lambda s: attendance.close_register(s, session_id=self.session))

    def roll(self) -> attendance.Roll:
        """The roll as it is."""
        return self.store.read(lambda s: attendance.roll(s, session_id=self.session))

    def scans(self) -> int:
        """How many events there are."""
        count = sa.select(sa.func.count()).select_from(Scan)
        return self.store.read(lambda s: s.execute(count).scalar_one())

    def history(self) -> list[tuple[str, str, str | None, str | None, str, str]]:
        """What was changed: what, name, old, new, reason, by; the newest first."""
        rows = self.store.read(lambda s: attendance.register_history(s, session_id=self.session))
        return [(r.what, r.name, r.old, r.new, r.reason, r.by) for r in rows]


def test_scans_are_events_and_minutes_follow(store: Store) -> None:
    """S41: in, out and in again; the same scan within seconds is one; each can be undone."""
    at = School(store)
    assert at.scan(0, 0) == Scanned(
        at.people[0], "Person 000", S.PRESENT, ScanKind.ENTRY, False, 90
    )
    assert at.scan(0, 0.1).again
    assert at.scan(0, 30, ScanKind.EXIT).minutes == 30
    assert at.scan(0, 45).minutes == 75
    assert at.scan(1, 20).status is S.LATE
    assert at.scans() == 4
    assert [(r.status, r.minutes, r.method) for r in at.roll().rows] == [
        (S.PRESENT, 75, "qr"),
        (S.LATE, 70, "qr"),
    ]
    store.undo()
    assert at.scans() == 3
    assert at.roll().rows[1].status is None


def test_a_badge_that_opens_nothing_is_reported_in_a_sentence(file_store: Store) -> None:
    """Unknown, replaced, of another gathering, or going without having come: nothing is marked."""
    at, other = School(file_store), School(file_store)
    file_store.change("Lost", lambda s: replace_badge(s, participation_id=at.people[0]))
    for code, words, kind in (
        ("BBBBBBBBBBBB", "Nobody has this badge", ScanKind.ENTRY),
        ("Ana", "Nobody has this badge", ScanKind.ENTRY),
        (at.codes[0], "was replaced", ScanKind.ENTRY),
        (other.codes[0], "another gathering", ScanKind.ENTRY),
        (at.codes[1], "Person 001 never came in", ScanKind.EXIT),
    ):
        with pytest.raises(RuleBroken, match=words):
            at.scan(code, 0, kind)
    assert [row.status for row in at.roll().rows] == [None, None]


def test_what_a_desk_says_overrules_the_scans_before_it(file_store: Store) -> None:
    """Somebody scanned by mistake is corrected to absent; a later scan starts again."""
    at = School(file_store)
    at.scan(0, 0)
    at.mark(0, S.ABSENT)
    assert at.scan(0, 60).minutes == 30
    assert at.history() == [
        ("mark", "Person 000", "absent", "late", "", "desk"),
        ("mark", "Person 000", "present", "absent", "", "desk"),
    ]


def test_a_closed_register_needs_a_reason(store: Store) -> None:
    """S45: the old value, who, when and why are kept; the export has the new one."""
    at = School(store)
    at.mark(0, S.PRESENT)
    at.close()
    assert at.roll().session.register is RegisterState.CLOSED
    with pytest.raises(ReasonNeeded):
        at.mark(0, S.ABSENT)
    with pytest.raises(ReasonNeeded):
        at.scan(1, 0)
    with pytest.raises(RuleBroken, match="closed already"):
        at.close()
    at.mark(0, S.ABSENT, "Was on the train")
    at.mark(1, S.PRESENT, "Signed on paper")
    assert at.history() == [
        ("mark", "Person 001", "expected", "present", "Signed on paper", "desk"),
        ("mark", "Person 000", "present", "absent", "Was on the train", "desk"),
        ("closed", "", None, None, "", "desk"),
    ]
    facts = store.read(
        lambda s: attendance.attendance_facts(s, gathering_id=at.gathering, by="session")
    )
    assert sorted(row[4:6] for row in facts.rows) == [
        ("Person 000", "absent"),
        ("Person 001", "present"),
    ]
    reopen = lambda why: store.change(  # noqa: E731
        "Reopen", lambda s: attendance.reopen_register(s, session_id=at.session, reason=why)
    )
    with pytest.raises(ReasonNeeded):
        reopen("")
    reopen("Half was missing")
    at.mark(0, S.PRESENT)
    assert at.history()[:2] == [
        ("mark", "Person 000", "absent", "present", "", "desk"),
        ("reopened", "", None, None, "Half was missing", "desk"),
    ]


def test_losing_and_finding_are_kept(file_store: Store) -> None:
    """E18: lost is a state of its own, shown in the history; a closed one is lost with a reason."""
    at = School(file_store)
    lose = lambda lost, why=None: file_store.change(  # noqa: E731
        "Lose",
        lambda s: attendance.mark_lost_register(s, session_id=at.session, lost=lost, reason=why),
    )
    lose(True)
    lose(True)
    lose(False)
    at.close()
    with pytest.raises(ReasonNeeded):
        lose(True)
    lose(True, "Water")
    assert [row[0] for row in at.history()] == ["lost", "closed", "found", "lost"]


def test_a_space_has_a_head_count_at_most(file_store: Store) -> None:
    """E19: a number of heads, nobody by name; another number needs a reason; no register has it."""
    at = School(file_store, register=False, kind=SessionKind.SPACE)
    count = lambda heads, why=None: file_store.change(  # noqa: E731
        "Count",
        lambda s: attendance.note_head_count(s, session_id=at.session, heads=heads, reason=why),
    )
    count(12)
    count(12)
    with pytest.raises(ReasonNeeded):
        count(13)
    with pytest.raises(RuleBroken, match="below zero"):
        count(-1)
    count(13, "Counted again")
    assert at.roll().session.head_count == 13
    assert at.history() == [("head_count", "", "12", "13", "Counted again", "desk")]
    with pytest.raises(RuleBroken, match="keeps no register"):
        at.close()
    kept = School(file_store)
    with pytest.raises(RuleBroken, match="its marks are counted"):
        file_store.change(
            "Count", lambda s: attendance.note_head_count(s, session_id=kept.session, heads=1)
        )


def test_two_desks_lose_no_mark(databases: Databases) -> None:
    """350 scans in a row while another desk marks too: all are there, and each once."""
    place = databases.copy("server")
    desks = place.open("desk"), place.open("other")
    try:
        at = School(desks[0], people=350)
        with ThreadPoolExecutor(2) as pool:
            both = pool.submit(_scan_all, desks[0], at), pool.submit(_mark_some, desks[1], at)
            for one in both:
                one.result()
        noted = desks[0].read(lambda s: s.execute(sa.select(AttendanceMark.status)).all())
        assert len(noted) == 350
        assert all(status in (S.PRESENT, S.LATE) for (status,) in noted)
        marked_first = 350 - at.scans()
        assert 0 <= marked_first <= 35
    finally:
        for desk in desks:
            desk.close()
        databases.remove(place)


def _scan_all(desk: Store, at: School) -> None:
    for code in at.codes:
        desk.change(
            "Scan",
            lambda s, code=code: attendance.scan_badge(  # type: ignore[misc]
                s, session_id=at.session, code=code, at=START
            ),
        )


def _mark_some(desk: Store, at: School) -> None:
    for who in at.people[::-10]:
        desk.change(
            "Mark",
            lambda s, who=who: attendance.mark(  # type: ignore[misc]
                s, session_id=at.session, participation_ids=[who], status=S.PRESENT
            ),
        )


def test_the_heat_map_has_minutes_and_heads(store: Store, count_statements: Counting) -> None:
    """Minutes by person, heads by day; lost, not applicable and unknown are empty, absent is 0."""
    at = School(store, people=4)
    at.scan(0, 30)
    at.mark(1, S.ABSENT)
    at.mark(2, S.NOT_APPLICABLE)
    read = lambda by: store.read(  # noqa: E731
        lambda s: heat_map(s, gathering_id=at.gathering, by=by)
    )
    with count_statements(store) as sent:
        found = read("person")
    assert len(sent) == 3
    assert found.names == tuple(f"Person {n:03}" for n in range(4))
    assert found.cells == (((60, 60 / 90),), ((0, 0.0),), (None,), (None,))
    assert read("day").cells == (((1, 0.5),),)
    store.change("Lose", lambda s: attendance.mark_lost_register(s, session_id=at.session))
    assert read("person").cells == ((None,),) * 4
    assert read("day").cells == ((None,),)


def test_marks_are_renewed_by_two_statements(file_store: Store, count_statements: Counting) -> None:
    """S41: after a scan only the marks and the number in each session are read again."""
    at = School(file_store)
    before = at.roll().rows
    at.scan(1, 0)
    with count_statements(file_store) as sent:
        news = file_store.read(
            lambda s: attendance.roll_news(s, session_id=at.session, gathering_id=at.gathering)
        )
    assert len(sent) == 2
    assert tuple(map(news.brought, before)) == at.roll().rows
    assert news.counts == {at.session: 1}


def test_no_calendar_answer_becomes_a_mark(file_store: Store) -> None:
    """E20: accepted is not present, and declined people may be present; two facts."""
    at = School(file_store, state=SessionState.CONFIRMED)

    def invite(s: DbSession) -> None:
        mail.sent_elsewhere(s, ids=prepare_invitations(s, gathering_id=at.gathering).mails)

    def answer(s: DbSession) -> list[Outcome]:
        uid = s.get_one(Session, at.session).uid
        people = [s.get_one(Participation, key).person.email for key in at.people]
        files = [
            reply(uid, partstat=said, attendee=f"mailto:{address}")
            for said, address in zip(("ACCEPTED", "DECLINED"), people, strict=True)
        ]
        incoming = [Incoming("", one) for data in files for one in read_replies(data, "")]
        return [one.outcome for one in take_replies(s, incoming=incoming)]

    with clock.at(dt.datetime(2027, 9, 1, tzinfo=dt.UTC)):
        file_store.change("Invite", invite)
        assert file_store.change("Answers", answer).value == [Outcome.APPLIED] * 2
    assert [row.status for row in at.roll().rows] == [None, None]
    at.scan(1, 0)
    assert [row.status for row in at.roll().rows] == [None, S.PRESENT]
