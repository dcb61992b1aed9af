"""Finding people by the beginnings of their words: the same answers on every engine.

``person.search`` holds folded words; a file indexes them with FTS5, a server with a GIN index over
them as lexemes. Every word that was typed must begin some word of the person.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.orm import Session

from schoolapp.domain.people import Person
from schoolapp.domain.text import words_of
from schoolapp.storage.engine import is_file

MANY = 200
"""From this many rows on it is faster to rebuild the index than to change it."""
TELL = "INSERT INTO person_search"
MOST_WORDS = 8
"""More words than this are not looked at: nobody types them."""


def person_matches(session: Session, text: str) -> sa.ColumnElement[bool]:
    """The condition on ``Person`` for queries that join it; always true if there is no word."""
    words = words_of(text)[:MOST_WORDS]
    if not words:
        return sa.true()
    if is_file(session.get_bind()):
        return Person.id.in_(
            sa.text("SELECT rowid FROM person_search WHERE person_search MATCH :search")
            .bindparams(sa.bindparam("search", file_query(words), unique=True))
            .columns(sa.column("rowid", sa.Integer))
        )
    lexemes = sa.text(
        "array_to_tsvector(array_remove(string_to_array(person.search, ' '), ''))"
        " @@ CAST(:search AS tsquery)"
    )
    named: sa.BindParameter[str] = sa.bindparam(
        "search", server_query(words), unique=True
    )  # it may stand there twice
    return lexemes.bindparams(named)  # type: ignore[return-value]


@contextmanager
def many_rows(connection: sa.Connection, table_name: str, rows: int) -> Iterator[None]:
    """Removing or changing many people inside: the index of a file is then rebuilt once.

    Taking a word out so that nothing of it stays in the file costs 1.5 ms a person.
    """
    if table_name != "person" or rows < MANY or not is_file(connection):
        yield
        return
    connection.exec_driver_sql(f"{TELL}(person_search, rank) VALUES ('secure-delete', 0)")
    yield
    connection.exec_driver_sql(f"{TELL}(person_search) VALUES ('rebuild')")
    connection.exec_driver_sql(f"{TELL}(person_search, rank) VALUES ('secure-delete', 1)")


def file_query(words: list[str]) -> str:
    """The words as an FTS5 query: strings of letters and digits, so nothing in them is syntax."""
    return " ".join(f'"{word}"*' for word in words)


def server_query(words: list[str]) -> str:
    """The words as a ``tsquery``."""
    return " & ".join(f"'{word}':*" for word in words)
