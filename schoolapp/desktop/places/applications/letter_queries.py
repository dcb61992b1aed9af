"""What the page of letters asks of the operations; runs in the database worker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schoolapp.desktop.places.applications.words import OCCASIONS
from schoolapp.desktop.tables import View
from schoolapp.language import _


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
