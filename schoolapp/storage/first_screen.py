"""What the first screen shows, read without SQLAlchemy, so that it stands before that is imported.

Works on any connection with ``execute``: of ``connection.connect``, or of psycopg.
"""

import datetime as dt
import json
from typing import Any, NamedTuple

from schoolapp.domain.text import title_in

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


def gathering_lines(connection: Any, language: str) -> list[GatheringLine]:
    """All gatherings by first day, with titles in a language (else English, else any)."""
    return [_line(row, language) for row in connection.execute(GATHERINGS).fetchall()]


def _line(row: Any, language: str) -> GatheringLine:
    key, code, titles, kind, start, end, tz, state, participants, applications = row
    known = titles if isinstance(titles, dict) else json.loads(titles)  # a server reads JSON itself
    return GatheringLine(
        key,
        code,
        title_in(known, language),
        kind,
        _date(start),
        _date(end),
        tz,
        state,
        participants,
        applications,
    )


def _date(stored: str | dt.date) -> dt.date:
    return dt.date.fromisoformat(str(stored))
