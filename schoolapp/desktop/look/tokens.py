"""The colours and measures of the house, declared once for palette, theme and tests."""

from typing import NamedTuple


class Pair(NamedTuple):
    """A text colour on its ground, both as ``#RRGGBB``; text reaches 4.5:1 (WCAG 2.2, 1.4.3)."""

    ink: str
    ground: str


class Tokens(NamedTuple):
    """All colours of one theme."""

    name: str
    window: str
    surface: str
    surface2: str
    hover: str
    border: str
    edge: str
    text: str
    text2: str
    disabled: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    danger: str
    warn: str
    ok: str
    focus: str
    now: str
    applied: Pair
    shortlisted: Pair
    accepted: Pair
    waiting: Pair
    declined: Pair
    withdrawn: Pair
    plenary: Pair
    workshop: Pair
    care: Pair
    social: Pair
    bar: Pair

    def pair(self, name: str) -> Pair:
        """The pair of one of the six looks or one of the four kinds of the programme."""
        value = getattr(self, name)
        assert isinstance(value, Pair)
        return value


LOOKS = ("applied", "shortlisted", "accepted", "waiting", "declined", "withdrawn")
KINDS = ("plenary", "workshop", "care", "social")

LIGHT = Tokens(
    name="light",
    window="#F5F6F8",
    surface="#FFFFFF",
    surface2="#ECEFF3",
    hover="#E6EAF0",
    border="#D5DAE1",
    edge="#7D8794",
    text="#1A1F27",
    text2="#505A69",
    disabled="#8B94A1",
    accent="#0B6B74",
    accent_hover="#095961",
    on_accent="#FFFFFF",
    accent_soft="#DDF0F1",
    danger="#B3261E",
    warn="#8A5200",
    ok="#17633A",
    focus="#0B6B74",
    now="#C5221F",
    applied=Pair("#1D4F9C", "#E3EDFB"),
    shortlisted=Pair("#5B3A9E", "#EEE7FA"),
    accepted=Pair("#17633A", "#DDF2E4"),
    waiting=Pair("#7A4B00", "#FCEFD0"),
    declined=Pair("#9B1C2E", "#FBE4E7"),
    withdrawn=Pair("#4B5563", "#E9ECF0"),
    plenary=Pair("#0B4E55", "#D6ECEE"),
    workshop=Pair("#3E3A8C", "#E6E5F8"),
    care=Pair("#5C4A00", "#F6EFCF"),
    social=Pair("#7B2F57", "#F8E3EE"),
    bar=Pair("#FFFFFF", "#252B34"),
)

DARK = Tokens(
    name="dark",
    window="#14171C",
    surface="#1B1F26",
    surface2="#252B34",
    hover="#2B323D",
    border="#38404C",
    edge="#7F8A9A",
    text="#E8EBF0",
    text2="#ABB4C2",
    disabled="#6C7584",
    accent="#63C8D0",
    accent_hover="#83D6DC",
    on_accent="#06262A",
    accent_soft="#173A3F",
    danger="#F2B8B5",
    warn="#F2C572",
    ok="#86D9A5",
    focus="#63C8D0",
    now="#FF8A80",
    applied=Pair("#9CC3FF", "#1B2C46"),
    shortlisted=Pair("#C9B2FA", "#2D2444"),
    accepted=Pair("#86D9A5", "#173525"),
    waiting=Pair("#F2C572", "#3A2C10"),
    declined=Pair("#F5A3AE", "#43191F"),
    withdrawn=Pair("#B4BCC8", "#2A2F38"),
    plenary=Pair("#A6E3E8", "#163B40"),
    workshop=Pair("#C3C0FA", "#2A2850"),
    care=Pair("#E8D48A", "#383013"),
    social=Pair("#F2B3D2", "#411D30"),
    bar=Pair("#1A1F27", "#E8EBF0"),
)

THEMES = {"light": LIGHT, "dark": DARK}

SPACE = 4  # pixels; every distance is a multiple of it
RADIUS = 6  # of a control
CARD_RADIUS = 10
FONT_POINTS = 10.0
ROW_PADDING = {"compact": 12, "normal": 18, "roomy": 28}  # pixels added to the height of a line


def luminance(colour: str) -> float:
    """The relative luminance of ``#RRGGBB``, 0 to 1 (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
