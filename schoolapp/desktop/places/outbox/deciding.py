"""What is decided about letters that are selected: which may go, which never go, which arrived."""

from functools import cached_property, partial

from PySide6.QtWidgets import QWidget

from schoolapp.base.language import _, plural
from schoolapp.desktop.bridge.tasks import Query
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.desktop.places.outbox import queries
from schoolapp.desktop.places.outbox.coming_back import CameBack, coming_back_panel
from schoolapp.desktop.places.outbox.host import OutboxHost
from schoolapp.operations import mail


class Deciding:
    """Changes letters. ``widget`` is the place: answers to a closed one are dropped."""

    def __init__(self, host: OutboxHost, widget: QWidget) -> None:
        self._host, self._widget = host, widget
        self._tasks = host.desk.tasks

    def approve(self) -> None:
        """Approve the chosen drafts, or all that are shown."""
        query = partial(queries.ready, view=self._host.view, chosen=self._host.chosen_ids())
        self._tasks.read(self._widget, query, self._approve)

    def back_to_draft(self) -> None:
        """Take the approval of the selected letters back."""
        operation = partial(mail.back_to_draft, ids=self._host.selected_ids())
        self._change(_("Take an approval back"), operation)

    def discard(self) -> None:
        """Never send the selected letters."""
        self._change(_("Discard letters"), partial(mail.discard, ids=self._host.selected_ids()))

    def note_arrived(self) -> None:
        """Note that the selected letters arrived although the connection broke."""
        operation = partial(mail.found_sent, ids=self._host.selected_ids())
        self._change(_("Note that letters arrived"), operation)

    def note_sent_elsewhere(self) -> None:
        """Note that the selected letters were sent from another mail program."""
        operation = partial(mail.sent_elsewhere, ids=self._host.selected_ids())
        self._change(_("Note that letters were sent from elsewhere"), operation)

    def ask_why_it_came_back(self) -> None:
        """Ask what the mail says that came back instead of an answer."""
        panel, draft = self._coming_back, CameBack(self._host.selected_ids())
        if panel.form.has_draft and panel.form.draft.ids != draft.ids:
            panel.form.show_draft(draft)  # what was typed before is about other letters
        self._host.show_side(panel)
        panel.open(draft)

    @cached_property
    def _coming_back(self) -> FormPanel[CameBack, int]:
        return coming_back_panel(self._host.desk)

    def _approve(self, found: queries.Ready) -> None:
        number = found.numbers.letters
        title = plural("Approve {number} letter", "Approve {number} letters", number)
        self._change(title.format(number=number), partial(mail.approve, ids=found.ids))

    def _change(self, title: str, operation: Query[int]) -> None:
        self._tasks.change(self._widget, title, operation)
