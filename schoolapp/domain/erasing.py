"""What erasing a person does to every table: which rows go, which stay without a name, and why.

``PLANS`` names each table and each of its texts, so that a test can tell what was forgotten when a
table or a column is added. Four kinds of columns:

- ``own``: tells of the person whose row it is, and is emptied where the row stays;
- ``told``: words in which anybody's name may stand, from which the name is taken out;
- ``free``: codes, states and tags, which tell nothing of a person;
- ``refers``: names a person in a row that is not theirs, and then names nobody known.
"""

import datetime as dt
import enum
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from schoolapp.base.language import mark
from schoolapp.domain.reading_cells.dates import age_on


class Outcome(enum.StrEnum):
    """What becomes of the rows of a person in a table."""

    GOES = "goes"
    STAYS = "stays"
    NOBODYS = "nobodys"


@dataclass(frozen=True, slots=True)
class Plan:
    """A table: the fate of a person's rows, and what is done with its columns.

    ``by`` are the references that make a row the person's: to the person, or to a row of theirs.
    """

    table: str
    outcome: Outcome
    by: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    refers: tuple[str, ...] = ()


def _plan(outcome: Outcome, table: str, by: str = "", **columns: str) -> Plan:
    split = {name: tuple(text.split()) for name, text in columns.items()}
    return Plan(table, outcome, tuple(by.split()), **split)


def _goes(table: str, by: str, **columns: str) -> Plan:
    return _plan(Outcome.GOES, table, by, **columns)


def _stays(table: str, by: str, **columns: str) -> Plan:
    return _plan(Outcome.STAYS, table, by, **columns)


def _nobodys(table: str, **columns: str) -> Plan:
    return _plan(Outcome.NOBODYS, table, **columns)


_STEP = "state by step from_state"
_MONEY = "amount_currency paid_as_currency rate rate_source"

