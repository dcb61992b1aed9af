"""The two dialogs of the window: the keys of a screen, and the report of a defect."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from schoolapp.base.language import _

if TYPE_CHECKING:
    from schoolapp.desktop.bridge.commands import Registry
    from schoolapp.desktop.shell.window import Window


def show_keys(window: "Window", registry: "Registry") -> None:
    """List the keys of the place that is open."""
    from schoolapp.desktop.shell.keys_dialog import KeysDialog

    place = window.place
    commands = registry.of(place.key)
    form_panel = KeysDialog(window.desk.look, _(place.title), commands, window.context(), window)
    form_panel.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    form_panel.open()


def show_report(window: "Window", trouble: BaseException) -> None:
    """Tell of a defect, with a report to copy."""
    from schoolapp.desktop.shell.defect_report import ReportDialog

    dialog = ReportDialog(window.desk.look, trouble, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
