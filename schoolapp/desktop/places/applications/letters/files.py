"""Letters that leave as files for a mail program or on paper; runs in a worker."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from schoolapp.base import clock
from schoolapp.exchange.files import safe_write
from schoolapp.exchange.papers.letters import PaperLetter, write_letters

DraftFile = tuple[str, bytes]
"""The name of a file and its bytes."""


def write_drafts(folder: Path, drafts: Sequence[DraftFile]) -> int:
    """Write drafts for a mail program into a folder; answers how many."""
    for name, data in drafts:
        safe_write(folder / name, data)
    return len(drafts)


def write_pdf(path: Path, letters: Mapping[int, PaperLetter]) -> tuple[int, ...]:
    """Write letters as a PDF, each on a page of its own; answers the keys of those written."""
    safe_write(path, write_letters(list(letters.values()), at=clock.now()))
    return tuple(letters)
