"""Where profiles lie: one profile is one database, with its key file and backups beside it."""

import getpass
import os
from pathlib import Path


def data_folder() -> Path:
    """The folder of all profiles by the platform's custom, unless ``SCHOOLAPP_DATA`` names one."""
    if named := os.environ.get("SCHOOLAPP_DATA"):
        return Path(named)
    from platformdirs import user_data_path  # slow to import

    return user_data_path("schoolapp", appauthor=False)


def current() -> Path:
    """The database of the real profile of this desk; it may not exist yet."""
    return data_folder() / "default" / "school.db"


def practice() -> Path:
    """The database of the practice schools; plain, its people are made up."""
    return data_folder() / "practice" / "school.db"


def key_file(database: Path) -> Path:
    """The key file of a database: beside it, of the same name."""
    return database.with_suffix(".key")


def actor() -> str:
    """Under which name this desk stands in the journal: the user of the machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no name for this user
        return "desk"
