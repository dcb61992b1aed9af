"""Two persons beside each other, field by field, and why they look like one."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QWidget

from schoolapp.base.language import _, mark
from schoolapp.desktop.look.labels import Words

REASONS = {
    "same_name": mark("same name"),
    "like_name": mark("similar name"),
    "same_birth_date": mark("same birth date"),
    "same_email": mark("same e-mail"),
    "same_phone": mark("same phone"),
    "transliteration": mark("the name may be the same in another script"),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One of a pair in words, empty where nothing is known."""

    name: str
    native_name: str
    born: str
    country: str
    email: str
    phone: str


class SideBySide(QWidget):
    """A table of three columns: what it is, the one, the other."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self.setAccessibleName(_("The two beside each other"))

    def show_pair(self, headings: tuple[str, str], one: Compared, other: Compared) -> None:
        """Show two persons under their headings; lines that both leave empty are left out."""
        lines = (
            (_("Name"), one.name, other.name),
            (_("Name in its own script"), one.native_name, other.native_name),
            (_("Born"), one.born, other.born),
            (_("Country"), one.country, other.country),
            (_("E-mail"), one.email, other.email),
            (_("Phone"), one.phone, other.phone),
        )
        self.show_lines(headings, [line for line in lines if line[1] or line[2]])

    def show_lines(self, headings: tuple[str, str], lines: Sequence[tuple[str, str, str]]) -> None:
        """Show what each line is, the one and the other of it; what differs stands out."""
        self._clear()
        self._put(0, "", *headings, differs=False)
        for number, (label, left, right) in enumerate(lines, 1):
            self._put(number, label, left or "–", right or "–", differs=left != right)

    def texts(self) -> list[str]:
        """All that is shown, line by line."""
        items = (self._grid.itemAt(n) for n in range(self._grid.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget.text() for widget in widgets if isinstance(widget, Words)]

    def _put(self, line: int, label: str, left: str, right: str, *, differs: bool) -> None:
        for column, text in enumerate((label, left, right)):
            words = Words(text, quiet=column == 0 or line == 0, wrap=column > 0)
            if differs and column:
                font = QFont(words.font())
                font.setWeight(QFont.Weight.DemiBold)
                words.setFont(font)
            self._grid.addWidget(words, line, column, Qt.AlignmentFlag.AlignTop)

    def _clear(self) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
