"""Editors that offer values: one of a few, any of a few, yes or no."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QListWidget,
    QListWidgetItem,
)

from schoolapp.desktop.forms.choices import Choices, in_words
from schoolapp.desktop.forms.editors import Editor, V
from schoolapp.desktop.look.combo_box import CalmComboBox
from schoolapp.desktop.look.labels import Words


class _BoxWords(Words):
    """The words of a check box, which wrap as its own would not; the mouse checks it by them."""

    def __init__(self, words: str, box: QCheckBox) -> None:
        super().__init__(words, wrap=True)
        self._box = box

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Check or uncheck the box."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self._box.click()


class YesNoEditor(Editor[bool]):
    """A check box with its own words."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.box = QCheckBox()
        self.box.clicked.connect(self._clicked)
        self.take(self.box)
        self.row.setAlignment(self.box, Qt.AlignmentFlag.AlignTop)
        self.row.addWidget(_BoxWords(words, self.box), 1)

    def value(self) -> bool:
        """Whether it is checked."""
        return self.box.isChecked()

    def put(self, value: bool) -> None:
        """Check or uncheck it."""
        self.box.setChecked(bool(value))

    def _clicked(self, checked: bool) -> None:
        self.edited.emit()


class ChoiceEditor(Editor[V | None]):
    """One of a few values; ``None`` can be one of them. ``choices`` are marked words."""

    def __init__(self, choices: Choices[V]) -> None:
        super().__init__()
        self.box = CalmComboBox()
        self.box.activated.connect(self._chosen)
        self.take(self.box)
        self._values: list[V] = []
        self.set_choices(in_words(choices))

    def set_choices(self, choices: Choices[V]) -> None:
        """Offer other values, named as they are; the one shown stays if it is among them."""
        kept = self.value()
        self.box.clear()
        self._values = [value for value, _words in choices]
        self.box.addItems([words or "–" for _value, words in choices])
        self.put(kept)

    def value(self) -> V | None:
        """The chosen value."""
        at = self.box.currentIndex()
        return self._values[at] if 0 <= at < len(self._values) else None

    def put(self, value: V | None) -> None:
        """Show a value; one that is not offered leaves the box empty."""
        self.box.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def _chosen(self, at: int) -> None:
        self.edited.emit()


class ManyEditor(Editor[tuple[V, ...]]):
    """Any of a few values, as a list to check; the value is a tuple in the order offered.

    ``choices`` are marked words.
    """

    def __init__(self, choices: Choices[V]) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.itemChanged.connect(self._changed)
        self.take(self.list)
        self._values: list[V] = []
        self.set_choices(in_words(choices))

    def set_choices(self, choices: Choices[V]) -> None:
        """Offer other values, named as they are."""
        kept = self.value()
        self._values = [value for value, _words in choices]
        self.list.blockSignals(True)
        self.list.clear()
        for _value, words in choices:
            item = QListWidgetItem(words, self.list)
            item.setSizeHint(QSize(0, self.list.fontMetrics().height() + 8))
        self.list.blockSignals(False)
        rows = min(6, max(2, len(self._values)))
        self.list.setFixedHeight(rows * (self.list.fontMetrics().height() + 8) + 8)
        self.put(kept)

    def value(self) -> tuple[V, ...]:
        """The checked values."""
        checked = Qt.CheckState.Checked
        items = [self.list.item(n) for n in range(self.list.count())]
        return tuple(
            v for v, i in zip(self._values, items, strict=True) if i.checkState() == checked
        )

    def put(self, value: Iterable[V] | None) -> None:
        """Check these values and no others."""
        self.list.blockSignals(True)
        for number, one in enumerate(self._values):
            on = one in (value or ())
            state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            self.list.item(number).setCheckState(state)
        self.list.blockSignals(False)

    def _changed(self, item: QListWidgetItem) -> None:
        self.edited.emit()
