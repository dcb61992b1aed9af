"""How a value of a column is written in the journal, and read back: one codec by column type."""

import datetime as dt
import enum
from decimal import Decimal
from typing import TypeAlias

from sqlalchemy import Column, types

from schoolapp.domain.base import DecimalText, StateText, UtcMoment

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"
"""A value as JSON can hold it."""
Values = dict[str, Plain]
"""The values of a row by the names of its columns, as the journal keeps them."""
AS_IT_IS = frozenset({type(None), str, int, bool, float, list, dict})
"""The types of nearly all values: they are looked up before anything else is tried."""


def plain(value: object) -> Plain:
    """The value as JSON can hold it."""
    if type(value) in AS_IT_IS:
        return value  # type: ignore[return-value]  # of the types of Plain
    match value:
        case enum.Enum():
            return plain(value.value)
        case dt.datetime(tzinfo=dt.tzinfo()):  # one moment has one text, whatever zone it came in
            return value.astimezone(dt.UTC).isoformat()
        case dt.date() | dt.time():  # a naive datetime is a date too
            return value.isoformat()
        case Decimal():
            return str(value)
        case _:  # a type derived from one that JSON knows
            return value  # type: ignore[return-value]


def live(column: Column[object], stored: Plain) -> object:
    """The value that ``plain`` wrote, as the column's type has it in Python."""
    if not isinstance(stored, str):
        return stored
    match column.type:
        case types.Enum() as kind:
            return kind.enum_class(stored) if kind.enum_class else stored
        case StateText() as kind:
            return kind.states(stored)
        case UtcMoment() | types.DateTime():
            return dt.datetime.fromisoformat(stored)
        case types.Date():
            return dt.date.fromisoformat(stored)
        case types.Time():
            return dt.time.fromisoformat(stored)
        case DecimalText():
            return Decimal(stored)
        case _:
            return stored
