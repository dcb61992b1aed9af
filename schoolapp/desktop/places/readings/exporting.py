"""The export of the reading list: where to, then read and written in a worker."""

from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QFileDialog, QWidget

from schoolapp.base.language import _, ltr
from schoolapp.desktop.bridge.desk import Desk, Gathering
from schoolapp.desktop.places.readings.words import FORMATS
from schoolapp.exchange.files import safe_write
from schoolapp.exchange.reading_list import ReadingList, write_bib, write_html, write_pdf
from schoolapp.operations import readings


class ListHost(Protocol):
    """The place whose gathering is exported."""

    @property
    def desk(self) -> Desk: ...
    @property
    def gathering(self) -> Gathering | None: ...


class Exporting:
    """Writes the reading list of the gathering; the question opens over ``window``."""

    def __init__(self, host: ListHost, window: QWidget) -> None:
        self._host, self._window = host, window

    def ask(self) -> None:
        """Ask where to, then write the reading list."""
        if self._host.gathering is None:
            return
        named = [(_(words), end) for end, words in FORMATS.items()]
        kinds = ";;".join(f"{words} (*{end})" for words, end in named)
        name, _kind = QFileDialog.getSaveFileName(
            self._window, _("Export the reading list"), "readings.html", kinds
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the reading list; the ending says how."""
        assert self._host.gathering is not None
        query = partial(readings.reading_list, gathering_id=self._host.gathering.id)
        self._host.desk.tasks.read(self._window, query, partial(self._write, path))

    def _write(self, path: Path, made: ReadingList) -> None:
        work = partial(_write, path, made)
        self._host.desk.tasks.work(self._window, work, partial(self._written, path))

    def _written(self, path: Path, nothing: None) -> None:
        self._host.desk.say(_("The reading list is in {file}.").format(file=ltr(str(path))))


def _write(path: Path, made: ReadingList) -> None:
    writers = {".pdf": write_pdf, ".bib": write_bib}
    safe_write(path, writers.get(path.suffix, write_html)(made))
