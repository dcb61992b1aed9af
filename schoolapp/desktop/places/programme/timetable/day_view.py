"""The timetable of one day: rooms and hours, the clashes beneath, and the row of days."""

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from schoolapp.desktop.look.look import Look
from schoolapp.desktop.places.programme.queries import At, Found
from schoolapp.desktop.places.programme.timetable.clash_list import ClashList
from schoolapp.desktop.places.programme.timetable.day_model import DayModel, make_day
from schoolapp.desktop.places.programme.timetable.days import DayBar
from schoolapp.desktop.places.programme.timetable.grid import DayGrid
from schoolapp.domain.scheduling import day_of
from schoolapp.operations.programme import ClashRow, SessionRow


class DayView(QWidget):
    """Knows which day is shown, and which session is to have the cursor once its day has come.

    The row of days (``days``) belongs to it, but the place decides where it is shown.
    """

    day_wanted = Signal()  # ask for the day again
    day_shown = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.day: dt.date | None = None
        self._expected: str | None = None  # the UID of a session
        self.model, self.days, self.clash_list = DayModel(), DayBar(look), ClashList(look)
        self.model.setParent(self)
        self.grid = DayGrid(look, self.model)
        self._lay_out()
        self.days.chosen.connect(self._day_chosen)
        self.clash_list.wanted.connect(self._clash_chosen)

    def forget(self) -> None:
        """Another gathering is shown: begin with today or its first day."""
        self.day = None
        self.clash_list.say("")

    def expect(self, at: At) -> None:
        """Show this day the next time, with the cursor on this session."""
        self.day, self._expected = at.day, at.uid

    def expect_nothing(self) -> None:
        """Leave the cursor where it is."""
        self._expected = None

    def go_to(self, at: At) -> None:
        """Show a day, with the cursor on a session."""
        self.expect(at)
        self.day_wanted.emit()

    def show_found(self, found: Found) -> None:
        """Show a day; the session that had the cursor keeps it, unless another is expected."""
        chosen = self.grid.current_id()
        sentences: dict[str, tuple[str, ...]] = {}
        for clash in found.clashes:
            for uid in () if clash.is_hint else clash.uids:
                sentences[uid] = (*sentences.get(uid, ()), clash.sentence)
        self.day = found.programme.day
        self.days.show_days(found.programme.days, self.day)
        self.model.show(make_day(found.programme, sentences))
        self.clash_list.show_clashes(found.clashes)
        self._reach(chosen)
        self.day_shown.emit()

    def row(self, session_id: int) -> SessionRow | None:
        """A session of the day that is shown."""
        at = self.model.position(session_id)
        found = None if at is None else self.model.card(at)
        return found.row if found else None

    def selected_ids(self) -> tuple[int, ...]:
        """The session under the cursor."""
        chosen = self.grid.current_id()
        return () if chosen is None else (chosen,)

    def _reach(self, chosen: int | None) -> None:
        cards = self.model.day.cards if self.model.day else ()
        expected, self._expected = self._expected, None
        found = next((one.row.id for one in cards if one.row.uid == expected), chosen)
        if cards and (found is None or not self.grid.select_id(found)):
            self.grid.select_id(cards[0].row.id)

    def _day_chosen(self, day: dt.date) -> None:
        self.day = day
        self.clash_list.say("")
        self.day_wanted.emit()

    def _clash_chosen(self, clash: ClashRow) -> None:
        self.go_to(At(day_of(clash.start), clash.uids[0]))

    def _lay_out(self) -> None:
        page = QFrame()
        page.setProperty("card", True)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.grid, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(page, 1)
        rows.addWidget(self.clash_list)
