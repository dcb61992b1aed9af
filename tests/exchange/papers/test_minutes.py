"""The minutes of a selection, read back from their PDF."""

import datetime as dt
import io

from pypdf import PdfReader

from schoolapp.base import clock as program_clock
from schoolapp.domain.applications import ApplicationState
from schoolapp.exchange.papers.minutes import write_minutes
from schoolapp.operations import applications
from schoolapp.storage.store import DbSession, Store
from tests import builders as b


def test_minutes_hold_decisions_reasons_and_no_small_group(
    file_store: Store, clock: dt.datetime
) -> None:
    """What was decided today, the last decision of each, and only groups of five and more."""

    def apply(session: DbSession) -> tuple[int, list[int]]:
        at = b.gathering(session, title="Justice School")
        people = [
            b.person(session, name=f"Person {n}", gender="woman" if n < 5 else "man")
            for n in range(6)
        ]
        state = ApplicationState.ELIGIBLE
        return at.id, [b.application(session, who, at, state=state).id for who in people]

    with program_clock.at(clock - dt.timedelta(days=1)):
        at, keys = file_store.change("Apply", apply).value

    def decide(session: DbSession) -> None:
        for step, key in (("waitlist", keys[0]), ("accept", keys[1]), ("reject", keys[2])):
            applications.move_application(
                session, application_id=key, step=step, reason="Speaks Urdu"
            )
        applications.move_application(session, application_id=keys[0], step="promote")

    file_store.change("Decide", decide)
    minutes = file_store.read(
        lambda s: applications.meeting_minutes(
            s,
            gathering_id=at,
            day=clock.date(),
            side_name=str.title,
            group_name=lambda _side, group: group.title(),
        )
    )
    assert [(line.name, line.state) for line in minutes.lines] == [
        ("Person 0", "accepted"),
        ("Person 1", "accepted"),
        ("Person 2", "rejected"),
    ]
    text = "".join(
        page.extract_text()
        for page in PdfReader(io.BytesIO(write_minutes(minutes, at=clock))).pages
    )
    for said in ("Justice School", "1 March 2027", "Person 2", "Speaks Urdu", "Women"):
        assert said in text
    assert "Men" not in text
    assert minutes.balance["Gender"] == (("Women", 5, 0),)
