"""The rail at the start side: the gathering switcher, the places, Settings at the foot."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy, QVBoxLayout

from schoolapp.base.language import _, isolate
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.paint import mirrored


class RailButton(QAbstractButton):
    """Icon and words; only the icon while the rail is narrow."""

    def __init__(self, look: Look, icon: str, words: str, tip: str, checkable: bool = True) -> None:
        super().__init__()
        self._look, self.icon_name = look, icon
        self.is_narrow = False
        self.badge = ""
        self.setText(words)
        self.setToolTip(tip)
        self.setAccessibleName(words)
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One line of text with air around it."""
        metrics = QFontMetrics(self._bold())
        height = max(36, metrics.height() + 16)
        if self.is_narrow:
            return QSize(self._look.icon_size() + 24, height)
        return QSize(metrics.horizontalAdvance(self.text()) + self._look.icon_size() + 40, height)

    def minimumSizeHint(self) -> QSize:
        """The same: words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A soft ground while it is on or under the mouse."""
        tokens, on = self._look.tokens, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if on or self.underMouse():
            painter.setBrush(QColor(tokens.accent_soft if on else tokens.hover))
            painter.drawRoundedRect(self.rect(), 8, 8)
        if on:  # not by colour alone: a bar at the leading edge
            bar = QRect(0, 8, 3, self.height() - 16)
            painter.setBrush(QColor(tokens.accent))
            painter.drawRoundedRect(mirrored(bar, self.rect(), self), 1.5, 1.5)
        side = self._look.icon_size()
        start = (self.width() - side) // 2 if self.is_narrow else 12
        at = QRect(start, (self.height() - side) // 2, side, side)
        ink = tokens.accent if on else tokens.text2
        drawing = self._look.pixmap(self.icon_name, ink, self)
        painter.drawPixmap(mirrored(at, self.rect(), self).topLeft(), drawing)
        if not self.is_narrow:
            self._paint_words(painter, start + side + 10, on)
        elif self.badge:
            self._paint_badge(painter)
        painter.end()

    def _paint_badge(self, painter: QPainter) -> None:
        font = QFont(self._bold())
        font.setPointSizeF(font.pointSizeF() * 0.75)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        side = metrics.height()
        width = max(side, metrics.horizontalAdvance(self.badge) + 6)
        box = mirrored(QRect(self.width() - width - 1, 1, width, side), self.rect(), self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._look.tokens.accent))
        painter.drawRoundedRect(box, side / 2, side / 2)
        painter.setPen(QColor(self._look.tokens.on_accent))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self.badge)

    def _paint_words(self, painter: QPainter, start: int, on: bool) -> None:
        painter.setPen(QColor(self._look.tokens.text if on else self._look.tokens.text2))
        painter.setFont(self._bold() if on else self.font())
        words = QRect(start, 0, self.width() - start - 6, self.height())
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(mirrored(words, self.rect(), self), int(align), isolate(shown))

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font


class Switcher(RailButton):
    """Names the gathering and opens the list; a long name is cut, never the rail."""

    def sizeHint(self) -> QSize:
        """As wide as about sixteen letters, two lines high."""
        hint = super().sizeHint()
        if self.is_narrow:
            return hint
        metrics = self.fontMetrics()
        width = 16 * metrics.averageCharWidth() + self._look.icon_size() + 40
        return QSize(width, 2 * metrics.lineSpacing() + 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        """An outline says that it opens something."""
        tokens = self._look.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(tokens.edge))
        painter.setBrush(QColor(tokens.hover if self.underMouse() else tokens.surface))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        painter.end()
        super().paintEvent(event)

    def _paint_words(self, painter: QPainter, start: int, on: bool) -> None:
        painter.setPen(QColor(self._look.tokens.text))
        words = QRect(start, 0, self.width() - start - 8, self.height())
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        flags = int(align) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(mirrored(words, self.rect(), self), flags, self.text())


class Rail(QFrame):
    """Reports which place was chosen; ``Ctrl+1`` and so on belong to the window.

    The places ``foot`` and, if there is one, ``above`` it stand at the foot.
    """

    chosen = Signal(str)  # the key of a place
    switch_requested = Signal()

    def __init__(
        self, look: Look, places: Sequence[tuple[str, str, str]], foot: str, above: str = ""
    ) -> None:
        super().__init__()
        self.setProperty("rail", True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(8, 10, 8, 10)
        self._layout.setSpacing(4)
        self.switcher = Switcher(look, "tent", "", "", checkable=False)
        self.switcher.clicked.connect(self._switch)
        self._layout.addWidget(self.switcher)
        self._layout.addSpacing(8)
        self._buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._clicked)
        stretched = False
        for number, (key, icon, title) in enumerate(places, 1):
            if key == above or (key == foot and not stretched):
                self._layout.addStretch(1)
                stretched = True
            tip = (
                title
                if key == foot
                else _("{place} (Ctrl+{number})").format(place=title, number=number)
            )
            self._add(key, RailButton(look, icon, title, tip))
        self.show_gathering("")

    def show_place(self, key: str) -> None:
        """Mark the place that is open."""
        self._buttons[key].setChecked(True)

    def show_gathering(self, title: str) -> None:
        """Name the gathering, or all."""
        words = title or _("All schools and camps")
        self.switcher.setText(words)
        self.switcher.setAccessibleName(_("Gathering: {title}").format(title=words))
        self.switcher.setToolTip(_("{title} (Ctrl+O to change)").format(title=words))
        self.switcher.updateGeometry()

    def has(self, key: str) -> bool:
        """Whether a place stands in the rail."""
        return key in self._buttons

    def show_words(self, key: str, words: str, tip: str, icon: str, badge: str) -> None:
        """Let a place say more than its title; the badge stands by its icon in a narrow rail."""
        button = self._buttons[key]
        button.setText(words)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.icon_name, button.badge = icon, badge
        button.updateGeometry()
        button.update()

    def set_narrow(self, narrow: bool) -> None:
        """Shrink to icons, or show the words again."""
        for one in (self.switcher, *self._buttons.values()):
            one.is_narrow = narrow
            one.updateGeometry()
            one.update()

    def buttons(self) -> tuple[RailButton, ...]:
        """The buttons of the places, in order."""
        return tuple(self._buttons.values())

    def _add(self, key: str, made: RailButton) -> None:
        self._buttons[key] = made
        self._group.addButton(made)
        self._layout.addWidget(made)

    def _clicked(self, clicked: QAbstractButton) -> None:
        self.chosen.emit(next(key for key, one in self._buttons.items() if one is clicked))

    def _switch(self, checked: bool = False) -> None:
        self.switch_requested.emit()
