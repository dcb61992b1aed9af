"""What one can do in the settings: each takes effect at once, none has a command."""

from schoolapp.desktop.bridge.commands import Command
from schoolapp.desktop.places.settings.place import SettingsPlace

COMMANDS: tuple[Command[SettingsPlace], ...] = ()