PLANS: Mapping[str, Plan] = {
    plan.table: plan
    for plan in (
        _stays(
            "person",
            "",
            own="uid code display_name given family name_order native_name native_script"
            " passport_name sort_name born nationality origin home_tz home_currency mother_tongue"
            " email phone emergency_contact note badge_name blanks search pronouns",
            free="country fee_band born_partly",
            refers="merged_into_id",
        ),
        _goes("person_address", "person_id", own="address"),
        _goes("person_language", "person_id", own="lang level"),
        _goes("two_people", "one_id other_id"),
        _goes("calendar_feed", "person_id", own="token"),
        _goes("busy_time", "person_id", own="source"),
        _goes("delegation_coordinator", "person_id"),
        # asking to come
        _stays(
            "application",
            "person_id",
            own="uid motivation_lang motivation endorsed_by note source_file source_row raw issues",
            told="motivation endorsed_by note",
            free="code asked_travel_currency module_codes answer_due endorsed_on",
        ),
        _stays("application_step", "application_id", own="reason", told="reason", free=_STEP),
        _goes("pending_decision", "application_id", own="reason", told="reason", free="by"),
        _goes("score", "application_id", free="by"),
        _stays("place_offer", "application_id"),
        # being there
        _stays(
            "participation",
            "person_id",
            own="diet access note parental_consent sleeping guardian_id",
            told="note",
            free="role state language_group fee_currency blanks",
            refers="guardian_id",
        ),
        _stays("stay", "participation_id"),
        _stays("module_attended", "participation_id"),
        _stays("day_presence", "participation_id", free="date"),
        _stays("attendance_mark", "participation_id", free="method"),
        _goes("badge", "participation_id", own="code"),
        _goes(
            "arrival",
            "participation_id",
            own="reason left_reason",
            told="reason left_reason",
            free="came_by left_by",
        ),
        _goes("arrival_item", "arrival_id", own="detail", told="detail", free="item"),
        _goes("scan", "participation_id", free="kind desk"),
        _goes("register_change", "participation_id", own="reason", told="reason",
              free="what by old new"),
        _goes("paper_received", "participation_id", own="paper on"),
        _goes("parent", "participation_id", own="name contact signed_on allows"),
        _goes(
            "visa_letter",
            "person_id",
            own="name starts ends address payer_name consulate born nationality passport_number",
            free="series language issued_by",
        ),
        _stays("certificate", "person_uid", own="person_uid native_name signed",
               free="gathering_code language"),
        # working there
        _stays("engagement", "person_id", own="also", told="also",
               free="list_name role floor_language a_language booth blanks"),
        _stays("speaker", "person_id"),
        _stays("interpreter_duty", "person_id"),
        # what was sent and answered
        _goes("mail", "person_id", own="address subject text message_id tells",
              told="subject text tells", free="occasion language"),
        _goes("mail_part", "mail_id", own="name packed", told="name", free="media_type method"),
        _goes("mail_step", "mail_id", own="reason", told="reason", free=_STEP),
        _goes("invite", "person_id", own="told address error comment", told="comment",
              free="method sent"),
        _goes("gathering_invite", "person_id", own="told address error comment", told="comment",
              free="method sent"),
        _goes(
            "held_reply",
            "person_id",
            own="digest file uid attendee values comment",
            told="file attendee values comment",
            free="method why participation",
        ),
        # money, which the books keep
        _stays("payment", "person_id", own="reference", told="reference",
               free=f"code date method rate_date {_MONEY}"),
        _stays("allocation", "person_id"),
        _stays("subsidy", "person_id", own="note", told="note", refers="decided_by_id",
               free="code requested_currency granted_currency imported_state blanks"),
        _stays("subsidy_step", "subsidy_id", own="reason", told="reason", free=_STEP),
        _stays("subsidy_part", "subsidy_id", free="kind amount_currency"),
        _stays("subsidy_payment", "subsidy_id",
               free=f"kind rate_base rate_date state blanks {_MONEY}"),
        _stays("travel_claim", "person_id",
               free="code claimed_currency approved_currency cap_currency"),
        _stays("claim_line", "claim_id", told="what",
               free="date paid_currency value_currency blanks"),
        _stays("claim_step", "claim_id", own="reason", told="reason", free=_STEP),
        _stays("gift", "person_id", own="note", told="note",
               free="code amount_currency value_currency date method platform_fee_currency blanks"),
        _stays("gift_step", "gift_id", own="reason", told="reason", free=_STEP),
        # what is nobody's, where a name may stand in the words
        _nobodys(
            "gathering",
            told="titles venue_note contact_name contact_address remarks",
            free="uid code host_centre country tz start_date end_date currency working_languages"
            " venue_name venue_city coordinates deposit_currency camp_currency package_name"
            " table_prefix blanks age_reference_date",
        ),
        _nobodys("gathering_step", told="reason", free=_STEP),
        _nobodys(
            "delegation",
            free="code name iso_country origin fee_band due_currency home_currency",
            refers="leader_id",
        ),
        _nobodys("delegation_step", told="reason", free=_STEP),
        _nobodys(
            "session",
            told="title",
            free="uid tz floor_language languages audience series reading_gap online_link blanks",
        ),
        _nobodys("session_step", told="reason", free=_STEP),
        _nobodys("session_group", free="language"),
        _nobodys("programme_change", told="was now warning", free="change ics_method"),
        _nobodys("blocked_time", told="why", free="date"),
        _nobodys("rota_task", told="task", free="date blanks"),
        _nobodys("bedroom", free="code designation"),
        _nobodys("letter_template", told="subject text", free="language"),
        _nobodys("report_template", told="name", free="kind columns filters format language"),
        _nobodys("import_form", told="file", free="headings mapping"),
        _nobodys("campaign", told="title source note",
                 free="code kind goal_currency reward_threshold_currency reward_item earmark"
                 " method blanks"),
        _nobodys("publication", told="title aim", free="code replaces stages blanks"),
        _nobodys("publication_part", told="name texts"),
        # what is nobody's; an author is named by a book, and an account is a desk's
        _nobodys("edition", free="code author title lang direction kind confidence topics pages"
                 " web_address search"),
        _nobodys("reading_step", told="reason", free=_STEP),
        _nobodys("reading_assignment", free="pages"),
        _nobodys("work", free="code"),
        _nobodys("calendar_collection", free="address user language"),
        _nobodys("mailbox_mark", free="server user folder"),
        _nobodys("pushed_session", free="uid href etag digest pending"),
        _nobodys("register", free="closed_by"),
        _nobodys("interpretation", free="source target relay_via"),
        _nobodys("letter_series", free="name"),
        _nobodys("signing_key", free="private public"),
        _nobodys("visa_rule", free="country nationality consulate language"),
        _nobodys("arrival_check", free="item"),
        _nobodys("asked_paper", free="paper"),
        _nobodys("deadline", free="name date"),
        _nobodys("free_day", free="date"),
        _nobodys("fund", free="name currency income_currency allocated_currency"),
        _nobodys("module", free="code title start end"),
        _nobodys("price", free="band price_currency"),
        _nobodys("room", free="code name coordinates"),
        _nobodys("score_scale", free="name anchors"),
        _nobodys("selection_rules"),
        _nobodys("selection_target", free="group"),
        _nobodys("team", free="code"),
        _nobodys("delegation_quota"),
        # the journal: its values are emptied as the rows are, its titles have the name taken out
        _nobodys("journal_step", told="title", free="actor kind"),
        _nobodys("journal_change", told="before after", free="kind table_name key"),
    )
}  # fmt: skip

