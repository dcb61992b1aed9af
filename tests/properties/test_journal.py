"""Whatever is done can be undone step by step to the start, and done again to the end."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from schoolapp.base import clock
from schoolapp.domain.applications import APPLICATION, Application, CaseFacts
from schoolapp.domain.attendance import AttendanceMark, AttendanceState
from schoolapp.domain.gatherings import Gathering, Room
from schoolapp.domain.participation import Participation
from schoolapp.domain.people import Person, PersonLanguage
from schoolapp.domain.programme import Session, Speaker
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.workflow import take
from schoolapp.storage.journal import insert_rows
from schoolapp.storage.store import DbSession, NothingToUndo, Store
from tests.databases import ENGINES, Databases, contents
from tests.storage import rows

EXAMPLES = {"file": 25, "encrypted": 10, "server": 6}
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)
NUMBERS = st.integers(0, 50)


class Desk(RuleBasedStateMachine):
    """A desk that does whatever a desk can do, in any order."""

    store: Store

    def __init__(self) -> None:
        super().__init__()
        while True:  # the database of the last example is emptied by its journal: see teardown
            try:
                self.store.undo()
            except NothingToUndo:
                break
        self.store.note("A new example begins")
        self.start = contents(self.store)
        self.steps = 0

    def do(self, title: str, operation: Callable[[DbSession], Any]) -> None:
        """A change; one that a rule or the database refuses must leave no trace."""
        try:
            self.steps += self.store.change(title, operation).step_id is not None
        except RuleBroken:
            self.refused = title

    def some(self, s: DbSession, entity: type[Any], number: int) -> Any:
        """One of the entities there are, or None."""
        every = s.scalars(sa.select(entity).order_by(*entity.__table__.primary_key)).all()
        return every[number % len(every)] if every else None

    @rule(name=NAMES, languages=st.lists(st.sampled_from(["en", "fr", "ur"]), max_size=3))
    def add_person(self, name: str, languages: list[str]) -> None:
        pairs = tuple((lang, "B1") for lang in languages)
        self.do("Add person", lambda s: s.add(rows.person(name=name, languages=pairs)))

    @rule(
        which=NUMBERS, name=NAMES, born=st.none() | st.dates(), blanks=st.lists(NAMES, max_size=2)
    )
    def edit_person(self, which: int, name: str, born: Any, blanks: list[str]) -> None:
        def edit(s: DbSession) -> None:
            if person := self.some(s, Person, which):
                person.display_name, person.born, person.blanks = name, born, blanks
                person.index_names()

        self.do("Edit person", edit)

    @rule(which=NUMBERS, order=st.randoms(use_true_random=False))
    def change_languages(self, which: int, order: Any) -> None:
        def change(s: DbSession) -> None:
            if person := self.some(s, Person, which):
                order.shuffle(person.languages)
                del person.languages[1:]
                person.languages.append(PersonLanguage(lang="nl", level="A1", position=9))

        self.do("Change languages", change)

    @rule(which=NUMBERS, into=NUMBERS)
    def merge(self, which: int, into: int) -> None:
        def merge(s: DbSession) -> None:
            if person := self.some(s, Person, which):
                person.merged_into_id = self.some(s, Person, into).id

        self.do("Merge", merge)

    @rule(entity=st.sampled_from([Person, Gathering, Session, Application, Participation, Room]),
          which=NUMBERS)  # fmt: skip
    def remove(self, entity: type[Any], which: int) -> None:
        def remove(s: DbSession) -> None:
            if thing := self.some(s, entity, which):
                s.delete(thing)

        self.do("Remove", remove)

    @rule(rooms=st.integers(0, 2), modules=st.integers(0, 2))
    def add_gathering(self, rooms: int, modules: int) -> None:
        made = rows.gathering(rooms=rooms, modules=modules)
        self.do("Add gathering", lambda s: s.add(made))

    @rule(which=NUMBERS, name=NAMES)
    def replace_rooms(self, which: int, name: str) -> None:
        def replace(s: DbSession) -> None:
            if at := self.some(s, Gathering, which):
                at.rooms.clear()
                s.flush()
                at.rooms.append(Room(code="R1", name=name))
                at.titles = at.titles | {"fr": name}

        self.do("Replace rooms", replace)

    @rule(which=NUMBERS, who=NUMBERS, number=st.integers(1, 9))
    def add_session(self, which: int, who: int, number: int) -> None:
        def add(s: DbSession) -> None:
            at, speaker = self.some(s, Gathering, which), self.some(s, Person, who)
            if at and speaker:
                s.add(rows.session(at, no=number, speakers=(speaker,)))

        self.do("Add session", add)

    @rule(which=NUMBERS, hours=st.integers(-3, 3))
    def move_session(self, which: int, hours: int) -> None:
        def move(s: DbSession) -> None:
            if slot := self.some(s, Session, which):
                by = dt.timedelta(hours=hours)
                slot.set_times(slot.start_local + by, slot.end_local + by)
                slot.speakers[:] = [Speaker(person=old.person) for old in slot.speakers[1:]]

        self.do("Move session", move)

    @rule(who=NUMBERS, which=NUMBERS)
    def apply(self, who: int, which: int) -> None:
        def add(s: DbSession) -> None:
            person, at = self.some(s, Person, who), self.some(s, Gathering, which)
            if person and at:
                s.add(rows.application(person, at))
                s.add(rows.participation(person, at))

        self.do("Apply", add)

    @rule(which=NUMBERS, step=NUMBERS)
    def move_application(self, which: int, step: int) -> None:
        def move(s: DbSession) -> None:
            case = self.some(s, Application, which)
            lawful = APPLICATION.steps_from(case.state) if case else ()
            if lawful:
                name = lawful[step % len(lawful)].name
                take(APPLICATION, case, name, by="desk", facts=CaseFacts(seats_left=1))

        self.do("Move application", move)

    @rule(which=NUMBERS, who=NUMBERS, state=st.sampled_from(AttendanceState))
    def mark(self, which: int, who: int, state: AttendanceState) -> None:
        def mark(s: DbSession) -> None:
            slot, place = self.some(s, Session, which), self.some(s, Participation, who)
            if not slot or not place:
                return
            if old := s.get(AttendanceMark, (slot.id, place.id)):
                s.delete(old)
            s.add(AttendanceMark(session_id=slot.id, participation_id=place.id, status=state,
                                 check_in=clock.now()))  # fmt: skip

        self.do("Mark", mark)

    @rule(which=NUMBERS, many=st.integers(0, 3))
    def import_rooms(self, which: int, many: int) -> None:
        def add(s: DbSession) -> None:
            if at := self.some(s, Gathering, which):
                common = {"gathering_id": at.id, "name": "", "booths": 0, "position": 0}
                insert_rows(s, Room, [common | {"code": f"I{n}"} for n in range(many)])

        self.do("Import rooms", add)

    @rule(back=st.integers(1, 3))
    def hesitate(self, back: int) -> None:
        """Undo some steps, then do all of them again: as if nothing had happened."""
        before = contents(self.store)
        back = min(back, self.steps)
        for turn in [self.store.undo] * back + [self.store.redo] * back:
            turn()
        assert contents(self.store) == before

    @invariant()
    def journal_knows_every_step(self) -> None:
        assert (self.store.next_titles()[0] is not None) == (self.steps > 0)

    def teardown(self) -> None:
        """Undo all: the start. Redo all: the end."""
        end = contents(self.store)
        for _ in range(self.steps):
            self.store.undo()
        assert contents(self.store) == self.start
        for _ in range(self.steps):
            self.store.redo()
        assert contents(self.store) == end


@pytest.fixture(params=ENGINES)
def desk(request: pytest.FixtureRequest, databases: Databases) -> Iterator[type[Desk]]:
    """The machine on each engine."""
    place = databases.copy(request.param)
    store = place.open()
    yield type("Desk", (Desk,), {"store": store, "examples": EXAMPLES[request.param]})
    store.close()
    databases.remove(place)


def test_undo_all_redo_all(desk: Any) -> None:
    """Random operations, undone in reverse, give back the start; redone, the end."""
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        desk,
        settings=settings(
            max_examples=desk.examples,
            stateful_step_count=20,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
