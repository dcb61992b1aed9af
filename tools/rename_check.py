"""Renames fields of rows and functions of commands, one at a time, and checks whether mypy notices.

``python -m tools.rename_check [--fields 60] [--seed 1]`` works on a copy of the package. A field
that a page of the window reads, or a function that a command holds, is renamed in its definition
alone; wherever the name is still used, the type checker has to fail. What it did not notice is
listed, and the exit status is 1: there a name is reached by a string or through ``Any``.
"""

import argparse
import ast
import dis
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import CodeType
from typing import NamedTuple

from tools.import_graph import PACKAGE, ROOT

NEW = "renamed_by_a_check"
METHODS = ("LOAD_METHOD", "LOAD_ATTR")
"""How bytecode reaches what a lambda calls: ``place.view(key)`` reaches ``view``."""
PLACES = Path("schoolapp/desktop/places")
FOLDERS_OF_ROWS = (Path("schoolapp/operations"), Path("schoolapp/domain"), PLACES)


class Definition(NamedTuple):
    """A name where it is defined: the line counts from 1."""

    path: Path
    line: int
    name: str
    owner: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.owner}.{self.name}"


def is_row(node: ast.ClassDef) -> bool:
    """Whether a class is a frozen row: a named tuple or a frozen dataclass."""
    bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
    decorators = [ast.unparse(one) for one in node.decorator_list]
    return "NamedTuple" in bases or any("frozen=True" in one for one in decorators)


def fields(path: Path) -> Iterator[Definition]:
    """The fields of the rows that a module defines."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef) and is_row(node):
            for one in node.body:
                if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
                    yield Definition(path, one.lineno, one.target.id, node.name)


def read_by_the_window() -> dict[str, set[str]]:
    """For each attribute that the places read, the names of classes that they mention with it.

    A module that reads ``.granted`` and mentions ``SubsidyRow`` may read it from there.
    """
    found: dict[str, set[str]] = {}
    for path in PLACES.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        mentioned = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        mentioned |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
                   for alias in node.names}  # fmt: skip
        mentioned |= {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                found.setdefault(node.attr, set()).update(mentioned)
    return found


def rows_of_the_window() -> list[Definition]:
    """The fields of rows that places read by name."""
    read = read_by_the_window()
    modules = [path for folder in FOLDERS_OF_ROWS for path in sorted(folder.rglob("*.py"))]
    return [
        one
        for path in modules
        for one in fields(path)
        if one.owner in read.get(one.name, ()) and not one.name.startswith("_")
    ]


def functions_of_commands() -> list[Definition]:
    """What the commands of the window and of its places hold, each function once."""
    found: dict[tuple[str, int], Definition] = {}
    modules = [f"{PACKAGE}.desktop.shell.window_commands"]
    modules += [
        ".".join(path.with_suffix("").parts) for path in sorted(PLACES.rglob("commands.py"))
    ]
    for module in modules:
        for command in import_module(module).COMMANDS:
            for one in _definitions(command.run.__code__, Path(*module.split(".")).parent):
                found[str(one.path), one.line] = one
    return list(found.values())


def _definitions(code: CodeType, folder: Path) -> Iterator[Definition]:
    """Where a function is defined; for a lambda, what it calls in the folder of its place."""
    path = Path(code.co_filename).resolve().relative_to(ROOT)
    if code.co_name != "<lambda>":
        yield Definition(path, code.co_firstlineno, code.co_name, "")
        return
    reached = [one for one in dis.get_instructions(code) if one.opname.startswith(METHODS)]
    called = str(reached[-1].argval)
    for module in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name == called:
                yield Definition(module, node.lineno, called, "")


class Copy:
    """A copy of the package in which one name at a time is another one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / PACKAGE, folder / PACKAGE)
        shutil.copy(ROOT / "pyproject.toml", folder)

    def fails(self) -> bool:
        """Whether mypy finds something wrong.

        Its daemon checks only what changed, which takes a second; now and then it misses
        something, so mypy itself has the last word.
        """
        return self._run("mypy.dmypy", "run", "--") or self._run("mypy")

    def _run(self, module: str, *words: str) -> bool:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", module, *words, "--config-file=pyproject.toml"],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode not in (0, 1):
            raise RuntimeError(done.stdout + done.stderr)
        return done.returncode == 1

    def notices(self, one: Definition) -> bool:
        """Whether mypy fails when a definition has another name."""
        path = self.folder / one.path
        before = path.read_text(encoding="utf-8")
        lines = before.splitlines(keepends=True)
        at = next(
            n for n in range(one.line - 1, len(lines)) if re.search(rf"\b{one.name}\b", lines[n])
        )
        lines[at] = re.sub(rf"\b{one.name}\b", NEW, lines[at], count=1)
        path.write_text("".join(lines), encoding="utf-8")
        try:
            return self.fails()
        finally:
            path.write_text(before, encoding="utf-8")

    def close(self) -> None:
        """End the daemon."""
        stop = [sys.executable, "-m", "mypy.dmypy", "stop"]
        subprocess.run(stop, cwd=self.folder, capture_output=True, check=False)  # noqa: S603


def main() -> int:
    """Check fields and commands; the exit status."""
    parser = argparse.ArgumentParser(prog="tools.rename_check", description=__doc__)
    parser.add_argument("--fields", type=int, default=60, help="how many fields, 60 by default")
    parser.add_argument("--seed", type=int, default=1, help="another seed chooses others")
    options = parser.parse_args()
    rows, commands = rows_of_the_window(), functions_of_commands()
    chosen = random.Random(options.seed).sample(rows, min(options.fields, len(rows)))  # noqa: S311
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(Path(folder))
        try:
            if copy.fails():
                print("mypy fails before anything was renamed")
                return 1
            missed = [one for one in (*chosen, *commands) if not copy.notices(one)]
        finally:
            copy.close()
    print(f"{len(chosen)} of {len(rows)} fields and {len(commands)} functions of commands renamed,")
    print(f"{len(missed)} of them not noticed", *missed, sep="\n  ")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
