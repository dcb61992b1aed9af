"""The ring around what has the focus, in a box that scrolls."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from schoolapp.desktop.look.focus_ring import FocusRing
from schoolapp.desktop.look.look import Look


@pytest.fixture
def window(look: Look) -> Iterator[QWidget]:
    """A window with a long form in a box that shows a part of it."""
    made, inside = QWidget(), QWidget()
    area = QScrollArea(made)
    lines = QVBoxLayout(inside)
    for _line in range(40):
        row = QWidget()  # a field stands in a line of its own
        QVBoxLayout(row).addWidget(QLineEdit())
        lines.addWidget(row)
    area.setWidget(inside)
    area.setGeometry(10, 40, 300, 200)
    made.resize(400, 300)
    made.show()
    QTest.qWaitForWindowActive(made)
    yield made
    made.deleteLater()


def place_of(window: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def test_the_ring_goes_with_what_is_scrolled(window: QWidget, look: Look) -> None:
    """It stays around its field, is cut where the box ends, and goes when the field is gone."""
    ring = FocusRing(window, look)
    first, second, *_more = window.findChildren(QLineEdit)
    area = window.findChild(QScrollArea)
    assert area is not None
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert ring.isVisible()
    assert ring.geometry().contains(place_of(window, second))
    bar = area.verticalScrollBar()
    bar.setValue(20)
    assert ring.geometry().contains(place_of(window, second))
    bar.setValue(second.mapTo(area.widget(), QPoint(0, 0)).y() + second.height() // 2)
    assert ring.isVisible()
    assert ring.geometry().top() >= place_of(window, area.viewport()).top() - 4
    bar.setValue(bar.maximum())
    assert not ring.isVisible()
    bar.setValue(0)
    assert ring.isVisible()
    inside = area.widget()
    assert inside is not None
    row = first.parentWidget()
    assert row is not None
    row.hide()  # what stands above goes: the field moves up
    inside.adjustSize()
    QTest.qWait(0)
    assert ring.geometry().contains(place_of(window, second))
    window.setFocus()
    second.deleteLater()
