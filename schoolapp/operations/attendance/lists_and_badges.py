"""The people on printed lists: to sign in, for a door, by group; and on badges."""

import datetime as dt
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from schoolapp.base.language import _, current, mark
from schoolapp.domain.documents import BadgeFace, PeopleGroup, Signer, SignIn
from schoolapp.domain.gatherings import Gathering, Room, title_in
from schoolapp.domain.participation import (
    INTERPRETERS,
    LECTURERS,
    STAFF,
    VOLUNTEERS,
    Engagement,
    ParticipationState,
    days_present,
)
from schoolapp.domain.people import Person
from schoolapp.domain.programme import Session, SessionGroup, SessionState
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.text import fold
from schoolapp.operations.arrivals.badges import badge_rows
from schoolapp.operations.attendance.attendants import Attendant, attendants
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession

Grouping = Literal["door", "language_group", "delegation", "team"]


@dataclass(frozen=True, slots=True)
class Printed:
    """The gathering's title in the language in use, and what is printed of it."""

    gathering: str
    sheets: list[SignIn]


class PrintedPeople(NamedTuple):
    """The gathering's title in the language in use, that of the list, and its groups."""

    gathering: str
    title: str
    groups: list[PeopleGroup]


class PrintedBadges(NamedTuple):
    """The gathering's title in the language in use, and its badges."""

    gathering: str
    faces: list[BadgeFace]


def sign_in_by_day(session: DbSession, *, gathering_id: int, day: dt.date | None = None) -> Printed:
    """A list to sign for a day, or for each day of the gathering; two statements.

    On it are the people who are there that day, sorted by each person's own rule for names (S44).
    """
    gathering = _gathering(session, gathering_id)
    people = _people(session, gathering_id)
    days = [gathering.start_date + dt.timedelta(n) for n in range(_length(gathering))]
    sheets = [
        SignIn(one, [_signer(p) for p in people if one in days_present(p.stays)])
        for one in ([day] if day else days)
    ]
    return Printed(title_in(gathering.titles, current()), sheets)


def sign_in_by_session(
    session: DbSession, *, gathering_id: int, session_ids: list[int] | None = None
) -> Printed:
    """A list to sign for each session with a register, or for these; three statements.

    On it are the people to whom the session applies: in the stay and of a module attended.
    """
    gathering = _gathering(session, gathering_id)
    people = _people(session, gathering_id)
    kept = Session
    statement = (
        sa.select(
            kept.id,
            kept.title,
            kept.start_local,
            kept.end_local,
            kept.module_id,
            sa.func.coalesce(_rooms_of_groups(), Room.name, ""),
        )
        .outerjoin(Room, Room.id == kept.room_id)
        .where(
            kept.gathering_id == gathering_id, kept.register, kept.state != SessionState.CANCELLED
        )
        .order_by(kept.start_local, kept.id)
    )
    sheets = [
        SignIn(
            start.date(),
            [_signer(p) for p in people if p.is_there(start, end, module_id)],
            title,
            start,
            end,
            room,
        )
        for key, title, start, end, module_id, room in fetch(session, statement)
        if session_ids is None or key in session_ids
    ]
    return Printed(title_in(gathering.titles, current()), sheets)


def _rooms_of_groups() -> sa.ScalarSelect[str]:
    """The rooms of the groups of a session, which has none but theirs."""
    room = aliased(Room)
    names = sa.select(sa.func.aggregate_strings(room.name, " / "))
    mine = names.join(SessionGroup, SessionGroup.room_id == room.id)
    return mine.where(SessionGroup.session_id == Session.id).correlate(Session).scalar_subquery()


def people_list(session: DbSession, *, gathering_id: int, by: Grouping) -> PrintedPeople:
    """The people in groups, for a list to tick; two statements.

    The team are the people who work in the gathering, whether they take part or not.
    """
    gathering = title_in(_gathering(session, gathering_id).titles, current())
    if by == "team":
        return PrintedPeople(gathering, _(TITLES[by]), _team(session, gathering_id))
    people = _people(session, gathering_id)
    if by == "door":
        everybody = PeopleGroup("", [_signer(person) for person in people])
        return PrintedPeople(gathering, _(TITLES[by]), [everybody])
    groups: dict[tuple[str, int], list[Signer]] = {}
    for person in people:
        key = person.own_delegation if by == "delegation" else (person.language_group, 0)
        groups.setdefault(key, []).append(_signer(person))
    listed = [_group(name, groups[name, number], by) for name, number in sorted(groups)]
    return PrintedPeople(gathering, _(TITLES[by]), listed)


def _group(name: str, people: list[Signer], by: Grouping) -> PeopleGroup:
    """A group under the name of its delegation or language, or under words for no group."""
    if by == "delegation":
        return PeopleGroup(name or _("Without a delegation"), people)
    return PeopleGroup("" if name else _("Without a group"), people, name)


TITLES: dict[Grouping, str] = {
    "door": mark("List for the door"),
    "language_group": mark("List by language group"),
    "delegation": mark("List by delegation"),
    "team": mark("List of the team"),
}
WORK = {
    LECTURERS: mark("Lecturers"),
    INTERPRETERS: mark("Interpreters"),
    STAFF: mark("Staff"),
    VOLUNTEERS: mark("Volunteers"),
}
"""The headings of the lists of work, in their order."""


def _team(session: DbSession, gathering_id: int) -> list[PeopleGroup]:
    """The people of each list of work; somebody on two lists is on both."""
    p = Person
    wanted = (
        sa.select(
            Engagement.list_name,
            p.badge_name,
            p.display_name,
            p.native_name,
            p.sort_name,
        )
        .join(p, p.id == Engagement.person_id)
        .where(Engagement.gathering_id == gathering_id)
    )
    rows = sorted(fetch(session, wanted), key=lambda row: fold(row[1]) if row[1] else row[4])
    people: dict[str, list[Signer]] = {}
    for list_name, alias, name, native, _sorted_by in rows:
        signer = Signer(alias) if alias else Signer(name, native or "")
        people.setdefault(list_name, []).append(signer)
    return [PeopleGroup(_(WORK[key]), people[key]) for key in WORK if key in people]


def badge_faces(session: DbSession, *, gathering_id: int) -> PrintedBadges:
    """The badges of those who have one; three statements."""
    gathering = title_in(_gathering(session, gathering_id).titles, current())
    faces = [
        BadgeFace(row.name, row.native_name, row.languages, row.code)
        for row in badge_rows(session, gathering_id)
    ]
    return PrintedBadges(gathering, faces)


def _gathering(session: DbSession, gathering_id: int) -> Gathering:
    found = session.get(Gathering, gathering_id)
    if found is None:
        raise RuleBroken(mark("This gathering was removed meanwhile."))
    return found


def _people(session: DbSession, gathering_id: int) -> list[Attendant]:
    found = attendants(session, gathering_id, details=True).values()
    coming = [person for person in found if person.state != ParticipationState.CANCELLED]
    return sorted(coming, key=attrgetter("order"))


def _signer(person: Attendant) -> Signer:
    return Signer(person.known_as, person.native_name)


def _length(gathering: Gathering) -> int:
    return (gathering.end_date - gathering.start_date).days + 1
