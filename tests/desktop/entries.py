"""Places as the rail lists them: their class with the commands that belong to it."""

from importlib import import_module

from schoolapp.desktop.kit.place import KnownPlace, Place


def entries(*kinds: type[Place]) -> tuple[KnownPlace, ...]:
    """Each place with the commands of the module beside its own."""
    folders = [kind.__module__.rpartition(".")[0] for kind in kinds]
    commands = [import_module(f"{folder}.commands").COMMANDS for folder in folders]
    return tuple(map(KnownPlace, kinds, commands))
