"""The one icon engine: Lucide drawings, tinted, cached, mirrored where they point somewhere."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from schoolapp.base.shipped import folder

# Directional: they turn round when the text runs from right to left.
MIRRORED = frozenset(
    {
        "arrow-left",
        "arrow-right",
        "book-open",
        "chevron-left",
        "chevron-right",
        "log-out",
        "redo-2",
        "undo-2",
    }
)

_pixmaps: dict[tuple[str, str, int, float, int, bool], QPixmap] = {}


def pixmap(
    name: str, colour: str, size: int, ratio: float = 1.0, gap: int = 0, mirror: bool = False
) -> QPixmap:
    """The drawing in one colour, ``size`` logical pixels high, for a screen of this pixel ratio.

    ``gap`` leaves that many empty pixels at the end side: Qt puts the text of a styled button
    right against its icon otherwise.
    """
    mirror = mirror and name in MIRRORED
    key = (name, colour, size, ratio, gap, mirror)
    if key not in _pixmaps:
        _pixmaps[key] = _draw(name, colour, size, ratio, gap, mirror)
    return _pixmaps[key]


def icon(name: str, colour: str, disabled: str, size: int, gap: int, mirror: bool) -> QIcon:
    """An icon for a button or an action, sharp on screens of ratio 1 and 2."""
    result = QIcon()
    for ratio in (1.0, 2.0):
        result.addPixmap(pixmap(name, colour, size, ratio, gap, mirror), QIcon.Mode.Normal)
        result.addPixmap(pixmap(name, disabled, size, ratio, gap, mirror), QIcon.Mode.Disabled)
    return result


def _draw(name: str, colour: str, size: int, ratio: float, gap: int, mirror: bool) -> QPixmap:
    # A positive gap stands to the right of the drawing, a negative one to its left.
    made = QPixmap(round((size + abs(gap)) * ratio), round(size * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    if mirror:
        painter.translate(size + abs(gap), 0)
        painter.scale(-1, 1)
    left = 0 if (gap >= 0) != mirror else abs(gap)
    drawing = _source(name).replace("currentColor", colour).encode()
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(left, 0, size, size))
    painter.end()
    return made


@cache
def _source(name: str) -> str:
    return (folder("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
