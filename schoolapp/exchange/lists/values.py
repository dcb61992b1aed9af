"""The rows of a list that was read: values of known types, and what is doubtful in them."""

import datetime as dt
from dataclasses import dataclass, field

from schoolapp.domain.money import Money
from schoolapp.exchange.lists.kinds import ListKind

Value = str | int | bool | Money | dt.date | dt.time | dt.datetime | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListDoubt:
    """A cell that was not understood: its field, its words, and a sentence, marked.

    The sentence has a place ``{words}``, and ``{first}`` and ``{second}`` for what they may mean.
    """

    field: str
    words: str
    sentence: str
    first: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a list, 1 being the first below the headings; a field in doubt has no value.

    ``why`` says, marked, why a row is left out; ``raw`` is heading to text.
    """

    row: int
    raw: dict[str, str]
    values: dict[str, Value] = field(default_factory=dict)
    doubts: tuple[ListDoubt, ...] = ()
    why: str | None = None

    def text(self, name: str) -> str:
        """The words of a field; empty where there are none."""
        found = self.values.get(name)
        return found if isinstance(found, str) else ""

    def number(self, name: str) -> int | None:
        """The number of a field."""
        found = self.values.get(name)
        return found if isinstance(found, int) and not isinstance(found, bool) else None

    def money(self, name: str) -> Money | None:
        """The amount of a field."""
        found = self.values.get(name)
        return found if isinstance(found, Money) else None

    def day(self, name: str) -> dt.date | None:
        """The day of a field, of a moment too."""
        found = self.values.get(name)
        if isinstance(found, dt.datetime):
            return found.date()
        return found if isinstance(found, dt.date) else None

    def clock(self, name: str) -> dt.time | None:
        """The time of day of a field, of a moment too."""
        found = self.values.get(name)
        if isinstance(found, dt.datetime):
            return found.time()
        return found if isinstance(found, dt.time) else None

    def tags(self, name: str) -> tuple[str, ...]:
        """The languages of a field."""
        found = self.values.get(name)
        return found if isinstance(found, tuple) else ()


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list understood: the kind, where it was, what its columns mean, and all its rows.

    ``columns`` are heading and field; None is left out. ``other_tables`` are the names of those
    that were not read, ``unread`` the headings of columns that are left out though they have cells.
    """

    file: str
    kind: ListKind
    table: str
    header_row: int
    columns: tuple[tuple[str, str | None], ...]
    rows: tuple[ListRow, ...]
    other_tables: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
