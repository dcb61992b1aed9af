"""Letters as files: saved as drafts for a mail program, or opened in one."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from schoolapp.base.language import _, ltr, plural
from schoolapp.desktop.kit.sender_panel import AskingSender
from schoolapp.desktop.places.outbox.host import OutboxHost
from schoolapp.desktop.places.outbox.post import write
from schoolapp.operations import mail

Written = Callable[[list[Path]], object]


class Filing:
    """Writes letters into folders. ``widget`` is the place, over which it asks for them."""

    def __init__(self, host: OutboxHost, widget: QWidget) -> None:
        self._host, self._widget = host, widget
        self._desk = host.desk
        self._asking = AskingSender(host.desk, widget, host.show_side)

    def save(self) -> None:
        """Ask for a folder and write the chosen letters, or all that are shown."""
        keys = tuple(self._host.chosen_ids() or self._host.shown_ids())
        self._asking.before(
            keys, partial(self._ask, keys, _("A folder for the letters"), self._saved)
        )

    def open_draft(self) -> None:
        """Ask for a folder, write the selected letter there and open it in the mail program."""
        keys = self._host.selected_ids()[:1]
        self._asking.before(keys, partial(self._ask, keys, _("A folder for the letter"), _open))

    def _ask(self, keys: tuple[int, ...], title: str, then: Written) -> None:
        name = QFileDialog.getExistingDirectory(self._widget, title)
        if name:
            self._write(Path(name), keys, then)

    def _write(self, folder: Path, keys: Sequence[int], then: Written) -> None:
        query = partial(mail.draft_files, ids=keys)
        self._desk.tasks.read(self._widget, query, partial(self._write_files, folder, then))

    def _write_files(self, folder: Path, then: Written, made: Sequence[tuple[str, bytes]]) -> None:
        self._desk.tasks.work(self._widget, partial(write, folder, made), then)

    def _saved(self, paths: list[Path]) -> None:
        number = len(paths)
        said = plural(
            "{number} letter is in {folder}. Once it is sent from there, note it here.",
            "{number} letters are in {folder}. Once they are sent from there, note it here.",
            number,
        )
        folder = ltr(str(paths[0].parent)) if paths else ""
        words = said.format(number=number, folder=folder) if paths else _("Nothing to save.")
        self._desk.say(words)


def _open(paths: list[Path]) -> None:
    for path in paths:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
