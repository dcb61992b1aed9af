"""A store that lives in memory and a demonstration place, for the tests of the shell."""

import datetime as dt
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from schoolapp.base.language import mark
from schoolapp.base.shipped import table
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.commands import Command, Menu, Scope, some_selected
from schoolapp.desktop.bridge.desk import Gathering
from schoolapp.desktop.bridge.journal import History
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.panel import FormPanel, Panel
from schoolapp.desktop.kit.place import KnownPlace, LaterPlace
from schoolapp.desktop.kit.table_place import TablePlace
from schoolapp.desktop.look.states import state_look
from schoolapp.desktop.tables import Column, Source, View
from schoolapp.domain.money import Money
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.text import fold

GATHERINGS = (
    Gathering(1, "Global Justice School 2027", "Amsterdam", "Europe/Amsterdam", "EUR"),
    Gathering(2, "International Youth Camp 2027", "Denmark", "Europe/Copenhagen", "DKK", "camp"),
)
FIRST_NAMES = [
    "Amina",
    "Bilal",
    "Carmen",
    "Dilnoza",
    "Esperanza",
    "Farah",
    "Gerrit",
    "Hamza",
    "Ines",
    "Jun-ho",
]
LAST_NAMES = (
    "Khan", "Reyes Dela Cruz", "van der Meer-Oosterhout", "Iqbal", "Santos", "Garcia y Robles",
    "Nguyen Thi Minh Khai", "Andersen", "Malik",
)  # fmt: skip
STATES = ("submitted", "eligible", "accepted", "waitlisted", "rejected", "withdrawn", "needs_info")


@dataclass(frozen=True, slots=True)
class Person:
    """A row and a draft at once."""

    id: int
    version: int
    name: str
    state: str
    delegation: str
    languages: tuple[str, ...]
    born: dt.date | None
    asks: Money | None
    score: int
    arrives: dt.datetime | None
    needs: str
    vegan: bool = False
    note: str = ""
    mentor: int | None = None

    @property
    def spoken(self) -> str:
        return ", ".join(self.languages)


@dataclass
class Memory:
    """What stands for the session: the people, and the steps that changed them."""

    people: dict[int, Person]
    steps: list[tuple[str, dict[int, Person], dict[int, Person]]] = field(default_factory=list)
    undone: list[tuple[str, dict[int, Person], dict[int, Person]]] = field(default_factory=list)

    def connection(self) -> "Memory":
        """The settings ask for the centres by SQL: what stands for the connection too."""
        return self

    def execute(self, statement: object) -> "Memory":
        """The one statement that the settings ask."""
        return self

    def all(self) -> list[tuple[str, str]]:
        """Code and name of each centre."""
        return [(row["code"], row["name"]) for row in table("centres")]


@dataclass(frozen=True)
class Done:
    value: Any
    touched: frozenset[str]
    step_id: int | None


class MemoryStore:
    """Keeps people in memory; a change is taken back as a whole."""

    actor = "Ana"
    is_shared = False

    def __init__(self, people: Mapping[int, Person]) -> None:
        self.memory = Memory(dict(people))
        self.threads: set[str] = set()
        self.is_closed = False

    def itself(self) -> "MemoryStore":
        """The function that opens it."""
        return self

    def read(self, query: Callable[[Any], Any]) -> Any:
        self.threads.add(threading.current_thread().name)
        return query(self.memory)

    def change(self, title: str, operation: Callable[[Any], Any], *, final: bool = False) -> Done:
        self.threads.add(threading.current_thread().name)
        before = dict(self.memory.people)
        try:
            value = operation(self.memory)
        except BaseException:
            self.memory.people = before
            raise
        self.memory.steps.append((title, before, dict(self.memory.people)))
        return Done(value, frozenset({"person"}), len(self.memory.steps))

    def undo(self, step_id: int | None = None) -> Done:
        if not self.memory.steps:
            raise RuleBroken(mark("There is nothing left to undo or redo."))
        step = self.memory.steps.pop()
        self.memory.undone.append(step)
        self.memory.people = dict(step[1])
        return Done(step[0], frozenset({"person"}), None)

    def redo(self) -> Done:
        if not self.memory.undone:
            raise RuleBroken(mark("There is nothing left to undo or redo."))
        step = self.memory.undone.pop()
        self.memory.steps.append(step)
        self.memory.people = dict(step[2])
        return Done(step[0], frozenset({"person"}), None)

    def close(self) -> None:
        self.is_closed = True


