"""What calendars are made of: who each session is for, in which room."""

import datetime as dt
from dataclasses import replace

from schoolapp.domain.programme import Mode
from schoolapp.domain.scheduling import LineDraft
from schoolapp.operations import programme
from schoolapp.operations.calendars.facts import CalendarFacts, calendar_facts
from schoolapp.operations.gatherings import gathering_row
from schoolapp.storage.store import DbSession, Store
from tests import builders as b


def facts_of(store: Store, code: str) -> CalendarFacts:
    key = store.read(lambda s: gathering_row(s, code=code)).id
    return store.read(lambda s: calendar_facts(s, gathering_id=key))


def rooms_by_group(facts: CalendarFacts, kind: str) -> set[str]:
    """The rooms that participants are sent to for sessions of a kind."""
    uids = {session.uid for session in facts.sessions if session.kind == kind}
    return {
        room for person, _uids in facts.people for uid, room in person.rooms.items() if uid in uids
    }


def test_everybody_goes_to_the_room_of_their_own_language(practice_store: Store) -> None:
    """Working groups by language: three rooms, and each person has that of their own group."""
    facts = facts_of(practice_store, "gjs2027")
    groups = {s.uid: s.groups for s in facts.sessions if s.kind == "working_groups"}
    shown = {group.language: group.room_name for group in next(iter(groups.values()))}
    assert list(shown) == ["en", "fr", "es"]
    assert rooms_by_group(facts, "working_groups") == set(shown.values())
    assert all(person.rooms.keys() <= uids for person, uids in facts.people)


def test_everybody_goes_to_the_room_of_their_own_delegation(practice_store: Store) -> None:
    """The camp's 18 delegations meet in eight tents: a person has one of them."""
    facts = facts_of(practice_store, "camp2027")
    meeting = next(s for s in facts.sessions if s.kind == "delegation_meeting")
    tents = {group.delegation: group.room_name for group in meeting.groups}
    assert len(tents) == 18
    assert rooms_by_group(facts, "delegation_meeting") == set(tents.values())
    for person, uids in facts.people:
        assert (meeting.uid in person.rooms) == (meeting.uid in uids)


def test_speakers_are_in_their_order_and_interpreters_have_the_session(file_store: Store) -> None:
    """The first speaker comes first, whatever the names; the interpreter attends another module."""

    def fill(session: DbSession) -> tuple[int, str]:
        at = b.gathering(session, modules=2)
        names = ("Zoe Adler", "Ana Zapata", "Ira Moss")
        people = [b.person(session, name=name) for name in names]
        b.participation(session, people[2], at, modules=(at.modules[1],))
        start = dt.datetime.combine(at.start_date, dt.time(9, 30))
        booth = LineDraft(source="en", target="fr", mode=Mode.BOOTH, interpreters=(people[2].id,))
        draft = replace(
            programme.new_draft(session, gathering_id=at.id, start=start),
            title="Ecology", floor_language="en", module_id=at.modules[0].id,
            speakers=(people[0].id, people[1].id),
            interpretation=(booth,),
        )  # fmt: skip
        programme.save_session(session, draft)
        return at.id, people[2].uid

    key, interpreter = file_store.change("Fill", fill).value
    facts = file_store.read(lambda s: calendar_facts(s, gathering_id=key))
    (slot,) = facts.sessions
    assert slot.speakers == ("Zoe Adler", "Ana Zapata")
    assert {person.uid: uids for person, uids in facts.people} == {
        interpreter: frozenset({slot.uid})
    }
