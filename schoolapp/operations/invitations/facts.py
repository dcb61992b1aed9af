"""What the invitations of a gathering follow from: its calendar, who works, what was told."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.domain.gatherings import Gathering, GatheringState, Room
from schoolapp.domain.invitations import GatheringInvitation, Placed, SessionInvitation
from schoolapp.domain.mail import Mail, MailState
from schoolapp.domain.participation import Participation
from schoolapp.domain.people import Person, PersonLanguage
from schoolapp.domain.programme import (
    Interpretation,
    InterpreterDuty,
    ProgrammeChange,
    Session,
    SessionKind,
    SessionState,
    Speaker,
)
from schoolapp.exchange.calendars import CalendarPerson, CalendarSession
from schoolapp.exchange.calendars.inviting import place_of
from schoolapp.operations.calendars.facts import CalendarFacts, calendar_facts, reader
from schoolapp.storage.store import DbSession

OCCASIONS = (
    "programme",
    "invitation",
    "session_changed",
    "session_cancelled",
    "session_removed",
    "gathering_changed",
    "farewell",
)
"""The occasions of mails whose being sent is recorded with the invitations."""
ON_THE_WAY = frozenset(
    {
        MailState.QUEUED,
        MailState.SENDING,
        MailState.UNSURE,
        MailState.WAITING_TO_RETRY,
        MailState.FAILED,
    }
)
"""States of a mail that counts as told: it goes out, went out perhaps, or waits for a person."""
SPEAKER, INTERPRETER = "speaker", "interpreter"


@dataclass(frozen=True, slots=True)
class Slot:
    """A session: its key and what decides whether anybody is invited to it."""

    id: int
    state: SessionState
    kind: SessionKind
    calendar: CalendarSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What one person was last told of one session, or of the gathering."""

    sequence: int
    method: str
    told: str | None = None
    address: str | None = None
    undeliverable: bool = False
    beyond_stay: bool = False

    @property
    def loaded(self) -> bool:
        """Whether it came in with a package, without what exactly was told."""
        return self.told is None

    @property
    def invited(self) -> bool:
        """Whether the person counts on it."""
        return self.method == "REQUEST"


@dataclass(slots=True)
class InvitationFacts:
    """Everything that decides what is due; ``told`` and ``told_whole`` are by keys of rows.

    ``work`` leads from a session's UID to who works in it and as what, ``applies`` from a person
    to the sessions they can attend, ``intended`` to those whose audience includes them. ``loaded``
    are the sessions whose invitations came in with a package, ``put_on`` the work in sessions
    (UID and person) that was given here, not by a package.
    """

    gathering_id: int
    calendar: CalendarFacts
    cancelled: bool
    now: dt.datetime
    slots: dict[str, Slot]
    readers: dict[int, CalendarPerson]
    applies: dict[int, frozenset[str]]
    intended: dict[int, frozenset[str]]
    work: dict[str, dict[int, str]]
    told: dict[tuple[str, int], Standing] = field(default_factory=dict)
    told_whole: dict[int, Standing] = field(default_factory=dict)
    changes: dict[str, list[tuple[int, str, str]]] = field(default_factory=dict)
    loaded: frozenset[str] = frozenset()
    put_on: frozenset[tuple[str, int]] = frozenset()

    def placed(self, uid: str, person_id: int) -> Placed:
        """When and where this person finds the session."""
        session = self.slots[uid].calendar
        return placed(session, self.readers[person_id].rooms.get(uid))

    @property
    def whole(self) -> Placed:
        """When and where the gathering is."""
        g = self.calendar.gathering
        midnight = dt.time()
        return Placed(
            start=dt.datetime.combine(g.start_date, midnight),
            end=dt.datetime.combine(g.end_date, midnight),
            tz=g.tz,
            place=", ".join(part for part in (g.venue, g.city) if part),
        )


def placed(session: CalendarSession, room: str | None) -> Placed:
    """When and where those find the session whose group meets in this room."""
    return Placed(
        start=session.start,
        end=session.end,
        tz=session.tz,
        place=place_of(session, room),
        fold_start=session.fold_start,
        fold_end=session.fold_end,
    )


