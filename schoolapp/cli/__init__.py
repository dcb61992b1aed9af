"""The command line: the operations of the program for scripts and tests."""

import argparse
import io
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from schoolapp import __version__
from schoolapp.base.language import _
from schoolapp.domain.rules import RuleBroken

Run = Callable[[argparse.Namespace], int]


def run(arguments: Sequence[str]) -> int:
    """Carry out a command; 0, or 1 with a sentence on the error output, or 2 for wrong usage."""
    _speak_utf8()
    try:
        options = parser().parse_args(arguments)
    except SystemExit as stop:  # argparse has said what is wrong
        return int(stop.code or 0)
    try:
        command: Run = options.run
        status = command(options)
        if sys.stdout:  # there is none where a shell closed it
            sys.stdout.flush()  # a closed pipe fails here, not while Python ends
        return status
    except RuleBroken as broken:
        print(broken.sentence(), file=sys.stderr)
    except UnicodeEncodeError as trouble:
        print(encoding_sentence(trouble, arguments), file=sys.stderr)
    except KeyboardInterrupt:
        print(_("Stopped. Nothing half done was kept."), file=sys.stderr)
    except BrokenPipeError:
        _forget_output()
    except OSError as trouble:
        print(trouble_sentence(trouble), file=sys.stderr)
    except Exception as defect:
        print(defect_sentence(defect), file=sys.stderr)
    return 1


def trouble_sentence(trouble: OSError) -> str:
    """What the machine refused, and for which file."""
    return _("{file}: {why}.").format(
        file=trouble.filename or _("A file"), why=trouble.strerror or type(trouble).__name__
    )


def encoding_sentence(trouble: UnicodeEncodeError, arguments: Sequence[str]) -> str:
    """What is not UTF-8: an argument, or else something of our own, which is a defect."""
    if trouble.object in arguments:
        return _("An argument is not written in UTF-8. Set the encoding of the terminal to it.")
    return defect_sentence(trouble)


def defect_sentence(defect: Exception) -> str:
    """What to report of a defect: its kind and place, and nothing of the data."""
    last = traceback.extract_tb(defect.__traceback__)[-1]
    return _(
        "This should not have happened: {kind} in {file}, line {line}."
        " Nothing was left half stored. Please report this line."
    ).format(kind=type(defect).__name__, file=Path(last.filename).name, line=last.lineno)


def _speak_utf8() -> None:
    """Print UTF-8 whatever the system's own encoding is; names come in many scripts."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _forget_output() -> None:
    """Nobody reads any more (``schoolapp ... | head``): let Python end without an error."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    from schoolapp.cli import administration, exchange, invitations, mail, practice, reports

    made = argparse.ArgumentParser(
        prog="schoolapp",
        description="Organises schools, seminars and youth camps. Without a command: the window.",
    )
    made.add_argument("--version", action="version", version=f"schoolapp {__version__}")
    commands = made.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for part in (practice, exchange, invitations, mail, reports, administration):
        part.add_commands(commands)
    return made
