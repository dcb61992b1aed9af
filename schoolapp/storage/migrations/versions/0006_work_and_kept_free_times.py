"""People who work have days, languages and a fee; times are kept free by weekday.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

VALUES = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    highest = _highest_key("blocked_time")
    # a file's table is made anew, so that its date may be empty; no key may come back
    kept: dict[str, bool] = {"sqlite_autoincrement": True}
    with op.batch_alter_table("blocked_time", schema=None, table_kwargs=kept) as batch_op:
        batch_op.add_column(sa.Column("weekday", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.alter_column("date", existing_type=sa.DATE(), nullable=True)

    with op.batch_alter_table("engagement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("first_day", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("last_day", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("languages", VALUES, nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("fee_minor", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("fee_currency", sa.String(length=3), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    if highest is not None:
        op.execute("DELETE FROM sqlite_sequence WHERE name = 'blocked_time'")
        sequence = sa.table("sqlite_sequence", sa.column("name"), sa.column("seq"))
        op.bulk_insert(sequence, [{"name": "blocked_time", "seq": highest}])


def _highest_key(table: str) -> int | None:
    """The highest key that a table of a file has ever given; None on a server."""
    if op.get_bind().dialect.name != "sqlite":
        return None
    asked = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    found = op.get_bind().execute(asked, {"name": table}).scalar()
    return None if found is None else int(found)
