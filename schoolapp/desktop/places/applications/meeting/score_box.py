"""Where a referee scores: one scale after another, a digit for the sentence that fits."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout

from schoolapp.base.language import _, isolate, ltr, plural
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.widgets import button
from schoolapp.operations.applications import ScaleDraft, Scores

POINTS = 5


class ScoreBox(QFrame):
    """The digits 1 to 5 choose; after the last scale all points are given together."""

    given = Signal(object)  # the key of each scale to its points

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("score_box")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scales: tuple[ScaleDraft, ...] = ()
        self._own: Mapping[int, int] = {}
        self._points: dict[int, int] = {}
        self.title = Heading(wrap=True)
        self.buttons: list[QPushButton] = []
        self.anchors = [Words(wrap=True) for _point in range(POINTS)]
        lines = QGridLayout()
        lines.setColumnStretch(1, 1)
        for number, anchor in enumerate(self.anchors, 1):
            made = button(desk.look, ltr(str(number)), partial(self.choose, number))
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.buttons.append(made)
            lines.addWidget(made, number, 0)
            lines.addWidget(anchor, number, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.title)
        layout.addLayout(lines)
        self.hide()

    def begin(self, scales: tuple[ScaleDraft, ...], own: Mapping[int, int]) -> None:
        """Ask for the points on each scale, beginning with the first."""
        self._scales, self._own, self._points = scales, own, {}
        self._show()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, points: int) -> None:
        """Give this many points on the scale that is shown, and go on to the next."""
        key = self._scales[len(self._points)].id
        assert key is not None, "only a scale that was kept is scored on"
        self._points[key] = points
        if len(self._points) < len(self._scales):
            self._show()
            return
        self.hide()
        self.given.emit(dict(self._points))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses; Backspace goes back to the scale before."""
        if event.text() in tuple("12345"):
            self.choose(int(event.text()))
        elif event.key() == Qt.Key.Key_Backspace and self._points:
            self._points.popitem()
            self._show()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        scale = self._scales[len(self._points)]
        self.title.setText(
            _("{scale} ({number} of {all})").format(
                scale=isolate(scale.name),
                number=formats.number(len(self._points) + 1),
                all=formats.number(len(self._scales)),
            )
        )
        for number, (made, anchor) in enumerate(zip(self.buttons, scale.anchors, strict=True), 1):
            self.anchors[number - 1].setText(isolate(anchor))
            made.setAccessibleName(f"{number}: {anchor}")
            is_own = scale.id is not None and self._own.get(scale.id) == number
            made.setProperty("primary", is_own)
            made.style().unpolish(made)
            made.style().polish(made)
        self.setAccessibleName(self.title.text())
        self.setAccessibleDescription("\n".join(made.accessibleName() for made in self.buttons))


def score_words(scores: Scores) -> str:
    """The scores of an application in words; those of others only after one's own."""
    if not scores.scales:
        return ""
    count = formats.number(scores.referees)
    if scores.mean is not None:
        sentence = plural(
            "{mean} of 5, by {count} referee",
            "{mean} of 5, by {count} referees",
            scores.referees,
        )
        return sentence.format(mean=formats.number(scores.mean), count=count)
    sentence = plural(
        "{count} referee has scored; give yours first (R)",
        "{count} referees have scored; give yours first (R)",
        scores.referees,
    )
    return sentence.format(count=count) if scores.referees else _("Nobody has scored yet (R)")
