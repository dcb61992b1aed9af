"""Sessions planned, moved, cancelled and brought back, and the day by rooms."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import pytest

from schoolapp.base import clock
from schoolapp.domain.invitations import PartStat, SessionInvitation
from schoolapp.domain.programme import (
    Mode,
    ProgrammeChange,
    Session,
    SessionKind,
    SessionState,
)
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.scheduling import GroupDraft, LineDraft
from schoolapp.operations import programme
from schoolapp.operations.gatherings.kept_free import KeptFreeDraft, save_kept_free
from schoolapp.storage.store import ChangedElsewhere, Store
from tests import builders as b
from tests.conftest import MOMENT
from tests.databases import contents


@dataclass
class School:
    """Keys of a small school in a store."""

    store: Store
    gathering: int
    rooms: list[int]
    modules: list[int]
    people: list[int]

    def do(self, operation: Any) -> Any:
        return self.store.change("Change", operation).value

    def session(self, key: int) -> Session:
        return self.store.read(lambda s: s.get_one(Session, key))

    def add(self, **fields: Any) -> int:
        def operation(session: Any) -> int:
            from schoolapp.domain.gatherings import Gathering

            at = session.get_one(Gathering, self.gathering)
            return b.session(session, at, **fields).id

        return int(self.do(operation))

    def changes(self) -> list[tuple[str, str, int, str | None, str | None]]:
        from sqlalchemy import select

        c = ProgrammeChange
        query = select(c.change, c.ics_method, c.sequence, c.was, c.now).order_by(c.position)
        return self.store.read(lambda s: [tuple(row) for row in s.execute(query)])


@pytest.fixture
def school(store: Store) -> School:
    def fill(session: Any) -> School:
        at = b.gathering(session, rooms=3, modules=3, free_days=(dt.date(2027, 10, 30),))
        people = [b.person(session, name=name) for name in ("Ana Pérez", "Bram de Wit")]
        prayers = KeptFreeDraft(
            when=4, start=dt.time(12, 45), end=dt.time(14, 30), why="Friday prayers"
        )
        save_kept_free(session, gathering_id=at.id, draft=prayers)
        return School(
            store,
            at.id,
            [room.id for room in at.rooms],
            [module.id for module in at.modules],
            [person.id for person in people],
        )

    return store.change("Fill", fill).value


def at(day: int, time: str) -> dt.datetime:
    """A wall time on a day of October (past 31: November) 2027."""
    date = dt.date(2027, 10, 1) + dt.timedelta(days=day - 1)
    return dt.datetime.combine(date, dt.time.fromisoformat(time))


def test_a_new_session_gets_a_number_a_random_uid_and_is_planned(school: School) -> None:
    """A session's number is the order of creation, its UID does not reveal it."""
    draft = school.store.read(
        lambda s: programme.new_draft(s, gathering_id=school.gathering, start=at(25, "09:30"))
    )
    wanted = replace(
        draft,
        title=" Debt ",
        room_id=school.rooms[0],
        module_id=school.modules[0],
        speakers=(school.people[1], school.people[0]),
        interpretation=(
            LineDraft(source="en", target="fr", mode=Mode.BOOTH, interpreters=(school.people[0],)),
        ),
    )
    keys = [school.do(lambda s: programme.save_session(s, wanted)).id for _ in range(2)]
    first, second = (school.session(key) for key in keys)
    assert (first.no, second.no) == (1, 2)
    assert first.uid != second.uid
    assert first.state is SessionState.PLANNED
    saved = school.store.read(lambda s: programme.draft_of(s, keys[0]))
    assert saved == replace(wanted, id=keys[0], version=saved.version, title="Debt")
    row = school.store.read(lambda s: programme.session_rows(s, keys))[keys[0]]
    assert (row.speakers, row.room, row.languages) == (
        "Bram de Wit, Ana Pérez",
        "Room 1",
        ("en", "fr"),
    )


def test_a_session_needs_a_title_lawful_times_and_a_day_of_the_gathering(school: School) -> None:
    """If a rule is broken, nothing is saved, and the sentence says which."""
    start = at(25, "09:30")
    draft = school.store.read(
        lambda s: programme.new_draft(s, gathering_id=school.gathering, start=start)
    )
    fine = replace(draft, title="Debt")
    for broken, words in (
        (draft, "title"),
        (replace(fine, end=start), "ends before"),
        (replace(fine, start=at(22, "23:00"), end=at(23, "01:00")), "outside the days"),
        (replace(fine, start=at(44, "05:00"), end=at(44, "07:00")), "outside the days"),
    ):
        with pytest.raises(RuleBroken, match=words):
            school.do(lambda s, broken=broken: programme.save_session(s, broken))
    assert school.store.read(lambda s: programme.session_ids(s, view(school))) == []


