"""Writes resources/themes/*.qss and their few icons, with qt-material's engine and our template.

Run by ``make theme`` after a change of ``schoolapp/desktop/look/tokens.py`` or of the template. The
program itself only reads what this leaves behind.
"""

import logging
import re
import tempfile
from pathlib import Path

logging.disable(logging.WARNING)  # qt_material warns when no Qt is loaded: it must not be, here

import qt_material  # noqa: E402

from schoolapp.desktop.look.tokens import CARD_RADIUS, RADIUS, THEMES, Tokens  # noqa: E402

RESOURCES = Path(__file__).parent.parent / "resources"
TEMPLATE = RESOURCES / "themes" / "house.qss.template"
ICONS = {"chevron-down": "text2", "chevron-up": "text2", "check": "on_accent"}


def colours(tokens: Tokens) -> dict[str, str]:
    """Every name the template may use: tokens, pairs as ``<name>_ink`` and ``<name>_ground``."""
    names = {"radius": str(RADIUS), "card_radius": str(CARD_RADIUS)}
    for name, value in tokens._asdict().items():
        pair = value._asdict() if isinstance(value, tuple) else {}
        names |= {f"{name}_{part}": colour for part, colour in pair.items()} or {name: value}
    return names


def engine_theme(tokens: Tokens) -> str:
    """The seven colours qt-material's engine asks for, as its XML."""
    wanted = {
        "primaryColor": tokens.accent,
        "primaryLightColor": tokens.accent_hover,
        "secondaryColor": tokens.window,
        "secondaryLightColor": tokens.surface,
        "secondaryDarkColor": tokens.surface2,
        "primaryTextColor": tokens.text,
        "secondaryTextColor": tokens.text2,
    }
    lines = [f'<color name="{name}">{value}</color>' for name, value in wanted.items()]
    return "<resources>" + "".join(lines) + "</resources>"


def sheet(tokens: Tokens) -> str:
    """The finished style sheet of one theme."""
    with tempfile.TemporaryDirectory() as folder:
        theme = Path(folder) / "theme.xml"
        theme.write_text(engine_theme(tokens), encoding="utf-8")
        made = qt_material.build_stylesheet(
            theme=str(theme),
            template=str(TEMPLATE),
            parent=str(Path(folder) / "icons"),
            extra=colours(tokens),
        )
    return re.sub(r"\n+", "\n", str(made)).strip() + "\n"


def write(target: Path) -> None:
    """Write the sheets and icons of all themes into a folder."""
    for name, tokens in THEMES.items():
        (target / f"{name}.qss").write_text(sheet(tokens), encoding="utf-8")
        for icon, token in ICONS.items():
            drawing = (RESOURCES / "icons" / f"{icon}.svg").read_text(encoding="utf-8")
            tinted = drawing.replace("currentColor", getattr(tokens, token))
            (target / f"{name}-{icon}.svg").write_text(tinted, encoding="utf-8")


if __name__ == "__main__":
    write(RESOURCES / "themes")
