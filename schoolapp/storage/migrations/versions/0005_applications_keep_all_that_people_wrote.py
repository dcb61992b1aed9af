"""Applications keep all that people wrote.

What earlier imports kept as codes and raw cells becomes doubts to be looked at and words to be
found. Pronouns stood for the gender until now, in every count: those counts stay as they are.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")
VALUES = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
PERSON = sa.table("person", sa.column("pronouns"), sa.column("gender"))
APPLICATION = sa.table(
    "application",
    sa.column("id", sa.Integer),
    sa.column("motivation"),
    sa.column("raw", VALUES),
    sa.column("issues", VALUES),
    sa.column("search"),
)
DOUBT = sa.table(
    "application_doubt",
    sa.column("application_id"),
    sa.column("position"),
    sa.column("field"),
    sa.column("code"),
    sa.column("value"),
)
CLEANED = frozenset(
    [
        "bidi_control",
        "date_excel_serial_number",
        "date_text",
        "email_case",
        "email_trimmed",
        "html",
        "money_text",
        "name_all_caps",
        "name_all_caps_family",
        "name_family_first",
        "name_initials",
        "name_non_latin_only",
        "name_one_word",
        "name_title",
        "newline_in_cell",
        "submitdate_anonymised",
        "unicode_nfd",
        "whitespace",
    ]
)
"""Marks of what was put right without leaving anything open: nobody has to look at these."""


def upgrade() -> None:
    op.create_table(
        "application_answer",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question", TEXT, nullable=False),
        sa.Column("answer", TEXT, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_answer_application_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_answer")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("application_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_application_answer_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "application_doubt",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("field", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.Column("suggestion", TEXT, nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settled_by", TEXT, nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_doubt_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_doubt")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("application_doubt", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_application_doubt_application_id"), ["application_id"], unique=False
        )

    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.add_column(sa.Column("modules_said", TEXT, nullable=True))
        batch_op.add_column(sa.Column("organisation", TEXT, nullable=True))
        batch_op.add_column(sa.Column("diet", TEXT, nullable=True))
        batch_op.add_column(sa.Column("access", TEXT, nullable=True))
        batch_op.add_column(sa.Column("arrival", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("departure", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("first_time", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("parental_consent", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("consent", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("consent_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("contribution_minor", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("contribution_currency", sa.String(length=3), nullable=True))
        batch_op.add_column(sa.Column("named_fee_minor", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("named_fee_currency", sa.String(length=3), nullable=True))
        batch_op.add_column(sa.Column("search", TEXT, nullable=False, server_default=""))

    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("consent_on", sa.Date(), nullable=True))

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("gender", TEXT, nullable=True))
    count_as_before(op.get_bind())
    index_and_doubt(op.get_bind())


def count_as_before(connection: sa.Connection) -> None:
    """The gender that the pronouns were counted as."""
    counted = sa.case({"she": "woman", "he": "man"}, value=PERSON.c.pronouns, else_="other")
    said = PERSON.c.pronouns.is_not(None) & (PERSON.c.pronouns != "")
    connection.execute(sa.update(PERSON).where(said).values(gender=counted))


def index_and_doubt(connection: sa.Connection) -> None:
    """The words of what was written, and the doubts that the codes stand for."""
    from schoolapp.domain.text import words_of  # a search compares with what it folds today

    a = APPLICATION.c
    for key, motivation, raw, issues in connection.execute(
        sa.select(a.id, a.motivation, a.raw, a.issues)
    ).all():
        texts = [motivation or "", *map(str, (raw or {}).values())]
        words = "".join(f" {word}" for word in dict.fromkeys(words_of(" ".join(texts))))
        if words:
            connection.execute(sa.update(APPLICATION).where(a.id == key).values(search=words))
        doubts = [code for code in issues or () if code not in CLEANED]
        rows = [
            {"application_id": key, "position": n, "field": "", "code": code, "value": ""}
            for n, code in enumerate(doubts, 1)
        ]
        if rows:
            connection.execute(sa.insert(DOUBT), rows)
