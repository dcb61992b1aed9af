"""The reference of the start: a bare PySide6 window with a table of 200 rows, until it is painted.

Run as a file of its own, so that nothing of the program is imported. Prints the CPU seconds and the
modules as JSON, as ``schoolapp --until-painted`` does, and ends.
"""

import json
import sys
import time
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView


class Table(QTableView):
    """A table that reports when it has been painted."""

    painted = Signal()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, then report."""
        super().paintEvent(event)
        self.painted.emit()


class Rows(QAbstractTableModel):
    """Two hundred rows of six texts."""

    def rowCount(self, parent: Any = None) -> int:
        """How many rows."""
        return 200

    def columnCount(self, parent: Any = None) -> int:
        """How many columns."""
        return 6

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell."""
        return f"Row {index.row()}" if role == Qt.ItemDataRole.DisplayRole else None


def main() -> None:
    """Paint the window and end."""
    application = QApplication(["bare"])
    window, table, rows = QMainWindow(), Table(), Rows()
    table.setModel(rows)
    window.setCentralWidget(table)
    window.resize(1200, 800)

    def painted() -> None:
        figures = {"cpu_seconds": time.process_time(), "modules": sorted(sys.modules)}
        print(json.dumps(figures))
        application.quit()

    table.painted.connect(painted, Qt.ConnectionType.QueuedConnection)  # in the turn after it
    window.show()
    application.exec()


if __name__ == "__main__":
    main()
