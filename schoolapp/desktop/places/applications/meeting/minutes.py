"""Writes the minutes of a meeting: read in the database worker, written beside the window."""

from pathlib import Path
from typing import Any

from schoolapp.base.language import _
from schoolapp.desktop.places.applications.words import SIDES, group_name


def read_minutes(gathering_id: int, session: Any) -> Any:
    """What was decided today, by the clock of the gathering."""
    from schoolapp.base import clock
    from schoolapp.domain.gatherings import Gathering
    from schoolapp.operations.applications import meeting_minutes

    tz = session.get_one(Gathering, gathering_id).tz
    return meeting_minutes(
        session,
        gathering_id=gathering_id,
        day=clock.to_wall(clock.now(), tz).date(),
        side_name=_side_name,
        group_name=group_name,
    )


def write_minutes(path: Path, minutes: Any) -> None:
    """Write them as a PDF; the file is whole or not there."""
    from schoolapp.base import clock
    from schoolapp.exchange.files import safe_write
    from schoolapp.exchange.papers.minutes import write_minutes as typeset

    safe_write(path, typeset(minutes, at=clock.now()))


def _side_name(side: str) -> str:
    return _(SIDES[side])
