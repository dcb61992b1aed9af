"""The side of the programme: the panel of a session, the form of a new one, a new room."""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cached_property, partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from schoolapp.base.language import _, mark
from schoolapp.desktop import forms
from schoolapp.desktop.forms import Form, Offers
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.host import TableHost
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.desktop.look import formats
from schoolapp.desktop.places.programme import queries
from schoolapp.desktop.places.programme.queries import Details, Offered
from schoolapp.desktop.places.programme.repeating import RepeatPanel
from schoolapp.desktop.places.programme.session_fields import SessionOffers
from schoolapp.desktop.places.programme.session_form import SessionForm
from schoolapp.desktop.places.programme.session_panel import SessionPanel
from schoolapp.domain.scheduling import ScheduleFacts, SessionDraft, check_session
from schoolapp.domain.spoken import NO_LANGUAGE
from schoolapp.operations import gatherings, programme
from schoolapp.operations.gatherings import RoomDraft
from schoolapp.operations.programme import Choices, Rearranged

ROOM_FIELDS = (
    forms.text("name", mark("Name")),
    forms.number("seats", mark("Seats"), hint=mark("Leave empty for no limit."), half=True),
    forms.number("booths", mark("Interpreters' booths"), half=True),
    forms.text(
        "coordinates",
        mark("Coordinates"),
        code=True,
        hint=mark("Only if it is away from the venue: 52.3676, 4.9041."),
    ),
)


