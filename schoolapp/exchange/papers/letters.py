"""Letters on paper: a PDF with each letter on its own page, in its recipient's language."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from schoolapp.base.language import _, direction
from schoolapp.exchange.papers import typesetting


@dataclass(frozen=True, slots=True)
class PaperLetter:
    """A letter to be printed: to whom, in which language, its subject and its text."""

    name: str
    language: str
    subject: str
    text: str


def write_letters(letters: Sequence[PaperLetter], *, at: dt.datetime) -> bytes:
    """The letters as a tagged PDF, A4; ``at`` (aware) dates the file.

    An empty line of a text begins a paragraph; other ends of lines are kept.
    """
    data = {
        "title": _("Letters"),
        "letters": [
            {
                "name": letter.name,
                "subject": letter.subject,
                "parts": [part.split("\n") for part in letter.text.strip().split("\n\n")],
                "lang": typesetting.main_language(letter.language),
                "dir": direction(letter.language),
            }
            for letter in letters
        ],
    }
    return typesetting.typeset("letters", data, at=at, tags=True)
