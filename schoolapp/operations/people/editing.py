"""People: the table of all who are known, one person's draft, saving and removing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.sql.expression import SQLColumnExpression

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.domain.applications import Application
from schoolapp.domain.births import certain_age
from schoolapp.domain.gatherings import Gathering, title_in
from schoolapp.domain.invitations import GatheringInvitation, HeldReply, SessionInvitation
from schoolapp.domain.mail import Mail, MailState
from schoolapp.domain.money import UNKNOWN_CURRENCY, is_currency
from schoolapp.domain.participation import LISTS, Engagement, Participation
from schoolapp.domain.people import (
    DRAFT_FIELDS,
    OtherAddress,
    Person,
    PersonDraft,
    PersonLanguage,
    TwoPeople,
    check_person,
)
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.applications.drafts import KnownPerson
from schoolapp.operations.calendars.busy_times import forget_busy_times
from schoolapp.operations.calendars.feeds import forget_feeds
from schoolapp.operations.people.prices import price_person
from schoolapp.operations.people.retention import is_kept_too_long
from schoolapp.storage.search import person_matches
from schoolapp.storage.selecting import among, fetch, fetch_keys
from schoolapp.storage.store import DbSession, checked_out

SORTS: dict[str, SQLColumnExpression[object]] = {
    "name": Person.sort_name,
    "country": Person.country,
    "born": Person.born,
    "language": Person.mother_tongue,
}

SHOWN = (Person.merged_into_id.is_(None), Person.erased_at.is_(None))
"""The people whom lists and pickers offer: not those who were merged or erased."""
KNOWN = "known"
TEAM = "team"
TOO_LONG = "too_long"
PARTS = ("participants", TEAM, *LISTS, TOO_LONG)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleView:
    """Which people a table shows: those of a gathering or all, a search, an order.

    ``part`` narrows to one of ``PARTS`` in that gathering, ``team`` to all who work in it,
    ``too_long`` to those who are past the time for which its centre keeps data;
    ``known`` means all people that there are, with their part in that gathering.
    """

    gathering_id: int | None = None
    part: str = ""
    search: str = ""
    sort: str = "name"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A line of the table of people; ``roles`` are those in the gathering shown.

    ``languages`` are codes; ``age`` is the one on the first day of the gathering shown, or today.
    """

    id: int
    name: str
    native_name: str | None
    country: str | None
    languages: tuple[str, ...]
    born: dt.date | None
    age: int | None
    email: str | None
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A person's part in one gathering; ``role`` is ``application`` where they only applied."""

    gathering_id: int
    gathering: str
    role: str
    state: str
    start: dt.date


def people_ids(session: DbSession, view: PeopleView) -> list[int]:
    """The keys of the people a table shows, in its order."""
    column = SORTS[view.sort]
    order = column.desc() if view.descending else column.asc()
    known = () if view.sort == "name" else (column.is_(None),)
    query = sa.select(Person.id).where(*_filters(session, view))
    return fetch_keys(session, query.order_by(*known, order, Person.id))


def people_counts(session: DbSession, view: PeopleView) -> dict[str, int]:
    """How many people of a view each part has: ``""`` all in the gathering, ``known`` everybody.

    One statement, whatever ``part`` the view has itself.
    """
    parts = ("", KNOWN, *PARTS) if view.gathering_id is not None else (KNOWN,)
    counted = []
    for part in parts:
        wanted = _filters(session, replace(view, part=part))
        query = sa.select(sa.func.count()).select_from(Person).where(*wanted)
        counted.append(query.scalar_subquery().label(f"part_{part}"))
    row = session.execute(sa.select(*counted)).one()
    return dict(zip(parts, row, strict=True))


def people_rows(
    session: DbSession, ids: list[int], *, gathering_id: int | None = None
) -> dict[int, PersonRow]:
    """The lines of these people, by key; two statements."""
    p = Person
    g = Gathering
    first_day = sa.select(g.start_date).where(g.id == gathering_id).scalar_subquery()
    people = fetch(
        session,
        sa.select(
            p.id,
            p.display_name,
            p.native_name,
            p.country,
            p.mother_tongue,
            p.born,
            p.email,
            p.born_partly,
            first_day,
        ).where(among(session, p.id, ids)),
    )
    today = clock.now().date()
    spoken, roles = _languages_and_roles(session, ids, gathering_id)
    return {
        key: PersonRow(
            key,
            name,
            native_name,
            country,
            tuple(dict.fromkeys(filter(None, (mother_tongue, *spoken.get(key, ()))))),
            born,
            certain_age(born, partly, first or today),
            email,
            tuple(sorted(set(roles.get(key, ())))),
        )
        for key, name, native_name, country, mother_tongue, born, email, partly, first in people
    }


