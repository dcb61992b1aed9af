"""The lines of a leader's file in words: what stands out, what changes from what to what."""

from collections.abc import Iterator
from dataclasses import dataclass

from schoolapp.base.language import _, isolate, mark, plural
from schoolapp.desktop.look import formats
from schoolapp.exchange.sheets.names_returned import ReturnedNames
from schoolapp.operations.applications import FieldChange
from schoolapp.operations.delegations import NamedRow, NameOutcome, NamesPlan

OUTCOMES = {
    NameOutcome.NEW: mark("new person, gets a place"),
    NameOutcome.KNOWN: mark("known person, gets a place"),
    NameOutcome.MEMBER: mark("unchanged"),
    NameOutcome.CHANGED: mark("will be corrected"),
    NameOutcome.OTHER_PERSON: mark(
        "is written on the line of {other}; nothing changes. Use “Replace a person…” instead"
    ),
    NameOutcome.OTHER_CODE: mark("has the hidden code of {other}; nothing on this line is used"),
    NameOutcome.PERHAPS: mark(
        "has the name of somebody with a place, but no matching birth date"
        " or address; nothing on this line is used"
    ),
    NameOutcome.ELSEWHERE: mark(
        "already takes part, but not with this delegation; nothing changes"
    ),
    NameOutcome.TWICE: mark("is listed twice; the second line is left out"),
    NameOutcome.LEFT_OUT: mark("left out: there is no name that can be read"),
}
FIELDS = {
    "name": mark("Full name"),
    "born": mark("Date of birth"),
    "born_partly": mark("Date of birth"),
    "email": mark("E-mail"),
    "needs_visa": mark("Visa needed"),
    "first_time": mark("First time here"),
    "arrival": mark("Arrival"),
    "departure": mark("Departure"),
}


@dataclass(frozen=True, slots=True)
class NameLine:
    """A line as the panel lists it, with its icon and the ink of that."""

    words: str
    icon: str
    ink: str
    is_quiet: bool = False


_ADDED = (NameOutcome.NEW, NameOutcome.KNOWN)
_LOOKS = (
    ("triangle-alert", "danger"),
    ("pencil", "text"),
    ("user-plus", "text"),
    ("check", "text2"),
)


def lines_of(plan: NamesPlan, *, with_unchanged: bool) -> Iterator[NameLine]:
    """What needs attention first, then what changes, then who is new, then the absent."""
    for row in sorted(plan.rows, key=_rank):
        if with_unchanged or not row.is_quiet:
            icon, ink = _LOOKS[_rank(row)]
            yield NameLine(_words(row), icon, ink, row.is_quiet)
    for name in plan.absent:
        words = _("{name} is not in the file and keeps their place.")
        yield NameLine(words.format(name=isolate(name)), "user", "text2")


def summary(plan: NamesPlan) -> str:
    """How many get a place, how many are named then, changes and doubts."""
    said = [
        plural("{count} person gets a place", "{count} people get a place", plan.added).format(
            count=formats.number(plan.added)
        ),
        _("{count} named afterwards").format(count=formats.number(plan.named)),
    ]
    if plan.seats is not None and plan.named > plan.seats:
        words = _("{seats} seats were agreed: {count} too many")
        over = formats.number(plan.named - plan.seats)
        said.append(words.format(seats=formats.number(plan.seats), count=over))
    changed = sum(row.outcome is NameOutcome.CHANGED for row in plan.rows)
    words = plural("{count} line is corrected", "{count} lines are corrected", changed)
    said.append(words.format(count=formats.number(changed)))
    doubtful = sum(row.needs_attention for row in plan.rows)
    words = plural("{count} line with doubts", "{count} lines with doubts", doubtful)
    return " · ".join((*said, words.format(count=formats.number(doubtful))))


def notes_of(returned: ReturnedNames, plan: NamesPlan) -> Iterator[str]:
    """What is to be said of the whole file: sheets that were not read, a list that was sorted."""
    for other in returned.others:
        words = plural(
            "The sheet {name} was not read: {count} row. Copy the people who"
            " should come into the sheet that was sent.",
            "The sheet {name} was not read: {count} rows. Copy the people who"
            " should come into the sheet that was sent.",
            other.rows,
        )
        yield words.format(name=isolate(other.name), count=formats.number(other.rows))
    if sum(row.outcome is NameOutcome.OTHER_CODE for row in plan.rows) > 1:
        yield _(
            "The list seems to have been sorted without its hidden column: names"
            " are beside the codes of other people. Send the leader a new file,"
            " or correct by hand what changed."
        )


def _rank(row: NamedRow) -> int:
    if row.needs_attention:
        return 0
    if row.outcome is NameOutcome.CHANGED:
        return 1
    return 2 if row.outcome in _ADDED else 3


def _words(row: NamedRow) -> str:
    outcome = _(OUTCOMES[row.outcome]).format(other=isolate(row.code_of or ""))
    first = _("{name}: {fate}").format(name=isolate(row.name), fate=outcome)
    return "\n".join((first, *map(_changed, row.changes), *row.troubles))


def _changed(change: FieldChange) -> str:
    return _("{field}: {old} → {new}").format(
        field=_(FIELDS[change.field]), old=_value(change.old), new=_value(change.new)
    )


def _value(value: object) -> str:
    if value in (None, ""):
        return "–"
    return formats.yes_no(value) if isinstance(value, bool) else isolate(str(value))
