"""The panels at the side of the list: the chosen application, a new one, rules of the selection."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import Protocol

from PySide6.QtWidgets import QWidget

from schoolapp.base.language import _
from schoolapp.base.settings import HIDE_PRIVATE
from schoolapp.desktop.forms import Form, Offers
from schoolapp.desktop.kit.host import RowsHost
from schoolapp.desktop.kit.panel import FormPanel, SidePanel
from schoolapp.desktop.places.applications import drafts, queries
from schoolapp.desktop.places.applications.meeting.rules_panel import RulesPanel
from schoolapp.desktop.places.applications.panel import ApplicationPanel
from schoolapp.domain.selection import Decision
from schoolapp.operations.applications import (
    ApplicationDraft,
    ApplicationFacts,
    ApplicationRow,
    application_facts,
)


class PanelsHost(RowsHost[ApplicationRow], Protocol):
    """What the panels need from the place at whose side they are shown."""

    @property
    def side(self) -> QWidget | None: ...

    def show_side(self, panel: SidePanel) -> None:
        """Show a panel at the side; what was edited in the one before is saved."""

    def put_beside(self, panel: QWidget | None) -> None:
        """Show a panel at the side, or none."""

    def close_side(self) -> None:
        """Close the panel and go back to the list."""

    def leave(self) -> None:
        """Save what is being edited at the side."""

    def open_row(self, row_id: int) -> None:
        """Put the cursor on an application."""


class Panels:
    """Each is made when it is first shown.

    ``decide`` and ``take_step`` are run for the buttons in the panel of an application.
    """

    def __init__(
        self,
        host: PanelsHost,
        decide: Callable[[Decision], object],
        take_step: Callable[[str, str], object],
    ) -> None:
        self._host, self._decide, self._take_step = host, decide, take_step
        self._offers = Offers()
        self._private_hidden = bool(host.desk.settings.get(HIDE_PRIVATE))

    @cached_property
    def application(self) -> ApplicationPanel:
        """The application that is chosen."""
        desk = self._host.desk
        form: Form[ApplicationDraft] = Form(desk.tasks, desk.look, drafts.EDITED)
        made = ApplicationPanel(desk, form, drafts.saving)
        made.decided.connect(self._decide)
        made.step_wanted.connect(self._take_step)
        made.hide_private(self._private_hidden)
        return made

    @cached_property
    def new(self) -> FormPanel[drafts.NewApplication, int]:
        """The form for a new application."""
        desk = self._host.desk
        form = Form(desk.tasks, desk.look, drafts.CREATED, drafts.check_new)
        self._offers.join(form)
        made = FormPanel(desk, _("New application"), form, drafts.creating, _("Register"))
        made.created.connect(self._host.open_row)
        return made

    @cached_property
    def rules(self) -> RulesPanel:
        """What was declared about the selection."""
        made = RulesPanel(self._host.desk)
        made.closed.connect(self._host.close_side)
        return made

    @property
    def case(self) -> queries.Case | None:
        """The application shown at the side, or shown there last."""
        return self.application.case

    def show_application(self, application_id: int) -> None:
        """Show an application at the side, as soon as it was read."""
        self._host.show_side(self.application)
        self._read(application_id)

    def ask_reason(
        self, application_id: int, sentence: str, pending: Callable[[str], object]
    ) -> None:
        """Show an application and ask why; ``pending(reason)`` goes on."""
        self._host.show_side(self.application)
        then = partial(self._show_and_ask, sentence, pending)
        query = partial(queries.case, application_id)
        self._host.desk.tasks.read(self.application, query, then, self._gone)

    def register(self) -> None:
        """Register an application by hand."""
        gathering = self._host.gathering
        if gathering is not None:
            self._host.show_side(self.new)
            self.new.open(drafts.NewApplication(gathering_id=gathering.id))
            query = partial(application_facts, gathering_id=gathering.id)
            self._host.desk.tasks.read(self.new, query, self._offer)

    def declare_rules(self) -> None:
        """Declare targets and the policy of the waiting list."""
        gathering = self._host.gathering
        if gathering is not None:
            self._host.leave()
            self._host.put_beside(self.rules)
            self.rules.open(gathering.id)

    def hide_private(self, hidden: bool) -> None:
        """Hide or show needs, birth, and what was written."""
        self._private_hidden = hidden
        if "application" in self.__dict__:
            self.application.hide_private(hidden)

    def refresh(self) -> None:
        """Ask again for the application at the side."""
        side = self._host.side
        if side is not None and side is self.application and self.application.key:
            self._read(self.application.key)

    def forget(self) -> None:
        """The application of the panel no longer exists."""
        self.application.case = None
        self._host.close_side()

    def _read(self, application_id: int) -> None:
        query = partial(queries.case, application_id)
        self._host.desk.tasks.read(self.application, query, self._show, self._gone)

    def _show(self, case: queries.Case) -> None:
        if self._host.table.current_id() in (None, case.detail.id):
            self.application.show_case(case)

    def _show_and_ask(
        self, sentence: str, pending: Callable[[str], object], case: queries.Case
    ) -> None:
        self.application.show_case(case)
        self.application.ask_reason(sentence, pending)

    def _gone(self, trouble: BaseException) -> None:
        self._host.close_side()

    def _offer(self, facts: ApplicationFacts) -> None:
        self._offers.put("module_codes", facts.modules)
        self._offers.put("delegation_id", ((None, ""), *facts.delegations))
