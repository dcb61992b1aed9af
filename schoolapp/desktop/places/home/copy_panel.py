"""The panel that copies a gathering to other dates."""

from collections.abc import Mapping
from functools import partial

from schoolapp.base.language import _, mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.operations.gatherings import CopyDraft, check_copy, copy_gathering

FIELDS = (
    forms.date(
        "start_date",
        mark("First day"),
        hint=mark("On the same weekday as before: the programme keeps its weekdays and hours."),
    ),
    forms.text("title", mark("Title")),
)
COPIED = mark(
    "Rooms, modules, rules, prices, deadlines, times kept free, the programme and the people who"
    " work there are copied. Applications, participants, marks and money are not."
)


def new_copy_panel(desk: Desk) -> FormPanel[CopyDraft, int]:
    """The panel; what it made is a gathering of its own, in one step that can be undone."""
    form = Form(desk.tasks, desk.look, FIELDS, _check)
    made = FormPanel(desk, _("Copy this gathering"), form, _copying, _("Copy"))
    made.setObjectName("copy_panel")
    made.subtitle.setText(_(COPIED))
    made.subtitle.show()
    return made


def _check(draft: CopyDraft) -> Mapping[str, str]:
    return {field: _(sentence) for field, sentence in check_copy(draft).items()}


def _copying(draft: CopyDraft) -> Change[int]:
    title = _("Copy as {name}").format(name=draft.title.strip())
    return title, partial(copy_gathering, draft=draft)
