"""The command line: the operations of the program for scripts and tests."""

import argparse
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from schoolapp import __version__
from schoolapp.domain.rules import RuleBroken

Run = Callable[[argparse.Namespace], int]


def run(arguments: Sequence[str]) -> int:
    """Carry out a command; 0, or 1 with a sentence on the error output, or 2 for wrong usage."""
    try:
        options = parser().parse_args(arguments)
    except SystemExit as stop:  # argparse has said what is wrong
        return int(stop.code or 0)
    try:
        command: Run = options.run
        return command(options)
    except RuleBroken as broken:
        print(broken.sentence(), file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped. Nothing half done was kept.", file=sys.stderr)
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as trouble:
        print(f"{trouble.filename or 'The file'}: {trouble.strerror}.", file=sys.stderr)
    except Exception as defect:
        print(defect_sentence(defect), file=sys.stderr)
    return 1


def defect_sentence(defect: Exception) -> str:
    """What to report of a defect: its kind and place, and nothing of the data."""
    last = traceback.extract_tb(defect.__traceback__)[-1]
    where = f"{Path(last.filename).name}, line {last.lineno}"
    return (
        f"This should not have happened: {type(defect).__name__} in {where}."
        " Nothing was changed. Please report this line."
    )


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    from schoolapp.cli import administration, exchange, practice

    made = argparse.ArgumentParser(
        prog="schoolapp",
        description="Organises schools, seminars and youth camps. Without a command: the window.",
    )
    made.add_argument("--version", action="version", version=f"schoolapp {__version__}")
    commands = made.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for part in (practice, exchange, administration):
        part.add_commands(commands)
    return made
