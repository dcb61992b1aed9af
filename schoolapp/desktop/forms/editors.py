"""The editors of a form: each shows one value, says when it was edited and what it understood."""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from schoolapp.base import clock
from schoolapp.base.language import _
from schoolapp.base.shipped import minor_units
from schoolapp.desktop.forms import reading
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.combo_box import CalmComboBox
from schoolapp.domain.money import Money

V = TypeVar("V")


class Editor(QWidget, Generic[V]):
    """Shows and takes one value of type ``V``.

    ``edited`` is emitted when the user did it, never by ``put``.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.parts: tuple[QWidget, ...] = ()  # the widgets that can have the focus
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(8)

    def take(self, *widgets: QWidget) -> None:
        """Lay out the parts; the first one is where the focus goes."""
        self.parts = widgets
        for widget in widgets:
            self.row.addWidget(widget)
        self.setFocusProxy(widgets[0])

    def value(self) -> V:
        """The value shown; the last good one while the text cannot be read."""
        raise NotImplementedError

    def put(self, value: V) -> None:
        """Show a value without telling that it was edited."""
        raise NotImplementedError

    def problem(self) -> str:
        """A sentence when what is typed cannot be read, else nothing."""
        return ""

    def understood(self) -> str:
        """How what was typed was read, where that is not plain to see."""
        return ""


AnyEditor = Editor[Any]
"""The editors of a form stand in one list whatever they edit: each knows the type of its field."""


def example(words: str) -> str:
    """What an empty field shows: an example, which nobody may take for a value."""
    return _("e.g. {example}").format(example=words)


class LineEditor(Editor[V]):
    """One line of text, which subclasses read as a value."""

    def __init__(self, placeholder: str = "", code: bool = False) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setPlaceholderText(placeholder)
        if code:  # addresses, numbers and codes never run from right to left
            self.line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.line.textEdited.connect(self._typed)
        self.take(self.line)

    def _typed(self, text: str) -> None:
        self.edited.emit()


class TextEditor(LineEditor[str | None]):
    """One line of text as it is typed, trimmed."""

    def value(self) -> str:
        """The text, trimmed."""
        return self.line.text().strip()

    def put(self, value: str | None) -> None:
        """Show text from its beginning."""
        self.line.setText(str(value or ""))
        self.line.setCursorPosition(0)


class OwnWordEditor(LineEditor[str | None]):
    """A line that offers a few words and takes any other; ``read`` finds what is kept of it."""

    def __init__(
        self,
        words: Callable[[], Sequence[str]],
        read: Callable[[str], str | None],
        write: Callable[[str | None], str],
    ) -> None:
        super().__init__()
        self._read, self._write = read, write
        offered = QCompleter([*words()], self.line)
        offered.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        offered.activated.connect(self._typed)
        self.line.setCompleter(offered)

    def value(self) -> str | None:
        """What is kept of the words; None where there are none."""
        return self._read(self.line.text())

    def put(self, value: str | None) -> None:
        """Show a value in words."""
        self.line.setText(self._write(value))
        self.line.setCursorPosition(0)


class ReadEditor(LineEditor[V | None]):
    """A line that is read as a value: a date, a time, a number."""

    def __init__(
        self,
        read: Callable[[str], V | None],
        write: Callable[[V], str],
        say: Callable[[V], str],
        sentence: str,
        shown: str = "",
    ) -> None:
        super().__init__(example(shown) if shown else "", code=True)
        self._read, self._write, self._say, self._sentence = read, write, say, sentence
        self._value: V | None = None

    def value(self) -> V | None:
        """The value that was read last."""
        return self._value

    def put(self, value: V | None) -> None:
        """Show a value."""
        self._value = value
        self.line.setText("" if value is None else self._write(value))

    def problem(self) -> str:
        """Which form the field reads, when what is typed has another."""
        text = self.line.text().strip()
        return _(self._sentence) if text and self._read(text) is None else ""

    def understood(self) -> str:
        """The value in words."""
        return self._say(self._value) if self._value is not None and not self.problem() else ""

    def _typed(self, text: str) -> None:
        read = self._read(text.strip()) if text.strip() else None
        if read is not None or not text.strip():
            self._value = read
        self.edited.emit()


def read_near_today(text: str) -> dt.date | None:
    """A date near to today."""
    return reading.read_date(text, clock.now().date())


def say_date(value: dt.date) -> str:
    """A date with its weekday."""
    return formats.date(value, weekday=True)


def write_time(value: dt.time) -> str:
    """``09:30``."""
    return f"{value:%H:%M}"


def read_whole(text: str) -> int | None:
    """A whole number."""
    number = reading.read_number(text)
    return int(number) if number is not None and number == number.to_integral_value() else None


def read_decimal(text: str) -> Decimal | None:
    """A number with decimals."""
    return reading.read_number(text)


def nothing(value: object) -> str:
    """Nothing needs to be said."""
    return ""


class LongTextEditor(Editor[str | None]):
    """Several lines of text; Tab leaves it."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self.edited)
        self._lines = lines
        self.take(self.text)
        self._fit()

    def value(self) -> str:
        """The text."""
        return self.text.toPlainText().strip()

    def put(self, value: str | None) -> None:
        """Show text."""
        self.text.blockSignals(True)
        self.text.setPlainText(str(value or ""))
        self.text.blockSignals(False)

    def _fit(self) -> None:
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * self._lines + 24)


