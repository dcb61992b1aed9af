"""Letters: for which occasions the program writes, and a gathering's own texts for them."""

import enum
from string import Formatter

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from schoolapp.base.language import mark
from schoolapp.domain.base import AUTOINCREMENT, Base, Versioned, link
from schoolapp.domain.data_map import Plain, Words
from schoolapp.domain.rules import RuleBroken


class Occasion(enum.StrEnum):
    """Why a letter is written; the same word names the occasion of its mail."""

    ACCEPTED = "accepted"
    WAITING_LIST = "waiting_list"
    DECLINED = "declined"
    NEEDS_INFO = "needs_info"
    REMINDER = "reminder"
    OFFER = "offer"
    VISA = "visa"
    VISA_REFUSED = "visa_refused"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"


ANSWER_DAYS = 14
"""How long somebody has to answer a letter if nothing else says so."""
PLACES = (
    "name",
    "gathering",
    "dates",
    "city",
    "modules",
    "stay",
    "deadline",
    "question",
    "number",
    "contact",
)
"""The named places that a letter may have: ``{name}``; ``{number}`` is the application's.

``{stay}`` are the days on which the person comes and leaves, ``{dates}`` those of the gathering.
"""


class LetterTemplate(Versioned, Base):
    """A gathering's own text of one occasion in one language, instead of the built-in one."""

    __tablename__ = "letter_template"
    __table_args__ = (UniqueConstraint("gathering_id", "occasion", "language"), AUTOINCREMENT)
    gathering_id: Mapped[int] = link("gathering.id")
    occasion: Mapped[Plain[Occasion]]
    language: Mapped[Plain[str]]
    subject: Mapped[Words[str]]
    text: Mapped[Words[str]]


def check_letter(subject: str, text: str) -> dict[str, RuleBroken]:
    """What is wrong with a template: field to the broken rule."""
    wrong = {}
    for field, words in (("subject", subject), ("text", text)):
        trouble = _trouble(words)
        if trouble is not None:
            wrong[field] = trouble
    if "\n" in subject.strip():
        wrong["subject"] = RuleBroken(mark("The subject of a mail is one line."))
    return wrong


def _trouble(words: str) -> RuleBroken | None:
    if not words.strip():
        return RuleBroken(mark("A letter needs a subject and a text."))
    try:
        pieces = list(Formatter().parse(words))
    except ValueError:
        return RuleBroken(
            mark("A brace is never closed, or never opened. Write a placeholder as {example}."),
            example="{name}",
        )
    for _before, name, form, conversion in pieces:
        if name is not None and (name not in PLACES or form or conversion):
            known = ", ".join(f"{{{place}}}" for place in PLACES)
            return RuleBroken(
                mark("There is no placeholder called “{place}” in a letter. There are: {known}."),
                place=name,
                known=known,
            )
    return None
