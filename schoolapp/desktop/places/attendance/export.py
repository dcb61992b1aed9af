"""The gallery of reports and papers: which one, in which format and language, and where it went."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog

from schoolapp import settings
from schoolapp.desktop import forms
from schoolapp.desktop.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.panel import Sheet
from schoolapp.desktop.place import Place
from schoolapp.desktop.places.attendance import printing
from schoolapp.desktop.places.attendance.printing import Wish
from schoolapp.language import OWN_NAMES, RECIPIENT_LANGUAGES, _, ltr, mark

FORMATS = (
    ("xlsx", "Excel (xlsx)"),
    ("csv", "CSV"),
    ("ods", "LibreOffice (ods)"),
    ("pdf", "PDF"),
    ("docx", "Word (docx)"),
)
LANGUAGES = tuple((tag, OWN_NAMES[tag]) for tag in RECIPIENT_LANGUAGES)
FIELDS = (
    forms.choice("by", mark("Report"), printing.GALLERY),
    forms.choice("form", mark("Format"), FORMATS),
    forms.choice("language", mark("Language"), LANGUAGES),
    forms.yes_no("private", mark("With e-mail, gender, birth date, diet and access needs")),
    forms.text("reason", mark("What the private columns are for"), hint=mark("It is journalled.")),
    forms.text("name", mark("Keep as"), hint=mark("The same columns again next year.")),
)


class ExportSheet(Sheet):
    """Answers the wish through ``created``; Enter at once takes the last wish again."""

    def __init__(self, desk: Desk) -> None:
        form = Form(desk.tasks, desk.look, FIELDS, printing.check_wish)
        super().__init__(desk, _("Export"), form, _nothing, _("Export"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter before anything was changed exports what was exported last."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.form.is_dirty:
            self.finish()
        else:
            super().keyPressEvent(event)

    def finish(self) -> None:
        """Hand the wish over."""
        if self.form.confirm():
            wish = self.form.draft
            self.form.show_draft(wish)
            self.closed.emit()
            self.created.emit(wish)


class Exports(QObject):
    """What the place does with a wish: ask where to, read, write, say where it is."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._place, self._desk = place, place.desk
        self.sheet = ExportSheet(place.desk)
        self.sheet.created.connect(self._wished)
        self._kept: dict[str, Any] = {}

    def open(self) -> None:
        """Show the gallery with the last wish chosen."""
        last = printing.wish_of(self._desk.settings.get(settings.LAST_EXPORT))
        self.sheet.form.show_draft(last)
        self.sheet.open(last)
        self._desk.tasks.read(self, printing.kept_wishes, self._offer)

    def _offer(self, kept: Sequence[Any]) -> None:
        self._kept = {f"{printing.KEPT}{one.id}": one for one in kept}
        named = tuple((key, one.name) for key, one in self._kept.items())
        self.sheet.form.offer("by", (*printing.GALLERY, *named))

    def _wished(self, wish: Wish) -> None:
        self._desk.settings.put(settings.LAST_EXPORT, printing.written(wish))
        folder = Path(self._desk.settings.get(settings.EXPORT_FOLDER) or "-")
        if folder.is_dir():
            self.save(wish, str(_free(folder / printing.file_name(wish))))
        else:
            self._choose_file(wish)

    def _choose_file(self, wish: Wish) -> None:
        dialog = QFileDialog(self._place, _("Export"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(printing.suffix_of(wish))
        dialog.selectFile(printing.file_name(wish))
        dialog.fileSelected.connect(partial(self._chosen, wish))
        dialog.open()

    def _chosen(self, wish: Wish, path: str) -> None:
        self._desk.settings.put(settings.EXPORT_FOLDER, str(Path(path).parent))
        self.save(wish, path)

    def save(self, wish: Wish, path: str) -> None:
        """Write what was wished into a file; what was kept under a name is kept again."""
        gathering = self._place.gathering
        if gathering is None:
            return
        asked = printing.asked(wish, self._kept.get(wish.by))
        if wish.name.strip():
            title = _("Keep the report {name}").format(name=wish.name.strip())
            keep = partial(printing.keep, wish, asked)
            self._desk.tasks.change(self, title, keep)
        if title := printing.noted(asked, gathering.title, wish.reason):
            self._desk.tasks.note(self, title)
        if wish.by == "badges":
            give = partial(printing.give_badges, gathering.id)
            self._desk.tasks.change(self, _("Give badges"), give)
        query = partial(printing.facts, gathering.id, asked, wish.reason)
        self._desk.tasks.read(self, query, partial(self._write, asked, Path(path)))

    def _write(self, asked: Any, path: Path, facts: Any) -> None:
        self._desk.tasks.work(self, partial(printing.write, asked, facts, path), self._written)

    def _written(self, path: Path) -> None:
        self._desk.say(_("The report is in {file}").format(file=ltr(path.name)))


def _free(path: Path) -> Path:
    """The path, with a number behind the name if there is such a file: nothing is overwritten."""
    free, count = path, 1
    while free.exists():
        count += 1
        free = path.with_stem(f"{path.stem}-{count}")
    return free


def _nothing(draft: Any) -> Any:
    raise NotImplementedError("an export changes nothing")