def find_people(session: DbSession, text: str, *, limit: int = 20) -> list[tuple[int, str]]:
    """Key and name of the first people that match a few letters: what a picker offers."""
    query = sa.select(Person.id, Person.display_name).where(*SHOWN)
    if text.strip():
        query = query.where(person_matches(session, text))
    rows = session.execute(query.order_by(Person.sort_name, Person.id).limit(limit))
    return [(key, name) for key, name in rows]


def name_of(session: DbSession, person_id: int) -> str:
    """The name of a person, as a picker shows the one that is chosen."""
    return session.get_one(Person, person_id).display_name


def known_persons(session: DbSession) -> list[KnownPerson]:
    """Everybody the database knows, as far as it helps to recognise a row's person."""
    others: dict[int, list[str]] = {}
    further = sa.select(OtherAddress.person_id, OtherAddress.address)
    for person_id, address in session.execute(further):
        others.setdefault(person_id, []).append(address)
    rows = session.execute(
        sa.select(
            Person.id,
            Person.display_name,
            Person.native_name,
            Person.passport_name,
            Person.born,
            Person.email,
            Person.phone,
        )
        .where(*SHOWN)
        .order_by(Person.id)
    )
    return [
        KnownPerson(
            key,
            _filled(name, native, passport),
            born,
            _filled(email, *others.get(key, ())),
            _filled(phone),
        )
        for key, name, native, passport, born, email, phone in rows
    ]


def names_by_code(session: DbSession, codes: Iterable[str]) -> dict[str, str]:
    """The names of people by their short codes."""
    query = sa.select(Person.code, Person.display_name).where(Person.code.in_(set(codes)))
    return dict(session.execute(query).all())


def draft_of(session: DbSession, *, person_id: int) -> PersonDraft:
    """The person as a form edits it."""
    person = session.get_one(Person, person_id)
    return PersonDraft(
        id=person.id,
        version=person.version,
        languages=tuple((known.lang, known.level) for known in person.languages),
        **{name: getattr(person, name) for name in DRAFT_FIELDS},
    )


def check(draft: PersonDraft) -> dict[str, str]:
    """What is wrong with a draft: field to a sentence marked for translation."""
    today = clock.now().date()
    wrong = check_person(draft.display_name, draft.born, draft.email, today, draft.born_partly)
    if draft.home_currency and not is_currency(draft.home_currency):
        wrong["home_currency"] = UNKNOWN_CURRENCY
    return wrong


def save_person(session: DbSession, *, draft: PersonDraft) -> int:
    """Create or change a person; the key. ``RuleBroken`` for the first thing that is wrong.

    With a fee band, participations without a fee get the price of the band.
    """
    for sentence in check(draft).values():
        raise RuleBroken(sentence)
    if draft.born is not None:
        draft = replace(draft, born_partly=None)  # the whole date says it
    if draft.id is None:
        person = Person(code=next_code(session), display_name=draft.display_name)
        session.add(person)
    else:
        assert draft.version is not None
        person = checked_out(session, Person, draft.id, draft.version)
    with session.no_autoflush:  # reading the languages would store half of it, as a version
        for name in DRAFT_FIELDS:
            value = getattr(draft, name) or None  # an empty field is one that is not known
            if getattr(person, name) != value:
                setattr(person, name, value)
        if draft.languages != tuple((known.lang, known.level) for known in person.languages):
            person.languages = [
                PersonLanguage(lang=lang, level=level, position=n)
                for n, (lang, level) in enumerate(draft.languages)
            ]
        person.index_names()
    session.flush()
    if person.fee_band:
        price_person(session, person_id=person.id)
    return person.id


def remove_person(session: DbSession, *, person_id: int, version: int) -> None:
    """Remove a person who has no part in any gathering; ``RuleBroken`` otherwise."""
    person = checked_out(session, Person, person_id, version)
    for owner in (
        Application.person_id,
        Participation.person_id,
        Engagement.person_id,
        SessionInvitation.person_id,
        GatheringInvitation.person_id,
    ):
        if session.execute(sa.select(sa.func.count()).where(owner == person_id)).scalar():
            raise RuleBroken(
                mark("{name} has a part in a gathering. Take the person out of it first."),
                name=person.display_name,
            )
    apart = sa.or_(TwoPeople.one_id == person_id, TwoPeople.other_id == person_id)
    for pair in session.execute(sa.select(TwoPeople).where(apart)).scalars():
        session.delete(pair)
    for held in session.scalars(sa.select(HeldReply).where(HeldReply.person_id == person_id)):
        session.delete(held)
    session.flush()
    _remove_mail(session, person)
    forget_busy_times(session, person_id=person_id)
    forget_feeds(session, person_id=person_id)
    session.delete(person)


