"""Copying a gathering: the same weekdays and hours, new identities, and nobody who took part."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from schoolapp.domain.applications import Application
from schoolapp.domain.attendance import AttendanceMark
from schoolapp.domain.funding import Payment, Subsidy
from schoolapp.domain.gatherings import Gathering, GatheringState
from schoolapp.domain.participation import Engagement, Participation
from schoolapp.domain.programme import Session, SessionState
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.gatherings import (
    CopyDraft,
    copy_draft,
    copy_gathering,
    create_from_template,
    gathering_row,
    read_templates,
)
from schoolapp.operations.programme.editing import draft_of, save_session
from schoolapp.operations.programme.new_sessions import new_draft
from schoolapp.storage.engine import make_engine
from schoolapp.storage.store import DbSession, Store

GJS = "gjs2027"


@pytest.fixture
def practice(practice_file: Path) -> Iterator[Store]:
    """The practice schools."""
    store = Store(make_engine(practice_file))
    yield store
    store.close()


YEAR = dt.timedelta(weeks=52)


def draft(store: Store, code: str = GJS) -> CopyDraft:
    """The copy that is proposed."""
    key = store.read(lambda s: gathering_row(s, code=code)).id
    return store.read(lambda s: copy_draft(s, gathering_id=key, language="en"))


def copied(store: Store, **changes: Any) -> int:
    """The key of a copy, a year later unless told otherwise."""
    wanted = replace(draft(store), **changes)
    return store.change("Copy", lambda s: copy_gathering(s, draft=wanted)).value


def slots(session: DbSession, key: int) -> list[Session]:
    """The sessions of a gathering in order."""
    query = select(Session).where(Session.gathering_id == key).order_by(Session.position)
    return list(session.scalars(query))


def test_a_copy_is_proposed_a_year_later_on_the_same_weekday(practice: Store) -> None:
    """S02: 52 weeks after the first day, with the year of the title turned."""
    proposed = draft(practice)
    assert proposed.start_date == dt.date(2028, 10, 21)
    assert proposed.start_date.weekday() == proposed.began.weekday()
    assert proposed.title == "Global Justice School 2028"


def test_a_session_keeps_weekday_and_wall_time_and_is_another_one(practice: Store) -> None:
    """S02: new UIDs, SEQUENCE 0, planned, also what was called off; rooms are those of the copy."""
    key = copied(practice)

    def check(session: DbSession) -> None:
        source = session.scalars(select(Gathering).where(Gathering.code == GJS)).one()
        before, after = slots(session, source.id), slots(session, key)
        assert len(before) == len(after) == 60
        for one, other in zip(before, after, strict=True):
            assert other.start_local - one.start_local == YEAR
            assert other.end_local - one.end_local == YEAR
            assert other.start_local.weekday() == one.start_local.weekday()
            assert (other.sequence, other.state) == (0, SessionState.PLANNED)
            assert other.uid != one.uid
            assert (other.title, other.audience, other.tz) == (one.title, one.audience, one.tz)
            assert (other.room and other.room.code) == (one.room and one.room.code)
            assert other.room is None or other.room.gathering_id == key
            assert (other.module and other.module.code) == (one.module and one.module.code)
            assert [g.language for g in other.groups] == [
                g.language for g in one.groups if g.delegation_id is None
            ]
            assert all(group.room.gathering_id == key for group in other.groups)

    practice.read(check)


def test_what_a_gathering_declares_is_copied_with_its_days(practice: Store) -> None:
    """S02: rooms, modules, deadlines, free days, prices; in all languages of its title."""
    key = copied(practice)

    def check(session: DbSession) -> None:
        source = session.scalars(select(Gathering).where(Gathering.code == GJS)).one()
        copy = session.get_one(Gathering, key)
        assert (copy.code, copy.state) == ("gjs2028", GatheringState.PLANNED)
        assert copy.uid != source.uid
        assert copy.titles["fr"] == "École justice globale 2028"
        assert (copy.start_date, copy.end_date) == (
            source.start_date + YEAR, source.end_date + YEAR,
        )  # fmt: skip
        for name in ("host_centre", "tz", "currency", "capacity", "kind", "deposit", "country"):
            assert getattr(copy, name) == getattr(source, name), name
        assert [r.code for r in copy.rooms] == [r.code for r in source.rooms]
        assert [m.start for m in copy.modules] == [m.start + YEAR for m in source.modules]
        assert [d.date for d in copy.deadlines] == [d.date + YEAR for d in source.deadlines]
        assert [f.date for f in copy.free_days] == [f.date + YEAR for f in source.free_days]
        assert [p.price for p in copy.prices] == [p.price for p in source.prices]

    practice.read(check)


def test_the_team_comes_along_and_nobody_else(practice: Store) -> None:
    """S02: lecturers and interpreters keep their sessions; no person who took part or applied."""
    key = copied(practice)

    def count(session: DbSession, entity: type[Any], gathering: int) -> int:
        query = select(func.count()).where(entity.gathering_id == gathering)
        return session.execute(query).scalar() or 0

    def check(session: DbSession) -> None:
        source = session.scalars(select(Gathering).where(Gathering.code == GJS)).one()
        for entity in (Participation, Application, Subsidy, Payment):
            assert count(session, entity, key) == 0
        marks = select(func.count()).select_from(AttendanceMark).join(Session)
        assert session.execute(marks.where(Session.gathering_id == key)).scalar() == 0
        team = count(session, Engagement, key)
        assert team == count(session, Engagement, source.id) > 10
        working = set(
            session.scalars(select(Engagement.person_id).where(Engagement.gathering_id == key))
        )
        for one, other in zip(slots(session, source.id), slots(session, key), strict=True):
            spoke = [who.person_id for who in one.speakers if who.person_id in working]
            assert [who.person_id for who in other.speakers] == spoke
            lines = [line.interpreters for line in other.interpretation]
            assert all(who.person_id in working for line in lines for who in line)
            assert len(lines) == len(one.interpretation)
        assert any(one.speakers for one in slots(session, key))
        assert any(line.interpreters for one in slots(session, key) for line in one.interpretation)

    practice.read(check)


def test_a_copy_is_one_step(practice: Store) -> None:
    """Undo takes it away whole, redo brings it back."""
    key = copied(practice)
    practice.undo()
    assert practice.read(lambda s: s.get(Gathering, key)) is None
    practice.redo()
    assert practice.read(lambda s: s.get_one(Gathering, key).code) == "gjs2028"


def test_a_copy_of_a_copy_has_a_code_of_its_own(practice: Store) -> None:
    """Two copies in one year are two gatherings."""
    first, second = copied(practice), copied(practice)
    codes = practice.read(lambda s: [s.get_one(Gathering, key).code for key in (first, second)])
    assert codes == ["gjs2028", "gjs2028-2"]


def test_another_weekday_is_refused(practice: Store) -> None:
    """The sentence says why: sessions would leave the gathering, or change their weekday."""
    with pytest.raises(RuleBroken, match="keeps its weekdays"):
        copied(practice, start_date=dt.date(2028, 10, 22))
    with pytest.raises(RuleBroken, match="on another day"):
        copied(practice, start_date=dt.date(2027, 10, 23))
    with pytest.raises(RuleBroken, match="title"):
        copied(practice, title=" ")


def test_an_hour_that_the_clocks_skip_is_reported(store: Store) -> None:
    """E03: a session that would lie in the missing hour stops the copy with its name."""
    seminar = next(t for t in read_templates() if t.key == "five_day_seminar")
    start = dt.date(2027, 3, 21)

    def make(session: DbSession) -> int:
        key = create_from_template(session, template=seminar, title="Spring", start_date=start)
        early = dt.datetime.combine(start, dt.time(2, 30))
        night = new_draft(session, gathering_id=key, start=early)
        room = session.get_one(Gathering, key).rooms[0].id
        save_session(session, replace(night, title="Night walk", room_id=room))
        return key

    key = store.change("Make", make).value
    proposed = store.read(lambda s: copy_draft(s, gathering_id=key, language="en"))
    late = replace(proposed, start_date=start + dt.timedelta(weeks=1))
    with pytest.raises(RuleBroken, match=r"Night walk.*2027-03-28.*go forward"):
        store.change("Copy", lambda s: copy_gathering(s, draft=late))


def test_statements_do_not_grow_with_the_programme(
    practice: Store, count_statements: Callable[[Store], AbstractContextManager[list[str]]]
) -> None:
    """Reading a programme of 70 sessions takes a fixed number of statements."""
    wanted = draft(practice)
    with count_statements(practice) as sent:
        practice.change("Copy", lambda s: copy_gathering(s, draft=wanted))
    read = [one for one in sent if one.lstrip().upper().startswith("SELECT")]
    assert len(read) < 60


def test_a_session_of_the_copy_can_be_changed(practice: Store) -> None:
    """What was copied is a draft like any other: its version, room and times are its own."""
    key = copied(practice)
    first = practice.read(lambda s: slots(s, key)[0].id)
    found = practice.read(lambda s: draft_of(s, first))
    changed = replace(found, title="Another beginning")
    practice.change("Edit", lambda s: save_session(s, changed))
    assert practice.read(lambda s: slots(s, key)[0].title) == "Another beginning"
