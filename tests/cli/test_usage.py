"""What holds for every command: exit statuses, sentences not tracebacks, documents, output."""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from schoolapp import __main__, __version__, cli
from schoolapp.cli import defect_sentence
from schoolapp.cli.reports import PAPERS
from schoolapp.domain.clashes import BUT_HINTS
from schoolapp.domain.reports import OF_A_PERSON
from schoolapp.exchange.applications import worker
from schoolapp.exchange.calendars import foreign
from tests.cli.conftest import Run
from tests.paths import ROOT

PAPER = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")


def commands(
    parser: argparse.ArgumentParser, name: str = ""
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command that can be run, with its parser: ``export readings``."""
    groups = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not groups:
        yield name, parser
    for group in groups:
        for word, below in group.choices.items():
            yield from commands(below, f"{name} {word}".strip())


COMMANDS = dict(commands(cli.parser()))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented_with_its_options(name: str) -> None:
    """`docs/cli.md` has a heading for each command, and below it each of its options."""
    part = re.search(rf"^### `schoolapp {name}\b.*?(?=^##|\Z)", PAPER, re.M | re.S)
    assert part, f"docs/cli.md has no heading for {name}"
    options = [o for a in COMMANDS[name]._actions for o in a.option_strings if o[:2] == "--"]
    usual = {"--help", "--database", "--key-file"}
    assert [o for o in options if o not in usual and o not in part[0]] == []


def test_the_paper_names_no_command_that_is_not_there() -> None:
    """A command that is removed must leave the page too."""
    named = re.findall(r"^### `schoolapp ([a-z-]+(?: [a-z]+)?)", PAPER, re.M)
    assert sorted(named) == sorted(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, bare: Run) -> None:
    """--help prints the options and ends well."""
    answer = bare(*name.split(), "--help")
    assert answer.status == 0
    assert f"usage: schoolapp {name}" in answer.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["export"],
        ["gatherings", "--nonsense"],
        ["conflicts", "--gathering"],
        ["practice"],
        ["export", "attendance", "--gathering", "gjs2027", "--format", "docx", "--to", "x"],
        ["export", "calendar", "--gathering", "a", "--to", "x", "--everyone", "--person", "b"],
        ["import-applications", "sheet.csv"],
        ["export", "practice", "--to", ""],
        ["export", "readings", "--gathering", "a", "--format", "pdf", "--to", ""],
        ["export", "readings", "--gathering", "a", "--format", "pdf", "--language", "xx"],
    ],
)
def test_wrong_usage_is_2(arguments: list[str], bare: Run) -> None:
    """What cannot be understood exits 2 and says what is expected; nothing is printed."""
    answer = bare(*arguments)
    assert (answer.status, answer.out) == (2, "")
    assert "usage: schoolapp" in answer.error


def test_the_version_is_the_packages(bare: Run) -> None:
    """--version is for reports."""
    assert bare("--version").out == f"schoolapp {__version__}\n"


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        ("{folder}/none.db", "There is no database {folder}/none.db."),
        ("{folder}", "{folder}: Is a directory."),
        ("mysql://example.org/x", "The address of a server begins with postgresql://"),
        ("postgresql://x@127.0.0.1:1/x", "The database does not open. Check its address"),
    ],
)
def test_a_database_that_does_not_open_is_reported(
    where: str, sentence: str, bare: Run, tmp_path: Path
) -> None:
    """One sentence, exit 1."""
    answer = bare("gatherings", "--database", where.format(folder=tmp_path))
    assert (answer.status, answer.out) == (1, "")
    assert answer.error.startswith(sentence.format(folder=tmp_path))
    assert answer.error.count("\n") == 1


@pytest.mark.parametrize(
    "command",
    [
        ["conflicts"],
        ["export", "calendar", "--to", "x"],
        ["export", "attendance", "--format", "csv", "--to", "x"],
        ["export", "readings", "--format", "html", "--to", "x"],
    ],
)
def test_an_unknown_gathering_is_reported(command: list[str], run: Run) -> None:
    """The code is named back."""
    answer = run(*command, "--gathering", "gjs1999")
    assert (answer.status, answer.out) == (1, "")
    assert "There is no gathering with the code gjs1999" in answer.error
    assert not Path("x").exists()


def test_a_defect_is_reported_without_the_data() -> None:
    """A defect is one line with its kind and place; what it says about people is left out."""
    try:
        raise ValueError("Ana Pérez, born 1990")
    except ValueError as defect:
        sentence = defect_sentence(defect)
    assert re.search(r"ValueError in test_usage.py, line \d+\.", sentence)
    assert "Ana" not in sentence


def start(*arguments: object, **changed: str) -> subprocess.Popen[bytes]:
    """The command as a process of its own, as a shell starts it."""
    return subprocess.Popen(
        [sys.executable, "-m", "schoolapp", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "", **changed},  # a shell buffers
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_output_is_utf8_whatever_the_system_speaks(practice_file: Path) -> None:
    """A machine reads the same bytes on every desk, names in every script."""
    process = start(
        "conflicts", "--json", "--database", practice_file, PYTHONIOENCODING="ascii", LC_ALL="C"
    )
    listed = start("conflicts", "--database", practice_file, PYTHONIOENCODING="ascii")
    out, error = process.communicate()
    assert (process.returncode, error) == (0, b"")
    assert out.decode("utf-8").count('"type"') == 43
    out, error = listed.communicate()
    assert (listed.returncode, error) == (0, b"")
    assert "“" in out.decode("utf-8")


@pytest.mark.parametrize(
    "command", [["conflicts", "--json"], ["gatherings"]], ids=["long", "short"]
)
def test_a_reader_that_leaves_is_no_trouble(command: list[str], practice_file: Path) -> None:
    """`schoolapp conflicts | head` ends quietly, whether it has much to say or little."""
    process = start(*command, "--database", practice_file)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    error = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), error) == (1, b"")


def test_stopping_at_the_start_is_a_sentence_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl+C while the program is still being read from the disk shows no traceback."""

    def interrupted() -> argparse.ArgumentParser:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "parser", interrupted)
    monkeypatch.setattr(sys, "argv", ["schoolapp", "gatherings"])
    assert __main__.main() == 1
    assert capsys.readouterr().err == "Stopped. Nothing half done was kept.\n"


def test_a_closed_output_is_no_trouble(practice_file: Path) -> None:
    """`schoolapp gatherings >&-` says nothing and ends well."""
    shell = f"exec {sys.executable} -m schoolapp gatherings --database {practice_file} >&-"
    done = subprocess.run(["sh", "-c", shell], cwd=ROOT, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_frozen_program_knows_the_words_for_reading_apart() -> None:
    """The start compares with words of its own, to import nothing: they are the readers'."""
    assert worker.READER.word == __main__.READ_SHEET_APART
    assert foreign.READER.word == __main__.READ_CALENDAR_APART


def test_an_argument_in_another_encoding_is_reported(run: Run) -> None:
    """A terminal that writes Latin-1 is not a defect of the program."""
    answer = run("conflicts", "--gathering", "gjs\udcff")
    assert answer.status == 1
    assert answer.error.startswith("An argument is not written in UTF-8.")


def test_the_page_names_clashes_and_columns() -> None:
    """`docs/cli.md` has each kind of clash that is exported and each column that can be asked."""
    kinds = [rule.kind for rule in BUT_HINTS if rule.find]
    columns = [column.key for column in OF_A_PERSON]
    assert [name for name in (*kinds, *columns, *PAPERS) if f"`{name}`" not in PAPER] == []
