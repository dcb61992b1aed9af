"""Gatherings from templates, their drafts, figures and rooms."""

import dataclasses
import datetime as dt

import pytest

from schoolapp.domain.applications import Application, ApplicationState
from schoolapp.domain.arrivals import Check
from schoolapp.domain.gatherings import ArrivalCheck, GatheringState
from schoolapp.domain.letters import Occasion
from schoolapp.domain.money import Money
from schoolapp.domain.referees import ANCHORS
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations import applications, gatherings, letters
from schoolapp.operations.applications import RulesDraft, ScaleDraft, TargetDraft
from schoolapp.operations.arrivals import desk
from schoolapp.storage.store import ChangedElsewhere, DbSession, Store
from tests import builders as b

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


def test_places_are_kept_in_one_form(file_store: Store) -> None:
    """Coordinates as a map copies them, of the venue and of a room; invalid ones are refused."""
    key = create(file_store)

    def draft(session: DbSession) -> gatherings.GatheringDraft:
        return gatherings.draft_of(session, gathering_id=key, language="en")

    first = file_store.read(draft)
    assert first.coordinates is None
    wrong = dataclasses.replace(first, coordinates="Amsterdam")
    assert set(gatherings.check(wrong)) == {"coordinates"}
    room = gatherings.RoomDraft(name="Farm", coordinates="nowhere")
    assert set(gatherings.check_room(room)) == {"coordinates"}
    edited = dataclasses.replace(first, coordinates="geo:52.36760,4.9041")
    file_store.change("Edit", lambda s: gatherings.save_gathering(s, draft=edited))
    assert file_store.read(draft).coordinates == "52.3676, 4.9041"
    room = dataclasses.replace(room, coordinates="52,5 5")
    file_store.change("Add", lambda s: gatherings.save_room(s, gathering_id=key, draft=room))
    rooms = file_store.read(lambda s: gatherings.rooms_of(s, gathering_id=key))
    assert rooms[-1].coordinates == "52.5, 5"
    emptied = dataclasses.replace(file_store.read(draft), coordinates="")
    file_store.change("Edit", lambda s: gatherings.save_gathering(s, draft=emptied))
    assert file_store.read(draft).coordinates is None


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
    found = set(gatherings.check(bad))
    if field == "currency":  # the prices stand in the one before
        found.remove("prices")
    assert found == {wrong}
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


def test_figures_of_a_gathering_take_five_statements(store: Store, count_statements) -> None:  # type: ignore[no-untyped-def]
    """However much there is: two for the overview, and the three that count places anywhere."""
    key = create(store)
    with count_statements(store) as counted:
        shown = store.read(
            lambda s: gatherings.overview(s, gathering_id=key, today=TODAY, language="en")
        )
    assert len(counted) <= 5
    assert (shown.capacity, shown.left, shown.row.sessions) == (25, 25, 56)
    assert shown.deadlines[0][0] == "application"


def test_a_gathering_moves_by_its_workflow_alone(store: Store) -> None:
    """An invalid step is refused with a sentence."""
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


def test_modules_are_added_changed_and_removed(store: Store) -> None:
    """A module keeps its code; its days lie inside the gathering and in no other module."""
    key = create(store, 1, "Seminar")  # 21 to 25 October 2028, without modules
    day = dt.date(2028, 10, 21)

    def save(draft: gatherings.ModuleDraft) -> int:
        return store.change(
            "Save", lambda s: gatherings.save_module(s, gathering_id=key, draft=draft)
        ).value

    def modules() -> tuple[gatherings.ModuleDraft, ...]:
        return store.read(lambda s: gatherings.modules_of(s, gathering_id=key))

    save(gatherings.ModuleDraft(title=" Money ", start=day, end=day + dt.timedelta(days=1)))
    (first,) = modules()
    assert (first.code, first.title, first.version) == ("m1", "Money", 1)
    late = dt.date(2028, 10, 30)
    for start, end, why in ((day, day, "overlap"), (late, late, "within the dates")):
        with pytest.raises(RuleBroken, match=why):
            save(gatherings.ModuleDraft(title="Land", start=start, end=end))
    save(dataclasses.replace(first, title="Money and debt", end=day))
    assert [m.title for m in modules()] == ["Money and debt"]
    with pytest.raises(ChangedElsewhere):
        save(first)
    with pytest.raises(RuleBroken, match="Choose a day"):
        save(gatherings.ModuleDraft(title="Land", start=dt.date(2028, 10, 22)))
    store.change(
        "Remove", lambda s: gatherings.remove_module(s, module_id=first.id or 0, version=2)
    )
    assert modules() == ()


def test_a_module_that_sessions_belong_to_stays(store: Store) -> None:
    """Otherwise the programme would lose its modules unnoticed."""
    key = create(store)
    module = store.read(lambda s: gatherings.modules_of(s, gathering_id=key))[0]
    with pytest.raises(RuleBroken, match="belong to Module 1"):
        store.change(
            "Remove",
            lambda s: gatherings.remove_module(s, module_id=module.id or 0, version=1),
        )


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", " "), ("start", None), ("end", None), ("end", dt.date(2028, 1, 1))],
)
def test_a_module_says_what_is_wrong_with_it(field: str, value: object) -> None:
    """Each field has its own sentence."""
    good = gatherings.ModuleDraft(
        title="Land", start=dt.date(2028, 10, 21), end=dt.date(2028, 10, 22)
    )
    assert gatherings.check_module_draft(good) == {}
    bad = dataclasses.replace(good, **{field: value})  # type: ignore[arg-type]
    assert list(gatherings.check_module_draft(bad)) == [field]


