"""Counts work instead of timing it: the same on every machine, however busy."""

import itertools
import sys
from collections.abc import Callable


def calls_of(work: Callable[[], object]) -> int:
    """How many calls and returns there are while ``work`` runs, of functions in C too."""
    count = itertools.count()
    sys.setprofile(lambda frame, kind, value: next(count) and None)
    try:
        work()
    finally:
        sys.setprofile(None)
    return next(count)
