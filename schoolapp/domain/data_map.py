"""What each column holds of a person: kind of data, who sees it, how long it is kept.

A mark is written at the attribute, inside ``Mapped``::

    diet: Mapped[Health[str | None]] = mapped_column(default=None)
    person_id: Mapped[int] = link("person.id", STAYS)

The first says that the column is about health: special by law, shown on request only, kept for 30
days after the gathering, emptied when the person is erased. The second says that the row belongs to
that person, and that it stays without a name when the person is erased. ``domain.erasing``
makes its plans from these marks, and ``docs/data_map.md`` shows all of them.
"""

import enum
from dataclasses import dataclass
from typing import Annotated, TypeVar

from sqlalchemy import Column
from sqlalchemy.orm import MappedColumn, mapped_column

T = TypeVar("T")


class Personal(enum.StrEnum):
    """What the law calls it. That somebody comes to such a school is special data in itself."""

    NONE = "none"
    CONTACT = "contact"
    SPECIAL = "special"
    FINANCE = "finance"


class Level(enum.IntEnum):
    """Who may see it: the higher, the fewer."""

    STATISTICS = 0
    DESK = 1
    STAFF = 2
    COORDINATOR = 3
    SENSITIVE = 4


class Retention(enum.StrEnum):
    """How long it is kept after the gathering, or after what it is about."""

    KEPT = "kept"
    WITH_GATHERING = "goes with the gathering"
    DAYS_30 = "30 days"
    DAYS_90 = "90 days if not accepted"
    MONTHS_12 = "12 months unless asked to be kept"
    MONTHS_24 = "24 months"
    YEARS_7 = "7 years"
    UNTIL_ERASED = "until the person is erased"


class Erased(enum.StrEnum):
    """What becomes of a value when the person is erased and its row stays."""

    STAYS = "stays"
    EMPTIED = "emptied"
    WORDS = "emptied; in rows of others the name is taken out"
    NAMES_OUT = "the name is taken out"
    RENAMED = "follows the new short name"


class Outcome(enum.StrEnum):
    """What becomes of the rows of a person in a table."""

    GOES = "goes"
    STAYS = "stays"
    NOBODYS = "nobodys"


GOES, STAYS = Outcome.GOES, Outcome.STAYS


@dataclass(frozen=True, slots=True)
class Mark:
    """What a column is; ``names`` if its value alone says who somebody is, wherever it is found."""

    name: str
    personal: Personal
    level: Level
    retention: Retention
    erased: Erased
    names: bool = False

    @property
    def info(self) -> dict[str, object]:
        """As a column carries it."""
        return {"mark": self}

    @property
    def column(self) -> MappedColumn[object]:
        """A column with this mark alone, which SQLAlchemy merges with the attribute's own."""
        return mapped_column(info=self.info)


class Derived(enum.StrEnum):
    """Why nobody types a column."""

    FOLLOWS = "follows from other columns"
    ORDER = "the place of a row among its neighbours"
    FORMAT = "what a package says of itself, kept so that it is written back as it was read"
    PROTOCOL = "what a server or a mail needs to be known again"

    @property
    def info(self) -> dict[str, object]:
        """As a column carries it, beside its mark."""
        return {"derived": self}


ORDER, FOLLOWS, FORMAT, PROTOCOL = Derived.ORDER, Derived.FOLLOWS, Derived.FORMAT, Derived.PROTOCOL


def whose(outcome: Outcome) -> dict[str, object]:
    """For ``info``: the row belongs to the person that this column names, and goes or stays."""
    return {"row": outcome}


def mark_of(column: Column[object]) -> Mark:
    """The mark of a column, as it is written at the attribute; every column must have one."""
    found = column.info.get("mark")
    assert isinstance(found, Mark), f"{column} has no mark: see schoolapp/domain/data_map.py"
    return found


def row_of(column: Column[object]) -> Outcome | None:
    """What becomes of a row when the person that this column names is erased."""
    found = column.info.get("row")
    return found if isinstance(found, Outcome) else None


_NONE, _CONTACT, _SPECIAL, _FINANCE = Personal
_STATISTICS, _DESK, _STAFF, _COORDINATOR, _SENSITIVE = Level

