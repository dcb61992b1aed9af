"""Where profiles lie: one profile is one database, with its key file and backups beside it."""

from pathlib import Path

from schoolapp.base.folders import data_folder


def current() -> Path:
    """The database of the real profile of this desk; it may not exist yet."""
    return data_folder() / "default" / "school.db"


def practice() -> Path:
    """The database of the practice schools; plain, its people are made up."""
    return data_folder() / "practice" / "school.db"


def practice_forms() -> Path:
    """Where the application sheets of the practice schools lie, ready to be imported."""
    return practice().parent / "forms"


def key_file(database: Path) -> Path:
    """The key file of a database: beside it, of the same name."""
    return database.with_suffix(".key")


def actor() -> str:
    """The name of this desk in the journal: the user of the machine."""
    import getpass  # not before the window is painted

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no name for this user
        return "desk"
