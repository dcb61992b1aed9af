"""The house fonts: every script that a name may be in has its letters."""

from PySide6.QtGui import QFontMetrics, QRawFont
from PySide6.QtWidgets import QApplication

from schoolapp.base.shipped import folder
from schoolapp.desktop.look.look import FAMILIES, Look

NAMES = {
    "NotoNaskhArabic-Regular": "فاطمہ",
    "NotoSansDevanagari-Regular": "सुनीता",
    "NotoSansBengali-Regular": "অনন্যা",
    "NotoSansTamil-Regular": "கவிதா",
    "DroidSansFallback-Subset": "王小明",
}


def test_native_names_are_written_in_our_fonts(qapp: QApplication, look: Look) -> None:
    """Each name is as wide in the font of the window as in the font made for its script."""
    look.load_name_fonts()
    size = QFontMetrics(look.font()).ascent()
    assert size > 0
    for file, name in NAMES.items():
        path = folder("resources") / "fonts" / "pdf" / f"{file}.ttf"
        alone = QRawFont(str(path), 12)
        assert 0 not in alone.glyphIndexesForString(name), f"{file} lacks letters"
        assert alone.familyName() in FAMILIES
        named = look.font()
        named.setFamilies([alone.familyName()])
        wide = QFontMetrics(named).horizontalAdvance(name)
        assert abs(QFontMetrics(look.font()).horizontalAdvance(name) - wide) <= 1
