"""Settings: language, colours, text size, height of rows, centre, mail; all take effect at once."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from schoolapp.base import settings
from schoolapp.base.language import OWN_NAMES, PSEUDO_LONG, PSEUDO_RTL, _, mark
from schoolapp.base.settings import Setting, Settings, T
from schoolapp.base.shipped import table
from schoolapp.desktop.kit.panel import in_a_row
from schoolapp.desktop.kit.place import Place
from schoolapp.desktop.look.boxes import scrolling
from schoolapp.desktop.look.combo_box import CalmComboBox
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.widgets import button
from schoolapp.operations.centres import CentreLine, centre_lines

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
# Each language under its own name, so that people find the way back.
PSEUDO_NAMES = {PSEUDO_LONG: "Pseudo, 40 % longer", PSEUDO_RTL: "Pseudo, right to left"}


class Shown(Protocol):
    """A setting on the page, whatever the type of its value."""

    @property
    def editor(self) -> QWidget:
        """What the setting is changed with."""

    def refresh(self) -> None:
        """Show the current value."""


class Chosen(Generic[T]):
    """A setting whose value is one of a few; ``then()`` follows once another one is chosen."""

    def __init__(
        self,
        kept: Settings,
        setting: Setting[T],
        choices: Sequence[tuple[T, str]],
        then: Callable[[], object],
    ) -> None:
        self._kept, self._then = kept, then
        self._setting: Setting[T] = setting
        self._values: list[T] = []
        self.editor = CalmComboBox()
        self.offer(choices)
        self.editor.setMinimumContentsLength(24)
        self.editor.activated.connect(self._choose)

    def refresh(self) -> None:
        """Show the current value; nothing if it is not one of the choices."""
        value = self._kept.get(self._setting)
        self.editor.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def offer(self, choices: Sequence[tuple[T, str]]) -> None:
        """Offer other values."""
        self._values = [value for value, _words in choices]
        self.editor.clear()
        self.editor.addItems([words for _value, words in choices])
        self.refresh()

    def _choose(self, at: int) -> None:
        self._kept.put(self._setting, self._values[at])
        self._then()


class Written(Generic[T]):
    """A setting whose value is typed; ``read(text)`` is the value, None where there is none."""

    def __init__(
        self, kept: Settings, setting: Setting[T], read: Callable[[str], T | None]
    ) -> None:
        self._kept = kept
        self._setting: Setting[T] = setting
        self._read: Callable[[str], T | None] = read
        self.editor = QLineEdit()
        self.editor.setMinimumWidth(32 * self.editor.fontMetrics().averageCharWidth())
        self.editor.editingFinished.connect(self._typed_in)

    def refresh(self) -> None:
        """Show the current value."""
        self.editor.setText(str(self._kept.get(self._setting)))

    def _typed_in(self) -> None:
        """Keep what was typed; a value that the setting does not allow is reset."""
        value = self._read(self.editor.text().strip())
        if value is not None and self._setting.accepts(value):
            self._kept.put(self._setting, value)
        self.refresh()


class SettingsPlace(Place):
    """No Save button: what is chosen holds from then on."""

    key: ClassVar[str] = "settings"
    title: ClassVar[str] = mark("Settings")
    icon: ClassVar[str] = "settings"

    def build(self) -> None:
        """One line for each setting with what it means."""
        self.chips.hide()
        self._shown: list[Shown] = []
        inside = QWidget()
        self._page = QVBoxLayout(inside)
        self._page.setContentsMargins(0, 0, 0, 0)
        self._begin_card(_("Appearance and language"))
        languages = list(OWN_NAMES.items())
        if self.desk.settings.get(settings.DEBUG):
            languages += PSEUDO_NAMES.items()
        themes = [(key, _(words)) for key, words in THEMES]
        sizes = [(size, f"{size:.0%}") for size in SIZES]
        densities = [(key, _(words)) for key, words in DENSITIES]
        self._add(settings.LANGUAGE, _("Language"), languages)
        self._add(settings.THEME, _("Colours"), themes)
        self._add(settings.TEXT_SIZE, _("Text size"), sizes)
        self._add(settings.DENSITY, _("Rows"), densities)
        self._begin_card(_("This desk"))
        # those that every database begins with, until it has said which it has
        usual = [(row["code"], row["name"]) for row in table("centres")]
        choices = [("", _("None")), *usual]
        self._centre = Chosen(self.desk.settings, settings.CENTRE, choices, _nothing)
        self._lay_out_one(settings.CENTRE, _("Centre"), self._centre)
        self._lines.addWidget(
            in_a_row(button(self.desk.look, _("Centres…"), self._open_centres, "pencil"))
        )
        self._add_mail()
        self._add_answers()
        self._page.addStretch(1)
        self.body.set_main(scrolling(inside, sideways=True))

    def refresh(self) -> None:
        """Show the current values: a shortcut may have changed them, or another desk a centre."""
        self.desk.tasks.read(self, centre_lines, self._offer_centres)
        for one in self._shown:
            one.refresh()

    def _offer_centres(self, found: Sequence[CentreLine]) -> None:
        self._centre.offer([("", _("None")), *((line.code, line.name) for line in found)])

    def _open_centres(self) -> None:
        self.desk.run("home.centres")

    def _add_mail(self) -> None:
        self._begin_card(_("Outgoing mail"))
        self._add_text(settings.MAIL_SERVER, _("Mail server"))
        securities = [(key, _(words)) for key, words in SECURITIES]
        self._add(settings.MAIL_SECURITY, _("Encryption"), securities)
        self._add_number(settings.MAIL_PORT, _("Port"))
        self._add_text(settings.MAIL_USER, _("User"))
        self._add_text(settings.MAIL_ADDRESS, _("Your own address"))
        self._add_number(settings.MAIL_PER_MINUTE, _("Mails per minute"))

    def _add_answers(self) -> None:
        self._begin_card(_("Incoming answers"))
        self._add_text(settings.ANSWERS_SERVER, _("Mailbox server"))
        securities = [(key, _(words)) for key, words in SECURITIES]
        self._add(settings.ANSWERS_SECURITY, _("Encryption of the mailbox"), securities)
        self._add_number(settings.ANSWERS_PORT, _("Port of the mailbox"))
        self._add_text(settings.ANSWERS_USER, _("User of the mailbox"))
        self._add_text(settings.ANSWERS_FOLDER, _("Folder"))

    def focus_target(self) -> QWidget:
        """The first setting."""
        return self._shown[0].editor

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

    def _add(self, setting: Setting[T], label: str, choices: Sequence[tuple[T, str]]) -> None:
        then = self.desk.look.apply
        if setting is settings.LANGUAGE:
            then = self.desk.speak
        elif setting in (settings.MAIL_SECURITY, settings.ANSWERS_SECURITY):
            then = _nothing
        self._lay_out_one(setting, label, Chosen(self.desk.settings, setting, choices, then))

    def _add_text(self, setting: Setting[str], label: str) -> None:
        self._add_line(setting, label, str)

    def _add_number(self, setting: Setting[int], label: str) -> None:
        self._add_line(setting, label, _whole_number)

    def _add_line(self, setting: Setting[T], label: str, read: Callable[[str], T | None]) -> None:
        written = Written(self.desk.settings, setting, read)
        if setting is not settings.ANSWERS_FOLDER:
            # addresses and numbers never run from right to left
            written.editor.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._lay_out_one(setting, label, written)

    def _lay_out_one(self, setting: Setting[T], label: str, shown: Shown) -> None:
        editor = shown.editor
        editor.setObjectName(setting.key)
        editor.setAccessibleName(label)
        editor.setAccessibleDescription(_(setting.sentence))
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
        self._shown.append(shown)


def _whole_number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def _nothing() -> None:
    """Nothing to do: the window looks the same."""
