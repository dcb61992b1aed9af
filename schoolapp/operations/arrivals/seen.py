"""Whom somebody has seen: planned, arrived and attended are three numbers."""

import sqlalchemy as sa

from schoolapp.domain.attendance import ATTENDED, AttendanceMark, DayPresence
from schoolapp.domain.participation import Arrival, Participation, ParticipationState
from schoolapp.domain.programme import Session, SessionState


def has_attended() -> sa.ColumnElement[bool]:
    """Whether a register has somebody (a row of ``Participation``) as there, online or on site."""
    m = AttendanceMark
    return sa.exists().where(
        m.participation_id == Participation.id,
        m.status.in_(ATTENDED),
        m.session_id == Session.id,
        ~Session.register_lost,
        Session.state != SessionState.CANCELLED,
    )


def has_arrived() -> sa.ColumnElement[bool]:
    """Whether somebody (a row of ``Participation``) came, as the desk, a list or a register says.

    A participation that is completed although nobody recorded that the person came has not arrived.
    """
    at_desk = sa.exists().where(Arrival.participation_id == Participation.id)
    on_list = sa.exists().where(
        DayPresence.participation_id == Participation.id, DayPresence.on_site
    )
    here = Participation.state == ParticipationState.PRESENT
    return sa.or_(here, at_desk, on_list, has_attended())
