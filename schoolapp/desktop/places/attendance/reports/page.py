"""The gallery of reports and papers: which one, in which format and language, and where it went."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog

from schoolapp.base import settings
from schoolapp.base.language import OWN_NAMES, SOURCE, _, current, isolate, ltr, mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.host import ClosingHost
from schoolapp.desktop.kit.panel import DraftPanel
from schoolapp.desktop.look.widgets import button
from schoolapp.desktop.places.attendance.reports import presets, printing
from schoolapp.desktop.places.attendance.reports.presets import PresetDraft
from schoolapp.desktop.places.attendance.views import CERTIFICATES
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.arrivals.badges import give_badges
from schoolapp.operations.reports import Cuts, Preset, cuts_of, remove_preset, save_preset
from schoolapp.operations.reports import presets as kept_presets

FORMATS = (
    ("xlsx", "Excel (xlsx)"),
    ("csv", "CSV"),
    ("ods", "LibreOffice (ods)"),
    ("pdf", "PDF"),
    ("docx", "Word (docx)"),
)
EVERY = (("", mark("All")),)
LANGUAGES = tuple(OWN_NAMES.items())
FIGURES = ((False, mark("As recorded")), (True, mark("As planned")))
TRAVEL = tuple((days, str(days)) for days in (0, 1, 2))
FIELDS = (
    forms.choice("by", mark("Report"), presets.GALLERY),
    forms.choice("language", mark("Language"), LANGUAGES, half=True),
    forms.choice("form", mark("Format"), FORMATS, half=True),
    forms.choice("planned", mark("Figures"), FIGURES),
    forms.many("columns", mark("Columns")),
    forms.text(
        "reason", mark("What the private columns are for"), hint=mark("It is kept in the history.")
    ),
    forms.choice("delegation", mark("Delegation"), EVERY, half=True),
    forms.choice("language_group", mark("Language group"), EVERY, half=True),
    forms.date("first", mark("From"), half=True),
    forms.date("last", mark("To"), half=True),
    forms.choice("module", mark("Module"), EVERY),
    forms.choice("travel_days", mark("Days of travel added to each stay"), TRAVEL),
    forms.text("name", mark("Keep as"), hint=mark("The same columns again next year.")),
)


class ReportHost(ClosingHost, Protocol):
    """What the gallery needs from the place."""

    def view(self, key: str) -> None:
        """Show another view."""


class ExportPanel(DraftPanel[PresetDraft]):
    """Chooses a preset; Enter at once takes the last one again.

    It shows the columns and cuts of the report that is chosen, and no field that does not apply.
    """

    preset_chosen = Signal(object)  # PresetDraft

    def __init__(self, desk: Desk) -> None:
        form = Form(desk.tasks, desk.look, FIELDS, presets.check_preset)
        super().__init__(desk, _("Export"), form, _("Export"))
        self.kept: dict[str, Preset] = {}
        self._by = ""
        self._questions: tuple[str, ...] = ()  # that the forms of the gathering ask
        self.forget_button = button(desk.look, _("Forget this report"), self.forget, "trash-2")
        self.forget_button.setProperty("danger", True)
        self.buttons.addWidget(self.forget_button)
        form.edited.connect(self._edited)

    def begin(self, preset: PresetDraft) -> None:
        """Start from a preset: the last one."""
        self.subtitle.hide()
        self._show(preset)
        self.open(preset)

    def refuse(self, preset: PresetDraft, sentence: str) -> None:
        """Show a preset again that could not be written, and why."""
        self._show(preset)
        self.open(preset)
        self.subtitle.setText(sentence)
        self.subtitle.show()

    def offer_kept(self, kept: Sequence[Preset]) -> None:
        """Offer what was kept under a name."""
        self.kept = {f"{presets.KEPT}{one.id}": one for one in kept}
        named = tuple((key, one.name) for key, one in self.kept.items())
        self.form.offer("by", (*forms.in_words(presets.GALLERY), *named))
        if self._by.startswith(presets.KEPT) and not self.form.is_dirty:
            self._show(self._taken(self.form.draft))

    def offer_cuts(self, cuts: Cuts) -> None:
        """Offer what the gathering can be cut to."""
        for name, words in (
            ("delegation", cuts.delegations),
            ("language_group", cuts.language_groups),
            ("module", cuts.modules),
        ):
            self.form.offer(name, (*forms.in_words(EVERY), *((word, word) for word in words)))

        self._questions = cuts.questions
        if self._by and not self.form.is_dirty:
            self._show(self.form.draft)

    def forget(self) -> None:
        """Forget the report that was kept under a name, and go on with the usual one."""
        kept = self.kept.get(self._by)
        if kept is not None and kept.id is not None:
            title = _("Forget the report {name}").format(name=isolate(kept.name))
            work = partial(remove_preset, preset_id=kept.id)
            self.desk.tasks.change(self, title, work, self._forgotten)

    def _forgotten(self, _nothing: None) -> None:
        self.desk.tasks.read(self, kept_presets, self.offer_kept)
        self._show(PresetDraft(language=self.form.draft.language))
        self.form.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter before anything was changed exports what was exported last."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.form.is_dirty:
            self.finish()
        else:
            super().keyPressEvent(event)

    def finish(self) -> None:
        """Hand the preset over."""
        if self.form.confirm():
            preset = self.form.draft
            self.form.show_draft(preset)
            self.closed.emit()
            self.preset_chosen.emit(preset)

    def _edited(self) -> None:
        preset = self.form.draft
        if preset.by != self._by:
            self._show(self._taken(preset), self.form.original)
        else:
            self._hide_fields(preset)

    def _taken(self, preset: PresetDraft) -> PresetDraft:
        """Another report begins with its own columns; a kept one with those that were kept."""
        if preset.by in self.kept:
            return presets.of_kept(preset, self.kept[preset.by])
        return replace(preset, columns=())

    def _show(self, preset: PresetDraft, original: PresetDraft | None = None) -> None:
        preset = presets.with_least(preset, self.kept)
        self._by = preset.by
        kind = presets.kind_of(preset, self.kept)
        self.form.offer("columns", presets.columns_of(kind, self._questions))
        self.form.show_draft(preset, original)
        self._hide_fields(preset)

    def _hide_fields(self, preset: PresetDraft) -> None:
        hidden = presets.hidden_of(preset, self.kept)
        for field in FIELDS:
            self.form.set_hidden(field.name, field.name in hidden)
        self.forget_button.setVisible(preset.by in self.kept)


class Exports(QObject):
    """Exports a preset: asks for a file, reads, writes, and says where the file is."""

    def __init__(self, host: ReportHost) -> None:
        super().__init__(host.desk.stage)
        self._host, self._desk = host, host.desk
        self.form_panel = ExportPanel(host.desk)
        self.form_panel.preset_chosen.connect(self._preset_chosen)
        self.form_panel.closed.connect(host.close_side)

    def open(self) -> None:
        """Show the gallery with the last preset chosen."""
        gathering = self._host.gathering
        assert gathering is not None, "the command needs a gathering"
        self._host.put_beside(self.form_panel)
        last = self._desk.settings.get(settings.LAST_EXPORT)
        mine = current() if current() in OWN_NAMES else SOURCE
        self.form_panel.begin(presets.preset_of(last, mine))
        tasks = self._desk.tasks
        tasks.read(self, kept_presets, self.form_panel.offer_kept)
        cuts = partial(cuts_of, gathering_id=gathering.id)
        tasks.read(self, cuts, self.form_panel.offer_cuts)

    def _preset_chosen(self, preset: PresetDraft) -> None:
        if preset.by == presets.CERTIFICATES:
            self._host.view(CERTIFICATES)
            return
        self._desk.settings.put(settings.LAST_EXPORT, presets.written(preset))
        folder = Path(self._desk.settings.get(settings.EXPORT_FOLDER) or "-")
        if folder.is_dir():
            self.save(preset, str(_free(folder / presets.file_name(preset))))
        else:
            self._choose_file(preset)

    def _choose_file(self, preset: PresetDraft) -> None:
        dialog = QFileDialog(self._desk.stage, _("Export"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(presets.suffix_of(preset))
        dialog.selectFile(presets.file_name(preset))
        dialog.fileSelected.connect(partial(self._chosen, preset))
        dialog.open()

    def _chosen(self, preset: PresetDraft, path: str) -> None:
        self._desk.settings.put(settings.EXPORT_FOLDER, str(Path(path).parent))
        self.save(preset, path)

    def save(self, preset: PresetDraft, path: str) -> None:
        """Write a report or a paper into a file; what was kept under a name is kept again."""
        gathering = self._host.gathering
        if gathering is None:
            return
        asked = presets.asked(preset, self.form_panel.kept)
        if asked.name:
            title = _("Keep the report {name}").format(name=asked.name)
            self._desk.tasks.change(self, title, partial(save_preset, preset=asked))
        if title := printing.noted(asked, gathering.title, preset.reason):
            self._desk.tasks.note(self, title)
        if preset.by == "badges":
            give = partial(give_badges, gathering_id=gathering.id)
            self._desk.tasks.change(self, _("Give badges"), give)
        query = partial(
            printing.writing_of, gathering_id=gathering.id, asked=asked, reason=preset.reason
        )
        written = partial(self._write, asked.language, Path(path))
        self._desk.tasks.read(self, query, written, partial(self._refused, preset))

    def _write(self, language: str, path: Path, writing: printing.Writing) -> None:
        work = partial(printing.write, language, writing, path)
        self._desk.tasks.work(self, work, self._written)

    def _refused(self, preset: PresetDraft, trouble: BaseException) -> None:
        """Open the gallery again where there is nothing to be written, and say why in it."""
        if isinstance(trouble, RuleBroken):
            self._host.put_beside(self.form_panel)
            self.form_panel.refuse(preset, trouble.sentence())

    def _written(self, path: Path) -> None:
        self._desk.say(_("The report is in {file}").format(file=ltr(path.name)))


def _free(path: Path) -> Path:
    """The path, with a number behind the name if there is such a file: nothing is overwritten."""
    free, count = path, 1
    while free.exists():
        count += 1
        free = path.with_stem(f"{path.stem}-{count}")
    return free
