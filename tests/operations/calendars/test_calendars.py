"""What calendars are made of: who each session is for, in which room."""

from schoolapp.operations.calendars.facts import CalendarFacts, calendar_facts
from schoolapp.operations.gatherings import gathering_row
from schoolapp.storage.store import Store


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
