"""What documents say: plain values that operations fill and ``exchange`` writes as files."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schoolapp.domain.money import Money
from schoolapp.domain.reports import ReportColumn
from schoolapp.domain.visas import Payer

ReportCell = str | int | dt.date | None
Row = Sequence[ReportCell]
"""The cells of a report, one for each of its columns."""
SPARE = 5
"""Empty lines beyond the announced number: a delegation may name more people than it said."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says; ``paid_as`` and ``rate`` where another currency was handed over.

    ``number`` is the payment's own and never given twice; ``language`` is the payer's.
    """

    number: str
    language: str
    gathering: dict[str, str]
    name: str
    date: dt.date
    amount: Money
    paid_as: Money | None
    rate: Decimal | None
    rate_source: str
    received_by: str


@dataclass(frozen=True, slots=True)
class MinutesLine:
    """One decision: for which application, what it led to, why, and the desk that noted it."""

    number: str
    name: str
    state: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """What was decided on one day; ``balance`` is title of a side to (group, all, confirmed)."""

    gathering: str
    day: dt.date
    capacity: int
    left: int
    lines: Sequence[MinutesLine]
    balance: Mapping[str, Sequence[tuple[str, int, int]]]


def letter_file(number: str, revision: int) -> str:
    """The name of a letter's file: its number and revision, never the person's name."""
    return f"{number}-{revision}.pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterText:
    """What a letter says; ``name`` as in the passport, whole, in whatever script.

    ``host`` is the institute that invites, ``host_address`` its postal address. ``issued`` is the
    day on the letter, ``at`` the moment of issuing, aware.
    """

    number: str
    revision: int
    issued: dt.date
    at: dt.datetime
    language: str
    gathering: dict[str, str]
    city: str
    country: str
    host: str
    host_address: str
    contact: str
    name: str
    starts: dt.date
    ends: dt.date
    address: str
    payer: Payer
    payer_name: str
    consulate: str
    born: dt.date | None
    nationality: str | None
    passport_number: str

    @property
    def file_name(self) -> str:
        """The name of the file: the number, never the person's name."""
        return letter_file(self.number, self.revision)


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody on a list: the name in Latin letters and, if there is one, in their own script."""

    name: str
    native_name: str = ""


@dataclass(frozen=True, slots=True)
class SignIn:
    """A list to sign: of a day, or of a session with its times; people in their order."""

    day: dt.date
    people: Sequence[Signer]
    session: str = ""
    start: dt.datetime | None = None
    end: dt.datetime | None = None
    room: str = ""


@dataclass(frozen=True, slots=True)
class PeopleGroup:
    """A heading and the people under it; ``language`` is a tag whose name is the heading."""

    title: str
    people: Sequence[Signer]
    language: str = ""


@dataclass(frozen=True, slots=True)
class BadgeFace:
    """What a badge shows: no more than the name, the languages and the code, if there is one."""

    name: str
    native_name: str
    languages: Sequence[str]
    code: str


@dataclass(frozen=True, slots=True)
class KnownLine:
    """Somebody who is named already; ``code``, in a hidden column, identifies them again."""

    code: str
    name: str
    born: dt.date | None
    email: str
    needs_visa: bool | None
    arrival: dt.date | None
    departure: dt.date | None
    first_time: bool | None = None
    born_partly: str | None = None


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What a leader's file holds: no more of each person than registering needs."""

    language: str
    gathering: dict[str, str]
    delegation: str
    code: str
    start: dt.date
    end: dt.date
    lines: tuple[KnownLine, ...]
    announced: int

    @property
    def places(self) -> int:
        """How many lines there are to be filled, known ones included."""
        return max(self.announced, len(self.lines)) + SPARE


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of facts: its title (marked), its columns, and rows in the order they are shown."""

    title: str
    columns: tuple[ReportColumn, ...]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Report:
    """A report: its facts, and its head.

    ``filters`` (label, marked, and value) say what was left out; ``exported_at`` is aware, ``tz``
    the gathering's zone. ``more`` are further sheets of a workbook. ``counts`` (marked) says what
    its figures count: attendance, recorded presence or the plan. A report ``for_people`` has words
    in the language in use where others have lasting names for programs.
    """

    sheet: Sheet
    gathering: str
    exported_at: dt.datetime
    tz: str
    filters: tuple[tuple[str, str], ...] = ()
    more: tuple[Sheet, ...] = ()
    counts: str = ""
    for_people: bool = False


@dataclass(frozen=True, slots=True)
class Narrative:
    """The figures of a narrative report; ``minutes`` are attended, ``possible`` what could be.

    ``planned`` ones are those of the plan: nobody has attended anything yet.
    """

    place: str
    first: dt.date
    last: dt.date
    persons: int
    countries: int
    person_days: int
    sessions: int
    minutes: int
    possible: int
    participation: Report
    sessions_held: Report
    planned: bool = False
