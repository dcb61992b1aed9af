"""Search of people as one types: every word must begin some word of the folded names."""

from typing import Any

from sqlalchemy import func, literal_column, select, table, text, true

from schoolapp.domain.people import Person
from schoolapp.domain.text import fold
from schoolapp.storage.engine import is_file
from schoolapp.storage.store import DbSession


def person_matches(session: DbSession, words: str) -> Any:
    """A condition on ``Person``: true where all ``words`` begin a word of the person's names."""
    wanted = ["".join(c for c in word if c.isalnum()) for word in fold(words).split()]
    wanted = [word for word in wanted if word]
    if not wanted:
        return true()
    if is_file(session.get_bind()):
        query = " ".join(f'"{word}"*' for word in wanted)
        found = select(literal_column("rowid")).select_from(table("person_search"))
        return Person.id.in_(
            found.where(text("person_search MATCH :words").bindparams(words=query))
        )
    query = " & ".join(f"'{word}':*" for word in wanted)
    vector = literal_column("array_to_tsvector(array_remove(string_to_array(search, ' '), ''))")
    return vector.op("@@")(func.to_tsquery("simple", query))
