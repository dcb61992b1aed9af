"""Reads a calendar file of somebody else for the window: when a person or a room is taken."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from schoolapp.base.language import _, plural
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.look import formats
from schoolapp.operations.calendars.busy_times import (
    Span,
    own_uids,
    take_busy_times,
    window_of,
)
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class BusyFound:
    """What was read: the times, the name of the file, and of which time it speaks."""

    spans: tuple[Span, ...]
    unread: int
    source: str
    window: Span

    def sentence(self) -> str:
        """How many times there are in the days of the gathering."""
        number = len(self.spans)
        words = plural(
            "{number} busy time in these days.", "{number} busy times in these days.", number
        )
        said = words.format(number=formats.number(number))
        if not self.unread:
            return said
        words = plural(
            "{number} entry could not be read.", "{number} entries could not be read.", self.unread
        )
        return f"{said} {words.format(number=formats.number(self.unread))}"


class BusyCalendars(QObject):
    """Asks for a file and reads it in a process of its own."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, parent

    def ask(self, gathering_id: int, then: Callable[[BusyFound], object]) -> None:
        """Ask for a file; ``then`` gets the busy times that it has on the days of the gathering."""
        kinds = _("Calendars (*.ics)")
        name, _kind = QFileDialog.getOpenFileName(self._window, _("Read a calendar"), "", kinds)
        if name:
            self.read(Path(name), gathering_id, then)

    def read(self, path: Path, gathering_id: int, then: Callable[[BusyFound], object]) -> None:
        """Read a file."""
        query = partial(_bounds, gathering_id)
        self._desk.tasks.read(self, query, partial(self._bounds_came, path, then))

    def _bounds_came(
        self, path: Path, then: Callable[[BusyFound], object], bounds: "_Bounds"
    ) -> None:
        self._desk.tasks.work(self, partial(_read, path, bounds), then)


def take(found: BusyFound, person_id: int | None, room_id: int | None, session: DbSession) -> int:
    """Keep what was read, of a person or a room."""
    return take_busy_times(
        session,
        spans=found.spans,
        source=found.source,
        window=found.window,
        person_id=person_id,
        room_id=room_id,
    )


class _Bounds(NamedTuple):
    """What matters of a calendar: the days of a gathering in its zone, without our own entries."""

    first: dt.datetime
    last: dt.datetime
    tz: str
    ours: frozenset[str]


def _bounds(gathering_id: int, session: DbSession) -> _Bounds:
    first, last, tz = window_of(session, gathering_id=gathering_id)
    return _Bounds(first, last, tz, own_uids(session, gathering_id=gathering_id))


def _read(path: Path, bounds: _Bounds) -> BusyFound:
    from schoolapp.exchange.calendars.foreign import READER, read_busy  # the formats are slow

    READER.check_size(path.stat().st_size)  # before it is in memory
    first, last, tz, ours = bounds
    found = read_busy(path.read_bytes(), first=first, last=last, tz=tz, ours=ours)
    return BusyFound(found.spans, found.unread, path.name, (first, last))
