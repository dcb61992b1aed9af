"""Lets the window and its workers go on for a moment."""

from PySide6.QtCore import QEventLoop, QTimer


def pause(milliseconds: int) -> None:
    """Run the event loop. ``QTest.qWait`` would keep the interpreter from the workers meanwhile."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
