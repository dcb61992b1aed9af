"""Writes ``docs/data_map.md``, what each column holds of a person: ``python -m tools.data_map``."""

from pathlib import Path

from sqlalchemy import Table

from schoolapp.domain.data_map import Outcome, mark_of
from schoolapp.domain.erasing import plan_of
from schoolapp.storage.tables import metadata

PAGE = Path(__file__).parent.parent / "docs" / "data_map.md"
INTRODUCTION = """# Data map

Which column holds what of a person. Written by `python -m tools.data_map` from the marks in the \
mapped classes (`schoolapp/domain/data_map.py`); do not edit it by hand.

Levels: 0 statistics, 1 desk and badge, 2 staff of a session, 3 coordinator, 4 sensitive. A column \
that is about nobody by itself is about the person whose row it is: it is kept with the row, and \
counts without a name when that person was erased. Retention is what is intended; what runs so far \
is erasing.
"""
ROWS = {
    Outcome.GOES: "Rows of a person go when the person is erased.",
    Outcome.STAYS: "Rows of a person stay without a name when the person is erased.",
    Outcome.NOBODYS: "Rows are nobody's.",
}


def page() -> str:
    """The whole page."""
    tables = sorted(metadata.sorted_tables, key=lambda table: table.name)
    return "\n".join([INTRODUCTION, *_kinds(), "", *(_table(table) for table in tables)])


def _kinds() -> list[str]:
    """The marks that are in use, each with what it means."""
    marks = {mark_of(column) for table in metadata.sorted_tables for column in table.c}
    rows = [
        f"| {mark.name} | {mark.personal} | {mark.level.value} | {mark.retention} | {mark.erased} |"
        for mark in sorted(marks, key=lambda mark: (mark.level, mark.name))
    ]
    heading = "| mark | personal data | level | retention | when erased |"
    return ["## Marks", "", heading, "|---|---|---|---|---|", *rows]


def _table(table: Table) -> str:
    """A table: whose rows it holds, then its columns by mark."""
    plan = plan_of(table)
    by = f" Whose they are: {', '.join(f'`{name}`' for name in plan.by)}." if plan.by else ""
    by_mark: dict[str, list[str]] = {}
    for column in table.c:
        by_mark.setdefault(mark_of(column).name, []).append(f"`{column.name}`")
    lines = [f"- {name}: {', '.join(columns)}" for name, columns in sorted(by_mark.items())]
    return "\n".join([f"## {table.name}", "", f"{ROWS[plan.outcome]}{by}", "", *lines, ""])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
