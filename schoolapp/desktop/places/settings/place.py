"""Settings: language, colours, text size, height of rows, centre, mail; each works at once."""

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from schoolapp.base import settings
from schoolapp.base.language import OWN_NAMES, PSEUDO_LONG, PSEUDO_RTL, RECIPIENT_LANGUAGES, _, mark
from schoolapp.base.settings import Setting
from schoolapp.base.shipped import table
from schoolapp.desktop.forms.editors import CalmComboBox
from schoolapp.desktop.kit.place import Place
from schoolapp.desktop.look.look import Heading, Words

THEMES = (
    ("system", mark("As the system")),
    ("light", mark("Light")),
    ("dark", mark("Dark")),
    ("plain", mark("Plain")),
)
SECURITIES = (
    ("starttls", mark("STARTTLS")),
    ("tls", mark("TLS from the start")),
    ("plain", mark("None, for this machine only")),
)
DENSITIES = (
    ("compact", mark("Compact")),
    ("normal", mark("Normal")),
    ("roomy", mark("Roomy")),
)
SIZES = (0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
# Each language under its own name, so that one finds the way back.
PSEUDO_NAMES = {PSEUDO_LONG: "Pseudo, 40 % longer", PSEUDO_RTL: "Pseudo, right to left"}


class SettingsPlace(Place):
    """No Save button: what is chosen holds from then on."""

    key: ClassVar[str] = "settings"
    title: ClassVar[str] = mark("Settings")
    icon: ClassVar[str] = "settings"

    def build(self) -> None:
        """One line for each setting with what it means."""
        self.chips.hide()
        self._boxes: list[tuple[CalmComboBox, Setting[Any], Sequence[Any]]] = []
        self._written: list[tuple[QLineEdit, Setting[Any]]] = []
        inside = QWidget()
        self._page = QVBoxLayout(inside)
        self._page.setContentsMargins(0, 0, 0, 0)
        self._begin_card(_("How the window looks and speaks"))
        languages = [(tag, OWN_NAMES[tag]) for tag in RECIPIENT_LANGUAGES]
        if self.desk.settings.get(settings.DEBUG):
            languages += PSEUDO_NAMES.items()
        themes = [(key, _(words)) for key, words in THEMES]
        sizes = [(size, f"{size:.0%}") for size in SIZES]
        densities = [(key, _(words)) for key, words in DENSITIES]
        self._add(settings.LANGUAGE, _("Language"), languages)
        self._add(settings.THEME, _("Colours"), themes)
        self._add(settings.TEXT_SIZE, _("Text size"), sizes)
        self._add(settings.DENSITY, _("Rows"), densities)
        self._begin_card(_("What this desk works for"))
        centres = [(row["code"], row["name"]) for row in table("centres")]
        self._add(settings.CENTRE, _("Centre"), [("", _("None")), *centres])
        self._add_mail()
        self._add_answers()
        self._page.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self.body.set_main(area)

    def refresh(self) -> None:
        """Show what holds now: the keyboard may have changed it."""
        for box, setting, values in self._boxes:
            value = self.desk.settings.get(setting)
            box.setCurrentIndex(list(values).index(value) if value in values else -1)
        for line, setting in self._written:
            line.setText(str(self.desk.settings.get(setting)))

    def _add_mail(self) -> None:
        self._begin_card(_("How mail leaves"))
        self._add_line(settings.MAIL_SERVER, _("Mail server"))
        securities = [(key, _(words)) for key, words in SECURITIES]
        self._add(settings.MAIL_SECURITY, _("Encryption"), securities)
        self._add_line(settings.MAIL_PORT, _("Port"))
        self._add_line(settings.MAIL_USER, _("User"))
        self._add_line(settings.MAIL_ADDRESS, _("Sender's address"))
        self._add_line(settings.MAIL_NAME, _("Sender's name"))
        self._add_line(settings.MAIL_PER_MINUTE, _("Mails in a minute"))

    def _add_answers(self) -> None:
        self._begin_card(_("Where answers come in"))
        self._add_line(settings.ANSWERS_SERVER, _("Mailbox server"))
        securities = [(key, _(words)) for key, words in SECURITIES]
        self._add(settings.ANSWERS_SECURITY, _("Encryption of the mailbox"), securities)
        self._add_line(settings.ANSWERS_PORT, _("Port of the mailbox"))
        self._add_line(settings.ANSWERS_USER, _("User of the mailbox"))
        self._add_line(settings.ANSWERS_FOLDER, _("Folder"))

    def focus_target(self) -> QWidget:
        """The first setting."""
        return self._boxes[0][0]

    def _begin_card(self, title: str) -> None:
        card = QFrame()
        card.setProperty("card", True)
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._lines = QVBoxLayout(card)
        self._lines.setContentsMargins(20, 16, 20, 16)
        self._lines.setSpacing(6)
        if self._page.count():
            self._page.addSpacing(12)
        self._page.addWidget(Heading(title))
        self._page.addWidget(card)

    def _add(self, setting: Setting[Any], label: str, choices: Sequence[tuple[Any, str]]) -> None:
        box, values = CalmComboBox(), [value for value, _words in choices]
        box.setObjectName(setting.key)
        box.addItems([words for _value, words in choices])
        box.setAccessibleName(label)
        box.setAccessibleDescription(_(setting.sentence))
        box.setMinimumContentsLength(24)
        box.activated.connect(partial(self._chosen, setting, values))
        self._lay_line(setting, label, box)
        self._boxes.append((box, setting, values))

    def _add_line(self, setting: Setting[Any], label: str) -> None:
        line = QLineEdit()
        line.setObjectName(setting.key)
        line.setAccessibleName(label)
        line.setAccessibleDescription(_(setting.sentence))
        if setting not in (
            settings.MAIL_NAME,
            settings.ANSWERS_FOLDER,
        ):  # addresses and numbers never run from right to left
            line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        line.setMinimumWidth(32 * line.fontMetrics().averageCharWidth())
        line.editingFinished.connect(partial(self._typed_in, line, setting))
        self._lay_line(setting, label, line)
        self._written.append((line, setting))

    def _lay_line(self, setting: Setting[Any], label: str, editor: QWidget) -> None:
        said = Words(_(setting.sentence), quiet=True, wrap=True)
        name = Words(label)
        name.setBuddy(editor)
        row = QHBoxLayout()
        row.addWidget(editor)
        row.addStretch(1)
        if self._lines.count():
            self._lines.addSpacing(10)
        self._lines.addWidget(name)
        self._lines.addLayout(row)
        self._lines.addWidget(said)

    def _typed_in(self, line: QLineEdit, setting: Setting[Any]) -> None:
        """Keep what was typed; what the setting does not allow goes back to what it was."""
        text = line.text().strip()
        value = int(text) if isinstance(setting.default, int) and text.isdecimal() else text
        if setting.accepts(value):
            self.desk.settings.put(setting, value)
        line.setText(str(self.desk.settings.get(setting)))

    def _chosen(self, setting: Setting[Any], values: Sequence[Any], at: int) -> None:
        self.desk.settings.put(setting, values[at])
        if setting is settings.LANGUAGE:
            self.desk.speak()
        elif setting not in (settings.CENTRE, settings.MAIL_SECURITY, settings.ANSWERS_SECURITY):
            self.desk.look.apply()
