"""All tables: the first revision, with what was there before anything was released.

It stands alone and is never edited: what the entities say today may change, this may not.

Revision ID: 0003
Revises: nothing
"""

from collections.abc import Iterable
from functools import partial
from typing import TypeVar

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine

revision = "0003"
down_revision = None
branch_labels = None
depends_on = None

TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")
VALUES = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
TABLES = sa.MetaData(naming_convention=NAMES)
T = TypeVar("T")


def upgrade() -> None:
    TABLES.create_all(op.get_bind(), checkfirst=False)
    for statement in SERVER_SEARCH if op.get_bind().dialect.name == "postgresql" else FILE_SEARCH:
        op.execute(statement)


def columns(
    kind: TypeEngine[T], names: str, *, null: bool = False, index: bool = False
) -> list[SchemaItem]:
    """Columns of one type, their names with spaces between; a value is needed unless ``null``."""
    return [sa.Column(name, kind, nullable=null, index=index) for name in names.split()]


text = partial(columns, TEXT)  # sorts by code point on every engine
plain = partial(columns, sa.String())  # sorts as the server's language does
values = partial(columns, VALUES)
state = partial(columns, sa.String(40))
number = partial(columns, sa.Integer())
large = partial(columns, sa.BigInteger())
flag = partial(columns, sa.Boolean())
day = partial(columns, sa.Date())
time = partial(columns, sa.Time())
moment = partial(columns, sa.DateTime())


def short(length: int, name: str, *, null: bool = False) -> list[SchemaItem]:
    """A text of at most this many characters."""
    return columns(sa.String(length), name, null=null)


def money(name: str, *, null: bool = False) -> list[SchemaItem]:
    """An amount: minor units and currency."""
    return [*large(f"{name}_minor", null=null), *short(3, f"{name}_currency", null=null)]


def key() -> list[SchemaItem]:
    """The number of a row."""
    return [sa.Column("id", sa.Integer(), primary_key=True)]


def versioned() -> list[SchemaItem]:
    """The version and the number of a row."""
    return [*number("version"), *key()]


def link(
    name: str,
    target: str = "",
    *,
    null: bool = False,
    index: bool = True,
    part_of_key: bool = False,
) -> list[SchemaItem]:
    """A reference; without a ``target`` to the table that its name says."""
    refers = sa.ForeignKey(f"{target or name.removesuffix('_id')}.id")
    return [
        sa.Column(name, sa.Integer(), refers, primary_key=part_of_key, nullable=null, index=index)
    ]


def unique(names: str) -> list[SchemaItem]:
    """Columns whose values together stand in one row only."""
    return [sa.UniqueConstraint(*names.split())]


def table(name: str, *groups: Iterable[SchemaItem]) -> None:
    """A table whose numbers are never given again."""
    items = [item for group in groups for item in group]
    sa.Table(name, TABLES, *items, sqlite_autoincrement=True)


def natural(name: str, *groups: Iterable[SchemaItem]) -> None:
    """A table without numbers, whose rows stand in the order of their key."""
    items = [item for group in groups for item in group]
    sa.Table(name, TABLES, *items, sqlite_with_rowid=False)


def steps(name: str, *owner: Iterable[SchemaItem]) -> None:
    """The steps that a workflow has taken."""
    table(
        name, *owner, number("position"), state("state"), moment("at"), short(80, "by"),
        state("step from_state", null=True), short(1000, "reason", null=True), key(),
    )  # fmt: skip


# fmt: off
table("certificate",
    number("number"),
    text("gathering_code person_uid native_name language signed"),
    key(),
    unique("gathering_code person_uid"),
    unique("number"))
table("gathering",
    text("uid code"),
    state("kind"),
    values("titles"),
    text("host_centre", null=True),
    text("country tz"),
    day("start_date end_date"),
    number("capacity"),
    text("currency"),
    values("working_languages"),
    state("state"),
    text("venue_name venue_city"),
    text("venue_note contact_name contact_address", null=True),
    money("deposit", null=True),
    number("age_from age_to", null=True),
    values("camp_currency", null=True),
    values("remarks"),
    text("package_name table_prefix", null=True),
    values("blanks"),
    versioned(),
    text("coordinates", null=True),
    day("age_reference_date", null=True),
    number("minors_per_adult", null=True),
    unique("code"),
    unique("uid"))
