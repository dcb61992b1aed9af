"""The rows that calendars are made of: sessions, what belongs to them, and participants."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

import sqlalchemy as sa

from schoolapp.domain.centres import Centre
from schoolapp.domain.delegations import Delegation, DelegationCoordinator
from schoolapp.domain.gatherings import Gathering, Room
from schoolapp.domain.participation import ModuleAttended, Participation, ParticipationState, Stay
from schoolapp.domain.people import Person, PersonLanguage
from schoolapp.domain.programme import (
    Interpretation,
    InterpreterDuty,
    Session,
    SessionGroup,
    SessionKind,
    SessionState,
    Speaker,
)
from schoolapp.domain.readings import Edition, ReadingAssignment
from schoolapp.exchange.calendars import CalendarReading
from schoolapp.operations.centres.mailboxes import Answering, host_of_gathering
from schoolapp.storage.selecting import AnyColumn, AnySelect, fetch
from schoolapp.storage.store import DbSession


class SessionRow(NamedTuple):
    """A session with its room, if it has one of its own."""

    id: int
    uid: str
    title: str
    kind: SessionKind
    start_local: dt.datetime
    end_local: dt.datetime
    tz: str
    fold_start: int
    fold_end: int
    sequence: int
    state: SessionState
    floor_language: str
    audience: str
    module_id: int | None
    reading_gap: list[str] | None
    online_link: str | None
    created_at: dt.datetime
    changed_at: dt.datetime
    room: str | None
    room_coordinates: str | None


class GatheringRow(NamedTuple):
    """The gathering that the sessions belong to."""

    uid: str
    titles: dict[str, str]
    start_date: dt.date
    end_date: dt.date
    tz: str
    venue_name: str
    venue_city: str
    coordinates: str | None
    working_languages: list[str]
    contact_name: str | None
    contact_address: str | None
    centre: str | None
    mailbox_name: str | None
    mailbox_address: str | None

    @property
    def answering(self) -> Answering:
        """Which mailbox answers for it."""
        return Answering(
            self.contact_name,
            self.contact_address,
            self.centre,
            self.mailbox_name,
            self.mailbox_address,
        )


def sessions_of(
    session: DbSession, gathering_id: int
) -> tuple[list[SessionRow], GatheringRow | None]:
    """The sessions in order of time, and their gathering; None where there are none."""
    s, g = Session, Gathering
    statement = (
        sa.select(
            s.id,
            s.uid,
            s.title,
            s.kind,
            s.start_local,
            s.end_local,
            s.tz,
            s.fold_start,
            s.fold_end,
            s.sequence,
            s.state,
            s.floor_language,
            s.audience,
            s.module_id,
            s.reading_gap,
            s.online_link,
            s.created_at,
            s.changed_at,
            Room.name,
            Room.coordinates,
            g.uid,
            g.titles,
            g.start_date,
            g.end_date,
            g.tz,
            g.venue_name,
            g.venue_city,
            g.coordinates,
            g.working_languages,
            g.contact_name,
            g.contact_address,
            Centre.name,
            Centre.mailbox_name,
            Centre.mailbox_address,
        )
        .join(g, g.id == s.gathering_id)
        .outerjoin(Room, Room.id == s.room_id)
        .outerjoin(Centre, host_of_gathering())
        .where(s.gathering_id == gathering_id)
        .order_by(s.start_utc, s.uid)
    )
    rows = fetch(session, statement)
    own = len(SessionRow._fields)
    gathering = GatheringRow._make(rows[0][own:]) if rows else None
    return [SessionRow._make(row[:own]) for row in rows], gathering


class LanguageGroup(NamedTuple):
    """The people of a session who follow it in one language, in a room of their own."""

    language: str
    room_id: int
    room: str


class DelegationGroup(NamedTuple):
    """A delegation that meets in a room of its own."""

    delegation_id: int
    delegation: str
    room_id: int
    room: str


@dataclass(slots=True)
class Details:
    """What belongs to one session, each in its order.

    ``at_work`` are people, ``interpreted`` the languages that somebody interprets into.
    """

    interpreted: list[str] = field(default_factory=list)
    speakers: list[str] = field(default_factory=list)
    at_work: set[int] = field(default_factory=set)
    language_groups: list[LanguageGroup] = field(default_factory=list)
    delegation_groups: list[DelegationGroup] = field(default_factory=list)
    readings: list[CalendarReading] = field(default_factory=list)

    @property
    def groups(self) -> list[LanguageGroup | DelegationGroup]:
        """All groups, those for languages first."""
        return [*self.language_groups, *self.delegation_groups]


def details_of(session: DbSession, gathering_id: int) -> dict[int, Details]:
    """Speakers, interpreters, groups and readings by the key of the session."""
    found: dict[int, Details] = defaultdict(Details)
    for key, kind, number, text, a, b, required, place in fetch(session, _details(gathering_id)):
        one = found[key]
        match kind:
            case "speaker":
                one.speakers.append(text)
                one.at_work.add(number)
            case "interpreter":
                one.at_work.add(number)
                one.interpreted.append(text)
            case "language":
                one.language_groups.append(LanguageGroup(text, number, a))
            case "delegation":
                one.delegation_groups.append(DelegationGroup(int(text), b, number, a))
            case "reading":
                read = CalendarReading(
                    author=text, title=a, lang=b, required=bool(required), order=place
                )
                one.readings.append(read)
    return found


def _details(gathering_id: int) -> AnySelect:
    """The same as rows of one shape: see ``_part``."""
    here = Session.gathering_id == gathering_id
    parts = (*_people_parts(), *_group_parts(), _reading_part())
    every = sa.union_all(*(part.where(here) for part in parts)).subquery()
    return sa.select(every).order_by(every.c.session_id, every.c.place, every.c.text)


_NONE = sa.null()


def _part(
    kind: str,
    number: AnyColumn,
    text: AnyColumn,
    a: AnyColumn = _NONE,
    b: AnyColumn = _NONE,
    required: AnyColumn = _NONE,
    place: AnyColumn = _NONE,
) -> AnySelect:
    return sa.select(
        Session.id.label("session_id"),
        sa.literal(kind).label("kind"),
        sa.cast(number, sa.Integer).label("number"),
        sa.cast(text, sa.String).label("text"),
        sa.cast(a, sa.String).label("a"),
        sa.cast(b, sa.String).label("b"),
        sa.cast(required, sa.Integer).label("required"),
        sa.cast(place, sa.Integer).label("place"),
    )


def _people_parts() -> tuple[AnySelect, AnySelect]:
    speakers = (
        _part("speaker", Person.id, Person.display_name, place=Speaker.position)
        .join(Speaker, Speaker.session_id == Session.id)
        .join(Person, Person.id == Speaker.person_id)
    )
    interpreters = (
        _part(
            "interpreter",
            InterpreterDuty.person_id,
            Interpretation.target,
            place=Interpretation.position,
        )
        .join(Interpretation, Interpretation.session_id == Session.id)
        .join(InterpreterDuty, InterpreterDuty.interpretation_id == Interpretation.id)
    )
    return speakers, interpreters


def _group_parts() -> tuple[AnySelect, AnySelect]:
    g, name = SessionGroup, Delegation.name
    by_language = (
        _part("language", g.room_id, g.language, Room.name, place=g.position)
        .join(g, g.session_id == Session.id)
        .join(Room, Room.id == g.room_id)
        .where(g.language.is_not(None))
    )
    by_delegation = (
        _part("delegation", g.room_id, g.delegation_id, Room.name, name, place=g.position)
        .join(g, g.session_id == Session.id)
        .join(Room, Room.id == g.room_id)
        .join(Delegation, Delegation.id == g.delegation_id)
    )
    return by_language, by_delegation


def _reading_part() -> AnySelect:
    assigned, e = ReadingAssignment, Edition
    must = sa.case((assigned.required, 1), else_=0)
    return (
        _part("reading", _NONE, e.author, e.title, e.lang, must, assigned.order)
        .join(assigned, assigned.session_id == Session.id)
        .join(e, e.id == assigned.edition_id)
    )


class ParticipantRow(NamedTuple):
    """A participant with one of their stays, modules and languages, where there are any."""

    id: int
    uid: str
    code: str
    display_name: str
    email: str | None
    mother_tongue: str | None
    gender: str | None
    pronouns: str | None
    delegation_id: int | None
    language_group: str | None
    coordinates: bool
    arrival: dt.datetime | None
    departure: dt.datetime | None
    module_id: int | None
    lang: str | None
    level: str | None


def participants_of(session: DbSession, gathering_id: int) -> list[ParticipantRow]:
    """One row per participant, stay, module and language: few each, so few rows in all."""
    p, part = Person, Participation
    coordinates = (
        sa.exists()
        .where(DelegationCoordinator.delegation_id == part.delegation_id)
        .where(DelegationCoordinator.person_id == p.id)
    )
    statement = (
        sa.select(
            p.id,
            p.uid,
            p.code,
            p.display_name,
            p.email,
            p.mother_tongue,
            p.gender,
            p.pronouns,
            part.delegation_id,
            part.language_group,
            coordinates,
            Stay.arrival,
            Stay.departure,
            ModuleAttended.module_id,
            PersonLanguage.lang,
            PersonLanguage.level,
        )
        .join(part, part.person_id == p.id)
        .outerjoin(Delegation, Delegation.id == part.delegation_id)
        .outerjoin(Stay, Stay.participation_id == part.id)
        .outerjoin(ModuleAttended, ModuleAttended.participation_id == part.id)
        .outerjoin(PersonLanguage, PersonLanguage.person_id == p.id)
        .where(part.gathering_id == gathering_id, part.state != ParticipationState.CANCELLED)
        .order_by(p.uid, PersonLanguage.position)
    )
    return [ParticipantRow._make(row) for row in fetch(session, statement)]
