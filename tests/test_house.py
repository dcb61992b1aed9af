"""The house: no circles, no crowded folders, no giants, types up to the cell, one word a thing."""

import ast
import re
from collections import defaultdict
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass
from enum import Enum
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractTableModel, QTranslator
from PySide6.QtWidgets import QLayout, QTableView, QWidget
from vulture import Vulture

from schoolapp.desktop.look.tokens import Tokens
from schoolapp.domain.base import Base
from tests.paths import ROOT
from tools.equal_lines import Function, pairs
from tools.import_graph import circles, graph_of, imported, modules

PACKAGE = ROOT / "schoolapp"
MODULES = modules(PACKAGE)
TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in MODULES.items()}
MOST_MODULES = 16
"""In a folder of the desktop, apart from ``__init__.py``."""
MOST_METHODS = 60
MOST_ANY = {
    "domain": 0.7,
    "storage": 10.5,
    "exchange": 3.6,
    "operations": 4.0,
    "desktop": 1.7,
    "cli": 0.0,
}
"""The highest share of functions, in percent, that mention ``Any`` in their signature, or a type
that is made with it."""


def test_nothing_imports_in_a_circle() -> None:
    """Imports for type checkers and inside functions counted: each module can be read alone."""
    assert circles(graph_of(PACKAGE)) == []
    source = "import a\nif TYPE_CHECKING:\n    import a.b\ndef f():\n    from a import c, d"
    assert set(imported(source, ["a", "a.b", "a.c"])) == {"a", "a.b", "a.c"}
    assert circles({"a": frozenset("b"), "b": frozenset("c"), "c": frozenset("a")}) == [
        ("a", "b", "c")
    ]


def test_no_folder_of_the_desktop_is_crowded() -> None:
    """What is in one list is seen at a glance."""
    folders: dict[Path, int] = defaultdict(int)
    for path in (PACKAGE / "desktop").rglob("*.py"):
        folders[path.parent] += path.name != "__init__.py"
    assert {str(f.relative_to(PACKAGE)): n for f, n in folders.items() if n > MOST_MODULES} == {}


