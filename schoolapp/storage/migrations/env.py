"""How Alembic meets the database: on a connection that is already in a transaction of ours."""

from typing import Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

OWN_SEARCH = "person_search"  # tables and index that SQLAlchemy cannot describe; revision 0003


def include(name: str | None, kind: str, parents: object) -> bool:
    """Whether a comparison looks at this: not at what makes up the search index."""
    return not (name or "").removeprefix("ix_").startswith(OWN_SEARCH)


def render(kind: str, item: object, autogen: AutogenContext) -> str | Literal[False]:
    """Write a column's type without our own classes, so that a revision never changes with them."""
    if kind != "type":
        return False
    if isinstance(item, sa.Enum):
        return f"sa.String(length={item.length})"
    if isinstance(item, sa.JSON):
        autogen.imports.add("from sqlalchemy.dialects import postgresql")
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    if isinstance(item, sa.types.TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


connection: sa.Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=context.config.attributes["metadata"],
    transactional_ddl=True,
    transaction_per_migration=False,
    render_as_batch=connection.dialect.name == "sqlite",
    include_name=include,
    render_item=render,
)
with context.begin_transaction():
    context.run_migrations()
