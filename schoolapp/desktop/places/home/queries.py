"""What Home asks and does, as functions for the database worker, which imports what they need."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from schoolapp.base.language import _, current, isolate, mark
from schoolapp.desktop.bridge.desk import Gathering
from schoolapp.desktop.look import formats
from schoolapp.desktop.tables import View

KINDS = {
    "school": mark("School"),
    "seminar": mark("Seminar"),
    "youth_camp": mark("Youth camp"),
}
STEPS = {
    "open": mark("Open for applications"),
    "close": mark("Close applications and select"),
    "reopen": mark("Open for applications again"),
    "publish": mark("Confirm who comes"),
    "start": mark("Start the gathering"),
    "cancel": mark("Cancel the gathering"),
    "end": mark("End the gathering"),
    "books_closed": mark("Close the books"),
}


class HomeRow(NamedTuple):
    """A line of the table of gatherings."""

    id: int
    title: str
    kind: str
    start_date: dt.date
    end_date: dt.date
    state: str
    applications: int
    participants: int


class Facts(NamedTuple):
    """All that Home shows of one gathering; ``steps`` are names, and whether a reason is needed."""

    overview: Any
    draft: Any
    rooms: Sequence[Any]
    modules: Sequence[Any]
    steps: tuple[tuple[str, bool], ...]

    @property
    def id(self) -> int:
        """Which gathering it is."""
        return int(self.overview.row.id)


def row_of(line: Any) -> HomeRow:
    """The table's line for a gathering as the store, or the first screen, knows it."""
    kind = KINDS.get(str(line.kind), str(line.kind))
    return HomeRow(
        line.id,
        isolate(line.title),
        _(kind),
        line.start_date,
        line.end_date,
        str(line.state),
        line.applications,
        line.participants,
    )


def gatherings_for_window(session: Any) -> tuple[Gathering, ...]:
    """All gatherings for the switcher, the newest first."""
    from schoolapp.operations import gatherings

    rows = gatherings.list_gatherings(session, language=current())
    ordered = sorted(rows, key=lambda row: (row.start_date, row.code), reverse=True)
    return tuple(window_gathering(row) for row in ordered)


def window_gathering(line: Any) -> Gathering:
    """A gathering as the window names it, of a row of the store."""
    when = _("{start} to {end}").format(
        start=isolate(formats.date(line.start_date)), end=isolate(formats.date(line.end_date))
    )
    detail = " · ".join(part for part in (isolate(line.city), when) if line.city or part is when)
    return Gathering(line.id, line.title, detail, line.tz, line.currency, str(line.kind))


def ids(session: Any, view: View) -> list[int]:
    """The gatherings of a view."""
    from schoolapp.operations import gatherings

    return gatherings.gathering_ids(session, _asked(view))


def rows(session: Any, wanted: Sequence[int]) -> Mapping[int, HomeRow]:
    """Their lines."""
    from schoolapp.operations import gatherings

    found = gatherings.gathering_rows(session, list(wanted), language=current())
    return {key: row_of(row) for key, row in found.items()}


def counts(session: Any, view: View) -> Mapping[str, int]:
    """How many gatherings each state has."""
    from schoolapp.operations import gatherings

    return gatherings.state_counts(session, _asked(view))


def facts(gathering_id: int, session: Any) -> Facts | None:
    """All that Home shows of one gathering; None if it was removed meanwhile."""
    from schoolapp.base import clock
    from schoolapp.domain.gatherings import GATHERING
    from schoolapp.operations import gatherings

    if not gatherings.gathering_rows(session, [gathering_id]):
        return None
    shown = gatherings.overview(
        session, gathering_id=gathering_id, today=clock.now().date(), language=current()
    )
    steps = GATHERING.steps_from(shown.row.state)
    return Facts(
        shown,
        _draft(session, gathering_id, shown.row.title),
        gatherings.rooms_of(session, gathering_id=gathering_id),
        gatherings.modules_of(session, gathering_id=gathering_id),
        tuple((step.name, step.guard is not None) for step in steps),
    )


def check(draft: Any) -> dict[str, str]:
    """What is wrong with a gathering's draft, in the language in use."""
    from schoolapp.operations import gatherings

    return {name: _(sentence) for name, sentence in gatherings.check(draft).items()}


def save(draft: Any, session: Any) -> Any:
    """Save a gathering and read it again."""
    from schoolapp.operations import gatherings

    gatherings.save_gathering(session, draft=draft)
    return _draft(session, draft.id, draft.title)


def move(gathering_id: int, step: str, reason: str | None, session: Any) -> None:
    """Take a step of the gathering's workflow."""
    from schoolapp.operations import gatherings

    gatherings.move_gathering(session, gathering_id=gathering_id, step=step, reason=reason)


def remove(gathering_id: int, version: int, session: Any) -> None:
    """Remove a gathering that nobody takes part in."""
    from schoolapp.operations import gatherings

    gatherings.remove_gathering(session, gathering_id=gathering_id, version=version)


def save_part(kind: str, gathering_id: int, draft: Any, session: Any) -> int:
    """Add or change a room or a module."""
    from schoolapp.operations import gatherings

    saving = gatherings.save_room if kind == "room" else gatherings.save_module
    return saving(session, gathering_id=gathering_id, draft=draft)


def remove_part(kind: str, draft: Any, session: Any) -> None:
    """Remove a room or a module."""
    from schoolapp.operations import gatherings

    if kind == "room":
        gatherings.remove_room(session, room_id=draft.id, version=draft.version)
    else:
        gatherings.remove_module(session, module_id=draft.id, version=draft.version)


def _asked(view: View) -> Any:
    from schoolapp.operations.gatherings import GatheringsView

    state = str(view.filters.get("state", ""))
    return GatheringsView(
        search=view.search,
        state=state,
        language=current(),
        sort=view.sort,
        descending=view.descending,
    )


def _draft(session: Any, gathering_id: int, title: str) -> Any:
    from dataclasses import replace

    from schoolapp.operations import gatherings

    draft = gatherings.draft_of(session, gathering_id=gathering_id, language=current())
    # A gathering without a title in this language shows the one it has, and keeps it there.
    if draft.title:
        return draft
    known = gatherings.title_language(session, gathering_id=gathering_id, title=title)
    return replace(draft, language=known, title=title)
