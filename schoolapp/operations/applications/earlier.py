"""The applications that a gathering has already, as far as a row of a sheet may be one of them."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import sqlalchemy as sa

from schoolapp.domain.applications import LIVE, Application, ApplicationState
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.identity import Described, addresses_of, names_of
from schoolapp.domain.money import Money
from schoolapp.domain.people import OtherAddress, Person, PersonLanguage
from schoolapp.domain.text import fold
from schoolapp.exchange.applications.drafts import SheetRow
from schoolapp.storage.selecting import among, fetch
from schoolapp.storage.store import DbSession

Raw = Mapping[str, str]
Cells = frozenset[tuple[str, str]]
"""A row as it was written: the headings of its cells with their texts, without the empty ones."""

_WHOLE = ("full_name", "native_name")
_PARTS = ("given", "middle", "prefix", "family", "second_family")
_SAME_FORM = 0.8  # of the headings of the sheet that has fewer


class Stored(NamedTuple):
    """What is stored of an application and its person, in the order of the statement below."""

    id: int
    uid: str
    code: str
    person_id: int
    state: ApplicationState
    file: str | None
    raw: Raw | None
    name: str
    given: str | None
    family: str | None
    native_name: str | None
    passport_name: str | None
    born: dt.date | None
    born_partly: str | None
    email: str | None
    phone: str | None
    country: str | None
    nationality: str | None
    motivation: str | None
    needs_visa: bool | None
    asks_subsidy: bool | None
    module_codes: Sequence[str]
    delegation_id: int | None
    travel: Money | None


_COLUMNS = (
    Application.id, Application.uid, Application.code, Application.person_id, Application.state,
    Application.source_file, Application.raw, Person.display_name, Person.given, Person.family,
    Person.native_name, Person.passport_name, Person.born, Person.born_partly, Person.email,
    Person.phone, Person.country, Person.nationality, Application.motivation,
    Application.needs_visa, Application.asks_subsidy, Application.module_codes,
    Application.delegation_id, Application.asked_travel,
)  # fmt: skip


@dataclass(frozen=True)
class Earlier:
    """An application that is there already, with the row that it came from, if it came from one."""

    stored: Stored
    mailboxes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    delegation: str | None = None

    @property
    def raw(self) -> Raw:
        """The row that it came from; empty if it came from none."""
        return self.stored.raw or {}

    @property
    def is_live(self) -> bool:
        """Whether the application may still lead to a place."""
        return self.stored.state in LIVE

    @cached_property
    def cells(self) -> Cells:
        """The filled cells of the row that it came from."""
        return cells_of(self.raw)

    @cached_property
    def names(self) -> frozenset[str]:
        """The keys of the names that the person has now."""
        person = self.stored
        return names_of(person.name, person.native_name, person.passport_name)

    def described(self, headings: "Headings", *, by_row: bool) -> Described:
        """The person as stored; with ``by_row`` as the row said too, since the desk corrects."""
        person, raw = self.stored, self.raw if by_row else {}
        emails = (person.email, *self.mailboxes, *headings.texts(raw, "email"))
        phones = (person.phone, *headings.texts(raw, "phone"))
        return Described(
            self.names | headings.names(raw),
            person.born,
            person.born_partly,
            frozenset(map(fold, headings.texts(raw, "born"))),
            addresses_of(emails, phones),
        )


class Headings:
    """Which headings of a sheet hold a field: the cells of an earlier row are found by them."""

    def __init__(self, columns: Mapping[str, str | None]) -> None:
        self._of: dict[str, list[str]] = {}
        for heading, field in columns.items():
            self._of.setdefault(field or heading, []).append(heading)
        self._all = {fold(heading) for heading in columns}

    def texts(self, raw: Raw, field: str) -> list[str]:
        """The cells of a field that are filled."""
        return [text for h in self._of.get(field, ()) if (text := raw.get(h, "").strip())]

    def text(self, raw: Raw, field: str) -> str:
        """The first cell of a field; empty if none is filled."""
        return next(iter(self.texts(raw, field)), "")

    def names(self, raw: Raw) -> frozenset[str]:
        """The keys of the names that a row says in so many words."""
        parts = " ".join(text for field in _PARTS for text in self.texts(raw, field))
        return names_of(parts, *(self.text(raw, field) for field in _WHOLE))

    def have(self, raw: Raw) -> bool:
        """Whether a row with these cells is of the same form, which may have gained a question."""
        others = {fold(heading) for heading in raw}
        least = min(len(self._all), len(others))
        return least > 0 and len(self._all & others) >= _SAME_FORM * least


def cells_of(raw: Raw) -> Cells:
    """The filled cells of a row."""
    return frozenset((heading, text) for heading, text in raw.items() if text)


def describe_row(row: SheetRow, headings: Headings) -> Described:
    """The person of a row of the sheet; in its own words where they were not understood."""
    who = row.person
    names = names_of(who.full_name, who.native_name, f"{who.given or ''} {who.family or ''}")
    emails = (who.email, *who.other_emails, *headings.texts(row.raw, "email"))
    return Described(
        names or headings.names(row.raw),
        who.born,
        who.born_partly,
        frozenset(map(fold, headings.texts(row.raw, "born"))),
        addresses_of(emails, (who.phone,)),
    )


def shared_rows(earlier: Iterable[Earlier]) -> frozenset[Cells]:
    """The rows that several applications came from: such a row says nothing of one of them."""
    counted = Counter(one.cells for one in earlier if one.cells)
    return frozenset(cells for cells, count in counted.items() if count > 1)


def earlier_applications(session: DbSession, gathering_id: int) -> list[Earlier]:
    """All applications of a gathering, in the order in which they were made; four statements."""
    here = sa.select(Application.person_id).where(Application.gathering_id == gathering_id)
    mailboxes = _grouped(
        session,
        sa.select(OtherAddress.person_id, OtherAddress.address)
        .where(OtherAddress.person_id.in_(here))
        .order_by(OtherAddress.position, OtherAddress.id),
    )
    spoken = _grouped(
        session,
        sa.select(PersonLanguage.person_id, PersonLanguage.lang)
        .where(PersonLanguage.person_id.in_(here))
        .order_by(PersonLanguage.position, PersonLanguage.id),
    )
    named = sa.select(Delegation.id, Delegation.name).where(Delegation.gathering_id == gathering_id)
    delegations = dict(session.execute(named).all())
    rows = session.execute(
        sa.select(*_COLUMNS)
        .join(Person, Person.id == Application.person_id)
        .where(Application.gathering_id == gathering_id)
        .order_by(Application.id)
    )
    return [
        Earlier(
            stored,
            tuple(mailboxes.get(stored.person_id, ())),
            tuple(spoken.get(stored.person_id, ())),
            delegations.get(stored.delegation_id or 0),
        )
        for stored in map(Stored._make, rows)
    ]


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """A person of the database: the name, and what is compared."""

    name: str
    described: Described


def people_described(session: DbSession, ids: Iterable[int]) -> dict[int, Acquaintance]:
    """Known people by key, without those who are part of somebody else by now; one statement."""
    rows = fetch(
        session,
        sa.select(
            Person.id,
            Person.display_name,
            Person.native_name,
            Person.passport_name,
            Person.born,
            Person.born_partly,
        ).where(among(session, Person.id, list(ids)), Person.merged_into_id.is_(None)),
    )
    return {
        key: Acquaintance(name, Described(names_of(name, native, passport), born, partly))
        for key, name, native, passport, born, partly in rows
    }


def _grouped(session: DbSession, statement: sa.Select[int, str]) -> dict[int, list[str]]:
    """Texts by the person whose they are."""
    found: dict[int, list[str]] = {}
    for person_id, text in session.execute(statement):
        found.setdefault(person_id, []).append(text)
    return found