def view(school: School, **fields: Any) -> programme.SessionView:
    return programme.SessionView(gathering_id=school.gathering, **fields)


def test_a_move_keeps_the_length_across_the_end_of_summer_time(school: School) -> None:
    """The film night lasts 330 minutes on the long night and on any other (S16, E02)."""
    key = school.add(day=7, start="22:30", minutes=270, kind=SessionKind.SOCIAL)
    assert school.session(key).minutes == 330
    school.do(lambda s: programme.move_session(s, session_id=key, start=at(29, "22:30")))
    earlier = school.session(key)
    assert (earlier.end_local, earlier.minutes) == (at(30, "04:00"), 330)
    school.do(lambda s: programme.move_session(s, session_id=key, start=at(30, "22:30")))
    assert (school.session(key).end_local, school.session(key).minutes) == (at(31, "03:00"), 330)


def test_a_move_into_the_spring_gap_goes_to_the_next_time_there_is(store: Store) -> None:
    """02:30 does not exist on 28 March 2027: the session begins at 03:30, with a warning (E03)."""

    def fill(session: Any) -> int:
        spring = b.gathering(session, start=dt.date(2027, 3, 20))
        return b.session(session, spring, minutes=60).id

    key = store.change("Fill", fill).value
    gap = dt.datetime.fromisoformat("2027-03-28T02:30")
    done = store.change(
        "Move", lambda s: programme.move_session(s, session_id=key, start=gap)
    ).value
    assert "clocks go forward" in done.warnings[0]
    moved = store.read(lambda s: s.get_one(Session, key))
    assert (moved.start_local, moved.minutes) == (dt.datetime.fromisoformat("2027-03-28T03:30"), 60)


def test_blocked_hours_free_days_and_other_modules_warn_and_never_forbid(school: School) -> None:
    """A coordinator may plan against prayers, free days and modules, but is warned."""
    key = school.add(day=2, module_id=school.modules[0])
    for start, words in (
        (at(29, "13:00"), "Friday prayers"),
        (at(30, "09:30"), "free day"),
        (at(34, "09:30"), "module's days"),
    ):
        done = school.do(
            lambda s, start=start: programme.move_session(s, session_id=key, start=start)
        )
        assert words in " ".join(done.warnings)
        assert school.session(key).start_local == start


def test_planned_sessions_move_freely_and_keep_their_sequence(school: School) -> None:
    """Nobody knows of a planned session yet: no SEQUENCE, no note of the change."""
    key = school.add(day=2)
    school.do(lambda s: programme.move_session(s, session_id=key, start=at(26, "11:00")))
    assert school.session(key).sequence == 0
    assert school.changes() == []


def test_time_room_and_cancelling_raise_the_sequence_of_what_was_published(school: School) -> None:
    """SEQUENCE rises once per act that changes time, room or status (RFC 5546, 2.1.4)."""
    key = school.add(day=2, room_id=school.rooms[0], state=SessionState.PUBLISHED)
    before = school.session(key)
    school.do(lambda s: programme.move_session(s, session_id=key, start=before.start_local))
    assert school.session(key).sequence == 0  # nothing changed
    school.do(
        lambda s: programme.move_session(
            s, session_id=key, start=at(26, "10:30"), room_id=school.rooms[1]
        )
    )
    assert school.session(key).sequence == 1
    school.do(lambda s: programme.cancel_session(s, session_id=key))
    after = school.session(key)
    assert (after.sequence, after.state, after.uid) == (2, SessionState.CANCELLED, before.uid)
    assert school.changes() == [
        ("moved", "REQUEST", 1, "2027-10-25T09:30", "2027-10-26T10:30"),
        ("room", "REQUEST", 1, "R1", "R2"),
        ("cancelled", "CANCEL", 2, None, None),
    ]
    with pytest.raises(RuleBroken, match="cancelled"):
        school.do(lambda s: programme.move_session(s, session_id=key, start=at(27, "10:30")))


