"""What calendar files are made of: the sessions of a gathering, and which apply to whom."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from schoolapp.base.language import RECIPIENT_LANGUAGES, mark
from schoolapp.base.shipped import table
from schoolapp.domain.audience import Attendee, Slot, applies_to, is_intended, room_for
from schoolapp.domain.delegations import Delegation, DelegationCoordinator
from schoolapp.domain.gatherings import Gathering, Room, title_in
from schoolapp.domain.participation import ModuleAttended, Participation, Stay
from schoolapp.domain.people import Person, PersonLanguage
from schoolapp.domain.programme import (
    Interpretation,
    InterpreterDuty,
    Session,
    SessionGroup,
    SessionState,
    Speaker,
)
from schoolapp.domain.reading_cells.coordinates import Degrees, degrees_of
from schoolapp.domain.readings import Edition, ReadingAssignment
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.calendars import (
    CalendarGathering,
    CalendarGroup,
    CalendarPerson,
    CalendarReading,
    CalendarSession,
)
from schoolapp.storage.store import DbSession

CANCELLED = "cancelled"  # the state of a participation whose person does not come
READS_FROM = ("native", "C2", "C1", "B2", "B1")  # levels at which one reads a text


@dataclass(frozen=True, slots=True)
class CalendarFacts:
    """A gathering, its sessions, and its participants with the UIDs of the sessions for each.

    ``intended`` are the UIDs, by the person's uid, of all sessions whose audience includes them,
    those outside their stay and modules too.
    """

    gathering: CalendarGathering
    sessions: tuple[CalendarSession, ...]
    people: tuple[tuple[CalendarPerson, frozenset[str]], ...]
    intended: Mapping[str, frozenset[str]]


def calendar_facts(session: DbSession, *, gathering_id: int, language: str = "en") -> CalendarFacts:
    """What the calendars of a gathering hold, in three statements whatever its size.

    ``language`` is that of the programme for everybody. Cancelled sessions are among the sessions
    and apply to nobody.
    """
    rows = session.execute(_sessions(gathering_id)).all()
    if not rows:
        raise RuleBroken(mark("This gathering has no sessions yet: there is nothing to export."))
    details: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in session.execute(_details(gathering_id)):
        details[row.session_id][row.kind].append(row)
    slots = {row.uid: _slot(row, details[row.id]) for row in rows if row.state is not _OFF}
    rooms = {
        group.number: group.a
        for parts in details.values()
        for group in (*parts["language"], *parts["delegation"])
    }
    people, intended = [], {}
    for person, attendee in _people(session, gathering_id):
        intended[person.uid] = frozenset(
            uid for uid, s in slots.items() if is_intended(s, attendee)
        )
        uids = frozenset(uid for uid, slot in slots.items() if applies_to(slot, attendee))
        own = ((uid, room_for(slots[uid], attendee)) for uid in sorted(uids))
        mine = {uid: rooms[room] for uid, room in own if room is not None}
        people.append((replace(person, rooms=mine), uids))
    return CalendarFacts(
        _gathering(rows[0], language),
        tuple(_session(row, details[row.id]) for row in rows),
        tuple(people),
        intended,
    )


_OFF = SessionState.CANCELLED


def _sessions(gathering_id: int) -> sa.Select[*tuple[Any, ...]]:
    s, g = Session, Gathering
    return (
        sa.select(
            *(s.id, s.uid, s.title, s.kind, s.start_local, s.end_local, s.tz, s.fold_start),
            *(s.fold_end, s.sequence, s.state, s.floor_language, s.languages, s.audience),
            *(s.module_id, s.reading_gap, s.online_link, s.created_at, s.changed_at),
            *(Room.name.label("room"), Room.coordinates.label("room_coordinates")),
            *(g.code, g.uid.label("gathering_uid"), g.titles, g.start_date, g.end_date),
            *(
                g.venue_name,
                g.venue_city,
                g.coordinates,
                g.host_centre,
                g.contact_name,
                g.contact_address,
            ),
            g.tz.label("gathering_tz"),
        )
        .join(g, g.id == s.gathering_id)
        .outerjoin(Room, Room.id == s.room_id)
        .where(s.gathering_id == gathering_id)
        .order_by(s.start_utc, s.uid)
    )


def _details(gathering_id: int) -> sa.Select[*tuple[Any, ...]]:
    """Speakers, interpreters, groups and readings of all sessions as rows of one shape."""
    none = sa.null()

    def part(kind: str, number: Any, text: Any, *more: Any) -> Any:
        a, b, required, order = (*more, none, none, none, none)[:4]
        return sa.select(
            Session.id.label("session_id"),
            sa.literal(kind).label("kind"),
            sa.cast(number, sa.Integer).label("number"),
            sa.cast(text, sa.String).label("text"),
            sa.cast(a, sa.String).label("a"),
            sa.cast(b, sa.String).label("b"),
            sa.cast(required, sa.Integer).label("required"),
            sa.cast(order, sa.Integer).label("place"),
        ).where(Session.gathering_id == gathering_id)

    assigned, edition, name = ReadingAssignment, Edition, Person.display_name
    group, named = SessionGroup, (Room.name, Delegation.name)
    must = sa.case((assigned.required, 1), else_=0)
    parts = (
        part("speaker", Person.id, name, none, none, none, Speaker.position)
        .join(Speaker, Speaker.session_id == Session.id)
        .join(Person, Person.id == Speaker.person_id),
        part("interpreter", InterpreterDuty.person_id, none)
        .join(Interpretation, Interpretation.session_id == Session.id)
        .join(InterpreterDuty, InterpreterDuty.interpretation_id == Interpretation.id),
        part("language", group.room_id, group.language, Room.name, none, none, group.position)
        .join(group, group.session_id == Session.id)
        .join(Room, Room.id == group.room_id)
        .where(group.language.is_not(None)),
        part("delegation", group.room_id, group.delegation_id, *named, none, group.position)
        .join(group, group.session_id == Session.id)
        .join(Room, Room.id == group.room_id)
        .join(Delegation, Delegation.id == group.delegation_id),
        part("reading", none, edition.author, edition.title, edition.lang, must, assigned.order)
        .join(assigned, assigned.session_id == Session.id)
        .join(edition, edition.id == assigned.edition_id),
    )
    every = sa.union_all(*parts).subquery()
    return sa.select(every).order_by(every.c.session_id, every.c.place, every.c.text)


def _slot(row: Any, details: dict[str, list[Any]]) -> Slot:
    working = [*details["speaker"], *details["interpreter"]]
    return Slot(
        audience=row.audience,
        start=row.start_local,
        end=row.end_local,
        module_id=row.module_id,
        delegations={int(group.text): group.number for group in details["delegation"]},
        language_groups={group.text: group.number for group in details["language"]},
        at_work=frozenset(person.number for person in working),
    )


def _session(row: Any, details: dict[str, list[Any]]) -> CalendarSession:
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
        venue=row.venue_name,
        city=row.venue_city,
        geo=_geo_of(row),
        online_link=row.online_link,
        speakers=tuple(speaker.text for speaker in details["speaker"]),
        floor_language=row.floor_language,
        languages=tuple(row.languages),
        readings=tuple(
            CalendarReading(
                author=text.text, title=text.a, lang=text.b, required=bool(text.required),
                order=text.place,
            )
            for text in details["reading"]
        ),
        reading_gap=tuple(row.reading_gap or ()),
        groups=(
            *(CalendarGroup(room_name=g.a, language=g.text) for g in details["language"]),
            *(CalendarGroup(room_name=g.a, delegation=g.b) for g in details["delegation"]),
        ),
    )  # fmt: skip


def _geo_of(row: Any) -> Degrees | None:
    """Where a session is on the map: its own place, else the venue; none if it is only online."""
    if row.room is None and row.online_link:
        return None
    return degrees_of(row.room_coordinates or row.coordinates)


def organizer_of(session: DbSession, *, gathering_id: int) -> tuple[str, str]:
    """Name and address of the mailbox that answers for a gathering: the sender of its mails."""
    g = Gathering
    columns = sa.select(g.contact_name, g.contact_address, g.host_centre)
    row = session.execute(columns.where(g.id == gathering_id)).one()
    centre = _centre(row.host_centre)
    return row.contact_name or centre["name"], row.contact_address or centre["mailbox"]


def _centre(code: str | None) -> dict[str, str]:
    """The centre that hosts a gathering, Amsterdam for one without."""
    centres = {centre["code"]: centre for centre in table("centres")}
    return centres.get(code or "") or centres["amsterdam"]


def _gathering(row: Any, language: str) -> CalendarGathering:
    centre = _centre(row.host_centre)
    return CalendarGathering(
        uid=row.gathering_uid,
        title=title_in(row.titles, language),
        titles=row.titles,
        start_date=row.start_date,
        end_date=row.end_date,
        tz=row.gathering_tz,
        venue=row.venue_name,
        city=row.venue_city,
        geo=degrees_of(row.coordinates),
        organizer_name=row.contact_name or centre["name"],
        organizer_address=row.contact_address or centre["mailbox"],
        language=language,
    )


@dataclass(slots=True)
class _Facts:
    """What the rows of one participant add up to."""

    stays: set[tuple[dt.datetime, dt.datetime]]
    modules: set[int]
    languages: dict[str, str]


def _people(session: DbSession, gathering_id: int) -> list[tuple[CalendarPerson, Attendee]]:
    """The participants who come, each as a reader of a calendar and as one who attends."""
    heads: dict[int, Any] = {}
    facts: dict[int, _Facts] = {}
    for row in session.execute(_participants(gathering_id)):
        heads[row.id] = row
        known = facts.setdefault(row.id, _Facts(set(), set(), {}))
        if row.arrival is not None:
            known.stays.add((row.arrival, row.departure))
        if row.module_id is not None:
            known.modules.add(row.module_id)
        if row.lang is not None:
            known.languages[row.lang] = row.level
    return [(_person(head, facts[key]), _attendee(head, facts[key])) for key, head in heads.items()]


def _participants(gathering_id: int) -> sa.Select[*tuple[Any, ...]]:
    """One row per participant, stay, module and language: few each, so few rows in all."""
    p, part = Person, Participation
    coordinates = (
        sa.exists()
        .where(DelegationCoordinator.delegation_id == part.delegation_id)
        .where(DelegationCoordinator.person_id == p.id)
    )
    return (
        sa.select(
            *(p.id, p.uid, p.display_name, p.email, p.mother_tongue, p.pronouns),
            *(part.delegation_id, part.language_group, coordinates.label("coordinates")),
            *(Stay.arrival, Stay.departure, ModuleAttended.module_id),
            *(PersonLanguage.lang, PersonLanguage.level),
        )
        .join(part, part.person_id == p.id)
        .outerjoin(Delegation, Delegation.id == part.delegation_id)
        .outerjoin(Stay, Stay.participation_id == part.id)
        .outerjoin(ModuleAttended, ModuleAttended.participation_id == part.id)
        .outerjoin(PersonLanguage, PersonLanguage.person_id == p.id)
        .where(part.gathering_id == gathering_id, part.state != CANCELLED)
        .order_by(p.uid, PersonLanguage.position)
    )


def _person(head: Any, facts: _Facts) -> CalendarPerson:
    return reader(head, facts.languages, head.language_group)


def reader(head: Any, levels: Mapping[str, str], group: str | None = None) -> CalendarPerson:
    """A person as one who reads calendars and mail, from a row with name, address and tongue.

    ``levels`` are those of the languages they know; ``group`` is their language group's.
    """
    reads = [tag for tag, level in levels.items() if level in READS_FROM]
    if head.mother_tongue and head.mother_tongue not in reads:
        reads.insert(0, head.mother_tongue)
    wanted = (head.mother_tongue, group, *reads)
    return CalendarPerson(
        uid=head.uid,
        name=head.display_name,
        address=head.email,
        language=next((tag for tag in wanted if tag in RECIPIENT_LANGUAGES), "en"),
        reads=tuple(reads),
    )


def _attendee(head: Any, facts: _Facts) -> Attendee:
    return Attendee(
        person_id=head.id,
        stays=tuple(sorted(facts.stays)),
        modules=frozenset(facts.modules),
        delegation_id=head.delegation_id,
        language_group=head.language_group,
        pronouns=head.pronouns,
        coordinates=bool(head.coordinates),
    )
