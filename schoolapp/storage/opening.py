"""Opens a database as a store: makes it if it is new, upgrades it, refuses what is unsafe.

The usual case, a database with the newest schema, imports no Alembic.
"""

import datetime as dt
import os
import sys
from pathlib import Path

import sqlalchemy as sa

from schoolapp.base.language import mark
from schoolapp.base.safe_write import private, sync_folder
from schoolapp.domain.rules import RuleBroken
from schoolapp.storage import backup, migrating, revisions
from schoolapp.storage.connection import NotOurs
from schoolapp.storage.engine import make_engine
from schoolapp.storage.store import Store
from schoolapp.storage.troubles import reported

NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "davfs", "ncpfs"})
NETWORK_FUSE = ("fuse.sshfs", "fuse.rclone", "fuse.glusterfs", "fuse.davfs")
SYNCHRONISED = (
    "dropbox", "onedrive", "google drive", "googledrive", "icloud drive", "mobile documents",
    "nextcloud", "owncloud", "pcloud drive", "pclouddrive", "megasync", "seafile", "syncthing",
)  # fmt: skip
MARKERS = (".dropbox", ".stfolder", ".sync")  # files that synchronising programs leave


class NewerSchema(RuleBroken):
    """A newer schoolapp wrote this database."""

    def __init__(self) -> None:
        super().__init__(
            mark(
                "A newer version of schoolapp has written this database."
                " Install that version, or open another database."
            )
        )


class SharedFolder(RuleBroken):
    """The folder is on a network, or a program copies it elsewhere while we write."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            mark(
                "The folder {folder} is on a network or is synchronised. A database would be"
                " damaged there. Choose a folder of this machine; for several desks use a server."
            ),
            folder=folder,
        )


def open_store(where: Path | str, key: bytes | None = None, *, actor: str = "desk") -> Store:
    """A store on a file (``Path``; encrypted with ``key``) or a server (URL), ready for use.

    A file that is not there is made, for its owner only. ``WrongKey``, ``NewerSchema``,
    ``NotOurs`` and ``SharedFolder`` say why it cannot be opened.
    """
    if isinstance(where, Path):
        _prepare(where)
    engine = make_engine(where, key)
    try:
        with reported():
            _bring_up_to_date(engine, where, key)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, actor)


def is_shared(folder: Path) -> bool:
    """Whether a folder is on a network or belongs to a program that synchronises it."""
    folder = folder.resolve()
    return (
        any(_is_synchronised(part) for part in (folder, *folder.parents))
        or str(folder).startswith("\\\\")
        or _file_system(folder) in NETWORK
        or _file_system(folder).startswith(NETWORK_FUSE)
    )


def _prepare(path: Path) -> None:
    """Make folder and file so that only their owner can read them, or tighten the file."""
    if is_shared(path.parent):
        raise SharedFolder(path.parent)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        path.chmod(0o600)
    else:
        backup.move_sides_away(path)
        private(path)
        sync_folder(path.parent)


def _bring_up_to_date(engine: sa.Engine, where: Path | str, key: bytes | None) -> None:
    revision, newest = revisions.stored_revision(engine), revisions.newest()
    if revision == newest:
        return
    if revision is None:
        if sa.inspect(engine).get_table_names():
            raise NotOurs
    elif revision > newest:  # revisions are numbers of four digits
        raise NewerSchema
    else:
        migrating.need_known(engine)
        _back_up_before(revision, where, key)
    migrating.upgrade(engine)


def _back_up_before(revision: str, where: Path | str, key: bytes | None) -> None:
    """Keep a file as it is before its tables change; a server's own tools do that."""
    if isinstance(where, Path):
        stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%f")
        folder = where.parent / "backups"
        folder.mkdir(mode=0o700, exist_ok=True)
        backup.back_up(where, key, folder / f"{where.stem}-{revision}-{stamp}.db")


def _is_synchronised(folder: Path) -> bool:
    name = folder.name.casefold()
    return any(
        name == known or name.startswith((f"{known} (", f"{known} - ")) for known in SYNCHRONISED
    ) or any((folder / marker).exists() for marker in MARKERS)


def _file_system(folder: Path) -> str:
    """The type of the file system that holds the folder, where Linux says so; else empty."""
    if not sys.platform.startswith("linux"):
        return ""
    mounts = [line.split() for line in Path("/proc/mounts").read_text().splitlines()]
    holding = [
        (len(point), kind)
        for _, point, kind, *_ in mounts
        if os.path.commonpath([point, folder]) == point
    ]
    return max(holding, default=(0, ""))[1]
