"""The table that is shown, written as a spreadsheet: all its rows under human headings."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QFileDialog, QWidget

from schoolapp.base.language import _, ltr, mark
from schoolapp.base.safe_write import write_safely
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.places.money.ledgers import AnyLedger
from schoolapp.desktop.tables import View
from schoolapp.exchange.sheets import Table, write_csv, write_ods, write_xlsx

FORMATS = {
    ".xlsx": mark("Excel"),
    ".ods": mark("OpenDocument"),
    ".csv": mark("Text with commas"),
}


class LedgerHost(Protocol):
    """The place whose table is exported."""

    @property
    def desk(self) -> Desk: ...
    @property
    def ledger(self) -> AnyLedger: ...
    @property
    def view(self) -> View: ...


class Exporting:
    """Asks for a file and writes the table; the question opens over ``window``."""

    def __init__(self, host: LedgerHost, window: QWidget) -> None:
        self._host, self._window = host, window

    def ask(self) -> None:
        """Ask where to, then write the table that is shown."""
        named = [(_(words), end) for end, words in FORMATS.items()]
        kinds = ";;".join(f"{words} (*{end})" for words, end in named)
        name, _kind = QFileDialog.getSaveFileName(
            self._window, _("Export this table"), f"{self._host.ledger.key}.xlsx", kinds
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the table; the ending says how, and without a known one it is a workbook."""
        path = path if path.suffix in FORMATS else path.with_name(f"{path.name}.xlsx")
        query = partial(self._host.ledger.sheets, view=self._host.view)
        self._host.desk.tasks.read(self._window, query, partial(self._write, path))

    def _write(self, path: Path, tables: Sequence[Table]) -> None:
        work = partial(write, path, tables)
        self._host.desk.tasks.work(self._window, work, partial(self._written, path, len(tables)))

    def _written(self, path: Path, tables: int, nothing: None) -> None:
        said = _("The table is in {file}.").format(file=ltr(path.name))
        if path.suffix == ".csv" and tables > 1:
            lines = _("Its lines are left out: Excel and OpenDocument files have them too.")
            said = f"{said} {lines}"
        self._host.desk.say(said)


def write(path: Path, tables: Sequence[Table]) -> None:
    """Write tables into a file, whole or not at all; csv holds the first one."""
    if path.suffix == ".csv":
        data = write_csv(tables[0], byte_order_mark=True)
    else:
        data = {".xlsx": write_xlsx, ".ods": write_ods}[path.suffix](*tables)
    write_safely(path, data)