GROUPS: tuple[tuple[str, Outcome, tuple[str, ...]], ...] = (
    (mark("Names, addresses, languages, notes"), Outcome.GOES,
     ("person", "person_address", "person_language", "calendar_feed", "busy_time")),
    (mark("What was written in applications, and the rows they came from"), Outcome.GOES,
     ("application", "score", "pending_decision")),
    (mark("Mails, letters, invitations and answers"), Outcome.GOES,
     ("mail", "invite", "gathering_invite", "held_reply")),
    (mark("Badges, arrivals, scans, corrections of registers"), Outcome.GOES,
     ("badge", "arrival", "scan", "register_change")),
    (mark("Visa letters, papers, consent, names of parents"), Outcome.GOES,
     ("visa_letter", "paper_received", "parent")),
    (mark("Name and text of certificates; their numbers stay taken"), Outcome.GOES,
     ("certificate",)),
    (mark("Presence and stays, which funders were told as numbers"), Outcome.STAYS,
     ("participation", "stay", "attendance_mark", "day_presence")),
    (mark("Decisions on applications, as numbers"), Outcome.STAYS, ("application_step",)),
    (mark("Payments, subsidies, claims and gifts, which the books must keep"), Outcome.STAYS,
     ("payment", "subsidy", "travel_claim", "gift")),
    (mark("Work in the programme, so that it stays whole"), Outcome.STAYS,
     ("speaker", "interpreter_duty", "engagement")),
)  # fmt: skip
"""What a person who erases somebody is told: in words, what becomes of it, of which tables."""


def statistical_birth(born: dt.date, days: Collection[dt.date]) -> dt.date:
    """A birth date that gives the same age on each of these days, and tells as little as it can.

    The first or the last day of the year, else the first of the month.
    """
    coarse = (dt.date(born.year, 1, 1), dt.date(born.year, 12, 31), born.replace(day=1))
    ages = [age_on(born, day) for day in days]
    return next(
        (one for one in coarse[:2] if [age_on(one, day) for day in days] == ages), coarse[2]
    )


def statistical_pronouns(pronouns: str | None) -> str | None:
    """What the counts by gender need of the pronouns: words of somebody's own would tell who."""
    return pronouns if pronouns in (None, "", "she", "he") else "they"
