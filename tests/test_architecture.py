"""The shape of the program: layers, sizes, one writer of states, documents that are true."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import partial
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from schoolapp import __version__
from schoolapp.base import settings
from schoolapp.domain import entities
from schoolapp.domain.workflow import Workflow
from tests.paths import ROOT

MODULES = sorted(
    path for folder in ("schoolapp", "tools") for path in (ROOT / folder).rglob("*.py")
)
NAMES = [path.relative_to(ROOT).as_posix() for path in MODULES]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

LONGEST_MODULE, LONGEST_EVER, LONGEST_FUNCTION = 400, 500, 60
LONG_MODULES = {
    "tools/volume.py": "one generator of made-up data, read from top to bottom",
}
"""Modules between the two limits, and why they are not a package."""
GENERATED = "schoolapp/storage/migrations/versions/"
"""Migrations are written by a tool and never edited after their release."""

STATE_WRITERS = {
    "schoolapp/domain/workflow.py": "the one place that takes a step",
}
OURS_ALONE = {"held_reply", "mail", "participation"}
"""Workflows that the practice schools do not list."""
OWN_STEPS = {
    "invite": {
        ("accepted", "bounce", "undeliverable"),
        ("accepted", "reply_accept", "accepted"),
        ("accepted", "reply_tentative", "tentative"),
        ("cancelled", "invite_again", "sent"),
        ("declined", "bounce", "undeliverable"),
        ("declined", "reply_decline", "declined"),
        ("declined", "reply_tentative", "tentative"),
        ("tentative", "bounce", "undeliverable"),
        ("tentative", "reply_tentative", "tentative"),
        ("undeliverable", "reply_accept", "accepted"),
        ("undeliverable", "reply_decline", "declined"),
        ("undeliverable", "reply_tentative", "tentative"),
    },
    "application": {
        ("waitlisted", "move", "waitlisted"),
        ("waitlisted", "offer", "waitlisted"),
        ("waitlisted", "offer_ended", "waitlisted"),
    },
    "subsidy": {
        ("part_paid", "payment_removed", "part_paid"),
        ("part_paid", "last_payment_removed", "accepted"),
        ("settled", "payment_removed", "part_paid"),
        ("settled", "last_payment_removed", "accepted"),
    },
    "travel_claim": {
        ("approved", "reopen", "submitted"),
        ("rejected", "reopen", "submitted"),
    },
    "session": {
        ("confirmed", "move", "confirmed"),
        ("confirmed", "change_room", "confirmed"),
        ("confirmed", "cancel", "cancelled"),
    },
    "delegation_registration": {
        ("part_paid", "replace_person", "part_paid"),
        ("paid", "replace_person", "paid"),
    },
}
"""Steps that the practice schools do not list: docs/decisions/0010-steps-of-sessions.md and
docs/decisions/0015-places-of-delegations.md."""


def tree(path: Path) -> ast.Module:
    """The syntax of a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def test_layers_hold() -> None:
    """Every contract of pyproject.toml is kept: imports go one way only."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    """It opens with one sentence."""
    said = ast.get_docstring(tree(path))
    assert said
    first = said.split("\n\n")[0]
    assert first.endswith((".", "::")), first


def test_modules_are_short() -> None:
    """At most 400 lines; up to 500 with a reason in LONG_MODULES."""
    lengths = {
        name: len(path.read_text(encoding="utf-8").splitlines())
        for name, path in zip(NAMES, MODULES, strict=True)
        if not name.startswith(GENERATED)
    }
    long = {name for name, length in lengths.items() if length > LONGEST_MODULE}
    assert long == set(LONG_MODULES)
    assert max(lengths.values()) <= LONGEST_EVER


def test_functions_are_short() -> None:
    """No function is over 60 lines."""
    found = [
        f"{name}: {node.name}"
        for name, path in zip(NAMES, MODULES, strict=True)
        if not name.startswith(GENERATED)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    assert found == []


def writes_state(module: ast.Module) -> Iterator[int]:
    """The lines that set the attribute ``state`` of something other than themselves."""
    for node in ast.walk(module):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets if isinstance(node, ast.stmt) else []:
            if (
                isinstance(target, ast.Attribute)
                and target.attr == "state"
                and not (isinstance(target.value, ast.Name) and target.value.id == "self")
            ):
                yield node.lineno


def test_states_have_one_writer() -> None:
    """Only `workflow.take` writes the state of a thing that has a workflow."""
    found = {
        name for name, path in zip(NAMES, MODULES, strict=True) if any(writes_state(tree(path)))
    }
    assert found <= set(STATE_WRITERS)
    assert list(writes_state(ast.parse("a.b.state = 1"))) == [1]
    assert list(writes_state(ast.parse("self.state = 1\na = b.state"))) == []


def workflows() -> dict[str, Workflow]:  # type: ignore[type-arg]
    """Every workflow of the domain, by name."""
    found = [thing for module in entities.MODULES for thing in vars(module).values()]
    return {thing.name: thing for thing in found if isinstance(thing, Workflow)}


def test_workflows_are_those_of_the_practice_schools() -> None:
    """States, beginnings and steps are equal, apart from the listed steps of our own."""
    text = (ROOT / "tests" / "data" / "state_machines.yaml").read_text(encoding="utf-8")
    machines = yaml.safe_load(text)
    ours = workflows()
    assert set(ours) == set(machines) | OURS_ALONE
    for name, workflow in ours.items():
        if name in OURS_ALONE:
            continue
        machine = machines[name]
        assert {state.value for state in workflow.states} == set(machine["states"]), name
        assert workflow.initial.value == machine["initial"], name
        listed = {(step["from"], step["step"], step["to"]) for step in machine["transitions"]}
        steps = [(step.source.value, step.name, step.target.value) for step in workflow.steps]
        assert len(steps) == len(set(steps)), name
        assert set(steps) == listed | OWN_STEPS.get(name, set()), name


def test_every_setting_has_a_sentence() -> None:
    """It says what it does; all of them are listed, each key once."""
    declared = [v for v in vars(settings).values() if isinstance(v, settings.Setting)]
    assert set(map(id, declared)) == set(map(id, settings.ALL))
    assert len({setting.key for setting in settings.ALL}) == len(settings.ALL)
    for setting in settings.ALL:
        assert re.fullmatch(r"[A-Z].{10,}\.", setting.sentence), setting.key
        assert setting.accepts(setting.default), setting.key


KINDS = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]


def test_the_changelog_is_kept() -> None:
    """Versions with their days, the newest first; under each the known headings, then points."""
    lines = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    versions = [line for line in lines if line.startswith("## ")]
    assert versions[0] == "## [Unreleased]"
    days = [re.fullmatch(r"## \[(\d+\.\d+\.\d+)\] - (\S+)", line) for line in versions[1:]]
    assert all(days)
    dates = [date.fromisoformat(found[2]) for found in days if found]
    assert dates == sorted(dates, reverse=True)
    kinds = [line.removeprefix("### ") for line in lines if line.startswith("### ")]
    assert kinds
    assert set(kinds) <= set(KINDS)
    points = [line for line in lines if line.startswith("- ")]
    assert points
    assert all(line.endswith((".", ":")) for line in points)


def test_the_version_is_the_same_everywhere() -> None:
    """The package says what pyproject.toml says."""
    assert PROJECT["project"]["version"] == __version__


def pinned(name: str) -> set[str]:
    """The names of the distributions that a requirements file pins."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return {found.lower() for found in re.findall(r"^([\w.-]+)(?:\[[^\]]*\])?==", text, re.M)}


