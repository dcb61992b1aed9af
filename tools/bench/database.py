"""Reports, lists and searches on the volume database, against the plainest way to the same rows."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from schoolapp.operations import attendance, funding, gatherings, programme, readings
from schoolapp.operations.applications import ApplicationView, application_ids, application_rows
from schoolapp.operations.people import editing
from schoolapp.operations.people.editing import PeopleView
from schoolapp.storage.connection import connect
from schoolapp.storage.opening import open_store
from schoolapp.storage.store import DbSession, Store
from tools.bench.measuring import Result, ratio
from tools.bench.volume_file import CAMP, volume_file

QUERIES = ("mu", "muller", "nguyen thi", "خان", "محمد اق", "рис", "কাম", "κωστα", "민준", "v1234")
"""What somebody types who looks for a person: beginnings of words, in several scripts."""

MARKS = """
SELECT m.session_id, m.participation_id, m.status, m.minutes
FROM attendance_mark m JOIN session s ON s.id = m.session_id WHERE s.gathering_id = ?
"""
ORDERED = """
SELECT a.id FROM application a JOIN person p ON p.id = a.person_id
WHERE a.gathering_id = ? ORDER BY p.sort_name, a.id
"""
APPLICATIONS = """
SELECT a.id, a.person_id, p.display_name, coalesce(d.name, ''), a.state, coalesce(p.country, ''),
       a.asks_subsidy, a.needs_visa, a.waiting_rank, g.tz, coalesce(p.gender, ''),
       coalesce(a.organisation, ''), coalesce(a.diet, ''), coalesce(a.access, ''), a.first_time,
       a.consent, a.arrival, a.departure, a.module_codes, coalesce(p.nationality, ''),
       coalesce(p.email, ''), (SELECT count(*) FROM application_doubt t
        WHERE t.application_id = a.id AND t.settled_at IS NULL),
       (SELECT min(at) FROM application_step t
        WHERE t.application_id = a.id AND t.state = 'submitted')
