"""Teams and tasks can be edited: each has a version, as everything that a form edits.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("rota_task", "team"):
        # the default fills the rows there are; to take it away a file would copy the whole table
        op.add_column(table, sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
