"""How this program is started once more, in a process of its own."""

import sys


def program() -> list[str]:
    """What its arguments follow: the program itself if it was built, else Python and a module."""
    alone = getattr(sys, "frozen", False)
    return [sys.executable] if alone else [sys.executable, "-m", "schoolapp"]
