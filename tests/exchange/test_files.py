"""Files and folders that are whole or not there."""

import os
from pathlib import Path

import pytest

from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.files import safe_folder, safe_write


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_written_file_replaces_the_old_one(tmp_path: Path) -> None:
    """The new content is there, and nothing beside it."""
    target = tmp_path / "report.csv"
    for content in (b"old", b"new and longer"):
        safe_write(target, content)
        assert target.read_bytes() == content
    assert names(tmp_path) == {"report.csv"}


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    """What is in the way stays, the attempt is cleaned up and the error is reported."""
    (tmp_path / "report.csv").mkdir()
    with pytest.raises(OSError, match=r"report\.csv"):
        safe_write(tmp_path / "report.csv", b"new")
    assert names(tmp_path) == {"report.csv"}


def export_that_fails(target: Path) -> None:
    with safe_folder(target, last="index.json") as fresh:
        (fresh / "a.ics").write_bytes(b"new")
        (fresh / "missing" / "b.ics").write_bytes(b"new")


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    """A pipe or a device of that name stays what it is."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(RuleBroken, match="pipe is no file"):
        safe_write(pipe, b"new")
    assert pipe.is_fifo()
    assert names(tmp_path) == {"pipe"}


def test_a_file_is_not_taken_for_a_folder(tmp_path: Path) -> None:
    """A file that has the name of the folder stays, and the sentence names it."""
    (tmp_path / "out").write_text("mine")
    with pytest.raises(RuleBroken, match=r"out is no folder"), safe_folder(tmp_path / "out", "x"):
        raise AssertionError("nothing is written first")
    assert names(tmp_path) == {"out"}


@pytest.mark.parametrize("exists", [False, True])
def test_a_folder_appears_whole(exists: bool, tmp_path: Path) -> None:
    """Until the block ends the folder is not there, or empty as it was."""
    target = tmp_path / "deep" / "out"
    if exists:
        target.mkdir(parents=True)
    with safe_folder(target, last="index.json") as fresh:
        (fresh / "a.ics").write_bytes(b"a")
        (fresh / "index.json").write_bytes(b"i")
        assert not target.exists() or names(target) == set()
    assert names(target) == {"a.ics", "index.json"}
    assert names(target.parent) == {"out"}


def test_an_interrupted_folder_leaves_the_old_one(tmp_path: Path) -> None:
    """An error inside the block changes nothing and leaves nothing behind."""
    target = tmp_path / "out"
    target.mkdir()
    (target / "a.ics").write_bytes(b"old")
    with pytest.raises(FileNotFoundError):
        export_that_fails(target)
    assert (target / "a.ics").read_bytes() == b"old"
    assert names(tmp_path) == {"out"}


def test_a_folder_with_things_in_it_keeps_them(tmp_path: Path) -> None:
    """Files of the same name are replaced, all others stay."""
    target = tmp_path / "out"
    target.mkdir()
    (target / "a.ics").write_bytes(b"old")
    (target / "mine").mkdir()
    with safe_folder(target, last="index.json") as fresh:
        (fresh / "a.ics").write_bytes(b"new")
        (fresh / "index.json").write_bytes(b"i")
    assert (target / "a.ics").read_bytes() == b"new"
    assert names(target) == {"a.ics", "index.json", "mine"}


def test_the_index_is_replaced_after_all_it_names(tmp_path: Path) -> None:
    """When a file cannot be replaced, the old index still says what was there."""
    target = tmp_path / "out"
    (target / "z.ics").mkdir(parents=True)  # in the way
    (target / "index.json").write_bytes(b"old")
    with pytest.raises(OSError, match=r"z\.ics"):
        export_two(target)
    assert (target / "index.json").read_bytes() == b"old"


def export_two(target: Path) -> None:
    with safe_folder(target, last="index.json") as fresh:
        for name in ("z.ics", "index.json"):
            (fresh / name).write_bytes(b"new")


def test_what_a_killed_run_left_is_cleared(tmp_path: Path) -> None:
    """The half-made folder of a killed run does not get into the next one."""
    half = tmp_path / ".out.partial"
    half.mkdir()
    (half / "half.ics").write_bytes(b"half")
    with safe_folder(tmp_path / "out", last="index.json") as fresh:
        (fresh / "index.json").write_bytes(b"i")
    assert names(tmp_path / "out") == {"index.json"}
    assert names(tmp_path) == {"out"}


def test_the_folder_one_is_in_can_be_filled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``.`` is a folder like any other."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").write_bytes(b"mine")
    with safe_folder(Path("."), last="index.json") as fresh:
        (fresh / "index.json").write_bytes(b"i")
    assert names(tmp_path) == {"index.json", "mine"}
