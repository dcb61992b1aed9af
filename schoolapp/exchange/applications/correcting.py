"""Correcting a value of a row: a person accepts what is suggested, or types it in place."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from schoolapp.base.shipped import regions
from schoolapp.exchange.applications.drafts import Issue, SheetRow
from schoolapp.exchange.applications.mapping import Column
from schoolapp.exchange.applications.sheets import Cell

PARTS_OF_NAME = ("given", "middle", "prefix", "family", "second_family")
_NAMES = ("full_name", "given", "family")


def suggested(row: SheetRow) -> tuple[Issue, ...]:
    """The issues whose value is in doubt and for which there is a suggestion to accept."""
    if row.skipped:
        return ()
    found: dict[str, Issue] = {}
    for issue in row.issues:
        if issue.suggestion and not getattr(row.person, issue.field, True):
            found.setdefault(issue.field, issue)
    return tuple(issue for issue in found.values() if _value(issue) is not None)


def corrected(row: SheetRow, fields: Collection[str]) -> SheetRow:
    """The row with the suggestions for these fields taken over and their doubts settled."""
    for issue in suggested(row):
        if issue.field in fields:
            value: dict[str, Any] = {issue.field: _value(issue)}  # Any: as the field has it
            person = replace(row.person, **value)
            left = tuple(i for i in row.issues if i.field != issue.field)
            row = replace(row, person=person, issues=left)
    return row


def retyped(
    columns: Sequence[Column], cells: Sequence[Cell], typed: Mapping[str, str]
) -> Iterator[tuple[Column, Cell]]:
    """The cells of a row with what somebody typed in place of those of a field.

    Where a field has several columns, the words stand in the first one that is not an option;
    where it has none, as if it had one. A whole name stands in place of its parts.
    """
    placed: set[str] = set()
    hidden = {*typed, *(PARTS_OF_NAME if "full_name" in typed else ())}
    for column, cell in zip(columns, cells, strict=False):
        name = column.field
        if name is None or name not in hidden:
            yield column, cell
        elif name in typed and name not in placed and column.option is None:
            placed.add(name)
            yield column, typed[name]
    for name in typed.keys() - placed:
        yield Column(len(columns), "", name), typed[name]


def _value(issue: Issue) -> dt.date | str | None:
    """The suggestion as the field holds it; ``None`` if it is not a value of the field."""
    text = issue.suggestion or ""
    if issue.field == "born":
        return dt.date.fromisoformat(text)  # no other suggestion is made for a date
    if issue.field in ("country", "nationality"):
        return text if text in regions() else None
    return text if issue.field in ("email", "phone", *_NAMES) else None
