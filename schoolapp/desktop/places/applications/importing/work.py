"""What the import asks of files and database: functions for the workers, frozen values back."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop.kit.comparing import REASONS
from schoolapp.desktop.places.applications.importing.words import FIELDS, OUTCOMES
from schoolapp.domain.rules import RuleBroken

Progress = Callable[[int, int], None]
UNDECIDED = "undecided"
_SETTLED = frozenset({"same", "left_out"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody decided about the sheet; ``columns`` is None while they are as guessed."""

    columns: Mapping[str, str | None] | None = None
    date_order: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    accepted: Mapping[int, frozenset[str]] = field(default_factory=dict)
    joined: frozenset[int] = frozenset()
    apart: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the database knows before a file is read."""

    known: Any
    first_day: Any
    currency: str
    saved: Any


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubtful cell: its sentence, and the value that can be taken over with one key."""

    field: str
    sentence: str
    suggestion: str = ""
    asks_order: bool = False


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The other one of a pair: a row of the sheet or a known person, with the reasons."""

    heading: str
    reasons: str
    mine: Mapping[str, str]
    theirs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet as the page shows it; ``groups`` are the chips that it belongs to."""

    row: int
    name: str
    outcome: str
    remarks: str
    groups: frozenset[str]
    doubts: tuple[Doubt, ...] = ()
    duplicate: Duplicate | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody has to decide something about the row."""
        if self.groups & _SETTLED:
            return False
        asked = any(doubt.suggestion or doubt.asks_order for doubt in self.doubts)
        return asked or UNDECIDED in self.groups


@dataclass(frozen=True, slots=True)
class Planned:
    """A sheet that was read, its plan, and the lines to show."""

    sheets: Any
    sheet: Any
    plan: Any
    lines: Mapping[int, Line]


class Stopping:
    """Lets the window stop work in another thread: what reports its progress raises there."""

    def __init__(self, tell: Progress) -> None:
        self._event, self._tell = threading.Event(), tell

    @property
    def is_stopped(self) -> bool:
        """Whether nobody waits for the work any more."""
        return self._event.is_set()

    def stop(self) -> None:
        """End the work at the next report."""
        self._event.set()

    def __call__(self, done: int, total: int) -> None:
        """Report, or stop."""
        if self._event.is_set():
            raise RuleBroken(mark("The import was stopped. Nothing was changed."))
        self._tell(done, total)


def facts(gathering_id: int, session: Any) -> Facts:
    """Everybody who is known, the forms met before, and the gathering's own."""
    from schoolapp.domain.gatherings import Gathering
    from schoolapp.operations.applications import known_persons, saved_mappings

    gathering = session.get_one(Gathering, gathering_id)
    known = known_persons(session)
    return Facts(known, gathering.start_date, gathering.currency, saved_mappings(session))


def opened(path: Path, wanted: Wanted) -> Any:
    """The cells of a file, read in a process of its own."""
    from schoolapp.exchange.applications.worker import read_apart

    return read_apart(path.read_bytes(), path.name, _choices(wanted, None).opening)


def understood(
    path: Path, sheets: Any, known: Facts, wanted: Wanted, progress: Progress
) -> tuple[Any, Any]:
    """(cells, rows) of a file; it is read only if it was not yet."""
    from schoolapp.exchange.applications.importing import understand

    sheets = sheets or opened(path, wanted)
    sheet = understand(
        sheets,
        path.name,
        choices=_choices(wanted, known),
        known=known.known,
        reference_date=known.first_day,
        progress=progress,
    )
    return sheets, sheet


def planned(gathering_id: int, sheets: Any, sheet: Any, wanted: Wanted, session: Any) -> Planned:
    """What importing the sheet would do, line by line."""
    from schoolapp.operations.applications import plan_import
    from schoolapp.operations.people.merging import sides

    plan = plan_import(
        session,
        gathering_id=gathering_id,
        sheet=sheet,
        apart=wanted.apart,
        joined=wanted.joined,
    )
    pairs: dict[int, Any] = {}
    for pair in sheet.pairs:
        pairs.setdefault(pair.row, pair)
    people = sides(session, [pair.known for pair in pairs.values() if pair.known])
    rows = {row.row: row for row in sheet.rows}
    lines = {p.row: _line(p, rows, pairs.get(p.row), people, wanted) for p in plan.rows}
    return Planned(sheets, sheet, plan, lines)


