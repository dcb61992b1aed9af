"""The checks of forms: each broken rule has its sentence, and valid values have none."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolapp.base import clock
from schoolapp.domain.applications import ApplicationState as A
from schoolapp.domain.applications import ApplicationStep, next_rank, submitted_at
from schoolapp.domain.attendance import AttendanceState, minutes_inside, times_of
from schoolapp.domain.clashes import GivenTimes, refuse_times, remarks
from schoolapp.domain.gatherings import (
    Gathering,
    GatheringKind,
    Module,
    check_gathering,
    check_module,
)
from schoolapp.domain.participation import check_stay, days_present, whole_stay
from schoolapp.domain.people import (
    check_person,
    looks_like_address,
    sort_key,
)
from schoolapp.domain.planned import Blocked
from schoolapp.domain.programme import SessionKind, SessionState, check_times
from schoolapp.domain.reading_cells.dates import age_on
from schoolapp.domain.readings import EditionDraft, check_edition, gap_of
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.scheduling import (
    LineDraft,
    Mode,
    ScheduleFacts,
    SessionDraft,
    check_session,
    moved,
    need_changeable,
)

FIRST = dt.date(2027, 10, 23)
AMSTERDAM = "Europe/Amsterdam"
FACTS = ScheduleFacts(
    tz=AMSTERDAM,
    first=FIRST,
    last=dt.date(2027, 11, 13),
    modules={1: (FIRST, dt.date(2027, 10, 30))},
    free_days=frozenset({dt.date(2027, 10, 30)}),
    blocked=(Blocked(dt.date(2027, 10, 29), dt.time(12), dt.time(14), "Friday prayers"),),
)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))
MOMENTS = st.datetimes(dt.datetime(2027, 1, 1), dt.datetime(2027, 12, 31))  # noqa: DTZ001 - wall times


def wall(text: str) -> dt.datetime:
    """A wall time, as it is written in the packages."""
    return dt.datetime.fromisoformat(text)


def test_a_gathering_needs_a_title_days_in_order_and_a_place() -> None:
    """Everything that is wrong is reported at once, field by field."""
    assert set(check_gathering({"en": " "}, FIRST, FIRST - dt.timedelta(1), 0)) == {
        "title", "end_date", "capacity",
    }  # fmt: skip
    assert check_gathering({"en": "School"}, FIRST, FIRST, 1) == {}


def test_modules_lie_inside_and_do_not_overlap() -> None:
    """A module may touch its neighbour's day before, not share a day with it."""
    school = Gathering(
        code="x", kind=GatheringKind.SCHOOL, titles={}, country="NL", tz="UTC", currency="EUR",
        start_date=FIRST, end_date=FIRST + dt.timedelta(20), capacity=1, working_languages=[],
    )  # fmt: skip

    def module(start: int, end: int) -> Module:
        days = (school.start_date + dt.timedelta(n) for n in (start, end))
        return Module(code="m", title="x", start=next(days), end=next(days))

    other = module(0, 6)
    assert check_module(module(7, 13), [other], school) is None
    same = module(7, 13)
    assert check_module(same, [other, same], school) is None
    assert "before the first" in str(check_module(module(5, 4), [], school))
    assert "within the dates" in str(check_module(module(-1, 4), [], school))
    assert "within the dates" in str(check_module(module(15, 21), [], school))
    assert "may not overlap" in str(check_module(module(6, 9), [other], school))


def test_a_person_needs_a_name_and_cannot_be_born_tomorrow() -> None:
    """An address needs the shape of one; none at all is allowed."""
    today = dt.date(2027, 3, 1)
    assert set(check_person(" ", today + dt.timedelta(1), "x", today)) == {
        "display_name", "born", "email",
    }  # fmt: skip
    assert check_person("Suharto", today, None, today) == {}
    assert check_person("Ana", None, "ana@example.org", today) == {}


@pytest.mark.parametrize(
    "text",
    ["ana", "@example.org", "ana@", "ana@localhost", "a b@x.org", "a@x.org, b@x.org", "<a@x.org>"],
)
def test_what_has_not_the_shape_of_an_address(text: str) -> None:
    """One part before the @, a domain with a dot, no list."""
    assert not looks_like_address(text)


def test_names_sort_by_family_where_there_is_one() -> None:
    """People with one name sort under it (E22)."""
    assert sort_key("Li Wei", "Wei", "Li") == "Li, Wei"
    assert sort_key("Suharto", "Suharto", None) == "Suharto"


