"""The one place that knows the theme: Fusion, our palette, the style sheet, fonts and sizes."""

from PySide6.QtCore import QDir, QLoggingCategory, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget

from schoolapp.base import settings
from schoolapp.base.settings import Settings
from schoolapp.base.shipped import folder
from schoolapp.desktop.look import icons
from schoolapp.desktop.look.tokens import DARK, FONT_POINTS, LIGHT, ROW_PADDING, Tokens

FAMILIES = [
    "Inter",
    "Noto Naskh Arabic",
    "Noto Sans Devanagari",  # from here on: names of people, not words of the program
    "Noto Sans Bengali",
    "Noto Sans Tamil",
    "Droid Sans Fallback",
]

FUSION = "made_with_fusion"


class Look(QObject):
    """Colours, fonts and measures now in force; ``changed`` when the theme or a size changes."""

    changed = Signal()

    def __init__(self, application: QApplication, kept: Settings) -> None:
        super().__init__(application)
        self._application = application
        self._settings = kept
        self.tokens: Tokens = LIGHT
        self._load_fonts("ui")
        QDir.setSearchPaths("theme", [str(folder("resources") / "themes")])
        if not application.property(FUSION):  # asked for as it was made: saves 10 ms of the start
            application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.apply()

    def apply(self) -> None:
        """Put the settings in force; the widgets that exist follow."""
        theme = self._settings.get(settings.THEME)
        self.tokens = DARK if self._is_dark(theme) else LIGHT
        self._application.setFont(self.font())
        if theme == "plain":
            self._application.setPalette(QPalette())
            self._application.setStyleSheet("")
        else:
            self._application.setPalette(_palette(self.tokens))
            sheet = folder("resources") / "themes" / f"{self.tokens.name}.qss"
            self._application.setStyleSheet(sheet.read_text(encoding="utf-8"))
        self._tint_again()
        self.changed.emit()

    def font(self, scale: float = 1.0, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The house font at a multiple of the text size the user chose."""
        font = QFont(FAMILIES)
        font.setPointSizeF(FONT_POINTS * self._settings.get(settings.TEXT_SIZE) * scale)
        font.setWeight(weight)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def load_name_fonts(self) -> None:
        """Load what native names need beyond Latin and Arabic script; after the first paint."""
        self._load_fonts("pdf")

    def row_height(self, widget: QWidget) -> int:
        """The height of a table row in pixels: a line of text and the padding of the density."""
        padding = ROW_PADDING[self._settings.get(settings.DENSITY)]
        return widget.fontMetrics().height() + padding

    def icon_size(self) -> int:
        """The side of an icon beside text, in pixels."""
        return round(18 * self._settings.get(settings.TEXT_SIZE))

    def pixmap(self, name: str, colour: str, widget: QWidget, size: int = 0) -> QPixmap:
        """A drawing in a colour, for painting on a widget."""
        mirror = widget.layoutDirection() == Qt.LayoutDirection.RightToLeft
        ratio = widget.devicePixelRatioF()
        return icons.pixmap(name, colour, size or self.icon_size(), ratio, mirror=mirror)

    def icon(self, name: str, ink: str = "text", gap: int = 0) -> QIcon:
        """An icon in a colour of the tokens."""
        mirror = self._application.layoutDirection() == Qt.LayoutDirection.RightToLeft
        gap = -gap if mirror else gap
        colour = str(getattr(self.tokens, ink))
        return icons.icon(name, colour, self.tokens.disabled, self.icon_size(), gap, mirror)

    def give_icon(self, button: QAbstractButton, name: str, ink: str = "text") -> None:
        """Give a button an icon that follows theme, text size and direction."""
        button.setProperty("icon_name", name)
        button.setProperty("icon_ink", ink)
        self._tint(button)

    def _load_fonts(self, kind: str) -> None:
        # Without a font of our own Qt picks any, or draws boxes. The application keeps what it has.
        loaded = f"fonts_{kind}"
        if not self._application.property(loaded):
            self._application.setProperty(loaded, True)
            # Qt tries the families in turn, and warns of each that has no glyphs of a script.
            QLoggingCategory.setFilterRules("qt.text.font.db.warning=false")
            for file in sorted((folder("resources") / "fonts" / kind).glob("*.ttf")):
                QFontDatabase.addApplicationFont(str(file))

    def _tint(self, button: QAbstractButton) -> None:
        gap = 6 if isinstance(button, QPushButton) and not button.property("icon_alone") else 0
        size = self.icon_size()
        name, ink = str(button.property("icon_name")), str(button.property("icon_ink"))
        button.setIconSize(QSize(size + gap, size))
        button.setIcon(self.icon(name, ink, gap))

    def _tint_again(self) -> None:
        for widget in self._application.allWidgets():
            if isinstance(widget, QAbstractButton) and widget.property("icon_name"):
                self._tint(widget)

    def _is_dark(self, theme: str) -> bool:
        if theme in ("light", "dark"):
            return theme == "dark"
        return self._application.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def _system_changed(self) -> None:
        if self._settings.get(settings.THEME) in ("system", "plain"):
            self.apply()


def _palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.window,
        role.Text: tokens.text,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.danger,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.ToolTipBase: tokens.bar.ground,
        role.ToolTipText: tokens.bar.ink,
        role.PlaceholderText: tokens.text2,
        role.Accent: tokens.accent,
        role.Light: tokens.surface,
        role.Midlight: tokens.surface2,
        role.Mid: tokens.border,
        role.Dark: tokens.edge,
        role.Shadow: tokens.edge,
    }
    palette = QPalette()
    for one, colour in colours.items():
        palette.setColor(one, QColor(colour))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(tokens.disabled))
    return palette
