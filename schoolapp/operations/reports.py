"""Reports as the exports write them: facts of the database as the values of a document."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from schoolapp.domain.gatherings import title_in
from schoolapp.exchange.attendance_report import (
    DayTotal,
    DelegationTotal,
    PersonDay,
    PersonTotal,
    Report,
    SessionMark,
)
from schoolapp.language import current
from schoolapp.operations.attendance import By, attendance_facts
from schoolapp.storage.store import DbSession

SHAPES: dict[By, Callable[..., Any]] = {
    "session": SessionMark,
    "person": PersonTotal,
    "day": DayTotal,
    "delegation": DelegationTotal,
}


def attendance_report(
    session: DbSession, *, gathering_id: int, by: By, exported_at: dt.datetime
) -> Report:
    """The attendance report of a gathering in one of its four shapes; three statements."""
    facts = attendance_facts(session, gathering_id=gathering_id, by=by)
    return Report(
        by=by,
        gathering=title_in(facts.titles, current()),
        rows=[SHAPES[by](*row) for row in facts.rows],
        exported_at=exported_at,
        tz=facts.tz,
        days=[PersonDay(*row) for row in facts.days] if by == "day" else [],
    )
