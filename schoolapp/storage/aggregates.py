"""A change of a part is a change of the whole: it raises the version of the entity that owns it.

Without this a desk could overwrite, say, the list of languages of a person that another desk
has just edited: the rows of the list have no version of their own.
"""

from collections.abc import Iterator
from functools import cache

from sqlalchemy import inspect
from sqlalchemy.orm import Mapper, Session
from sqlalchemy.orm.attributes import flag_modified, get_history
from sqlalchemy.orm.base import PASSIVE_NO_INITIALIZE

from schoolapp.domain.base import Base, Versioned


def raise_versions(session: Session) -> None:
    """Mark every whole whose parts are about to be flushed, so that its version goes up too.

    One that is changed itself has a new version anyway, and a mark would hide from the journal
    what the marked column held before.
    """
    for whole in set(_wholes(session)):
        state = inspect(whole)
        changed = session.is_modified(whole, include_collections=False)
        if state.persistent and whole not in session.deleted and not changed:
            flag_modified(whole, _first_column(state.mapper))


def _wholes(session: Session) -> Iterator[Versioned]:
    for thing in session.dirty:
        if isinstance(thing, Versioned) and _parts_changed(thing):
            yield thing
        elif not isinstance(thing, Versioned):
            yield from _owners(session, thing)


def _parts_changed(whole: Versioned) -> bool:
    names = _collections(inspect(whole).mapper)
    return any(get_history(whole, name, PASSIVE_NO_INITIALIZE).has_changes() for name in names)


def _owners(session: Session, part: object) -> Iterator[Versioned]:
    """The wholes that own a part whose own columns changed."""
    if not session.is_modified(part, include_collections=False):
        return
    for owner, reference in _owned_by(inspect(part).mapper):
        found = session.get(owner.class_, getattr(part, reference))
        if isinstance(found, Versioned):
            yield found


@cache
def _collections(mapper: Mapper[object]) -> tuple[str, ...]:
    return tuple(r.key for r in mapper.relationships if r.cascade.delete_orphan)


@cache
def _owned_by(part: Mapper[object]) -> tuple[tuple[Mapper[object], str], ...]:
    """Which entities hold this one in a collection, and by which of its attributes."""
    found = []
    for mapper in Base.registry.mappers:
        for relation in mapper.relationships:
            if (
                relation.cascade.delete_orphan
                and relation.mapper is part
                and relation.local_remote_pairs
            ):
                _key, column = relation.local_remote_pairs[0]
                found.append((mapper, part.get_property_by_column(column).key))
    return tuple(found)


def _first_column(mapper: Mapper[object]) -> str:
    """A column to mark; its value stays, so the journal records only the new version."""
    keys = {column.key for column in mapper.primary_key}
    version = mapper.version_id_col
    return next(
        attribute.key
        for attribute in mapper.column_attrs
        if attribute.key not in keys and attribute.columns[0] is not version
    )
