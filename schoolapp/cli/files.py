"""Files and languages among the arguments of a command, and writing a file whole."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias, TypedDict

from schoolapp.base.language import RECIPIENT_LANGUAGES, _, mark
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.files import safe_write

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""Where the parsers of commands are added."""


def named_path(text: str) -> Path:
    """A path among the arguments; an empty one is usually a variable that was never set."""
    if not text:
        raise argparse.ArgumentTypeError(_("the name is empty"))
    return Path(text)


def language_tag(text: str) -> str:
    """A language among the arguments in which the program can write to readers."""
    tag = text.replace("_", "-")
    if tag.partition("-")[0] not in RECIPIENT_LANGUAGES:
        raise argparse.ArgumentTypeError(
            _("{tag} is none of {tags}").format(tag=text, tags=", ".join(RECIPIENT_LANGUAGES))
        )
    return tag


class _Language(TypedDict):
    """What ``add_argument`` is given for a language."""

    type: Callable[[str], str]
    default: str
    metavar: str
    help: str


LANGUAGE: _Language = {
    "type": language_tag,
    "default": "en",
    "metavar": "TAG",
    "help": "the reader's language",
}


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole; ``RuleBroken`` with its name and the reason if that is refused."""
    try:
        safe_write(path, data)
    except OSError as trouble:
        raise RuleBroken(
            mark("{path} cannot be written: {why}."), path=path, why=trouble.strerror
        ) from trouble
