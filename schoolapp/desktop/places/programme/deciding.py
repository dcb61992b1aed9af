"""What is done with sessions that are selected: moved, confirmed, published, cancelled, removed."""

import datetime as dt
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QWidget

from schoolapp.base.language import _, plural
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.look import formats
from schoolapp.desktop.places.programme import queries
from schoolapp.desktop.places.programme.queries import At, SessionLine
from schoolapp.desktop.places.programme.timetable.day_view import DayView
from schoolapp.desktop.places.programme.timetable.grid import DAY
from schoolapp.domain.scheduling import day_of
from schoolapp.operations import programme
from schoolapp.operations.invitations import prepare_reminders
from schoolapp.operations.programme import Rearranged, SessionRow
from schoolapp.storage.store import DbSession


class SessionsHost(Protocol):
    """What deciding needs from the place."""

    @property
    def desk(self) -> Desk: ...
    @property
    def is_day(self) -> bool:
        """Whether the timetable is shown, not the list."""

    def selected_ids(self) -> tuple[int, ...]:
        """The sessions that are selected."""

    def session_row(self, session_id: int) -> SessionRow | SessionLine | None:
        """A session of the view that is shown, if it has come."""


class OfOneSession(Protocol):
    """An operation on one session."""

    def __call__(self, session: DbSession, *, session_id: int) -> object: ...


class Deciding:
    """Changes sessions. ``widget`` is the place: answers to a closed one are dropped."""

    def __init__(self, host: SessionsHost, timetable: DayView, widget: QWidget) -> None:
        self._host, self._timetable, self._widget = host, timetable, widget
        self._tasks = host.desk.tasks

    def move(self, by: dt.timedelta) -> None:
        """Move the selected session in time."""
        for session_id in self._host.selected_ids():
            self.move_one(session_id, by)

    def move_one(self, session_id: int, by: dt.timedelta) -> None:
        """Move a session; the timetable follows it to another day."""
        row = self._host.session_row(session_id)
        if row is None:
            return
        start = row.start + by
        title = _("Move {title} to {time}").format(title=row.title, time=formats.moment(start))
        if abs(by) >= DAY and self._host.is_day:
            self._timetable.expect(At(day_of(start), row.uid))
        operation = partial(programme.move_session, session_id=session_id, start=start)
        self._tasks.change(self._widget, title, operation, self._moved)

    def confirm(self) -> None:
        """Confirm the selected session."""
        self._change(_("Confirm {title}"), partial(programme.take_step, step="confirm"))

    def publish(self) -> None:
        """Publish the selected session."""
        self._change(_("Publish {title}"), partial(programme.take_step, step="publish"))

    def cancel(self) -> None:
        """Cancel the selected session."""
        self._change(_("Cancel {title}"), programme.cancel_session)

    def bring_back(self) -> None:
        """Plan a cancelled session again."""
        self._change(_("Bring back {title}"), programme.bring_back)

    def remove(self) -> None:
        """Remove the selected sessions, of which nobody knows, in one step."""
        chosen = self._host.selected_ids()
        row = self._host.session_row(chosen[0]) if len(chosen) == 1 else None
        named = plural("Remove {count} session", "Remove {count} sessions", len(chosen))
        title = _("Remove {title}").format(title=row.title) if row else named
        removing = partial(queries.remove, session_ids=chosen)
        self._tasks.change(self._widget, title.format(count=formats.number(len(chosen))), removing)

    def remind(self) -> None:
        """Remind people who did not answer for the selected session."""
        self._change(_("Remind people who did not answer for {title}"), prepare_reminders)

    def _change(self, title: str, operation: OfOneSession) -> None:
        for session_id in self._host.selected_ids():
            row = self._host.session_row(session_id)
            named = title.format(title=row.title if row else "")
            self._tasks.change(self._widget, named, partial(operation, session_id=session_id))

    def _moved(self, done: Rearranged) -> None:
        self._timetable.clash_list.say(" ".join(done.warnings))