FROM application a JOIN person p ON p.id = a.person_id JOIN gathering g ON g.id = a.gathering_id
LEFT JOIN delegation d ON d.id = a.delegation_id
WHERE a.id IN (SELECT value FROM json_each(?))
"""
LANGUAGES = """
SELECT l.person_id, l.lang FROM person_language l JOIN application a ON a.person_id = l.person_id
WHERE a.gathering_id = ? ORDER BY l.person_id, l.position
"""
SORTED = "SELECT id FROM person ORDER BY country IS NULL, country, id"


class Desk:
    """The volume database, opened as the program opens it and by a bare connection."""

    def __init__(self, path: Path) -> None:
        self.store: Store = open_store(path)
        self.raw: Any = connect(path)

    def rows(self, statement: str, *values: object) -> list[Any]:
        """What the bare driver fetches."""
        found: list[Any] = self.raw.execute(statement, values).fetchall()
        return found

    def close(self) -> None:
        """Close both."""
        self.raw.close()
        self.store.close()


def results() -> list[Result]:
    """All figures that need nothing but the volume database."""
    desk = Desk(volume_file())
    try:
        return [bench(desk) for bench in (_statements, _report, _applications, _search, _sorting)]
    finally:
        desk.close()


def _statements(desk: Desk) -> Result:
    return Result(
        id="statements",
        value=max(count_statements(desk.store, work) for work in READS.values()),
        reference=f"statements of the costliest of the {len(READS)} lists and reports",
        gate=3,
    )


def _report(desk: Desk) -> Result:
    return Result(
        id="attendance_report",
        ratio=ratio(
            lambda: desk.store.read(READS["attendance by person"]), lambda: desk.rows(MARKS, CAMP)
        ),
        reference="fetching the 24,000 marks of a camp of 400 x 60 by the bare driver",
        gate=2.0,
    )


def _applications(desk: Desk) -> Result:
    def reference() -> object:
        ids = json.dumps([key for (key,) in desk.rows(ORDERED, CAMP)])
        return desk.rows(APPLICATIONS, ids), desk.rows(LANGUAGES, CAMP)

    return Result(
        id="applications_list",
        ratio=ratio(lambda: desk.store.read(READS["applications"]), reference, rounds=60),
        reference="keys in order, then the same columns of 2,118 applications, by the bare driver",
        gate=1.25,
    )


def _search(desk: Desk) -> Result:
    names = [str(row[0]).encode() for row in desk.rows("SELECT search FROM person")]

    def found(words: str) -> float:
        first = words.split()[0].encode()
        return ratio(
            lambda: desk.store.read(lambda s: editing.find_people(s, words, limit=50)),
            lambda: [name for name in names if first in name],
        )

    return Result(
        id="people_search",
        ratio=max(found(words) for words in QUERIES),
        reference="a byte scan of the 40,000 folded names; the slowest of " + ", ".join(QUERIES),
        gate=0.5,
    )


def _sorting(desk: Desk) -> Result:
    view = PeopleView(sort="country")
    return Result(
        id="sort_filter",
        ratio=ratio(
            lambda: desk.store.read(lambda s: editing.people_ids(s, view)),
            lambda: desk.rows(SORTED),
        ),
        reference="the ids of 40,000 people sorted by the SQL statement alone",
        gate=1.5,
    )


def count_statements(store: Store, work: Callable[[DbSession], object]) -> int:
    """How many statements a piece of reading sends."""
    sent: list[str] = []

    def note(connection: sa.Connection, cursor: object, statement: str, *rest: object) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        store.read(work)
    finally:
        event.remove(store.engine, "before_cursor_execute", note)
    return len(sent)


def _listed(ids: Any, rows: Any, view: Any, **more: Any) -> Callable[[DbSession], object]:
    """A list as a window shows it: its keys in order, then its rows."""
    return lambda session: rows(session, ids(session, view), **more)


def reads(key: int) -> dict[str, Callable[[DbSession], object]]:
    """Every list and report of the gathering ``key``, by its name."""
    return {
        "applications": _listed(application_ids, application_rows, ApplicationView(key)),
        "people": _listed(
            editing.people_ids,
            editing.people_rows,
            PeopleView(gathering_id=key),
            gathering_id=key,
        ),
        "gatherings": gatherings.list_gatherings,
        "gatherings of the window": _listed(
            gatherings.gathering_ids, gatherings.gathering_rows, gatherings.GatheringsView()
        ),
        "programme": _listed(
            programme.session_ids,
            programme.session_rows,
            programme.SessionView(gathering_id=key),
        ),
        "clashes": lambda s: programme.clash_rows(s, gathering_id=key, hints=False),
        "readings": _listed(
            readings.edition_ids,
            readings.edition_rows,
            readings.EditionView(gathering_id=key, assigned_only=True),
            gathering_id=key,
        ),
        "reading gaps": lambda s: readings.gaps(s, gathering_id=key),
        "reading list": lambda s: readings.reading_list(s, gathering_id=key),
        "subsidies": _listed(
            funding.subsidy_ids, funding.subsidy_rows, funding.SubsidyView(gathering_id=key)
        ),
        "travel claims": _listed(
            funding.claim_ids, funding.claim_rows, funding.ClaimView(gathering_id=key)
        ),
        "payments": _listed(
            funding.incoming_ids, funding.incoming_rows, funding.IncomingView(gathering_id=key)
        ),
        "gifts": _listed(funding.gift_ids, funding.gift_rows, funding.GiftView()),
        "delegations": lambda s: funding.delegation_balances(s, gathering_id=key),
        "money": lambda s: funding.money_overview(s, gathering_id=key),
        "sessions with a register": lambda s: attendance.register_sessions(s, gathering_id=key),
        **{f"attendance by {shape}": _by(key, shape) for shape in SHAPES},
    }


def _by(key: int, shape: attendance.By) -> Callable[[DbSession], object]:
    return lambda session: attendance.attendance_facts(session, gathering_id=key, by=shape)


SHAPES: tuple[attendance.By, ...] = ("session", "person", "day", "delegation")
READS = reads(CAMP)
"""The lists and reports whose statements are counted."""
