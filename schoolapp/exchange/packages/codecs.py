"""How one value of the format is read, refused in a plain sentence, and written again."""

import datetime as dt
import enum
import re
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any, Generic, NoReturn, TypeAlias, TypeVar

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.domain.money import Money, digits
from schoolapp.domain.rules import RuleBroken

T = TypeVar("T")
R = TypeVar("R")
S = TypeVar("S", bound=enum.StrEnum)
Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
"""A value as JSON has it."""
Values = dict[str, Any]
"""What an entity is made of, by attribute. Any: each value is what the codec of its field reads."""
MOST_SHOWN = 400  # letters; all the words that a key may have are fewer


def shown(text: str) -> str:
    """What a file says, as part of a sentence: on one line, with all that cannot be seen spelled
    out, and cut where nobody would read further."""
    cut = text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut)


class Unreadable(Exception):
    """Something in a file cannot be taken over: the sentence why, and the path that leads there.

    The path grows while the exception climbs: what reads a key or an index adds it in front.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        said = {name: shown(v) if isinstance(v, str) else v for name, v in values.items()}
        self.reason = RuleBroken(message, **said)
        self.path = ""

    def inside(self, step: str | int) -> "Unreadable":
        """The same trouble, seen from one level further out."""
        name = f"[{step}]" if isinstance(step, int) else shown(step)
        self.path = name + ("." if self.path and not self.path.startswith("[") else "") + self.path
        return self


PLACES = {
    "people": "people.json", "editions": "readings.json", "centres": "centres.json",
    "rooms": "event.venue.rooms", "bedrooms": "event.venue.bedrooms",
    "modules": "event.modules", "delegations": "event.delegations",
    "participants": "event.participants",
}  # fmt: skip
"""Where the things of a noun are listed; other nouns are listed under their own name."""


class Known:
    """What can be referred to by its code, noun by noun, while a folder is read.

    Any: the things of a noun are of one type, but which one follows from the noun.
    """

    SHARED = ("people", "editions", "works", "all sessions", "gatherings", "centres")

    def __init__(self) -> None:
        self._nouns: dict[str, dict[object, Any]] = {noun: {} for noun in self.SHARED}

    def for_package(self) -> "Known":
        """What one package may refer to: its own things and those that all packages share."""
        known = Known()
        known._nouns = {noun: self._nouns[noun] for noun in self.SHARED}
        return known

    def all(self, noun: str) -> dict[object, Any]:
        """The things of a noun by code."""
        return self._nouns.setdefault(noun, {})

    def add(self, noun: str, code: object, thing: object) -> None:
        """Make a thing known; ``Unreadable`` if its code is taken."""
        if self.all(noun).setdefault(code, thing) is not thing:
            raise Unreadable(mark("{code} is there twice"), code=code)

    def find(self, noun: str, code: str) -> Any:
        """The thing of this code; ``Unreadable`` if there is none."""
        try:
            return self.all(noun)[code]
        except KeyError:
            place = PLACES.get(noun, noun)
            raise Unreadable(
                mark("there is no {code} in {place}"), code=code, place=place
            ) from None


@dataclass(frozen=True, slots=True)
class Codec(Generic[T]):
    """How a value goes in (``Unreadable`` when it cannot) and out, as JSON has it."""

    read: Callable[[Json, Known], T]
    write: Callable[[T], Json]


def same(value: T) -> T:
    """The value as it is."""
    return value


NOT_STORED = re.compile("[\0\ud800-\udfff]")  # PostgreSQL has no NUL, UTF-8 no half characters
WHOLE = range(-(2**31), 2**31)  # what an integer column holds on every engine
YEARS = range(1000, 9999)
HIGHEST_AMOUNT = Decimal(10) ** 15


def _refuse(message: str, value: object) -> NoReturn:
    raise Unreadable(message, value=value)


def of_type(value: Json, kind: type[T]) -> T:
    """The value if it has the JSON type ``kind``; true and false are not numbers."""
    if type(value) is kind and isinstance(value, kind):
        return value
    raise Unreadable(
        mark("this must be {wanted}, not {given}"), wanted=_NAMES[kind], given=_given(value)
    )


_NAMES: dict[type, str] = {
    str: "text", int: "a whole number", bool: "true or false", list: "a list", dict: "an object",
    float: "a decimal number", type(None): "null",
}  # fmt: skip


def _given(value: object) -> str:
    return _NAMES[type(value)]


def _text(value: Json, known: Known) -> str:
    text = of_type(value, str)
    if NOT_STORED.search(text):
        raise Unreadable(mark("this text has characters that cannot be stored"))
    return text


def _whole(value: Json, known: Known) -> int:
    number = of_type(value, int)
    if number not in WHOLE:
        _refuse(mark("{value} is too large a number"), value)
    return number


TEXT = Codec(_text, same)
INTEGER = Codec(_whole, same)
BOOLEAN = Codec(lambda value, known: of_type(value, bool), same)


def worded(message: str, read: Callable[[str], T], write: Callable[[T], str] = str) -> Codec[T]:
    """A codec for text of one exact form: what is read must be written the same again.

    ``read`` raises ``ValueError`` for what it does not understand; ``message`` is the sentence.
    """

    def read_text(value: Json, known: Known) -> T:
        text = _text(value, known)
        try:
            result = read(text)
        except ValueError:
            _refuse(message, text)
        if write(result) != text:
            _refuse(message, text)
        return result

    return Codec(read_text, write)


def _to_minutes(value: dt.datetime | dt.time) -> str:
    return (
        value.isoformat("minutes" if not value.second else "seconds")
        if isinstance(value, dt.time)
        else value.isoformat(timespec="seconds" if value.second else "minutes")
    )


D = TypeVar("D", dt.date, dt.datetime)


def _within_years(read: Callable[[str], D]) -> Callable[[str], D]:
    """Reads like ``read``, but no year from which a zone or a further day leads out of dates."""

    def read_within(text: str) -> D:
        value = read(text)
        if value.year not in YEARS:
            raise ValueError(text)
        return value

    return read_within


def _utc(text: str) -> dt.datetime:
    if not text.endswith("Z"):
        raise ValueError(text)
    return dt.datetime.fromisoformat(text[:-1]).replace(tzinfo=dt.UTC)


def _write_utc(moment: dt.datetime) -> str:
    return _to_minutes(moment.astimezone(dt.UTC).replace(tzinfo=None)) + "Z"


def _decimal(text: str) -> Decimal:
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", text):
        raise ValueError(text)
    number = Decimal(text)
    if not number and number.is_signed():
        raise ValueError(text)  # nothing is kept with less than nothing
    return number


def _currency(text: str) -> str:
    digits(text)
    return text


def _matching(pattern: str) -> Callable[[str], str]:
    compiled = re.compile(pattern)

    def match(text: str) -> str:
        if not compiled.fullmatch(text):
            raise ValueError(text)
        return text

    return match


DATE = worded(
    mark("{value} is no date such as 2027-10-23"),
    _within_years(dt.date.fromisoformat),
    dt.date.isoformat,
)
WALL = worded(
    mark("{value} is no local time such as 2027-10-23T15:00"),
    _within_years(dt.datetime.fromisoformat),
    _to_minutes,
)
UTC = worded(
    mark("{value} is no UTC time such as 2027-10-23T13:00Z"), _within_years(_utc), _write_utc
)
CLOCK = worded(mark("{value} is no time of day such as 12:45"), dt.time.fromisoformat, _to_minutes)
LANGUAGE = worded(
    mark("{value} is no language tag such as fr or pt-BR"),
    _matching(r"-|[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"),
)
CURRENCY = worded(mark("{value} is no currency of ISO 4217 such as EUR"), _currency)
COUNTRY = worded(mark("{value} is no country of ISO 3166 such as NL"), _matching("[A-Z]{2}"))
ZONE = worded(
    mark("{value} is no time zone such as Europe/Amsterdam"), lambda name: clock.zone(name).key
)
DECIMAL = worded(
    mark("{value} is no decimal number in text such as 66.00"),
    _decimal,
    lambda number: f"{number:f}",
)
UUID = worded(mark("{value} is no UUID"), lambda text: str(uuid.UUID(text)))


def _money(value: Json, known: Known) -> Money:
    raw = of_type(value, dict)
    if raw.keys() != {"amount", "currency"}:
        raise Unreadable(mark("money has an amount and a currency, and nothing else"))
    currency = within("currency", CURRENCY.read, raw["currency"], known)
    amount = within("amount", DECIMAL.read, raw["amount"], known)
    decimals = len(f"{amount:f}".partition(".")[2])
    if decimals != digits(currency) or abs(amount) >= HIGHEST_AMOUNT:
        raise Unreadable(
            mark("{value} {currency} is not written with {digits} decimals"),
            value=raw["amount"], currency=currency, digits=digits(currency),
        ).inside("amount")  # fmt: skip
    return Money.of(amount, currency)


MONEY = Codec(_money, lambda money: {"amount": f"{money.amount:f}", "currency": money.currency})


def within(step: str | int, read: Callable[[R, Known], T], value: R, known: Known) -> T:
    """Read a value that lies at ``step``, a key or an index, of what is being read."""
    try:
        return read(value, known)
    except Unreadable as trouble:
        raise trouble.inside(step) from None


def or_empty(codec: Codec[T]) -> Codec[T | None]:
    """A cell that may be empty for None."""
    return Codec(
        lambda value, known: None if value == "" else codec.read(value, known),
        lambda value: None if value is None else codec.write(value),
    )


def choice(*words: str) -> Codec[str]:
    """One word of a few."""
    return words_for({word: word for word in words})


def states(kind: type[S], **other_words: S) -> Codec[S]:
    """A state by its own name, or by the other word that the format has for it."""
    renamed = set(other_words.values())
    own = {state.value: state for state in kind if state not in renamed}
    return words_for(own | other_words)


def words_for(meanings: dict[str, T]) -> Codec[T]:
    """One word of a few, each with its meaning."""
    words = {meaning: word for word, meaning in meanings.items()}

    def read(value: Json, known: Known) -> T:
        word = of_type(value, str)
        if word not in meanings:
            raise Unreadable(
                mark("{value} is none of {words}"), value=word, words=", ".join(meanings)
            )
        return meanings[word]

    return Codec(read, words.__getitem__)


def reference(noun: str, attribute: str = "code") -> Codec[Any]:
    """The code of something that is listed elsewhere; for its type see ``Known``."""

    def read(value: Json, known: Known) -> Any:
        return known.find(noun, of_type(value, str))

    return Codec(read, attrgetter(attribute))


def list_of(codec: Codec[T]) -> Codec[list[T]]:
    """A list whose order is kept."""

    def read(value: Json, known: Known) -> list[T]:
        return [within(n, codec.read, item, known) for n, item in enumerate(of_type(value, list))]

    return Codec(read, lambda things: [codec.write(thing) for thing in things])


def object_of(codec: Codec[T], key: Codec[str] = TEXT) -> Codec[dict[str, T]]:
    """An object with free keys of one kind and values of one kind."""

    def read(value: Json, known: Known) -> dict[str, T]:
        return {
            within(k, key.read, k, known): within(k, codec.read, item, known)
            for k, item in of_type(value, dict).items()
        }

    return Codec(
        read, lambda things: {str(key.write(k)): codec.write(one) for k, one in things.items()}
    )


def row_each(
    make: Callable[..., R], attribute: str, codec: Codec[T], *, repeats: bool = False
) -> Codec[list[R]]:
    """A list of plain values, each kept in a row of its own with its position."""

    def read(value: Json, known: Known) -> list[R]:
        plain = list_of(codec).read(value, known)
        if not repeats and (double := _first_double(of_type(value, list))) is not None:
            raise Unreadable(mark("{code} is there twice"), code=double)
        return [make(**{attribute: item, "position": n}) for n, item in enumerate(plain, 1)]

    return Codec(read, lambda rows: [codec.write(getattr(row, attribute)) for row in rows])


def rows_by_key(
    make: Callable[..., R], key: str, attribute: str, codec: Codec[T], keys: Codec[str] = TEXT
) -> Codec[list[R]]:
    """An object with free keys, each key and value kept in a row of its own with its position."""
    plain = object_of(codec, keys)

    def read(value: Json, known: Known) -> list[R]:
        return [
            make(**{key: k, attribute: item, "position": n})
            for n, (k, item) in enumerate(plain.read(value, known).items(), 1)
        ]

    return Codec(
        read, lambda rows: plain.write({getattr(row, key): getattr(row, attribute) for row in rows})
    )


def _first_double(values: Iterable[object]) -> object:
    seen = set()
    for value in values:
        if value in seen:
            return value
        seen.add(value)
    return None
