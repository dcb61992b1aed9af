"""Gatherings from templates, their drafts, figures and rooms."""

import dataclasses
import datetime as dt

import pytest

from schoolapp.domain.gatherings import GatheringState
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations import gatherings
from schoolapp.storage.store import ChangedElsewhere, Store

TODAY = dt.date(2027, 3, 1)


def create(store: Store, template: int = 0, title: str = "Global Justice School") -> int:
    chosen = gatherings.read_templates()[template]
    return store.change(
        "Create a gathering",
        lambda session: gatherings.create_from_template(
            session, template=chosen, title=title, start_date=dt.date(2028, 10, 21)
        ),
    ).value


def test_a_template_gives_rooms_dates_prices_and_a_day_pattern(store: Store) -> None:
    """All dates of a three-week school follow its first day; free days have no sessions (S01)."""
    key = create(store)
    row = store.read(lambda s: gatherings.gathering_rows(s, [key]))[key]
    assert (row.code, row.kind) == ("gjs2028", "school")
    assert (row.start_date, row.end_date) == (dt.date(2028, 10, 21), dt.date(2028, 11, 11))
    assert row.sessions == 56
    draft = store.read(lambda s: gatherings.draft_of(s, gathering_id=key, language="en"))
    assert draft.free_days == (dt.date(2028, 10, 28), dt.date(2028, 11, 4))
    assert dict(draft.deadlines)["application"] == dt.date(2028, 5, 29)


def test_every_template_makes_a_gathering_that_one_undo_removes(store: Store) -> None:
    """Creating from a template is one step."""
    for number in range(3):
        create(store, number, title=f"Number {number}")
        store.undo()
    assert store.read(gatherings.list_gatherings) == ()


def test_codes_are_never_taken_twice(store: Store) -> None:
    """A second gathering of the same name and year has a code of its own."""
    create(store)
    second = create(store)
    assert store.read(lambda s: gatherings.gathering_rows(s, [second]))[second].code == "gjs2028-2"


def test_a_party_that_ends_after_midnight_lasts_until_the_next_day(file_store: Store) -> None:
    """The camp's parties end on the day after they begin (E07)."""
    create(file_store, 2, title="Camp")
    rows = file_store.read(
        lambda s: (
            s.connection()
            .exec_driver_sql(
                "SELECT start_local, end_local FROM session WHERE kind = 'social' ORDER BY no"
            )
            .all()
        )
    )
    assert len(rows) == 5
    assert {str(end)[11:16] for _start, end in rows} == {"02:00"}
    assert all(str(start)[:10] < str(end)[:10] for start, end in rows)


def test_a_draft_saves_what_was_edited_and_nothing_else(store: Store) -> None:
    """Saving a draft without edits changes nothing; an edit of an old version is refused."""
    key = create(store)
    draft = store.read(lambda s: gatherings.draft_of(s, gathering_id=key, language="en"))

    def save(edited: gatherings.GatheringDraft) -> int | None:
        return store.change("Edit", lambda s: gatherings.save_gathering(s, draft=edited)).step_id

    assert save(draft) is None
    assert save(dataclasses.replace(draft, capacity=30, deadlines=draft.deadlines[1:])) is not None
    with pytest.raises(ChangedElsewhere):
        save(dataclasses.replace(draft, capacity=31))
    again = store.read(lambda s: gatherings.draft_of(s, gathering_id=key, language="en"))
    assert (again.capacity, again.deadlines) == (30, draft.deadlines[1:])


@pytest.mark.parametrize(
    ("field", "value", "wrong"),
    [
        ("title", " ", "title"),
        ("end_date", dt.date(2028, 1, 1), "end_date"),
        ("capacity", 0, "capacity"),
        ("tz", "Europe/Atlantis", "tz"),
        ("currency", "EURO", "currency"),
        ("working_languages", (), "working_languages"),
    ],
)
def test_a_draft_says_field_by_field_what_is_wrong(
    file_store: Store, field: str, value: object, wrong: str
) -> None:
    """Each wrong field has its sentence, and saving refuses with it."""
    key = create(file_store)
    draft = file_store.read(lambda s: gatherings.draft_of(s, gathering_id=key, language="en"))
    bad = dataclasses.replace(draft, **{field: value})  # type: ignore[arg-type]
    assert list(gatherings.check(bad)) == [wrong]
    if field == "title":  # the other languages would still name it
        return
    with pytest.raises(RuleBroken):
        file_store.change("Edit", lambda s: gatherings.save_gathering(s, draft=bad))


def test_rooms_are_added_changed_and_removed(store: Store) -> None:
    """A room that sessions use stays; a free one goes."""
    key = create(store)
    new = gatherings.RoomDraft(name="Garden", seats=None)
    store.change("Add", lambda s: gatherings.save_room(s, gathering_id=key, draft=new))
    rooms = {r.name: r for r in store.read(lambda s: gatherings.rooms_of(s, gathering_id=key))}
    garden, hall = rooms["Garden"], rooms["Conference hall"]
    edited = dataclasses.replace(garden, name="Big garden", seats=60)
    store.change("Edit", lambda s: gatherings.save_room(s, gathering_id=key, draft=edited))

    def remove(room: gatherings.RoomDraft, version: int) -> None:
        store.change(
            "Remove", lambda s: gatherings.remove_room(s, room_id=room.id or 0, version=version)
        )

    with pytest.raises(RuleBroken, match="Sessions are planned in Conference hall"):
        remove(hall, 1)
    remove(garden, 2)
    names = [room.name for room in store.read(lambda s: gatherings.rooms_of(s, gathering_id=key))]
    assert names == [
        "Conference hall",
        "Meeting room 1",
        "Meeting room 2",
        "Dining room",
        "Library",
    ]


def test_figures_of_a_gathering_take_three_statements(store: Store, count_statements) -> None:  # type: ignore[no-untyped-def]
    """However much there is, the overview asks three times."""
    key = create(store)
    with count_statements(store) as counted:
        shown = store.read(
            lambda s: gatherings.overview(s, gathering_id=key, today=TODAY, language="en")
        )
    assert len(counted) <= 3
    assert (shown.capacity, shown.seated, shown.row.sessions) == (25, 0, 56)
    assert shown.deadlines[0][0] == "application"


def test_a_gathering_moves_by_its_workflow_alone(store: Store) -> None:
    """An unlawful step is refused with a sentence."""
    key = create(store)

    def move(step: str) -> None:
        store.change("Move", lambda s: gatherings.move_gathering(s, gathering_id=key, step=step))

    move("open")
    with pytest.raises(RuleBroken, match="not possible"):
        move("start")
    state = store.read(lambda s: gatherings.gathering_rows(s, [key]))[key].state
    assert state is GatheringState.APPLICATIONS_OPEN


def test_a_gathering_nobody_joined_is_removed_with_its_programme(store: Store) -> None:
    """Removing and undoing gives the same gathering back."""
    key = create(store)
    before = store.read(gatherings.list_gatherings)
    store.change("Remove", lambda s: gatherings.remove_gathering(s, gathering_id=key, version=1))
    assert store.read(gatherings.list_gatherings) == ()
    store.undo()
    assert store.read(gatherings.list_gatherings) == before
