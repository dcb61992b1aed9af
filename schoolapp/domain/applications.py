"""Applications: who wants to come, the workflow of a decision, and who is next."""

import datetime as dt
import enum
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.base.language import mark
from schoolapp.domain.base import (
    AUTOINCREMENT,
    Base,
    Keyed,
    StepTaken,
    UtcMoment,
    Versioned,
    link,
    maybe,
    maybe_money,
)
from schoolapp.domain.data_map import (
    BOOKS,
    COUNTED,
    FOLLOWS,
    GOES,
    ORDER,
    STAYS,
    Asked,
    Counted,
    Doer,
    Health,
    Plain,
    Words,
)
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.money import Money
from schoolapp.domain.people import Person, search_words
from schoolapp.domain.workflow import Step, Workflow, need_reason


class ApplicationState(enum.StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    NEEDS_INFO = "needs_info"
    ELIGIBLE = "eligible"
    WAITLISTED = "waitlisted"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    VISA_PENDING = "visa_pending"
    CHECKED_IN = "checked_in"
    MERGED = "merged"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    VISA_REFUSED = "visa_refused"
    NO_SHOW = "no_show"
    COMPLETED = "completed"
    CANCELLED_BY_HOST = "cancelled_by_host"


S = ApplicationState
SEATED = frozenset({S.ACCEPTED, S.CONFIRMED, S.VISA_PENDING, S.CHECKED_IN})
"""The states that take a place."""
LIVE = SEATED | {S.DRAFT, S.SUBMITTED, S.NEEDS_INFO, S.ELIGIBLE, S.WAITLISTED}
"""The states that may still lead to a place; one such application per person and gathering."""


class ApplicationStep(StepTaken, Base):
    """A step of an application; ``by`` is ``applicant`` or the code of a person."""

    __tablename__ = "application_step"
    application_id: Mapped[int] = link("application.id", STAYS)


class ApplicationAnswer(Keyed, Base):
    """What somebody answered to a question that the program does not know, in their own words."""

    __tablename__ = "application_answer"
    application_id: Mapped[int] = link("application.id", GOES)
    position: Mapped[Counted[int]] = mapped_column(default=0, info=ORDER.info)
    question: Mapped[Plain[str]]
    answer: Mapped[Asked[str]]


class ApplicationDoubt(Keyed, Base):
    """Something about an application that a person should look at.

    ``field`` is the field of the form it is about and ``code`` says what is odd (as
    ``flags.SENTENCES`` words it); ``value`` are the words of the cell, ``suggestion`` is what was
    made of them. Once somebody has looked, ``settled_at`` and ``settled_by`` say when and who.
    """

    __tablename__ = "application_doubt"
    application_id: Mapped[int] = link("application.id", GOES)
    position: Mapped[Counted[int]] = mapped_column(default=0, info=ORDER.info)
    field: Mapped[Plain[str]]
    code: Mapped[Plain[str]]
    value: Mapped[Asked[str]] = mapped_column(default="")
    suggestion: Mapped[Asked[str | None]] = mapped_column(default=None)
    settled_at: Mapped[Counted[dt.datetime | None]] = mapped_column(UtcMoment, default=None)
    settled_by: Mapped[Doer[str | None]] = mapped_column(default=None)


class Application(Versioned, Base):
    """One person's request to come to one gathering.

    ``raw`` is the row it came from, kept until the person is erased; ``issues`` are the codes of
    what was doubtful in it. ``waiting_rank`` orders the waiting list; a gap does not matter.
    ``answer_due`` is the last day for an answer while the application needs one. ``endorsed_by``
    is the person who says for the delegation that this person should come, ``endorsed_on`` the
    day.

    What was asked for is kept here as it was said, and given to the participation with the place.
    ``modules_said`` are the words about modules if they name none of the gathering's,
    ``organisation`` is where the person belongs at the time. ``arrival`` and ``departure`` are
    days of the gathering's zone. ``consent`` is to the privacy notice, on the day ``consent_on``;
    ``parental_consent`` is that of a minor's parents. ``contribution`` is what the person offers
    to pay, ``named_fee`` the fee that the form named. ``search`` are the words of all this, for
    finding.
    """

    __tablename__ = "application"
    __table_args__ = (UniqueConstraint("gathering_id", "code"), AUTOINCREMENT)
    uid: Mapped[Asked[str]] = mapped_column(unique=True, default_factory=lambda: str(uuid.uuid4()))
    code: Mapped[Counted[str]]
    gathering_id: Mapped[int] = link("gathering.id")
    person_id: Mapped[int] = link("person.id", STAYS)
    state: Mapped[Counted[ApplicationState]] = mapped_column(default=ApplicationState.DRAFT)
    motivation_lang: Mapped[Asked[str | None]] = mapped_column(default=None)
    motivation: Mapped[Words[str | None]] = mapped_column(default=None)
    needs_visa: Mapped[Counted[bool | None]] = mapped_column(default=None)
    asks_subsidy: Mapped[Counted[bool | None]] = mapped_column(default=None)
    asked_travel: Mapped[Money | None] = maybe_money("asked_travel", COUNTED)
    module_codes: Mapped[Counted[list[str]]] = mapped_column(default_factory=list)
    modules_said: Mapped[Asked[str | None]] = mapped_column(default=None)
    organisation: Mapped[Asked[str | None]] = mapped_column(default=None)
    diet: Mapped[Health[str | None]] = mapped_column(default=None)
    access: Mapped[Health[str | None]] = mapped_column(default=None)
    arrival: Mapped[Asked[dt.date | None]] = mapped_column(default=None)
    departure: Mapped[Asked[dt.date | None]] = mapped_column(default=None)
    first_time: Mapped[Counted[bool | None]] = mapped_column(default=None)
    parental_consent: Mapped[Health[bool | None]] = mapped_column(default=None)
    consent: Mapped[Asked[bool | None]] = mapped_column(default=None)
    consent_on: Mapped[Asked[dt.date | None]] = mapped_column(default=None)
    contribution: Mapped[Money | None] = maybe_money("contribution", COUNTED)
    named_fee: Mapped[Money | None] = maybe_money("named_fee", BOOKS)
    waiting_rank: Mapped[Counted[int | None]] = mapped_column(default=None)
    answer_due: Mapped[Counted[dt.date | None]] = mapped_column(default=None)
    delegation_id: Mapped[int | None] = maybe("delegation.id")
    endorsed_by: Mapped[Words[str | None]] = mapped_column(default=None)
    endorsed_on: Mapped[Counted[dt.date | None]] = mapped_column(default=None)
    note: Mapped[Words[str | None]] = mapped_column(default=None)
    source_file: Mapped[Asked[str | None]] = mapped_column(default=None)
    source_row: Mapped[Asked[int | None]] = mapped_column(default=None)
    raw: Mapped[Asked[dict[str, Any] | None]] = mapped_column(default=None)
    issues: Mapped[Asked[list[str]]] = mapped_column(default_factory=list)
    search: Mapped[Asked[str]] = mapped_column(default="", info=FOLLOWS.info)
    position: Mapped[Counted[int]] = mapped_column(default=0, info=ORDER.info)
    person: Mapped[Person] = relationship(default=None)
    delegation: Mapped[Delegation | None] = relationship(default=None)
    steps: Mapped[list[ApplicationStep]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="ApplicationStep.position"
    )
    answers: Mapped[list[ApplicationAnswer]] = relationship(
        default_factory=list,
        cascade="all, delete-orphan",
        order_by="ApplicationAnswer.position, ApplicationAnswer.id",
    )
    doubts: Mapped[list[ApplicationDoubt]] = relationship(
        default_factory=list,
        cascade="all, delete-orphan",
        order_by="ApplicationDoubt.position, ApplicationDoubt.id",
    )

    def index_words(self) -> None:
        """Renew what searching reads; call it after any change of an answer."""
        answers = [(answer.question, answer.answer) for answer in self.answers]
        self.search = answer_words(
            self.motivation, self.organisation, self.diet, self.access, self.modules_said, answers
        )


def answer_words(
    motivation: str | None,
    organisation: str | None,
    diet: str | None,
    access: str | None,
    modules_said: str | None,
    answers: Iterable[tuple[str, str]],
) -> str:
    """The words by which what somebody wrote is found, each once, with a space before each."""
    texts = (motivation, organisation, diet, access, modules_said, *(said for _q, said in answers))
    words = dict.fromkeys(search_words(*texts).split())
    return "".join(f" {word}" for word in words)


class ImportForm(Keyed, Base):
    """A form whose sheets were imported: recognised by its headings, with what they mean.

    ``mapping`` is what ``exchange.applications.mapping.Mapping.as_values`` gives. It is kept with
    the data and not in the settings of a desk, so that every desk of a centre knows the form.
    """

    __tablename__ = "import_form"
    file: Mapped[Words[str]]
    headings: Mapped[Plain[list[str]]]
    mapping: Mapped[Plain[dict[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What the guards of an application check."""

    seats_left: int = 0
    next_in_line: bool = True
    needs_visa: bool = True
    deposit_settled: bool = True
    deadline_passed: bool = True
    started: bool = True
    endorsed: bool = True


def _accept(facts: CaseFacts, reason: str | None) -> str | None:
    if facts.endorsed or reason:
        return _seat(facts, reason)
    return mark("The delegation has not endorsed this person. Record who did, or give a reason.")


def _seat(facts: CaseFacts, reason: str | None) -> str | None:
    if facts.seats_left > 0 or reason:
        return None
    return mark("All places are taken. Put the person on the waiting list, or give a reason.")


def _next(facts: CaseFacts, reason: str | None) -> str | None:
    if facts.next_in_line or reason:
        return _accept(facts, reason)
    return mark("Somebody else is first on the waiting list. Give a reason to go out of order.")


def _deposit(facts: CaseFacts, reason: str | None) -> str | None:
    if facts.deposit_settled or reason:
        return None
    return mark("The deposit is neither paid nor waived. Record it, or give a reason.")


def _deadline(facts: CaseFacts, reason: str | None) -> str | None:
    return None if facts.deadline_passed or reason else mark("The deadline has not passed yet.")


def _visa(facts: CaseFacts, reason: str | None) -> str | None:
    return None if facts.needs_visa else mark("This person needs no visa.")


def _started(facts: CaseFacts, reason: str | None) -> str | None:
    return None if facts.started or reason else mark("The gathering has not started yet.")


APPLICATION = Workflow(
    name="application",
    initial=S.DRAFT,
    record=ApplicationStep,
    steps=(
        Step(S.DRAFT, "submit", S.SUBMITTED),
        Step(S.DRAFT, "discard", S.WITHDRAWN),
        Step(S.SUBMITTED, "check_ok", S.ELIGIBLE),
        Step(S.SUBMITTED, "ask_more", S.NEEDS_INFO),
        Step(S.SUBMITTED, "not_eligible", S.REJECTED),
        Step(S.SUBMITTED, "duplicate_of", S.MERGED),
        Step(S.NEEDS_INFO, "answer", S.SUBMITTED),
        Step(S.NEEDS_INFO, "silence", S.REJECTED, _deadline),
        Step(S.NEEDS_INFO, "withdraw", S.WITHDRAWN),
        Step(S.ELIGIBLE, "accept", S.ACCEPTED, _accept),
        Step(S.ELIGIBLE, "waitlist", S.WAITLISTED),
        Step(S.ELIGIBLE, "reject", S.REJECTED),
        Step(S.ELIGIBLE, "withdraw", S.WITHDRAWN),
        Step(S.WAITLISTED, "promote", S.ACCEPTED, _next),
        Step(S.WAITLISTED, "move", S.WAITLISTED, need_reason),
        Step(S.WAITLISTED, "offer", S.WAITLISTED, _next),
        Step(S.WAITLISTED, "offer_ended", S.WAITLISTED),
        Step(S.WAITLISTED, "reject", S.REJECTED),
        Step(S.WAITLISTED, "withdraw", S.WITHDRAWN),
        Step(S.WAITLISTED, "close", S.REJECTED, _started),
        Step(S.ACCEPTED, "confirm", S.CONFIRMED, _deposit),
        Step(S.ACCEPTED, "no_answer", S.WITHDRAWN, _deadline),
        Step(S.ACCEPTED, "decline", S.WITHDRAWN),
        Step(S.CONFIRMED, "ask_visa", S.VISA_PENDING, _visa),
        Step(S.CONFIRMED, "cancel", S.WITHDRAWN),
        Step(S.CONFIRMED, "host_cancels", S.CANCELLED_BY_HOST),
        Step(S.CONFIRMED, "arrive", S.CHECKED_IN),
        Step(S.CONFIRMED, "start_passed", S.NO_SHOW, _deadline),
        Step(S.VISA_PENDING, "granted", S.CONFIRMED),
        Step(S.VISA_PENDING, "refused", S.VISA_REFUSED),
        Step(S.VISA_PENDING, "withdraw", S.WITHDRAWN),
        Step(S.CHECKED_IN, "leave", S.COMPLETED),
        Step(S.CHECKED_IN, "leave_early", S.COMPLETED),
    ),
)


def next_rank(ranks: list[int | None]) -> int:
    """The rank of somebody who joins the waiting list at its end."""
    return max((rank for rank in ranks if rank is not None), default=0) + 1


@dataclass(frozen=True, slots=True)
class Counts:
    """The three figures that are never mixed: all, with a confirmed place, present."""

    all: int
    confirmed: int
    present: int


def submitted_at(steps: list[ApplicationStep]) -> dt.datetime | None:
    """When the application first came in; None while it is a draft."""
    return next((s.at for s in steps if s.state == S.SUBMITTED.value), None)
