"""Who may come in: the first run, or the passphrase of the profile, before the window opens."""

from pathlib import Path

from schoolapp import profiles, settings
from schoolapp.desktop.first_run import first_run
from schoolapp.desktop.look import Look
from schoolapp.desktop.start import application, speak
from schoolapp.desktop.unlock import ask_for_key
from schoolapp.settings import Settings


def admit(profile: Path, kept: Settings | None = None) -> tuple[Path, bytes | None] | None:
    """The database to open and its key; None if nobody was admitted.

    A profile with a key file asks for its passphrase; without a profile there is the first run,
    which may choose the practice schools. Imports no SQLAlchemy.
    """
    kept = kept or Settings(settings.usual_path())
    running = application()
    speak(running, kept)
    look = Look(running, kept)
    try:
        if profiles.key_file(profile).exists():
            key = ask_for_key(profile, look)
            return None if key is None else (profile, key)
        if profile.exists():
            return profile, None
        choice = first_run(profile, kept, look)
    finally:
        look.deleteLater()
    if choice is None:
        return None
    return (profiles.practice(), None) if choice.practice else (profile, choice.key)
