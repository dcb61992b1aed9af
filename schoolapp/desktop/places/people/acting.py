"""What is done with the people that are selected: joining, taking part, calendars, removing."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import Protocol

from PySide6.QtWidgets import QWidget

from schoolapp.base.language import _
from schoolapp.desktop.bridge.desk import Desk, Gathering
from schoolapp.desktop.kit.band_panel import BandPanel
from schoolapp.desktop.kit.busy_calendars import BusyCalendars, BusyFound, take
from schoolapp.desktop.kit.panel import SidePanel
from schoolapp.desktop.places.people import queries
from schoolapp.desktop.places.people.erasing import ErasePanel
from schoolapp.desktop.places.people.queries import PersonFacts
from schoolapp.desktop.places.people.work import WorkPanel
from schoolapp.operations.people.editing import remove_person
from schoolapp.operations.people.erasing import ErasureFacts, erasure_facts
from schoolapp.operations.people.participations import add_participant, remove_participation
from schoolapp.operations.people.prices import BandDraft


class PeopleHost(Protocol):
    """What acting on people needs from their place."""

    @property
    def desk(self) -> Desk: ...
    @property
    def gathering(self) -> Gathering | None: ...
    @property
    def gathering_id(self) -> int | None: ...

    def selected_ids(self) -> tuple[int, ...]:
        """The people that are selected."""

    def name_of(self, person_id: int) -> str:
        """The name of a person in the table, as it is kept."""

    def open_row(self, row_id: int) -> None:
        """Show a person."""

    def leave(self) -> None:
        """Save what is being edited at the side."""

    def show_side(self, panel: SidePanel) -> None:
        """Show a panel at the side."""

    def close_side(self) -> None:
        """Close what is at the side."""


class Acting:
    """Changes the selected people. ``widget`` is the place: answers to a closed one are dropped."""

    def __init__(self, host: PeopleHost, widget: QWidget) -> None:
        self._host, self._widget = host, widget
        self._tasks = host.desk.tasks

    @cached_property
    def calendars(self) -> BusyCalendars:
        """Reads calendars of people."""
        return BusyCalendars(self._host.desk, self._widget)

    @cached_property
    def erase_panel(self) -> ErasePanel:
        """Says what erasing does, and asks why."""
        made = ErasePanel(self._host.desk)
        made.created.connect(self._removed)
        return made

    @cached_property
    def work_panel(self) -> WorkPanel:
        """The form for people who work in the gathering."""
        made = WorkPanel(self._host.desk)
        made.engaged.connect(self._host.open_row)
        return made

    @cached_property
    def band_panel(self) -> BandPanel:
        """The form that gives several people a band."""
        return BandPanel(self._host.desk)

    def engage(self, list_name: str) -> None:
        """Ask for people who work in the gathering, on one of its lists."""
        if self._host.gathering_id is not None:
            self._host.show_side(self.work_panel)
            self.work_panel.begin(self._host.gathering_id, list_name)

    def ask_band(self) -> None:
        """Ask for one band for the selected people."""
        people, gathering_id = self._host.selected_ids(), self._host.gathering_id
        self._host.leave()
        self._host.show_side(self.band_panel)
        self.band_panel.begin(BandDraft(people=people, gathering_id=gathering_id))

    def join(self) -> None:
        """Make the two selected people one; the one known longer stays."""
        one, other = sorted(self._host.selected_ids())
        self._host.leave()
        names = {"name": self._host.name_of(one), "other": self._host.name_of(other)}
        joining = partial(queries.join, one=one, other=other)
        title = _("Join {name} and {other}").format(**names)
        self._tasks.change(self._widget, title, joining, self._removed)

    def add_to(self) -> None:
        """Let the selected person take part in the gathering."""
        gathering = self._host.gathering
        if gathering is not None:
            (person_id,) = self._host.selected_ids()
            title = _("Add {name} to {gathering}").format(
                name=self._host.name_of(person_id), gathering=gathering.title
            )
            adding = partial(add_participant, gathering_id=gathering.id, person_id=person_id)
            self._tasks.change(self._widget, title, adding)

    def take_out(self) -> None:
        """Take the selected person out of the gathering."""
        self._with_facts(self._take_out)

    def read_calendar(self) -> None:
        """Note when the selected person is busy."""
        if self._host.gathering is not None:
            (person_id,) = self._host.selected_ids()
            then = partial(self._calendar_came, person_id)
            self.calendars.ask(self._host.gathering.id, then)

    def remove(self) -> None:
        """Remove the selected person."""
        self._with_facts(self._remove)

    def erase(self) -> None:
        """Show what erasing the selected person would do."""
        (person_id,) = self._host.selected_ids()
        self._host.leave()
        query = partial(erasure_facts, person_id=person_id)
        self._tasks.read(self._widget, query, self._ask_erase)

    def _with_facts(self, then: Callable[[PersonFacts], object]) -> None:
        (person_id,) = self._host.selected_ids()
        self._host.leave()
        gathering_id = self._host.gathering_id
        query = partial(queries.facts, person_id=person_id, gathering_id=gathering_id)
        self._tasks.read(self._widget, query, then)

    def _take_out(self, facts: PersonFacts) -> None:
        part = facts.here.part if facts.here else None
        if part is None:
            self._host.desk.say(_("This person does not take part in this gathering."))
            return
        title = _("Take {name} out of the gathering").format(name=facts.draft.display_name)
        removing = partial(remove_participation, participation_id=part.id, version=part.version)
        self._tasks.change(self._widget, title, removing)

    def _remove(self, facts: PersonFacts) -> None:
        assert facts.draft.version is not None, "a person of the table is stored"
        title = _("Remove {name}").format(name=facts.draft.display_name)
        removing = partial(remove_person, person_id=facts.id, version=facts.draft.version)
        self._tasks.change(self._widget, title, removing, self._removed)

    def _ask_erase(self, facts: ErasureFacts) -> None:
        self._host.show_side(self.erase_panel)
        self.erase_panel.ask(facts)

    def _calendar_came(self, person_id: int, found: BusyFound) -> None:
        title = _("Note when {name} is busy").format(name=self._host.name_of(person_id))
        operation = partial(take, found, person_id, None)
        said = partial(self._busy_noted, found)
        self._tasks.change(self._widget, title, operation, said)

    def _busy_noted(self, found: BusyFound, number: int) -> None:
        self._host.desk.say(found.sentence())

    def _removed(self, nothing: object) -> None:
        self._host.close_side()
