"""The panel of the centres: each with its address, zone, currency and the mailbox of letters."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Never

from PySide6.QtCore import Qt

from schoolapp.base.language import _, isolate, ltr, mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.items import Items
from schoolapp.desktop.kit.panel import Panel
from schoolapp.operations.centres import (
    CentreDraft,
    centres_of,
    check_centre_draft,
    remove_centre,
    save_centre,
)

CENTRE = (
    forms.text("name", mark("Name")),
    forms.long_text(
        "address", mark("Postal address"), hint=mark("As it should appear on letters.")
    ),
    forms.text("city", mark("Town"), half=True),
    forms.country("country", mark("Country"), half=True),
    forms.text("tz", mark("Time zone"), code=True, half=True),
    forms.text("currency", mark("Currency"), code=True, half=True),
    forms.languages("languages", mark("Languages")),
    forms.text("mailbox_name", mark("Sender"), section=mark("Letters come from"), half=True),
    forms.text(
        "mailbox_address",
        mark("Mailbox"),
        code=True,
        half=True,
        hint=mark("Letters and invitations come from it, answers go to it."),
    ),
    forms.number(
        "retention",
        mark("Months to keep personal data"),
        hint=mark("Counted from the end of a gathering. Nothing is erased automatically."),
    ),
)


class CentresPanel(Panel[Never]):
    """The centres line by line; gatherings, letters and visa letters read them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title.setText(_("Centres"))
        self.subtitle.setText(
            _("New gatherings take their time zone, currency and languages from their centre.")
        )
        form = Form(desk.tasks, desk.look, CENTRE, _check)
        self.items = Items(desk, _("Centres"), form, _words, CentreDraft, _saving, _removing)
        self.items.setObjectName("centres")
        self.add(self.items)

    def refresh(self) -> None:
        """Ask for the centres again."""
        self.desk.tasks.read(self, centres_of, self.show_centres)

    def show_centres(self, centres: Sequence[CentreDraft]) -> None:
        """Show the centres as they are stored; a form that is open stays."""
        self.items.show_items(centres)
        if self.items.list.currentRow() < 0:
            self.items.list.setCurrentRow(0)

    def focus_first(self) -> None:
        """Go to the list."""
        self.items.list.setFocus(Qt.FocusReason.OtherFocusReason)


def _words(centre: CentreDraft) -> str:
    mailbox = ltr(centre.mailbox_address) if centre.mailbox_address else _("no mailbox yet")
    named = (isolate(part) for part in (centre.name, centre.city) if part)
    return " · ".join((*named, mailbox))


def _check(draft: CentreDraft) -> Mapping[str, str]:
    return {field: _(sentence) for field, sentence in check_centre_draft(draft).items()}


def _saving(draft: CentreDraft) -> Change[int]:
    sentence = _("Add the centre {name}") if draft.id is None else _("Edit the centre {name}")
    return sentence.format(name=draft.name.strip()), partial(save_centre, draft=draft)


def _removing(draft: CentreDraft) -> Change[None]:
    assert draft.id is not None, "a stored centre has a key"
    assert draft.version is not None, "and a version"
    removing = partial(remove_centre, centre_id=draft.id, version=draft.version)
    return _("Remove the centre {name}").format(name=draft.name), removing
