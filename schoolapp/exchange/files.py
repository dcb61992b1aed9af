"""Writes files whole or not at all: a power cut leaves the old one or the new one, never half."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schoolapp.base.language import mark
from schoolapp.base.safe_write import put_in_place, sync_folder
from schoolapp.domain.rules import RuleBroken


def safe_write(path: Path, data: bytes) -> None:
    """Write a file so that after any crash it holds all of ``data`` or what it held before.

    Written beside, synced, put in place, and the folder synced: without the last step a power cut
    may bring the old file back. A full disk is an ``OSError``, and nothing is left over.
    ``RuleBroken`` for something there that no file can replace, such as a device.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        raise RuleBroken(mark("{path} is no file. Choose another name."), path=path)
    beside = _beside(path)
    try:
        beside.write_bytes(data)
        put_in_place(beside, path)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def safe_folder(path: Path, last: str) -> Iterator[Path]:
    """Build a flat folder beside ``path`` and put it in place when the block ends well.

    Write files into the folder that the block is given. A new or empty ``path`` appears at once and
    whole. Into a folder that already holds something the files go one by one, each of them whole,
    and the one named ``last`` (the index) after all the others; what else lies there stays.
    An error inside the block leaves ``path`` as it was. ``RuleBroken`` if ``path`` is a file.
    """
    path = path.resolve()  # "." has no name for a file beside it
    if path.exists() and not path.is_dir():
        raise RuleBroken(mark("{path} is no folder. Choose another name."), path=path)
    beside = _beside(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(beside, ignore_errors=True)  # what a killed run left
    beside.mkdir()
    try:
        yield beside
        for file in beside.iterdir():
            _sync(file)
        sync_folder(beside)
        _put_in_place(beside, path, last)
    except OSError as trouble:
        trouble.filename = str(path)  # the one that is asked for, not the one beside it
        raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _put_in_place(beside: Path, path: Path, last: str) -> None:
    if path.is_dir() and any(path.iterdir()):
        for file in sorted(beside.iterdir(), key=lambda file: (file.name == last, file.name)):
            os.replace(file, path / file.name)
        sync_folder(path)
        return
    if path.is_dir():
        path.rmdir()  # Windows does not rename onto an empty folder
    beside.rename(path)
    sync_folder(path.parent)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.partial")


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
