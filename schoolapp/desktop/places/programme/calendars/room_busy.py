"""Asks which room a calendar belongs to, and notes when that room is taken."""

from dataclasses import dataclass
from functools import cached_property, partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.busy_calendars import BusyCalendars, BusyFound, take
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.operations.programme import Choices, choices


@dataclass(frozen=True, slots=True)
class _Draft:
    """The room that is chosen."""

    room_id: int | None = None


class RoomBusy(QObject):
    """Reads a file first, then asks for the room: if the file cannot be read, it asks nothing."""

    ready = Signal(object)  # the panel to show

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.calendars = BusyCalendars(desk, parent)
        self._found: BusyFound | None = None
        self._names: dict[int, str] = {}

    @cached_property
    def form_panel(self) -> FormPanel[_Draft, int]:
        """Which room it is."""
        fields = (forms.choice("room_id", mark("Room")),)
        form = Form(self._desk.tasks, self._desk.look, fields, _check)
        return FormPanel(
            self._desk, _("Which room is it?"), form, self._taking, _("Note when it is taken")
        )

    def ask(self, gathering_id: int) -> None:
        """Ask for a file."""
        self.calendars.ask(gathering_id, partial(self.show, gathering_id))

    def show(self, gathering_id: int, found: BusyFound) -> None:
        """Show what was read and ask for its room."""
        self._found = found
        query = partial(choices, gathering_id=gathering_id)
        self._desk.tasks.read(self, query, self._choices_came)

    def _choices_came(self, found: Choices) -> None:
        assert self._found is not None
        rooms = [(room.id, room.name) for room in found.rooms]
        self._names = dict(rooms)
        self.form_panel.form.offer("room_id", rooms)
        self.form_panel.subtitle.setText(f"{isolate(self._found.source)}: {self._found.sentence()}")
        self.form_panel.subtitle.show()
        self.ready.emit(self.form_panel)
        self.form_panel.open(_Draft(rooms[0][0] if rooms else None))

    def _taking(self, draft: _Draft) -> Change[int]:
        assert self._found is not None
        assert draft.room_id is not None
        title = _("Note when {room} is taken").format(room=self._names[draft.room_id])
        return title, partial(take, self._found, None, draft.room_id)


def _check(draft: _Draft) -> dict[str, str]:
    return {} if draft.room_id is not None else {"room_id": _("Choose a room.")}
