"""Who is past the time for which a centre keeps data."""

import datetime as dt
from dataclasses import replace

import pytest

from schoolapp.base import clock as clocks
from schoolapp.domain.working import EngagementDraft
from schoolapp.operations.centres.editing import centre_lines, centres_of, save_centre
from schoolapp.operations.people.engagements import save_engagement
from schoolapp.operations.people.participations import add_participant
from schoolapp.operations.people.retention import kept_too_long
from schoolapp.storage.store import DbSession, Store
from tests import builders as b

ENDS = dt.date(2026, 1, 31)


@pytest.fixture
def schools(store: Store) -> tuple[int, int, int, int]:
    """An old school of a centre that keeps data for twelve months, and a later one of another."""

    def build(session: DbSession) -> tuple[int, int, int, int]:
        save_centre(session, draft=replace(centres_of(session)[0], retention=12))
        first, second = centre_lines(session)[:2]
        old = b.gathering(
            session, start=ENDS - dt.timedelta(days=4), days=5, host_centre=first.code
        )
        new = b.gathering(session, start=dt.date(2027, 5, 1), host_centre=second.code)
        ana, bo = b.person(session, name="Ana"), b.person(session, name="Bo")
        add_participant(session, gathering_id=old.id, person_id=ana.id)
        save_engagement(session, EngagementDraft(gathering_id=old.id, people=(bo.id,)))
        return old.id, new.id, ana.id, bo.id

    return store.change("Build", build).value


def count(store: Store, gathering: int, day: str) -> int:
    """How many are past it on a day."""
    with clocks.at(dt.datetime.fromisoformat(f"{day}T12:00+00:00")):
        return store.read(lambda s: kept_too_long(s, gathering_id=gathering))


def test_data_is_kept_for_the_months_of_the_centre(
    store: Store, schools: tuple[int, int, int, int]
) -> None:
    """Twelve months after the last day: on that day not yet, on the next one."""
    old, new, _ana, _bo = schools
    assert count(store, old, "2027-01-31") == 0
    assert count(store, old, "2027-02-01") == 2
    assert count(store, old, "2030-01-01") == 2
    assert count(store, new, "2030-01-01") == 0, "its centre keeps data without a limit"


def test_who_is_needed_elsewhere_is_kept(store: Store, schools: tuple[int, int, int, int]) -> None:
    """Somebody who has a part in a gathering that is not past its time is not past it."""
    old, new, ana, _bo = schools
    store.change("Again", lambda s: add_participant(s, gathering_id=new, person_id=ana))
    assert count(store, old, "2027-03-01") == 1
