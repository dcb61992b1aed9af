"""The programme in calendars on servers: what should be there, what is known, and a push."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Select, select

from schoolapp.base import clock
from schoolapp.base.language import _
from schoolapp.domain.calendars import CalendarCollection, PushedSession
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.recipients import gathering_language
from schoolapp.exchange.caldav import (
    REMOVING,
    CalendarServer,
    Known,
    Login,
    Outcome,
    Plan,
    Step,
    Wanted,
    carry_out,
    survey,
)
from schoolapp.exchange.caldav.content import digest
from schoolapp.exchange.calendars.objects import calendar_objects
from schoolapp.operations.calendars.facts import calendar_facts
from schoolapp.storage.store import DbSession, Store


@dataclass(frozen=True, slots=True)
class Target:
    """The calendar that a programme was pushed to last, if it ever was, and in which language.

    A first push is offered in the first language of the gathering.
    """

    login: Login | None
    language: str


def last_target(session: DbSession, *, gathering_id: int) -> Target:
    """Where and in which language a push begins."""
    c = CalendarCollection
    newest = (
        select(
            c.address,
            c.user,
            c.language,
        )
        .where(c.gathering_id == gathering_id)
        .order_by(c.used.desc(), c.id.desc())
        .limit(1)
    )
    row = session.execute(newest).first()
    first = gathering_language(session.get_one(Gathering, gathering_id).working_languages)
    if row is None:
        return Target(None, first)
    address, user, language = row
    return Target(Login(address=address, user=user), language or first)


def wanted_sessions(session: DbSession, *, gathering_id: int, language: str) -> tuple[Wanted, ...]:
    """The sessions that take place, as objects of a calendar, in order of time."""
    facts = calendar_facts(session, gathering_id=gathering_id, language=language)
    return tuple(
        Wanted(uid=slot.uid, title=slot.title, body=body, digest=digest(body))
        for slot, body in calendar_objects(facts.gathering, facts.sessions)
    )


def known_sessions(session: DbSession, *, gathering_id: int, address: str) -> Mapping[str, Known]:
    """What we know of the calendar at an address, by the UID of the session."""
    p, c = PushedSession, CalendarCollection
    known = (
        select(
            p.uid,
            p.href,
            p.etag,
            p.digest,
            p.pending,
            p.theirs,
        )
        .join(c, c.id == p.collection_id)
        .where(c.gathering_id == gathering_id, c.address == address)
    )
    return {
        uid: Known(uid=uid, href=href, etag=etag, digest=held, pending=pending, theirs=theirs)
        for uid, href, etag, held, pending, theirs in session.execute(known)
    }


def compare(
    store: Store, server: CalendarServer, login: Login, *, gathering_id: int, language: str
) -> Plan:
    """What a push in a language would do; nothing is changed, here or there."""
    wanted = store.read(partial(wanted_sessions, gathering_id=gathering_id, language=language))
    known = store.read(partial(known_sessions, gathering_id=gathering_id, address=login.address))
    return survey(server, wanted, known)


def push(
    store: Store,
    server: CalendarServer,
    login: Login,
    steps: Sequence[Step],
    *,
    gathering_id: int,
    language: str,
    report: Callable[[Outcome], object] = lambda outcome: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Carry out what was compared and decided; no transaction is open while the server is asked.

    Each answer is a step of the journal that cannot be undone: the counter-step is another push.
    """
    opened = partial(use_collection, gathering_id=gathering_id, login=login, language=language)
    key = store.change(_("Choose a calendar for the programme"), opened, final=True).value
    return carry_out(server, steps, _Records(store, key), report, stopped)


def use_collection(session: DbSession, *, gathering_id: int, login: Login, language: str) -> int:
    """The key of the calendar at an address, noted as the one used last."""
    c = CalendarCollection
    found = session.scalars(
        select(c).where(c.gathering_id == gathering_id, c.address == login.address)
    ).first()
    if found is None:
        found = CalendarCollection(
            gathering_id=gathering_id, address=login.address, used=clock.now()
        )
        session.add(found)
    found.user, found.used, found.language = login.user, clock.now(), language
    session.flush()
    return found.id


class _Records:
    """Writes what a calendar holds into the store, each time in a change of its own."""

    def __init__(self, store: Store, collection_id: int) -> None:
        self._store, self._collection_id = store, collection_id

    def begin(self, steps: Iterable[Step]) -> None:
        """Note what is under way."""
        self._write(_("Push the programme to a calendar"), partial(self._begin, list(steps)))

    def note(self, known: Known) -> None:
        """Note what is there."""
        self._write(_("Note what a calendar holds"), partial(self._note, known))

    def forget(self, uid: str) -> None:
        """Note that nothing is there."""
        self._write(_("Note what a calendar holds"), partial(self._forget, uid))

    def _write(self, title: str, operation: Callable[[DbSession], None]) -> None:
        self._store.change(title, operation, final=True)

    def _begin(self, steps: list[Step], session: DbSession) -> None:
        rows = {row.uid: row for row in session.scalars(self._rows())}
        for step in steps:
            row = rows.get(step.uid) or self._new(session, step.uid, step.href)
            row.pending = REMOVING if step.wanted is None else step.wanted.digest

    def _note(self, known: Known, session: DbSession) -> None:
        row = session.scalars(self._rows(known.uid)).first()
        row = row or self._new(session, known.uid, known.href)
        row.href, row.etag, row.digest = known.href, known.etag, known.digest
        row.pending, row.theirs = known.pending, known.theirs

    def _forget(self, uid: str, session: DbSession) -> None:
        for row in session.scalars(self._rows(uid)):
            session.delete(row)

    def _rows(self, uid: str | None = None) -> Select[PushedSession]:
        rows = select(PushedSession).where(PushedSession.collection_id == self._collection_id)
        return rows if uid is None else rows.where(PushedSession.uid == uid)

    def _new(self, session: DbSession, uid: str, href: str) -> PushedSession:
        made = PushedSession(collection_id=self._collection_id, uid=uid, href=href)
        session.add(made)
        return made
