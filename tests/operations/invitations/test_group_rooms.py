"""Rooms of groups: each person is told the room of her own group, and only of its change."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from schoolapp.domain.participation import Participation
from schoolapp.domain.people import Person
from schoolapp.domain.programme import Session, SessionKind
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.scheduling import GroupDraft
from schoolapp.operations import gatherings, programme
from schoolapp.operations.gatherings import RoomDraft, gathering_row
from schoolapp.operations.invitations import invitations_due
from schoolapp.operations.people import participations
from schoolapp.operations.people.participations import ParticipationDraft
from schoolapp.storage.opening import open_store
from schoolapp.storage.store import Store
from tests.databases import Databases
from tests.operations.invitations.test_preparing import School, make_school


@pytest.fixture
def school(databases: Databases) -> Iterator[School]:
    """Ana and Bilal in the English group, Chloé in the French; the lecture meets in groups."""
    place = databases.copy("file", "invites", make_school)
    store = place.open()
    made = School(store)
    made.do(lambda s: gatherings.save_room(s, gathering_id=made.id, draft=RoomDraft(name="Tent")))
    for name, language in (("Ana", "en"), ("Bilal", "en"), ("Chloé", "fr")):
        made.do(lambda s, who=name, tag=language: put_into(s, made, who, tag))
    set_rooms(made, en="Room 1", fr="Room 2")
    yield made
    store.close()
    databases.remove(place)


def put_into(session: Any, school: School, who: str, language: str) -> None:
    """Put a participant into a language group."""
    person, here = school.people[who], school.id
    key = participations.participation_id(session, gathering_id=here, person_id=person)
    draft: ParticipationDraft = participations.draft_of(session, participation_id=key or 0)
    participations.save_participation(session, draft=replace(draft, language_group=language))


def set_rooms(school: School, **rooms: str) -> None:
    """Have the lecture meet in groups, each language in this room."""

    def work(session: Any) -> None:
        keys = {room.name: room.id for room in gatherings.rooms_of(session, gathering_id=school.id)}
        draft = programme.draft_of(session, school.slots["lecture"])
        groups = tuple(GroupDraft(room_id=keys[n] or 0, language=tag) for tag, n in rooms.items())
        wanted = replace(draft, kind=SessionKind.WORKING_GROUPS, groups=groups)
        programme.save_session(session, wanted)

    school.do(work)


def test_each_person_is_told_the_room_of_her_own_group(school: School) -> None:
    """Neither mail nor calendar of a person in the French group names the room of the English."""
    sent = school.send()
    uid = school.uid("lecture")
    for address, own, other in (
        ("ana@example.org", "Room 1", "Room 2"), ("chloe@example.org", "Room 2", "Room 1"),
    ):  # fmt: skip
        [post] = sent[address]
        [calendar] = [c for method, c in post.calendars.items() if method == "PUBLISH"]
        [event] = [e for e in calendar.walk("VEVENT") if str(e["UID"]) == uid]
        assert event["LOCATION"] == own
        assert other not in str(event.get("DESCRIPTION", ""))


def test_only_people_of_a_group_hear_that_it_meets_elsewhere(school: School) -> None:
    """The French group goes to the tent: Chloé hears of it, with both rooms, and nobody else."""
    school.send()
    set_rooms(school, en="Room 1", fr="Tent")
    sent = school.send()
    # the lecturer belongs to no group: she is told all the rooms
    assert sorted(sent) == ["chloe@example.org", "dita@example.org"]
    [post] = sent["chloe@example.org"]
    assert post.event("REQUEST")["LOCATION"] == "Tent"
    assert "Room 2" in post.text, "what it was before"
    assert "Room 1" not in post.text
    assert school.send() == {}


def test_another_time_is_reported_to_all_groups(school: School) -> None:
    """Each person with the place of her own group."""
    school.send()
    school.move("lecture")
    sent = school.send()
    places = {address: str(post.event("REQUEST")["LOCATION"]) for address, [post] in sent.items()}
    assert places == {
        "ana@example.org": "Room 1", "bilal@example.org": "Room 1",
        "chloe@example.org": "Room 2", "dita@example.org": "Room 1 / Room 2",
    }  # fmt: skip


def test_the_room_of_a_session_in_groups_is_that_of_the_group_in_it(school: School) -> None:
    """Moved from its room to another, the group that meets there goes along; others stay."""
    key = school.slots["lecture"]

    def move(session: Any, name: str) -> None:
        slot = session.get_one(Session, key)
        rooms = gatherings.rooms_of(session, gathering_id=school.id)
        room = next(room.id for room in rooms if room.name == name)
        programme.move_session(session, session_id=key, start=slot.start_local, room_id=room)

    school.do(lambda s: move(s, "Tent"))
    row = school.store.read(lambda s: programme.session_rows(s, [key])[key])
    assert row.room == "Tent, Room 2"
    set_rooms(school, fr="Room 2")
    school.do(lambda s: move(s, "Room 1"))
    assert school.store.read(lambda s: programme.session_rows(s, [key])[key]).room == "Room 1"


def test_a_room_that_no_group_meets_in_is_refused(school: School) -> None:
    """Without a room for the groups nobody would know where to go."""
    key = school.slots["lecture"]

    def nowhere(session: Any) -> None:
        slot = session.get_one(Session, key)
        programme.move_session(session, session_id=key, start=slot.start_local, room_id=None)

    with pytest.raises(RuleBroken, match="each in a room of its own"):
        school.do(nowhere)


def test_groups_of_the_practice_school_hear_of_their_own_room_alone(practice_file: Path) -> None:
    """Its invitations came in with a package, without what was sent: the list of changes says it.

    Of 25 people those of the French group hear that it meets in the library.
    """
    store = open_store(practice_file, None, actor="desk")
    try:
        key = store.read(lambda s: gathering_row(s, code="gjs2027")).id
        group = store.read(lambda s: french_of(s, key))
        store.change("Move", lambda s: to_the_library(s, key))
        facts, due = store.read(lambda s: invitations_due(s, gathering_id=key))
        assert {person for mail in due.mails for person in mail.people} == group
        assert 0 < len(group) < 12
        was = {mail.was.place for mail in due.mails if mail.was}
        assert len(was) == 1
        assert not was & {facts.placed(mail.uid or "", mail.people[0]).place for mail in due.mails}
    finally:
        store.close()


def french_of(session: Any, gathering_id: int) -> set[int]:
    """The participants of the French group who are on site on the first Sunday."""
    wanted = (
        select(Person.id)
        .join(Participation, Participation.person_id == Person.id)
        .where(Participation.gathering_id == gathering_id)
        .where(Participation.language_group == "fr")
    )
    return set(session.scalars(wanted))


def to_the_library(session: Any, gathering_id: int) -> None:
    """The French working group of the first Sunday meets in the library."""
    rooms = {room.name: room.id for room in gatherings.rooms_of(session, gathering_id=gathering_id)}
    view = programme.SessionView(gathering_id=gathering_id, kinds=(SessionKind.WORKING_GROUPS,))
    draft = programme.draft_of(session, programme.session_ids(session, view)[0])
    groups = tuple(
        replace(one, room_id=rooms["Library"]) if one.language == "fr" else one
        for one in draft.groups
    )
    programme.save_session(session, replace(draft, groups=groups))


def test_undo_takes_the_change_of_a_room_out_of_the_list(school: School) -> None:
    """One step: room, SEQUENCE and what is noted for people who have to hear of it."""
    school.send()
    store: Store = school.store
    set_rooms(school, en="Room 1", fr="Tent")
    store.undo()
    assert school.send() == {}
