"""Reading many rows cheaply: plain rows of core, and lists of keys that are one parameter."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from schoolapp.storage.engine import is_file


def fetch(session: Session, statement: sa.Executable) -> Sequence[Any]:
    """The rows of a statement that asks for columns, not for entities.

    ``session.execute`` would take each row through the loading of the ORM: twice the time.
    """
    return session.connection().execute(statement).all()


def fetch_stored(session: Session, statement: sa.Executable) -> Sequence[Any]:
    """The rows as the driver hands them over, for long lists of which few rows are looked at.

    A file then gives 0 and 1 for a truth and a text for a moment, a server what Python has for
    them: whoever reads such a row translates the values that it shows.
    """
    with session.connection().execute(statement) as found:
        rows: Sequence[Any] = found.cursor.fetchall()
        return rows


def fetch_keys(session: Session, statement: sa.Executable) -> list[int]:
    """The one column of a statement that asks for keys.

    Numbers need no translation from what the driver hands over; 40,000 of them would notice.
    """
    return [row[0] for row in fetch_stored(session, statement)]


def among(session: Session, column: Any, keys: Iterable[int | str]) -> sa.ColumnElement[bool]:
    """The condition that a column of integers or of texts is one of ``keys``.

    They travel as one parameter: the statement is the same for any number of them, so that it is
    compiled once, and no limit on parameters is met.
    """
    wanted = list(keys)
    kind = sa.String() if isinstance(column.type, sa.String) else sa.Integer()
    found: sa.ColumnElement[bool]
    if is_file(session.get_bind()):
        listed = sa.func.json_each(json.dumps(wanted)).table_valued("value")
        found = column.in_(sa.select(sa.cast(listed.c.value, kind)))
    else:
        found = column == sa.any_(sa.literal(wanted, sa.ARRAY(kind)))
    return found
