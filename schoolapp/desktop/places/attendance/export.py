"""The sheet that exports the attendance report: in which shape, in which format."""

from dataclasses import dataclass
from typing import Any

from schoolapp.desktop import forms
from schoolapp.desktop.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.panel import Sheet
from schoolapp.language import _, mark

SHAPES = (
    ("session", mark("By session and person")),
    ("person", mark("By person")),
    ("day", mark("By day")),
    ("delegation", mark("By delegation")),
)
FORMATS = (
    ("xlsx", "Excel (xlsx)"),
    ("csv", "CSV"),
    ("ods", "LibreOffice (ods)"),
    ("pdf", "PDF"),
)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which report is wanted."""

    by: str = "session"
    form: str = "xlsx"


FIELDS = (
    forms.choice("by", mark("One line for each"), SHAPES),
    forms.choice("form", mark("Format"), FORMATS),
)


class ExportSheet(Sheet):
    """Answers the wish through ``created``; nothing in the database changes."""

    def __init__(self, desk: Desk) -> None:
        form = Form(desk.tasks, desk.look, FIELDS)
        super().__init__(desk, _("Export attendance"), form, _nothing, _("Save as…"))

    def finish(self) -> None:
        """Hand the wish over."""
        wish = self.form.draft
        self.closed.emit()
        self.created.emit(wish)


def _nothing(draft: Any) -> Any:
    raise NotImplementedError("an export changes nothing")