PLAIN = Mark("Plain", _NONE, _STATISTICS, Retention.KEPT, Erased.STAYS)
SECRET = Mark("Secret", _NONE, _SENSITIVE, Retention.KEPT, Erased.STAYS)
COUNTED = Mark("Counted", _SPECIAL, _STAFF, Retention.KEPT, Erased.STAYS)
IDENTITY = Mark("Identity", _CONTACT, _STAFF, Retention.MONTHS_12, Erased.EMPTIED)
NAME = Mark("Name", _CONTACT, _STAFF, Retention.MONTHS_12, Erased.EMPTIED, names=True)
BADGE_NAME = Mark("BadgeName", _CONTACT, _DESK, Retention.MONTHS_12, Erased.EMPTIED, names=True)
REACH = Mark("Reach", _CONTACT, _COORDINATOR, Retention.MONTHS_12, Erased.EMPTIED, names=True)
CONTACT = Mark("Contact", _CONTACT, _COORDINATOR, Retention.MONTHS_12, Erased.EMPTIED)
SENT = Mark("Sent", _CONTACT, _COORDINATOR, Retention.MONTHS_12, Erased.EMPTIED)
CERTIFIED = Mark("Certified", _CONTACT, _COORDINATOR, Retention.UNTIL_ERASED, Erased.EMPTIED)
TOKEN = Mark("Token", _CONTACT, _DESK, Retention.WITH_GATHERING, Erased.EMPTIED)
BACKGROUND = Mark("Background", _SPECIAL, _COORDINATOR, Retention.MONTHS_12, Erased.EMPTIED)
ASKED = Mark("Asked", _SPECIAL, _COORDINATOR, Retention.DAYS_90, Erased.EMPTIED)
HEALTH = Mark("Health", _SPECIAL, _SENSITIVE, Retention.DAYS_30, Erased.EMPTIED)
TRAVEL = Mark("Travel", _SPECIAL, _SENSITIVE, Retention.DAYS_30, Erased.EMPTIED)
PASSPORT_NAME = Mark(
    "PassportName", _SPECIAL, _SENSITIVE, Retention.DAYS_30, Erased.EMPTIED, names=True
)
WORDS = Mark("Words", _CONTACT, _COORDINATOR, Retention.MONTHS_12, Erased.WORDS)
BOOKS = Mark("Books", _FINANCE, _SENSITIVE, Retention.YEARS_7, Erased.STAYS)
BOOK_WORDS = Mark("BookWords", _FINANCE, _SENSITIVE, Retention.YEARS_7, Erased.NAMES_OUT)
DOER = Mark("Doer", _CONTACT, _COORDINATOR, Retention.MONTHS_24, Erased.RENAMED)
ACCOUNT = Mark("Account", _CONTACT, _COORDINATOR, Retention.KEPT, Erased.STAYS)
REFERENCE = Mark("Reference", _SPECIAL, _STAFF, Retention.KEPT, Erased.STAYS)
STEP_TITLE = Mark("StepTitle", _CONTACT, _COORDINATOR, Retention.MONTHS_24, Erased.NAMES_OUT)
JOURNALLED = Mark("Journalled", _SPECIAL, _SENSITIVE, Retention.MONTHS_24, Erased.NAMES_OUT)

Plain = Annotated[T, PLAIN.column]
"""About nobody: codes, states, numbers, words about things."""
Secret = Annotated[T, SECRET.column]
"""About nobody and never shown: a key."""
Counted = Annotated[T, COUNTED.column]
"""About the person as long as the row has a name; still counts without one."""
Identity = Annotated[T, IDENTITY.column]
"""A part of a name, or a code for somebody inside the program."""
Name = Annotated[T, NAME.column]
"""A whole name."""
BadgeName = Annotated[T, BADGE_NAME.column]
"""The name on all that is printed."""
Reach = Annotated[T, REACH.column]
"""An address or number at which somebody is reached."""
Contact = Annotated[T, CONTACT.column]
"""What helps to reach or to look after somebody, including people other than them."""
Sent = Annotated[T, SENT.column]
"""What left the program, came back, or says where it went."""
Certified = Annotated[T, CERTIFIED.column]
"""What a certificate says of somebody; it has to be verified for as long as they want."""
Token = Annotated[T, TOKEN.column]
"""A random code by which a badge or a calendar is known."""
Background = Annotated[T, BACKGROUND.column]
"""Birth, origin, languages."""
Asked = Annotated[T, ASKED.column]
"""What somebody wrote when they asked to come, and the row of the sheet it came from."""
Health = Annotated[T, HEALTH.column]
"""Diet, access, sleeping, care of minors."""
Travel = Annotated[T, TRAVEL.column]
"""Nationality, passport, visa, papers."""
PassportName = Annotated[T, PASSPORT_NAME.column]
"""The name as the passport has it."""
Words = Annotated[T, WORDS.column]
"""Free words, in which anybody may be named."""
Books = Annotated[T, BOOKS.column]
"""What the books have to keep."""
BookWords = Annotated[T, BOOK_WORDS.column]
"""Words that the books have to keep, without the name."""
Doer = Annotated[T, DOER.column]
"""Who did something: the name of a desk, or the short name of a person."""
Account = Annotated[T, ACCOUNT.column]
"""The name of an account, which belongs to a desk."""
