"""Readings: works, their editions by language, the rights of each, and what a session asks for."""

import enum
from dataclasses import dataclass

from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.base.language import mark
from schoolapp.domain.base import Base, Keyed, StepTaken, Versioned, link
from schoolapp.domain.data_map import (
    FOLLOWS,
    ORDER,
    Plain,
)
from schoolapp.domain.text import fold
from schoolapp.domain.workflow import Step, Workflow


class ReadingState(enum.StrEnum):
    """Where an edition stands between the request and the printed copy."""

    WANTED = "wanted"
    LOCATED = "located"
    RIGHTS_CHECKED = "rights_checked"
    IN_TRANSLATION = "in_translation"
    TRANSLATED = "translated"
    READY = "ready"
    ASSIGNED = "assigned"
    REFERENCE_ONLY = "reference_only"
    PRINTED = "printed"
    SENT = "sent"
    RETIRED = "retired"


class Rights(enum.StrEnum):
    """What may be done with a text: public domain, in copyright, open at the publisher."""

    PUBLIC_DOMAIN = "pd"
    COPYRIGHT = "c"
    OPEN = "open"


CHECK, SURE = "check", "sure"
"""Whether somebody compared author, title and year of an edition with the text itself."""


class ReadingStep(StepTaken, Base):
    """A step of an edition's workflow."""

    __tablename__ = "reading_step"
    edition_id: Mapped[int] = link("edition.id")


class Work(Versioned, Base):
    """A work, whatever languages it exists in."""

    __tablename__ = "work"
    code: Mapped[Plain[str]] = mapped_column(unique=True)
    editions: Mapped[list["Edition"]] = relationship(
        default_factory=list, back_populates="work", order_by="Edition.code"
    )


class Edition(Versioned, Base):
    """A text in one language; several authors are separated by ``; ``, topics by spaces.

    ``confidence`` is ``CHECK`` as long as the facts have to be verified before printing.
    """

    __tablename__ = "edition"
    code: Mapped[Plain[str]] = mapped_column(unique=True)
    work_id: Mapped[int] = link("work.id")
    author: Mapped[Plain[str]]
    title: Mapped[Plain[str]]
    year: Mapped[Plain[int | None]] = mapped_column(default=None)
    lang: Mapped[Plain[str]]
    direction: Mapped[Plain[str]] = mapped_column(default="ltr", info=FOLLOWS.info)
    kind: Mapped[Plain[str]] = mapped_column(default="book")
    rights: Mapped[Plain[Rights]] = mapped_column(default=Rights.COPYRIGHT)
    confidence: Mapped[Plain[str]] = mapped_column(default=CHECK)
    topics: Mapped[Plain[str]] = mapped_column(default="")
    pages: Mapped[Plain[str | None]] = mapped_column(default=None)
    web_address: Mapped[Plain[str | None]] = mapped_column(default=None)
    state: Mapped[Plain[ReadingState]] = mapped_column(default=ReadingState.WANTED)
    search: Mapped[Plain[str]] = mapped_column(default="", info=FOLLOWS.info)
    position: Mapped[Plain[int]] = mapped_column(default=0, info=ORDER.info)
    work: Mapped[Work] = relationship(default=None, back_populates="editions")
    steps: Mapped[list[ReadingStep]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="ReadingStep.position"
    )

    def index_words(self) -> None:
        """Renew what search reads; call it after any change of author, title or topics."""
        self.search = fold(f"{self.author} {self.title} {self.topics} {self.code}")


class ReadingAssignment(Keyed, Base):
    """An edition that a session asks for; ``order`` is the order of reading.

    One edition may be asked for twice: required for its one part, recommended for the other.
    """

    __tablename__ = "reading_assignment"
    session_id: Mapped[int] = link("session.id")
    edition_id: Mapped[int] = link("edition.id")
    required: Mapped[Plain[bool]] = mapped_column(default=True)
    order: Mapped[Plain[int]] = mapped_column("order_no", default=1)
    pages: Mapped[Plain[str | None]] = mapped_column(default=None)
    edition: Mapped[Edition] = relationship(default=None)


S = ReadingState
READING = Workflow(
    name="reading_item",
    initial=S.WANTED,
    record=ReadingStep,
    steps=(
        Step(S.WANTED, "found", S.LOCATED),
        Step(S.LOCATED, "check_rights", S.RIGHTS_CHECKED),
        Step(S.RIGHTS_CHECKED, "ask_translation", S.IN_TRANSLATION),
        Step(S.RIGHTS_CHECKED, "clear", S.READY, lambda facts, reason: _may_be_given(facts)),
        Step(S.RIGHTS_CHECKED, "refuse", S.REFERENCE_ONLY),
        Step(S.IN_TRANSLATION, "deliver", S.TRANSLATED),
        Step(S.IN_TRANSLATION, "drop", S.WANTED),
        Step(S.TRANSLATED, "proofread", S.READY),
        Step(S.READY, "attach", S.ASSIGNED),
        Step(S.ASSIGNED, "print", S.PRINTED, lambda facts, reason: _may_be_given(facts)),
        Step(S.ASSIGNED, "send", S.SENT, lambda facts, reason: _may_be_given(facts)),
        Step(S.ASSIGNED, "replace", S.READY),
        Step(S.REFERENCE_ONLY, "attach", S.ASSIGNED),
        Step(S.READY, "retire", S.RETIRED),
        Step(S.REFERENCE_ONLY, "retire", S.RETIRED),
    ),
)


def _may_be_given(rights: Rights) -> str | None:
    if may_be_copied(rights):
        return None
    return mark("This text is in copyright: it may be listed, but no copy may be given out.")


def may_be_copied(rights: Rights) -> bool:
    """Whether a copy may leave the institute (S19)."""
    return rights is not Rights.COPYRIGHT


def reading_gap(working_languages: list[str], languages: set[str]) -> list[str]:
    """The working languages that have no text among ``languages``, in alphabetical order."""
    return sorted(set(working_languages) - languages)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionDraft:
    """An edition as a form edits it; ``work_id`` None: the first edition of a new work."""

    id: int | None = None
    version: int | None = None
    work_id: int | None = None
    author: str = ""
    title: str = ""
    year: int | None = None
    lang: str = "en"
    kind: str = "book"
    rights: Rights = Rights.COPYRIGHT
    confidence: str = CHECK
    topics: str = ""
    pages: str | None = None
    web_address: str | None = None


def check_edition(draft: EditionDraft) -> dict[str, str]:
    """What is wrong with an edition: field to a sentence marked for translation."""
    wrong = {}
    if not draft.author.strip():
        wrong["author"] = mark("Say who wrote it; separate several authors with semicolons.")
    if not draft.title.strip():
        wrong["title"] = mark("Give the title in the language of this edition.")
    if (draft.lang or "-").strip() in ("", "-"):  # a form hands on None for what it cannot read
        wrong["lang"] = mark("Say in which language this edition is.")
    if draft.web_address and not draft.web_address.startswith(("https://", "http://")):
        wrong["web_address"] = mark("A web address begins with https:// or http://.")
    return wrong


def gap_of(
    in_lectures: bool, working_languages: list[str], languages: set[str]
) -> list[str] | None:
    """What a session keeps as its gap: None if no reading list is expected or there is none."""
    if not languages and not in_lectures:
        return None
    return reading_gap(working_languages, languages)
