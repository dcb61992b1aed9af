"""What all entities share: the mapped base class, column types, versions, steps of a workflow."""

import datetime as dt
import enum
from decimal import Decimal
from typing import Any, ClassVar, dataclass_transform

from sqlalchemy import JSON, DateTime, Dialect, Enum, ForeignKey, MetaData, String, event, types
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import (
    Composite,
    DeclarativeBase,
    InstrumentedAttribute,
    Mapped,
    MappedAsDataclass,
    MappedColumn,
    Mapper,
    composite,
    declared_attr,
    mapped_column,
    relationship,
)
from sqlalchemy.types import TypeEngine

from schoolapp.base import clock
from schoolapp.domain.data_map import PLAIN, REFERENCE, Doer, Mark, Outcome, Plain, Words, whose
from schoolapp.domain.money import Money

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


# text sorts and compares by code point on every engine, whatever the server's language is
TEXT = String().with_variant(String(collation="C"), "postgresql")
# JSONB and not JSON on PostgreSQL: undo compares values, and JSON has no equality there
VALUES = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
# Any: arguments of a table are a dict, or a tuple of constraints that ends with one
AUTOINCREMENT: Any = {"sqlite_autoincrement": True}


class UtcMoment(types.TypeDecorator[dt.datetime]):
    """An aware moment, kept as naive UTC on every engine."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        return None if value is None else value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(
        self, value: dt.datetime | None, dialect: Dialect
    ) -> dt.datetime | None:
        # the same as value.replace(tzinfo=dt.UTC) in a tenth of its time; a list has thousands
        return None if value is None else dt.datetime.combine(value.date(), value.time(), dt.UTC)


class DecimalText(types.TypeDecorator[Decimal]):
    """An exact decimal with the zeros it was written with: a rate such as ``66.00``."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class StateText(types.TypeDecorator[enum.StrEnum]):
    """A state in a column of plain text: for states that were words before they had a workflow.

    Other enums are kept in columns of 40 characters; this one leaves the column as it is.
    """

    impl = String
    cache_ok = True

    def __init__(self, states: type[enum.StrEnum]) -> None:
        super().__init__()
        self.states = states
        self._known = {state.value: state for state in states}  # a long list asks for each row

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(TEXT.dialect_impl(dialect))

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.states(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> enum.StrEnum | None:
        return None if value is None else self._known.get(value) or self.states(value)


# SQLAlchemy hands ``kw_only`` down at run time; this line says so to the type checker.
@dataclass_transform(
    kw_only_default=True,
    eq_default=False,
    field_specifiers=(mapped_column, relationship, composite),
)
class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False, repr=False):
    """The base of every entity: constructors with checked names, defaults before the flush.

    ``sqlite_autoincrement`` keeps a key from coming back after its row is deleted; the journal
    would otherwise confuse two people.
    """

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {  # Any: as SQLAlchemy declares it
        str: TEXT,
        dict[str, Any]: VALUES,
        dict[str, str]: VALUES,
        list[str]: VALUES,
        Decimal: DecimalText(),
        dt.datetime: DateTime(),
        enum.Enum: Enum(
            native_enum=False,
            create_constraint=False,
            length=40,
            values_callable=lambda states: [state.value for state in states],
        ),
    }
    __table_args__ = AUTOINCREMENT


NATURAL_KEY: dict[str, bool] = {"sqlite_with_rowid": False}
"""For a table whose primary key is not one integer."""


@event.listens_for(Base, "mapper_configured", propagate=True)
def _remember_old_values(mapper: Mapper[object], cls: type[object]) -> None:
    """Load a value before it is overwritten, so that the journal never records a false one."""
    for attribute in mapper.column_attrs:
        instrumented: InstrumentedAttribute[object] = getattr(cls, attribute.key)
        event.listen(instrumented, "set", _nothing, active_history=True)


def _nothing(*_: object) -> None:
    """The listener itself has nothing to do; its ``active_history`` is what counts."""


class Keyed(MappedAsDataclass, kw_only=True, eq=False, repr=False):
    """An integer key, given by the database."""

    id: Mapped[Plain[int]] = mapped_column(init=False, primary_key=True)


class Versioned(Keyed, kw_only=True, eq=False, repr=False):
    """A key and a version: a save with an old version fails instead of undoing another's work."""

    version: Mapped[Plain[int]] = mapped_column(init=False, nullable=False)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, object]:
        return {"version_id_col": cls.version}


class StepTaken(Keyed, kw_only=True, eq=False, repr=False):
    """One step of a workflow: who moved it from where to where, when and why.

    ``step`` and ``from_state`` are empty for the first entry and for history that came from
    elsewhere with states only.
    """

    position: Mapped[Plain[int]]
    state: Mapped[Plain[str]] = mapped_column(String(40))
    at: Mapped[Plain[dt.datetime]] = mapped_column(UtcMoment, default_factory=clock.now)
    by: Mapped[Doer[str]] = mapped_column(String(80), default="")
    step: Mapped[Plain[str | None]] = mapped_column(String(40), default=None)
    from_state: Mapped[Plain[str | None]] = mapped_column(String(40), default=None)
    reason: Mapped[Words[str | None]] = mapped_column(String(1000), default=None)


def link(target: str, row: Outcome | None = None) -> MappedColumn[int]:
    """A required reference to ``table.id``, set by its number or through its relationship.

    With ``row`` it says whose the row is, and what becomes of it when that person is erased.
    """
    return mapped_column(
        ForeignKey(target), default=None, nullable=False, index=True, info=refers(target, row)
    )


def maybe(
    target: str, row: Outcome | None = None, mark: Mark | None = None
) -> MappedColumn[int | None]:
    """An optional reference to ``table.id``; indexed, else removing a target reads all rows."""
    info = refers(target, row) if mark is None else mark.info
    return mapped_column(ForeignKey(target), default=None, nullable=True, index=True, info=info)


def refers(target: str, row: Outcome | None = None) -> dict[str, object]:
    """What a reference carries: one to a person is about somebody, any other about nobody."""
    mark = REFERENCE if target == "person.id" else PLAIN
    return mark.info if row is None else mark.info | whose(row)


def money(name: str, mark: Mark) -> Composite[Money]:
    """A required amount in the columns ``<name>_minor`` and ``<name>_currency``."""
    return composite(
        Money,
        mapped_column(f"{name}_minor", types.BigInteger, info=mark.info),
        mapped_column(f"{name}_currency", String(3), info=mark.info),
    )


def maybe_money(name: str, mark: Mark) -> Composite[Money | None]:
    """An optional amount in the columns ``<name>_minor`` and ``<name>_currency``."""
    return composite(
        Money,
        mapped_column(f"{name}_minor", types.BigInteger, nullable=True, info=mark.info),
        mapped_column(f"{name}_currency", String(3), nullable=True, info=mark.info),
        default=None,
        return_none_on=lambda minor, currency: minor is None,
    )
