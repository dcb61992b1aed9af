"""What a row of a form answers, as an application keeps it: fields, own words, and doubts."""

import datetime as dt
from collections.abc import Iterable
from typing import TypedDict

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.domain.applications import (
    Application,
    ApplicationAnswer,
    ApplicationDoubt,
    answer_words,
)
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.money import Money
from schoolapp.domain.participation import stay_fits
from schoolapp.domain.reading_cells.modules import ModulesReading, read_modules
from schoolapp.domain.text import fold
from schoolapp.exchange.applications.drafts import Issue, SheetRow
from schoolapp.exchange.applications.flags import doubts_of
from schoolapp.storage.store import DbSession

FIELDS = {
    "motivation": "motivation",
    "organisation": "organisation",
    "needs_visa": "visa",
    "asks_subsidy": "subsidy",
    "asked_travel": "travel",
    "contribution": "contribution",
    "named_fee": "fee",
    "module_codes": "modules",
    "modules_said": "modules",
    "delegation_id": "delegation",
    "diet": "diet",
    "access": "access",
    "arrival": "arrival",
    "departure": "departure",
    "first_time": "first_time",
    "parental_consent": "parental_consent",
    "consent": "privacy",
    "consent_on": "privacy",
}
"""The attributes of an application that a form fills, each with its field of the form."""
PlainRow = dict[str, object]
"""The columns of a row by their names, each of its own type."""
_ALIKE = ("duplicate_person", "duplicate_spelling")


class Answering:
    """Reads the rows of one sheet for one gathering, whose modules and delegations it knows."""

    def __init__(self, session: DbSession, gathering: Gathering) -> None:
        self._gathering = gathering
        self._modules = [(module.code, module.title) for module in gathering.modules]
        self._read: dict[tuple[str, ...], ModulesReading] = {}
        found = session.execute(
            sa.select(Delegation.name, Delegation.id).where(Delegation.gathering_id == gathering.id)
        )
        self._delegations = {fold(name): key for name, key in found}

    def sent(self, row: SheetRow) -> dt.datetime:
        """When the form was sent: forms write a wall time without a zone, read as the venue's."""
        if row.submitted_at is None:
            return clock.now()
        return clock.to_utc(row.submitted_at, self._gathering.tz)

    def fields(self, row: SheetRow) -> PlainRow:
        """What the row answers, by the attribute of an application that keeps it."""
        said, modules = row.answers, self._modules_of(row)
        return {
            "motivation": said.motivation,
            "organisation": said.organisation,
            "needs_visa": said.needs_visa,
            "asks_subsidy": said.asks_subsidy,
            "asked_travel": said.travel,
            "contribution": said.contribution,
            "named_fee": said.fee,
            "module_codes": [*modules.codes],
            "modules_said": ", ".join(modules.unknown) or None,
            "delegation_id": self._delegations.get(fold(said.delegation or "")),
            "diet": said.diet,
            "access": said.access,
            "arrival": said.arrival,
            "departure": said.departure,
            "first_time": said.first_time,
            "parental_consent": said.parental_consent,
            "consent": said.consent,
            "consent_on": self._consent_day(row),
        }

    def columns(self, row: SheetRow) -> PlainRow:
        """The same by the columns of the table, with the words for finding."""
        said = row.answers
        words = answer_words(
            said.motivation, said.organisation, said.diet, said.access,
            ", ".join(self._modules_of(row).unknown), row.kept,
        )  # fmt: skip
        return {"search": words} | flat(self.fields(row))

    def doubts(self, row: SheetRow, *, apart: bool) -> list[Issue]:
        """What somebody should look at; nothing about duplicates of a row that is kept apart."""
        found = [d for d in doubts_of(row) if not (apart and d.code in _ALIKE)]
        return [*found, *self._unfit(row)]

    def renew(
        self, application: Application, row: SheetRow, wanted: Iterable[str], *, apart: bool
    ) -> None:
        """Take over what a corrected row says in the ``wanted`` fields; what is in doubt stays.

        Its answers are those of the row now. A doubt that was settled stays settled as long as the
        cell says the same.
        """
        changed, open_fields = set(wanted), {d.field for d in doubts_of(row)}
        for name, value in self.fields(row).items():
            field = FIELDS[name]
            if field in changed and not (value is None and field in open_fields):
                setattr(application, name, value)
        if said_in(application) != row.kept:
            application.answers = answers(row.kept)
        before = {(d.field, d.code, d.value): d for d in application.doubts}
        application.doubts = [
            before.get((d.field, d.code, d.value)) or ApplicationDoubt(position=n, **_doubt(d))
            for n, d in enumerate(self.doubts(row, apart=apart), 1)
        ]
        application.index_words()

    def _unfit(self, row: SheetRow) -> list[Issue]:
        """What the row says well and this gathering does not have."""
        said, found = row.answers, []
        if said.delegation and fold(said.delegation) not in self._delegations:
            found.append(Issue("delegation_unknown", "delegation", said.delegation))
        if unknown := self._modules_of(row).unknown:
            found.append(Issue("modules_unknown", "modules", ", ".join(unknown)))
        first, last = self._gathering.start_date, self._gathering.end_date
        if not stay_fits(said.arrival, said.departure, first, last):
            days = [day.isoformat() for day in (said.arrival, said.departure) if day]
            found.append(Issue("stay_unfit", "arrival", ", ".join(days)))
        return found

    def _modules_of(self, row: SheetRow) -> ModulesReading:
        said = row.answers.modules
        if said not in self._read:
            self._read[said] = read_modules(said, self._modules)
        return self._read[said]

    def _consent_day(self, row: SheetRow) -> dt.date | None:
        if not row.answers.consent:
            return None
        return clock.to_wall(self.sent(row), self._gathering.tz).date()


def answers(said: Iterable[tuple[str, str]]) -> list[ApplicationAnswer]:
    """Questions and answers as an application keeps them."""
    return [
        ApplicationAnswer(position=n, question=question, answer=answer)
        for n, (question, answer) in enumerate(said, 1)
    ]


def said_in(application: Application) -> tuple[tuple[str, str], ...]:
    """The questions and answers that an application keeps."""
    return tuple((answer.question, answer.answer) for answer in application.answers)


def answer_rows(said: Iterable[tuple[str, str]], application_id: int) -> list[PlainRow]:
    """The same as plain rows."""
    return [
        {"application_id": application_id, "position": n, "question": q, "answer": a}
        for n, (q, a) in enumerate(said, 1)
    ]


def doubt_rows(doubts: Iterable[Issue], application_id: int) -> list[PlainRow]:
    """Doubts that nobody has looked at yet, as plain rows."""
    fresh: PlainRow = {"application_id": application_id, "settled_at": None, "settled_by": None}
    return [fresh | {"position": n} | _doubt(doubt) for n, doubt in enumerate(doubts, 1)]


class _Doubt(TypedDict):
    field: str
    code: str
    value: str
    suggestion: str | None


def _doubt(issue: Issue) -> _Doubt:
    return {
        "field": issue.field,
        "code": issue.code,
        "value": issue.value,
        "suggestion": issue.suggestion,
    }


def flat(values: PlainRow) -> PlainRow:
    """Amounts as the two columns that hold them."""
    found: PlainRow = {}
    for name, value in values.items():
        if name in AMOUNTS:
            assert value is None or isinstance(value, Money)
            found[f"{name}_minor"] = value.minor if value else None
            found[f"{name}_currency"] = value.currency if value else None
        else:
            found[name] = value
    return found


AMOUNTS = ("asked_travel", "contribution", "named_fee")
"""The attributes of an application that are amounts."""
