"""Commands that look after a machine and its data: ``check``, ``backup``, ``restore``."""

import argparse
import sys
from contextlib import closing
from pathlib import Path

from schoolapp.base import system_libraries
from schoolapp.base.language import _, plural
from schoolapp.cli import database
from schoolapp.cli.files import Commands, named_path


def add_commands(commands: Commands) -> None:
    """Add ``check``, ``backup`` and ``restore``."""
    check = commands.add_parser(
        "check", help="what this machine lacks, and whether the database is whole"
    )
    database.add_options(check)
    check.set_defaults(run=check_machine)

    backup = commands.add_parser("backup", help="copy the database and read the copy back")
    backup.add_argument("--to", type=named_path, required=True, metavar="FILE")
    database.add_options(backup)
    backup.set_defaults(run=make_backup)

    restore = commands.add_parser("restore", help="make a database from a backup")
    restore.add_argument("file", type=named_path, metavar="FILE")
    restore.add_argument("--into", type=named_path, required=True, metavar="PATH")
    restore.add_argument(
        "--key-file", type=named_path, metavar="FILE", help="the key of the backup"
    )
    restore.set_defaults(run=restore_backup)


def check_machine(options: argparse.Namespace) -> int:
    """``schoolapp check``: 0 if nothing is missing and the database, if there is one, is whole."""
    lacks = system_libraries.lacks()
    for sentence in lacks:
        print(sentence, file=sys.stderr)
    if not lacks:
        print(_("This machine has all that the program needs."))
        if advice := system_libraries.missing_for_a_window():
            print(_("For a window on a screen of this machine: {advice}").format(advice=advice))
    return 1 if not _database_is_whole(options) or lacks else 0


def make_backup(options: argparse.Namespace) -> int:
    """``schoolapp backup --to FILE``; an encrypted database gives an encrypted backup."""
    from schoolapp.storage.backup import ServerBackup, back_up

    where = database.where_of(options)
    if isinstance(where, str):
        raise ServerBackup
    rows = back_up(where, database.key_of(where, options), options.to)
    print(_summary(rows, options.to))
    return 0


def restore_backup(options: argparse.Namespace) -> int:
    """``schoolapp restore FILE --into PATH``; nothing that exists is written over."""
    from schoolapp.storage.backup import restore

    rows = restore(options.file, database.key_of(options.file, options), options.into)
    print(_summary(rows, options.into))
    return 0


def _database_is_whole(options: argparse.Namespace) -> bool:
    """Check the file and report what was found; a server looks after its own data."""
    from schoolapp.storage.backup import integrity, need_ours
    from schoolapp.storage.connection import connect
    from schoolapp.storage.engine import make_engine

    where = database.where_of(options)
    if isinstance(where, str):
        with database.reached(), closing(make_engine(where).connect()):
            pass
        print(_("The database is on a server, which checks its data itself."))
        return True
    if not database.is_there(where):
        print(_("There is no database {path} yet.").format(path=where))
        return options.database is None  # not an error for the usual one: it is made at first use
    key = database.key_of(where, options)
    with closing(connect(where, key)) as connection:  # another key or program is not damage
        need_ours(connection)
    findings = integrity(where, key)
    if not findings:
        print(_("The database {path} is whole.").format(path=where))
    for finding in findings:
        sentence = _("The database {path} is damaged ({check}): {detail}. Restore a backup.")
        print(
            sentence.format(path=where, check=finding.check, detail=finding.detail), file=sys.stderr
        )
    return not findings


def _summary(rows: dict[str, int], path: Path) -> str:
    number = sum(rows.values())
    sentence = plural(
        "One row was copied into {path} and read back.",
        "{number} rows were copied into {path} and read back.",
        number,
    )
    return sentence.format(number=number, path=path)
