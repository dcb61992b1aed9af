"""Long work over many rows that somebody may stop: it lets itself be watched now and then."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Watch = Callable[[], None]
"""Called now and then; what it raises ends the work."""
WATCHED_EVERY = 500  # rows: some hundredths of a second
PART = 1_000  # rows
T = TypeVar("T")


def nobody_watches() -> None:
    """Nobody wants to stop it."""


def watched(rows: Iterable[T], watch: Watch) -> Iterator[T]:
    """The rows; at each of some hundred it is asked whether to go on."""
    for number, row in enumerate(rows, 1):
        if number % WATCHED_EVERY == 0:
            watch()
        yield row


def in_parts(rows: list[T]) -> Iterator[list[T]]:
    """The rows in parts that are stored one after another: between two parts it can be stopped."""
    return (rows[at : at + PART] for at in range(0, len(rows), PART))
