"""What becomes of each row of a list, and what an importer of one kind of list has to do."""

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Protocol

from schoolapp.exchange.lists.values import ListRow


class ListOutcome(enum.StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about a row, marked, with the words for its places."""

    sentence: str
    words: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A row with what becomes of it; ``name`` is what the row is about.

    ``changes`` are field, old and new value of something that is there already.
    """

    row: int
    outcome: ListOutcome
    name: str
    remarks: tuple[Remark, ...] = ()
    changes: tuple[tuple[str, str, str], ...] = ()


class Importer(Protocol):
    """Takes over rows of one kind of list, one after the other."""

    def plan(self, row: ListRow) -> PlannedLine:
        """What becomes of a row, without doing it."""

    def save(self, row: ListRow, line: PlannedLine) -> None:
        """Do it; only called for what is new or changed."""


def written(value: object) -> str:
    """A value as a line of changes shows it; empty for none."""
    if value is None:
        return ""
    return value.isoformat(" ", "minutes") if isinstance(value, dt.datetime) else str(value)
