"""What is asked again at every change must be there at once: milliseconds.

The gates are those of the design (places, states and balance after a decision: 200 ms; clashes of
300 sessions: 50 ms). The tests count the work instead, which is the same on every machine.
"""

import datetime as dt
import shutil
import tempfile
from pathlib import Path

import sqlalchemy as sa

from schoolapp.domain.applications import Application, ApplicationState
from schoolapp.domain.clashes import find_clashes
from schoolapp.domain.planned import PlannedGathering, PlannedLine, PlannedRoom, PlannedSession
from schoolapp.domain.programme import Mode
from schoolapp.domain.selection import Decision
from schoolapp.operations import applications
from schoolapp.storage.opening import open_store
from schoolapp.storage.store import Store
from tools.bench.measuring import Result, Work, cpu_seconds
from tools.bench.volume_file import CAMP, volume_file

ROUNDS = 5
SESSIONS, ROOMS = 300, 10
FIRST = dt.datetime(2027, 10, 25, 10, 0, tzinfo=dt.UTC)


def results() -> list[Result]:
    """Both figures."""
    return [_decision(), _clashes()]


def least_ms(work: Work) -> float:
    """CPU time of one run in milliseconds: the least of some."""
    return round(1000 * min(cpu_seconds(work) for _round in range(ROUNDS)), 1)


def _decision() -> Result:
    with tempfile.TemporaryDirectory(prefix="schoolapp-bench-") as folder:
        path = Path(folder) / "selection.db"
        shutil.copyfile(volume_file(), path)
        store = open_store(path)
        try:
            found = least_ms(_deciding(store))
        finally:
            store.close()
    return Result(
        id="decision_ms",
        value=found,
        reference="a decision, then places, states and balance of the 2,118 applications of a camp",
        gate=200,
    )


def _deciding(store: Store) -> Work:
    """Decides on the next application at each call, and reads what the place shows then."""
    view = applications.ApplicationView(gathering_id=CAMP)
    eligible = sa.select(Application.id).where(
        Application.gathering_id == CAMP, Application.state == ApplicationState.ELIGIBLE
    )
    keys = iter(store.read(lambda s: list(s.scalars(eligible))))

    def decide() -> None:
        key = next(keys)
        store.change(
            "Decide",
            lambda s: applications.prepare_decision(
                s, application_id=key, decision=Decision.ACCEPT, reason="No place is left"
            ),
        )
        store.read(lambda s: applications.places(s, gathering_id=CAMP))
        store.read(lambda s: applications.state_counts(s, view))
        store.read(lambda s: applications.selection_board(s, gathering_id=CAMP))

    return decide


def _clashes() -> Result:
    planned = PlannedGathering(code="g", sessions=tuple(_session(n) for n in range(SESSIONS)))
    return Result(
        id="clashes_ms",
        value=least_ms(lambda: find_clashes((planned,))),
        reference=f"all clashes of {SESSIONS} sessions in {ROOMS} rooms",
        gate=50,
    )


def _session(number: int) -> PlannedSession:
    """One after the other in each room, with a speaker and an interpreter of its own."""
    start = FIRST + dt.timedelta(minutes=90 * (number // ROOMS))
    end = start + dt.timedelta(hours=1)
    return PlannedSession(
        uid=f"s{number}",
        title=f"Session {number}",
        gathering="g",
        position=number,
        start=start,
        end=end,
        start_local=start.replace(tzinfo=None),
        end_local=end.replace(tzinfo=None),
        audience="choose one",
        room=PlannedRoom(f"r{number % ROOMS}", f"Room {number % ROOMS}", 20, 0),
        speakers=(f"P{number}",),
        lines=(PlannedLine("fr", Mode.BOOTH, (f"P{number + SESSIONS}",)),),
    )
