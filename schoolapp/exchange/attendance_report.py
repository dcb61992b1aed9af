"""The attendance report in its four shapes: as a spreadsheet for machines, as a PDF for people."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from schoolapp import clock
from schoolapp.exchange import typesetting
from schoolapp.exchange.sheets import Cell, Column, Kind, Table, write_csv, write_ods, write_xlsx
from schoolapp.language import _, direction, isolate, ltr, mark

By = Literal["session", "person", "day", "delegation"]
Format = Literal["csv", "xlsx", "ods", "pdf"]
Status = Literal[
    "present", "late", "left early", "absent", "excused", "not applicable", "no register"
]
_TAGGED_UP_TO = 3000  # cells; beyond, the tags make the PDF many times as large as its text


@dataclass(frozen=True, slots=True)
class SessionMark:
    """What the register says of one person in one session.

    ``start`` is wall time in the gathering's zone; ``minutes`` is None where nothing is known
    (``no register``) or nothing was expected (``not applicable``).
    """

    session: str
    title: str
    start: dt.datetime
    person: str
    name: str
    status: Status
    minutes: int | None

    def cells(self) -> tuple[Cell, ...]:
        """The cells of the row, in the order of the columns."""
        return (
            self.session,
            self.title,
            self.start,
            self.person,
            self.name,
            self.status,
            self.minutes,
        )

    def place(self) -> tuple[object, ...]:
        """Where the row stands: by time, session and person."""
        return (self.start, self.session, self.person)


@dataclass(frozen=True, slots=True)
class PersonTotal:
    """One person's attendance over the sessions that applied and had a register."""

    person: str
    name: str
    sessions: int
    attended: int
    absent: int
    minutes: int
    minutes_possible: int

    def cells(self) -> tuple[Cell, ...]:
        """The cells of the row, in the order of the columns; minutes as hours."""
        return (
            self.person,
            self.name,
            self.sessions,
            self.attended,
            self.absent,
            _hours(self.minutes),
            _hours(self.minutes_possible),
        )

    def place(self) -> tuple[object, ...]:
        """Where the row stands: by person."""
        return (self.person,)


@dataclass(frozen=True, slots=True)
class DayTotal:
    """How many persons were on site on a date."""

    date: dt.date
    persons: int

    def cells(self) -> tuple[Cell, ...]:
        """The cells of the row, in the order of the columns."""
        return (self.date, self.persons)

    def place(self) -> tuple[object, ...]:
        """Where the row stands: by date."""
        return (self.date,)


@dataclass(frozen=True, slots=True)
class DelegationTotal:
    """How many persons a delegation had, and on how many days in all they were on site."""

    delegation: str
    persons: int
    person_days: int

    def cells(self) -> tuple[Cell, ...]:
        """The cells of the row, in the order of the columns."""
        return (self.delegation, self.persons, self.person_days)

    def place(self) -> tuple[object, ...]:
        """Where the row stands: by delegation."""
        return (self.delegation,)


@dataclass(frozen=True, slots=True)
class PersonDay:
    """One person on site on one date; ``delegation`` is empty where there are none."""

    date: dt.date
    person: str
    name: str
    delegation: str = ""

    def cells(self) -> tuple[Cell, ...]:
        """The cells of the row, in the order of the columns."""
        return (self.date, self.person, self.name, self.delegation)

    def place(self) -> tuple[object, ...]:
        """Where the row stands: by date and person."""
        return (self.date, self.person)


Row = SessionMark | PersonTotal | DayTotal | DelegationTotal | PersonDay


@dataclass(frozen=True, slots=True)
class Report:
    """An attendance report: its rows, all of one shape, and what stands at its head.

    ``filters`` (label and value, in the language in use) say what was left out; ``exported_at``
    is aware, ``tz`` the gathering's zone. ``days`` belongs to the shape ``day``: the single
    persons behind its counts, a second sheet of the xlsx and ods.
    """

    by: By
    gathering: str
    rows: Sequence[Row]
    exported_at: dt.datetime
    tz: str
    filters: tuple[tuple[str, str], ...] = ()
    days: Sequence[PersonDay] = ()


@dataclass(frozen=True, slots=True)
class _Shape:
    """A shape's title and its columns: name in machine formats, heading for people, width."""

    title: str
    columns: tuple[tuple[str, str, Kind, str], ...]


