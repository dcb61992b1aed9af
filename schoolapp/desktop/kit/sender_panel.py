"""Asks who letters come from, before the first of a centre leaves; afterwards the centre knows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial

from PySide6.QtWidgets import QWidget

from schoolapp.base import settings
from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.panel import FormPanel, SidePanel
from schoolapp.operations.centres import (
    SenderDraft,
    check_sender_draft,
    missing_sender,
    save_sender,
)

SENDER = (
    forms.text("name", mark("Name that people see")),
    forms.text(
        "address",
        mark("Address of the mailbox"),
        code=True,
        hint=mark("Answers go there. Somebody should read it."),
    ),
)


class AskingSender:
    """Goes on with letters once it is known whom they come from, and asks where it is not.

    ``widget`` is the place or page of the letters; ``show(panel)`` shows a panel at its side.
    """

    def __init__(self, desk: Desk, widget: QWidget, show: Callable[[SidePanel], object]) -> None:
        self._desk, self._widget, self._show = desk, widget, show
        self._then: Callable[[], object] = widget.update

    @cached_property
    def panel(self) -> FormPanel[SenderDraft, None]:
        """Asks for the name and the address of the mailbox."""
        tasks, look = self._desk.tasks, self._desk.look
        form = Form(tasks, look, SENDER, _check)
        title, words = _("Who do letters come from?"), _("Keep and go on")
        made = FormPanel(self._desk, title, form, _saving, words)
        made.setObjectName("sender_panel")
        made.created.connect(lambda _kept: self._then())
        return made

    def before(self, ids: Sequence[int], then: Callable[[], object]) -> None:
        """Do ``then()`` with these letters; those of two centres ask twice."""
        query = partial(missing_sender, ids=ids)
        self._desk.tasks.read(self._widget, query, partial(self._known, ids, then))

    def ask(self, missing: SenderDraft, then: Callable[[], object]) -> None:
        """Ask whom letters come from, then do ``then()``."""
        self._then = then
        said = _(
            "{centre} has no mailbox for answers yet. You are asked only once;"
            " it can be changed at Home, under Centres."
        )
        self.panel.subtitle.setText(said.format(centre=isolate(missing.centre)))
        self.panel.subtitle.show()
        self._show(self.panel)
        own = self._desk.settings.get(settings.MAIL_ADDRESS)
        self.panel.form.show_draft(replace(missing, address=missing.address or own))
        self.panel.open(missing)

    def _known(
        self, ids: Sequence[int], then: Callable[[], object], missing: SenderDraft | None
    ) -> None:
        if missing is None:
            then()
        else:
            self.ask(missing, partial(self.before, ids, then))


def _check(draft: SenderDraft) -> Mapping[str, str]:
    return {field: _(sentence) for field, sentence in check_sender_draft(draft).items()}


def _saving(draft: SenderDraft) -> Change[None]:
    title = _("Enter the mailbox of {centre}").format(centre=draft.centre)
    return title, partial(save_sender, draft=draft)
