"""What the forms of the readings edit, what is wrong with it, and the changes that save it."""

from dataclasses import dataclass
from functools import partial

from schoolapp.base.language import _, mark
from schoolapp.desktop import forms
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.places.readings import queries
from schoolapp.desktop.places.readings.words import CONFIDENCE, KINDS, RIGHTS
from schoolapp.domain.readings import EditionDraft, check_edition
from schoolapp.operations import readings

FIELDS = (
    forms.text("author", mark("Author"), hint=mark("Separate several authors with semicolons.")),
    forms.text("title", mark("Title")),
    forms.number("year", mark("Year"), half=True),
    forms.language("lang", mark("Language"), half=True),
    forms.choice("kind", mark("Kind"), KINDS, half=True),
    forms.choice("rights", mark("Rights"), RIGHTS, half=True),
    forms.text("topics", mark("Topics")),
    forms.text("pages", mark("Pages"), half=True),
    forms.choice("confidence", mark("Author, title and year"), CONFIDENCE, half=True),
    forms.text("web_address", mark("Web address"), code=True),
)
LISTED = (
    forms.choice("session_id", mark("Session")),
    forms.yes_no("required", mark("Required reading")),
    forms.text("pages", mark("Pages"), half=True),
)


ENTRY = (
    forms.yes_no("required", mark("Required reading")),
    forms.text("pages", mark("Pages"), half=True),
    forms.number("place", mark("Place on the list"), half=True, hint=mark("1 is read first.")),
)


@dataclass(frozen=True, slots=True)
class Listing:
    """The session whose list an edition is put on."""

    session_id: int | None = None
    required: bool = True
    pages: str = ""


def check(draft: EditionDraft) -> dict[str, str]:
    """What is wrong with an edition."""
    return {name: _(words) for name, words in check_edition(draft).items()}


def check_listing(draft: Listing) -> dict[str, str]:
    """What is wrong with an entry of a list."""
    return {"session_id": _("Choose the session.")} if draft.session_id is None else {}


def check_entry(draft: readings.EntryDraft) -> dict[str, str]:
    """What is wrong with the place of a text on a list."""
    if draft.place is None or draft.place < 1:
        return {"place": _("Write which text it is on the list: 1 is read first.")}
    return {}


def changing(title: str, draft: readings.EntryDraft) -> Change[None]:
    """The change that says how a text on a list is read."""
    words = _("Change {title} on the list").format(title=title)
    return words, partial(readings.change_entry, draft=draft)


def saving(draft: EditionDraft) -> Change[EditionDraft]:
    """The change that saves an edition."""
    return _("Change {title}").format(title=draft.title), partial(queries.save, draft=draft)


def creating(draft: EditionDraft) -> Change[int]:
    """The change that adds an edition."""
    title = _("Add {title}").format(title=draft.title)
    return title, partial(readings.save_edition, draft=draft)


def listing(edition_id: int, title: str, draft: Listing) -> Change[int]:
    """The change that puts an edition onto a list."""
    assert draft.session_id is not None
    words = _("Put {title} on a session's list").format(title=title)
    return words, partial(
        readings.assign,
        session_id=draft.session_id,
        edition_id=edition_id,
        required=draft.required,
        pages=draft.pages,
    )
