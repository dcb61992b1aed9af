"""How this program starts itself again, in a process of its own."""

import sys


def program() -> list[str]:
    """The command before its arguments: a built program itself, else Python and the module."""
    alone = getattr(sys, "frozen", False)
    return [sys.executable] if alone else [sys.executable, "-m", "schoolapp"]
