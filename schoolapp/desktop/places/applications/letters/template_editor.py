"""Changes the text of one kind of letter in one language, for one gathering."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from schoolapp.base.language import RECIPIENT_LANGUAGES, _, direction
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.look.combo_box import CalmComboBox
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.look.widgets import button
from schoolapp.desktop.places.applications.words import OCCASIONS
from schoolapp.domain.letters import PLACES, Occasion
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.letters import (
    LetterDraft,
    reset_template,
    save_template,
    template_draft,
)


class TemplateEditor(QWidget):
    """Occasion and language, subject and text; a placeholder that no letter has is refused."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._gathering = 0
        self._draft: LetterDraft | None = None
        self.occasion, self.language = CalmComboBox(), CalmComboBox()
        for occasion, words in OCCASIONS.items():
            self.occasion.addItem(_(words), occasion.value)
        for tag in RECIPIENT_LANGUAGES:
            self.language.addItem(tag, tag)
        self.subject, self.text = QLineEdit(), QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        for widget, name in (
            (self.occasion, _("Letter")),
            (self.language, _("Language")),
            (self.subject, _("Subject")),
            (self.text, _("Text")),
        ):
            widget.setAccessibleName(name)
        self.occasion.activated.connect(self._chosen)
        self.language.activated.connect(self._chosen)
        self.placeholders, self.trouble = Words(quiet=True, wrap=True), Words(wrap=True)
        self.trouble.setObjectName("template_trouble")
        self._lay_out()

    def open(self, gathering_id: int, occasion: Occasion, language: str) -> None:
        """Show the text of an occasion in a language."""
        self._gathering = gathering_id
        self.occasion.setCurrentIndex(self.occasion.findData(occasion.value))
        self.language.setCurrentIndex(self.language.findData(language))
        self._chosen()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Keep the text; the letters that wait are rewritten."""
        if self._draft is None:
            return
        draft = replace(self._draft, subject=self.subject.text(), text=self.text.toPlainText())
        if draft == self._draft:
            self.closed.emit()
            return
        title = _("Change the text of a letter")
        work = partial(save_template, draft=draft)
        self.desk.tasks.change(self, title, work, self._saved, self._refused)

    def reset(self) -> None:
        """Go back to the built-in text."""
        if self._draft is None:
            return
        title = _("Use the built-in text of a letter again")
        work = partial(
            reset_template,
            gathering_id=self._draft.gathering_id,
            occasion=self._draft.occasion,
            language=self._draft.language,
        )
        self.desk.tasks.change(self, title, work, self._reset)

    def _chosen(self, index: int = 0) -> None:
        self.trouble.hide()
        query = partial(
            template_draft,
            gathering_id=self._gathering,
            occasion=Occasion(self.occasion.currentData()),
            language=str(self.language.currentData()),
        )
        self.desk.tasks.read(self, query, self._show)

    def _show(self, draft: LetterDraft) -> None:
        self._draft = draft
        turned = direction(draft.language) == "rtl"
        way = Qt.LayoutDirection.RightToLeft if turned else Qt.LayoutDirection.LeftToRight
        self.text.setLayoutDirection(way)
        self.subject.setLayoutDirection(way)
        self.subject.setText(draft.subject)
        self.text.setPlainText(draft.text)
        known = " ".join(f"{{{name}}}" for name in PLACES)
        self.placeholders.setText(
            _("Placeholders that are filled in for each person: {known}").format(known=known)
        )
        self.reset_button.setEnabled(draft.id is not None)

    def _saved(self, key: int) -> None:
        self.closed.emit()

    def _reset(self, nothing: None) -> None:
        self._chosen()

    def _refused(self, trouble: BaseException) -> None:
        if isinstance(trouble, RuleBroken):
            self.trouble.setText(trouble.sentence())
            self.trouble.show()
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        look = self.desk.look
        self.reset_button = button(look, _("Built-in text"), self.reset, "undo-2")
        self.save_button = button(look, _("Keep this text"), self.save)
        choices, foot = QHBoxLayout(), QHBoxLayout()
        choices.addWidget(self.occasion, 2)
        choices.addWidget(self.language, 1)
        foot.addStretch(1)
        foot.addWidget(self.reset_button)
        foot.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(choices)
        layout.addWidget(self.subject)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.trouble)
        layout.addWidget(self.placeholders)
        layout.addLayout(foot)
        self.trouble.hide()
