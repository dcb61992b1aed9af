"""The dialog for a defect: what happened, that nothing was lost, and a text to copy."""

import platform
import traceback
from importlib.metadata import version

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from schoolapp.base.language import _
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.widgets import button


def report_text(trouble: BaseException) -> str:
    """Types, files and lines of an error and its causes: never its text, which may hold names."""
    lines = [f"schoolapp {version('schoolapp')}, Python {platform.python_version()}"]
    lines.append(f"{platform.system()} {platform.release()}")
    cause: BaseException | None = trouble
    while cause is not None:
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        for frame in traceback.extract_tb(cause.__traceback__):
            file = "/".join(frame.filename.replace("\\", "/").split("/")[-3:])
            lines.append(f"  {file}:{frame.lineno} {frame.name}")
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines)


class ReportDialog(QDialog):
    """Shown for an error that is no broken rule."""

    def __init__(self, look: Look, trouble: BaseException, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Something went wrong"))
        self.text = QPlainTextEdit(report_text(trouble))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Report"))
        words = Words(
            _(
                "This is a defect of the program, not your mistake. What was saved before is safe; "
                "the last step was not done. The report holds no personal data: copy it and send "
                "it to whoever looks after schoolapp."
            ),
            wrap=True,
        )
        layout = QVBoxLayout(self)
        layout.addWidget(Heading(self.windowTitle()))
        layout.addWidget(words)
        layout.addWidget(self.text)
        row = QHBoxLayout()
        row.addStretch(1)
        self.copy_button = button(look, _("Copy"), self._copy, "copy")
        self.close_button = button(look, _("Close"), self.accept, primary=True)
        row.addWidget(self.copy_button)
        row.addWidget(self.close_button)
        layout.addLayout(row)
        letters = self.fontMetrics().averageCharWidth()
        self.resize(76 * letters, 24 * self.fontMetrics().height())
        self.close_button.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
