"""Colours: readable on every ground, in both themes; and every state has one."""

from itertools import product

import pytest
import yaml

from schoolapp.base.shipped import folder
from schoolapp.desktop.look import states
from schoolapp.desktop.look.icons import pixmap
from schoolapp.desktop.look.tokens import KINDS, LOOKS, THEMES, contrast
from tests.paths import ROOT


@pytest.mark.parametrize("theme", THEMES)
def test_text_is_readable_on_every_ground(theme: str) -> None:
    """Text reaches 4.5:1 (WCAG 2.2, 1.4.3) on each background it may have."""
    t = THEMES[theme]
    grounds = (t.window, t.surface, t.surface2, t.hover, t.accent_soft)
    for ink, ground in product((t.text, t.text2), grounds):
        assert contrast(ink, ground) >= 4.5, (ink, ground)
    for ink in (t.danger, t.warn, t.ok, t.accent):
        assert contrast(ink, t.surface) >= 4.5, ink
    assert contrast(t.on_accent, t.accent) >= 4.5
    assert contrast(t.on_accent, t.accent_hover) >= 4.5
    assert contrast(t.surface, t.danger) >= 4.5
    assert contrast(t.bar.ink, t.bar.ground) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_edges_and_the_ring_can_be_seen(theme: str) -> None:
    """What bounds a control or shows the focus reaches 3:1 (WCAG 2.2, 1.4.11)."""
    t = THEMES[theme]
    for line, ground in product((t.edge, t.focus), (t.window, t.surface)):
        assert contrast(line, ground) >= 3.0, (line, ground)


@pytest.mark.parametrize("theme", THEMES)
def test_states_and_kinds_are_readable(theme: str) -> None:
    """The words on chips and cards of the programme reach 6:1."""
    for name in (*LOOKS, *KINDS):
        pair = THEMES[theme].pair(name)
        assert contrast(pair.ink, pair.ground) >= 6.0, name


def test_contrast_knows_black_and_white() -> None:
    """The measurement itself: 21 between black and white, 1 between equals."""
    assert round(contrast("#000000", "#FFFFFF"), 2) == 21
    assert contrast("#0B6B74", "#0B6B74") == 1


def test_every_state_has_a_look_an_icon_and_a_word(qapp: object) -> None:
    """State is never shown by colour alone: each look has an existing icon, and words."""
    for machine in states.machines():
        for state in states.states_of(machine):
            look = states.state_look(machine, state)
            assert look.look in LOOKS
            assert not pixmap(look.icon, "#000000", 16).isNull()
            assert look.text


def test_the_sheets_hold_no_font_sizes_and_no_open_places() -> None:
    """A font size here would not follow the user's; a brace would be an unfilled placeholder."""
    for theme in THEMES:
        text = (folder("resources") / "themes" / f"{theme}.qss").read_text(encoding="utf-8")
        assert "font-size" not in text
        assert "{{" not in text


def test_the_sheets_are_those_of_the_tokens() -> None:
    """`make theme` was run after the last change of a colour."""
    for name, tokens in THEMES.items():
        text = (folder("resources") / "themes" / f"{name}.qss").read_text(encoding="utf-8")
        assert f"background: {tokens.window}; }}" in text
        assert f"border: 1px solid {tokens.edge};" in text
        assert f"background: {tokens.accent}; color: {tokens.on_accent};" in text


def reference() -> dict[str, dict[str, list[str]]]:
    """The workflows of the practice schools."""
    path = ROOT / "tests" / "data" / "state_machines.yaml"
    found: dict[str, dict[str, list[str]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("machine", sorted(reference()))
def test_every_state_of_every_workflow_is_known(machine: str) -> None:
    """No state of a workflow is without a look."""
    assert set(reference()[machine]["states"]) <= set(states.states_of(machine))
