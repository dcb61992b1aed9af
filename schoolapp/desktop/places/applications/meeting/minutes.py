"""Writes the minutes of a meeting: read in the database worker, written beside the window."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from schoolapp.base import clock
from schoolapp.base.language import _, ltr
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.places.applications.words import SIDES, group_name
from schoolapp.domain.documents import Minutes
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.selection import Side
from schoolapp.exchange.files import safe_write
from schoolapp.exchange.papers import minutes as papers
from schoolapp.operations.applications import meeting_minutes
from schoolapp.storage.store import DbSession


class MinutesWriter:
    """Asks where to, reads what was decided today, and writes it as a PDF.

    ``owner`` is the place: the dialog opens over it, and an answer for a closed one is dropped.
    """

    def __init__(self, owner: QWidget, desk: Desk) -> None:
        self._owner, self._desk = owner, desk

    def ask(self, gathering_id: int) -> None:
        """Ask where to, then write the minutes."""
        name, _kind = QFileDialog.getSaveFileName(
            self._owner, _("Minutes of the meeting"), "minutes.pdf", "PDF (*.pdf)"
        )
        if name:
            self.write(gathering_id, Path(name))

    def write(self, gathering_id: int, path: Path) -> None:
        """Write what was decided today."""
        query = partial(read_minutes, gathering_id)
        self._desk.tasks.read(self._owner, query, partial(self._read, path))

    def _read(self, path: Path, minutes: Minutes) -> None:
        said = partial(self._written, path)
        self._desk.tasks.work(self._owner, partial(write_minutes, path, minutes), said)

    def _written(self, path: Path, nothing: None) -> None:
        self._desk.say(_("The minutes are in {file}.").format(file=ltr(str(path))))


def read_minutes(gathering_id: int, session: DbSession) -> Minutes:
    """What was decided today, by the clock of the gathering."""
    tz = session.get_one(Gathering, gathering_id).tz
    return meeting_minutes(
        session,
        gathering_id=gathering_id,
        day=clock.to_wall(clock.now(), tz).date(),
        side_name=_side_name,
        group_name=group_name,
    )


def write_minutes(path: Path, minutes: Minutes) -> None:
    """Write them as a PDF; the file is whole or not there."""
    safe_write(path, papers.write_minutes(minutes, at=clock.now()))


def _side_name(side: str) -> str:
    return _(SIDES[Side(side)])
