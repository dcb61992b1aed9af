"""What the invitations of a gathering follow from: its calendar, the work, what was sent."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.domain.gatherings import Gathering, GatheringState, Room
from schoolapp.domain.invitations import GatheringInvitation, Placed, SessionInvitation
from schoolapp.domain.mail import Mail, MailState
from schoolapp.domain.programme import (
    ProgrammeChange,
    Session,
    SessionKind,
    SessionState,
)
from schoolapp.exchange.calendars import CalendarPerson, CalendarSession
from schoolapp.exchange.calendars.inviting import place_of
from schoolapp.operations.calendars.facts import CalendarFacts, calendar_facts, reader
from schoolapp.operations.invitations.rows import PersonRow, people_of, sessions_of, work_of
from schoolapp.operations.invitations.tells import Tells
from schoolapp.operations.programme.moving import GROUP_SIGN
from schoolapp.storage.selecting import fetch
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
"""The occasions of mails that are recorded with the invitations once they are sent."""
ON_THE_WAY = frozenset(
    {
        MailState.QUEUED,
        MailState.SENDING,
        MailState.UNSURE,
        MailState.WAITING_TO_RETRY,
        MailState.FAILED,
    }
)
"""States of a mail that counts as sent: it goes out, may have gone out, or waits for a person."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A session: its key and what decides whether anybody is invited to it."""

    id: int
    state: SessionState
    kind: SessionKind
    calendar: CalendarSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What one person was last sent about one session, or about the gathering."""

    sequence: int
    method: str
    told: str | None = None
    address: str | None = None
    organizer: str | None = None
    undeliverable: bool = False
    beyond_stay: bool = False

    @property
    def loaded(self) -> bool:
        """Whether it came in with a package, without what exactly was sent."""
        return self.told is None

    @property
    def invited(self) -> bool:
        """Whether the person counts on it."""
        return self.method == "REQUEST"


class PastChange(NamedTuple):
    """A change of a session: what was changed, and what it was before this SEQUENCE.

    ``group`` is the language or the delegation whose room it was, empty for what concerns all.
    """

    sequence: int
    change: str
    was: str
    group: str = ""


@dataclass(slots=True)
class InvitationFacts:
    """Everything that decides what is due; ``sent`` and ``sent_whole`` are by keys of rows.

    ``work`` leads from a session's UID to the people who work in it and as what, ``applies`` from a
    person to the sessions they can attend, ``intended`` to those whose audience includes them.
    ``loaded`` are the sessions whose invitations came in with a package, ``put_on`` the work in
    sessions (UID and person) that was given here, not by a package. ``groups`` are the languages
    and delegations of the groups that a person belongs to.
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
    sent: dict[tuple[str, int], Standing] = field(default_factory=dict)
    sent_whole: dict[int, Standing] = field(default_factory=dict)
    changes: dict[str, list[PastChange]] = field(default_factory=dict)
    loaded: frozenset[str] = frozenset()
    put_on: frozenset[tuple[str, int]] = frozenset()
    groups: dict[int, frozenset[str]] = field(default_factory=dict)

    def concerns(self, change: PastChange, uid: str, person_id: int) -> bool:
        """Whether a change of a session is one of this person's own time or place.

        The room of another group is none; who has no group in the session finds all the rooms.
        """
        own_room = self.readers[person_id].rooms.get(uid)
        if not change.group or own_room is None:
            return True
        return change.group in self.groups.get(person_id, frozenset())

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
    """When and where the people whose group meets in this room find the session."""
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

    Mails that are queued or on their way count as sent; drafts do not.
    """
    calendar = calendar_facts(session, gathering_id=gathering_id)
    keys = {row.uid: row for row in sessions_of(session, gathering_id)}
    work: dict[str, dict[int, str]] = defaultdict(dict)
    put_on = set()
    for row in work_of(session, gathering_id):
        work[row.uid].setdefault(row.person_id, row.role)
        if row.since is not None:
            put_on.add((row.uid, row.person_id))
    in_gathering = session.get_one(Gathering, gathering_id)
    people = people_of(session, gathering_id)
    readers, ids = _readers(people, in_gathering, calendar)
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
        groups={
            row.id: frozenset(filter(None, (row.language_group, row.delegation))) for row in people
        },
    )
    _add_all_sent(session, facts)
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


def _readers(
    people: list[PersonRow], gathering: Gathering, calendar: CalendarFacts
) -> tuple[dict[int, CalendarPerson], dict[str, int]]:
    """Everybody who is sent something, by key, and the keys by uid."""
    heads: dict[int, PersonRow] = {}
    levels: dict[int, dict[str, str]] = defaultdict(dict)
    for row in people:
        heads[row.id] = row
        if row.lang is not None and row.level is not None:
            levels[row.id][row.lang] = row.level
    known = {
        person.uid: replace(person, rooms=calendar.own_rooms[person.uid])
        for person, _uids in calendar.people
    }
    readers = {
        key: known.get(head.uid) or reader(head, levels[key], gathering.working_languages)
        for key, head in heads.items()
    }
    return readers, {head.uid: key for key, head in heads.items()}


def _add_all_sent(session: DbSession, facts: InvitationFacts) -> None:
    _add_sent(session, facts)
    _add_changes(session, facts)
    facts.loaded = frozenset(
        uid for (uid, _p), row in facts.sent.items() if row.loaded or row.beyond_stay
    )
    for tells, address in on_the_way(session, facts.gathering_id):
        _add_mail(facts, tells, address)


def _add_sent(session: DbSession, facts: InvitationFacts) -> None:
    """What the rows of invitations say: the sessions, and the gathering as a whole."""
    i, w = SessionInvitation, GatheringInvitation
    of_sessions = (
        sa.select(
            Session.uid,
            i.person_id,
            i.sequence,
            i.method,
            i.told,
            i.address,
            i.organizer,
            i.error,
            i.beyond_stay,
        )
        .join(Session, Session.id == i.session_id)
        .where(Session.gathering_id == facts.gathering_id)
    )
    for uid, person_id, sequence, method, text, address, organizer, error, beyond in fetch(
        session, of_sessions
    ):
        facts.sent[uid, person_id] = Standing(
            sequence=sequence,
            method=method,
            told=text,
            address=address,
            organizer=organizer,
            undeliverable=error is not None,
            beyond_stay=bool(beyond),
        )
    of_gathering = sa.select(
        w.person_id,
        w.sequence,
        w.method,
        w.told,
        w.address,
        w.organizer,
        w.error,
    ).where(w.gathering_id == facts.gathering_id)
    for person_id, sequence, method, text, address, organizer, error in fetch(
        session, of_gathering
    ):
        facts.sent_whole[person_id] = Standing(
            sequence=sequence,
            method=method,
            told=text,
            address=address,
            organizer=organizer,
            undeliverable=error is not None,
        )


def _add_changes(session: DbSession, facts: InvitationFacts) -> None:
    """The list of changes of each session, rooms by their names."""
    named = sa.select(Room.code, Room.name).where(Room.gathering_id == facts.gathering_id)
    rooms = dict(fetch(session, named))
    c = ProgrammeChange
    changes = (
        sa.select(
            Session.uid,
            c.sequence,
            c.change,
            c.was,
        )
        .join(Session)
        .where(c.gathering_id == facts.gathering_id)
        .order_by(c.position)
    )
    for uid, sequence, change, old in fetch(session, changes):
        group, _sign, code = (old or "").rpartition(GROUP_SIGN if change == "group_room" else "\n")
        was = code if change == "moved" else rooms.get(code, code)
        facts.changes.setdefault(uid, []).append(PastChange(sequence, change, was, group))


def on_the_way(session: DbSession, gathering_id: int) -> Iterator[tuple[Tells, str]]:
    """The mails about invitations that count as sent before they are recorded, oldest first.

    Each is what it says, and the address that it goes to.
    """
    query = (
        sa.select(Mail.tells, Mail.address)
        .where(Mail.gathering_id == gathering_id, Mail.occasion.in_(OCCASIONS))
        .where(Mail.state.in_(ON_THE_WAY))
        .order_by(Mail.id)
    )
    for tells, address in fetch(session, query):
        yield Tells.of(tells), address


def _add_mail(facts: InvitationFacts, tells: Tells, address: str) -> None:
    uids = {slot.id: uid for uid, slot in facts.slots.items()}
    for one in tells.sessions:
        if one.session_id in uids:
            key = (uids[one.session_id], one.person_id)
            before = facts.sent.get(key)
            facts.sent[key] = Standing(
                sequence=one.sequence,
                method=tells.method,
                told=one.told,
                address=address,
                organizer=tells.organizer,
                beyond_stay=before is not None and (before.loaded or before.beyond_stay),
            )
    for whole in tells.gathering:
        facts.sent_whole[whole.person_id] = Standing(
            sequence=whole.sequence,
            method=tells.method,
            told=whole.told,
            address=address,
            organizer=tells.organizer,
        )