_PERSON: tuple[tuple[str, str, Kind, str], ...] = (
    ("person", mark("Person"), "text", "identifier"),
    ("name", mark("Name"), "text", "name"),
)
_SHAPES: dict[By, _Shape] = {
    "session": _Shape(
        mark("Attendance by session"),
        (
            ("session", mark("Session"), "text", "identifier"),
            ("title", mark("Title"), "text", "words"),
            ("start", mark("Start"), "moment", "date"),
            *_PERSON,
            ("status", mark("Status"), "text", "status"),
            ("minutes", mark("Minutes"), "integer", "number"),
        ),
    ),
    "person": _Shape(
        mark("Attendance by person"),
        (
            *_PERSON,
            ("sessions", mark("Sessions"), "integer", "number"),
            ("attended", mark("Attended"), "integer", "number"),
            ("absent", mark("Absent"), "integer", "number"),
            ("hours", mark("Hours"), "decimal", "number"),
            ("hours_possible", mark("Hours possible"), "decimal", "number"),
        ),
    ),
    "day": _Shape(
        mark("Presence by day"),
        (
            ("date", mark("Date"), "date", "words"),
            ("persons", mark("Persons"), "integer", "number"),
        ),
    ),
    "delegation": _Shape(
        mark("Presence by delegation"),
        (
            ("delegation", mark("Delegation"), "text", "words"),
            ("persons", mark("Persons"), "integer", "number"),
            ("person_days", mark("Person-days"), "integer", "number"),
        ),
    ),
}
_PERSON_DAYS = _Shape(
    "Persons by day",
    (
        ("date", "", "date", "words"),
        *_PERSON,
        ("delegation", "", "text", "words"),
    ),
)
_STATUSES: dict[Cell, str] = {
    "present": mark("present"),
    "late": mark("late"),
    "left early": mark("left early"),
    "absent": mark("absent"),
    "excused": mark("excused"),
    "not applicable": mark("not applicable"),
    "no register": mark("no register"),
}


def write(report: Report, form: Format) -> bytes:
    """The report as a file: csv, xlsx and ods with English column names, pdf in the language in
    use. The same report gives the same bytes."""
    if form == "pdf":
        return write_pdf(report)
    if form == "csv":
        return write_csv(tables(report)[0])
    return {"xlsx": write_xlsx, "ods": write_ods}[form](*tables(report))


def tables(report: Report) -> tuple[Table, ...]:
    """The report as tables of typed cells, sorted; by day there are two."""
    notes = (
        (_("Gathering"), report.gathering),
        *report.filters,
        (_("Exported"), _exported(report)),
    )
    first = _table(_SHAPES[report.by], report.rows, notes)
    return (first, _table(_PERSON_DAYS, report.days)) if report.by == "day" else (first,)


def write_pdf(report: Report) -> bytes:
    """The report as a PDF, A4 across, in the language in use and in its direction."""
    shape = _SHAPES[report.by]
    rows = [
        [
            _shown(cell, width)
            for cell, (*_rest, width) in zip(row.cells(), shape.columns, strict=True)
        ]
        for row in sorted(report.rows, key=lambda r: r.place())
    ]
    data = {
        "gathering": report.gathering,
        "title": _(shape.title),
        "notes": [
            *(f"{label}: {isolate(value)}" for label, value in report.filters),
            _("Exported: {moment}").format(moment=ltr(_exported(report))),
        ],
        "columns": [
            {"title": _(heading), "width": width} for _key, heading, _kind, width in shape.columns
        ],
        "rows": rows,
        "page": _("Page {page} of {pages}"),
    }
    tags = len(rows) * len(shape.columns) <= _TAGGED_UP_TO
    return typesetting.typeset("table", data, at=report.exported_at, tags=tags)


def _table(shape: _Shape, rows: Sequence[Row], notes: tuple[tuple[str, str], ...] = ()) -> Table:
    return Table(
        shape.title,
        tuple(Column(key, key, kind) for key, _heading, kind, _width in shape.columns),
        [row.cells() for row in sorted(rows, key=lambda r: r.place())],
        notes,
        right_to_left=direction() == "rtl",
    )


def _exported(report: Report) -> str:
    wall = clock.to_wall(report.exported_at, report.tz)
    return f"{wall:%Y-%m-%d %H:%M} ({report.tz})"


def _hours(minutes: int) -> Decimal:
    """Minutes as hours with two decimals, half to even."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))


def _shown(cell: Cell, width: str) -> str:
    """A cell as people read it: statuses translated, dates and numbers from left to right."""
    if isinstance(cell, dt.datetime):
        return ltr(f"{cell:%Y-%m-%d %H:%M}")
    if isinstance(cell, dt.date):
        return typesetting.day(cell)
    if isinstance(cell, Decimal):
        return typesetting.decimal(cell)
    if width == "status":
        return _(_STATUSES[cell])
    return "" if cell is None else str(cell)
