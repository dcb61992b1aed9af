"""Queries of Home; they run in the database worker.

The first screen is painted before the database is there: what these functions need from it is
imported inside them.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from schoolapp.base.language import _, current, isolate, mark
from schoolapp.desktop.bridge.desk import Gathering
from schoolapp.desktop.look import formats
from schoolapp.desktop.tables import View

if TYPE_CHECKING:
    from schoolapp.operations.centres import CentreLine
    from schoolapp.operations.gatherings import (
        GatheringDraft,
        GatheringRow,
        GatheringsView,
        ModuleDraft,
        Overview,
        RoomDraft,
    )
    from schoolapp.operations.gatherings.kept_free import KeptFreeDraft
    from schoolapp.storage.first_screen import GatheringLine
    from schoolapp.storage.store import DbSession

KINDS = {
    "school": mark("School"),
    "seminar": mark("Seminar"),
    "youth_camp": mark("Youth camp"),
    "conference": mark("Conference or congress"),
    "public": mark("Public event"),
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


class NextStep(NamedTuple):
    """A step that the workflow of a gathering allows now, by its name."""

    name: str
    needs_reason: bool


class Facts(NamedTuple):
    """All that Home shows of one gathering."""

    overview: "Overview"
    draft: "GatheringDraft"
    rooms: "Sequence[RoomDraft]"
    modules: "Sequence[ModuleDraft]"
    kept_free: "Sequence[KeptFreeDraft]"
    steps: tuple[NextStep, ...]
    centres: "Sequence[CentreLine]"
    too_long: int  # people who are past the time for which the centre keeps data

    @property
    def id(self) -> int:
        """Which gathering it is."""
        return self.overview.row.id


def row_of(line: "GatheringRow | GatheringLine") -> HomeRow:
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


def gatherings_for_window(session: "DbSession") -> tuple[Gathering, ...]:
    """All gatherings for the switcher, the newest first."""
    from schoolapp.operations import gatherings

    rows = gatherings.list_gatherings(session, language=current())
    ordered = sorted(rows, key=lambda row: (row.start_date, row.code), reverse=True)
    return tuple(window_gathering(row) for row in ordered)


def window_gathering(line: "GatheringRow") -> Gathering:
    """A gathering as the window names it, of a row of the store."""
    when = _("{start} to {end}").format(
        start=isolate(formats.date(line.start_date)), end=isolate(formats.date(line.end_date))
    )
    detail = " · ".join(part for part in (isolate(line.city), when) if line.city or part is when)
    return Gathering(line.id, line.title, detail, line.tz, line.currency, str(line.kind))


def ids(session: "DbSession", view: View) -> list[int]:
    """The gatherings of a view."""
    from schoolapp.operations import gatherings

    return gatherings.gathering_ids(session, _asked(view))


def rows(session: "DbSession", wanted: Sequence[int]) -> Mapping[int, HomeRow]:
    """Their lines."""
    from schoolapp.operations import gatherings

    found = gatherings.gathering_rows(session, list(wanted), language=current())
    return {key: row_of(row) for key, row in found.items()}


def counts(session: "DbSession", view: View) -> Mapping[str, int]:
    """How many gatherings each state has."""
    from schoolapp.operations import gatherings

    return gatherings.state_counts(session, _asked(view))


def facts(session: "DbSession", *, gathering_id: int) -> Facts | None:
    """All that Home shows of one gathering; None if it was removed meanwhile."""
    from schoolapp.base import clock
    from schoolapp.domain.gatherings import GATHERING
    from schoolapp.operations import gatherings
    from schoolapp.operations.centres import centre_lines
    from schoolapp.operations.gatherings.kept_free import kept_free_of
    from schoolapp.operations.people.retention import kept_too_long

    if not gatherings.gathering_rows(session, [gathering_id]):
        return None
    shown = gatherings.overview(
        session, gathering_id=gathering_id, today=clock.now().date(), language=current()
    )
    steps = GATHERING.steps_from(shown.row.state)
    return Facts(
        shown,
        draft_of(session, gathering_id=gathering_id, title=shown.row.title),
        gatherings.rooms_of(session, gathering_id=gathering_id),
        gatherings.modules_of(session, gathering_id=gathering_id),
        kept_free_of(session, gathering_id=gathering_id),
        tuple(NextStep(step.name, step.guard is not None) for step in steps),
        centre_lines(session),
        kept_too_long(session, gathering_id=gathering_id),
    )


def draft_of(session: "DbSession", *, gathering_id: int, title: str) -> "GatheringDraft":
    """The draft of a gathering, in the language in use.

    One without a title in this language shows ``title``, which it has in another, and keeps it
    there.
    """
    from dataclasses import replace

    from schoolapp.operations import gatherings

    draft = gatherings.draft_of(session, gathering_id=gathering_id, language=current())
    if draft.title:
        return draft
    known = gatherings.title_language(session, gathering_id=gathering_id, title=title)
    others = ((tag, text) for tag, text in draft.other_titles if tag != known)
    return replace(draft, language=known, title=title, other_titles=((current(), ""), *others))


def _asked(view: View) -> "GatheringsView":
    from schoolapp.operations.gatherings import GatheringsView

    return GatheringsView(
        search=view.search,
        state=view.text("state"),
        language=current(),
        sort=view.sort,
        descending=view.descending,
    )
