"""The window: the only part of the program that knows Qt."""

import builtins

import PySide6.QtCore  # noqa: F401 - it puts an import of its own in the place of Python's

# That one reads the source of each module, for a feature which nobody here uses. See
# docs/decisions/0019-pythons-own-import.md
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