table("import_form", text("file"), values("headings mapping"), key())
table("journal_step",
    key(),
    plain("title actor"),
    moment("at"),
    short(10, "kind"),
    link("undoes", "journal_step", null=True, index=False),
    flag("final"),
    unique("undoes"))
table("letter_series", text("name"), number("last"), key(), unique("name"))
table("mailbox_mark",
    text("server user folder"),
    large("validity last_uid"),
    key(),
    unique("server user folder"))
table("person",
    text("uid code display_name"),
    text("given family", null=True),
    state("name_order"),
    text("native_name native_script passport_name", null=True),
    text("sort_name", index=True),
    text("pronouns", null=True),
    day("born", null=True),
    text("country origin home_tz home_currency fee_band mother_tongue", null=True),
    text("email phone emergency_contact note", null=True),
    values("blanks"),
    text("search"),
    link("merged_into_id", "person", null=True),
    versioned(),
    text("born_partly nationality badge_name", null=True),
    moment("erased_at", null=True),
    unique("code"),
    unique("uid"))
table("publication",
    text("code title"),
    text("replaces aim", null=True),
    values("stages blanks"),
    versioned(),
    unique("code"))
table("report_template",
    text("name kind"),
    values("columns filters"),
    text("format language"),
    versioned(),
    unique("name"))
table("signing_key", text("private public"), moment("made_at"), key(), unique("public"))
table("visa_rule",
    text("country nationality"),
    flag("needed"),
    number("working_days", null=True),
    text("consulate language", null=True),
    versioned(),
    unique("country nationality"))
table("work", text("code"), versioned(), unique("code"))
table("arrival_check",
    link("gathering_id"),
    text("item"),
    number("position"),
    key(),
    unique("gathering_id item"))
table("asked_paper",
    link("gathering_id"),
    text("paper"),
    number("position"),
    key(),
    unique("gathering_id paper"))
table("bedroom",
    link("gathering_id"),
    text("code"),
    number("beds"),
    text("designation"),
    number("position"),
    versioned(),
    unique("gathering_id code"))
table("blocked_time",
    link("gathering_id"),
    day("date"),
    time("start end"),
    text("why"),
    number("position"),
    key())
table("calendar_collection",
    link("gathering_id"),
    text("address user"),
    moment("used"),
    text("language", null=True),
    versioned(),
    unique("gathering_id address"))
table("calendar_feed",
    link("gathering_id"),
    link("person_id"),
    text("token"),
    key(),
    unique("gathering_id person_id"),
    unique("token"))
table("campaign",
    text("code kind title"),
    money("goal", null=True),
    money("reward_threshold", null=True),
    text("reward_item", null=True),
    link("publication_id", null=True),
    text("earmark method source note", null=True),
    values("blanks"),
    number("position"),
    versioned(),
    unique("code"))
table("deadline",
    link("gathering_id"),
    text("name"),
    day("date"),
    number("position"),
    key(),
    unique("gathering_id name"))
table("delegation",
    link("gathering_id"),
    text("code name"),
    text("iso_country origin", null=True),
    link("leader_id", "person"),
    number("announced confirmed"),
    text("fee_band", null=True),
    money("due", null=True),
    text("home_currency", null=True),
    state("state"),
    number("position"),
    versioned(),
    unique("gathering_id code"))
table("edition",
    text("code"),
    link("work_id"),
    text("author title"),
    number("year", null=True),
    text("lang direction kind"),
    state("rights"),
    text("confidence topics"),
    text("pages web_address", null=True),
    state("state"),
    text("search"),
    number("position"),
    versioned(),
    unique("code"))
table("engagement",
    link("gathering_id"),
    link("person_id"),
    text("list_name role"),
    text("floor_language a_language booth also", null=True),
    values("blanks"),
    number("position"),
    key())
table("free_day", link("gathering_id"), day("date"), number("position"), key())
table("fund",
    link("gathering_id"),
    text("name currency"),
    money("income", null=True),
    money("allocated", null=True),
    versioned())
