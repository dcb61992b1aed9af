"""What a row that comes a second time says otherwise: field by field, what is stored and its own.

Only cells that were written otherwise than the last time are looked at, so that what the desk has
corrected meanwhile stays. Of those, ``old`` is what would be overwritten. A value in doubt takes
nothing's place: its ``new`` is None. An empty cell takes an answer back, and nothing of a person.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from schoolapp.domain.money import Money
from schoolapp.exchange.applications.drafts import SheetRow
from schoolapp.exchange.applications.mapping import ANSWER
from schoolapp.operations.applications.earlier import Earlier

Said = str | bool | tuple[str, ...] | None
"""A value in plain words: days as 1990-05-17, amounts as 150.00 EUR; languages one by one."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of an application that a row says otherwise; ``new`` None: in doubt, ``old`` stays.

    ``field`` is one of the mapping's, or the heading of a column that has none.
    """

    field: str
    old: Said
    new: Said

    @property
    def is_taken(self) -> bool:
        """Whether the new value takes the old one's place."""
        return self.new is not None


Stored = Callable[[Earlier], Said]
Read = Callable[[SheetRow], Said]

NAME_PARTS = ("full_name", "given", "middle", "prefix", "family", "second_family")
"""The fields that a name comes from: it is compared as a whole."""
_PERSON: Mapping[str, tuple[Stored, Read]] = {
    "full_name": (lambda e: e.stored.name, lambda r: r.person.full_name or r.person.native_name),
    "native_name": (lambda e: e.stored.native_name, lambda r: r.person.native_name),
    "email": (lambda e: e.stored.email, lambda r: r.person.email),
    "born": (lambda e: _day(e.stored.born, e.stored.born_partly),
             lambda r: _day(r.person.born, r.person.born_partly)),
    "country": (lambda e: e.stored.country, lambda r: r.person.country),
    "nationality": (lambda e: e.stored.nationality, lambda r: r.person.nationality),
    "phone": (lambda e: e.stored.phone, lambda r: r.person.phone),
    "languages": (lambda e: e.languages or None, lambda r: r.person.languages or None),
}  # fmt: skip
"""Fields of the person, as stored and as a row says them: an empty cell changes nothing."""
_ANSWERS: Mapping[str, tuple[Stored, Read]] = {
    "motivation": (lambda e: e.stored.motivation, lambda r: r.answers.motivation),
    "visa": (lambda e: e.stored.needs_visa, lambda r: r.answers.needs_visa),
    "subsidy": (lambda e: e.stored.asks_subsidy, lambda r: r.answers.asks_subsidy),
    "modules": (lambda e: tuple(e.stored.module_codes) or None,
                lambda r: r.answers.modules or None),
    "travel": (lambda e: _amount(e.stored.travel), lambda r: _amount(r.answers.travel)),
    "delegation": (lambda e: e.delegation, lambda r: r.answers.delegation),
}  # fmt: skip
"""Answers that are stored as something else than the words of their cells."""


def changes_of(
    earlier: Earlier, row: SheetRow, columns: Mapping[str, str | None]
) -> tuple[FieldChange, ...]:
    """What the row says otherwise than it did, in the order of the columns."""
    cells: dict[str, list[tuple[str, str]]] = {}
    for heading, field in columns.items():
        old, new = earlier.raw.get(heading, "").strip(), row.raw.get(heading, "").strip()
        if old != new:
            cells.setdefault(_name(heading, field), []).append((old, new))
    for field, words in row.corrected:  # typed in the preview, in place of a cell
        cells.setdefault(_name(field, field), []).append(("", words))
    changes = [_change(earlier, row, field, pairs) for field, pairs in cells.items()]
    return tuple(change for change in changes if change is not None)


def _name(heading: str, field: str | None) -> str:
    """What a change is called: by its field, and by the heading where the words alone are kept."""
    if field in NAME_PARTS:
        return "full_name"
    return heading if field in (None, ANSWER) else field or heading


def _change(
    earlier: Earlier, row: SheetRow, field: str, cells: list[tuple[str, str]]
) -> FieldChange | None:
    """A change of what is stored, or None if only the writing of the cell is another."""
    compared = _PERSON.get(field) or _ANSWERS.get(field)
    old_words = ", ".join(old for old, _new in cells if old)
    new_words = ", ".join(new for _old, new in cells if new)
    if compared is None:
        return FieldChange(field, old_words, new_words)
    stored, said = compared[0](earlier), compared[1](row)
    if said is None and not new_words:
        said = "" if field in _ANSWERS and stored is not None else stored
    if said == stored and (said is not None or not new_words):
        return None
    return FieldChange(field, old_words if stored is None else stored, said)


def _day(born: dt.date | None, partly: str | None) -> str | None:
    return born.isoformat() if born else partly


def _amount(money: Money | None) -> str | None:
    return str(money) if money else None


_KEYS = {"visa": "needs_visa", "subsidy": "asks_subsidy", "submitted_at": "submitted",
         "privacy": "consent"}  # fmt: skip


def as_values(changes: Iterable[FieldChange]) -> dict[str, list[Said]]:
    """Changes as plain values, ``{field: [old, new]}``, by the keys of an import's report."""
    return {_KEYS.get(one.field, one.field): [one.old, one.new] for one in changes}
