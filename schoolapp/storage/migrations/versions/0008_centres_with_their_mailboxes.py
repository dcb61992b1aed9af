"""Centres with their mailboxes.

A database begins with the three centres that stood in a file before, without mailboxes: the
addresses there were examples, which nobody may be written to from. Invitations that were sent in
the name of a gathering's own mailbox keep it as their organiser; what was sent in the name of an
example names nobody that an answer could reach. Visa letters keep what was printed on them.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")
VALUES = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


CENTRES = (
    ("amsterdam", "IIRE Amsterdam", "NL", "Europe/Amsterdam", "EUR", "Amsterdam"),
    ("manila", "IIRE Manila", "PH", "Asia/Manila", "PHP", "Quezon City"),
    ("islamabad", "IIRE Islamabad", "PK", "Asia/Karachi", "PKR", "Islamabad"),
)
ORGANIZERS = (
    """UPDATE invite SET organizer = (
        SELECT contact_address FROM gathering JOIN session ON session.gathering_id = gathering.id
        WHERE session.id = invite.session_id) WHERE told IS NOT NULL""",
    """UPDATE gathering_invite SET organizer = (
        SELECT contact_address FROM gathering
        WHERE gathering.id = gathering_invite.gathering_id) WHERE told IS NOT NULL""",
)
LETTERS = """
    UPDATE visa_letter SET contact = (
        SELECT coalesce(contact_address, '') FROM gathering WHERE id = visa_letter.gathering_id
    ), host = (
        SELECT coalesce(
            (SELECT name FROM centre WHERE code = gathering.host_centre), contact_name, venue_name
        ) FROM gathering WHERE id = visa_letter.gathering_id
    )
"""


def upgrade() -> None:
    centre = op.create_table(
        "centre",
        sa.Column("code", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("country", TEXT, nullable=False),
        sa.Column("tz", TEXT, nullable=False),
        sa.Column("currency", TEXT, nullable=False),
        sa.Column("languages", VALUES, nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("city", TEXT, nullable=False),
        sa.Column("mailbox_name", TEXT, nullable=False),
        sa.Column("mailbox_address", TEXT, nullable=False),
        sa.Column("retention", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre")),
        sa.UniqueConstraint("code", name=op.f("uq_centre_code")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("gathering_invite", schema=None) as batch_op:
        batch_op.add_column(sa.Column("organizer", TEXT, nullable=True))

    with op.batch_alter_table("invite", schema=None) as batch_op:
        batch_op.add_column(sa.Column("organizer", TEXT, nullable=True))

    with op.batch_alter_table("room", schema=None) as batch_op:
        batch_op.add_column(sa.Column("equipment", TEXT, nullable=True))
        batch_op.add_column(sa.Column("note", TEXT, nullable=True))

    with op.batch_alter_table("visa_letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("host", TEXT, nullable=False, server_default=""))
        batch_op.add_column(sa.Column("host_address", TEXT, nullable=False, server_default=""))
        batch_op.add_column(sa.Column("contact", TEXT, nullable=False, server_default=""))
    begin = {
        "address": "",
        "mailbox_name": "",
        "mailbox_address": "",
        "languages": [],
        "version": 1,
    }
    names = ("code", "name", "country", "tz", "currency", "city")
    op.bulk_insert(centre, [begin | dict(zip(names, row, strict=True)) for row in CENTRES])
    for statement in (*ORGANIZERS, LETTERS):
        op.execute(statement)