@given(born=DAYS, day=DAYS)
def test_age_grows_by_one_on_each_birthday(born: dt.date, day: dt.date) -> None:
    """Between two days a year apart there is exactly one."""
    age = age_on(born, day)
    later = day + dt.timedelta(366)
    assert age_on(born, later) - age in (1, 2)
    assert age_on(born, day + dt.timedelta(1)) - age in (0, 1)


def test_the_leap_day() -> None:
    """A person born on 29 February turns a year older on 1 March."""
    born = dt.date(2008, 2, 29)
    assert (age_on(born, dt.date(2026, 2, 28)), age_on(born, dt.date(2026, 3, 1))) == (17, 18)


@given(ranks=st.lists(st.none() | st.integers(1, 99)))
def test_who_joins_the_waiting_list_is_last(ranks: list[int | None]) -> None:
    """The new rank is higher than all there are; gaps do not matter."""
    assert all(next_rank(ranks) > rank for rank in ranks if rank is not None)
    assert next_rank([]) == 1


def test_an_application_came_in_with_its_first_submission() -> None:
    """A draft has not come in; a second submission does not count."""

    def step(state: A, day: int) -> ApplicationStep:
        return ApplicationStep(
            position=day, state=state, at=dt.datetime(2027, 1, day, tzinfo=dt.UTC)
        )

    draft, first, second = step(A.DRAFT, 1), step(A.SUBMITTED, 2), step(A.SUBMITTED, 5)
    assert submitted_at([draft]) is None
    assert submitted_at([draft, first, second]) == first.at


@given(start=MOMENTS, length=st.integers(1, 600), came=MOMENTS, stayed=st.integers(0, 900))
def test_minutes_never_leave_the_session(
    start: dt.datetime, length: int, came: dt.datetime, stayed: int
) -> None:
    """Between nothing and the length; the whole of it for people who were there throughout."""
    end = start + dt.timedelta(minutes=length)
    went = came + dt.timedelta(minutes=stayed)
    assert 0 <= minutes_inside(came, went, start, end) <= min(length, stayed)
    assert minutes_inside(start, end, start, end) == length
    assert minutes_inside(None, went, start, end) == minutes_inside(came, None, start, end) == 0


@given(status=st.sampled_from(AttendanceState), start=MOMENTS, length=st.integers(1, 600))
def test_times_of_a_mark_lie_in_the_session(
    status: AttendanceState, start: dt.datetime, length: int
) -> None:
    """People who attended have both times, people who did not have none."""
    end = start + dt.timedelta(minutes=length)
    came, went = times_of(status, start, end)
    attended = status in ("present", "late", "left_early")
    assert (came, went) == ((start, end) if attended else (None, None))


@given(arrival=MOMENTS, hours=st.integers(0, 500))
def test_days_of_a_stay_are_counted_with_both_ends(arrival: dt.datetime, hours: int) -> None:
    """From the day of arrival to the day of departure; a day twice touched counts once."""
    departure = arrival + dt.timedelta(hours=hours)
    days = days_present([(arrival, departure), (arrival, departure)])
    assert {arrival.date(), departure.date()} <= days
    assert len(days) == (departure.date() - arrival.date()).days + 1
    whole = whole_stay(arrival.date(), departure.date())
    assert check_stay(*whole) is None
    assert days_present([whole]) == days
    assert (check_stay(arrival, departure) is None) == (hours > 0)


def test_times_that_the_clocks_jump_over() -> None:
    """Neither a start nor an end lies in the hour that spring leaves out (E03)."""
    gap, before = wall("2027-03-28T02:30"), wall("2027-03-28T01:30")
    assert set(check_times(gap, wall("2027-03-28T04:00"), AMSTERDAM)) == {"start_local"}
    assert set(check_times(before, gap, AMSTERDAM)) == {"end_local"}
    assert set(check_times(before, before, AMSTERDAM)) == {"end_local"}
    assert check_times(before, wall("2027-03-28T03:00"), AMSTERDAM) == {}


@given(start=MOMENTS, minutes=st.integers(1, 900), fold=st.integers(0, 1))
def test_a_moved_session_keeps_its_length(start: dt.datetime, minutes: int, fold: int) -> None:
    """Whatever the clocks do meanwhile; its wall times exist (E03)."""
    times = moved(start.replace(second=0, microsecond=0), minutes, AMSTERDAM, fold)
    begins = clock.to_utc(times.start, AMSTERDAM, times.fold_start)
    ends = clock.to_utc(times.end, AMSTERDAM, times.fold_end)
    assert ends - begins == dt.timedelta(minutes=minutes)
    assert clock.exists(times.start, AMSTERDAM)
    assert clock.exists(times.end, AMSTERDAM)


