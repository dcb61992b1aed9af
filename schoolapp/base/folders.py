"""Where the files of this user lie by the custom of the platform."""

import os
import sys
from pathlib import Path

NAME = "schoolapp"


def data_folder() -> Path:
    """The folder of all profiles, unless ``SCHOOLAPP_DATA`` names another."""
    return _named() or _usual("data", ".local/share")


def settings_folder() -> Path:
    """The folder of the settings: with the data, if ``SCHOOLAPP_DATA`` names one."""
    return _named() or _usual("config", ".config")


def _named() -> Path | None:
    named = os.environ.get("SCHOOLAPP_DATA")
    return Path(named) if named else None


def _usual(kind: str, beneath_home: str) -> Path:
    if sys.platform.startswith("linux"):
        # XDG Base Directory Specification, "Environment variables": a relative path is ignored.
        # platformdirs says the same and takes a twentieth of the start to be imported.
        given = Path(os.environ.get(f"XDG_{kind.upper()}_HOME", ""))
        return (given if given.is_absolute() else Path.home() / beneath_home) / NAME
    import platformdirs

    made: Path = getattr(platformdirs, f"user_{kind}_path")(NAME, appauthor=False)
    return made