def test_title_and_speakers_change_without_a_new_sequence(school: School) -> None:
    """Text alone keeps the SEQUENCE; the change is dated."""
    key = school.add(day=2, state=SessionState.PUBLISHED, speakers=())
    draft = school.store.read(lambda s: programme.draft_of(s, key))
    school.do(
        lambda s: programme.save_session(
            s, replace(draft, title="Other words", speakers=tuple(school.people))
        )
    )
    after = school.session(key)
    assert (after.title, after.sequence) == ("Other words", 0)
    again = school.store.read(lambda s: programme.draft_of(s, key))
    assert again.speakers == tuple(school.people)
    turned = replace(again, speakers=tuple(reversed(school.people)))
    school.do(lambda s: programme.save_session(s, turned))
    assert school.store.read(lambda s: programme.draft_of(s, key)).speakers == turned.speakers


def test_a_confirmed_session_that_people_were_invited_to_is_noted(school: School) -> None:
    """After an invitation a change is noted, published or not."""
    key = school.add(day=2, state=SessionState.CONFIRMED)

    def invite(session: Any) -> None:
        # as a package brings it in: what is invited to here is published at once
        session.add(
            SessionInvitation(
                session_id=key,
                person_id=school.people[0],
                sequence=0,
                method="REQUEST",
                partstat=PartStat.NEEDS_ACTION,
                sent="bundle",
            )
        )

    school.do(invite)
    school.do(lambda s: programme.move_session(s, session_id=key, start=at(26, "10:30")))
    assert [change[:3] for change in school.changes()] == [("moved", "REQUEST", 1)]
    with pytest.raises(RuleBroken, match="Cancel it"):
        school.do(
            lambda s: programme.remove_session(
                s, session_id=key, version=school.session(key).version
            )
        )


def test_what_comes_back_has_a_new_uid(school: School) -> None:
    """A cancelled session stays; brought back it is a new one with the same words (P04)."""
    key = school.add(day=2, state=SessionState.PUBLISHED, title="Debt")
    with pytest.raises(RuleBroken, match="Only a cancelled"):
        school.do(lambda s: programme.bring_back(s, session_id=key))
    school.do(lambda s: programme.cancel_session(s, session_id=key))
    new = school.do(lambda s: programme.bring_back(s, session_id=key))
    old, back = school.session(key), school.session(new)
    assert old.state is SessionState.CANCELLED
    assert (back.title, back.sequence, back.state) == ("Debt", 0, SessionState.PLANNED)
    assert back.uid != old.uid


def test_edits_at_different_times_are_undone_one_after_the_other(school: School) -> None:
    """Whatever was changed in a session, and when: undoing all of it leads back to the start."""
    key = school.add(title="Opening")
    states = [contents(school.store)]
    for hour, changed in enumerate(({"title": "Welcome"}, {"speakers": ()}, {"title": "Hello"})):
        with clock.at(MOMENT + dt.timedelta(hours=hour)):
            draft = school.store.read(lambda s: programme.draft_of(s, session_id=key))
            new = replace(draft, **{"speakers": tuple(school.people), **changed})
            school.do(lambda s, new=new: programme.save_session(s, new))
        states.append(contents(school.store))
    for state in reversed(states[:-1]):
        school.store.undo()
        assert contents(school.store) == state


def test_a_session_nobody_knows_is_removed_and_undone(school: School) -> None:
    """Removing includes speakers and groups; undo restores all of it."""
    key = school.add(day=2)
    draft = school.store.read(lambda s: programme.draft_of(s, key))
    full = replace(
        draft,
        speakers=tuple(school.people),
        groups=(GroupDraft(room_id=school.rooms[1], language="en"),),
    )
    school.do(lambda s: programme.save_session(s, full))
    full = school.store.read(lambda s: programme.draft_of(s, key))
    assert full.version is not None
    with pytest.raises(ChangedElsewhere):
        school.do(lambda s: programme.remove_session(s, session_id=key, version=1))
    school.do(lambda s: programme.remove_session(s, session_id=key, version=full.version))
    assert school.store.read(lambda s: programme.session_ids(s, view(school))) == []
    school.store.undo()
    assert replace(school.store.read(lambda s: programme.draft_of(s, key)), version=0) == replace(
        full, version=0
    )


