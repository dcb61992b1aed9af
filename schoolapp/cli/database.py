"""Which database a command works on, and how it is opened."""

import argparse
import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from schoolapp.base import profiles
from schoolapp.base.language import mark
from schoolapp.cli.files import named_path
from schoolapp.domain.rules import RuleBroken

if TYPE_CHECKING:
    from schoolapp.storage.store import Store


SERVERS = ("postgresql://", "postgresql+psycopg://")


def add_options(command: argparse.ArgumentParser) -> None:
    """The options ``--database`` and ``--key-file`` that every command takes."""
    command.add_argument(
        "--database",
        metavar="PATH-or-URL",
        help="a database file or a postgresql:// address; default: the current profile",
    )
    command.add_argument(
        "--key-file",
        type=named_path,
        metavar="FILE",
        help="a file with the 64 hexadecimal digits of an encrypted file's key",
    )


def where_of(options: argparse.Namespace) -> Path | str:
    """The file or server that the options name."""
    named: str | None = options.database
    if named is None:
        return profiles.current()
    if "://" not in named:
        return Path(named)
    if not named.startswith(SERVERS):
        raise RuleBroken(mark("The address of a server begins with postgresql:// here."))
    return named


def key_of(where: Path | str, options: argparse.Namespace) -> bytes | None:
    """The raw key of an encrypted file: from ``--key-file``, or asked for; None for the others."""
    from schoolapp.storage import connection, keys

    if isinstance(where, str):
        return None
    if options.key_file is not None:
        return keys.read_key_file(options.key_file)
    if not where.exists() or not connection.is_encrypted(where):
        return None
    key_file = profiles.key_file(where)
    if not key_file.exists():
        raise RuleBroken(
            mark(
                "{name} is encrypted, or it is not a schoolapp database. If it is"
                " encrypted, name its key with --key-file."
            ),
            name=where.name,
        )
    return keys.unlock(keys.read(key_file), getpass.getpass("Passphrase: "))


def is_there(where: Path) -> bool:
    """Whether there is a database in a file: an empty one was made and never filled."""
    from schoolapp.storage.connection import is_empty

    return where.exists() and not is_empty(where)


@contextmanager
def reached() -> Iterator[None]:
    """``RuleBroken`` if a database, or the server that holds it, does not answer."""
    from sqlalchemy.exc import ArgumentError, OperationalError

    try:
        yield
    except (ArgumentError, OperationalError):  # not its words: they name the user and the server
        raise RuleBroken(
            mark("The database does not open. Check its address, and whether the server runs.")
        ) from None


@contextmanager
def opened(options: argparse.Namespace, *, create: bool = False) -> "Iterator[Store]":
    """The store of the options, closed after the block; a missing file is made if ``create``."""
    from schoolapp.storage.opening import open_store

    where = where_of(options)
    if isinstance(where, Path) and not is_there(where) and not create:
        raise RuleBroken(
            mark("There is no database {path}. Make one with: schoolapp practice --into PATH"),
            path=where,
        )
    with reached():
        store = open_store(where, key_of(where, options), actor=profiles.actor())
    try:
        yield store
    finally:
        store.close()