def names_in(name: str) -> dict[str, tuple[str, str]]:
    """What a module calls a thing, with the module and the name that it is declared under."""
    tree = TREES[name]
    imported = {
        alias.asname or alias.name: (node.module or "", alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return imported | {n.name: (name, n.name) for n in tree.body if isinstance(n, ast.ClassDef)}


def classes() -> dict[tuple[str, str], tuple[set[str], list[tuple[str, str]]]]:
    """Each class by its module and name: its own methods, and its bases by theirs."""
    found = {}
    for module, tree in TREES.items():
        known = names_in(module)
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                own = {one.name for one in node.body if isinstance(one, Function)}
                bases = [ast.unparse(base).partition("[")[0] for base in node.bases]
                found[module, node.name] = (own, [known.get(base, ("", base)) for base in bases])
    return found


def methods(
    one: tuple[str, str], known: dict[tuple[str, str], tuple[set[str], list[tuple[str, str]]]]
) -> set[str]:
    """The methods of a class, with those of our own bases."""
    own, bases = known.get(one, (set(), []))
    return own.union(*(methods(base, known) for base in bases))


def test_no_class_is_a_giant() -> None:
    """A class has at most sixty methods, those of our own bases counted."""
    known = classes()
    counted = {one: len(methods(one, known)) for one in known}
    assert {one: count for one, count in counted.items() if count > MOST_METHODS} == {}
    kit, programme = "schoolapp.desktop.kit", "schoolapp.desktop.places.programme.place"
    place, table_place = (
        counted[f"{kit}.place", "Place"],
        counted[f"{kit}.table_place", "TablePlace"],
    )
    assert counted[programme, "Programme"] > place > 20, "the methods of a base count"
    assert table_place > place


def names_of_any() -> set[str]:
    """``Any``, and the names of types that are made with it, such as ``AnyCommand``."""
    return {"Any"} | {
        target.id
        for tree in TREES.values()
        for node in tree.body
        if isinstance(node, ast.Assign) and re.search(r"\bAny\b", ast.unparse(node.value))
        for target in node.targets
        if isinstance(target, ast.Name)
    }


LOOSE = re.compile(rf"\b({'|'.join(names_of_any())})\b")


def mentions_any(annotation: ast.expr | None) -> bool:
    """Whether an annotation says ``Any``, by another name or quoted too."""
    return annotation is not None and LOOSE.search(ast.unparse(annotation)) is not None


def share_of_any(layer: str) -> float:
    """The share of a layer's functions, in percent, with ``Any`` in their signature."""
    found = [
        node
        for name, tree in TREES.items()
        if name.startswith(f"schoolapp.{layer}") and ".versions." not in name
        for node in ast.walk(tree)
        if isinstance(node, Function)
    ]
    return 100 * sum(map(is_loose, found)) / len(found)


def is_loose(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function says ``Any`` of an argument or of what it returns."""
    given = node.args
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    said = [one.annotation for one in every if one is not None]
    return any(map(mentions_any, (*said, node.returns)))


@pytest.mark.parametrize(
    ("signature", "loose"),
    [
        ("a: int, *, b: str = '') -> None", False),
        ("a: Any) -> None", True),
        ("*a: 'list[Any]') -> None", True),
        ("*, b: dict[str, AnyCommand]) -> None", True),
        ("**more: Any) -> None", True),
        (") -> Any", True),
    ],
)
def test_any_is_found_wherever_it_is_said(signature: str, loose: bool) -> None:
    """In each kind of argument, quoted, by another name, and in what is returned."""
    (function,) = ast.parse(f"def f({signature}: ...").body
    assert isinstance(function, Function)
    assert is_loose(function) is loose


@pytest.mark.parametrize("layer", MOST_ANY)
def test_types_hold_up_to_the_cell(layer: str) -> None:
    """``Any`` in a signature hides a renamed field from the type checker: it may only get rarer."""
    share = share_of_any(layer)
    assert share <= MOST_ANY[layer]


def table(heading: str) -> list[tuple[str, str]]:
    """The rows of a table in the page of words."""
    text = (ROOT / "docs" / "words.md").read_text(encoding="utf-8")
    part = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", part, re.M)
    return [(a, b) for a, b in rows[1:]]


def test_a_module_name_means_one_thing_in_its_layer() -> None:
    """A reader of one module of a name knows what the next one of that name is."""
    known = {n for names, _ in table("Names of modules that many folders have")
             for n in re.findall(r"`(\w+)`", names)}  # fmt: skip
    assert len(known) > 10
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, path in MODULES.items():
        if path.name != "__init__.py" and ".versions." not in name:
            _package, layer, *_rest = name.split(".")
            found[layer, path.stem].append(name)
    several = {stem: names for (_layer, stem), names in found.items() if len(names) > 1}
    assert {stem: names for stem, names in several.items() if stem not in known} == {}


def test_words_that_are_not_used() -> None:
    """No module, class or function is called by a word that has been replaced by another."""
    words = [word for word, _instead in table("Words that are not used")]
    assert "fate" in words
    names = {name.rpartition(".")[2] for name in MODULES}
    for tree in TREES.values():
        names |= {n.name for n in ast.walk(tree) if isinstance(n, Function | ast.ClassDef)}
    pattern = re.compile(rf"(^|_)({'|'.join(words)})s?(_|$)")
    spelled = {name: re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower() for name in names}
    assert sorted(name for name, text in spelled.items() if pattern.search(text)) == []


def test_no_six_lines_stand_twice() -> None:
    """The same work on other things is one function, whatever its names are."""
    assert [list(map(str, places)) for places in pairs()] == []


def test_six_equal_lines_are_found(tmp_path: Path) -> None:
    """Other names do not hide that the work is the same; another figure is other work."""
    lines = "def {0}({1}):\n" + "".join(f"    {{1}}.append({n})\n" for n in range(6))
    (tmp_path / "one.py").write_text(lines.format("f", "x"))
    (tmp_path / "two.py").write_text(lines.format("g", "y"))
    assert [[run.function for run in places] for places in pairs(tmp_path)] == [["f", "g"]]
    (tmp_path / "two.py").write_text(lines.format("g", "y").replace("5", "6"))
    assert pairs(tmp_path) == []


OWN_ROWS = {
    "cli/test_hostile_school.py": 4,  # texts that no form takes, as files from outside hold them
    "operations/people/test_editing.py": 1,  # a code that only a package brings in
    "operations/people/test_erasing.py": 1,  # a row in each table, whatever tables there are
    "operations/programme/test_programme.py": 1,  # invited, not published: only in a package
}
"""How often a test adds rows of its own, beside those of the storage. It may only become less."""
ENGINE = ("storage/", "properties/test_journal.py", "test_databases.py")
"""Tests of the storage itself, which need plain rows."""


def adds_rows(tree: ast.Module) -> int:
    """How often a module adds entities to a session of the database, or rows in bulk."""
    entities = {mapper.class_.__name__ for mapper in Base.registry.mappers}

    def is_made(node: ast.AST) -> bool:
        return isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in entities

    count = 0
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        *whose, name = ast.unparse(node.func).split(".")
        given = [one for argument in node.args for one in ast.walk(argument)]
        to_session = whose in (["s"], ["session"]) or any(map(is_made, given))
        count += name == "insert_rows" or (name in ("add", "add_all") and to_session)
    return count


def test_tests_begin_with_what_a_user_can_make() -> None:
    """Only tests of the storage add rows; the others call operations, mostly through builders."""
    folder = ROOT / "tests"
    trees = {
        path.relative_to(folder).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in folder.rglob("*.py")
    }
    found = {
        name: count
        for name, tree in trees.items()
        if not name.startswith(ENGINE) and (count := adds_rows(tree))
    }
    assert found == OWN_ROWS
    using = {
        name
        for name, tree in trees.items()
        if not name.startswith(ENGINE)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tests.storage")
    }
    assert using <= OWN_ROWS.keys()


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("s.add(Person(code='P1'))", 1),
        ("desk.session.add_all([one, domain.Person()])", 1),
        ("session.add_all(made)", 1),
        ("store.change('x', lambda s: s.add(who))", 1),
        ("insert_rows(s, Person, values)", 1),
        ("found.add(name)", 0),
        ("panel.items.add()", 0),
        ("b.person(s, name='Ana')", 0),
    ],
)
def test_rows_of_a_test_are_found(line: str, count: int) -> None:
    """Whatever the session is called, if an entity is made; whatever is added, to a session."""
    assert adds_rows(ast.parse(line)) == count


def test_marks_lead_to_their_story() -> None:
    """A mark such as (S45) in a docstring leads to what it means."""
    stories = (ROOT / "docs" / "stories.md").read_text(encoding="utf-8")
    known = set(re.findall(r"^(?:\| |- )([SPE]\d\d)\b", stories, re.M))
    assert len(known) > 100
    sources = [*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    used = {
        mark for path in sources for mark in re.findall(r"\(([SPE]\d\d)\)", path.read_text("utf-8"))
    }
    assert "S45" in used <= known


REACHED_OTHERWISE = {
    "StartElementHandler": "expat calls what it holds",
    "EndElementHandler": "expat calls what it holds",
    "CharacterDataHandler": "expat calls what it holds",
    "cache_ok": "SQLAlchemy reads it of a type",
    "to_ical": "icalendar asks each value for it",
    "process_bind_param": "SQLAlchemy calls it of a type",
    "process_result_value": "SQLAlchemy calls it of a type",
    "load_dialect_impl": "SQLAlchemy calls it of a type",
    "type_annotation_map": "SQLAlchemy reads it of the base",
    "_remember_old_values": "SQLAlchemy calls it as a listener",
    "__mapper_args__": "SQLAlchemy reads it of a class",
    "formatter_class": "argparse reads it of a parser",
    "metavar": "argparse reads it of what it is given",
    "help": "argparse reads it of what it is given",
    "lecturers": "the table of that name in a package",
    "volunteers": "the table of that name in a package",
    "unsent": "the rail unpacks it",
    "MODULES": "imported, so that their tables are known",
    "LOOKS": "the looks that a theme has; the tests of colours walk it",
    "machines": "the workflows that have looks; the tests of colours walk it",
    "renewed": "the window does not say yet how many rows a second import renewed",
    "forget_password": "the window has no way yet to take out a mailbox",
    "age_range": "the file of a template may say it; the next gathering keeps it",
}
"""Names that no line of ours uses, with the part that does."""


def named_elsewhere() -> set[str]:
    """Names that are reached by their kind: columns, drafts of forms, states, colours."""
    parts = [import_module(name) for name in MODULES if name.startswith("schoolapp.domain.")]
    parts += [import_module(name) for name in MODULES if ".operations." in name]
    kinds = {thing for part in parts for thing in vars(part).values() if isinstance(thing, type)}
    names = {one.key for mapper in Base.registry.mappers for one in mapper.attrs}
    names |= {one.name for kind in kinds if issubclass(kind, Enum) for one in kind}
    names |= {one.name for kind in kinds if kind.__name__.endswith("Draft") and is_dataclass(kind)
              for one in dataclass_fields(kind)}  # fmt: skip
    return names | set(Tokens._fields)


def test_nothing_is_dead() -> None:
    """Unused code is gone, unless Qt, SQLAlchemy, a form or a format reaches it.

    What only a test uses is unused.
    """
    found = Vulture()
    found.scavenge([ROOT / "schoolapp", ROOT / "tools"])
    theirs = (QWidget, QTableView, QAbstractTableModel, QLayout, QTranslator)
    known = named_elsewhere()
    unused = found.get_unused_code(min_confidence=60)
    dead = [
        f"{item.filename.relative_to(ROOT)}:{item.first_lineno} {item.name}"
        for item in unused
        if item.typ != "import"  # ruff knows those that only a quoted type uses
        and item.filename.is_relative_to(ROOT / "schoolapp")
        and "versions" not in item.filename.parts
        and item.name not in known
        and not any(hasattr(kind, item.name) for kind in theirs)
        and item.name not in REACHED_OTHERWISE
    ]
    assert not dead, "\n".join(dead)
    assert REACHED_OTHERWISE.keys() - {item.name for item in unused} == set()


UNCALLED = {
    "attendance_facts": "the reports call its parts; tests compare the whole with tables",
    "count_held": "the page of answers counts the rows it shows",
    "given_scores": "no window shows yet what each referee gave",
    "letter_facts": "the page of letters asks for the letters themselves",
}
"""Operations that nothing calls, each with the reason; the list may only become shorter."""


def test_every_operation_is_called() -> None:
    """By a window, the command line or another operation: one that only tests call has no way in.

    What a package hands on in its ``__init__`` is no call.
    """
    defined: dict[str, Path] = {}
    named: dict[str, set[Path]] = defaultdict(set)
    for file in (ROOT / "schoolapp").rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        if file.is_relative_to(ROOT / "schoolapp" / "operations"):
            functions = (one for one in tree.body if isinstance(one, ast.FunctionDef))
            defined |= {one.name: file for one in functions if not one.name.startswith("_")}
        for node in ast.walk(tree):
            if isinstance(node, ast.Name | ast.Attribute):
                named[node.id if isinstance(node, ast.Name) else node.attr].add(file)
    assert {name for name in defined if not named[name]} == UNCALLED.keys()
