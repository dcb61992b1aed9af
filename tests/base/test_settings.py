"""Settings: declared once, kept in a file that never stops the start."""

from pathlib import Path

import pytest

from schoolapp.base import settings
from schoolapp.base.settings import ALL, Settings


def test_every_setting_has_a_sentence_and_its_own_key() -> None:
    """The list says what each setting means; no key occurs twice."""
    assert all(one.sentence.endswith(".") for one in ALL)
    assert len({one.key for one in ALL}) == len(ALL)


def test_every_default_is_allowed() -> None:
    """A setting accepts its own default."""
    assert all(one.accepts(one.default) for one in ALL)


def test_a_value_comes_back_in_a_new_process(tmp_path: Path) -> None:
    """What was set is read again from the file, with its type."""
    path = tmp_path / "folder" / "settings.json"
    first = Settings(path)
    first.put(settings.TEXT_SIZE, 2.0)
    first.put(settings.HIDE_PRIVATE, True)
    first.put(settings.LANGUAGE, "ur")
    again = Settings(path)
    assert again.get(settings.TEXT_SIZE) == 2.0
    assert again.get(settings.HIDE_PRIVATE) is True
    assert again.get(settings.LANGUAGE) == "ur"


@pytest.mark.parametrize(
    "text", ["", "{", "[1]", "\x00", '{"theme": 3, "text_size": "large", "density": "tight"}']
)
def test_a_broken_file_never_stops_the_start(tmp_path: Path, text: str) -> None:
    """If the file cannot be used, the defaults hold."""
    path = tmp_path / "settings.json"
    path.write_text(text, encoding="utf-8")
    kept = Settings(path)
    assert kept.get(settings.THEME) == "system"
    assert kept.get(settings.TEXT_SIZE) == 1.0
    assert kept.get(settings.DENSITY) == "normal"


def test_a_folder_that_cannot_be_written_loses_nothing_in_this_run(tmp_path: Path) -> None:
    """The values live on in memory."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    kept = Settings(tmp_path / "file" / "settings.json")
    kept.put(settings.THEME, "dark")
    assert kept.get(settings.THEME) == "dark"


def test_a_value_out_of_bounds_is_refused() -> None:
    """Text is never smaller than 0.9 nor larger than 2.0 times the usual."""
    with pytest.raises(ValueError, match="text_size"):
        Settings().put(settings.TEXT_SIZE, 2.5)


def test_a_whole_number_stands_for_a_float(tmp_path: Path) -> None:
    """JSON edited by hand may say 2 where 2.0 is intended."""
    path = tmp_path / "settings.json"
    path.write_text('{"text_size": 2}', encoding="utf-8")
    assert Settings(path).get(settings.TEXT_SIZE) == 2.0


def test_what_was_open_last_is_kept_for_each_profile(tmp_path: Path) -> None:
    """A gathering, place or view of the practice schools opens nothing in one's own school, and the
    language is the same in both."""
    path = tmp_path / "settings.json"
    kept = Settings(path)
    kept.use_profile("default")
    kept.put(settings.LAST_GATHERING, 7)
    kept.put(settings.LAST_PLACE, "money")
    kept.put(settings.LANGUAGE, "fr")
    kept.use_profile("practice")
    assert (kept.get(settings.LAST_GATHERING), kept.get(settings.LAST_PLACE)) == (0, "")
    kept.put(settings.LAST_GATHERING, 2)
    again = Settings(path)
    again.use_profile("default")
    assert (again.get(settings.LAST_GATHERING), again.get(settings.LAST_PLACE)) == (7, "money")
    assert again.get(settings.LANGUAGE) == "fr"


def test_two_windows_do_not_take_back_what_the_other_keeps(tmp_path: Path) -> None:
    """The practice schools open beside one's own: each writes its own values into one file."""
    path = tmp_path / "settings.json"
    own, practice = Settings(path), Settings(path)
    own.use_profile("default")
    practice.use_profile("practice")
    practice.put(settings.LAST_GATHERING, 2)
    own.put(settings.LAST_GATHERING, 7)
    practice.put(settings.THEME, "dark")
    read = Settings(path)
    read.use_profile("practice")
    assert (read.get(settings.LAST_GATHERING), read.get(settings.THEME)) == (2, "dark")
    read.use_profile("default")
    assert read.get(settings.LAST_GATHERING) == 7