def _remove_mail(session: DbSession, person: Person) -> None:
    """Remove the mails to a person that were discarded; ``RuleBroken`` if others are kept."""
    mails = session.execute(sa.select(Mail).where(Mail.person_id == person.id)).scalars().all()
    if any(mail.state is not MailState.DISCARDED for mail in mails):
        raise RuleBroken(
            mark("Mail to {name} is kept in the outbox, so the person is kept too."),
            name=person.display_name,
        )
    for mail in mails:
        session.delete(mail)
    session.flush()


def roles_of(session: DbSession, *, person_id: int, language: str) -> tuple[RoleRow, ...]:
    """A person's parts in all gatherings, newest first."""
    g, a, p, e = Gathering, Application, Participation, Engagement
    role, standing = sa.literal("application"), sa.type_coerce(a.state, sa.String)
    queries = (
        sa.select(g.id, g.titles, p.role, p.state, g.start_date)
        .join(p, p.gathering_id == g.id)
        .where(p.person_id == person_id),
        sa.select(g.id, g.titles, e.role, e.list_name, g.start_date)
        .join(e, e.gathering_id == g.id)
        .where(e.person_id == person_id),
        sa.select(g.id, g.titles, role, standing, g.start_date)
        .join(a, a.gathering_id == g.id)
        .where(a.person_id == person_id),
    )
    found = [
        RoleRow(key, title_in(titles, language), name, state, start)
        for query in queries
        for key, titles, name, state, start in session.execute(query)
    ]
    return tuple(sorted(found, key=lambda row: row.start, reverse=True))


def next_code(session: DbSession) -> str:
    """The next free short name of a person: ``P0521`` after ``P0520``."""
    longest = sa.func.length(Person.code).desc()
    used = sa.select(Person.code).where(Person.code.like("P%"))
    newest = used.order_by(longest, Person.code.desc())
    last = session.execute(newest.limit(1)).scalar()
    number = int(last[1:]) + 1 if last and last[1:].isdigit() else 1
    return f"P{number:04}"


def _filled(*texts: str | None) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def _filters(session: DbSession, view: PeopleView) -> list[sa.ColumnElement[bool]]:
    wanted: list[sa.ColumnElement[bool]] = [*SHOWN]
    if view.gathering_id is not None and view.part != KNOWN:
        wanted.append(_involved_in(view.gathering_id, view.part))
    if view.search.strip():
        wanted.append(person_matches(session, view.search))
    return wanted


def _involved_in(gathering_id: int, part: str) -> sa.ColumnElement[bool]:
    if part == TOO_LONG:
        return is_kept_too_long(gathering_id, clock.now().date())
    if part == "participants":
        mine = sa.select(Participation.person_id).where(Participation.gathering_id == gathering_id)
        return Person.id.in_(mine)
    if part:
        works = sa.select(Engagement.person_id).where(Engagement.gathering_id == gathering_id)
        on_list = works if part == TEAM else works.where(Engagement.list_name == part)
        return Person.id.in_(on_list)
    parts = (Participation, Engagement, Application)
    people = (sa.select(part.person_id).where(part.gathering_id == gathering_id) for part in parts)
    return sa.or_(*map(Person.id.in_, people))


Texts = dict[int, list[str]]


def _languages_and_roles(
    session: DbSession, ids: list[int], gathering_id: int | None
) -> tuple[Texts, Texts]:
    """The languages of people in their order, and their roles in a gathering: one statement."""
    wanted = [
        sa.select(PersonLanguage.person_id, PersonLanguage.lang, PersonLanguage.position).where(
            among(session, PersonLanguage.person_id, ids)
        )
    ]
    for entity in (Participation, Engagement) if gathering_id is not None else ():
        role = sa.select(entity.person_id, entity.role, sa.null().cast(sa.Integer))
        mine = role.where(entity.gathering_id == gathering_id)
        wanted.append(mine.where(among(session, entity.person_id, ids)))
    texts = sa.union_all(*wanted).subquery()
    spoken: Texts = {}
    roles: Texts = {}
    for key, text, position in fetch(session, sa.select(texts).order_by(texts.c.position)):
        (roles if position is None else spoken).setdefault(key, []).append(text)
    return spoken, roles
