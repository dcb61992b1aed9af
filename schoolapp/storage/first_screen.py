"""What the first screen shows, read without SQLAlchemy: it is there before that is imported.

Works on any connection with ``execute``: of ``connection.connect``, or of psycopg.
"""

import datetime as dt
import json
from typing import LiteralString, NamedTuple, Protocol

from schoolapp.domain.text import title_in
from schoolapp.storage.connection import RawRows

GATHERINGS = """
SELECT id, code, titles, kind, start_date, end_date, tz, state,
       (SELECT count(*) FROM participation WHERE gathering_id = gathering.id),
       (SELECT count(*) FROM application WHERE gathering_id = gathering.id)
FROM gathering ORDER BY start_date, code
"""


class GatheringLine(NamedTuple):
    """A gathering on the first screen; ``kind`` and ``state`` are the values of their enums."""

    id: int
    code: str
    title: str
    kind: str
    start_date: dt.date
    end_date: dt.date
    tz: str
    state: str
    participants: int
    applications: int


class _Stored(NamedTuple):
    """A row of the statement: a server reads JSON and dates itself, a file gives their texts."""

    id: int
    code: str
    titles: str | dict[str, str]
    kind: str
    start: str | dt.date
    end: str | dt.date
    tz: str
    state: str
    participants: int
    applications: int


class Readable(Protocol):
    """A connection of either driver."""

    def execute(self, statement: LiteralString, /) -> RawRows:
        """Run one statement."""


def gathering_lines(connection: Readable, language: str) -> list[GatheringLine]:
    """All gatherings by first day, with titles in a language (else English, else any)."""
    return [_line(_Stored(*row), language) for row in connection.execute(GATHERINGS).fetchall()]


def _line(row: _Stored, language: str) -> GatheringLine:
    titles = row.titles if isinstance(row.titles, dict) else json.loads(row.titles)
    return GatheringLine(
        row.id,
        row.code,
        title_in(titles, language),
        row.kind,
        _date(row.start),
        _date(row.end),
        row.tz,
        row.state,
        row.participants,
        row.applications,
    )


def _date(stored: str | dt.date) -> dt.date:
    return dt.date.fromisoformat(str(stored))
