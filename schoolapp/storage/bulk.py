"""Many rows by few statements: a statement carries a packet of rows and is sent as it is.

An ``executemany`` of the same rows takes twice as long: the library builds parameters row by row,
and on a file the search index of people is flushed for each statement that reaches it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

import sqlalchemy as sa

from schoolapp.storage.engine import is_file

PACKET = 50
"""Rows of one statement; more save nothing, and a server takes 65,535 values at most."""


def insert_columns(
    connection: sa.Connection, table: sa.Table, columns: Mapping[str, Sequence[object]]
) -> None:
    """Insert rows given as columns: name to the values of all rows, in the order of the rows."""
    found = [_bound(connection.dialect, table.c[name], vs) for name, vs in columns.items()]
    rows = list(zip(*found, strict=True))
    whole = len(rows) - len(rows) % PACKET
    for size, packets in ((PACKET, _packets(rows[:whole])), (len(rows) - whole, [rows[whole:]])):
        bound = [tuple(chain.from_iterable(packet)) for packet in packets if packet]
        if bound:
            connection.exec_driver_sql(_statement(connection, table, list(columns), size), bound)


def _packets(rows: Sequence[tuple[object, ...]]) -> Iterator[Sequence[tuple[object, ...]]]:
    return (rows[start : start + PACKET] for start in range(0, len(rows), PACKET))


def _bound(
    dialect: sa.Dialect, column: sa.Column[object], values: Sequence[object]
) -> Sequence[object]:
    """The values as the driver takes them."""
    kind = column.type.dialect_impl(dialect)
    process: Callable[[object], object] | None = kind.bind_processor(dialect)
    return values if process is None else [process(value) for value in values]


def _statement(connection: sa.Connection, table: sa.Table, names: list[str], rows: int) -> str:
    """An ``INSERT`` with places for the values of so many rows; every word is the schema's own."""
    quote = connection.dialect.identifier_preparer.quote
    place = "?" if is_file(connection) else "%s"
    row = f"({', '.join([place] * len(names))})"
    into = f"{quote(table.name)} ({', '.join(map(quote, names))})"
    return f"INSERT INTO {into} VALUES {', '.join([row] * rows)}"  # noqa: S608
