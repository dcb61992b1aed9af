"""Leads a few letters, or the code of a badge, to a line of a table."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from schoolapp.desktop.tables import Table
from schoolapp.domain.scanning import read_code
from schoolapp.domain.text import words_of


class Findable(Protocol):
    """A line that letters lead to; lines without a status come first."""

    @property
    def id(self) -> int: ...
    @property
    def search(self) -> str: ...
    @property
    def status(self) -> str | None: ...


class Badged(Protocol):
    """A row of somebody who may have a badge; its code is empty for those without one."""

    @property
    def code(self) -> str: ...


Line = TypeVar("Line", bound=Findable)
Owner = TypeVar("Owner", bound=Badged)


def found(lines: Sequence[Line], typed: str) -> list[Line]:
    """The lines in which every word typed begins a word; those without a status come first."""
    words = words_of(typed)
    if not words:
        return []
    starts = [f" {word}" for word in words]
    hits = [line for line in lines if all(start in f" {line.search}" for start in starts)]
    return sorted(hits, key=_has_status)


def show_found(table: Table[Line], lines: Sequence[Line], typed: str) -> None:
    """Show the lines that the letters lead to, the first one selected; all of them without any."""
    shown = {line.id: line for line in (found(lines, typed) if typed else lines)}
    table.lazy.hand(shown)
    if typed and shown:
        table.selectRow(0)


def is_code(typed: str) -> bool:
    """Whether a scanner typed this."""
    return read_code(typed) is not None


def owner_of(rows: Iterable[Owner], typed: str) -> Owner | None:
    """The row whose badge a scanner typed, if any."""
    code = read_code(typed)
    return next((row for row in rows if code is not None and row.code == code), None)


def _has_status(line: Findable) -> bool:
    return line.status is not None
