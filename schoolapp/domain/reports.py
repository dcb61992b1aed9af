"""Reports: which there are, what their columns hold, and how a preset is kept for next year."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Literal, NamedTuple

from sqlalchemy.orm import Mapped, mapped_column

from schoolapp.base.language import mark
from schoolapp.domain.base import TEXT, Base, Versioned
from schoolapp.domain.births import age_group_of, ages
from schoolapp.domain.data_map import Plain, Words
from schoolapp.domain.rules import RuleBroken

CellKind = Literal["text", "integer", "hours", "date", "moment", "status"]
Format = Literal["xlsx", "csv", "ods", "pdf", "docx"]
FORMATS: tuple[Format, ...] = ("xlsx", "csv", "ods", "pdf", "docx")

HIDDEN_BELOW = 5
"""Smaller groups are not listed apart: people who know the gathering would recognise them."""
MOST_TRAVEL_DAYS = 2


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column: its lasting name in files, its heading for people, what its cells are.

    ``hours`` are given as whole minutes. ``sensitive`` columns (health, gender by name, addresses)
    are left out unless somebody says why they are needed. ``wide`` columns share the width.
    """

    key: str
    heading: str
    kind: CellKind = "text"
    wide: bool = False
    sensitive: bool = False


DetailCell = str | dt.date | None


class Details(NamedTuple):
    """What only some reports and papers say of a person, or count people by."""

    country: str
    email: str
    gender: str
    born: dt.date | None
    born_partly: str | None
    native_name: str
    diet: str
    access: str
    certificate: int | None


@dataclass(frozen=True, slots=True)
class DetailColumn(ReportColumn):
    """A column about a person that is read only where it is asked for; ``of`` finds its cells."""

    of: Callable[[Details], DetailCell] = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report: what one line stands for, and its columns; ``least`` is what it always has."""

    key: str
    title: str
    columns: tuple[ReportColumn, ...]
    least: tuple[str, ...]

    def chosen(self, keys: tuple[str, ...] = ()) -> tuple[ReportColumn, ...]:
        """The columns of these names in the order of the report; without names the least.

        ``RuleBroken`` for a name that the report does not have.
        """
        wanted = set(keys or self.least)
        if unknown := wanted - {column.key for column in self.columns}:
            raise RuleBroken(
                mark("The report has no column {column}."), column=", ".join(sorted(unknown))
            )
        return tuple(column for column in self.columns if column.key in wanted)


PERSON = ReportColumn("person", mark("Person"))
NAME = ReportColumn("name", mark("Name"), wide=True)
DELEGATION = ReportColumn("delegation", mark("Delegation"), wide=True)
GROUP = ReportColumn("language_group", mark("Language group"))
MODULE = ReportColumn("module", mark("Module"))
DATE = ReportColumn("date", mark("Date"), "date", wide=True)
PERSONS = ReportColumn("persons", mark("Persons"), "integer")
PERSON_DAYS = ReportColumn("person_days", mark("Person-days"), "integer")
SESSIONS = ReportColumn("sessions", mark("Sessions"), "integer")
HOURS = ReportColumn("hours", mark("Hours"), "hours")
HOURS_POSSIBLE = ReportColumn("hours_possible", mark("Hours possible"), "hours")
_SESSION = (
    ReportColumn("session", mark("Session")),
    ReportColumn("title", mark("Title"), wide=True),
    ReportColumn("start", mark("Start"), "moment"),
)
DETAILS = (
    DetailColumn("country", mark("Country"), of=lambda p: p.country),
    DetailColumn("email", mark("E-mail"), sensitive=True, of=lambda p: p.email or None),
    DetailColumn("gender", mark("Gender"), sensitive=True, of=lambda p: p.gender or None),
    DetailColumn(
        "born", mark("Born"), "date", sensitive=True, of=lambda p: p.born or p.born_partly
    ),
    DetailColumn("diet", mark("Diet"), wide=True, sensitive=True, of=lambda p: p.diet or None),
    DetailColumn(
        "access", mark("Access needs"), wide=True, sensitive=True, of=lambda p: p.access or None
    ),
)
SENSITIVE = tuple(column for column in DETAILS if column.sensitive)
OF_A_PERSON = (DELEGATION, GROUP, *DETAILS)
"""What can be said about a person in any report that has a line for each."""


def _kind(key: str, title: str, *columns: ReportColumn, more: int = 0) -> ReportKind:
    """A kind whose last ``more`` columns are there on request only."""
    return ReportKind(key, title, columns, tuple(c.key for c in columns[: len(columns) - more]))


KINDS = {
    kind.key: kind
    for kind in (
        _kind(
            "session",
            mark("Attendance by session"),
            *_SESSION,
            PERSON,
            NAME,
            ReportColumn("status", mark("Status"), "status"),
            ReportColumn("minutes", mark("Minutes"), "integer"),
            *OF_A_PERSON,
            more=len(OF_A_PERSON),
        ),
        _kind(
            "person",
            mark("Attendance by person"),
            PERSON,
            NAME,
            SESSIONS,
            ReportColumn("attended", mark("Attended"), "integer"),
            ReportColumn("absent", mark("Absent"), "integer"),
            HOURS,
            HOURS_POSSIBLE,
            *OF_A_PERSON,
            more=len(OF_A_PERSON),
        ),
        _kind("day", mark("Presence by day"), DATE, PERSONS),
        _kind("delegation", mark("Presence by delegation"), DELEGATION, PERSONS, PERSON_DAYS),
        _kind(
            "sessions",
            mark("Sessions: invited and present"),
            *_SESSION,
            MODULE,
            ReportColumn("invited", mark("Invited"), "integer"),
            ReportColumn("present", mark("Present"), "integer"),
            HOURS,
        ),
        _kind("module", mark("Attendance by module"), MODULE, SESSIONS, PERSONS, HOURS),
        _kind("language_group", mark("Attendance by language group"), GROUP, PERSONS, HOURS),
        _kind(
            "person_days",
            mark("Person-days for the funder"),
            PERSON,
            NAME,
            ReportColumn("first", mark("First day"), "date"),
            ReportColumn("last", mark("Last day"), "date"),
            ReportColumn("days", mark("Days"), "integer"),
            ReportColumn("travel_days", mark("Travel days"), "integer"),
            PERSON_DAYS,
            *OF_A_PERSON,
            more=len(OF_A_PERSON),
        ),
        _kind("presence", mark("Persons by day"), DATE, PERSON, NAME, DELEGATION),
        _kind(
            "participation",
            mark("Participation by gender, region and age"),
            ReportColumn("by", mark("By")),
            ReportColumn("group", mark("Group"), wide=True),
            PERSONS,
            PERSON_DAYS,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """What a report is cut to; empty means all.

    Delegation and language group choose people; the module chooses sessions; the dates, both
    inclusive, choose sessions and days. ``travel_days`` (0 to 2) are added to each stay.
    """

    delegation: str = ""
    language_group: str = ""
    module: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    travel_days: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.travel_days <= MOST_TRAVEL_DAYS:
            raise RuleBroken(
                mark("A stay has at most {most} days of travel."), most=MOST_TRAVEL_DAYS
            )

    def holds(self, day: dt.date) -> bool:
        """Whether a day lies between the two dates."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def described(self) -> tuple[tuple[str, str], ...]:
        """What was asked for, label (marked) and value, for the head of the report."""
        labels = {
            "delegation": mark("Delegation"),
            "language_group": mark("Language group"),
            "module": mark("Module"),
            "first": mark("From"),
            "last": mark("To"),
            "travel_days": mark("Travel days"),
        }
        return tuple((labels[key], value) for key, value in self.kept().items())

    def kept(self) -> dict[str, str]:
        """What was asked for, as texts that a template keeps."""
        return {key: str(value) for key, value in asdict(self).items() if value}


