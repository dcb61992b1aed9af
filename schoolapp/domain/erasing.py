"""What erasing a person does to every table: which rows go, which stay without a name, and why.

The plans follow from the marks at the columns (``domain.data_map``). Example: of a participation,
whose row stays, ``diet`` is emptied because it is about health, ``note`` is emptied because it is
words, and ``state`` stays because it is counted. In a session, which is about nobody, the name is
only taken out of the ``title``.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Column, Table

from schoolapp.base.language import mark
from schoolapp.domain.data_map import Erased, Outcome, mark_of, row_of
from schoolapp.domain.genders import GENDERS
from schoolapp.domain.reading_cells.dates import age_on

PERSON = "person"


@dataclass(frozen=True, slots=True)
class Plan:
    """A table: what becomes of a person's rows, and what is done with its columns.

    ``by`` are the references that make a row the person's: to the person, or to a row of theirs.
    ``own`` is about the person whose row it is, and is emptied where the row stays; out of
    ``texts`` the name is taken, whichever person the row is about; ``doers`` follow a new short
    name; ``refers`` names a person in a row that is not theirs, and then names nobody known. The
    rest stays as it is.
    """

    table: str
    outcome: Outcome
    by: tuple[str, ...]
    own: tuple[str, ...]
    texts: tuple[str, ...]
    doers: tuple[str, ...]
    refers: tuple[str, ...]


def plans_of(tables: Iterable[Table]) -> dict[str, Plan]:
    """The plan of each table."""
    return {table.name: plan_of(table) for table in tables}


def plan_of(table: Table) -> Plan:
    """What follows from the marks of a table's columns."""
    outcome = _outcome(table)
    plain = [column for column in table.c if not column.foreign_keys]
    nobodys = outcome is Outcome.NOBODYS
    return Plan(
        table.name,
        outcome,
        by=_named(column for column in table.c if row_of(column)),
        own=_marked(table.c, Erased.EMPTIED, *(() if nobodys else (Erased.WORDS,))),
        texts=_marked(plain, Erased.WORDS, Erased.NAMES_OUT),
        doers=_marked(plain, Erased.RENAMED),
        refers=_named(column for column in table.c if _is_person(column) and not row_of(column)),
    )


def _outcome(table: Table) -> Outcome:
    """A row is about nobody unless a column names a person; a person's own stays for the counts."""
    found = {row for column in table.c if (row := row_of(column))}
    if not found:
        return Outcome.STAYS if table.name == PERSON else Outcome.NOBODYS
    (outcome,) = found
    return outcome


def _is_person(column: Column[object]) -> bool:
    return any(key.target_fullname == f"{PERSON}.id" for key in column.foreign_keys)


def _marked(columns: Iterable[Column[object]], *wanted: Erased) -> tuple[str, ...]:
    return _named(column for column in columns if mark_of(column).erased in wanted)


def _named(columns: Iterable[Column[object]]) -> tuple[str, ...]:
    return tuple(column.name for column in columns)


GROUPS: tuple[tuple[str, Outcome, tuple[str, ...]], ...] = (
    (mark("Names, addresses, languages, notes"), Outcome.GOES,
     ("person", "person_address", "person_language", "calendar_feed", "busy_time")),
    (mark("What was written in applications, and the rows they came from"), Outcome.GOES,
     ("application", "application_answer", "application_doubt", "score", "pending_decision")),
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
"""What is shown before a person is erased: in words, the outcome, for which tables."""


def statistical_birth(born: dt.date, days: Collection[dt.date]) -> dt.date:
    """A birth date that gives the same age on each of these days, and says as little as it can.

    The first or the last day of the year, else the first of the month.
    """
    coarse = (dt.date(born.year, 1, 1), dt.date(born.year, 12, 31), born.replace(day=1))
    ages = [age_on(born, day) for day in days]
    return next(
        (one for one in coarse[:2] if [age_on(one, day) for day in days] == ages), coarse[2]
    )


def statistical_gender(gender: str | None) -> str | None:
    """What the counts by gender need: a word of somebody's own would identify them."""
    return gender if not gender or gender in GENDERS else "other"


def statistical_pronouns(pronouns: str | None) -> str | None:
    """Pronouns that say no more than the usual ones: somebody's own would identify them."""
    return pronouns if pronouns in (None, "", "she", "he") else "they"
