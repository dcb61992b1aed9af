"""What is done with the texts that are chosen: put on a list, taken off, moved on, removed."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QWidget

from schoolapp.base.language import _
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.bridge.tasks import Query
from schoolapp.desktop.kit.panel import SidePanel
from schoolapp.desktop.places.readings import queries
from schoolapp.desktop.places.readings.narrowing import Narrowing
from schoolapp.desktop.places.readings.panels import Panels
from schoolapp.operations import readings


class TextsHost(Protocol):
    """What the commands need from the place that shows the texts."""

    @property
    def desk(self) -> Desk: ...

    def selected_ids(self) -> tuple[int, ...]:
        """The texts that are chosen."""

    def title_of(self, edition_id: int) -> str:
        """The title of a text, isolated from the words around it; empty until it was read."""

    def show_side(self, panel: SidePanel) -> None:
        """Show a panel at the side."""


class Chosen:
    """Changes the chosen texts. ``widget`` is the place: answers to a closed one are dropped."""

    def __init__(
        self, host: TextsHost, widget: QWidget, panels: Panels, narrowing: Narrowing
    ) -> None:
        self._host, self._widget = host, widget
        self._panels, self._narrowing = panels, narrowing

    def assign(self) -> None:
        """Let a session ask for the chosen text."""
        for key in self._host.selected_ids()[:1]:
            self._host.show_side(self._panels.listing)
            self._panels.open_listing(key, self._host.title_of(key), self._narrowing.session)

    def change_entry(self) -> None:
        """Ask how the chosen text is read for the session chosen in the filter."""
        session_id = self._session()
        for key in self._host.selected_ids()[:1]:
            if session_id is not None:
                query = partial(readings.entry_draft, session_id=session_id, edition_id=key)
                self._host.desk.tasks.read(self._widget, query, self._entry_came)

    def unassign(self) -> None:
        """Take the chosen text off the list of the session chosen in the filter."""
        session_id = self._session()
        if session_id is None:
            return
        self._change(
            _("Take {title} off the list"),
            lambda key: partial(readings.unassign, session_id=session_id, edition_id=key),
        )

    def remove(self) -> None:
        """Remove an edition that no session asks for."""
        self._change(_("Remove {title}"), lambda key: partial(queries.remove, edition_id=key))

    def take_step(self, step: str) -> None:
        """Take a step of the chosen text."""
        self._change(
            _("Next step of {title}"),
            lambda key: partial(readings.take_step, edition_id=key, step=step),
        )

    def _session(self) -> int | None:
        """The session chosen in the filter; without one it is said what to do."""
        session_id = self._narrowing.session
        if session_id is None:
            self._host.desk.say(_("Choose a session above first, then a text on its list."))
        return session_id

    def _entry_came(self, draft: readings.EntryDraft) -> None:
        self._host.show_side(self._panels.entry)
        self._panels.open_entry(self._host.title_of(draft.edition_id), draft)

    def _change(self, title: str, operation: Callable[[int], Query[object]]) -> None:
        for key in self._host.selected_ids():
            said = title.format(title=self._host.title_of(key))
            self._host.desk.tasks.change(self._widget, said, operation(key))
