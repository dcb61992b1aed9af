"""What is decided on applications, one or several: decisions, steps, offers, the waiting list."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt

from schoolapp.base.language import _, isolate
from schoolapp.desktop.kit.host import RowsHost
from schoolapp.desktop.places.applications.pages import Pages
from schoolapp.desktop.places.applications.panels import Panels
from schoolapp.desktop.places.applications.words import DONE, DONE_MANY, STEPS
from schoolapp.domain.selection import Decision
from schoolapp.domain.workflow import ReasonNeeded
from schoolapp.operations.applications import (
    ApplicationRow,
    decide_applications,
    end_offers,
    move_application,
    move_in_line,
    offer_place,
    remove_application,
    withdraw_offer,
    write_reminders,
)


class DecidingHost(RowsHost[ApplicationRow], Protocol):
    """What deciding needs from the place whose applications are decided on."""

    @property
    def pages(self) -> Pages: ...
    @property
    def panels(self) -> Panels: ...

    def selected_ids(self) -> tuple[int, ...]:
        """The applications that are decided on."""

    def leave(self) -> None:
        """Save what is being edited at the side."""


class Deciding:
    """Each decision is one change, taken at once; in a meeting it is only prepared.

    If a guard refuses a step that it would accept with a reason, the panel asks for one and the
    step is tried again with it.
    """

    def __init__(self, host: DecidingHost) -> None:
        self._host = host

    def decide(self, decision: Decision, reason: str = "") -> None:
        """Take a decision on the selected applications; in a meeting, prepare it."""
        ids = self._host.selected_ids()
        if self._host.pages.is_deciding:
            self._host.pages.meeting.decide(decision, reason)
            return
        if not ids:
            return
        self._host.leave()
        landed = partial(self._decided, ids)
        refused = partial(self._refused, ids[0], partial(self.decide, decision))
        work = partial(
            decide_applications, application_ids=ids, decision=decision, reason=reason or None
        )
        title = self._title(decision, ids)
        self._host.desk.tasks.change(self._host.table, title, work, landed, refused)

    def decide_shown(self, decision: Decision) -> None:
        """Take a decision on the application of the panel."""
        shown = self._host.panels.application.key
        if shown is not None:
            self._host.table.select_id(shown)
            self.decide(decision)

    def take_step(self, step: str, reason: str = "") -> None:
        """Take one step of the workflow with the application of the panel."""
        case = self._host.panels.case
        if case is None:
            return
        key, name = case.detail.id, case.detail.name
        title = _("{step}: {name}").format(step=_(STEPS[step]), name=isolate(name))
        work = partial(move_application, application_id=key, step=step, reason=reason or None)
        refused = partial(self._refused, key, partial(self.take_step, step))
        self._host.leave()
        self._host.desk.tasks.change(self._host.table, title, work, failed=refused)

    def remove(self) -> None:
        """Remove an application that was entered by mistake."""
        case = self._host.panels.case
        if case is None or self._host.selected_ids() != (case.detail.id,):
            return
        title = _("Remove the application of {name}").format(name=isolate(case.detail.name))
        work = partial(
            remove_application, application_id=case.detail.id, version=case.detail.version
        )
        self._host.desk.tasks.change(self._host.table, title, work, self._removed)

    def offer(self) -> None:
        """Offer the selected person a free place."""
        for application_id in self._host.selected_ids()[:1]:
            self.offer_to(application_id)

    def offer_to(self, application_id: int, reason: str = "") -> None:
        """Hold a free place for somebody, and write to them."""
        title = self._named(application_id, _("Offer a place to {name}"))
        work = partial(offer_place, application_id=application_id, reason=reason or None)
        refused = partial(self._refused, application_id, partial(self.offer_to, application_id))
        self._host.desk.tasks.change(self._host.table, title, work, failed=refused)

    def take_offer_back(self) -> None:
        """Free the place that is held for the selected person."""
        for key in self._host.selected_ids()[:1]:
            title = self._named(key, _("Take the offer to {name} back"))
            work = partial(withdraw_offer, application_id=key)
            self._host.desk.tasks.change(self._host.table, title, work)

    def end_offers(self) -> None:
        """End the offers that have run out."""
        gathering = self._host.gathering
        if gathering is not None:
            work = partial(end_offers, gathering_id=gathering.id)
            title = _("End the offers that were not answered")
            self._host.desk.tasks.change(self._host.table, title, work)

    def move_in_line(self, by: int, reason: str = "") -> None:
        """Move the selected person on the waiting list, for a reason that is kept."""
        for key in self._host.selected_ids()[:1]:
            title = self._named(key, _("Move {name} up") if by < 0 else _("Move {name} down"))
            work = partial(move_in_line, application_id=key, step=by, reason=reason)
            refused = partial(self._refused, key, partial(self.move_in_line, by))
            self._host.desk.tasks.change(self._host.table, title, work, failed=refused)

    def remind(self) -> None:
        """Write reminders to the applicants who have not answered a question yet."""
        gathering = self._host.gathering
        if gathering is not None:
            work = partial(write_reminders, gathering_id=gathering.id)
            title = _("Write reminders")
            self._host.desk.tasks.change(self._host.table, title, work, self._reminded)

    def _title(self, decision: Decision, ids: tuple[int, ...]) -> str:
        if len(ids) == 1:
            return self._named(ids[0], _(DONE[decision]))
        return _(DONE_MANY[decision]).format(count=len(ids))

    def _named(self, application_id: int, pattern: str) -> str:
        """A title with the name of an applicant, as the list shows it."""
        row = self._host.table.lazy.row(application_id)
        return pattern.format(name=isolate(row.name) if row else _("somebody"))

    def _decided(self, ids: tuple[int, ...], count: int) -> None:
        """After a decision on one, go on to the next; the list has the focus again."""
        table = self._host.table
        table.setFocus(Qt.FocusReason.OtherFocusReason)
        at = table.lazy.position(ids[0])
        if len(ids) == 1 and at is not None and at + 1 < table.lazy.rowCount():
            table.select_id(table.lazy.row_id(at + 1))

    def _refused(
        self, application_id: int, again: Callable[[str], object], trouble: BaseException
    ) -> None:
        """Ask for a reason where one would help."""
        if isinstance(trouble, ReasonNeeded):
            self._host.panels.ask_reason(application_id, trouble.sentence(), again)

    def _removed(self, nothing: None) -> None:
        self._host.panels.forget()

    def _reminded(self, count: int) -> None:
        if not count:
            self._host.desk.say(_("Nobody needs a reminder now."))