table("gathering_invite",
    link("gathering_id"),
    link("person_id"),
    number("sequence"),
    text("method"),
    state("partstat"),
    text("sent"),
    text("told", null=True),
    moment("stamp", null=True),
    text("address error", null=True),
    moment("answered", null=True),
    text("comment", null=True),
    key(),
    unique("gathering_id person_id"))
steps("gathering_step", link("gathering_id"))
table("journal_change",
    key(),
    link("step_id", "journal_step"),
    short(10, "kind"),
    short(60, "table_name"),
    values("key"),
    values("before after", null=True))
table("letter_template",
    link("gathering_id"),
    state("occasion"),
    text("language subject text"),
    versioned(),
    unique("gathering_id occasion language"))
table("mail",
    text("occasion language"),
    text("address", index=True),
    text("subject text message_id"),
    link("gathering_id", null=True),
    link("person_id", null=True),
    state("state", index=True),
    values("tells"),
    moment("hold_until retry_at", null=True),
    number("attempts"),
    versioned(),
    unique("message_id"))
table("module",
    link("gathering_id"),
    text("code title"),
    day("start end"),
    number("position"),
    versioned(),
    unique("gathering_id code"))
table("person_address", link("person_id"), text("address"), number("position"), key())
table("person_language",
    link("person_id", index=False),
    text("lang level"),
    number("position"),
    key(),
    [sa.Index("ix_person_language_in_order", "person_id", "position", "lang")])
table("price",
    link("gathering_id"),
    text("band"),
    money("price"),
    number("position"),
    key(),
    unique("gathering_id band"))
table("publication_part",
    link("publication_id"),
    text("name"),
    values("texts"),
    number("position"),
    key())
table("room",
    link("gathering_id"),
    text("code name"),
    number("seats", null=True),
    number("booths"),
    number("divisible", null=True),
    number("position"),
    versioned(),
    text("coordinates", null=True),
    unique("gathering_id code"))
table("score_scale",
    link("gathering_id"),
    text("name"),
    values("anchors"),
    number("position"),
    versioned())
table("selection_rules",
    link("gathering_id"),
    state("policy"),
    number("offer_days"),
    flag("endorsement"),
    versioned(),
    unique("gathering_id"))
table("selection_target",
    link("gathering_id"),
    state("side"),
    text("group"),
    state("measure"),
    number("number position"),
    versioned())
table("team",
    link("gathering_id"),
    text("code"),
    number("position"),
    key(),
    unique("gathering_id code"))
table("two_people",
    link("one_id", "person"),
    link("other_id", "person"),
    key(),
    unique("one_id other_id"))
table("visa_letter",
    link("gathering_id"),
    link("person_id"),
    text("series"),
    number("serial revision"),
    text("language name"),
    day("starts ends"),
    text("address"),
    state("payer"),
    text("payer_name consulate"),
    day("born", null=True),
    text("nationality", null=True),
    text("passport_number"),
    moment("issued_at"),
    text("issued_by"),
    key(),
    unique("series serial revision"))
table("application",
    text("uid code"),
    link("gathering_id"),
    link("person_id"),
    state("state"),
    text("motivation_lang motivation", null=True),
    flag("needs_visa asks_subsidy", null=True),
    money("asked_travel", null=True),
    values("module_codes"),
    number("waiting_rank", null=True),
    link("delegation_id", null=True),
    text("note source_file", null=True),
    number("source_row", null=True),
    values("raw", null=True),
    values("issues"),
    number("position"),
    versioned(),
    day("answer_due", null=True),
    text("endorsed_by", null=True),
    day("endorsed_on", null=True),
    unique("gathering_id code"),
    unique("uid"))
table("busy_time",
    link("person_id", null=True),
    link("room_id", null=True),
    moment("start_utc", index=True),
    moment("end_utc"),
    text("source"),
    key(),
    [sa.CheckConstraint("(person_id IS NULL) <> (room_id IS NULL)", name="one_owner")])
table("delegation_coordinator", link("delegation_id"), link("person_id"), number("position"), key())
table("delegation_quota",
    link("delegation_id"),
    state("kind"),
    number("number"),
    number("age", null=True),
    key(),
    unique("delegation_id kind"))
