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
from schoolapp.domain.genders import in_words
from schoolapp.domain.rules import RuleBroken

CellKind = Literal["text", "integer", "hours", "date", "moment", "status", "language"]
Format = Literal["xlsx", "csv", "ods", "pdf", "docx"]
FORMATS: tuple[Format, ...] = ("xlsx", "csv", "ods", "pdf", "docx")

HIDDEN_BELOW = 5
"""Smaller groups are not listed apart: people who know the gathering would recognise them."""
MOST_TRAVEL_DAYS = 2


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column: its lasting name in files, its heading for people, what its cells are.

    ``hours`` are given as whole minutes. ``sensitive`` columns (health, gender by name, addresses)
    are left out unless somebody says why they are needed. ``wide`` columns share the width. What
    ``identifies`` people and sessions for programs is left out of reports for people.
    """

    key: str
    heading: str
    kind: CellKind = "text"
    wide: bool = False
    sensitive: bool = False
    identifies: bool = False


DetailCell = str | dt.date | None


class Details(NamedTuple):
    """What only some reports and papers say of a person, or count people by."""

    country: str
    email: str
    gender: str
    born: dt.date | None
    born_partly: str | None
    native_name: str
    organisation: str
    diet: str
    access: str
    certificate: int | None


@dataclass(frozen=True, slots=True)
class DetailColumn(ReportColumn):
    """A column about a person that is read only where it is asked for; ``of`` finds its cells."""

    of: Callable[[Details], DetailCell] = field(kw_only=True)


ATTENDED = mark("Attendance: what the registers of sessions say")
RECORDED = mark("Days on site that were recorded: at the desk, in registers, on day lists")
PLANNED_PREFIX = "planned_"
"""Begins the names of columns that hold a plan."""
PLANNED = mark("The plan: stays as they were agreed, whether people came or not")
"""What the figures of a report count, for its head: three numbers that are never mixed."""


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report: what one line stands for, and its columns; ``least`` is what it always has.

    ``counts`` says for the head of the report what its figures are: attended, recorded or planned.
    """

    key: str
    title: str
    columns: tuple[ReportColumn, ...]
    least: tuple[str, ...]
    counts: str = ATTENDED

    @property
    def for_people(self) -> tuple[str, ...]:
        """The least that people read: without what identifies somebody for programs alone."""
        machine = {column.key for column in self.columns if column.identifies}
        return tuple(key for key in self.least if key not in machine)

    def chosen(self, keys: tuple[str, ...] = ()) -> tuple[ReportColumn, ...]:
        """The columns of these names in the order of the report; without names the least.

        A plan takes the names of the recorded columns too. ``RuleBroken`` for a name that the
        report does not have.
        """
        known = {column.key for column in self.columns}
        wanted = {key if key in known else PLANNED_PREFIX + key for key in keys or self.least}
        if unknown := wanted - known:
            names = (name.removeprefix(PLANNED_PREFIX) for name in unknown)
            raise RuleBroken(
                mark("The report has no column {column}."), column=", ".join(sorted(names))
            )
        return tuple(column for column in self.columns if column.key in wanted)


