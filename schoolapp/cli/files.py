"""Writing a file from the command line."""

from pathlib import Path

from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.files import safe_write
from schoolapp.language import mark


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole; ``RuleBroken`` with its name and the reason where that is refused."""
    try:
        safe_write(path, data)
    except OSError as trouble:
        raise RuleBroken(
            mark("{path} cannot be written: {why}."), path=path, why=trouble.strerror
        ) from trouble
