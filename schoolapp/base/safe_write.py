"""Files that matter are written so that a power cut leaves the old one or the new one, whole."""

import os
from pathlib import Path


def write_safely(path: Path, content: bytes) -> None:
    """Write beside the file, then put it in its place; when this returns, it is on the disk.

    The file is for its owner only (0600).
    """
    beside = beside_of(path)
    beside.unlink(missing_ok=True)
    with open(private(beside), "wb") as file:
        file.write(content)
    put_in_place(beside, path)


def beside_of(path: Path) -> Path:
    """Where a file is made before it takes its name."""
    return path.with_name(path.name + ".tmp")


def private(path: Path) -> Path:
    """Make an empty file that only its owner can read; ``FileExistsError`` if there is one."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return path


def put_in_place(beside: Path, path: Path) -> None:
    """Give a finished file its name: its content reaches the disk first, then the folder."""
    with open(beside, "rb+") as file:
        os.fsync(file.fileno())
    os.replace(beside, path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Write the names in a folder to the disk (Windows does this by itself)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
