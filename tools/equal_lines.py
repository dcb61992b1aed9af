"""Finds six lines that occur twice: equal once their names are replaced.

``python -m tools.equal_lines [--lines 6]`` reads the bodies of all functions, written out in one
form and without docstrings. In each run of lines a name becomes the number of its first use there,
so that the same work done on other things is the same text; words and figures stay. What a module
declares outside functions (columns, commands, fields, tables) is ignored. Pairs are listed, and the
exit status is 1 if there is one.
"""

import argparse
import ast
import io
import keyword
import sys
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tools.import_graph import PACKAGE, ROOT

Function = ast.FunctionDef | ast.AsyncFunctionDef
LINES = 6


class Run(NamedTuple):
    """Some lines of a function: where the function begins, and which of its lines they are."""

    path: Path
    function: str
    line: int
    first: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.function}, from its line {self.first + 1}"


def body(function: Function) -> list[str]:
    """The lines of a body in one form, without docstring and inner functions."""
    lines: list[str] = []
    for at, statement in enumerate(function.body):
        is_docstring = at == 0 and ast.get_docstring(function) is not None
        if not is_docstring and not isinstance(statement, Function):
            lines += ast.unparse(statement).splitlines()
    return lines


def shape(lines: list[str]) -> str:
    """The lines with each name replaced by the number of its first use."""
    known: dict[str, str] = {}
    written = []
    for token in tokenize.generate_tokens(io.StringIO("\n".join(lines)).readline):
        is_name = token.type == tokenize.NAME and not keyword.iskeyword(token.string)
        name = known.setdefault(token.string, f"n{len(known)}") if is_name else token.string
        written.append(name)
    return " ".join(written)


def runs(package: Path, length: int) -> Iterator[tuple[str, Run]]:
    """Every run of so many lines in every function, with its shape."""
    for path in sorted(package.rglob("*.py")):
        if "versions" in path.parts:  # a revision stands alone and is never edited
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, Function):
                lines = body(node)
                for first in range(len(lines) - length + 1):
                    part = lines[first : first + length]
                    try:
                        text = shape(part)
                    except (tokenize.TokenError, IndentationError):  # it begins or ends inside
                        continue
                    yield text, Run(path.relative_to(package.parent), node.name, node.lineno, first)


def pairs(package: Path = ROOT / PACKAGE, length: int = LINES) -> list[tuple[Run, ...]]:
    """The places of each shape that occurs in several functions; of neighbouring runs the first."""
    found: dict[str, list[Run]] = defaultdict(list)
    for text, run in runs(package, length):
        found[text].append(run)
    listed: list[tuple[Run, ...]] = []
    seen: set[tuple[tuple[Path, int], ...]] = set()
    for places in found.values():
        functions = tuple(sorted({(run.path, run.line) for run in places}))
        if len(functions) > 1 and functions not in seen:
            seen.add(functions)
            listed.append(tuple(places))
    return listed


def main() -> int:
    """List the pairs; the exit status."""
    parser = argparse.ArgumentParser(prog="tools.equal_lines", description=__doc__)
    parser.add_argument("--lines", type=int, default=LINES, help="how many lines make a pair")
    found = pairs(length=parser.parse_args().lines)
    for places in found:
        print(*places, sep="\n  = ")
    print(f"{len(found)} shapes occur more than once")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
