"""Funds have incomes, claims have rates, campaigns a currency.

What had come into a fund becomes its first income, of which only the amount is known. The gifts of
all campaigns were valued in EUR until now.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "fund_income",
        sa.Column("fund_id", sa.Integer(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("amount_currency", sa.String(length=3), nullable=False),
        sa.Column("giver", TEXT, nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("earmark", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["fund_id"], ["fund.id"], name=op.f("fk_fund_income_fund_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_income")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_fund_income_fund_id"), "fund_income", ["fund_id"])
    op.execute(
        "INSERT INTO fund_income (fund_id, amount_minor, amount_currency, giver, earmark,"
        " position, version) SELECT id, income_minor, income_currency, '', '', 1, 1 FROM fund"
        " WHERE income_minor IS NOT NULL"
    )
    for name in ("income_currency", "income_minor"):  # in place: a rebuilt table forgets its keys
        op.drop_column("fund", name)
    op.add_column(
        "campaign",
        sa.Column("currency", sa.String(length=3), nullable=False, server_default="EUR"),
    )
    op.add_column("claim_line", sa.Column("rate", sa.String(length=40), nullable=True))
    op.add_column("claim_line", sa.Column("rate_source", TEXT, nullable=True))
    op.add_column(
        "claim_line", sa.Column("version", sa.Integer(), nullable=False, server_default="1")
    )
