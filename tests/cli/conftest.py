"""What the tests of the command line share: a way to run it, and what the practice schools hold."""

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from schoolapp import cli
from tests.packages import EVENTS


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command answered."""

    status: int
    out: str
    error: str

    @property
    def json(self) -> Any:
        """The output as a machine reads it."""
        return json.loads(self.out)


Run = Callable[..., Answer]


@pytest.fixture(autouse=True)
def _own_folder_of_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHOOLAPP_DATA", str(tmp_path / "data"))


@pytest.fixture
def bare(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command as it is; no command ever shows a traceback."""

    def running(*arguments: object) -> Answer:
        capsys.readouterr()
        status = cli.run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        assert "should not have happened" not in said.err
        return Answer(status, said.out, said.err)

    return running


@pytest.fixture
def run(bare: Run, practice_file: Path) -> Run:
    """Runs a command on a copy of the practice schools."""
    return lambda *arguments: bare(*arguments, "--database", practice_file)


def rows_of(file: Path) -> list[dict[str, str]]:
    """The rows of a csv file by heading."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def shipped(name: str) -> Any:
    """The content of a file of the practice packages."""
    return json.loads((EVENTS / name).read_text("utf-8"))


def uid_of() -> dict[str, str]:
    """The uid of every person of the practice packages, by the id the packages use."""
    return {person["id"]: person["uuid"] for person in shipped("people.json")}
