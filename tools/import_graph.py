"""Draws which module imports which, as text or for Graphviz, and finds circles.

``python -m tools.import_graph`` lists the circles of modules and of folders, and ends with 1 if
there is one; ``--dot`` prints the folders and their imports for ``dot -Tsvg``. Every import counts:
those inside functions and those for type checkers close a circle like any other. That a package
runs before its modules does not count: each module would form a circle with its own package.
"""

import argparse
import ast
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = "schoolapp"

Graph = Mapping[str, frozenset[str]]


def modules(package: Path) -> dict[str, Path]:
    """The modules of a package by dotted name."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(source: str, known: Iterable[str]) -> Iterator[str]:
    """The known modules that a source imports, wherever the import is in it."""
    names = frozenset(known)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                if whole in names or node.module in names:
                    yield whole if whole in names else node.module


def graph_of(package: Path = ROOT / PACKAGE) -> Graph:
    """Each module with those that it imports."""
    found = modules(package)
    return {
        name: frozenset(imported(path.read_text(encoding="utf-8"), found)) - {name}
        for name, path in found.items()
    }


def of_folders(graph: Graph, package: Path = ROOT / PACKAGE) -> Graph:
    """Each folder with the folders whose modules its own import."""
    home = {
        name: name if path.name == "__init__.py" else name.rpartition(".")[0]
        for name, path in modules(package).items()
    }
    found: dict[str, set[str]] = defaultdict(set)
    for name, wanted in graph.items():
        found[home[name]] |= {home[one] for one in wanted} - {home[name]}
    return {name: frozenset(wanted) for name, wanted in found.items()}


def circles(graph: Graph) -> list[tuple[str, ...]]:
    """The groups of names that all reach one another, by Tarjan's algorithm."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    path: list[str] = []
    found: list[tuple[str, ...]] = []

    def visit(name: str) -> None:
        order[name] = lowest[name] = len(order)
        path.append(name)
        for other in sorted(graph.get(name, ())):
            if other not in order:
                visit(other)
                lowest[name] = min(lowest[name], lowest[other])
            elif other in path:
                lowest[name] = min(lowest[name], order[other])
        if lowest[name] == order[name]:
            at = path.index(name)
            group = tuple(sorted(path[at:]))
            del path[at:]
            if len(group) > 1:
                found.append(group)

    for name in sorted(graph):
        if name not in order:
            visit(name)
    return found


def as_dot(graph: Graph) -> str:
    """The graph in the language of Graphviz, without the name of the package."""
    short = {name: name.removeprefix(f"{PACKAGE}.") for name in graph}
    lines = [
        f'  "{short[name]}" -> "{short[other]}";'
        for name in sorted(graph)
        for other in sorted(graph[name])
        if other in short
    ]
    return "\n".join(["digraph {", "  rankdir=TB; node [shape=box];", *lines, "}"])


def main() -> int:
    """Report circles, or print the picture; the exit status."""
    parser = argparse.ArgumentParser(prog="tools.import_graph", description=__doc__)
    parser.add_argument("--dot", action="store_true", help="the folders, for dot -Tsvg")
    graph = graph_of()
    if parser.parse_args().dot:
        print(as_dot(of_folders(graph)))
        return 0
    found = circles(graph)
    for group in found:
        print("circle:", *group, sep="\n  ")
        for one in group:
            print(f"    {one} imports", ", ".join(sorted(graph[one] & set(group))))
    print(f"{len(graph)} modules, {sum(map(len, graph.values()))} imports, {len(found)} circles")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
