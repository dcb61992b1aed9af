"""What the page of a list says: its kinds, what becomes of a row, what a field is called."""

from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop.look.formats import language_name
from schoolapp.exchange.lists.kinds import MARKS, PEOPLE, ROOMS, SESSIONS, TEXTS, ListKind
from schoolapp.exchange.lists.values import ListDoubt, ListRow
from schoolapp.operations.lists import ListOutcome, PlannedLine, Remark

SHEETS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods")
TITLES = {
    ROOMS.name: mark("Import rooms from {file}"),
    SESSIONS.name: mark("Import sessions from {file}"),
    PEOPLE.name: mark("Import people from {file}"),
    TEXTS.name: mark("Import texts from {file}"),
    MARKS.name: mark("Import marks from {file}"),
}
OUTCOMES = {
    ListOutcome.NEW: mark("New"),
    ListOutcome.CHANGED: mark("Changed"),
    ListOutcome.SAME: mark("Unchanged"),
    ListOutcome.LEFT_OUT: mark("Left out"),
}
COUNTED = {
    ListOutcome.NEW: mark("{count} new"),
    ListOutcome.CHANGED: mark("{count} changed"),
    ListOutcome.SAME: mark("{count} unchanged"),
    ListOutcome.LEFT_OUT: mark("{count} left out"),
}


def remarks(kind: ListKind, row: ListRow, line: PlannedLine) -> str:
    """Everything that is to be said of a row: doubts first, then what changes."""
    said = [_doubt(kind, doubt) for doubt in row.doubts]
    said += [_remark(one) for one in line.remarks]
    said += [_change(kind, *change) for change in line.changes]
    return " · ".join(said)


def label(kind: ListKind, name: str) -> str:
    """What a field is called."""
    known = {field.name: field.label for field in kind.fields}
    return _(known[name]) if name in known else name


def _remark(one: Remark) -> str:
    spoken = language_name(one.language) if one.language else ""
    return _(one.sentence).format(words=isolate(one.words), number=one.number, language=spoken)


def _doubt(kind: ListKind, doubt: ListDoubt) -> str:
    sentence = _(doubt.sentence).format(
        words=isolate(doubt.words), first=isolate(doubt.first), second=isolate(doubt.second)
    )
    return _("{column}: {said}").format(column=label(kind, doubt.field), said=sentence)


def _change(kind: ListKind, name: str, old: str, new: str) -> str:
    return _("{column}: {old} becomes {new}").format(
        column=label(kind, name), old=isolate(old or "–"), new=isolate(new or "–")
    )
