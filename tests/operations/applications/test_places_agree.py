"""How many places are left is one figure, wherever it stands."""

import datetime as dt
from functools import partial

from schoolapp.domain.people import PersonDraft
from schoolapp.domain.working import EngagementDraft
from schoolapp.operations import applications, gatherings
from schoolapp.operations.applications.recording import meeting_minutes
from schoolapp.operations.people.editing import save_person
from schoolapp.operations.people.engagements import save_engagement
from schoolapp.operations.people.participations import add_participant
from schoolapp.storage.store import DbSession, Store
from tests import builders as b

DAY = dt.date(2027, 3, 1)


def everywhere(session: DbSession, key: int) -> set[int]:
    """Places left: Home, Applications, a meeting, its minutes."""
    board = applications.seats_of(session, gathering_id=key, prepared=True)
    shown = gatherings.overview(session, gathering_id=key, today=DAY, language="en")
    minutes = meeting_minutes(
        session, gathering_id=key, day=DAY, side_name=str, group_name=lambda _side, group: group
    )
    return {
        shown.left,
        applications.places(session, gathering_id=key).left,
        board.left,
        minutes.left,
    }


def test_who_was_invited_holds_a_place_and_who_works_none(file_store: Store) -> None:
    """Somebody who takes part without applying takes a place; a lecturer only if one says so."""

    key = file_store.change("New", lambda s: b.gathering(s, capacity=5).id).value
    assert file_store.read(lambda s: everywhere(s, key)) == {5}
    names = ("Ana Ruiz", "Bo Lind", "Cy Roth")
    ana, bo, cy = (
        file_store.change("New", partial(save_person, draft=PersonDraft(display_name=name))).value
        for name in names
    )
    file_store.change("Invite", lambda s: add_participant(s, gathering_id=key, person_id=ana))
    assert file_store.read(lambda s: everywhere(s, key)) == {4}
    lectures = EngagementDraft(gathering_id=key, people=(bo,))
    file_store.change("Engage", lambda s: save_engagement(s, lectures))
    assert file_store.read(lambda s: everywhere(s, key)) == {4}
    both = EngagementDraft(gathering_id=key, people=(cy,), takes_part=True)
    file_store.change("Engage", lambda s: save_engagement(s, both))
    assert file_store.read(lambda s: everywhere(s, key)) == {3}
    shown = file_store.read(lambda s: applications.places(s, gathering_id=key))
    assert (shown.seated, shown.held, shown.completed) == (2, 0, 0)


def test_all_figures_of_the_practice_schools_agree(practice_store: Store) -> None:
    """The camp has delegations and hardly an application: most of its places are given."""
    codes = practice_store.read(
        lambda s: {row.code: row.id for row in gatherings.list_gatherings(s)}
    )
    left = {code: practice_store.read(partial(everywhere, key=key)) for code, key in codes.items()}
    assert {code: len(figures) for code, figures in left.items()} == dict.fromkeys(codes, 1)
    camp = practice_store.read(partial(applications.places, gathering_id=codes["camp2027"]))
    assert left["camp2027"] == {400}
    assert (camp.seated, camp.completed) == (0, 350), "nobody applied, and all have been there"
