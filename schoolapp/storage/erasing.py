"""Erasing people: their rows, the journal's copies of these, and their names in others' words.

What happens to which table follows from the marks at its columns, by ``domain.erasing``. The
statements go round the journal on purpose: it would keep what is to be gone. It notes only which
rows were touched.
"""

import json
import re
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Connection, Table, event
from sqlalchemy.orm import Session

from schoolapp.domain.data_map import Outcome, mark_of
from schoolapp.domain.erasing import PERSON, Plan, plans_of
from schoolapp.storage.engine import is_file
from schoolapp.storage.journal import Journal
from schoolapp.storage.tables import journal_change, journal_step, metadata

Keys = dict[str, list[int]]
Faces = Mapping[int, Mapping[str, object]]
PLANS = plans_of(metadata.sorted_tables)
NAMES = tuple(column.name for column in metadata.tables[PERSON].c if mark_of(column).names)
"""The columns of a person whose values name one wherever they occur."""
_MANY_DIGITS = re.compile(r"(\D*\d){7}")


@dataclass(frozen=True, slots=True)
class Words:
    """Names as they are looked for in others' words, and what replaces them there."""

    names: tuple[str, ...]
    instead: str
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, names: Iterable[str], instead: str) -> "Words":
        """The longest names first, so that no half of one is left."""
        known = sorted({name.strip() for name in names if name.strip()}, key=len, reverse=True)
        any_of = "|".join(map(re.escape, known)) or r"(?!)"  # of no name there is no place
        pattern = re.compile(rf"(?<!\w)(?:{any_of})(?!\w)", re.IGNORECASE)
        return cls(tuple(known), instead, pattern)

    def out_of(self, value: Any) -> Any:
        """The value with the names replaced in every text in it."""
        match value:
            case str():
                return self.pattern.sub(self.instead, value)
            case list():
                return [self.out_of(one) for one in value]
            case dict():
                return {key: self.out_of(one) for key, one in value.items()}
            case _:
                return value


def living_rows_of(
    session: Session, person_ids: Collection[int], uids: Collection[str]
) -> dict[str, int]:
    """How many rows of these people there are, by table."""
    numbers = {"person": len(person_ids)}
    found: Keys = {"person": sorted(person_ids)}
    for table in metadata.sorted_tables:
        by = PLANS[table.name].by
        if by:
            theirs = sa.or_(
                *(table.c[column].in_(_parents(table, column, found, uids)) for column in by)
            )
            keys = list(table.primary_key)
            rows = session.connection().execute(sa.select(*keys).where(theirs)).all()
            numbers[table.name] = len(rows)
            found[table.name] = [row[0] for row in rows] if "id" in table.c else []
    return numbers


def rows_of(session: Session, person_ids: Collection[int], uids: Collection[str]) -> Keys:
    """The keys of the rows that are these people's, by table: those that there are or ever were."""
    found: Keys = {"person": sorted(person_ids)}
    for table in metadata.sorted_tables:
        by = PLANS[table.name].by
        if by and "id" in table.c:
            wanted = [(column, _parents(table, column, found, uids)) for column in by]
            living = sa.or_(*(table.c[column].in_(keys) for column, keys in wanted))
            now = session.connection().execute(sa.select(table.c.id).where(living)).scalars()
            found[table.name] = sorted({*now, *_journalled(session, table, wanted)})
    return found


def _parents(table: Table, column: str, found: Keys, uids: Collection[str]) -> list[Any]:
    for key in table.c[column].foreign_keys:
        return found[key.column.table.name]
    return list(uids)


def _journalled(session: Session, table: Table, wanted: list[tuple[str, list[Any]]]) -> list[int]:
    """Rows that only the journal still knows to have been somebody's."""
    change = journal_change.c
    theirs = [
        _value(values[column], keys).in_(keys)
        for values in (change.before, change.after)
        for column, keys in wanted
    ]
    rows = session.connection().execute(
        sa.select(change.key).where(change.table_name == table.name, sa.or_(*theirs))
    )
    return [key["id"] for (key,) in rows]


def _value(element: Any, keys: list[Any]) -> Any:
    return element.as_string() if keys and isinstance(keys[0], str) else element.as_integer()


