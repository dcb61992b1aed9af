"""What the page of letters asks of the operations; runs in the database worker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schoolapp.base.language import _
from schoolapp.desktop.places.applications.words import OCCASIONS
from schoolapp.desktop.tables import View


@dataclass(frozen=True, slots=True)
class Line:
    """A letter as the page shows it."""

    said: str
    occasion: str
    language: str
    name: str
    address: str
    subject: str
    text: str


def ids(session: Any, view: View) -> Sequence[int]:
    """The letters that wait."""
    from schoolapp.operations.letters import letter_ids

    return letter_ids(session, gathering_id=view.gathering) if view.gathering is not None else ()


def rows(session: Any, ids: Sequence[int]) -> Mapping[int, Line]:
    """What they say."""
    from schoolapp.operations.letters import letter_rows

    return {
        key: Line(
            _(OCCASIONS[row.occasion]),
            row.occasion,
            row.language,
            row.name,
            row.address,
            row.subject,
            row.text,
        )
        for key, row in letter_rows(session, ids).items()
    }


def approve(ids: tuple[int, ...], session: Any) -> int:
    """Make letters ready."""
    from schoolapp.operations.letters import approve_letters

    return approve_letters(session, mail_ids=ids)


def template(gathering_id: int, occasion: str, language: str, session: Any) -> Any:
    """The text of an occasion in a language."""
    from schoolapp.domain.letters import Occasion
    from schoolapp.operations.letters import template_draft

    return template_draft(
        session, gathering_id=gathering_id, occasion=Occasion(occasion), language=language
    )


def save(draft: Any, session: Any) -> int:
    """Keep a gathering's own text."""
    from schoolapp.operations.letters import save_template

    return save_template(session, draft=draft)


def reset(draft: Any, session: Any) -> None:
    """Go back to the built-in text."""
    from schoolapp.operations.letters import reset_template

    reset_template(
        session,
        gathering_id=draft.gathering_id,
        occasion=draft.occasion,
        language=draft.language,
    )


def files(ids: tuple[int, ...], sender: tuple[str, str] | None, session: Any) -> Any:
    """Letters as drafts for a mail program; ``sender`` is address and name, if set."""
    from schoolapp.exchange.mail.message import Sender
    from schoolapp.operations.mail import draft_files

    own = Sender(address=sender[0], name=sender[1]) if sender else None
    return draft_files(session, ids=ids, sender=own)


def write_files(folder: Path, made: Any) -> int:
    """Write files into a folder; answers how many."""
    from schoolapp.exchange.files import safe_write

    for name, data in made:
        safe_write(folder / name, data)
    return len(made)


def to_print(ids: tuple[int, ...], session: Any) -> dict[int, Any]:
    """The letters among these that have no address."""
    from schoolapp.exchange.papers.letters import PaperLetter
    from schoolapp.operations.letters import letter_rows

    found = letter_rows(session, ids)
    return {
        key: PaperLetter(row.name, row.language, row.subject, row.text)
        for key in ids
        if (row := found.get(key)) and not row.address
    }


def write_pdf(path: Path, letters: dict[int, Any]) -> tuple[int, ...]:
    """Write letters as a PDF, each on a page of its own; answers which."""
    from schoolapp.base import clock
    from schoolapp.exchange.files import safe_write
    from schoolapp.exchange.papers.letters import write_letters

    safe_write(path, write_letters(list(letters.values()), at=clock.now()))
    return tuple(letters)


def printed(ids: tuple[int, ...], session: Any) -> int:
    """Note that letters were printed."""
    from schoolapp.operations.letters import note_printed

    return note_printed(session, mail_ids=ids)
