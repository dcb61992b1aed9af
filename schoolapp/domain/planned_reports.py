"""Reports of days on site as they were planned: title and columns say that it is a plan."""

from dataclasses import replace

from schoolapp.base.language import mark
from schoolapp.domain.reports import DATE, KINDS, PLANNED, PLANNED_PREFIX, ReportColumn, ReportKind
from schoolapp.domain.rules import RuleBroken

_PLANNED_TITLES = {
    "day": mark("Planned presence by day"),
    "delegation": mark("Planned presence by delegation"),
    "person_days": mark("Planned person-days"),
    "presence": mark("Planned persons by day"),
    "participation": mark("Planned participation by gender, region and age"),
}
_PLANNED_HEADINGS = {
    "persons": mark("Persons planned"),
    "person_days": mark("Person-days planned"),
    "first": mark("First day planned"),
    "last": mark("Last day planned"),
    "days": mark("Days planned"),
}
OF_PRESENCE = frozenset(_PLANNED_TITLES)
"""The reports that count days on site, as recorded or as planned."""


def kind_of(key: str, *, planned: bool) -> ReportKind:
    """The report of this key; of a plan, title and columns say that it is one.

    ``RuleBroken`` for a report that there is not, or that cannot show a plan.
    """
    if key not in KINDS:
        raise RuleBroken(mark("There is no report {kind}."), kind=key)
    if not planned:
        return KINDS[key]
    if key not in OF_PRESENCE:
        raise RuleBroken(
            mark("This report counts attendance, which cannot be planned. Ask for it as recorded.")
        )
    kind = KINDS[key]
    named = _PLANNED_HEADINGS.keys() & {column.key for column in kind.columns} or {DATE.key}
    columns = [_planned(column) if column.key in named else column for column in kind.columns]
    least = (
        new.key for new, old in zip(columns, kind.columns, strict=True) if old.key in kind.least
    )
    return replace(
        kind,
        title=_PLANNED_TITLES[key],
        columns=tuple(columns),
        least=tuple(least),
        counts=PLANNED,
    )


def _planned(column: ReportColumn) -> ReportColumn:
    """The column under a name and a heading that say that it is planned."""
    heading = _PLANNED_HEADINGS.get(column.key, mark("Date planned"))
    return replace(column, key=PLANNED_PREFIX + column.key, heading=heading)
