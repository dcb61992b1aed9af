"""Databases from before the first revision that landed: one kind is adopted, others are refused.

Until then the schema had revisions 0001 and 0002, which are gone. What they made together is what
0003 makes alone, so a database that is at 0002 and has exactly these tables needs a new number and
nothing else. Example: a backup of that day is restored, opened and compared, and is at 0003 then
with no table touched.
"""

import re

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from schoolapp.base.language import mark
from schoolapp.domain.rules import RuleBroken
from schoolapp.storage import revisions
from schoolapp.storage.engine import is_file

BEFORE, FIRST = "0002", "0003"


class Unreleased(RuleBroken):
    """No released schoolapp has written this database."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            mark(
                "This database has tables of a trial version of schoolapp (state {revision})"
                " that this version cannot read. Export its practice packages with the version"
                " that made it and import them into a new database, or open another database."
            ),
            revision=revision,
        )


def need_known(connection: sa.Connection) -> None:
    """``Unreleased`` unless it is empty, at a revision that landed, or has the tables of 0002."""
    state = revisions.revision_of(connection)
    if state is None or (state == BEFORE and not differs(connection)):
        return
    scripts = ScriptDirectory.from_config(revisions.config(connection))
    if state not in {one.revision for one in scripts.walk_revisions()}:
        raise Unreleased(state)


def restamp(connection: sa.Connection) -> None:
    """Give the number of the first revision to a database that has its tables already."""
    need_known(connection)
    if revisions.revision_of(connection) == BEFORE:
        table = sa.table("alembic_version", sa.column("version_num"))
        connection.execute(sa.update(table).values(version_num=FIRST))


def differs(connection: sa.Connection) -> bool:
    """Whether a database has other tables than the first revision makes.

    A file is compared by all that its schema says, triggers and the search index too; a server,
    which keeps no statements, as Alembic compares: tables, columns with types, references, indexes.
    """
    if is_file(connection):
        return definitions(connection) != _definitions_of_first()
    first = ScriptDirectory.from_config(revisions.config(connection)).get_revision(FIRST)
    context = MigrationContext.configure(connection, opts={"include_name": _described})
    return bool(compare_metadata(context, first.module.TABLES))


def definitions(connection: sa.Connection) -> dict[str, list[str]]:
    """What the schema of a file says of each table, index and trigger."""
    found = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master"
        " WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    return {name: _in_order(re.sub(r"\s+", " ", statement)) for name, statement in found}


def _described(name: str | None, *_: object) -> bool:
    """SQLAlchemy cannot describe the search index, so it is not compared."""
    return not (name or "").startswith("ix_person_search")


def _definitions_of_first() -> dict[str, list[str]]:
    from sqlcipher3 import dbapi2

    engine = sa.create_engine("sqlite://", module=dbapi2)  # in memory
    with engine.begin() as connection:
        command.upgrade(revisions.config(connection), FIRST)
        made = definitions(connection)
    engine.dispose()
    return made


def _in_order(statement: str) -> list[str]:
    """A statement; that of a table in parts, because the order of its constraints means nothing."""
    table = re.fullmatch(r"(CREATE TABLE \S+) \((.*)\)([^)]*)", statement)
    if table is None:
        return [statement]
    head, body, tail = table.groups()
    return [head, tail.strip(), *sorted(_parts(body))]


def _parts(body: str) -> list[str]:
    """Columns and constraints of a table: the parts between the outer commas."""
    parts, depth, start = [], 0, 0
    for place, sign in enumerate(body):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            parts.append(body[start:place].strip())
            start = place + 1
    return [*parts, body[start:].strip()]
