"""The journal's own two tables: steps (who did what) and the rows each step changed."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table

from schoolapp.domain.base import VALUES, UtcMoment
from schoolapp.domain.entities import metadata as metadata

journal_step = Table(
    "journal_step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("at", UtcMoment, nullable=False),
    Column("kind", String(10), nullable=False),  # do, undo, redo
    Column("undoes", Integer, ForeignKey("journal_step.id"), nullable=True, unique=True),
    Column("final", Boolean, nullable=False),
    sqlite_autoincrement=True,
)
journal_change = Table(
    "journal_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("step_id", Integer, ForeignKey("journal_step.id"), nullable=False, index=True),
    Column("kind", String(10), nullable=False),  # insert, update, delete
    Column("table_name", String(60), nullable=False),
    Column("key", VALUES, nullable=False),
    Column("before", VALUES, nullable=True),
    Column("after", VALUES, nullable=True),
    sqlite_autoincrement=True,
)
