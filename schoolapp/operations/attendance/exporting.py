"""An attendance report made of the facts, ready to be written as a file."""

from collections.abc import Callable
from typing import Any

from schoolapp import clock
from schoolapp.domain.gatherings import title_in
from schoolapp.exchange.attendance_report import (
    DayTotal,
    DelegationTotal,
    PersonDay,
    PersonTotal,
    Report,
    Row,
    SessionMark,
)
from schoolapp.language import current
from schoolapp.operations.attendance.reporting import By, attendance_facts
from schoolapp.storage.store import DbSession

_SHAPES: dict[By, Callable[..., Row]] = {
    "session": SessionMark,
    "person": PersonTotal,
    "day": DayTotal,
    "delegation": DelegationTotal,
}


def attendance_report(session: DbSession, *, gathering_id: int, by: By) -> Report:
    """The report of a gathering in one shape; its title in the language in use."""
    facts = attendance_facts(session, gathering_id=gathering_id, by=by)
    make: Any = _SHAPES[by]
    return Report(
        by=by,
        gathering=title_in(facts.titles, current()),
        rows=[make(*row) for row in facts.rows],
        exported_at=clock.now(),
        tz=facts.tz,
        days=[PersonDay(*day) for day in facts.days],
    )
