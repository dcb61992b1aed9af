"""The journal's own two tables: steps (who did what) and the rows each step changed."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table

from schoolapp.domain.base import VALUES, UtcMoment
from schoolapp.domain.data_map import ACCOUNT, JOURNALLED, PLAIN, STEP_TITLE
from schoolapp.domain.entities import metadata as metadata

FACT, TITLE, ACTOR, VALUE = PLAIN.info, STEP_TITLE.info, ACCOUNT.info, JOURNALLED.info

journal_step = Table(
    "journal_step",
    metadata,
    Column("id", Integer, primary_key=True, info=FACT),
    Column("title", String, nullable=False, info=TITLE),
    Column("actor", String, nullable=False, info=ACTOR),
    Column("at", UtcMoment, nullable=False, info=FACT),
    Column("kind", String(10), nullable=False, info=FACT),  # do, undo, redo
    Column(
        "undoes",
        Integer,
        ForeignKey("journal_step.id"),
        nullable=True,
        unique=True,
        info=FACT,
    ),
    Column("final", Boolean, nullable=False, info=FACT),
    sqlite_autoincrement=True,
)
journal_change = Table(
    "journal_change",
    metadata,
    Column("id", Integer, primary_key=True, info=FACT),
    Column(
        "step_id",
        Integer,
        ForeignKey("journal_step.id"),
        nullable=False,
        index=True,
        info=FACT,
    ),
    Column("kind", String(10), nullable=False, info=FACT),  # insert, update, delete
    Column("table_name", String(60), nullable=False, info=FACT),
    Column("key", VALUES, nullable=False, info=FACT),
    Column("before", VALUES, nullable=True, info=VALUE),
    Column("after", VALUES, nullable=True, info=VALUE),
    sqlite_autoincrement=True,
)
