"""Times that a gathering keeps free: on a day, by weekday, every day."""

import datetime as dt
from dataclasses import replace

import pytest

from schoolapp.domain.rules import RuleBroken
from schoolapp.operations import gatherings, programme
from schoolapp.operations.gatherings.kept_free import (
    KeptFreeDraft,
    kept_free_of,
    remove_kept_free,
    save_kept_free,
)
from schoolapp.storage.store import Store
from tests.operations.first_school import FIRST, FirstSchool

PRAYERS = KeptFreeDraft(when=4, start=dt.time(12, 45), end=dt.time(14, 30), why=" Friday prayers ")


class School(FirstSchool):
    """Keeps times free."""

    def keep(self, draft: KeptFreeDraft) -> int:
        """Keep a time free."""
        return int(self.do(lambda s: save_kept_free(s, gathering_id=self.id, draft=draft)))

    def kept(self) -> tuple[KeptFreeDraft, ...]:
        """What is kept free."""
        return self.store.read(lambda s: kept_free_of(s, gathering_id=self.id))

    def closed(self, day: int) -> list[str]:
        """What a day of the programme keeps free, in order."""
        on = FIRST + dt.timedelta(days=day)
        shown = self.store.read(lambda s: programme.day_programme(s, gathering_id=self.id, day=on))
        return [hours.why for hours in shown.closed]


@pytest.fixture
def school(store: Store) -> School:
    return School(store)


def test_the_days_that_have_it_show_it(school: School) -> None:
    """Each Friday, every day, or one day alone; the earlier time first."""
    school.keep(PRAYERS)
    school.keep(KeptFreeDraft(start=dt.time(12), end=dt.time(13), why="Lunch"))
    one = KeptFreeDraft(when=None, date=FIRST, start=dt.time(18), end=dt.time(19), why="Tour")
    school.keep(one)
    assert [school.closed(day) for day in (0, 5, 6, 13)] == [
        ["Lunch", "Tour"], ["Lunch"], ["Lunch", "Friday prayers"], ["Lunch", "Friday prayers"],
    ]  # fmt: skip
    assert [draft.when for draft in school.kept()] == [-1, 4, None]


def test_it_is_changed_taken_back_and_undone(school: School) -> None:
    """From each Friday to every day; a change keeps its row."""
    school.keep(PRAYERS)
    (kept,) = school.kept()
    assert kept == replace(PRAYERS, id=kept.id, version=kept.version, why="Friday prayers")
    school.keep(replace(kept, when=-1, why="Prayers"))
    assert (school.closed(0), school.closed(6)) == (["Prayers"], ["Prayers"])
    (changed,) = school.kept()
    assert changed.id == kept.id
    school.do(lambda s: remove_kept_free(s, kept_id=kept.id or 0, version=changed.version or 0))
    assert school.kept() == ()
    school.store.undo()
    school.store.undo()
    assert [replace(one, version=kept.version) for one in school.kept()] == [kept]


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (replace(PRAYERS, when=None), "Choose the day"),
        (replace(PRAYERS, when=None, date=FIRST - dt.timedelta(1)), "not one of the gathering's"),
        (replace(PRAYERS, start=None), "when it starts"),
        (replace(PRAYERS, end=None), "when it ends"),
        (replace(PRAYERS, end=PRAYERS.start), "ends before it begins"),
        (replace(PRAYERS, why="  "), "what it is kept free for"),
    ],
)
def test_what_is_not_a_time_is_refused(school: School, draft: KeptFreeDraft, words: str) -> None:
    """The sentence says what is missing, and nothing is kept."""
    with pytest.raises(RuleBroken, match=words):
        school.keep(draft)
    assert school.kept() == ()


def test_sessions_that_lie_in_it_are_reported_and_others_move_around_it(school: School) -> None:
    """A warning for what is planned there; a new session is offered the time after it."""
    friday = dt.datetime.combine(FIRST + dt.timedelta(days=6), dt.time(12))
    school.keep(PRAYERS)
    new = school.store.read(lambda s: programme.new_draft(s, gathering_id=school.id, start=friday))
    assert f"{new.start:%H:%M}" == "18:00", "groups until 16:00, the report back until 18:00"
    planned = replace(new, title="Film", start=friday, end=friday + dt.timedelta(hours=1))
    done = school.do(lambda s: programme.save_session(s, planned))
    assert done.warnings == ("Nothing should be planned at that time: Friday prayers.",)
    rows = school.store.read(lambda s: programme.clash_rows(s, gathering_id=school.id))
    assert [row.kind for row in rows] == ["blocked_time"]


def test_a_room_is_offered_when_all_day_something_is_on_elsewhere(school: School) -> None:
    """The next time at which nothing is on, else the next at which the last room is free."""
    start = dt.datetime.combine(FIRST, dt.time(9, 30))
    rooms = {
        room.name: room.id
        for room in school.store.read(lambda s: gatherings.rooms_of(s, gathering_id=school.id))
    }
    draft = school.store.read(lambda s: programme.new_draft(s, gathering_id=school.id, start=start))
    whole = replace(
        draft, title="Kitchen", room_id=rooms["Dining room"], start=start,
        end=start.replace(hour=23, minute=59),
    )  # fmt: skip
    school.do(lambda s: programme.save_session(s, whole))
    morning = replace(
        draft, title="Talk", room_id=rooms["Library"], start=start, end=start.replace(hour=11)
    )
    school.do(lambda s: programme.save_session(s, morning))
    offered = school.store.read(
        lambda s: programme.new_draft(s, gathering_id=school.id, start=start)
    )
    assert (f"{offered.start:%H:%M}", offered.room_id) == ("11:30", rooms["Library"])
