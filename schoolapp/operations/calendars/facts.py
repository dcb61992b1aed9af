"""What calendar files are made of: the sessions of a gathering, and those of each person."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from schoolapp.base.language import mark
from schoolapp.domain.audience import Attendee, Slot, applies_to, is_intended, room_for
from schoolapp.domain.gatherings import title_in
from schoolapp.domain.programme import (
    SessionState,
)
from schoolapp.domain.reading_cells.coordinates import Degrees, degrees_of
from schoolapp.domain.recipients import READS_FROM, recipient_language
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.spoken import NO_LANGUAGE, spoken_in
from schoolapp.exchange.calendars import (
    CalendarGathering,
    CalendarGroup,
    CalendarPerson,
    CalendarSession,
)
from schoolapp.operations.calendars.rows import (
    Details,
    GatheringRow,
    ParticipantRow,
    SessionRow,
    details_of,
    participants_of,
    sessions_of,
)
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class CalendarFacts:
    """A gathering, its sessions, and its participants with the UIDs of the sessions for each.

    ``intended`` are the UIDs, by the person's uid, of all sessions whose audience includes them,
    those outside their stay and modules too; ``own_rooms`` the rooms of their groups in any.
    """

    gathering: CalendarGathering
    sessions: tuple[CalendarSession, ...]
    people: tuple[tuple[CalendarPerson, frozenset[str]], ...]
    intended: Mapping[str, frozenset[str]]
    own_rooms: Mapping[str, Mapping[str, str]]


def calendar_facts(session: DbSession, *, gathering_id: int, language: str = "en") -> CalendarFacts:
    """What the calendars of a gathering hold, in three statements whatever its size.

    ``language`` is that of the programme for everybody. Cancelled sessions are among the sessions
    and apply to nobody.
    """
    rows, gathering = sessions_of(session, gathering_id)
    if gathering is None:
        raise RuleBroken(mark("This gathering has no sessions yet: there is nothing to export."))
    details = details_of(session, gathering_id)
    slots = {row.uid: _slot(row, details[row.id]) for row in rows if row.state is not _OFF}
    rooms = {group.room_id: group.room for parts in details.values() for group in parts.groups}
    in_groups = sorted(uid for uid, s in slots.items() if s.delegations or s.language_groups)
    people, intended, own_rooms = [], {}, {}
    for person, attendee in _people(session, gathering_id, gathering.working_languages):
        intended[person.uid] = frozenset(
            uid for uid, s in slots.items() if is_intended(s, attendee)
        )
        uids = frozenset(uid for uid, slot in slots.items() if applies_to(slot, attendee))
        own = ((uid, room_for(slots[uid], attendee)) for uid in in_groups)
        own_rooms[person.uid] = {uid: rooms[room] for uid, room in own if room is not None}
        mine = {uid: room for uid, room in own_rooms[person.uid].items() if uid in uids}
        people.append((replace(person, rooms=mine), uids))
    return CalendarFacts(
        _gathering(gathering, language),
        tuple(_session(row, gathering, details[row.id]) for row in rows),
        tuple(people),
        intended,
        own_rooms,
    )


_OFF = SessionState.CANCELLED


def _slot(row: SessionRow, details: Details) -> Slot:
    return Slot(
        audience=row.audience,
        start=row.start_local,
        end=row.end_local,
        module_id=row.module_id,
        delegations={group.delegation_id: group.room_id for group in details.delegation_groups},
        language_groups={group.language: group.room_id for group in details.language_groups},
        at_work=frozenset(details.at_work),
    )


def _session(row: SessionRow, gathering: GatheringRow, details: Details) -> CalendarSession:
    groups = [group.language for group in details.language_groups]
    spoken = spoken_in(row.floor_language, details.interpreted, groups)
    return CalendarSession(
        uid=row.uid,
        title=row.title,
        kind=row.kind.value,
        start=row.start_local,
        end=row.end_local,
        tz=row.tz,
        modified=row.changed_at,
        created=row.created_at,
        fold_start=row.fold_start,
        fold_end=row.fold_end,
        sequence=row.sequence,
        cancelled=row.state is _OFF,
        room_name=row.room,
        venue=gathering.venue_name,
        city=gathering.venue_city,
        geo=_geo_of(row, gathering),
        online_link=row.online_link,
        speakers=tuple(details.speakers),
        floor_language=NO_LANGUAGE if groups else row.floor_language,
        languages=spoken.all,
        readings=tuple(details.readings),
        reading_gap=tuple(row.reading_gap or ()),
        groups=(
            *(
                CalendarGroup(room_name=g.room, language=g.language)
                for g in details.language_groups
            ),
            *(
                CalendarGroup(room_name=g.room, delegation=g.delegation)
                for g in details.delegation_groups
            ),
        ),
    )


def _geo_of(row: SessionRow, gathering: GatheringRow) -> Degrees | None:
    """Where a session is on the map: its own place, else the venue; none if it is only online."""
    if row.room is None and row.online_link:
        return None
    return degrees_of(row.room_coordinates or gathering.coordinates)


def _gathering(row: GatheringRow, language: str) -> CalendarGathering:
    name, address = row.answering.mailbox
    return CalendarGathering(
        uid=row.uid,
        title=title_in(row.titles, language),
        titles=row.titles,
        start_date=row.start_date,
        end_date=row.end_date,
        tz=row.tz,
        venue=row.venue_name,
        city=row.venue_city,
        geo=degrees_of(row.coordinates),
        organizer_name=name,
        organizer_address=address,
        language=language,
    )


@dataclass(slots=True)
class _Facts:
    """What the rows of one participant add up to."""

    stays: set[tuple[dt.datetime, dt.datetime]]
    modules: set[int]
    languages: dict[str, str]


def _people(
    session: DbSession, gathering_id: int, working: list[str]
) -> list[tuple[CalendarPerson, Attendee]]:
    """The participants who come, each as a reader of a calendar and as one who attends."""
    heads: dict[int, ParticipantRow] = {}
    facts: dict[int, _Facts] = {}
    for row in participants_of(session, gathering_id):
        heads[row.id] = row
        known = facts.setdefault(row.id, _Facts(set(), set(), {}))
        if row.arrival is not None and row.departure is not None:
            known.stays.add((row.arrival, row.departure))
        if row.module_id is not None:
            known.modules.add(row.module_id)
        if row.lang is not None and row.level is not None:
            known.languages[row.lang] = row.level
    return [
        (reader(head, facts[key].languages, working), _attendee(head, facts[key]))
        for key, head in heads.items()
    ]


class Head(Protocol):
    """A row with what is needed to write to a reader of calendars and mail."""

    @property
    def uid(self) -> str: ...
    @property
    def display_name(self) -> str: ...
    @property
    def email(self) -> str | None: ...
    @property
    def mother_tongue(self) -> str | None: ...
    @property
    def language_group(self) -> str | None: ...


def reader(head: Head, levels: Mapping[str, str], working: list[str]) -> CalendarPerson:
    """A person as one who reads calendars and mail: from a row with name, address, mother tongue
    and language group.

    ``levels`` are those of the languages they know; ``working`` the gathering's languages.
    """
    reads = [tag for tag, level in levels.items() if level in READS_FROM]
    if head.mother_tongue and head.mother_tongue not in reads:
        reads.insert(0, head.mother_tongue)
    return CalendarPerson(
        uid=head.uid,
        name=head.display_name,
        address=head.email,
        language=recipient_language(
            mother_tongue=head.mother_tongue,
            known=levels.items(),
            group=head.language_group,
            working=working,
        ),
        reads=tuple(reads),
    )


def _attendee(head: ParticipantRow, facts: _Facts) -> Attendee:
    return Attendee(
        person_id=head.id,
        stays=tuple(sorted(facts.stays)),
        modules=frozenset(facts.modules),
        delegation_id=head.delegation_id,
        language_group=head.language_group,
        gender=head.gender,
        pronouns=head.pronouns,
        coordinates=bool(head.coordinates),
    )
