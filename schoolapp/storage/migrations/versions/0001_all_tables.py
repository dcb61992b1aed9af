"""All tables.

Revision ID: 0001
Revises: nothing
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")
VALUES = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "gathering",
        sa.Column("uid", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("titles", VALUES, nullable=False),
        sa.Column("host_centre", TEXT, nullable=True),
        sa.Column("country", TEXT, nullable=False),
        sa.Column("tz", TEXT, nullable=False),
        sa.Column("start_date", sa.Date(), nullable=False),
        sa.Column("end_date", sa.Date(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("currency", TEXT, nullable=False),
        sa.Column("working_languages", VALUES, nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("venue_name", TEXT, nullable=False),
        sa.Column("venue_city", TEXT, nullable=False),
        sa.Column("venue_note", TEXT, nullable=True),
        sa.Column("contact_name", TEXT, nullable=True),
        sa.Column("contact_address", TEXT, nullable=True),
        sa.Column("deposit_minor", sa.BigInteger(), nullable=True),
        sa.Column("deposit_currency", sa.String(length=3), nullable=True),
        sa.Column("age_from", sa.Integer(), nullable=True),
        sa.Column("age_to", sa.Integer(), nullable=True),
        sa.Column("camp_currency", VALUES, nullable=True),
        sa.Column("remarks", VALUES, nullable=False),
        sa.Column("package_name", TEXT, nullable=True),
        sa.Column("table_prefix", TEXT, nullable=True),
        sa.Column("blanks", VALUES, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gathering")),
        sa.UniqueConstraint("code", name=op.f("uq_gathering_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_gathering_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "journal_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["undoes"], ["journal_step.id"], name=op.f("fk_journal_step_undoes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_step")),
        sa.UniqueConstraint("undoes", name=op.f("uq_journal_step_undoes")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "person",
        sa.Column("uid", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("display_name", TEXT, nullable=False),
        sa.Column("given", TEXT, nullable=True),
        sa.Column("family", TEXT, nullable=True),
        sa.Column("name_order", sa.String(length=40), nullable=False),
        sa.Column("native_name", TEXT, nullable=True),
        sa.Column("native_script", TEXT, nullable=True),
        sa.Column("passport_name", TEXT, nullable=True),
        sa.Column("sort_name", TEXT, nullable=False),
        sa.Column("pronouns", TEXT, nullable=True),
        sa.Column("born", sa.Date(), nullable=True),
        sa.Column("country", TEXT, nullable=True),
        sa.Column("origin", TEXT, nullable=True),
        sa.Column("home_tz", TEXT, nullable=True),
        sa.Column("home_currency", TEXT, nullable=True),
        sa.Column("fee_band", TEXT, nullable=True),
        sa.Column("mother_tongue", TEXT, nullable=True),
        sa.Column("email", TEXT, nullable=True),
        sa.Column("phone", TEXT, nullable=True),
        sa.Column("emergency_contact", TEXT, nullable=True),
        sa.Column("note", TEXT, nullable=True),
        sa.Column("blanks", VALUES, nullable=False),
        sa.Column("search", TEXT, nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["person.id"], name=op.f("fk_person_merged_into_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("code", name=op.f("uq_person_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_person_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_person_merged_into_id"), ["merged_into_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_person_sort_name"), ["sort_name"], unique=False)

    op.create_table(
        "publication",
        sa.Column("code", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("replaces", TEXT, nullable=True),
        sa.Column("aim", TEXT, nullable=True),
        sa.Column("stages", VALUES, nullable=False),
        sa.Column("blanks", VALUES, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("code", name=op.f("uq_publication_code")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "work",
        sa.Column("code", TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work")),
        sa.UniqueConstraint("code", name=op.f("uq_work_code")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "bedroom",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("beds", sa.Integer(), nullable=False),
        sa.Column("designation", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_bedroom_gathering_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bedroom")),
        sa.UniqueConstraint("gathering_id", "code", name=op.f("uq_bedroom_gathering_id_code")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("bedroom", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bedroom_gathering_id"), ["gathering_id"], unique=False)

    op.create_table(
        "blocked_time",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.Column("why", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_blocked_time_gathering_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blocked_time")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("blocked_time", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_blocked_time_gathering_id"), ["gathering_id"], unique=False
        )

    op.create_table(
        "campaign",
        sa.Column("code", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("goal_minor", sa.BigInteger(), nullable=True),
        sa.Column("goal_currency", sa.String(length=3), nullable=True),
        sa.Column("reward_threshold_minor", sa.BigInteger(), nullable=True),
        sa.Column("reward_threshold_currency", sa.String(length=3), nullable=True),
        sa.Column("reward_item", TEXT, nullable=True),
        sa.Column("publication_id", sa.Integer(), nullable=True),
        sa.Column("earmark", TEXT, nullable=True),
        sa.Column("method", TEXT, nullable=True),
        sa.Column("source", TEXT, nullable=True),
        sa.Column("note", TEXT, nullable=True),
        sa.Column("blanks", VALUES, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_campaign_publication_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("code", name=op.f("uq_campaign_code")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_campaign_publication_id"), ["publication_id"], unique=False
        )

    op.create_table(
        "deadline",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_deadline_gathering_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
        sa.UniqueConstraint("gathering_id", "name", name=op.f("uq_deadline_gathering_id_name")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_deadline_gathering_id"), ["gathering_id"], unique=False
        )

    op.create_table(
        "delegation",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("iso_country", TEXT, nullable=True),
        sa.Column("origin", TEXT, nullable=True),
        sa.Column("leader_id", sa.Integer(), nullable=False),
        sa.Column("announced", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.Integer(), nullable=False),
        sa.Column("fee_band", TEXT, nullable=True),
        sa.Column("due_minor", sa.BigInteger(), nullable=True),
        sa.Column("due_currency", sa.String(length=3), nullable=True),
        sa.Column("home_currency", TEXT, nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_delegation_gathering_id")
        ),
        sa.ForeignKeyConstraint(["leader_id"], ["person.id"], name=op.f("fk_delegation_leader_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
        sa.UniqueConstraint("gathering_id", "code", name=op.f("uq_delegation_gathering_id_code")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_delegation_gathering_id"), ["gathering_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_delegation_leader_id"), ["leader_id"], unique=False)

    op.create_table(
        "edition",
        sa.Column("code", TEXT, nullable=False),
        sa.Column("work_id", sa.Integer(), nullable=False),
        sa.Column("author", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("lang", TEXT, nullable=False),
        sa.Column("direction", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("rights", sa.String(length=40), nullable=False),
        sa.Column("confidence", TEXT, nullable=False),
        sa.Column("topics", TEXT, nullable=False),
        sa.Column("pages", TEXT, nullable=True),
        sa.Column("web_address", TEXT, nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("search", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["work_id"], ["work.id"], name=op.f("fk_edition_work_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("code", name=op.f("uq_edition_code")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_edition_work_id"), ["work_id"], unique=False)

    op.create_table(
        "engagement",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("list_name", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("floor_language", TEXT, nullable=True),
        sa.Column("a_language", TEXT, nullable=True),
        sa.Column("booth", TEXT, nullable=True),
        sa.Column("also", TEXT, nullable=True),
        sa.Column("blanks", VALUES, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_engagement_gathering_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_engagement_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagement")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("engagement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_engagement_gathering_id"), ["gathering_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_engagement_person_id"), ["person_id"], unique=False)

    op.create_table(
        "free_day",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_free_day_gathering_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_free_day")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("free_day", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_free_day_gathering_id"), ["gathering_id"], unique=False
        )

    op.create_table(
        "fund",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("currency", TEXT, nullable=False),
        sa.Column("income_minor", sa.BigInteger(), nullable=True),
        sa.Column("income_currency", sa.String(length=3), nullable=True),
        sa.Column("allocated_minor", sa.BigInteger(), nullable=True),
        sa.Column("allocated_currency", sa.String(length=3), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_fund_gathering_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("fund", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fund_gathering_id"), ["gathering_id"], unique=False)

    op.create_table(
        "gathering_step",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=True),
        sa.Column("from_state", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_gathering_step_gathering_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gathering_step")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("gathering_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_gathering_step_gathering_id"), ["gathering_id"], unique=False
        )

    op.create_table(
        "journal_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("table_name", sa.String(length=60), nullable=False),
        sa.Column("key", VALUES, nullable=False),
        sa.Column("before", VALUES, nullable=True),
        sa.Column("after", VALUES, nullable=True),
        sa.ForeignKeyConstraint(
            ["step_id"], ["journal_step.id"], name=op.f("fk_journal_change_step_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_change")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("journal_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_change_step_id"), ["step_id"], unique=False)

    op.create_table(
        "module",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_module_gathering_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module")),
        sa.UniqueConstraint("gathering_id", "code", name=op.f("uq_module_gathering_id_code")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("module", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_module_gathering_id"), ["gathering_id"], unique=False)

    op.create_table(
        "person_address",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_address_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_address")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("person_address", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_person_address_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "person_language",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("lang", TEXT, nullable=False),
        sa.Column("level", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_language_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_language")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("person_language", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_person_language_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "price",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("band", TEXT, nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("price_currency", sa.String(length=3), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_price_gathering_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price")),
        sa.UniqueConstraint("gathering_id", "band", name=op.f("uq_price_gathering_id_band")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("price", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_price_gathering_id"), ["gathering_id"], unique=False)

    op.create_table(
        "publication_part",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("texts", VALUES, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_publication_part_publication_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_part")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("publication_part", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_publication_part_publication_id"), ["publication_id"], unique=False
        )

    op.create_table(
        "room",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("booths", sa.Integer(), nullable=False),
        sa.Column("divisible", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_room_gathering_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("gathering_id", "code", name=op.f("uq_room_gathering_id_code")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("room", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_room_gathering_id"), ["gathering_id"], unique=False)

    op.create_table(
        "team",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_team_gathering_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("gathering_id", "code", name=op.f("uq_team_gathering_id_code")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_gathering_id"), ["gathering_id"], unique=False)

    op.create_table(
        "application",
        sa.Column("uid", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("motivation_lang", TEXT, nullable=True),
        sa.Column("motivation", TEXT, nullable=True),
        sa.Column("needs_visa", sa.Boolean(), nullable=True),
        sa.Column("asks_subsidy", sa.Boolean(), nullable=True),
        sa.Column("asked_travel_minor", sa.BigInteger(), nullable=True),
        sa.Column("asked_travel_currency", sa.String(length=3), nullable=True),
        sa.Column("module_codes", VALUES, nullable=False),
        sa.Column("waiting_rank", sa.Integer(), nullable=True),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("note", TEXT, nullable=True),
        sa.Column("source_file", TEXT, nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("raw", VALUES, nullable=True),
        sa.Column("issues", VALUES, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_application_delegation_id")
        ),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_application_gathering_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_application_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("gathering_id", "code", name=op.f("uq_application_gathering_id_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_application_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_application_delegation_id"), ["delegation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_application_gathering_id"), ["gathering_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_application_person_id"), ["person_id"], unique=False)

    op.create_table(
        "delegation_coordinator",
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegation_id"],
            ["delegation.id"],
            name=op.f("fk_delegation_coordinator_delegation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_delegation_coordinator_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation_coordinator")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("delegation_coordinator", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_delegation_coordinator_delegation_id"), ["delegation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_delegation_coordinator_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "delegation_step",
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=True),
        sa.Column("from_state", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_delegation_step_delegation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation_step")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("delegation_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_delegation_step_delegation_id"), ["delegation_id"], unique=False
        )

    op.create_table(
        "gift",
        sa.Column("code", TEXT, nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("amount_currency", sa.String(length=3), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), nullable=False),
        sa.Column("value_currency", sa.String(length=3), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("method", TEXT, nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("platform_fee_minor", sa.BigInteger(), nullable=True),
        sa.Column("platform_fee_currency", sa.String(length=3), nullable=True),
        sa.Column("note", TEXT, nullable=True),
        sa.Column("blanks", VALUES, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_gift_campaign_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_gift_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gift")),
        sa.UniqueConstraint("code", name=op.f("uq_gift_code")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("gift", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gift_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gift_person_id"), ["person_id"], unique=False)

    op.create_table(
        "participation",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("language_group", TEXT, nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("bedroom_id", sa.Integer(), nullable=True),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("guardian_id", sa.Integer(), nullable=True),
        sa.Column("fee_minor", sa.BigInteger(), nullable=True),
        sa.Column("fee_currency", sa.String(length=3), nullable=True),
        sa.Column("diet", TEXT, nullable=True),
        sa.Column("access", TEXT, nullable=True),
        sa.Column("note", TEXT, nullable=True),
        sa.Column("minor_at_start", sa.Boolean(), nullable=True),
        sa.Column("parental_consent", TEXT, nullable=True),
        sa.Column("sleeping", TEXT, nullable=True),
        sa.Column("first_time", sa.Boolean(), nullable=True),
        sa.Column("blanks", VALUES, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bedroom_id"], ["bedroom.id"], name=op.f("fk_participation_bedroom_id")
        ),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_participation_delegation_id")
        ),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_participation_gathering_id")
        ),
        sa.ForeignKeyConstraint(
            ["guardian_id"], ["person.id"], name=op.f("fk_participation_guardian_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_participation_person_id")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_participation_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
        sa.UniqueConstraint(
            "gathering_id", "person_id", name=op.f("uq_participation_gathering_id_person_id")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_participation_bedroom_id"), ["bedroom_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_participation_delegation_id"), ["delegation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_participation_gathering_id"), ["gathering_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_participation_guardian_id"), ["guardian_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_participation_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_participation_team_id"), ["team_id"], unique=False)

    op.create_table(
        "payment",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("method", TEXT, nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("amount_currency", sa.String(length=3), nullable=False),
        sa.Column("paid_as_minor", sa.BigInteger(), nullable=True),
        sa.Column("paid_as_currency", sa.String(length=3), nullable=True),
        sa.Column("rate", sa.String(length=40), nullable=True),
        sa.Column("rate_date", sa.Date(), nullable=True),
        sa.Column("rate_source", TEXT, nullable=True),
        sa.Column("reference", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_payment_delegation_id")
        ),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_payment_gathering_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_payment_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("gathering_id", "code", name=op.f("uq_payment_gathering_id_code")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_payment_delegation_id"), ["delegation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_payment_gathering_id"), ["gathering_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payment_person_id"), ["person_id"], unique=False)

    op.create_table(
        "reading_step",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=True),
        sa.Column("from_state", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_reading_step_edition_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_step")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("reading_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reading_step_edition_id"), ["edition_id"], unique=False
        )

    op.create_table(
        "rota_task",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("task", TEXT, nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("by_volunteers", sa.Boolean(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("staffed_by_volunteers", sa.Boolean(), nullable=True),
        sa.Column("blanks", VALUES, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_rota_task_delegation_id")
        ),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_rota_task_gathering_id")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_rota_task_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota_task")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("rota_task", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_rota_task_delegation_id"), ["delegation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_rota_task_gathering_id"), ["gathering_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_rota_task_team_id"), ["team_id"], unique=False)

    op.create_table(
        "session",
        sa.Column("uid", TEXT, nullable=False),
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("start_local", sa.DateTime(), nullable=False),
        sa.Column("end_local", sa.DateTime(), nullable=False),
        sa.Column("tz", TEXT, nullable=False),
        sa.Column("fold_start", sa.Integer(), nullable=False),
        sa.Column("fold_end", sa.Integer(), nullable=False),
        sa.Column("start_utc", sa.DateTime(), nullable=False),
        sa.Column("end_utc", sa.DateTime(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("module_id", sa.Integer(), nullable=True),
        sa.Column("floor_language", TEXT, nullable=False),
        sa.Column("languages", VALUES, nullable=False),
        sa.Column("audience", TEXT, nullable=False),
        sa.Column("series", TEXT, nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("register", sa.Boolean(), nullable=False),
        sa.Column("register_lost", sa.Boolean(), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=True),
        sa.Column("reading_gap", VALUES, nullable=True),
        sa.Column("online_link", TEXT, nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("blanks", VALUES, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_session_gathering_id")
        ),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_session_module_id")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_session_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("gathering_id", "no", name=op.f("uq_session_gathering_id_no")),
        sa.UniqueConstraint("uid", name=op.f("uq_session_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_gathering_id"), ["gathering_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_session_module_id"), ["module_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_session_room_id"), ["room_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_session_start_utc"), ["start_utc"], unique=False)

    op.create_table(
        "subsidy",
        sa.Column("code", TEXT, nullable=False),
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("fund_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("requested_minor", sa.BigInteger(), nullable=True),
        sa.Column("requested_currency", sa.String(length=3), nullable=True),
        sa.Column("granted_minor", sa.BigInteger(), nullable=True),
        sa.Column("granted_currency", sa.String(length=3), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("imported_state", TEXT, nullable=True),
        sa.Column("note", TEXT, nullable=True),
        sa.Column("blanks", VALUES, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_subsidy_decided_by_id")
        ),
        sa.ForeignKeyConstraint(["fund_id"], ["fund.id"], name=op.f("fk_subsidy_fund_id")),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_subsidy_gathering_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_subsidy_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy")),
        sa.UniqueConstraint("gathering_id", "code", name=op.f("uq_subsidy_gathering_id_code")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("subsidy", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_subsidy_decided_by_id"), ["decided_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_subsidy_fund_id"), ["fund_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_subsidy_gathering_id"), ["gathering_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_subsidy_person_id"), ["person_id"], unique=False)

    op.create_table(
        "allocation",
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_allocation_payment_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_allocation_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("allocation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_allocation_payment_id"), ["payment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_allocation_person_id"), ["person_id"], unique=False)

    op.create_table(
        "application_step",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=True),
        sa.Column("from_state", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_step_application_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_step")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("application_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_application_step_application_id"), ["application_id"], unique=False
        )

    op.create_table(
        "attendance_mark",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("participation_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("check_in", sa.DateTime(), nullable=True),
        sa.Column("check_out", sa.DateTime(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("method", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["participation_id"],
            ["participation.id"],
            name=op.f("fk_attendance_mark_participation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_attendance_mark_session_id")
        ),
        sa.PrimaryKeyConstraint("session_id", "participation_id", name=op.f("pk_attendance_mark")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("attendance_mark", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attendance_mark_participation_id"), ["participation_id"], unique=False
        )

    op.create_table(
        "day_presence",
        sa.Column("participation_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("on_site", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participation_id"],
            ["participation.id"],
            name=op.f("fk_day_presence_participation_id"),
        ),
        sa.PrimaryKeyConstraint("participation_id", "date", name=op.f("pk_day_presence")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "gift_step",
        sa.Column("gift_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=True),
        sa.Column("from_state", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["gift_id"], ["gift.id"], name=op.f("fk_gift_step_gift_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gift_step")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("gift_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gift_step_gift_id"), ["gift_id"], unique=False)

    op.create_table(
        "interpretation",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("target", TEXT, nullable=False),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("relay_via", TEXT, nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_interpretation_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interpretation")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("interpretation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_interpretation_session_id"), ["session_id"], unique=False
        )

    op.create_table(
        "invite",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("method", TEXT, nullable=False),
        sa.Column("partstat", sa.String(length=40), nullable=False),
        sa.Column("sent", TEXT, nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invite_person_id")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_invite_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invite")),
        sa.UniqueConstraint("session_id", "person_id", name=op.f("uq_invite_session_id_person_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("invite", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invite_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invite_session_id"), ["session_id"], unique=False)

    op.create_table(
        "module_attended",
        sa.Column("participation_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["module_id"], ["module.id"], name=op.f("fk_module_attended_module_id")
        ),
        sa.ForeignKeyConstraint(
            ["participation_id"],
            ["participation.id"],
            name=op.f("fk_module_attended_participation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module_attended")),
        sa.UniqueConstraint(
            "participation_id",
            "module_id",
            name=op.f("uq_module_attended_participation_id_module_id"),
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("module_attended", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_module_attended_module_id"), ["module_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_module_attended_participation_id"), ["participation_id"], unique=False
        )

    op.create_table(
        "programme_change",
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("change", TEXT, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("ics_method", TEXT, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("was", TEXT, nullable=True),
        sa.Column("now", TEXT, nullable=True),
        sa.Column("warning", TEXT, nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_programme_change_gathering_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_programme_change_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_change")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("programme_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_programme_change_gathering_id"), ["gathering_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_programme_change_session_id"), ["session_id"], unique=False
        )

    op.create_table(
        "reading_assignment",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("order_no", sa.Integer(), nullable=False),
        sa.Column("pages", TEXT, nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_reading_assignment_edition_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_reading_assignment_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_assignment")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("reading_assignment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reading_assignment_edition_id"), ["edition_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_reading_assignment_session_id"), ["session_id"], unique=False
        )

    op.create_table(
        "session_group",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("language", TEXT, nullable=True),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_session_group_delegation_id")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_session_group_room_id")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_session_group_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_group")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("session_group", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_session_group_delegation_id"), ["delegation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_session_group_room_id"), ["room_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_session_group_session_id"), ["session_id"], unique=False
        )

    op.create_table(
        "session_step",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=True),
        sa.Column("from_state", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_session_step_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_step")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("session_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_session_step_session_id"), ["session_id"], unique=False
        )

    op.create_table(
        "speaker",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_speaker_person_id")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_speaker_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker")),
        sa.UniqueConstraint(
            "session_id", "person_id", name=op.f("uq_speaker_session_id_person_id")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("speaker", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_speaker_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_speaker_session_id"), ["session_id"], unique=False)

    op.create_table(
        "stay",
        sa.Column("participation_id", sa.Integer(), nullable=False),
        sa.Column("arrival", sa.DateTime(), nullable=False),
        sa.Column("departure", sa.DateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participation_id"], ["participation.id"], name=op.f("fk_stay_participation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stay")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("stay", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_stay_participation_id"), ["participation_id"], unique=False
        )

    op.create_table(
        "subsidy_part",
        sa.Column("subsidy_id", sa.Integer(), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("amount_currency", sa.String(length=3), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subsidy_id"], ["subsidy.id"], name=op.f("fk_subsidy_part_subsidy_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy_part")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("subsidy_part", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_subsidy_part_subsidy_id"), ["subsidy_id"], unique=False
        )

    op.create_table(
        "subsidy_payment",
        sa.Column("subsidy_id", sa.Integer(), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("amount_currency", sa.String(length=3), nullable=False),
        sa.Column("paid_as_minor", sa.BigInteger(), nullable=True),
        sa.Column("paid_as_currency", sa.String(length=3), nullable=True),
        sa.Column("rate", sa.String(length=40), nullable=True),
        sa.Column("rate_base", TEXT, nullable=True),
        sa.Column("rate_date", sa.Date(), nullable=True),
        sa.Column("rate_source", TEXT, nullable=True),
        sa.Column("signed_receipt", sa.Boolean(), nullable=True),
        sa.Column("state", TEXT, nullable=True),
        sa.Column("blanks", VALUES, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subsidy_id"], ["subsidy.id"], name=op.f("fk_subsidy_payment_subsidy_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy_payment")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("subsidy_payment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_subsidy_payment_subsidy_id"), ["subsidy_id"], unique=False
        )

    op.create_table(
        "subsidy_step",
        sa.Column("subsidy_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=True),
        sa.Column("from_state", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subsidy_id"], ["subsidy.id"], name=op.f("fk_subsidy_step_subsidy_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy_step")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("subsidy_step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_subsidy_step_subsidy_id"), ["subsidy_id"], unique=False
        )

    op.create_table(
        "travel_claim",
        sa.Column("code", TEXT, nullable=False),
        sa.Column("gathering_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("subsidy_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("claimed_minor", sa.BigInteger(), nullable=True),
        sa.Column("claimed_currency", sa.String(length=3), nullable=True),
        sa.Column("approved_minor", sa.BigInteger(), nullable=True),
        sa.Column("approved_currency", sa.String(length=3), nullable=True),
        sa.Column("cap_minor", sa.BigInteger(), nullable=True),
        sa.Column("cap_currency", sa.String(length=3), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gathering_id"], ["gathering.id"], name=op.f("fk_travel_claim_gathering_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_travel_claim_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["subsidy_id"], ["subsidy.id"], name=op.f("fk_travel_claim_subsidy_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_travel_claim")),
        sa.UniqueConstraint("gathering_id", "code", name=op.f("uq_travel_claim_gathering_id_code")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("travel_claim", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_travel_claim_gathering_id"), ["gathering_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_travel_claim_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_travel_claim_subsidy_id"), ["subsidy_id"], unique=False
        )

    op.create_table(
        "claim_line",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("what", TEXT, nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("paid_minor", sa.BigInteger(), nullable=False),
        sa.Column("paid_currency", sa.String(length=3), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), nullable=False),
        sa.Column("value_currency", sa.String(length=3), nullable=False),
        sa.Column("receipt", sa.Boolean(), nullable=False),
        sa.Column("boarding_pass", sa.Boolean(), nullable=True),
        sa.Column("rejected", sa.Boolean(), nullable=False),
        sa.Column("blanks", VALUES, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["travel_claim.id"], name=op.f("fk_claim_line_claim_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_line")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("claim_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_line_claim_id"), ["claim_id"], unique=False)

    op.create_table(
        "claim_step",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=True),
        sa.Column("from_state", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["travel_claim.id"], name=op.f("fk_claim_step_claim_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_step")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("claim_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_step_claim_id"), ["claim_id"], unique=False)

    op.create_table(
        "interpreter_duty",
        sa.Column("interpretation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interpretation_id"],
            ["interpretation.id"],
            name=op.f("fk_interpreter_duty_interpretation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_interpreter_duty_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interpreter_duty")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("interpreter_duty", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_interpreter_duty_interpretation_id"), ["interpretation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_interpreter_duty_person_id"), ["person_id"], unique=False
        )

    create_search()


def create_search() -> None:
    """The index of word beginnings over ``person.search``, as each engine has it."""
    statements = SERVER_SEARCH if op.get_bind().dialect.name == "postgresql" else FILE_SEARCH
    for statement in statements:
        op.execute(statement)


# the words of person.search are already folded and parted by single spaces
SERVER_SEARCH = (
    "CREATE INDEX ix_person_search ON person USING gin"
    " (array_to_tsvector(array_remove(string_to_array(search, ' '), '')))",
)
FILE_SEARCH = (
    "CREATE VIRTUAL TABLE person_search USING fts5("
    "search, content='person', content_rowid='id', prefix='1 2 3',"
    " tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* Co'\")",
    "INSERT INTO person_search(person_search, rank) VALUES('secure-delete', 1)",
    "CREATE TRIGGER person_search_insert AFTER INSERT ON person BEGIN"
    " INSERT INTO person_search(rowid, search) VALUES (new.id, new.search); END",
    "CREATE TRIGGER person_search_delete AFTER DELETE ON person BEGIN"
    " INSERT INTO person_search(person_search, rowid, search)"
    " VALUES ('delete', old.id, old.search); END",
    "CREATE TRIGGER person_search_update AFTER UPDATE OF search ON person BEGIN"
    " INSERT INTO person_search(person_search, rowid, search)"
    " VALUES ('delete', old.id, old.search);"
    " INSERT INTO person_search(rowid, search) VALUES (new.id, new.search); END",
)
