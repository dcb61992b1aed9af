"""The row under the cursor: its doubts with their corrections, and the other one of a pair."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from schoolapp.base.language import _, isolate
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.kit.comparing import SideBySide
from schoolapp.desktop.look.boxes import scrolling
from schoolapp.desktop.look.flow import Flow
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.widgets import button
from schoolapp.desktop.places.applications.importing.cell_lines import CellLine
from schoolapp.desktop.places.applications.importing.cells import CellEditors
from schoolapp.desktop.places.applications.importing.lines import Line
from schoolapp.desktop.places.applications.importing.renewals import Renewal


class Review(QFrame):
    """Shows one row; every decision is a button here and a letter in the table."""

    accepted = Signal()
    order_chosen = Signal(str)  # dmy or mdy
    decided = Signal(bool)  # True: one person, False: two
    corrected = Signal(int, str, object)  # row, field, the words typed or None to take them back
    left = Signal()  # the cells were left by keyboard

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.title, self.doubts = Heading(), Words(wrap=True)
        self.reasons, self.pair = Words(wrap=True), SideBySide()
        self.whose, self.changes = Words(wrap=True), SideBySide()
        self.changes.setAccessibleName(_("What the row changes"))
        look = desk.look
        self.accept_button = button(look, "", self.accepted.emit, "check")
        self.day_button = self._order(desk, "dmy")
        self.month_button = self._order(desk, "mdy")
        self.same_button = button(look, _("Same person (S)"), self._say_same, "user")
        self.two_button = button(look, _("Two people (T)"), self._say_two, "users")
        self.cells = CellEditors(desk)
        self.cells.corrected.connect(self.corrected)
        self.cells.left.connect(self.left)
        self._lay_out()
        self.show_line(None)

    def show_line(self, line: Line | None, cells: Sequence[CellLine] = ()) -> None:
        """Show a row of the sheet with its cells to correct; nothing if there is none."""
        doubts = line.doubts if line else ()
        offers = [doubt.suggestion for doubt in doubts if doubt.suggestion]
        asks = [doubt.orders for doubt in doubts if doubt.orders]
        duplicate = line.duplicate if line else None
        self.title.setText(_row_title(line) if line else "")
        self.doubts.setText("\n".join(doubt.sentence for doubt in doubts))
        if line and not doubts:
            settled = "" if line.renewal else line.remarks
            self.doubts.setText(settled or _("Nothing is doubtful in this row."))
        self._show_renewal(line.renewal if line else None)
        offered = ", ".join(isolate(offer) for offer in offers)
        self.accept_button.setText(_("Use {values} (A)").format(values=offered))
        by_day, by_month = asks[0] if len(asks) == 1 else ("", "")
        self.day_button.setText(_ordered(_("Day first"), by_day, "D"))
        self.month_button.setText(_ordered(_("Month first"), by_month, "M"))
        self.cells.show_cells(line.row if line else 0, cells)
        self._show(offers, self.accept_button)
        self._show(asks, self.day_button, self.month_button)
        is_changed = line is not None and line.renewal is not None and line.renewal.changes
        self._show(duplicate and line and line.asks_same, self.same_button)
        self._show(duplicate, self.two_button)
        self._show(duplicate and duplicate.reasons, self.reasons)
        self._show(duplicate and not is_changed, self.pair)
        if line and duplicate:
            self.reasons.setText(duplicate.reasons)
            own = _("Row {row}").format(row=line.row)
            self.pair.show_pair((own, duplicate.heading), duplicate.mine, duplicate.theirs)

    def edit(self) -> None:
        """Go to the cells, to the first that is doubtful."""
        if (line := self.cells.edit()) is not None:
            self._area.ensureWidgetVisible(line)

    def _show_renewal(self, renewal: Renewal | None) -> None:
        """Whose application the row is, and each field before and now."""
        changes = renewal.changes if renewal else ()
        self.whose.setText(renewal.whose if renewal else "")
        self._show(renewal, self.whose)
        self._show(changes, self.changes)
        self.changes.show_lines((_("Before"), _("Now")), changes)

    def _say_same(self) -> None:
        self.decided.emit(True)

    def _say_two(self) -> None:
        self.decided.emit(False)

    def _order(self, desk: Desk, order: str) -> QPushButton:
        return button(desk.look, "", lambda: self.order_chosen.emit(order), "calendar-days")

    def _show(self, wanted: object, *widgets: QWidget) -> None:
        for widget in widgets:
            widget.setVisible(bool(wanted))

    def _lay_out(self) -> None:
        inside = QWidget()
        content = QVBoxLayout(inside)
        content.setContentsMargins(12, 8, 12, 8)
        content.setSpacing(8)
        keys = Flow(8)
        for one in (self.accept_button, self.day_button, self.month_button):
            keys.addWidget(one)
        pairs = Flow(8)
        for one in (self.same_button, self.two_button):
            pairs.addWidget(one)
        content.addWidget(self.title)
        content.addWidget(self.whose)
        content.addWidget(self.changes)
        content.addWidget(self.doubts)
        content.addLayout(keys)
        content.addWidget(self.cells)
        content.addWidget(self.reasons)
        content.addLayout(pairs)
        content.addWidget(self.pair)
        content.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)  # the grey beneath leaves the frame in sight
        self._area = scrolling(inside, framed=False)
        layout.addWidget(self._area)
        inside.setAutoFillBackground(True)  # grey: the row is set apart from the white list above


def _ordered(words: str, date: str, key: str) -> str:
    """What a button says: the order, the date that follows from it, its key."""
    if not date:
        return _("{words} ({key})").format(words=words, key=key)
    return _("{words}: {date} ({key})").format(words=words, date=isolate(date), key=key)


def _row_title(line: Line) -> str:
    return _("Row {row}: {name}").format(row=line.row, name=isolate(line.name))
