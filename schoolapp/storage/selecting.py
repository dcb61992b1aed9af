"""Reading many rows cheaply: plain rows of core, and lists of keys that are one parameter.

How an operation reads rows: it names them once, and lists the columns in the order of the fields.

    class _SlotRow(NamedTuple):
        id: int
        title: str

    statement = sa.select(
        Session.id,
        Session.title,
    )
    rows = [_SlotRow(*row) for row in fetch(session, statement)]

``fetch`` keeps the types of the columns, so that mypy compares them with the fields. It does so
for up to ten columns, as SQLAlchemy types no more: a longer row is made by ``_make(row)``. Reading
``row.title`` is checked in any case. Composites (``Money``) need ``session.execute`` in its place.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVarTuple, cast

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.selectable import TypedReturnsRows

from schoolapp.storage.connection import Stored
from schoolapp.storage.engine import is_file

Cells = TypeVarTuple("Cells")

Key = int | str
KeyColumn = (
    sa.ColumnElement[int]
    | sa.ColumnElement[str]
    | InstrumentedAttribute[int]
    | InstrumentedAttribute[int | None]
    | InstrumentedAttribute[str]
)
AnyColumn = sa.SQLColumnExpression[object]
"""A column of any type, for example to sort by."""
AnySelect = sa.Select[*tuple[Any, ...]]
"""A statement to which conditions are added. Any: whatever columns it asks for."""


def fetch(session: Session, statement: TypedReturnsRows[*Cells]) -> Sequence[sa.Row[*Cells]]:
    """The rows of a statement that asks for columns, not for entities.

    ``session.execute`` would take each row through the loading of the ORM: twice the time.
    """
    return session.connection().execute(statement).all()


def cells_of(columns: sa.Select[*Cells], cells: Sequence[object]) -> tuple[*Cells]:
    """The cells of a row that belong to these columns, with their types.

    A long row is typed in parts of up to nine: SQLAlchemy does not count the columns after that.
    """
    return cast("tuple[*Cells]", tuple(cells))


def fetch_stored(
    session: Session, statement: sa.Executable, values: Mapping[str, object] | None = None
) -> Sequence[Stored]:
    """The rows as the driver hands them over, for long lists of which few rows are looked at.

    A file gives 0 and 1 for yes and no and a text for a moment, a server what Python has for
    them: the reader of such a row translates the values that it shows.
    """
    with session.connection().execute(statement, values) as found:
        rows: Sequence[Stored] = found.cursor.fetchall()
        return rows


def fetch_keys(session: Session, statement: TypedReturnsRows[int]) -> list[int]:
    """The one column of a statement that asks for keys.

    Numbers need no translation from what the driver hands over; 40,000 of them would notice.
    """
    return [row[0] for row in fetch_stored(session, statement)]


def among(session: Session, column: KeyColumn, keys: Iterable[Key]) -> sa.ColumnElement[bool]:
    """The condition that a column of integers or of texts is one of ``keys``.

    They travel as one parameter: the statement is the same for any number of them, so that it is
    compiled once, and no limit on parameters is met.
    """
    on_file = is_file(session.get_bind())
    sent = sa.literal(_sent(on_file, keys), _sent_as(on_file, column))
    return _one_of(column, on_file, sent)


class Keyed:
    """A statement that is run again and again for the rows of many keys: it is built once.

    To build and to know again a large statement takes as long as fetching two hundred rows.
    """

    def __init__(self, statement: AnySelect, column: KeyColumn) -> None:
        self._statement, self._column = statement, column
        self._built: dict[bool, AnySelect] = {}

    def stored(self, session: Session, keys: Iterable[Key]) -> Sequence[Stored]:
        """The rows whose column is one of ``keys``, as ``fetch_stored`` gives them."""
        on_file = is_file(session.get_bind())
        if on_file not in self._built:
            sent = sa.bindparam("keys", type_=_sent_as(on_file, self._column))
            self._built[on_file] = self._statement.where(_one_of(self._column, on_file, sent))
        return fetch_stored(session, self._built[on_file], {"keys": _sent(on_file, keys)})


def _kind(column: KeyColumn) -> sa.String | sa.Integer:
    return sa.String() if isinstance(column.expression.type, sa.String) else sa.Integer()


def _sent(on_file: bool, keys: Iterable[Key]) -> str | Sequence[Key]:
    """How keys travel: a file has no arrays."""
    return json.dumps([*keys]) if on_file else [*keys]


def _sent_as(on_file: bool, column: KeyColumn) -> sa.String | sa.ARRAY[Key]:
    return sa.String() if on_file else sa.ARRAY(_kind(column))


def _one_of(
    column: KeyColumn, on_file: bool, sent: sa.ColumnElement[Sequence[Key]]
) -> sa.ColumnElement[bool]:
    if on_file:
        listed = sa.func.json_each(sent).table_valued("value")
        return column.in_(sa.select(sa.cast(listed.c.value, _kind(column))))
    return column == sa.any_(sent)
