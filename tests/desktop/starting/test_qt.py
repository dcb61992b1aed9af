"""The Qt of this Python."""

import sys

from PySide6.QtCore import QObject

from schoolapp.desktop.starting.start import qt_is_sound


def test_qt_gives_back_what_it_borrows() -> None:
    """A thousand void calls do not lower the counts of None and True, else Qt would abort."""
    thing, before = QObject(), (sys.getrefcount(None), sys.getrefcount(True))
    for _number in range(1000):
        thing.setObjectName("x")
        thing.signalsBlocked()
    after = (sys.getrefcount(None), sys.getrefcount(True))
    assert min(a - b for a, b in zip(after, before, strict=True)) > -100


def test_the_window_opens_on_a_sound_qt(qapp: object) -> None:
    """The probe before the window passes here."""
    assert qt_is_sound()
