"""The row of days above the timetable: a week at a time, one of them shown."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from schoolapp.base.language import _
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.chips import ChipBar
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.widgets import icon_button

WEEK = 7


class DayBar(QWidget):
    """Chips for up to seven days, and two buttons to the week before and after."""

    chosen = Signal(object)  # date

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._days: tuple[dt.date, ...] = ()
        self.day: dt.date | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._before = icon_button(look, "chevron-left", _("Week before"), self.week_before)
        self._after = icon_button(look, "chevron-right", _("Week after"), self.week_after)
        self._chips = ChipBar(look)
        self._row.addWidget(self._before)
        self._row.addWidget(self._chips, 1)
        self._row.addWidget(self._after)

    def show_days(self, days: Sequence[dt.date], day: dt.date) -> None:
        """Show the week of a day."""
        if (tuple(days), day) == (self._days, self.day):
            return
        self._days, self.day = tuple(days), day
        start = self._days.index(day) // WEEK * WEEK if day in self._days else 0
        week = self._days[start : start + WEEK]
        fresh = ChipBar(self._look)
        for one in week:
            fresh.add(one.isoformat(), formats.day(one))
        if day in week:
            fresh.choose(day.isoformat())
        fresh.chosen.connect(self._chip_chosen)
        self._row.replaceWidget(self._chips, fresh)
        self._chips.hide()
        self._chips.deleteLater()
        self._chips = fresh
        self._before.setVisible(len(self._days) > WEEK)
        self._after.setVisible(len(self._days) > WEEK)
        self._before.setEnabled(start > 0)
        self._after.setEnabled(start + WEEK < len(self._days))

    def week_before(self) -> None:
        """Go to the same weekday of the week before."""
        self.go(-WEEK)

    def week_after(self) -> None:
        """Go to the same weekday of the week after."""
        self.go(WEEK)

    def go(self, days: int) -> None:
        """Go some days forward or back, never past the first or last."""
        if self.day is None or not self._days:
            return
        at = self._days.index(self.day) if self.day in self._days else 0
        self.chosen.emit(self._days[min(max(at + days, 0), len(self._days) - 1)])

    def _chip_chosen(self, key: str) -> None:
        self.chosen.emit(dt.date.fromisoformat(key))
