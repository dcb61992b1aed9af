"""Where the files of this user are kept."""

import sys
from pathlib import Path

import platformdirs
import pytest

from schoolapp.base import folders


@pytest.fixture(autouse=True)
def nothing_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a desk where nobody has set where the data lies."""
    monkeypatch.delenv("SCHOOLAPP_DATA", raising=False)


def test_a_named_folder_holds_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """``SCHOOLAPP_DATA`` moves data and settings."""
    monkeypatch.setenv("SCHOOLAPP_DATA", str(tmp_path))
    assert folders.data_folder() == folders.settings_folder() == tmp_path


@pytest.mark.parametrize("is_set", [True, False])
def test_the_platform_decides(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, is_set: bool
) -> None:
    """Without it the folders are those that platformdirs knows for this platform."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        if is_set:
            monkeypatch.setenv(name, str(tmp_path / name))
        else:
            monkeypatch.delenv(name, raising=False)
    assert folders.data_folder() == platformdirs.user_data_path("schoolapp", appauthor=False)
    assert folders.settings_folder() == platformdirs.user_config_path("schoolapp", appauthor=False)


def test_other_platforms_are_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Windows and macOS have customs of their own; one library knows them."""
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert folders.data_folder() == platformdirs.user_data_path("schoolapp", appauthor=False)


def test_a_relative_folder_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    """XDG Base Directory Specification: all paths must be absolute, a relative one is ignored."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", "here")
    assert folders.data_folder() == Path.home() / ".local/share/schoolapp"