def person(number: int) -> Person:
    """A synthetic person."""
    name = f"{FIRST_NAMES[number % 10]} {LAST_NAMES[number % 9]}"
    if number % 11 == 7:
        name = "محمد اقبال خان"
    return Person(
        id=number,
        version=1,
        name=name,
        state=STATES[number % len(STATES)],
        delegation=("France", "Philippines", "Pakistan", "Netherlands")[number % 4],
        languages=(("fr", "en"), ("fil", "en"), ("ur", "en"), ("nl",))[number % 4],
        born=dt.date(1985 + number % 20, 1 + number % 12, 1 + number % 28),
        asks=Money(62000 + 137 * number, "EUR") if number % 3 else None,
        score=number % 11,
        arrives=dt.datetime.combine(
            dt.date(2027, 10, 22 + number % 3), dt.time(9 + number % 8, 30)
        ),
        needs=("", "Wheelchair", "Visa letter")[number % 3],
    )


def people(count: int) -> dict[int, Person]:
    """So many people by id, from 1."""
    return {number: person(number) for number in range(1, count + 1)}


def ids(memory: Memory, view: View) -> Sequence[int]:
    """The ids the view asks for."""
    found = [p for p in memory.people.values() if fold(view.search) in fold(p.name)]
    if state := view.filters.get("state"):
        found = [p for p in found if p.state == state]
    if view.sort:
        found.sort(key=lambda p: (str(getattr(p, view.sort)), p.id), reverse=view.descending)
    return [p.id for p in found]


def rows(memory: Memory, wanted: Sequence[int]) -> Mapping[int, Person]:
    """The rows of some ids."""
    return {one: memory.people[one] for one in wanted if one in memory.people}


def search_people(memory: Memory, text: str) -> list[tuple[int, str]]:
    """People whose name holds the letters."""
    return [(p.id, p.name) for p in memory.people.values() if fold(text) in fold(p.name)][:8]


def name_of(memory: Memory, person_id: int) -> str:
    """The name of a person."""
    return memory.people[person_id].name


def gatherings(memory: Memory) -> Sequence[Gathering]:
    """The gatherings of the switcher."""
    return GATHERINGS


def check(draft: Person) -> dict[str, str]:
    """What is wrong with a person."""
    problems = {}
    if not draft.name:
        problems["name"] = "A person needs a name. Write the one in the passport."
    if draft.born and draft.born > dt.date(2012, 1, 1):
        problems["born"] = "Too young for this school. Choose a day before 1 Jan 2012."
    return problems


FIELDS = (
    forms.text("name", mark("Name")),
    forms.date("born", mark("Born"), half=True),
    forms.number("score", mark("Score"), half=True),
    forms.money("asks", mark("Asks for")),
    forms.languages("languages", mark("Speaks"), hint=mark("The best language first.")),
    forms.choice(
        "needs",
        mark("Needs"),
        (("", ""), ("Wheelchair", mark("Wheelchair")), ("Visa letter", mark("Visa letter"))),
    ),
    forms.moment("arrives", mark("Arrives")),
    forms.person("mentor", mark("Mentor"), search_people, name_of),
    forms.yes_no("vegan", mark("Eats vegan")),
    forms.long_text("note", mark("Note")),
)


@dataclass(frozen=True)
class Save:
    """Stores a draft."""

    draft: Person

    def __call__(self, memory: Memory) -> Person:
        held = memory.people.get(self.draft.id)
        if held is not None and held.version != self.draft.version:
            raise RuleBroken(mark("This was changed at another desk meanwhile."))
        stored = replace(self.draft, version=self.draft.version + 1)
        memory.people[stored.id] = stored
        return stored


@dataclass(frozen=True)
class Decide:
    """Gives people a state."""

    wanted: tuple[int, ...]
    state: str

    def __call__(self, memory: Memory) -> int:
        for one in self.wanted:
            memory.people[one] = replace(memory.people[one], state=self.state)
        return len(self.wanted)


def saving(draft: Person) -> tuple[str, Save]:
    """How a person is saved."""
    return f"Changed {draft.name}", Save(draft)