@pytest.mark.parametrize(("field", "value"), [("name", ""), ("seats", 0), ("booths", -1)])
def test_a_room_says_what_is_wrong_with_it(field: str, value: object) -> None:
    """A room without a limit has no number of seats, never zero of them."""
    good = gatherings.RoomDraft(name="Hall", seats=None)
    assert gatherings.check_room(good) == {}
    bad = dataclasses.replace(good, **{field: value})  # type: ignore[arg-type]
    assert list(gatherings.check_room(bad)) == [field]


def test_prices_are_saved_with_the_draft(store: Store) -> None:
    """A band may get another price, go, or come; its place in the order stays."""
    key = create(store)
    draft = store.read(lambda s: gatherings.draft_of(s, gathering_id=key, language="en"))
    assert dict(draft.prices)["A"] == Money.of("600", "EUR")
    wanted = (("A", Money.of("650", "EUR")), ("B", draft.prices[1][1]), ("E", Money.of(0, "EUR")))
    edited = dataclasses.replace(draft, prices=wanted)
    store.change("Edit", lambda s: gatherings.save_gathering(s, draft=edited))
    again = store.read(lambda s: gatherings.draft_of(s, gathering_id=key, language="en"))
    assert again.prices == wanted
    below = dataclasses.replace(again, prices=(("A", Money(-1, "EUR")),))
    assert list(gatherings.check(below)) == ["prices"]
    store.undo()
    before = store.read(lambda s: gatherings.draft_of(s, gathering_id=key, language="en"))
    assert before.prices == draft.prices


def test_a_free_day_lies_in_the_gathering(store: Store) -> None:
    """A day outside would never be used."""
    key = create(store)
    draft = store.read(lambda s: gatherings.draft_of(s, gathering_id=key, language="en"))
    bad = dataclasses.replace(draft, free_days=(dt.date(2028, 12, 1),))
    assert list(gatherings.check(bad)) == ["free_days"]


def test_all_confirmed_and_present_are_three_figures(store: Store) -> None:
    """People invited without an application take a place too; people who cancelled do not."""

    def fill(session):  # type: ignore[no-untyped-def]
        at = b.gathering(session, capacity=5)
        waiting, confirmed, invited, gone = (b.person(session) for _n in range(4))
        b.application(session, waiting, at)
        b.application(session, confirmed, at, state=ApplicationState.CONFIRMED)
        b.arrive(session, b.participation(session, invited, at))
        b.cancelled(session, gone, at)
        return at.id

    key = store.change("Fill", fill).value
    shown = store.read(
        lambda s: gatherings.overview(s, gathering_id=key, today=TODAY, language="en")
    )
    assert sum(shown.by_state.values()) == 3
    assert (shown.confirmed, shown.taking_part, shown.arrived) == (2, 2, 1)
    assert (shown.invited, shown.left) == (1, 3)


def test_a_new_gathering_begins_with_the_rules_and_letters_of_another(file_store: Store) -> None:
    """Rules, targets, scales, letter texts and arrival list are copied; people are not."""

    def build(session: DbSession) -> int:
        at = b.gathering(session)
        desk.set_checklist(session, gathering_id=at.id, items=[Check.KEY])
        b.application(session, b.person(session), at)
        declared = RulesDraft(
            gathering_id=at.id,
            offer_days=9,
            endorsement=True,
            targets=(TargetDraft(number=40),),
            scales=(ScaleDraft(name="Motivation", anchors=ANCHORS),),
        )
        applications.save_rules(session, draft=declared)
        text = letters.LetterDraft(
            gathering_id=at.id,
            occasion=Occasion.ACCEPTED,
            language="en",
            subject="Welcome",
            text="Dear {name}",
        )
        letters.save_template(session, draft=text)
        return at.id

    source = file_store.change("Build", build).value
    made = create(file_store)
    file_store.change(
        "Carry over", lambda s: gatherings.carry_over(s, source_id=source, target_id=made)
    )

    def carried(session: DbSession, key: int) -> tuple[object, ...]:
        rules = applications.rules_draft(session, gathering_id=key)
        letter = letters.template_draft(
            session, gathering_id=key, occasion=Occasion.ACCEPTED, language="en"
        )
        items = session.query(ArrivalCheck.item).filter_by(gathering_id=key).all()
        return (
            dataclasses.replace(rules, gathering_id=0, scales=()),
            [(scale.name, scale.anchors) for scale in rules.scales],
            (letter.subject, letter.text),
            [row.item for row in items],
        )

    wanted = file_store.read(lambda s: carried(s, source))
    assert wanted[1:] == ([("Motivation", ANCHORS)], ("Welcome", "Dear {name}"), ["key"])
    assert file_store.read(lambda s: carried(s, made)) == wanted
    assert file_store.read(lambda s: s.query(Application).filter_by(gathering_id=made).count()) == 0
    file_store.change(
        "Remove", lambda s: gatherings.remove_gathering(s, gathering_id=made, version=1)
    )
    assert file_store.read(lambda s: carried(s, source)) == wanted
