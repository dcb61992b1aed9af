"""Mail, selection, presence.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")
VALUES = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "certificate",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("gathering_code", TEXT, nullable=False),
        sa.Column("person_uid", TEXT, nullable=False),
        sa.Column("native_name", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("signed", TEXT, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint(
            "gathering_code", "person_uid", name=op.f("uq_certificate_gathering_code_person_uid")
        ),
        sa.UniqueConstraint("number", name=op.f("uq_certificate_number")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "import_form",
        sa.Column("file", TEXT, nullable=False),
        sa.Column("headings", VALUES, nullable=False),
        sa.Column("mapping", VALUES, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_form")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "letter_series",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_series")),
        sa.UniqueConstraint("name", name=op.f("uq_letter_series_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "report_template",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("columns", VALUES, nullable=False),
        sa.Column("filters", VALUES, nullable=False),
        sa.Column("format", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_template")),
        sa.UniqueConstraint("name", name=op.f("uq_report_template_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "signing_key",
        sa.Column("private", TEXT, nullable=False),
        sa.Column("public", TEXT, nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
        sa.UniqueConstraint("public", name=op.f("uq_signing_key_public")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "visa_rule",
        sa.Column("country", TEXT, nullable=False),
        sa.Column("nationality", TEXT, nullable=False),
        sa.Column("needed", sa.Boolean(), nullable=False),
        sa.Column("working_days", sa.Integer(), nullable=True),
        sa.Column("consulate", TEXT, nullable=True),
        sa.Column("language", TEXT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visa_rule")),
        sa.UniqueConstraint(
            "country", "nationality", name=op.f("uq_visa_rule_country_nationality")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "arrival_check",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("item", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_arrival_check_gathering_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival_check")),
        sa.UniqueConstraint(
            "gathering_id", "item", name=op.f("uq_arrival_check_gathering_id_item")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("arrival_check", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_arrival_check_gathering_id"), ["gathering_id"], unique=False
        )

    op.create_table(
        "asked_paper",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("paper", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_asked_paper_gathering_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_paper")),
        sa.UniqueConstraint(
            "gathering_id", "paper", name=op.f("uq_asked_paper_gathering_id_paper")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("asked_paper", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_asked_paper_gathering_id"), ["gathering_id"], unique=False
        )

    op.create_table(
        "calendar_collection",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("user", TEXT, nullable=False),
        sa.Column("used", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_calendar_collection_gathering_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_collection")),
        sa.UniqueConstraint(
            "gathering_id", "address", name=op.f("uq_calendar_collection_gathering_id_address")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("calendar_collection", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_calendar_collection_gathering_id"), ["gathering_id"], unique=False
        )

    op.create_table(
        "calendar_feed",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token", TEXT, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_calendar_feed_gathering_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_calendar_feed_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint(
            "gathering_id", "person_id", name=op.f("uq_calendar_feed_gathering_id_person_id")
        ),
        sa.UniqueConstraint("token", name=op.f("uq_calendar_feed_token")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_calendar_feed_gathering_id"), ["gathering_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_calendar_feed_person_id"), ["person_id"], unique=False)

    op.create_table(
        "gathering_invite",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("method", TEXT, nullable=False),
        sa.Column("partstat", sa.String(length=40), nullable=False),
        sa.Column("sent", TEXT, nullable=False),
        sa.Column("told", TEXT, nullable=True),
        sa.Column("stamp", sa.DateTime(), nullable=True),
        sa.Column("address", TEXT, nullable=True),
        sa.Column("error", TEXT, nullable=True),
        sa.Column("answered", sa.DateTime(), nullable=True),
        sa.Column("comment", TEXT, nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_gathering_invite_gathering_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_gathering_invite_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gathering_invite")),
        sa.UniqueConstraint(
            "gathering_id", "person_id", name=op.f("uq_gathering_invite_gathering_id_person_id")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("gathering_invite", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_gathering_invite_gathering_id"), ["gathering_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_gathering_invite_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "letter_template",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=40), nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_letter_template_gathering_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_template")),
        sa.UniqueConstraint(
            "gathering_id",
            "occasion",
            "language",
            name=op.f("uq_letter_template_gathering_id_occasion_language"),
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("letter_template", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_letter_template_gathering_id"), ["gathering_id"], unique=False
        )

    op.create_table(
        "mail",
        sa.Column("occasion", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("message_id", TEXT, nullable=False),
        sa.Column("gathering_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("tells", VALUES, nullable=False),
        sa.Column("hold_until", sa.DateTime(), nullable=True),
        sa.Column("retry_at", sa.DateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_mail_gathering_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mail_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("message_id", name=op.f("uq_mail_message_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_address"), ["address"], unique=False)
        batch_op.create_index(batch_op.f("ix_mail_gathering_id"), ["gathering_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mail_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mail_state"), ["state"], unique=False)

    op.create_table(
        "score_scale",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("anchors", VALUES, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_score_scale_gathering_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_scale")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("score_scale", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_score_scale_gathering_id"), ["gathering_id"], unique=False
        )

    op.create_table(
        "selection_rules",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("policy", sa.String(length=40), nullable=False),
        sa.Column("offer_days", sa.Integer(), nullable=False),
        sa.Column("endorsement", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_selection_rules_gathering_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_selection_rules")),
        sa.UniqueConstraint("gathering_id", name=op.f("uq_selection_rules_gathering_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("selection_rules", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_selection_rules_gathering_id"), ["gathering_id"], unique=False
        )

    op.create_table(
        "selection_target",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("group", TEXT, nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_selection_target_gathering_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_selection_target")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("selection_target", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_selection_target_gathering_id"), ["gathering_id"], unique=False
        )

    op.create_table(
        "two_people",
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["one_id"], ["person.id"], name=op.f("fk_two_people_one_id")),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name=op.f("fk_two_people_other_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_two_people")),
        sa.UniqueConstraint("one_id", "other_id", name=op.f("uq_two_people_one_id_other_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("two_people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_two_people_one_id"), ["one_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_two_people_other_id"), ["other_id"], unique=False)

    op.create_table(
        "visa_letter",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("series", TEXT, nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("payer", sa.String(length=40), nullable=False),
        sa.Column("payer_name", TEXT, nullable=False),
        sa.Column("consulate", TEXT, nullable=False),
        sa.Column("born", sa.Date(), nullable=True),
        sa.Column("nationality", TEXT, nullable=True),
        sa.Column("passport_number", TEXT, nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("issued_by", TEXT, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_visa_letter_gathering_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_visa_letter_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visa_letter")),
        sa.UniqueConstraint(
            "series", "serial", "revision", name=op.f("uq_visa_letter_series_serial_revision")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("visa_letter", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_visa_letter_gathering_id"), ["gathering_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_visa_letter_person_id"), ["person_id"], unique=False)

    op.create_table(
        "busy_time",
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("start_utc", sa.DateTime(), nullable=False),
        sa.Column("end_utc", sa.DateTime(), nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (room_id IS NULL)", name=op.f("ck_busy_time_one_owner")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_busy_time_person_id")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_busy_time_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_busy_time")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("busy_time", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_busy_time_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_busy_time_room_id"), ["room_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_busy_time_start_utc"), ["start_utc"], unique=False)

    op.create_table(
        "delegation_quota",
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_delegation_quota_delegation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation_quota")),
        sa.UniqueConstraint(
            "delegation_id", "kind", name=op.f("uq_delegation_quota_delegation_id_kind")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("delegation_quota", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_delegation_quota_delegation_id"), ["delegation_id"], unique=False
        )

    op.create_table(
        "mail_part",
        sa.Column("mail_id", sa.Integer(), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("media_type", TEXT, nullable=False),
        sa.Column("packed", TEXT, nullable=False),
        sa.Column("method", TEXT, nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["mail_id"], ["mail.id"], name=op.f("fk_mail_part_mail_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_part")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("mail_part", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_part_mail_id"), ["mail_id"], unique=False)

    op.create_table(
        "mail_step",
        sa.Column("mail_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=True),
        sa.Column("from_state", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["mail_id"], ["mail.id"], name=op.f("fk_mail_step_mail_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_step")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("mail_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_step_mail_id"), ["mail_id"], unique=False)

    op.create_table(
        "pushed_session",
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.Column("uid", TEXT, nullable=False),
        sa.Column("href", TEXT, nullable=False),
        sa.Column("etag", TEXT, nullable=True),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("pending", TEXT, nullable=False),
        sa.Column("theirs", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["calendar_collection.id"],
            name=op.f("fk_pushed_session_collection_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pushed_session")),
        sa.UniqueConstraint(
            "collection_id", "uid", name=op.f("uq_pushed_session_collection_id_uid")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("pushed_session", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pushed_session_collection_id"), ["collection_id"], unique=False
        )

    op.create_table(
        "arrival",
        sa.Column("participation_id", sa.Integer(), nullable=False),
        sa.Column("came_at", sa.DateTime(), nullable=False),
        sa.Column("came_by", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=True),
        sa.Column("left_at", sa.DateTime(), nullable=True),
        sa.Column("left_by", TEXT, nullable=True),
        sa.Column("left_reason", TEXT, nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participation_id"], ["participation.id"], name=op.f("fk_arrival_participation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("arrival", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_arrival_participation_id"), ["participation_id"], unique=False
        )

    op.create_table(
        "badge",
        sa.Column("participation_id", sa.Integer(), nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("lost_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participation_id"], ["participation.id"], name=op.f("fk_badge_participation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge")),
        sa.UniqueConstraint("code", name=op.f("uq_badge_code")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("badge", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_badge_participation_id"), ["participation_id"], unique=False
        )

    op.create_table(
        "held_reply",
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("file", TEXT, nullable=False),
        sa.Column("method", TEXT, nullable=False),
        sa.Column("uid", TEXT, nullable=False),
        sa.Column("attendee", TEXT, nullable=False),
        sa.Column("why", TEXT, nullable=False),
        sa.Column("values", VALUES, nullable=False),
        sa.Column("participation", TEXT, nullable=True),
        sa.Column("comment", TEXT, nullable=True),
        sa.Column("stamp", sa.DateTime(), nullable=True),
        sa.Column("received", sa.DateTime(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("gathering_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_held_reply_gathering_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_held_reply_person_id")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_held_reply_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_reply")),
        sa.UniqueConstraint("digest", name=op.f("uq_held_reply_digest")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("held_reply", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_held_reply_gathering_id"), ["gathering_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_held_reply_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_held_reply_session_id"), ["session_id"], unique=False)

    op.create_table(
        "paper_received",
        sa.Column("participation_id", sa.Integer(), nullable=False),
        sa.Column("paper", TEXT, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participation_id"],
            ["participation.id"],
            name=op.f("fk_paper_received_participation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_received")),
        sa.UniqueConstraint(
            "participation_id", "paper", name=op.f("uq_paper_received_participation_id_paper")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("paper_received", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_paper_received_participation_id"), ["participation_id"], unique=False
        )

    op.create_table(
        "parent",
        sa.Column("participation_id", sa.Integer(), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("contact", TEXT, nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("allows", TEXT, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participation_id"], ["participation.id"], name=op.f("fk_parent_participation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parent")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("parent", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_parent_participation_id"), ["participation_id"], unique=False
        )

    op.create_table(
        "pending_decision",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("reason", TEXT, nullable=True),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_pending_decision_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_pending_decision_gathering_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_decision")),
        sa.UniqueConstraint("application_id", name=op.f("uq_pending_decision_application_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("pending_decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pending_decision_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_pending_decision_gathering_id"), ["gathering_id"], unique=False
        )

    op.create_table(
        "place_offer",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.DateTime(), nullable=False),
        sa.Column("ended", sa.String(length=40), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_place_offer_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_place_offer_gathering_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_offer")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("place_offer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_place_offer_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_place_offer_gathering_id"), ["gathering_id"], unique=False
        )

    op.create_table(
        "register",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by", TEXT, nullable=True),
        sa.Column("head_count", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_register_session_id")
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_register")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "register_change",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("participation_id", sa.Integer(), nullable=True),
        sa.Column("what", TEXT, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("old", TEXT, nullable=True),
        sa.Column("new", TEXT, nullable=True),
        sa.Column("reason", TEXT, nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participation_id"],
            ["participation.id"],
            name=op.f("fk_register_change_participation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_register_change_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_change")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("register_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_register_change_participation_id"), ["participation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_register_change_session_id"), ["session_id"], unique=False
        )

    op.create_table(
        "scan",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("participation_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("desk", TEXT, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participation_id"], ["participation.id"], name=op.f("fk_scan_participation_id")
        ),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_scan_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("scan", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_scan_participation_id"), ["participation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_scan_session_id"), ["session_id"], unique=False)

    op.create_table(
        "score",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("scale_id", sa.Integer(), nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_score_application_id")
        ),
        sa.ForeignKeyConstraint(["scale_id"], ["score_scale.id"], name=op.f("fk_score_scale_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score")),
        sa.UniqueConstraint(
            "application_id", "scale_id", "by", name=op.f("uq_score_application_id_scale_id_by")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_score_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_score_scale_id"), ["scale_id"], unique=False)

    op.create_table(
        "arrival_item",
        sa.Column("arrival_id", sa.Integer(), nullable=False),
        sa.Column("item", TEXT, nullable=False),
        sa.Column("detail", TEXT, nullable=True),
        sa.Column("returned_at", sa.DateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["arrival_id"], ["arrival.id"], name=op.f("fk_arrival_item_arrival_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival_item")),
        sa.UniqueConstraint("arrival_id", "item", name=op.f("uq_arrival_item_arrival_id_item")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("arrival_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_arrival_item_arrival_id"), ["arrival_id"], unique=False
        )

    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.add_column(sa.Column("answer_due", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "endorsed_by",
                TEXT,
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("endorsed_on", sa.Date(), nullable=True))

    with op.batch_alter_table("gathering", schema=None) as batch_op:
        batch_op.add_column(sa.Column("age_reference_date", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("minors_per_adult", sa.Integer(), nullable=True))

    with op.batch_alter_table("invite", schema=None) as batch_op:
        batch_op.add_column(sa.Column("beyond_stay", sa.Boolean(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "told",
                TEXT,
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("stamp", sa.DateTime(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "address",
                TEXT,
                nullable=True,
            )
        )
        batch_op.add_column(
            sa.Column(
                "error",
                TEXT,
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("answered", sa.DateTime(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "comment",
                TEXT,
                nullable=True,
            )
        )

    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("needs_visa", sa.Boolean(), nullable=True))

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "nationality",
                TEXT,
                nullable=True,
            )
        )
        batch_op.add_column(
            sa.Column(
                "badge_name",
                TEXT,
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("erased_at", sa.DateTime(), nullable=True))

    with op.batch_alter_table("person_language", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_language_person_id"))
        batch_op.create_index(
            "ix_person_language_in_order", ["person_id", "position", "lang"], unique=False
        )