PERSON = ReportColumn("person", mark("Identifier of the person"), identifies=True)
NAME = ReportColumn("name", mark("Name"), wide=True)
DELEGATION = ReportColumn("delegation", mark("Delegation"), wide=True)
GROUP = ReportColumn("language_group", mark("Language group"), "language")
MODULE = ReportColumn("module", mark("Module"))
DATE = ReportColumn("date", mark("Date"), "date", wide=True)
PERSONS = ReportColumn("persons", mark("Persons on site"), "integer")
ATTENDING = ReportColumn("persons", mark("Persons who attended"), "integer")
PERSON_DAYS = ReportColumn("person_days", mark("Person-days recorded"), "integer")
SESSIONS = ReportColumn("sessions", mark("Sessions"), "integer")
HOURS = ReportColumn("hours", mark("Hours"), "hours")
HOURS_POSSIBLE = ReportColumn("hours_possible", mark("Hours possible"), "hours")
_SESSION = (
    ReportColumn("session", mark("Identifier of the session"), identifies=True),
    ReportColumn("title", mark("Title"), wide=True),
    ReportColumn("start", mark("Start"), "moment"),
)
DETAILS = (
    DetailColumn("country", mark("Country"), of=lambda p: p.country),
    DetailColumn("organisation", mark("Organisation"), wide=True, of=lambda p: p.organisation),
    DetailColumn("email", mark("E-mail"), sensitive=True, of=lambda p: p.email or None),
    DetailColumn("gender", mark("Gender"), sensitive=True, of=lambda p: in_words(p.gender) or None),
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


PARTICIPANTS = "participants"
"""The report that can have the questions of a gathering's forms as columns."""
QUESTION = "question:"
"""Begins the name of such a column; the question follows."""


def _kind(
    key: str, title: str, *columns: ReportColumn, more: int = 0, counts: str = ATTENDED
) -> ReportKind:
    """A kind whose last ``more`` columns are there on request only."""
    least = tuple(c.key for c in columns[: len(columns) - more])
    return ReportKind(key, title, columns, least, counts)


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
        _kind(
            PARTICIPANTS,
            mark("List of participants"),
            PERSON,
            NAME,
            ReportColumn("arrival", mark("Arrival"), "date"),
            ReportColumn("departure", mark("Departure"), "date"),
            *OF_A_PERSON,
            more=len(OF_A_PERSON),
            counts=PLANNED,
        ),
        _kind("day", mark("Presence by day"), DATE, PERSONS, counts=RECORDED),
        _kind(
            "delegation",
            mark("Presence by delegation"),
            DELEGATION,
            PERSONS,
            PERSON_DAYS,
            counts=RECORDED,
        ),
        _kind(
            "sessions",
            mark("Sessions: invited and present"),
            *_SESSION,
            MODULE,
            ReportColumn("invited", mark("Invited"), "integer"),
            ReportColumn("present", mark("Present"), "integer"),
            HOURS,
        ),
        _kind("module", mark("Attendance by module"), MODULE, SESSIONS, ATTENDING, HOURS),
        _kind("language_group", mark("Attendance by language group"), GROUP, ATTENDING, HOURS),
        _kind(
            "person_days",
            mark("Person-days for the funder"),
            PERSON,
            NAME,
            ReportColumn("first", mark("First day recorded"), "date"),
            ReportColumn("last", mark("Last day recorded"), "date"),
            ReportColumn("days", mark("Days recorded"), "integer"),
            ReportColumn("travel_days", mark("Travel days"), "integer"),
            PERSON_DAYS,
            *OF_A_PERSON,
            more=len(OF_A_PERSON),
            counts=RECORDED,
        ),
        _kind("presence", mark("Persons by day"), DATE, PERSON, NAME, DELEGATION, counts=RECORDED),
        _kind(
            "participation",
            mark("Participation by gender, region and age"),
            ReportColumn("by", mark("By")),
            ReportColumn("group", mark("Group"), wide=True),
            PERSONS,
            PERSON_DAYS,
            counts=RECORDED,
        ),
    )
}


def question_column(question: str) -> ReportColumn:
    """The answers to a question: people write about their health, so a reason is asked for."""
    return ReportColumn(f"{QUESTION}{question}", question, wide=True, sensitive=True)


def questions_in(keys: tuple[str, ...]) -> tuple[str, ...]:
    """The questions among the names of columns."""
    return tuple(key.removeprefix(QUESTION) for key in keys if key.startswith(QUESTION))


def columns_in(kind: ReportKind, keys: tuple[str, ...]) -> tuple[ReportColumn, ...]:
    """The columns of these names, questions last; ``RuleBroken`` where there is no such column."""
    asked = questions_in(keys) if kind.key == PARTICIPANTS else ()
    plain = tuple(key for key in keys if not (asked and key.startswith(QUESTION)))
    return (*kind.chosen(plain), *map(question_column, asked))


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """What a report is cut to; empty means all.

    Delegation and language group choose people; the module chooses sessions; the dates, both
    inclusive, choose sessions and days. ``travel_days`` (0 to 2) are added to each stay.
    ``planned`` asks a report of presence for the plan, in place of what was recorded.
    """

    delegation: str = ""
    language_group: str = ""
    module: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    travel_days: int = 0
    planned: bool = False

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
        return tuple((labels[key], value) for key, value in self.kept().items() if key in labels)

    def kept(self) -> dict[str, str]:
        """What was asked for, as texts that a template keeps."""
        return {key: str(value) for key, value in asdict(self).items() if value}


def filter_of(kept: Mapping[str, str]) -> ReportFilter:
    """The filter that ``kept()`` gave."""
    read: dict[str, Callable[[str], str | int | dt.date]] = {
        "first": dt.date.fromisoformat,
        "last": dt.date.fromisoformat,
        "travel_days": int,
        "planned": bool,
    }
    values = {
        one.name: read.get(one.name, str)(text)
        for one in fields(ReportFilter)
        if (text := kept.get(one.name))
    }
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
            mark(
                "This report names health, gender, birth dates, addresses or answers of people."
                " Say what it is for."
            )
        )
