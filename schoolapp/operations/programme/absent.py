"""Which participants speak or interpret in a session while they are not on site."""

import datetime as dt
from collections import defaultdict
from typing import Any

import sqlalchemy as sa

from schoolapp.base.language import _, isolate
from schoolapp.domain.attendance import applies
from schoolapp.domain.participation import Participation, Stay
from schoolapp.domain.people import Person
from schoolapp.domain.programme import (
    Interpretation,
    InterpreterDuty,
    Session,
    SessionState,
    Speaker,
)
from schoolapp.operations.programme.clashes import ABSENT, Clash
from schoolapp.storage.store import DbSession


def absence_hints(session: DbSession, *, gathering_id: int) -> tuple[Clash, ...]:
    """Sessions in which a participant has a duty outside the own stays, in order: two statements.

    Who has no stay comes for the session alone. Told beside the clashes and never among them:
    somebody may come back for an evening.
    """
    stays: dict[int, list[tuple[dt.datetime, dt.datetime]]] = defaultdict(list)
    for person_id, arrival, departure in session.execute(_stays(gathering_id)):
        stays[person_id].append((arrival, departure))
    return tuple(
        _hint(row)
        for row in session.execute(_duties(gathering_id))
        if row.person_id in stays
        and not applies(row.start_local, row.end_local, stays[row.person_id])
    )


def _hint(row: Any) -> Clash:
    sentence = _("“{title}”: {name} has a part in it and is not on site then.").format(
        title=isolate(row.title), name=isolate(row.display_name)
    )
    return Clash(ABSENT, sentence, row.start_local, (row.uid,))


def _stays(gathering_id: int) -> sa.Executable:
    return (
        sa.select(Participation.person_id, Stay.arrival, Stay.departure)
        .join(Stay, Stay.participation_id == Participation.id)
        .where(Participation.gathering_id == gathering_id)
    )


def _duties(gathering_id: int) -> sa.Executable:
    s = Session
    part = (
        sa.select(
            *(s.uid, s.title, s.start_local, s.end_local),
            *(Person.id.label("person_id"), Person.display_name),
        )
        .select_from(s)
        .where(s.gathering_id == gathering_id, s.state != SessionState.CANCELLED)
    )
    duty, line = InterpreterDuty, Interpretation
    found = sa.union(  # who does both is told once
        part.join(Speaker, Speaker.session_id == s.id).join(Person, Person.id == Speaker.person_id),
        part.join(line, line.session_id == s.id)
        .join(duty, duty.interpretation_id == line.id)
        .join(Person, Person.id == duty.person_id),
    ).subquery()
    return sa.select(found).order_by(found.c.start_local, found.c.title, found.c.display_name)