def plain(requirement: str) -> str:
    """The name of a requirement, without version, extras and markers."""
    found = re.match(r"[\w.-]+", requirement)
    assert found
    return found[0].lower()


def test_requirements_are_pinned_and_name_no_host() -> None:
    """What pyproject.toml asks for is pinned with hashes; no index or file is named."""
    assert {plain(line) for line in PROJECT["project"]["dependencies"]} <= pinned("run.txt")
    assert {plain(line) for line in PROJECT["dependency-groups"]["dev"]} <= pinned("dev.txt")
    for name in ("run.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        assert not re.search(r"https?:|file:|--(index|extra|find)", text)
        entries = re.split(r"\n(?=\S)", text.strip())
        assert all("--hash=sha256:" in entry for entry in entries if not entry.startswith("#"))


def test_no_paper_names_a_registry() -> None:
    """Where packages come from is each machine's own affair: documents name projects, not hosts."""
    hosts = re.compile("|".join((r"pypi[.]org", r"pythonhosted[.]org", r"npmjs[.]org")))
    papers = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "Makefile"]
    assert [path.name for path in papers if hosts.search(path.read_text(encoding="utf-8"))] == []


def applies(asked: Requirement, extras: set[str]) -> bool:
    """Whether a package with these extras requires it on this machine."""
    marker = asked.marker
    return marker is None or any(marker.evaluate({"extra": one}) for one in ("", *extras))


def test_an_extra_that_is_asked_for_is_pinned_with_its_package() -> None:
    """Otherwise an older pip takes the newest release of it, which has no hash here, and stops."""
    text = "".join((ROOT / "requirements" / f"{name}.txt").read_text() for name in ("run", "dev"))
    pins = re.findall(r"^([\w.-]+)(?:\[([^\]]*)\])?==", text, re.M)
    extras = {canonicalize_name(name): set(listed.split(",")) - {""} for name, listed in pins}
    for one in metadata.distributions():
        name = canonicalize_name(one.metadata["Name"])
        asked = map(Requirement, one.requires or () if name in extras else ())
        for found in filter(partial(applies, extras=extras.get(name, set())), asked):
            assert found.extras <= extras.get(canonicalize_name(found.name), set()), (
                f"{name} asks for {found}"
            )


def test_the_readme_names_the_libraries_that_check_asks_for() -> None:
    """The one line for Debian and Ubuntu is that of `schoolapp check`."""
    from schoolapp.base.system_libraries import A_WINDOW, ANY_QT

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    line = re.search(r"sudo apt install (libegl1[^\n]*)", readme)
    assert line
    assert line[1].split() == [library.package for library in ANY_QT + A_WINDOW]


def test_the_readme_lists_the_targets_of_make() -> None:
    """Every target that explains itself in the Makefile is in the table, and no other."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*##", makefile, re.M))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `make ([a-z-]+)`", readme, re.M)) == targets
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.M)
    assert phony
    assert {t for t in phony[1].split() if not re.search(rf"^{t}:", makefile, re.M)} == set()


def test_links_between_the_papers_lead_somewhere() -> None:
    """A link to a file of the project names one that is there."""
    papers = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    assert len(papers) > 10
    for paper in papers:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", paper.read_text("utf-8")):
            assert (paper.parent / target).exists(), f"{paper.name}: {target}"


def test_code_names_decisions_that_are_there() -> None:
    """A comment that refers to a decision refers to a page of the project."""
    sources = [*MODULES, ROOT / "pyproject.toml", Path(__file__)]
    named = {
        n for p in sources for n in re.findall(r"docs/decisions/[\w-]+\.md", p.read_text("utf-8"))
    }
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []
