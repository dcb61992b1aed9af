"""A table of fields says how an object of the format becomes an entity and back again.

A ``Record`` is such a table. Its items know the keys they answer for, so that a key nobody answers
for is refused and nothing is lost silently.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Generic, Protocol, TypeVar

from schoolapp.base.language import mark
from schoolapp.exchange.packages.codecs import (
    Codec,
    Json,
    Known,
    Unreadable,
    Values,
    of_type,
    within,
)

R = TypeVar("R")
Raw = dict[str, Json]
"""An object of a file, before anything is read of it."""


@dataclass(slots=True)
class Draft:
    """What was read of an object so far: the values, what it claims that follows from them, and
    which optional keys it spelled out as empty."""

    values: Values = field(default_factory=dict)
    claims: list[tuple[str, object, "Derived"]] = field(default_factory=list)
    blanks: list[str] = field(default_factory=list)


class Item(Protocol):
    """One entry of a table of fields."""

    @property
    def keys(self) -> Iterable[str]:
        """The keys it answers for."""

    def read(self, raw: Raw, known: Known, draft: Draft, prefix: str) -> None:
        """Take what is there into the draft."""

    def write(self, entity: object, out: Raw, blanks: set[str], prefix: str) -> None:
        """Put into ``out`` what the entity has."""


@dataclass(frozen=True, slots=True)
class Field:
    """A key and the attribute that holds its value.

    ``optional``: the key may be missing, and is left out where there is nothing to say and the
    entity does not remember that it was spelled out. ``null``: null is a value of its own.
    ``get`` finds the value where it is not simply in ``attribute``.
    """

    key: str
    codec: Codec[Any]  # Any: a table has fields of all types
    attribute: str = ""
    optional: bool = False
    null: bool = False
    get: Callable[[Any], Any] | None = None

    @property
    def keys(self) -> Iterable[str]:
        return (self.key,)

    def read(self, raw: Raw, known: Known, draft: Draft, prefix: str) -> None:
        if self.key not in raw:
            if not self.optional:
                raise Unreadable(mark("this is missing")).inside(self.key)
            return
        value = raw[self.key]
        if not (value is None and self.null):
            value = within(self.key, self.codec.read, value, known)
        draft.values[self.attribute or self.key] = value
        if self.optional and _is_blank(raw[self.key]):
            draft.blanks.append(prefix + self.key)

    def write(self, entity: object, out: Raw, blanks: set[str], prefix: str) -> None:
        value = (self.get or attrgetter(self.attribute or self.key))(entity)
        if self.optional and _is_blank(value) and prefix + self.key not in blanks:
            return
        out[self.key] = None if value is None else self.codec.write(value)


@dataclass(frozen=True, slots=True)
class Derived:
    """A key whose value follows from the others: written from them, and refused if it disagrees.

    ``compare`` makes two values comparable whose order carries no meaning.
    """

    key: str
    codec: Codec[Any]  # Any: a table has fields of all types
    get: Callable[[Any], Any]
    compare: Callable[[Any], Any] = lambda value: value

    @property
    def keys(self) -> Iterable[str]:
        return (self.key,)

    def read(self, raw: Raw, known: Known, draft: Draft, prefix: str) -> None:
        if self.key not in raw:
            raise Unreadable(mark("this is missing")).inside(self.key)
        claim = within(self.key, self.codec.read, raw[self.key], known)
        draft.claims.append((prefix + self.key, claim, self))

    def check(self, entity: object, claim: object, path: str) -> None:
        """``Unreadable`` if what was claimed does not follow from what was read."""
        follows = self.get(entity)
        if self.compare(claim) != self.compare(follows):
            raise Unreadable(
                mark("this says {claim}, but {follows} follows from the rest"),
                claim=self.codec.write(claim),
                follows=self.codec.write(follows),
            ).inside(path)

    def write(self, entity: object, out: Raw, blanks: set[str], prefix: str) -> None:
        out[self.key] = self.codec.write(self.get(entity))


@dataclass(frozen=True, slots=True)
class Nested:
    """An object in the object whose values lie flat in the entity.

    ``others`` are items of the same object that another entry of the table reads.
    """

    key: str
    items: tuple[Item, ...]
    others: tuple[Item, ...] = ()

    @property
    def keys(self) -> Iterable[str]:
        return (self.key,)

    def read(self, raw: Raw, known: Known, draft: Draft, prefix: str) -> None:
        if self.key not in raw:
            raise Unreadable(mark("this is missing")).inside(self.key)
        try:
            inner = of_type(raw[self.key], dict)
            refuse_strangers(inner, self.items + self.others)
            for item in self.items:
                item.read(inner, known, draft, f"{prefix}{self.key}.")
        except Unreadable as trouble:
            raise trouble.inside(self.key) from None

    def write(self, entity: object, out: Raw, blanks: set[str], prefix: str) -> None:
        inner = out.setdefault(self.key, {})
        assert isinstance(inner, dict)
        for item in self.items:
            item.write(entity, inner, blanks, f"{prefix}{self.key}.")


@dataclass(frozen=True, slots=True)
class Inline:
    """Keys of the object that make up an entity of their own, held in ``attribute``."""

    attribute: str
    record: "Record[Any]"

    @property
    def keys(self) -> Iterable[str]:
        return self.record.keys

    def read(self, raw: Raw, known: Known, draft: Draft, prefix: str) -> None:
        draft.values[self.attribute] = self.record.build(raw, known)

    def write(self, entity: object, out: Raw, blanks: set[str], prefix: str) -> None:
        out.update(self.record.write(getattr(entity, self.attribute)))


@dataclass(frozen=True, slots=True)
class Record(Generic[R]):
    """How one kind of object is read into what ``make`` makes of its values, and written again."""

    make: Callable[[Values, Known], R]
    items: tuple[Item, ...]

    @property
    def keys(self) -> list[str]:
        """All keys that the object may have."""
        return [key for item in self.items for key in item.keys]

    @property
    def codec(self) -> Codec[R]:
        """This record as the codec of a field."""
        return Codec(self.read, self.write)

    def read(self, value: Json, known: Known) -> R:
        """The entity of a whole object; ``Unreadable`` with path and reason."""
        raw: Raw = of_type(value, dict)
        refuse_strangers(raw, self.items)
        return self.build(raw, known)

    def build(self, raw: Raw, known: Known) -> R:
        """The entity of those keys that belong to it."""
        draft = Draft()
        for item in self.items:
            item.read(raw, known, draft, "")
        entity = self.make(draft.values, known)
        for path, claim, derived in draft.claims:
            derived.check(entity, claim, path)
        for key in draft.blanks:
            if not hasattr(entity, "blanks"):
                raise Unreadable(mark("leave this key out where it is empty")).inside(key)
            entity.blanks.append(key)
        return entity

    def write(self, entity: R) -> dict[str, Json]:
        """The object of an entity."""
        out: Raw = {}
        blanks = set(getattr(entity, "blanks", ()))
        for item in self.items:
            item.write(entity, out, blanks, "")
        return out

    def listed(self, **nouns: str) -> Codec[list[R]]:
        """A list of such objects that become known: noun to the attribute that names them.

        The position in the list is kept where the entity has one.
        """

        def read(value: Json, known: Known) -> list[R]:
            entities: list[R] = []
            for n, raw in enumerate(of_type(value, list)):
                entity = within(n, self.read, raw, known)
                if hasattr(entity, "position"):
                    entity.position = n + 1
                for noun, name in nouns.items():
                    within(n, lambda code, known: known.add(noun, code, entity),  # noqa: B023
                           attrgetter(name)(entity), known)  # fmt: skip
                entities.append(entity)
            return entities

        return Codec(read, lambda entities: [self.write(entity) for entity in entities])


def entity(kind: Callable[..., R]) -> Callable[[Values, Known], R]:
    """The maker of an entity that takes the values as they are."""
    return lambda values, known: kind(**values)


def refuse_strangers(raw: Raw, items: tuple[Item, ...]) -> None:
    """``Unreadable`` for a key that no item answers for."""
    for key in raw.keys() - {key for item in items for key in item.keys}:
        raise Unreadable(mark("this key is not known")).inside(key)


def _is_blank(value: object) -> bool:
    return value is None or value == [] or value == {}
