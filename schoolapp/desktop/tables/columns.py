"""What a table shows, declared once: columns, the view that was asked for, where rows come from."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from schoolapp.base.language import _, ltr
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.states import state_look

if TYPE_CHECKING:
    from decimal import Decimal

    from schoolapp.domain.money import Money

Row = Any  # a frozen dataclass of the place; each column reads the attribute named by its key


class Kind(Enum):
    """How the values of a column are written and aligned."""

    NAME = "name"  # takes the spare width and is cut last
    TEXT = "text"
    STATE = "state"  # painted as a chip
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"  # a wall date and time
    CODE = "code"  # kept from left to right
    YES_NO = "yes_no"
    COUNTRY = "country"  # a code, shown by the name
    LANGUAGES = "languages"  # codes parted by commas, shown by the names


_AT_THE_END = frozenset({Kind.NUMBER, Kind.MONEY})


class Column:
    """One column. ``width`` in characters; ``sort`` is the key the source sorts by, "" for none.

    ``machine`` names the workflow of a STATE column. ``private`` columns can be hidden together. A
    ``sparse`` one is shown once a row has something in it: not every gathering has delegations.
    """

    __slots__ = ("key", "kind", "machine", "private", "sort", "sparse", "title", "width")

    def __init__(
        self,
        key: str,
        title: str,
        width: int,
        kind: Kind = Kind.TEXT,
        sort: str = "",
        machine: str = "",
        private: bool = False,
        sparse: bool = False,
    ) -> None:
        if (kind is Kind.STATE) != bool(machine):
            raise ValueError(f"column {key}: a workflow goes with a state, and only with it")
        if width < 1:
            raise ValueError(f"column {key}: the width is in characters, at least one")
        self.key, self.title, self.width, self.kind = key, title, width, kind
        self.sort, self.machine, self.private, self.sparse = sort, machine, private, sparse

    @property
    def at_the_end(self) -> bool:
        """Whether values stand at the end side, as figures do."""
        return self.kind in _AT_THE_END

    def value(self, row: Row) -> Any:
        """The value of a row."""
        return getattr(row, self.key)

    def text(self, row: Row) -> str:
        """The value as it is shown, spoken and copied."""
        value = getattr(row, self.key)
        if value is None or value == "":
            return ""
        if self.kind is Kind.STATE:
            return state_look(self.machine, str(value)).text
        return _WRITERS.get(self.kind, str)(value)


def _number(value: "int | Decimal") -> str:
    return formats.number(value)


def _money(value: "Money") -> str:
    return formats.money(value)


def _date(value: dt.date) -> str:
    return formats.date(value)


def _moment(value: dt.datetime) -> str:
    return formats.moment(value)


def _languages(codes: str) -> str:
    return formats.language_names(codes.split(", "))


_WRITERS: Mapping[Kind, Callable[[Any], str]] = {
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.TIME: formats.time,
    Kind.MOMENT: _moment,
    Kind.CODE: ltr,
    Kind.YES_NO: formats.yes_no,
    Kind.COUNTRY: formats.country_name,
    Kind.LANGUAGES: _languages,
}


NO_FILTERS: Mapping[str, Any] = MappingProxyType({})


class View(NamedTuple):
    """What a table was asked to show; ``gathering`` is None for all schools and camps."""

    gathering: int | None = None
    search: str = ""
    filters: Mapping[str, Any] = NO_FILTERS
    sort: str = ""
    descending: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Whether search or filters may hide rows."""
        return bool(self.search or any(v not in (None, "", ()) for v in self.filters.values()))


class Source(NamedTuple):
    """Where rows come from: both functions run in the database worker, with its session."""

    ids: Callable[[Any, View], Sequence[int]]
    rows: Callable[[Any, Sequence[int]], Mapping[int, Row]]


def _no_ids(session: Any, view: View) -> Sequence[int]:
    return ()


def _no_rows(session: Any, ids: Sequence[int]) -> Mapping[int, Row]:
    return {}


HANDED = Source(_no_ids, _no_rows)
"""The source of a table that asks for nothing: all its rows are handed to it at once."""


def heading(column: Column) -> str:
    """The title in the language in use."""
    return _(column.title)
