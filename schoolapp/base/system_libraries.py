"""What this machine is missing to run the program, in sentences that say how to get it.

Imports no Qt, so that it can say why Qt does not load.
"""

import ctypes
import importlib.metadata
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from schoolapp.base import folders
from schoolapp.base.language import _

OLDEST_PYTHON, NEWEST_PYTHON = (3, 11), (3, 13)
UNSOUND_QT = (6, 12)  # from here on below Python 3.12: docs/decisions/0003-qt-versions.md


@dataclass(frozen=True, slots=True)
class Library:
    """A library of the system that Qt loads: its file, and its package on Debian and Ubuntu.

    ``since_2024`` is the package's name from Debian 13 and Ubuntu 24.04 on, where it has another.
    """

    file: str
    package: str
    since_2024: str = ""


ANY_QT = (
    Library("libEGL.so.1", "libegl1"),
    Library("libGL.so.1", "libgl1"),
    Library("libxkbcommon.so.0", "libxkbcommon0"),
    Library("libfontconfig.so.1", "libfontconfig1"),
    Library("libdbus-1.so.3", "libdbus-1-3"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "libglib2.0-0t64"),
)
"""Without one of these Qt cannot be imported or draw at all."""

A_WINDOW = (
    Library("libxcb-cursor.so.0", "libxcb-cursor0"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4"),
    Library("libxcb-image.so.0", "libxcb-image0"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0"),
    Library("libxcb-shape.so.0", "libxcb-shape0"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    Library("libwayland-cursor.so.0", "libwayland-cursor0"),
)
"""What a window on a screen needs besides."""

Load = Callable[[str], object]


def lacks() -> list[str]:
    """A sentence for each thing that keeps the program from running here; empty if all is well."""
    found = (wrong_python(sys.version_info[:2]), missing_qt(), wrong_folder(folders.data_folder()))
    return [sentence for sentence in (*found, missing_libraries()) if sentence]


def explain_missing_qt() -> int:
    """Say on the error output why Qt did not load; the exit status, 1."""
    fallback = _("Qt does not load on this machine. Reinstall the program: make install.")
    print("\n".join(lacks()) or fallback, file=sys.stderr)
    return 1


def missing_libraries(load: Load = ctypes.CDLL) -> str | None:
    """The libraries that are missing on Linux, with the one line that installs them."""
    if not sys.platform.startswith("linux"):
        return None
    has_display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    missing = _missing(ANY_QT + A_WINDOW if has_display else ANY_QT, load)
    return _install_sentence(missing, _distribution()) if missing else None


def missing_for_a_window(load: Load = ctypes.CDLL) -> str | None:
    """The same for a machine that has no display now, as advice."""
    if not sys.platform.startswith("linux"):
        return None
    missing = _missing(A_WINDOW, load)
    return _install_sentence(missing, _distribution()) if missing else None


def wrong_python(version: tuple[int, ...]) -> str | None:
    """Why this Python cannot run the program."""
    if OLDEST_PYTHON <= version <= NEWEST_PYTHON:
        return None
    return _("This is Python {found}. Install Python 3.11, 3.12 or 3.13.").format(
        found=".".join(map(str, version))
    )


def missing_qt(installed: Callable[[str], str] = importlib.metadata.version) -> str | None:
    """Why this Qt, or none, cannot be used; a frozen program comes with its own."""
    if getattr(sys, "frozen", False):
        return None
    try:
        version = installed("PySide6-Essentials")
    except importlib.metadata.PackageNotFoundError:
        return _("PySide6-Essentials is not installed. Run: make install")
    if sys.version_info < (3, 12) and tuple(map(int, version.split(".")[:2])) >= UNSOUND_QT:
        return _(
            "PySide6 {qt} stops without warning on Python {python}."
            " Use Python 3.12 or later, or PySide6-Essentials 6.11.3."
        ).format(qt=version, python=platform.python_version())
    return None


def wrong_folder(folder: Path) -> str | None:
    """Why the data cannot be kept in the folder; it need not exist yet."""
    existing = next(part for part in (folder, *folder.parents) if part.exists())
    try:
        with tempfile.TemporaryFile(dir=existing) as file:
            file.write(b"schoolapp")
            file.flush()
    except OSError as trouble:
        return _("The data cannot be kept in {folder}: {why}.").format(
            folder=folder, why=trouble.strerror
        )
    return None


def _missing(libraries: Iterable[Library], load: Load) -> list[Library]:
    return [library for library in libraries if not _loads(library, load)]


def _loads(library: Library, load: Load) -> bool:
    try:
        load(library.file)
    except OSError:
        return False
    return True


def _install_sentence(missing: list[Library], distribution: tuple[str, float] | None) -> str:
    if distribution is None:
        return _(
            "Libraries that Qt needs are missing: {files}. Install them with the system's packages."
        ).format(files=", ".join(library.file for library in missing))
    name, version = distribution
    new = version >= (13 if name == "debian" else 24.04)
    packages = [(new and library.since_2024) or library.package for library in missing]
    return _("Libraries that Qt needs are missing. Run: sudo apt install {packages}").format(
        packages=" ".join(packages)
    )


def _distribution() -> tuple[str, float] | None:
    """``debian`` or ``ubuntu`` and its version; None for another system.

    A relative of Debian counts as the newest one if it does not say what it is built on.
    """
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return None
    if release["ID"] in ("debian", "ubuntu"):
        return release["ID"], float(release.get("VERSION_ID", "99"))
    family = release.get("ID_LIKE", "").split()
    return ("debian", 99.0) if {"debian", "ubuntu"} & set(family) else None