def invitation_facts(session: DbSession, *, gathering_id: int) -> InvitationFacts:
    """Everything that decides what is due, in a fixed number of statements.

    Mails that are queued or on their way count as told; drafts do not.
    """
    calendar = calendar_facts(session, gathering_id=gathering_id)
    keys = {row.uid: row for row in session.execute(_sessions(gathering_id))}
    work: dict[str, dict[int, str]] = defaultdict(dict)
    put_on = set()
    for row in session.execute(_work(gathering_id)):
        work[row.uid].setdefault(row.person_id, row.role)
        if row.since is not None:
            put_on.add((row.uid, row.person_id))
    readers, ids = _readers(session, gathering_id, calendar)
    in_gathering = session.get_one(Gathering, gathering_id)
    facts = InvitationFacts(
        gathering_id=gathering_id,
        calendar=_discreet(calendar),
        cancelled=in_gathering.state is GatheringState.CANCELLED,
        now=clock.now(),
        slots={
            one.uid: Slot(keys[one.uid].id, keys[one.uid].state, keys[one.uid].kind, one)
            for one in _discreet(calendar).sessions
        },
        readers=readers,
        applies={ids[person.uid]: uids for person, uids in calendar.people},
        intended={ids[uid]: uids for uid, uids in calendar.intended.items()},
        work=dict(work),
        put_on=frozenset(put_on),
    )
    _add_told(session, facts)
    return facts


def _discreet(calendar: CalendarFacts) -> CalendarFacts:
    """The sessions without the names of participants among the speakers: no invitation names one.

    A lecturer who only works there is announced; a participant who gives a workshop is not.
    """
    names = {person.name for person, _uids in calendar.people}
    sessions = tuple(
        replace(one, speakers=tuple(name for name in one.speakers if name not in names))
        if names & set(one.speakers)
        else one
        for one in calendar.sessions
    )
    return replace(calendar, sessions=sessions)


def _sessions(gathering_id: int) -> sa.Select[*tuple[Any, ...]]:
    columns = (Session.id, Session.uid, Session.state, Session.kind)
    return sa.select(*columns).where(Session.gathering_id == gathering_id)


def _work(gathering_id: int) -> sa.Select[*tuple[Any, ...]]:
    """Who speaks and who interprets; a speaker who also interprets comes first as a speaker."""
    mine = Session.gathering_id == gathering_id
    speak = (
        sa.select(Session.uid, Speaker.person_id, Speaker.since, sa.literal(SPEAKER).label("role"))
        .join(Speaker, Speaker.session_id == Session.id)
        .where(mine)
    )
    interpret = (
        sa.select(
            *(Session.uid, InterpreterDuty.person_id, InterpreterDuty.since),
            sa.literal(INTERPRETER).label("role"),
        )
        .join(Interpretation, Interpretation.session_id == Session.id)
        .join(InterpreterDuty, InterpreterDuty.interpretation_id == Interpretation.id)
        .where(mine)
    )
    every = sa.union_all(speak, interpret).subquery()
    return sa.select(every).order_by(every.c.uid, every.c.role.desc(), every.c.person_id)


def _readers(
    session: DbSession, gathering_id: int, calendar: CalendarFacts
) -> tuple[dict[int, CalendarPerson], dict[str, int]]:
    """Everybody who is told something, by key, and the keys by uid."""
    heads: dict[int, Any] = {}
    levels: dict[int, dict[str, str]] = defaultdict(dict)
    for row in session.execute(_people(gathering_id)):
        heads[row.id] = row
        if row.lang is not None:
            levels[row.id][row.lang] = row.level
    known = {person.uid: person for person, _uids in calendar.people}
    readers = {key: known.get(head.uid) or reader(head, levels[key]) for key, head in heads.items()}
    return readers, {head.uid: key for key, head in heads.items()}


