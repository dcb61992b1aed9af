"""The csv tables beside a package: attendance, daily presence, invitations, the arrival desk."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from schoolapp.base.language import mark
from schoolapp.domain.attendance import AttendanceMark, AttendanceState, DayPresence
from schoolapp.domain.invitations import PartStat, SessionInvitation
from schoolapp.exchange.packages.codecs import (
    DATE,
    INTEGER,
    TEXT,
    UTC,
    Codec,
    Known,
    Unreadable,
    choice,
    or_empty,
    reference,
    states,
    within,
    worded,
    words_for,
)
from schoolapp.exchange.packages.desk import ARRIVAL, CHECK, PARTICIPANT, arrivals_of, checks_of
from schoolapp.exchange.packages.fields import Derived, Field, Record, entity
from schoolapp.exchange.packages.model import Package
from schoolapp.exchange.packages.people import PERSON_REFERENCE

T = TypeVar("T")
R = TypeVar("R")
IN_TEXT = worded(mark("{value} is no whole number"), int)
NUMBER = Codec(lambda value, known: INTEGER.read(IN_TEXT.read(value, known), known), IN_TEXT.write)
SESSION_REFERENCE = reference("sessions", "uid")


@dataclass(frozen=True, slots=True)
class Table(Generic[R]):
    """A csv table: the end of its file name, what a row is, and which columns distinguish rows.

    ``rows_of`` is the list of a package that holds its rows, or finds those that its parts hold.
    """

    name: str
    record: Record[R]
    unique: tuple[str, ...]
    rows_of: Callable[[Package], list[R]]

    def read(self, text: str, known: Known) -> list[R]:
        """The entities of a file's text; ``Unreadable`` with line, column and reason."""
        try:
            lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        except csv.Error:
            raise Unreadable(mark("this is no csv table")) from None
        headings = self.record.keys
        if not lines or lines[0] != headings:
            raise Unreadable(
                mark("the headings must be {headings}"), headings=",".join(headings)
            ).inside("line 1")
        return [
            within(f"line {n}", self._row, cells, known) for n, cells in enumerate(lines[1:], 2)
        ]

    def _row(self, cells: list[str], known: Known) -> R:
        headings = self.record.keys
        if len(cells) != len(headings):
            raise Unreadable(
                mark("there are {cells} cells for {headings} headings"),
                cells=len(cells),
                headings=len(headings),
            )
        raw = dict(zip(headings, cells, strict=True))
        row = self.record.read({**raw}, known)
        known.add(self.name, ", ".join(raw[column] for column in self.unique), row)
        return row

    def write(self, rows: list[R]) -> str:
        """The text of the file."""
        out = io.StringIO(newline="")
        plain = csv.writer(out, lineterminator="\n")
        quoting = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
        plain.writerow(self.record.keys)
        for row in rows:
            cells = list(self.record.write(row).values())
            # a lone CR ends a row for whoever reads it, and the writer would leave it bare
            writer = quoting if any("\r" in str(cell) for cell in cells) else plain
            writer.writerow(cells)
        return out.getvalue()


ATTENDANCE = Table(
    "attendance",
    Record(
        entity(AttendanceMark),
        (
            Field("session", SESSION_REFERENCE),
            Field("person", PARTICIPANT, "participation"),
            Field("status", states(AttendanceState)),
            Field("check_in", or_empty(UTC)),
            Field("check_out", or_empty(UTC)),
            Field("minutes", NUMBER),
            Field("method", TEXT),
        ),
    ),
    ("session", "person"),
    lambda package: package.attendance,
)


def _delegation_code(presence: DayPresence) -> str:
    delegation = presence.participation.delegation
    return delegation.code if delegation else ""


DAILY_PRESENCE = Table(
    "daily_presence",
    Record(
        entity(DayPresence),
        (
            Field("date", DATE),
            Field("person", PARTICIPANT, "participation"),
            Derived("delegation", TEXT, _delegation_code),
            Field("on_site", words_for({"1": True, "0": False})),
        ),
    ),
    ("date", "person"),
    lambda package: package.daily_presence,
)
INVITATIONS = Table(
    "invites",
    Record(
        entity(SessionInvitation),
        (
            Field("session", SESSION_REFERENCE),
            Field("person", PERSON_REFERENCE),
            Field("sequence", NUMBER),
            Field("method", choice("REQUEST", "CANCEL")),
            Field("partstat", states(PartStat)),
            Field("sent", choice("bundle", "update")),
        ),
    ),
    ("session", "person"),
    lambda package: package.invitations,
)
ARRIVALS = Table("arrivals", ARRIVAL, ("person", "came_at"), arrivals_of)
CHECKS = Table("arrival_checks", CHECK, ("person", "came_at", "item"), checks_of)
# Any: a table of each type; the checks look for their arrivals, so they come after them
TABLES: tuple[Table[Any], ...] = (ATTENDANCE, DAILY_PRESENCE, INVITATIONS, ARRIVALS, CHECKS)