class _AmountLine(QLineEdit):
    """Never narrower than an amount of a thousand."""

    def minimumSizeHint(self) -> QSize:
        """Room for the figures."""
        figures = self.fontMetrics().horizontalAdvance("1000.00") + 28
        return QSize(figures, super().minimumSizeHint().height())


class MoneyEditor(Editor[Money | None]):
    """An amount and its currency; an empty amount is None.

    A currency that is typed beside the amount (``6500 PHP``, ``€ 20``) chooses it in the box.
    """

    def __init__(self, currency: str) -> None:
        super().__init__()
        self.line, self.box = _AmountLine(), CalmComboBox()
        self.line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.box.addItems(sorted(minor_units()))
        self.box.setCurrentText(currency)
        self.box.setMinimumContentsLength(4)
        self.box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.box.setAccessibleName(_("Currency"))
        self.box.activated.connect(self._chosen)
        self.line.textEdited.connect(self._touched)
        self.line.editingFinished.connect(self._tidy)
        self.take(self.line, self.box)
        self.row.setStretch(0, 1)
        self._value: Money | None = None

    def value(self) -> Money | None:
        """The amount that was read last."""
        return self._value

    def put(self, value: Money | None) -> None:
        """Show an amount, or none in the currency shown so far."""
        self._value = value
        if value is not None:
            self.box.setCurrentText(value.currency)
        self.line.setText("" if value is None else str(value.amount))
        self.line.setCursorPosition(0)

    def prefer(self, currency: str) -> None:
        """Offer a currency as long as no amount is there."""
        if self._value is None:
            self.box.setCurrentText(currency)

    def problem(self) -> str:
        """What an amount looks like, when this is none."""
        text = self.line.text().strip()
        if not text or self._read() is not None:
            return ""
        return _("This is not an amount of {currency}. Write it as 1234.50.").format(
            currency=self.box.currentText()
        )

    def understood(self) -> str:
        """The amount as it is printed."""
        return formats.money(self._value) if self._value is not None and not self.problem() else ""

    def _read(self) -> Money | None:
        amount, _code = reading.part_currency(self.line.text())
        return reading.read_money(amount, self.box.currentText())

    def _chosen(self, _index: int) -> None:
        self._tidy()  # what is chosen last counts, not what was typed before
        self._touched()

    def _tidy(self) -> None:
        amount, code = reading.part_currency(self.line.text())
        if code:
            self.line.setText(amount)

    def _touched(self, *_text: object) -> None:
        _amount, code = reading.part_currency(self.line.text())
        if code:
            self.box.setCurrentText(code)
        read = self._read()
        if read is not None or not self.line.text().strip():
            self._value = read
        self.edited.emit()