def _people(gathering_id: int) -> sa.Select[*tuple[Any, ...]]:
    mine = Session.gathering_id == gathering_id
    concerned = sa.union(
        sa.select(Participation.person_id).where(Participation.gathering_id == gathering_id),
        sa.select(Speaker.person_id).join(Session, Session.id == Speaker.session_id).where(mine),
        sa.select(InterpreterDuty.person_id)
        .join(Interpretation, Interpretation.id == InterpreterDuty.interpretation_id)
        .join(Session, Session.id == Interpretation.session_id)
        .where(mine),
        sa.select(SessionInvitation.person_id)
        .join(Session, Session.id == SessionInvitation.session_id)
        .where(mine),
        sa.select(GatheringInvitation.person_id).where(
            GatheringInvitation.gathering_id == gathering_id
        ),
    ).subquery()
    p = Person
    return (
        sa.select(
            *(p.id, p.uid, p.display_name, p.email, p.mother_tongue),
            *(PersonLanguage.lang, PersonLanguage.level),
        )
        .outerjoin(PersonLanguage, PersonLanguage.person_id == p.id)
        .where(p.id.in_(sa.select(concerned.c[0])))
        .order_by(p.uid, PersonLanguage.position)
    )


def _add_told(session: DbSession, facts: InvitationFacts) -> None:
    i, w = SessionInvitation, GatheringInvitation
    mine = facts.gathering_id
    columns = (i.sequence, i.method, i.told, i.address, i.error, i.beyond_stay)
    query = sa.select(Session.uid, i.person_id, *columns).join(Session, Session.id == i.session_id)
    for row in session.execute(query.where(Session.gathering_id == mine)):
        facts.told[row.uid, row.person_id] = _standing(row, bool(row.beyond_stay))
    whole = sa.select(w.person_id, w.sequence, w.method, w.told, w.address, w.error)
    for entry in session.execute(whole.where(w.gathering_id == mine)):
        facts.told_whole[entry.person_id] = _standing(entry)
    named = sa.select(Room.code, Room.name).where(Room.gathering_id == mine)
    rooms = dict(iter(session.execute(named)))
    c = ProgrammeChange
    changes = sa.select(Session.uid, c.sequence, c.change, c.was).join(Session)
    for uid, sequence, change, old in session.execute(
        changes.where(c.gathering_id == mine).order_by(c.position)
    ):
        was = rooms.get(old or "", old) if change == "room" else old
        facts.changes.setdefault(uid, []).append((sequence, change, was or ""))
    facts.loaded = frozenset(
        uid for (uid, _p), row in facts.told.items() if row.loaded or row.beyond_stay
    )
    for mail in on_the_way(session, mine):
        _add_mail(facts, mail)


def _standing(row: Any, beyond_stay: bool = False) -> Standing:
    return Standing(
        sequence=row.sequence,
        method=row.method,
        told=row.told,
        address=row.address,
        undeliverable=row.error is not None,
        beyond_stay=beyond_stay,
    )


def on_the_way(session: DbSession, gathering_id: int) -> Iterator[Any]:
    """The mails about invitations that count as told before they are recorded, oldest first."""
    query = (
        sa.select(Mail.tells, Mail.address)
        .where(Mail.gathering_id == gathering_id, Mail.occasion.in_(OCCASIONS))
        .where(Mail.state.in_(ON_THE_WAY))
        .order_by(Mail.id)
    )
    yield from session.execute(query)


def _add_mail(facts: InvitationFacts, mail: Any) -> None:
    tells: Mapping[str, Any] = mail.tells
    uids = {slot.id: uid for uid, slot in facts.slots.items()}
    for session_id, person_id, sequence, told in tells["sessions"]:
        if session_id in uids:
            before = facts.told.get((uids[session_id], person_id))
            facts.told[uids[session_id], person_id] = Standing(
                sequence=sequence,
                method=tells["method"],
                told=told,
                address=mail.address,
                beyond_stay=before is not None and (before.loaded or before.beyond_stay),
            )
    for person_id, sequence, told in tells["gathering"]:
        facts.told_whole[person_id] = Standing(
            sequence=sequence, method=tells["method"], told=told, address=mail.address
        )