steps("delegation_step", link("delegation_id"))
table("gift",
    text("code"),
    link("campaign_id"),
    link("person_id", null=True),
    flag("anonymous"),
    money("amount"),
    money("value"),
    day("date"),
    text("method"),
    state("state"),
    money("platform_fee", null=True),
    text("note", null=True),
    values("blanks"),
    number("position"),
    versioned(),
    unique("code"))
table("mail_part",
    link("mail_id"),
    text("name media_type packed"),
    text("method", null=True),
    number("position"),
    key())
steps("mail_step", link("mail_id"))
table("participation",
    link("gathering_id"),
    link("person_id"),
    text("role state"),
    text("language_group", null=True),
    link("team_id", null=True),
    link("bedroom_id", null=True),
    link("delegation_id", null=True),
    link("guardian_id", "person", null=True),
    money("fee", null=True),
    text("diet access note", null=True),
    flag("minor_at_start", null=True),
    text("parental_consent sleeping", null=True),
    flag("first_time", null=True),
    values("blanks"),
    number("position"),
    versioned(),
    flag("needs_visa", null=True),
    unique("gathering_id person_id"))
table("payment",
    link("gathering_id"),
    text("code"),
    link("delegation_id", null=True),
    link("person_id", null=True),
    day("date"),
    text("method"),
    money("amount"),
    money("paid_as", null=True),
    state("rate", null=True),
    day("rate_date", null=True),
    text("rate_source", null=True),
    text("reference"),
    number("position"),
    versioned(),
    unique("gathering_id code"))
table("pushed_session",
    link("collection_id", "calendar_collection"),
    text("uid href"),
    text("etag", null=True),
    text("digest pending"),
    flag("theirs"),
    key(),
    unique("collection_id uid"))
steps("reading_step", link("edition_id"))
table("rota_task",
    link("gathering_id"),
    day("date"),
    text("task"),
    link("team_id", null=True),
    link("delegation_id", null=True),
    flag("by_volunteers"),
    number("people", null=True),
    flag("staffed_by_volunteers", null=True),
    values("blanks"),
    number("position"),
    key())
table("session",
    text("uid"),
    link("gathering_id"),
    number("no"),
    state("kind"),
    text("title"),
    moment("start_local end_local"),
    text("tz"),
    number("fold_start fold_end"),
    moment("start_utc", index=True),
    moment("end_utc"),
    link("room_id", null=True),
    link("module_id", null=True),
    text("floor_language"),
    values("languages"),
    text("audience"),
    text("series", null=True),
    number("sequence"),
    state("state"),
    flag("register register_lost"),
    number("invited", null=True),
    flag("public", null=True),
    values("reading_gap", null=True),
    text("online_link", null=True),
    moment("created_at changed_at"),
    values("blanks"),
    number("position"),
    versioned(),
    unique("gathering_id no"),
    unique("uid"))
table("subsidy",
    text("code"),
    link("gathering_id"),
    link("person_id"),
    link("fund_id"),
    state("state"),
    money("requested", null=True),
    money("granted", null=True),
    link("decided_by_id", "person", null=True),
    text("imported_state note", null=True),
    values("blanks"),
    number("position"),
    versioned(),
    unique("gathering_id code"))
table("allocation", link("payment_id"), link("person_id"), number("position"), key())
steps("application_step", link("application_id"))
table("arrival",
    link("participation_id"),
    moment("came_at"),
    text("came_by"),
    text("reason", null=True),
    moment("left_at", null=True),
    text("left_by left_reason", null=True),
    key())
natural("attendance_mark",
    link("session_id", part_of_key=True, index=False),
    link("participation_id", part_of_key=True),
    state("status"),
    moment("check_in check_out", null=True),
    number("minutes"),
    text("method"))
table("badge",
    link("participation_id"),
    text("code"),
    moment("given_at"),
    moment("lost_at", null=True),
    key(),
    unique("code"))
natural("day_presence",
    link("participation_id", part_of_key=True, index=False),
    [sa.Column("date", sa.Date(), primary_key=True)],
    flag("on_site"))
steps("gift_step", link("gift_id"))
table("held_reply",
    text("digest file method uid attendee why"),
    values("values"),
    text("participation comment", null=True),
    moment("stamp", null=True),
    moment("received"),
    link("session_id", null=True),
    link("gathering_id", null=True),
    link("person_id", null=True),
    state("state"),
    versioned(),
    unique("digest"))
