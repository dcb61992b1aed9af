"""What a table shows, declared once: columns, the view that was asked for, where rows come from."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Never, TypedDict, TypeVar, Unpack

from schoolapp.base.language import _, ltr
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.states import state_look

if TYPE_CHECKING:  # the first paint does without money and the database
    from decimal import Decimal

    from schoolapp.domain.money import Money
    from schoolapp.storage.store import DbSession

R = TypeVar("R")
"""A row of a place: frozen, with a name and a type for each cell."""
R_co = TypeVar("R_co", covariant=True)


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


class More(TypedDict, total=False):
    """What a column may say beyond its title and its width.

    ``sort`` is the key that the source sorts by. ``private`` columns can be hidden together. A
    ``sparse`` one is shown once a row has something in it: not every gathering has delegations.
    """

    sort: str
    private: bool
    sparse: bool


class Column(Generic[R]):
    """One column of a table over rows of type ``R``, made by the name of its kind.

    ``Column.money(lambda row: row.granted, mark("Granted"), 13, sort="granted")`` reads a cell by
    the name of its field, so that the type checker finds every column of a field that is renamed.
    The width is in characters.
    """

    __slots__ = (
        "_read",
        "_write",
        "kind",
        "machine",
        "private",
        "sort",
        "sparse",
        "title",
        "width",
    )

    def __init__(
        self,
        read: Callable[[R], object],
        write: Callable[[R], str],
        title: str,
        width: int,
        kind: Kind,
        machine: str = "",
        **more: Unpack[More],
    ) -> None:
        if kind is Kind.STATE and not machine:
            raise ValueError(f"column {title}: a state belongs to a workflow")
        if width < 1:
            raise ValueError(f"column {title}: the width is in characters, at least one")
        self.title, self.width, self.kind, self.machine = title, width, kind, machine
        self.sort, self.private = more.get("sort", ""), more.get("private", False)
        self.sparse = more.get("sparse", False)
        self._read, self._write = read, write

    @classmethod
    def name(
        cls, read: Callable[[R], str], title: str, width: int, **more: Unpack[More]
    ) -> "Column[R]":
        """What a row is called by."""
        return cls(read, _writer(read, str), title, width, Kind.NAME, **more)

    @classmethod
    def text(
        cls, read: Callable[[R], str | None], title: str, width: int, **more: Unpack[More]
    ) -> "Column[R]":
        """Words."""
        return cls(read, _writer(read, str), title, width, Kind.TEXT, **more)

    @classmethod
    def code(
        cls, read: Callable[[R], str | int | None], title: str, width: int, **more: Unpack[More]
    ) -> "Column[R]":
        """What always runs from left to right: an address, a number that nobody adds up."""
        return cls(read, _writer(read, _code), title, width, Kind.CODE, **more)

    @classmethod
    def state(
        cls,
        read: Callable[[R], str | None],
        title: str,
        width: int,
        machine: str,
        **more: Unpack[More],
    ) -> "Column[R]":
        """A state of the workflow ``machine``, painted as a chip."""
        return cls(
            read, _writer(read, partial(_state, machine)), title, width, Kind.STATE, machine, **more
        )

    @classmethod
    def number(
        cls,
        read: "Callable[[R], int | Decimal | None]",
        title: str,
        width: int,
        **more: Unpack[More],
    ) -> "Column[R]":
        """A figure."""
        return cls(read, _writer(read, formats.number), title, width, Kind.NUMBER, **more)

    @classmethod
    def money(
        cls, read: "Callable[[R], Money | None]", title: str, width: int, **more: Unpack[More]
    ) -> "Column[R]":
        """An amount with its currency."""
        return cls(read, _writer(read, formats.money), title, width, Kind.MONEY, **more)

    @classmethod
    def date(
        cls, read: Callable[[R], dt.date | None], title: str, width: int, **more: Unpack[More]
    ) -> "Column[R]":
        """A day."""
        return cls(read, _writer(read, formats.date), title, width, Kind.DATE, **more)

    @classmethod
    def time(
        cls,
        read: Callable[[R], dt.time | dt.datetime | None],
        title: str,
        width: int,
        **more: Unpack[More],
    ) -> "Column[R]":
        """A time of the day."""
        return cls(read, _writer(read, formats.time), title, width, Kind.TIME, **more)

    @classmethod
    def moment(
        cls, read: Callable[[R], dt.datetime | None], title: str, width: int, **more: Unpack[More]
    ) -> "Column[R]":
        """A wall date and time."""
        return cls(read, _writer(read, formats.moment), title, width, Kind.MOMENT, **more)

    @classmethod
    def yes_no(
        cls, read: Callable[[R], bool | None], title: str, width: int, **more: Unpack[More]
    ) -> "Column[R]":
        """A fact that holds or does not."""
        return cls(read, _writer(read, formats.yes_no), title, width, Kind.YES_NO, **more)

    @classmethod
    def country(
        cls, read: Callable[[R], str | None], title: str, width: int, **more: Unpack[More]
    ) -> "Column[R]":
        """A country by its ISO 3166-1 code, shown by its name."""
        return cls(read, _writer(read, formats.country_name), title, width, Kind.COUNTRY, **more)

    @classmethod
    def languages(
        cls, read: Callable[[R], str | None], title: str, width: int, **more: Unpack[More]
    ) -> "Column[R]":
        """Codes of languages parted by commas, shown by their names."""
        return cls(read, _writer(read, _languages), title, width, Kind.LANGUAGES, **more)

    @property
    def at_the_end(self) -> bool:
        """Whether values stand at the end side, as figures do."""
        return self.kind in _AT_THE_END

    def state_of(self, row: R) -> str:
        """The state of a row, empty where it has none."""
        value = self._read(row)
        return "" if value is None else str(value)

    def value_of(self, row: R) -> object:
        """The value of a row as it is stored."""
        return self._read(row)

    def text_of(self, row: R) -> str:
        """The value of a row as it is shown, spoken and copied."""
        return self._write(row)


def _writer(read: Callable[[R], object], write: Callable[[Any], str]) -> Callable[[R], str]:
    """Writes the cell of a row; an empty one is left empty.

    That ``write`` takes what ``read`` gives is checked where each kind of column is declared.
    """

    def written(row: R) -> str:
        value = read(row)
        return "" if value is None or value == "" else write(value)

    return written


def _code(value: str | int) -> str:
    return ltr(str(value))


def _state(machine: str, state: str) -> str:
    return state_look(machine, str(state)).text


def _languages(codes: str) -> str:
    return formats.language_names(codes.split(", "))


Filter = str | int | bool | None
NO_FILTERS: Mapping[str, Filter] = MappingProxyType({})


class View(NamedTuple):
    """What a table was asked to show; ``gathering`` is None for all schools and camps."""

    gathering: int | None = None
    search: str = ""
    filters: Mapping[str, Filter] = NO_FILTERS
    sort: str = ""
    descending: bool = False

    def text(self, name: str) -> str:
        """The words that a filter holds; none where it is not set."""
        return str(self.filters.get(name) or "")

    def number(self, name: str) -> int | None:
        """The key or the figure that a filter holds, if it is set."""
        held = self.filters.get(name)
        return held if isinstance(held, int) else None

    def flag(self, name: str) -> bool | None:
        """Whether a filter asks for a fact, or against it; None where it is not set."""
        held = self.filters.get(name)
        return None if held is None else bool(held)

    @property
    def is_narrowed(self) -> bool:
        """Whether search or filters may hide rows."""
        return bool(self.search or any(v not in (None, "") for v in self.filters.values()))


class Source(NamedTuple, Generic[R_co]):
    """Where rows come from: both functions run in the database worker, with its session."""

    ids: "Callable[[DbSession, View], Sequence[int]]"
    rows: "Callable[[DbSession, Sequence[int]], Mapping[int, R_co]]"


def _no_ids(session: "DbSession", view: View) -> Sequence[int]:
    return ()


def _no_rows(session: "DbSession", ids: Iterable[int]) -> Mapping[int, Never]:
    return {}


HANDED: Source[Never] = Source(_no_ids, _no_rows)
"""The source of a table that asks for nothing: all its rows are handed to it at once."""


def heading(column: Column[R]) -> str:
    """The title in the language in use."""
    return _(column.title)
