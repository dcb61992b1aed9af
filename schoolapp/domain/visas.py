"""Visas: who needs one, how many days are left, and numbered letters of invitation."""

import datetime as dt
import enum
from collections.abc import Iterable

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.domain.base import AUTOINCREMENT, Base, Keyed, UtcMoment, Versioned, link
from schoolapp.domain.data_map import GOES, Counted, Doer, Plain, Travel
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken

WORKING_DAYS = 15
"""How long a consulate is taken to need where the table says nothing: the usual Schengen time
(Regulation (EC) 810/2009, Article 23: 15 days), counted as working days to be on the safe side."""
FREE = frozenset(
    {"AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
     "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"}
)  # fmt: skip
"""Countries whose people move freely among them (EU, EEA, Switzerland)."""


class Need(enum.StrEnum):
    """Whether somebody needs a visa."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Payer(enum.StrEnum):
    """Who pays for travel, lodging and meals."""

    HOST = "host"
    SHARED = "shared"
    SELF = "self"
    OTHER = "other"


class VisaRule(Versioned, Base):
    """What people of a nationality need in a country, and their consulate.

    ``working_days`` is how long the consulate takes, ``language`` what it reads, if it matters.
    """

    __tablename__ = "visa_rule"
    __table_args__ = (UniqueConstraint("country", "nationality"), AUTOINCREMENT)
    country: Mapped[Plain[str]]
    nationality: Mapped[Plain[str]]
    needed: Mapped[Plain[bool]]
    working_days: Mapped[Plain[int | None]] = mapped_column(default=None)
    consulate: Mapped[Plain[str | None]] = mapped_column(default=None)
    language: Mapped[Plain[str | None]] = mapped_column(default=None)


class LetterSeries(Keyed, Base):
    """The last number that a centre gave in a year; it only grows, so that none comes back."""

    __tablename__ = "letter_series"
    name: Mapped[Plain[str]] = mapped_column(unique=True)
    last: Mapped[Plain[int]] = mapped_column(default=0)


class VisaLetter(Keyed, Base):
    """A letter of invitation as it was issued; never changed, a correction is a new revision.

    ``host`` is the institute that invites, with its postal address and, as ``contact``, the address
    for questions, as they were then.
    """

    __tablename__ = "visa_letter"
    __table_args__ = (UniqueConstraint("series", "serial", "revision"), AUTOINCREMENT)
    gathering_id: Mapped[int] = link("gathering.id")
    person_id: Mapped[int] = link("person.id", GOES)
    series: Mapped[Counted[str]]
    serial: Mapped[Counted[int]]
    revision: Mapped[Counted[int]]
    language: Mapped[Counted[str]]
    name: Mapped[Travel[str]]
    starts: Mapped[Travel[dt.date]]
    ends: Mapped[Travel[dt.date]]
    address: Mapped[Travel[str]]
    payer: Mapped[Counted[Payer]]
    payer_name: Mapped[Travel[str]] = mapped_column(default="")
    consulate: Mapped[Travel[str]] = mapped_column(default="")
    born: Mapped[Travel[dt.date | None]] = mapped_column(default=None)
    nationality: Mapped[Travel[str | None]] = mapped_column(default=None)
    passport_number: Mapped[Travel[str]] = mapped_column(default="")
    host: Mapped[Counted[str]] = mapped_column(default="")
    host_address: Mapped[Counted[str]] = mapped_column(default="")
    contact: Mapped[Counted[str]] = mapped_column(default="")
    issued_at: Mapped[Counted[dt.datetime]] = mapped_column(UtcMoment, default_factory=clock.now)
    issued_by: Mapped[Doer[str]] = mapped_column(default="")
    person: Mapped[Person] = relationship(default=None)


def need_of(
    said: bool | None, nationality: str | None, country: str, needed: bool | None
) -> tuple[Need, bool]:
    """(whether a person needs a visa, whether the table disagrees).

    What the person says counts: they may hold a permit that no table knows. Without an answer the
    table decides, then free movement.
    """
    by_table = _by_table(nationality, country, needed)
    if said is None:
        return by_table, False
    own = Need.YES if said else Need.NO
    return own, by_table is not Need.UNKNOWN and by_table is not own


def _by_table(nationality: str | None, country: str, needed: bool | None) -> Need:
    if needed is not None:
        return Need.YES if needed else Need.NO
    if nationality is None:
        return Need.UNKNOWN
    free = nationality == country or {nationality, country} <= FREE
    return Need.NO if free else Need.UNKNOWN


def hand_in_by(arrival: dt.date, working_days: int) -> dt.date:
    """The last day to hand in the papers, so that the visa is there before the day of arrival."""
    day, left = arrival, working_days
    while left:
        day -= dt.timedelta(days=1)
        left -= day.weekday() < 5
    return day


def working_days_until(today: dt.date, day: dt.date) -> int:
    """The working days from today, not counted, to a day; below zero when it has passed."""
    first, last = sorted((today, day))
    span = (last - first).days
    count = sum((first + dt.timedelta(days=n)).weekday() < 5 for n in range(1, span + 1))
    return count if day >= today else -count


def series_of(centre: str, year: int) -> str:
    """The series of a centre's letters in a year: ``AMS-2027``."""
    return f"{centre[:3].upper()}-{year}"


def number_of(series: str, serial: int) -> str:
    """The number on a letter, the same for all its revisions: ``AMS-2027-0007``."""
    return f"{series}-{serial:04}"


def name_in_passport(passport_name: str | None, display_name: str) -> str:
    """The name as in the passport, else as the person writes it; never put together of parts (P07).

    One word, two surnames, initials or another script stay as they were entered.
    """
    return (passport_name or "").strip() or display_name.strip()


def next_revision(revisions: Iterable[int]) -> int:
    """The number of a new revision; the first letter is revision 1."""
    return max(revisions, default=0) + 1


def check_rule(country: str, nationality: str, working_days: int | None) -> dict[str, str]:
    """What is wrong with a line of the table: field to a sentence marked for translation."""
    wrong = {}
    if not country:
        wrong["country"] = mark("Choose the country of the gathering.")
    if not nationality:
        wrong["nationality"] = mark("Choose a nationality.")
    if working_days is not None and not 0 <= working_days <= 260:
        wrong["working_days"] = mark("Write the working days that the consulate takes, up to 260.")
    return wrong


def check_letter(
    name: str,
    starts: dt.date | None,
    ends: dt.date | None,
    address: str,
    payer: Payer | None,
    payer_name: str,
) -> dict[str, str]:
    """What is wrong with a letter: field to a sentence marked for translation."""
    wrong = {}
    if not name.strip():
        wrong["name"] = mark("Write the name as it is in the passport.")
    if starts is None:
        wrong["starts"] = mark("Write the first day of the stay.")
    if ends is None or (starts is not None and ends < starts):
        wrong["ends"] = mark("Write the last day of the stay, not before the first.")
    if not address.strip():
        wrong["address"] = mark("Write where the person will stay.")
    if payer is None:
        wrong["payer"] = mark("Choose who pays for travel, lodging and meals: it is a promise.")
    if payer is Payer.OTHER and not payer_name.strip():
        wrong["payer_name"] = mark("Write who pays.")
    return wrong


def refuse_wrong(wrong: dict[str, str]) -> None:
    """``RuleBroken`` with the first sentence of what is wrong."""
    for sentence in wrong.values():
        raise RuleBroken(sentence)