class DemoPlace(TablePlace):
    """People who applied."""

    key = "applications"
    title = mark("Applications")
    icon = "inbox"
    WATCHES = frozenset({"person"})
    MACHINE = "application"
    SORT = "name"
    SEARCH = mark("Search")
    COLUMNS = (
        Column.name(lambda row: row.name, mark("Name"), 22, sort="name"),
        Column.text(lambda row: row.delegation, mark("Delegation"), 12, sort="delegation"),
        Column.state(lambda row: row.state, mark("State"), 14, "application", sort="state"),
        Column.text(lambda row: row.spoken, mark("Languages"), 8),
        Column.money(lambda row: row.asks, mark("Asks for"), 12),
        Column.text(lambda row: row.needs, mark("Needs"), 10, private=True),
        Column.moment(lambda row: row.arrives, mark("Arrives"), 16, sort="arrives"),
        Column.number(lambda row: row.score, mark("Score"), 5, sort="score"),
    )

    def build(self) -> None:
        super().build()
        self.add_action("demo.new", primary=True)

    @cached_property
    def panel(self) -> Panel:
        made = Panel(self.desk, Form(self.desk.tasks, self.desk.look, FIELDS, check), saving)
        for command in ("demo.accept", "demo.decline"):
            made.buttons.addWidget(self.command_button(command, command == "demo.accept"))
        return made

    @cached_property
    def form_panel(self) -> FormPanel:
        form = Form(self.desk.tasks, self.desk.look, FIELDS, check)
        return FormPanel(self.desk, "New application", form, saving)

    def source(self) -> Source:
        return Source(ids, rows)

    def counts(self, session: Any, view: View) -> Mapping[str, int]:
        found: dict[str, int] = {"": len(session.people)}
        for one in session.people.values():
            found[one.state] = found.get(one.state, 0) + 1
        return found

    def show_first(self, rows: Any) -> None:
        self.table.lazy.fill(*rows)

    def show_row(self, row_id: int, row: Person) -> None:
        state = state_look("application", row.state)
        subtitle = f"Delegation {row.delegation}"
        self.panel.show_item(row_id, row.name, subtitle, state, row)
        self.show_side(self.panel)

    def accept(self) -> None:
        wanted = self.selected_ids()
        title = f"Accepted {len(wanted)} applications"
        self.desk.tasks.change(self, title, Decide(wanted, "accepted"))

    def decline(self) -> None:
        wanted = self.selected_ids()
        title = f"Declined {len(wanted)} applications"
        self.desk.tasks.change(self, title, Decide(wanted, "rejected"))

    def new(self) -> None:
        blank = Person(0, 0, "", "submitted", "France", (), None, None, 0, None, "")
        self.show_side(self.form_panel)
        self.form_panel.open(replace(blank, id=900000))


DEMO: tuple[Command[DemoPlace], ...] = (
    Command(
        "demo.new", mark("New application"), DemoPlace.new, mark("Register one by hand."),
        Menu.FILE, "Ctrl+N", icon="plus",
    ),
    Command(
        "demo.accept", mark("Accept"), DemoPlace.accept, mark("Accept the selected applications."),
        Menu.PLACE, "A", Scope.LIST, "check", some_selected,
    ),
    Command(
        "demo.decline", mark("Decline"), DemoPlace.decline,
        mark("Decline the selected applications."),
        Menu.PLACE, "D", Scope.LIST, "circle-x", some_selected,
    ),
)  # fmt: skip


class OtherPlace(TablePlace):
    """The same people in a simpler place."""

    key = "people"
    title = mark("People")
    icon = "users"
    WATCHES = frozenset({"person"})
    COLUMNS = (Column.name(lambda row: row.name, mark("Name"), 30, sort="name"),)
    EMPTY = mark("Nobody is here yet.")

    def source(self) -> Source:
        return Source(ids, rows)


class EmptyPlace(OtherPlace):
    """A place without rows."""

    key = "programme"
    title = mark("Programme")
    icon = "calendar-days"

    def source(self) -> Source:
        return Source(nothing, rows)


def nothing(memory: Memory, view: View) -> Sequence[int]:
    """No ids."""
    return ()


@dataclass(frozen=True)
class MemoryStep:
    """A step of the memory, as the journal would answer it."""

    id: int
    title: str
    actor: str
    at: dt.datetime
    undoes: int | None
    undone_by: int | None
    final: bool


def newest(memory: Memory) -> Sequence[MemoryStep]:
    """The steps, newest first."""
    at = dt.datetime(2027, 6, 29, 9, 30, tzinfo=dt.UTC)
    steps = enumerate((title for title, _before, _after in memory.steps), 1)
    return [MemoryStep(n, title, "Ana", at, None, None, False) for n, title in steps][::-1]


def next_titles(actor: str, memory: Memory) -> tuple[str, str]:
    """What undo and redo would do."""
    undo = memory.steps[-1][0] if memory.steps else ""
    redo = memory.undone[-1][0] if memory.undone else ""
    return undo, redo


HISTORY = History(newest, next_titles)
SETTINGS = LaterPlace(
    "settings",
    mark("Settings"),
    "settings",
    "schoolapp.desktop.places.settings",
    "SettingsPlace",
)
PLACES = (KnownPlace(DemoPlace, DEMO), KnownPlace(OtherPlace), KnownPlace(EmptyPlace), SETTINGS)