def names_of(session: Session, person_ids: Collection[int]) -> set[str]:
    """Every name and address under which these people are, or were, known."""
    person, address = metadata.tables["person"], metadata.tables["person_address"]
    connection, change = session.connection(), journal_change.c
    rows = connection.execute(sa.select(person).where(person.c.id.in_(person_ids))).mappings()
    kept = connection.execute(
        sa.select(change.before, change.after).where(
            change.table_name == "person", change.key["id"].as_integer().in_(person_ids)
        )
    )
    faces = [*rows, *(values for row in kept for values in row if values)]
    found = {face[name] for face in faces for name in NAMES if face.get(name)}
    for face in faces:
        given, family = face.get("given"), face.get("family")
        if given and family:
            found |= {f"{given} {family}", f"{family} {given}", f"{family}, {given}"}
    others = sa.select(address.c.address).where(address.c.person_id.in_(person_ids))
    return found | set(connection.execute(others).scalars())


def erase(
    session: Session,
    *,
    faces: Faces,
    uids: Mapping[str, str],
    names: Collection[str],
    shared: Collection[str],
    instead: str,
) -> Keys:
    """Erase people; the keys of their rows, by table.

    ``faces`` are the values that each person's own row gets, ``uids`` old and new ones, ``names``
    what names them: in others' words it gives way to ``instead`` unless it is short or ``shared``
    with somebody else.
    """
    rows = rows_of(session, list(faces), list(uids))
    connection = session.connection()
    steps = _forget_values(connection, rows) | {_note(session.info["journal"], rows)}
    telling = (name for name in names if name not in shared and _tells_who(name))
    _take_out(connection, Words.of(telling, instead))
    _take_out_of_titles(connection, Words.of(names, instead), steps)
    codes = _codes(connection, faces)
    for table in metadata.sorted_tables:
        if table.name in rows and PLANS[table.name].outcome is Outcome.STAYS:
            _empty(connection, table, rows[table.name], faces, uids)
    _rename_doers(connection, codes)
    for table in reversed(metadata.sorted_tables):
        if rows.get(table.name) and PLANS[table.name].outcome is Outcome.GOES:
            connection.execute(sa.delete(table).where(table.c.id.in_(rows[table.name])))
    session.expire_all()
    if is_file(connection):
        event.listen(session, "after_commit", _shorten_log, once=True)
    return rows


def _codes(connection: Connection, faces: Faces) -> dict[str, str]:
    """The short names that people have now, each with the one that they get."""
    person = metadata.tables["person"].c
    kept = connection.execute(sa.select(person.id, person.code).where(person.id.in_(faces)))
    return {code: str(faces[key]["code"]) for key, code in kept}


def _rename_doers(connection: Connection, codes: Mapping[str, str]) -> None:
    """Where somebody's short name says who did something, it is renamed too."""
    for table in metadata.sorted_tables:
        for column in PLANS[table.name].doers:
            by = table.c[column]
            new = sa.case(codes, value=by)
            connection.execute(sa.update(table).where(by.in_(codes)).values({column: new}))


def remove_unneeded(session: Session, person_ids: Sequence[int]) -> None:
    """Remove the rows of people that nothing refers to; those joined to another person go first."""
    connection = session.connection()
    for person_id in reversed(person_ids):
        if not any(_refers(connection, column, person_id) for column in _references()):
            person = metadata.tables["person"]
            connection.execute(sa.delete(person).where(person.c.id == person_id))


def _references() -> list[Column[object]]:
    return [
        column
        for table in metadata.sorted_tables
        for column in table.c
        if any(key.target_fullname == "person.id" for key in column.foreign_keys)
    ]


def _refers(connection: Connection, column: Column[object], person_id: int) -> bool:
    found = sa.select(sa.literal(1)).where(column == person_id).limit(1)
    return connection.execute(found).first() is not None


def _empty(
    connection: Connection,
    table: Table,
    keys: list[int],
    faces: Faces,
    uids: Mapping[str, str],
) -> None:
    """Empty what is about the person in rows that stay."""
    own = PLANS[table.name].own
    for key in keys if own else ():
        if table.name == "person":
            values = dict(faces[key])
        else:
            values = {name: _nothing(table.c[name]) for name in own}
        if "person_uid" in values:
            values["person_uid"] = sa.case(uids, value=table.c.person_uid)
        if "version" in table.c:
            values["version"] = table.c.version + 1
        connection.execute(sa.update(table).where(table.c.id == key).values(**values))


def _nothing(column: Column[object]) -> Any:
    if column.name == "uid":
        return str(uuid.uuid4())
    if column.nullable:
        return None
    return [] if isinstance(column.type, sa.JSON) else ""


