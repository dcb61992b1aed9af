"""The panel that asks why letters came back: an address was wrong, a mailbox is full."""

from dataclasses import dataclass
from functools import partial

from schoolapp.base.language import _, mark, plural
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.desktop.look import formats
from schoolapp.operations import mail

FIELDS = (
    forms.long_text(
        "reason",
        mark("What the mail server wrote"),
        lines=4,
        hint=mark("For example “user unknown” or “mailbox full”."),
    ),
)


@dataclass(frozen=True, slots=True)
class CameBack:
    """The letters that reached nobody, by key, and what the other server wrote."""

    ids: tuple[int, ...] = ()
    reason: str = ""


def coming_back_panel(desk: Desk) -> FormPanel[CameBack, int]:
    """Notes that letters came back; invitations in them count as not delivered from then on."""
    form = Form(desk.tasks, desk.look, FIELDS, _check)
    return FormPanel(desk, _("It bounced"), form, _noting, _("Save"))


def _check(draft: CameBack) -> dict[str, str]:
    if not draft.reason.strip():
        return {"reason": _("Write a few words, so that everybody knows what to put right.")}
    return {}


def _noting(draft: CameBack) -> Change[int]:
    words = plural(
        "Note that {number} letter bounced",
        "Note that {number} letters bounced",
        len(draft.ids),
    )
    operation = partial(mail.bounced, ids=draft.ids, reason=draft.reason.strip())
    return words.format(number=formats.number(len(draft.ids))), operation
