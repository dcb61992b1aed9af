"""The way in: which database the window opens and with which key, asked before it is shown."""

from pathlib import Path

from PySide6.QtWidgets import QMessageBox

from schoolapp.base import profiles
from schoolapp.base.settings import Settings
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.starting.first_run import first_run
from schoolapp.desktop.starting.start import application, speak
from schoolapp.desktop.starting.unlock import ask_for_key
from schoolapp.domain.rules import RuleBroken


def admit(profile: Path, kept: Settings) -> tuple[Path, bytes | None] | None:
    """The database to open and its key; None if nobody gave one.

    A desk without a profile is asked to make one or to open the practice schools.
    """
    running = application()
    speak(running, kept)
    look = Look(running, kept)
    try:
        return _admitted(profile, kept, look)
    except RuleBroken as broken:
        QMessageBox.warning(None, "schoolapp", broken.sentence())
        return None


def _admitted(profile: Path, kept: Settings, look: Look) -> tuple[Path, bytes | None] | None:
    has_key_file = profiles.key_file(profile).exists()
    if not profile.exists() and not has_key_file:
        choice = first_run(profile, kept, look)
        if choice is None:
            return None
        return (profiles.practice(), None) if choice.practice else (profile, choice.key)
    if not has_key_file:  # if it is encrypted all the same, the window says that it does not open
        return profile, None
    key = ask_for_key(profile, look)
    return None if key is None else (profile, key)