def _forget_values(connection: Connection, rows: Keys) -> set[int]:
    """Empty the journal's copies; the steps that hold them are final from now on."""
    change = journal_change.c
    touched: set[int] = set()
    emptied: set[int] = set()
    for name, keys in rows.items():
        own = _forgotten(PLANS[name], metadata.tables[name])
        found = connection.execute(
            sa.select(journal_change).where(
                change.table_name == name, change.key["id"].as_integer().in_(keys)
            )
        ).all()
        touched |= {row.step_id for row in found}
        for row in found:
            before, after = _without(row.before, own), _without(row.after, own)
            if (before, after) != (row.before, row.after):
                emptied.add(row.step_id)
                _rewrite(connection, row.id, before, after)
    final = sa.update(journal_step).where(journal_step.c.id.in_(emptied)).values(final=True)
    connection.execute(final)
    return touched | _steps_of_marks(connection, rows)


def _steps_of_marks(connection: Connection, rows: Keys) -> set[int]:
    """The steps that touched rows without a number of their own: marks and days."""
    change = journal_change.c
    found: set[int] = set()
    for table in metadata.sorted_tables:
        if PLANS[table.name].by and "id" not in table.c:
            wanted = change.key["participation_id"].as_integer().in_(rows["participation"])
            query = sa.select(change.step_id).where(change.table_name == table.name, wanted)
            found |= set(connection.execute(query).scalars())
    return found


def _forgotten(plan: Plan, table: Table) -> frozenset[str]:
    everything = frozenset(table.c.keys()) - {"id", "version"}
    return everything if plan.outcome is Outcome.GOES else frozenset(plan.own)


def _without(values: dict[str, Any] | None, own: frozenset[str]) -> dict[str, Any] | None:
    """Which fields there were stays known, not what stood in them."""
    if values is None:
        return None
    return {name: None if name in own else value for name, value in values.items()}


def _rewrite(connection: Connection, key: int, before: Any, after: Any) -> None:
    values = {"before": before, "after": after}
    connection.execute(sa.update(journal_change).where(journal_change.c.id == key).values(**values))


def _tells_who(name: str) -> bool:
    """Whether a text names one person and is not a word that occurs elsewhere too."""
    return len(name.split()) > 1 or "@" in name or _MANY_DIGITS.match(name) is not None


def _take_out(connection: Connection, words: Words) -> None:
    """Take names out of the words of all tables."""
    for table in metadata.sorted_tables:
        texts = [table.c[name] for name in PLANS[table.name].texts]
        hits = [_contains(column, name) for column in texts for name in words.names]
        if not hits:
            continue
        # the database looks loosely, then the names are replaced exactly
        found = connection.execute(sa.select(table).where(sa.or_(*hits))).mappings().all()
        for row in found:
            values = {
                column.name: new
                for column in texts
                if (new := _replaced(row, column.name, words)) != row[column.name]
            }
            if values:
                _put(connection, table, row, values)


def _take_out_of_titles(connection: Connection, words: Words, steps: set[int]) -> None:
    """Take names, short ones too, out of the titles of the person's own steps."""
    step = journal_step
    query = sa.select(step).where(step.c.id.in_(steps))
    for row in connection.execute(query).mappings().all():
        said = words.out_of(row["title"])
        if said != row["title"]:
            _put(connection, step, row, {"title": said})


def _put(
    connection: Connection, table: Table, row: Mapping[Any, Any], values: dict[str, Any]
) -> None:
    if "version" in table.c:
        values["version"] = row["version"] + 1
    here = [key == row[key.name] for key in table.primary_key]
    connection.execute(sa.update(table).where(*here).values(**values))


def _contains(column: Column[object], piece: str) -> sa.ColumnElement[bool]:
    if not isinstance(column.type, sa.JSON):
        return column.icontains(piece, autoescape=True)
    text = sa.cast(column, sa.Text)
    written = json.dumps(piece)[1:-1]  # a file holds JSON in ASCII
    return text.icontains(piece, autoescape=True) | text.icontains(written, autoescape=True)


def _replaced(row: Mapping[Any, Any], name: str, words: Words) -> Any:
    value = row[name]
    if "table_name" not in row or value is None:
        return words.out_of(value)
    texts = PLANS[row["table_name"]].texts  # of a change only what is words in its table
    return {key: words.out_of(one) if key in texts else one for key, one in value.items()}


def _note(journal: Journal, rows: Keys) -> int:
    """Let the journal know which rows are touched, and nothing of what stood in them; the step."""
    journal.write(
        [
            {
                "kind": "delete" if PLANS[name].outcome is Outcome.GOES else "update",
                "table_name": name,
                "key": {"id": key},
                "before": {},
                "after": None if PLANS[name].outcome is Outcome.GOES else {},
            }
            for name, keys in rows.items()
            for key in keys
        ]
    )
    return journal.begin()


def _shorten_log(session: Session) -> None:
    """Empty the file's log of writes, which still holds the old pages."""
    engine = session.get_bind()
    connection = engine.engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()