def applied(
    gathering_id: int, ready: Planned, wanted: Wanted, progress: Progress, session: Any
) -> Any:
    """Do what is shown."""
    from schoolapp.operations.applications import apply_import

    return apply_import(
        session,
        gathering_id=gathering_id,
        sheet=ready.sheet,
        token=ready.plan.token,
        apart=wanted.apart,
        joined=wanted.joined,
        progress=progress,
    )


def _choices(wanted: Wanted, known: Facts | None) -> Any:
    from schoolapp.exchange.applications.importing import Choices
    from schoolapp.exchange.applications.mapping import Mapping as Meaning
    from schoolapp.exchange.applications.sheets import Opening

    meaning = Meaning(
        columns=dict(wanted.columns or {}),
        date_order=dict(wanted.date_order),
        currency=known.currency if known else "EUR",
    )
    opening = Opening(wanted.encoding, wanted.delimiter, wanted.header_row)
    return Choices(meaning, known.saved if known else (), opening, wanted.accepted)


def _line(planned: Any, rows: Any, pair: Any, people: Any, wanted: Wanted) -> Line:
    row = rows[planned.row]
    doubts = _doubts(row)
    groups = {planned.outcome.value}
    if row.issues and not row.skipped:
        groups.add("doubtful")
    decided = planned.row in wanted.apart or planned.row in wanted.joined
    if pair is not None and not decided and planned.outcome.value in ("duplicate", "new"):
        groups.add(UNDECIDED)
    said = [_(row.why)] if row.why else []
    said += [_remark(planned)] if _remark(planned) else []
    said += [doubt.sentence for doubt in doubts]
    asks = pair is not None and not groups & _SETTLED
    duplicate = _duplicate(row, rows, pair, people) if asks else None
    outcome = "merged" if planned.merged else planned.outcome.value
    return Line(
        planned.row,
        planned.name,
        _(OUTCOMES[outcome]),
        " · ".join(said),
        frozenset(groups),
        doubts,
        duplicate,
    )


def _remark(planned: Any) -> str:
    if planned.of_row is not None and planned.merged:
        return _("Merged with row {row}.").format(row=planned.of_row)
    if planned.like:
        return _("{name} is known already and looks alike.").format(name=isolate(planned.like))
    return ""


def _doubts(row: Any) -> tuple[Doubt, ...]:
    from schoolapp.exchange.applications.correcting import suggested
    from schoolapp.exchange.applications.flags import sentence

    offers = {(issue.code, issue.field): issue.suggestion for issue in suggested(row)}
    return tuple(
        Doubt(
            issue.field,
            _named(issue.field, sentence(issue)),
            offers.get((issue.code, issue.field)) or "",
            issue.code == "date_ambiguous",
        )
        for issue in row.issues
    )


def _named(field: str, said: str) -> str:
    """A sentence about a cell, after what its column is taken as: a row has several dates."""
    if field not in FIELDS:
        return said
    return _("{column}: {said}").format(column=_(FIELDS[field]), said=said)


def _duplicate(row: Any, rows: Any, pair: Any, people: Any) -> Duplicate | None:
    reasons = ", ".join(_(REASONS[reason]) for reason in pair.reasons)
    if pair.other_row is not None:
        other = rows[pair.other_row]
        heading = _("Row {row}").format(row=other.row)
        return Duplicate(heading, reasons, _shown(row.person), _shown(other.person))
    if pair.known not in people:
        return None
    side = people[pair.known]
    theirs = {
        "full_name": side.name,
        "native_name": side.native_name or "",
        "born": side.born.isoformat() if side.born else side.born_partly or "",
        "country": side.country or "",
        "email": side.email or "",
        "phone": side.phone or "",
    }
    return Duplicate(_("Known person"), reasons, _shown(row.person), theirs)


def _shown(person: Any) -> dict[str, str]:
    return {
        "full_name": person.full_name or "",
        "native_name": person.native_name or "",
        "born": person.born.isoformat() if person.born else person.born_partly or "",
        "country": person.country or "",
        "email": person.email or "",
        "phone": person.phone or "",
    }
