"""The two dialogs of the window: the keys of a screen, and the report of a defect."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from schoolapp.desktop.bridge.commands import AnyCommand, Context
    from schoolapp.desktop.look.look import Look


def show_keys(
    window: QWidget,
    look: "Look",
    title: str,
    commands: "Sequence[AnyCommand]",
    context: "Context",
) -> None:
    """List the keys of the place that is open."""
    from schoolapp.desktop.shell.keys_dialog import KeysDialog

    dialog = KeysDialog(look, title, commands, context, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def show_report(window: QWidget, look: "Look", trouble: BaseException) -> None:
    """Report a defect, in words to copy."""
    from schoolapp.desktop.shell.defect_report import ReportDialog

    dialog = ReportDialog(look, trouble, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