def draft(start: str, end: str, **fields: object) -> SessionDraft:
    """A session as a form holds it."""
    values = {"gathering_id": 1, "title": "x", "start": wall(start), "end": wall(end), **fields}
    return SessionDraft(**values)  # type: ignore[arg-type]


def test_a_session_lies_in_the_days_of_its_gathering() -> None:
    """The last night may run into the next morning; a title is needed."""
    assert check_session(draft("2027-10-23T00:00", "2027-10-23T01:00"), FACTS) == {}
    assert check_session(draft("2027-11-13T22:00", "2027-11-14T06:00"), FACTS) == {}
    assert set(check_session(draft("2027-11-13T22:00", "2027-11-14T06:01"), FACTS)) == {"start"}
    assert set(check_session(draft("2027-10-22T23:59", "2027-10-23T01:00"), FACTS)) == {"start"}
    untitled = draft("2027-10-24T10:00", "2027-10-24T09:00", title=" ")
    assert set(check_session(untitled, FACTS)) == {"title", "end"}


def test_nobody_interprets_into_the_language_of_the_floor() -> None:
    """French speakers need no French booth; without a floor language nothing is reported."""
    line = LineDraft(source="en", target="fr", mode=Mode.BOOTH)
    times = ("2027-10-24T10:00", "2027-10-24T11:00")
    assert set(
        check_session(draft(*times, floor_language="fr", interpretation=(line,)), FACTS)
    ) == {"interpretation"}
    for floor in ("en", "-"):
        assert (
            check_session(draft(*times, floor_language=floor, interpretation=(line,)), FACTS) == {}
        )


def test_what_is_only_warned_of() -> None:
    """A free day, a time kept free, a day outside the module: reported, and not forbidden."""

    def warned(
        start: str, kind: SessionKind = SessionKind.LECTURE, module: int | None = None
    ) -> int:
        begins = wall(start)
        times = GivenTimes(
            kind=kind, module_id=module, start=begins, end=begins + dt.timedelta(hours=1),
            facts=FACTS,
        )  # fmt: skip
        refuse_times(times)
        return len(remarks(times))

    assert warned("2027-10-30T10:00") == 1
    assert warned("2027-10-30T20:00", SessionKind.SOCIAL) == 0
    assert warned("2027-10-31T01:00", SessionKind.LECTURE) == 1  # still the night of the free day
    assert warned("2027-10-29T13:00") == 1
    assert warned("2027-10-29T14:00") == 0
    assert warned("2027-11-01T10:00", module=1) == 1
    assert warned("2027-10-25T10:00", module=1) == warned("2027-11-01T10:00", module=2) == 0


def test_what_has_begun_or_is_cancelled_stays() -> None:
    """Each has its own sentence; future sessions may change."""
    with pytest.raises(RuleBroken, match="is cancelled"):
        need_changeable(SessionState.CANCELLED)
    for state in (SessionState.RUNNING, SessionState.HELD):
        with pytest.raises(RuleBroken, match="has begun"):
            need_changeable(state)
    for state in (SessionState.IDEA, SessionState.PLANNED, SessionState.PUBLISHED):
        need_changeable(state)


def test_an_edition_needs_author_title_and_language() -> None:
    """A web address is accepted; none at all is allowed."""
    wrong = check_edition(EditionDraft(lang="-", web_address="example.org"))
    assert set(wrong) == {"author", "title", "lang", "web_address"}
    assert check_edition(EditionDraft(author="Marx", title="Capital")) == {}
    there = EditionDraft(author="Marx", title="Capital", web_address="https://example.org/1")
    assert check_edition(there) == {}


LISTS = st.lists(
    st.tuples(st.integers(1, 99), st.booleans(), st.sampled_from(["en", "fr", "ur"])),
    unique_by=lambda reading: reading[0],
)


@given(
    in_lectures=st.booleans(),
    working=st.lists(st.sampled_from(["en", "fr", "ur"])),
    languages=st.sets(st.sampled_from(["en", "fr", "ur"])),
)
def test_a_gap_is_the_working_languages_without_a_text(
    in_lectures: bool, working: list[str], languages: set[str]
) -> None:
    """Sorted, each once; nothing is reported if no list is expected and there is none."""
    gap = gap_of(in_lectures, working, languages)
    assert (gap is None) == (not in_lectures and not languages)
    if gap is not None:
        assert gap == sorted(set(gap))
        assert set(gap) == set(working) - languages