table("interpretation",
    link("session_id"),
    text("source target"),
    state("mode"),
    text("relay_via", null=True),
    number("position"),
    key())
table("invite",
    link("session_id"),
    link("person_id"),
    number("sequence"),
    text("method"),
    state("partstat"),
    text("sent"),
    key(),
    flag("beyond_stay", null=True),
    text("told", null=True),
    moment("stamp", null=True),
    text("address error", null=True),
    moment("answered", null=True),
    text("comment", null=True),
    unique("session_id person_id"))
table("module_attended",
    link("participation_id"),
    link("module_id"),
    number("position"),
    key(),
    unique("participation_id module_id"))
table("paper_received",
    link("participation_id"),
    text("paper"),
    day("on"),
    key(),
    unique("participation_id paper"))
table("parent",
    link("participation_id"),
    text("name contact"),
    day("signed_on", null=True),
    text("allows"),
    key())
table("pending_decision",
    link("gathering_id"),
    link("application_id"),
    state("decision"),
    text("reason", null=True),
    text("by"),
    moment("at"),
    key(),
    unique("application_id"))
table("place_offer",
    link("gathering_id"),
    link("application_id"),
    moment("due"),
    state("ended", null=True),
    key())
table("programme_change",
    link("gathering_id"),
    link("session_id"),
    text("change"),
    moment("at"),
    text("ics_method"),
    number("sequence"),
    text("was now warning", null=True),
    number("position"),
    key())
table("reading_assignment",
    link("session_id"),
    link("edition_id"),
    flag("required"),
    number("order_no"),
    text("pages", null=True),
    key())
natural("register",
    link("session_id", part_of_key=True, index=False),
    moment("closed_at", null=True),
    text("closed_by", null=True),
    number("head_count", null=True))
table("register_change",
    link("session_id"),
    link("participation_id", null=True),
    text("what"),
    moment("at"),
    text("by"),
    text("old new reason", null=True),
    key())
table("scan", link("session_id"), link("participation_id"), moment("at"), text("kind desk"), key())
table("score",
    link("application_id"),
    link("scale_id", "score_scale"),
    text("by"),
    number("points"),
    moment("at"),
    key(),
    unique("application_id scale_id by"))
table("session_group",
    link("session_id"),
    text("language", null=True),
    link("delegation_id", null=True),
    link("room_id"),
    number("position"),
    key())
steps("session_step", link("session_id"))
table("speaker",
    link("session_id"),
    link("person_id"),
    number("position"),
    key(),
    moment("since", null=True),
    unique("session_id person_id"))
table("stay", link("participation_id"), moment("arrival departure"), key())
table("subsidy_part", link("subsidy_id"), text("kind"), money("amount"), number("position"), key())
table("subsidy_payment",
    link("subsidy_id"),
    text("kind"),
    money("amount"),
    money("paid_as", null=True),
    state("rate", null=True),
    text("rate_base", null=True),
    day("rate_date", null=True),
    text("rate_source", null=True),
    flag("signed_receipt", null=True),
    text("state", null=True),
    values("blanks"),
    number("position"),
    key())
steps("subsidy_step", link("subsidy_id"))
table("travel_claim",
    text("code"),
    link("gathering_id"),
    link("person_id"),
    link("subsidy_id"),
    state("state"),
    money("claimed", null=True),
    money("approved", null=True),
    money("cap", null=True),
    number("position"),
    versioned(),
    unique("gathering_id code"))
table("arrival_item",
    link("arrival_id"),
    text("item"),
    text("detail", null=True),
    moment("returned_at", null=True),
    key(),
    unique("arrival_id item"))
table("claim_line",
    link("claim_id", "travel_claim"),
    text("what"),
    day("date"),
    money("paid"),
    money("value"),
    flag("receipt"),
    flag("boarding_pass", null=True),
    flag("rejected"),
    values("blanks"),
    number("position"),
    key())
steps("claim_step", link("claim_id", "travel_claim"))
table("interpreter_duty",
    link("interpretation_id"),
    link("person_id"),
    number("position"),
    key(),
    moment("since", null=True))
# fmt: on

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