def filter_of(kept: Mapping[str, str]) -> ReportFilter:
    """The filter that ``kept()`` gave."""
    values: dict[str, str | int | dt.date] = {}
    for one in fields(ReportFilter):
        if text := kept.get(one.name):
            dated = one.name in ("first", "last")
            counted = one.name == "travel_days"
            values[one.name] = dt.date.fromisoformat(text) if dated else text
            if counted:
                values[one.name] = int(text)
    return ReportFilter(**values)  # type: ignore[arg-type]


class ReportTemplate(Versioned, Base):
    """A preset of a report under a name: next year the same columns come out.

    It belongs to no gathering. ``columns`` are the names of columns in order, ``language`` is the
    tag in which the report is written.
    """

    __tablename__ = "report_template"
    name: Mapped[Words[str]] = mapped_column(unique=True)
    kind: Mapped[Plain[str]]
    columns: Mapped[Plain[list[str]]] = mapped_column(default_factory=list)
    filters: Mapped[Plain[dict[str, str]]] = mapped_column(default_factory=dict)
    format: Mapped[Plain[Format]] = mapped_column(TEXT, default="xlsx")
    language: Mapped[Plain[str]] = mapped_column(default="en")


def without_small_groups(counts: Mapping[str, int]) -> dict[str, int | None]:
    """The counts, None in place of those of fewer than five people.

    Where a single group is hidden the next larger one is hidden too: else it follows from the
    total.
    """
    small = {group for group, count in counts.items() if count < HIDDEN_BELOW}
    if len(small) == 1 and len(counts) > 1:
        small.add(min(counts.keys() - small, key=lambda group: (counts[group], group)))
    return {group: None if group in small else count for group, count in counts.items()}


_AGE_GROUPS = (mark("under 18"), "18-25", "26-35", "36-50", mark("over 50"))


def age_group(born: dt.date | None, on: dt.date, partly: str | None = None) -> str:
    """The group of ages that funders ask for, as a marked word; ``partly`` as in ``births``."""
    found = ages(born, partly, on)
    if found is None:
        return mark("not known")
    groups = {_AGE_GROUPS[age_group_of(age)] for age in found}
    return groups.pop() if len(groups) == 1 else mark("not certain")


def need_purpose(columns: tuple[ReportColumn, ...], reason: str) -> None:
    """``RuleBroken`` if a report with sensitive columns comes without a reason."""
    if any(column.sensitive for column in columns) and not reason.strip():
        raise RuleBroken(
            mark("This report names health, gender, birth dates or addresses. Say what it is for.")
        )
