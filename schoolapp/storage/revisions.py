"""Which revisions of the schema there are, which one a database has, and how Alembic is set up.

Nothing here imports Alembic before it is needed: a database that is up to date needs none of it.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from alembic.config import Config

VERSIONS = Path(__file__).parent / "migrations" / "versions"


def newest() -> str:
    """The revision that this program writes and reads: the number that begins the last file."""
    return max(path.name[:4] for path in VERSIONS.glob("[0-9][0-9][0-9][0-9]_*.py"))


def stored_revision(engine: sa.Engine) -> str | None:
    """The revision of a database, read on a connection of its own."""
    with engine.connect() as connection:
        return revision_of(connection)


def revision_of(connection: sa.Connection) -> str | None:
    """The revision of a database; None if it has no tables of ours, or they were never finished."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return None if found is None else str(found[0])


def config(connection: sa.Connection) -> "Config":
    """What Alembic needs to know, without an ini file; works in a frozen program too."""
    from alembic.config import Config

    from schoolapp.storage.tables import metadata

    # its default is the stream of when alembic was first imported, which may be closed by now
    made = Config(stdout=sys.stdout)
    made.set_main_option("script_location", "schoolapp.storage:migrations")
    made.set_main_option("path_separator", "os")
    made.attributes |= {"connection": connection, "metadata": metadata}
    return made