class Panels(QObject):
    """Makes the panels when they are needed, asks for what they show, and offers choices.

    ``widget`` is the place.
    """

    created = Signal(object)  # the key of the new session
    saved = Signal(object)  # the draft of a session as stored

    def __init__(self, host: TableHost, widget: QWidget) -> None:
        super().__init__(widget)
        self._host, self._widget, self._desk = host, widget, host.desk
        self._facts: ScheduleFacts | None = None
        self._choices: Choices | None = None
        self._offers, self._rows = Offers(), SessionOffers(self)
        self.gathering_id = 0

    @cached_property
    def panel(self) -> SessionPanel:
        """The session that is chosen."""
        made = SessionPanel(self._desk, self.edit_form, _saving)
        made.saved.connect(self.saved)
        return made

    @cached_property
    def edit_form(self) -> Form[SessionDraft]:
        """The form of the panel."""
        return self._form()

    @cached_property
    def form_panel(self) -> FormPanel[SessionDraft, Rearranged]:
        """The form for a new session."""
        words = _("Add session")
        made = FormPanel(self._desk, _("New session"), self._form(), _creating, words)
        made.created.connect(self._created)
        return made

    @cached_property
    def repeat_panel(self) -> RepeatPanel:
        """Asks on which days a session is repeated."""
        return RepeatPanel(self._desk)

    @cached_property
    def room_panel(self) -> FormPanel[RoomDraft, int]:
        """The form for a new room."""
        form = Form(self._desk.tasks, self._desk.look, ROOM_FIELDS, _check_room)
        return FormPanel(self._desk, _("New room"), form, self._adding_room, _("Add room"))

    def ask_for_choices(self, gathering_id: int) -> None:
        """Ask for the rooms, modules, languages and people of a gathering, to offer them."""
        query = partial(queries.offered, gathering_id=gathering_id)
        self._desk.tasks.read(self._widget, query, partial(self._offer, gathering_id))

    def open(self, session_id: int) -> None:
        """Show a session at the side."""
        query = partial(queries.details, session_id=session_id)
        self._desk.tasks.read(self._widget, query, self._details_came)

    def reload(self) -> None:
        """Ask again for the session at the side; it may be gone."""
        if self.is_open and self.panel.key is not None:
            query = partial(queries.details_if_there, session_id=self.panel.key)
            self._desk.tasks.read(self._widget, query, self._details_again)

    @property
    def is_open(self) -> bool:
        """Whether a session is shown at the side."""
        return self._host.side is not None and self._host.side is self.panel

    def new_session(self, gathering_id: int, start: dt.datetime) -> None:
        """Plan a session."""
        query = partial(programme.new_draft, gathering_id=gathering_id, start=start)
        self._host.show_side(self.form_panel)
        self._desk.tasks.read(self._widget, query, self.form_panel.open)

    def repeat(self, session_id: int) -> None:
        """Ask on which other days a session is held."""
        query = partial(queries.details, session_id=session_id)
        self._desk.tasks.read(self._widget, query, self._ask_repeat)

    def _ask_repeat(self, found: Details) -> None:
        self._host.show_side(self.repeat_panel)
        self.repeat_panel.begin(found.draft)

    def new_room(self) -> None:
        """Add a room."""
        self._host.show_side(self.room_panel)
        self.room_panel.open(RoomDraft())

    def _form(self) -> Form[SessionDraft]:
        return self._offers.join(SessionForm(self._desk, self._rows, self._check))

    def _offer(self, gathering_id: int, offer: Offered) -> None:
        self.gathering_id = gathering_id
        self._facts, self._choices = offer.facts, offer.choices
        rooms = [(room.id, room.name) for room in offer.choices.rooms]
        self._rows.put(offer.choices.languages, rooms, offer.choices.delegations)
        self._offers.put("room_id", _or_none(rooms))
        self._offers.put("module_id", _or_none(offer.choices.modules))
        self._offers.put("floor_language", _floor(offer.choices.languages))

    def _details_came(self, found: Details) -> None:
        entering = self._host.side is not self.panel
        self._host.show_side(self.panel)
        self._show(found)
        if entering and self._widget.isAncestorOf(self._widget.focusWidget() or self._widget):
            self.edit_form.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _details_again(self, found: Details | None) -> None:
        if found is None:
            self._host.close_side()
        elif self.is_open and self.panel.key == found.id:
            self._show(found)

    def _show(self, found: Details) -> None:
        """Show a session in the panel; the language it has stays among the choices."""
        self._offer_missing(found.draft)
        self.panel.show_session(found)

    def _offer_missing(self, draft: SessionDraft) -> None:
        """Offer the floor language even if it is unusual."""
        if self._choices is None:
            return
        tags = list(self._choices.languages)
        if draft.floor_language not in (*tags, NO_LANGUAGE):
            tags.append(draft.floor_language)
        self.edit_form.offer("floor_language", _floor(tags))

    def _check(self, draft: SessionDraft) -> dict[str, str]:
        wrong: dict[str, str] = {}
        if draft.start is None:
            wrong["start"] = _("Say when it starts.")
        if draft.end is None:
            wrong["end"] = _("Say when it ends.")
        if self._facts is None or wrong:
            return wrong
        return {name: _(words) for name, words in check_session(draft, self._facts).items()}

    def _created(self, made: Rearranged) -> None:
        self.created.emit(made.id)

    def _adding_room(self, draft: RoomDraft) -> Change[int]:
        title = _("Add the room {name}").format(name=draft.name)
        return title, partial(gatherings.save_room, gathering_id=self.gathering_id, draft=draft)


def _or_none(choices: Iterable[tuple[int, str]]) -> Sequence[tuple[int | None, str]]:
    return [(None, ""), *choices]


def _floor(tags: Iterable[str]) -> Sequence[tuple[str, str]]:
    return [(NO_LANGUAGE, _("None")), *((tag, formats.language_name(tag)) for tag in tags)]


def _saving(draft: SessionDraft) -> Change[SessionDraft]:
    return _("Change {title}").format(title=draft.title), partial(queries.save, draft=draft)


def _creating(draft: SessionDraft) -> Change[Rearranged]:
    title = _("Add {title}").format(title=draft.title)
    return title, partial(programme.save_session, draft=draft)


def _check_room(draft: RoomDraft) -> dict[str, str]:
    return {} if draft.name.strip() else {"name": _("Give the room a name.")}
