"""What a meeting decided on a day, as its minutes hold it."""

import datetime as dt
from collections.abc import Callable

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.base.language import current
from schoolapp.domain.applications import Application, ApplicationStep
from schoolapp.domain.documents import Minutes, MinutesLine
from schoolapp.domain.gatherings import Gathering, title_in
from schoolapp.domain.people import Person
from schoolapp.domain.selection import balance, without_small_groups
from schoolapp.operations.applications.proposing import candidates
from schoolapp.operations.applications.seats import seats_of
from schoolapp.storage.store import DbSession

_DECIDING = (
    "accept",
    "promote",
    "waitlist",
    "not_eligible",
    "reject",
    "ask_more",
    "withdraw",
    "decline",
    "cancel",
    "check_ok",
)


def meeting_minutes(
    session: DbSession,
    *,
    gathering_id: int,
    day: dt.date,
    side_name: Callable[[str], str],
    group_name: Callable[[str, str], str],
) -> Minutes:
    """The decisions of a day by the clock of the gathering, and the balance that they leave.

    Of each application the last decision counts. Groups of fewer than five are left out, as the
    document leaves the desk. The names of sides and groups are those of the window.
    """
    gathering = session.get_one(Gathering, gathering_id)
    start = clock.to_utc(dt.datetime.combine(day, dt.time()), gathering.tz)
    end = clock.to_utc(dt.datetime.combine(day, dt.time(23, 59, 59)), gathering.tz)
    found = session.execute(
        sa.select(
            Application.code,
            Person.display_name,
            ApplicationStep.state,
            sa.func.coalesce(ApplicationStep.reason, ""),
            ApplicationStep.by,
        )
        .join(Application, Application.id == ApplicationStep.application_id)
        .join(Person, Person.id == Application.person_id)
        .where(Application.gathering_id == gathering_id)
        .where(ApplicationStep.step.in_(_DECIDING), ApplicationStep.at.between(start, end))
        .order_by(Application.code, ApplicationStep.position)
    )
    last = {line.number: line for line in (MinutesLine(*row) for row in found)}
    bars = without_small_groups(balance(candidates(session, gathering_id=gathering_id)))
    seats = seats_of(session, gathering_id=gathering_id)
    return Minutes(
        gathering=title_in(gathering.titles, current()),
        day=day,
        capacity=seats.capacity,
        left=seats.left,
        lines=tuple(last.values()),
        balance={
            side_name(side.value): tuple(
                (group_name(side.value, bar.group), bar.all, bar.confirmed) for bar in shown
            )
            for side, shown in bars.items()
        },
    )
