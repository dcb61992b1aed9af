"""The gathering that Home works in: its panel beside the figures, and its removal."""

from functools import cached_property, partial
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer

from schoolapp.base.language import _, current
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.host import TableHost
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.desktop.places.home.copy_panel import new_copy_panel
from schoolapp.desktop.places.home.gathering_panel import GatheringPanel, gathering_form
from schoolapp.desktop.places.home.queries import Facts
from schoolapp.operations.gatherings import (
    CopyDraft,
    GatheringDraft,
    copy_draft,
    remove_gathering,
)


class GatheringHost(TableHost, Protocol):
    """What the panel of a gathering needs from its place."""

    @property
    def facts(self) -> Facts | None:
        """What is known of the gathering that is chosen; None until it was read."""

    @property
    def has_room(self) -> bool:
        """Whether a panel fits beside the figures."""


class OpenGathering(QObject):
    """Form and panel are each made in a turn of the window's own: together they take a while."""

    def __init__(self, host: GatheringHost) -> None:
        super().__init__(host.desk.stage)
        self._host = host
        self._form: Form[GatheringDraft] | None = None
        self._panel: GatheringPanel | None = None

    @property
    def panel(self) -> GatheringPanel:
        """The form of the gathering, made when it is first needed."""
        if self._panel is None:
            self._form = self._form or gathering_form(self._host.desk)
            self._panel = GatheringPanel(self._host.desk, self._form)
        return self._panel

    def renew(self, facts: Facts) -> None:
        """Show in the panel, if there is one yet, what was read again."""
        if self._panel is not None:
            self._panel.show_gathering(facts)

    def offer(self) -> None:
        """Show the panel beside the figures if there is room for both."""
        if self._host.side is not None or not self._host.has_room:
            return
        if self._form is None:
            self._form = gathering_form(self._host.desk)
            QTimer.singleShot(0, self, self.offer)
        elif self._panel is None:
            self._panel = GatheringPanel(self._host.desk, self._form)
            QTimer.singleShot(0, self, self.offer)
        elif self._fill():
            self._host.show_side(self._panel)

    def edit(self) -> None:
        """Open the panel, with the focus in its first field."""
        if self._fill():
            self._host.show_side(self.panel)
            assert self.panel.form is not None, "the panel has a form"
            self.panel.form.first_field().setFocus(Qt.FocusReason.ShortcutFocusReason)

    @cached_property
    def copy_panel(self) -> FormPanel[CopyDraft, int]:
        """The form of a copy; the window goes to what it made."""
        made = new_copy_panel(self._host.desk)
        made.created.connect(self._host.desk.choose)
        return made

    def copy(self) -> None:
        """Ask when the copy begins."""
        if (facts := self._host.facts) is not None:
            query = partial(copy_draft, gathering_id=facts.id, language=current())
            self._host.desk.tasks.read(self, query, self._ask_copy)

    def _ask_copy(self, draft: CopyDraft) -> None:
        self._host.show_side(self.copy_panel)
        self.copy_panel.form.show_draft(draft)
        self.copy_panel.open(draft)

    def remove(self) -> None:
        """Remove the gathering."""
        facts = self._host.facts
        if facts is None or not self._fill():
            return
        self.panel.leave()
        title = _("Remove {name}").format(name=facts.overview.row.title)
        version = facts.draft.version
        removing = partial(remove_gathering, gathering_id=facts.id, version=version)
        self._host.desk.tasks.change(self, title, removing)

    def _fill(self) -> bool:
        """Have the panel show the gathering that is chosen; False while nothing is known of it."""
        facts = self._host.facts
        if facts is None:
            return False
        if self.panel.key != facts.id:
            self.panel.show_gathering(facts)
        return True
