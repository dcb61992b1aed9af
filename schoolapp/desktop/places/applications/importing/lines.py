"""The rows of a sheet as the page of the import shows them: in words, with all that is open."""

from collections.abc import Mapping
from dataclasses import dataclass

from schoolapp.base.language import _, direction, isolate
from schoolapp.desktop.kit.comparing import REASONS, Compared
from schoolapp.desktop.places.applications.importing.renewals import (
    Renewal,
    reasons_in_words,
    renewal_of,
)
from schoolapp.desktop.places.applications.importing.words import FIELDS, MERGED, OUTCOMES, PERHAPS
from schoolapp.domain.reading_cells import dates
from schoolapp.exchange.applications.correcting import suggested
from schoolapp.exchange.applications.drafts import Issue, Pair, PersonDraft, SheetRow
from schoolapp.exchange.applications.flags import doubts_of, sentence
from schoolapp.exchange.applications.readable import both_orders, suggestion_in_words
from schoolapp.operations.applications import Outcome, PlannedRow
from schoolapp.operations.people.merging import Side

UNDECIDED = "undecided"
_SETTLED = frozenset({Outcome.SAME.value, Outcome.LEFT_OUT.value})


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubtful cell: its sentence, and the value that can be taken over with one key.

    ``orders`` are the dates that it is with the day and with the month first, if it asks that.
    """

    field: str
    sentence: str
    suggestion: str = ""
    orders: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The other one of a pair: a row of the sheet or a known person, with the reasons in words."""

    heading: str
    reasons: str
    mine: Compared
    theirs: Compared


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet as the page shows it; ``groups`` are the chips that it belongs to.

    ``asks_same`` says that somebody may answer that the row is one person with the other.
    """

    row: int
    name: str
    outcome: str
    remarks: str
    groups: frozenset[str]
    doubts: tuple[Doubt, ...] = ()
    duplicate: Duplicate | None = None
    renewal: Renewal | None = None
    asks_same: bool = False

    @property
    def is_open(self) -> bool:
        """Whether somebody has to decide something about the row."""
        if self.groups & _SETTLED:
            return False
        return bool(self.doubts) or UNDECIDED in self.groups


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
    doubts = _doubts(row, is_decided=planned.row in alike.decided)
    groups = {planned.outcome.value, *(("doubtful",) if doubts else ())}
    unsure = planned.outcome in (Outcome.DUPLICATE, Outcome.NEW)
    asked = pair is not None or planned.perhaps is not None
    if asked and planned.row not in alike.decided and unsure:
        groups.add(UNDECIDED)
    renewal = renewal_of(planned)
    said = (_(row.why) if row.why else "", _remark(planned, renewal),
            *(one.sentence for one in doubts))  # fmt: skip
    settled = bool(groups & _SETTLED)
    return Line(
        row=planned.row,
        name=planned.name,
        outcome=_outcome(planned),
        remarks=" · ".join(filter(None, said)),
        groups=frozenset(groups),
        doubts=doubts,
        duplicate=None if settled else _duplicate(planned, row, pair, alike),
        renewal=renewal,
        asks_same=unsure or planned.row in alike.decided,
    )


def _outcome(planned: PlannedRow) -> str:
    if planned.perhaps is not None:
        return _(PERHAPS)
    return _(MERGED) if planned.merged else _(OUTCOMES[planned.outcome])


def _remark(planned: PlannedRow, renewal: Renewal | None) -> str:
    if planned.of_row is not None and planned.merged:
        return _("Merged with row {row}.").format(row=planned.of_row)
    if planned.like:
        return _("{name} is already known and looks similar.").format(name=isolate(planned.like))
    if renewal is None:
        return ""
    return renewal.remark if planned.application_id else f"{renewal.whose}. {renewal.why}"


def _doubts(row: SheetRow, *, is_decided: bool) -> tuple[Doubt, ...]:
    offers = {(issue.code, issue.field): issue for issue in suggested(row)}
    return tuple(
        Doubt(
            issue.field,
            _named(issue.field, sentence(issue)),
            _offer(offers.get((issue.code, issue.field))),
            _orders(issue),
        )
        for issue in doubts_of(row, is_decided=is_decided)
    )


def _offer(issue: Issue | None) -> str:
    return suggestion_in_words(issue.field, issue.suggestion) if issue else ""


def _orders(issue: Issue) -> tuple[str, str] | None:
    asks = issue.code == dates.AMBIGUOUS
    return both_orders(issue.value, issue.suggestion) if asks else None


def _named(field: str, said: str) -> str:
    """A sentence about a cell, after what its column is taken as: a row has several dates."""
    column = _(FIELDS[field]) if field in FIELDS else isolate(field)
    rest = isolate(said) if direction() == "rtl" else said
    return _("{column}: {said}").format(column=column, said=rest)


def _duplicate(
    planned: PlannedRow, row: SheetRow, pair: Pair | None, alike: Alike
) -> Duplicate | None:
    """The other one of a row: whose application it is or may be, else the row or person alike."""
    mine = _compared(row.person.full_name, row.person)
    owner = planned.whose.person_id if planned.whose else planned.not_person
    if owner is not None:
        reasons = reasons_in_words(planned.whose) if planned.whose else ""
        return _with_person(owner, reasons, mine, alike)
    if pair is None:
        return None
    reasons = ", ".join(_(REASONS[reason]) for reason in pair.reasons)
    reasons = _("Similar: {reasons}.").format(reasons=reasons)
    if pair.other_row is None:
        return _with_person(pair.known, reasons, mine, alike)
    other = alike.rows[pair.other_row]
    heading = _("Row {row}").format(row=other.row)
    return Duplicate(heading, reasons, mine, _compared(other.person.full_name, other.person))


def _with_person(key: int | None, reasons: str, mine: Compared, alike: Alike) -> Duplicate | None:
    side = alike.people.get(key or 0)
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
