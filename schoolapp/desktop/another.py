"""Starts the program a second time, in a process of its own."""

import sys

from PySide6.QtCore import QProcess


def program() -> list[str]:
    """What starts this program: it alone where it was built, else Python and its module."""
    return (
        [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "schoolapp"]
    )


def open_practice() -> None:
    """Open the window on the practice schools; it stays when this one is closed."""
    start, *arguments = program()
    QProcess.startDetached(start, [*arguments, "--practice"])
