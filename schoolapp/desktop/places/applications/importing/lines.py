"""The rows of a sheet as the page of the import shows them: in words, with all that is open."""

from collections.abc import Mapping
from dataclasses import dataclass

from schoolapp.base.language import _, isolate
from schoolapp.desktop.kit.comparing import REASONS, Compared
from schoolapp.desktop.places.applications.importing.words import FIELDS, MERGED, OUTCOMES
from schoolapp.exchange.applications.correcting import suggested
from schoolapp.exchange.applications.drafts import Pair, PersonDraft, SheetRow
from schoolapp.exchange.applications.flags import sentence
from schoolapp.operations.applications import Outcome, PlannedRow
from schoolapp.operations.people.merging import Side

UNDECIDED = "undecided"
_SETTLED = frozenset({Outcome.SAME.value, Outcome.LEFT_OUT.value})


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
    mine: Compared
    theirs: Compared


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
class Alike:
    """What is known of rows that may be one person with another.

    ``decided`` are the rows for which somebody has decided this.
    """

    rows: Mapping[int, SheetRow]
    pairs: Mapping[int, Pair]
    people: Mapping[int, Side]
    decided: frozenset[int]


def line_of(planned: PlannedRow, alike: Alike) -> Line:
    """A row with what becomes of it, its doubts, and the person it resembles."""
    row, pair = alike.rows[planned.row], alike.pairs.get(planned.row)
    doubts = _doubts(row)
    groups = _groups(planned, row)
    unsure = planned.outcome in (Outcome.DUPLICATE, Outcome.NEW)
    if pair is not None and planned.row not in alike.decided and unsure:
        groups.add(UNDECIDED)
    said = (_(row.why) if row.why else "", _remark(planned), *(one.sentence for one in doubts))
    settled = bool(groups & _SETTLED)
    outcome = MERGED if planned.merged else OUTCOMES[planned.outcome]
    return Line(
        row=planned.row,
        name=planned.name,
        outcome=_(outcome),
        remarks=" · ".join(filter(None, said)),
        groups=frozenset(groups),
        doubts=doubts,
        duplicate=_duplicate(row, pair, alike) if pair is not None and not settled else None,
    )


def _groups(planned: PlannedRow, row: SheetRow) -> set[str]:
    groups = {planned.outcome.value}
    return groups | {"doubtful"} if row.issues and not row.skipped else groups


def _remark(planned: PlannedRow) -> str:
    if planned.of_row is not None and planned.merged:
        return _("Merged with row {row}.").format(row=planned.of_row)
    if planned.like:
        return _("{name} is known already and looks alike.").format(name=isolate(planned.like))
    return ""


def _doubts(row: SheetRow) -> tuple[Doubt, ...]:
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


def _duplicate(row: SheetRow, pair: Pair, alike: Alike) -> Duplicate | None:
    reasons = ", ".join(_(REASONS[reason]) for reason in pair.reasons)
    mine = _compared(row.person.full_name, row.person)
    if pair.other_row is not None:
        other = alike.rows[pair.other_row]
        heading = _("Row {row}").format(row=other.row)
        theirs = _compared(other.person.full_name, other.person)
        return Duplicate(heading, reasons, mine, theirs)
    side = alike.people.get(pair.known) if pair.known is not None else None
    if side is None:
        return None
    return Duplicate(_("Known person"), reasons, mine, _compared(side.name, side))


def _compared(name: str | None, person: PersonDraft | Side) -> Compared:
    """A person of a row, or one who is known."""
    return Compared(
        name=name or "",
        native_name=person.native_name or "",
        born=person.born.isoformat() if person.born else person.born_partly or "",
        country=person.country or "",
        email=person.email or "",
        phone=person.phone or "",
    )