def test_steps_are_those_of_the_workflow(school: School) -> None:
    """Confirm and publish go through the workflow; an idea moves without a step."""
    key = school.add(day=2)
    for step, state in (("confirm", SessionState.CONFIRMED), ("publish", SessionState.PUBLISHED)):
        assert (
            school.do(lambda s, step=step: programme.take_step(s, session_id=key, step=step))
            is state
        )
    with pytest.raises(RuleBroken, match="not possible"):
        school.do(lambda s: programme.take_step(s, session_id=key, step="end"))
    dropped = school.add(day=3)
    assert (
        school.do(lambda s: programme.take_step(s, session_id=dropped, step="drop"))
        is SessionState.CANCELLED
    )
    idea = school.add(day=4)

    def bring_in(session: Any) -> None:  # an idea comes with a package alone
        session.get_one(Session, idea).state = SessionState.IDEA

    school.do(bring_in)
    school.do(lambda s: programme.move_session(s, session_id=idea, start=at(28, "10:00")))
    assert school.session(idea).state is SessionState.IDEA


def test_lists_search_filter_and_sort(school: School) -> None:
    """Words are found in titles, speakers and rooms, whatever their accents."""
    keys = [
        school.add(day=3, title="Ökologie", room_id=school.rooms[1]),
        school.add(day=2, title="Debt", kind=SessionKind.PLENARY),
        school.add(day=2, start="23:30", title="Party", kind=SessionKind.SOCIAL),
        school.add(day=3, start="01:00", minutes=60, title="Last songs", kind=SessionKind.SOCIAL),
    ]
    draft = school.store.read(lambda s: programme.draft_of(s, keys[1]))
    school.do(lambda s: programme.save_session(s, replace(draft, speakers=(school.people[0],))))

    def ids(**fields: Any) -> list[int]:
        return school.store.read(lambda s: programme.session_ids(s, view(school, **fields)))

    assert ids() == [keys[1], keys[2], keys[3], keys[0]]
    assert ids(sort="title") == [keys[1], keys[3], keys[2], keys[0]]
    assert ids(sort="start", descending=True) == [keys[0], keys[3], keys[2], keys[1]]
    assert ids(search="okolog") == [keys[0]]
    assert ids(search="perez debt") == [keys[1]]
    assert ids(kinds=(SessionKind.SOCIAL,)) == [keys[2], keys[3]]
    assert ids(room_id=school.rooms[1]) == [keys[0]]
    assert ids(states=(SessionState.CANCELLED,)) == []
    assert ids(day=dt.date(2027, 10, 25)) == [keys[1], keys[2], keys[3]]  # until 05:00 (E07)
    assert ids(module_id=school.modules[0]) == []


def test_a_day_by_rooms_in_three_statements(school: School, count_statements: Any) -> None:
    """The day holds rooms, slots, closed hours; sessions in groups use several rooms."""
    key = school.add(day=6, start="14:00")
    school.add(day=6, start="16:00", state=SessionState.CANCELLED)

    def groups(session: Any) -> None:
        groups = tuple(
            GroupDraft(language=tag, room_id=room)
            for tag, room in zip(("en", "fr"), school.rooms, strict=False)
        )
        b.edit_session(session, session.get_one(Session, key), groups=groups)

    school.do(groups)
    with count_statements(school.store) as sent:
        day = school.store.read(
            lambda s: programme.day_programme(
                s, gathering_id=school.gathering, day=dt.date(2027, 10, 29)
            )
        )
    assert len(sent) <= 3
    (slot,) = day.slots
    assert (slot.rooms, slot.in_groups) == (tuple(school.rooms[:2]), True)
    assert [room.name for room in day.rooms] == ["Room 1", "Room 2", "Room 3"]
    assert [(hours.start, hours.why) for hours in day.closed] == [
        (dt.time(12, 45), "Friday prayers")
    ]
    assert (day.is_free, len(day.days)) == (False, 21)
    free = school.store.read(
        lambda s: programme.day_programme(
            s, gathering_id=school.gathering, day=dt.date(2027, 10, 30)
        )
    )
    assert free.is_free


def test_a_change_meanwhile_at_another_desk_is_not_overwritten(school: School) -> None:
    """Saving an old draft fails and keeps what the other desk saved."""
    key = school.add(day=2, title="Debt")
    draft = school.store.read(lambda s: programme.draft_of(s, key))
    school.do(lambda s: programme.save_session(s, replace(draft, title="Theirs")))
    with pytest.raises(ChangedElsewhere):
        school.do(lambda s: programme.save_session(s, replace(draft, title="Mine")))
    assert school.session(key).title == "Theirs"
