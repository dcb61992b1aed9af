"""The gathering's own panel: title, dates, venue, languages, deadlines, prices, rooms, modules."""

from collections.abc import Mapping
from functools import cached_property, partial

from PySide6.QtCore import QTimer

from schoolapp.base.language import OWN_NAMES, _, current, isolate, mark, plural
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.items import Items
from schoolapp.desktop.kit.panel import Panel
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.states import state_look
from schoolapp.desktop.look.widgets import button
from schoolapp.desktop.places.home import queries
from schoolapp.desktop.places.home.dashboard import DEADLINES
from schoolapp.desktop.places.home.kept_free import KeptFreeLines
from schoolapp.operations import gatherings
from schoolapp.operations.gatherings import GatheringDraft, ModuleDraft, RoomDraft
from schoolapp.storage.store import DbSession

BANDS = {"A": mark("Band A"), "B": mark("Band B"), "C": mark("Band C"), "D": mark("Band D")}
COORDINATES = mark("As a map shows them: 52.3676, 4.9041. Calendars can then show the way.")
AWAY = mark("Only if it is away from the venue: 52.3676, 4.9041.")
NO_CENTRE = mark("None")
SENDER = mark("Only if answers should not go to the mailbox of the centre.")
FIELDS = (
    forms.text("title", mark("Title")),
    forms.choice("kind", mark("Kind"), tuple(queries.KINDS.items()), half=True),
    forms.choice("host_centre", mark("Centre"), half=True),
    forms.date("start_date", mark("First day"), half=True),
    forms.date("end_date", mark("Last day"), half=True),
    forms.number("capacity", mark("Places")),
    forms.languages("working_languages", mark("Working languages")),
    forms.days(
        "free_days", mark("Free days"), hint=mark("Days without sessions, separated by commas.")
    ),
    forms.text("venue_name", mark("Venue"), section=mark("Where")),
    forms.text("venue_city", mark("Town"), half=True),
    forms.country("country", mark("Country"), half=True),
    forms.text("venue_note", mark("Note on the venue")),
    forms.text("coordinates", mark("Coordinates"), code=True, hint=COORDINATES),
    forms.text("tz", mark("Time zone"), code=True, half=True),
    forms.text("currency", mark("Currency"), code=True, half=True),
    forms.text("contact_name", mark("Sender"), section=mark("Letters come from"), half=True),
    forms.text("contact_address", mark("Mailbox"), code=True, half=True, hint=SENDER),
    forms.number("age_from", mark("Youngest"), section=mark("Ages"), half=True),
    forms.number("age_to", mark("Oldest"), half=True),
    forms.date(
        "age_reference_date",
        mark("Ages count on"),
        half=True,
        hint=mark("Without a date: the first day."),
    ),
    forms.number(
        "minors_per_adult",
        mark("Minors per adult, at most"),
        half=True,
        hint=mark("Without a number: ten."),
    ),
    forms.named_dates("deadlines", mark("Deadlines"), DEADLINES),
    forms.named_money("prices", mark("Full price of each band"), BANDS),
    forms.money(
        "deposit", mark("Deposit"), hint=mark("What people pay before their place is certain.")
    ),
)
ROOM = (
    forms.text("name", mark("Name")),
    forms.number("seats", mark("Seats"), half=True, hint=mark("Leave empty for no limit.")),
    forms.number("booths", mark("Interpreters' booths"), half=True),
    forms.number(
        "divisible",
        mark("Parts it can be divided into"),
        hint=mark("Leave empty if it cannot be divided."),
    ),
    forms.text(
        "equipment", mark("Equipment"), hint=mark("What is in the room: a projector, microphones.")
    ),
    forms.text("note", mark("Note")),
    forms.text("coordinates", mark("Coordinates"), code=True, hint=AWAY),
)
MODULE = (
    forms.text("title", mark("Title")),
    forms.date("start", mark("First day"), half=True),
    forms.date("end", mark("Last day"), half=True),
)


def gathering_form(desk: Desk) -> Form[GatheringDraft]:
    """The fields of a gathering; made apart from the panel, each in a turn of the window's own."""
    words = mark("Title in other languages")
    titles = forms.named_texts("other_titles", words, OWN_NAMES, current())
    return Form(desk.tasks, desk.look, (*FIELDS, titles), _check)


class GatheringPanel(Panel[GatheringDraft]):
    """Edits one gathering; rooms and modules are changed line by line."""

    def __init__(self, desk: Desk, form: Form[GatheringDraft]) -> None:
        super().__init__(desk, form, _saving)
        self._facts: queries.Facts | None = None
        remove = partial(desk.run, "home.remove")
        self.remove_button = button(desk.look, _("Remove"), remove, "trash-2")
        self.remove_button.setProperty("danger", True)
        self.foot.addWidget(self.remove_button)

    @cached_property
    def modules(self) -> Items[ModuleDraft]:
        """The modules, which can be attended alone."""
        made = Items(
            self.desk,
            _("Modules"),
            Form(self.desk.tasks, self.desk.look, MODULE, _check_module),
            _module_words,
            ModuleDraft,
            self._save_module,
            _remove_module,
        )
        made.setObjectName("modules")
        self.add(made)
        return made

    @cached_property
    def rooms(self) -> Items[RoomDraft]:
        """The rooms for sessions."""
        made = Items(
            self.desk,
            _("Rooms"),
            Form(self.desk.tasks, self.desk.look, ROOM, _check_room),
            _room_words,
            RoomDraft,
            self._save_room,
            _remove_room,
        )
        made.setObjectName("rooms")
        self.add(made)
        return made

    @cached_property
    def kept_free(self) -> KeptFreeLines:
        """The times in which nothing is planned."""
        made = KeptFreeLines(self.desk, lambda: self.key or 0)
        self.add(made.items)
        return made

    def show_gathering(self, facts: queries.Facts) -> None:
        """Show a gathering as it is stored; what is being typed stays.

        The lists are made one after the other, each in a turn of its own: all at once would hold
        up the window.
        """
        row = facts.overview.row
        look = state_look("gathering", str(row.state))
        assert self.form is not None, "the panel has a form"
        centres = ((line.code, line.name) for line in facts.centres)
        self.form.offer("host_centre", ((None, _(NO_CENTRE)), *centres))
        self.show_item(row.id, row.title, row.code, look, facts.draft)
        assert self.form is not None, "the panel has a form"
        self.form.prefer_currency(facts.draft.currency)
        first = self._facts is None
        self._facts = facts
        if first:
            QTimer.singleShot(0, self, self._show_modules)
        else:
            self._show_modules()

    def _show_modules(self) -> None:
        assert self._facts is not None
        first = "modules" not in self.__dict__
        self.modules.show_items(self._facts.modules)
        if first:
            QTimer.singleShot(0, self, self._show_rooms)
        else:
            self._show_rooms()

    def _show_rooms(self) -> None:
        assert self._facts is not None
        first = "rooms" not in self.__dict__
        self.rooms.show_items(self._facts.rooms)
        if first:
            QTimer.singleShot(0, self, self._show_kept_free)
        else:
            self._show_kept_free()

    def _show_kept_free(self) -> None:
        assert self._facts is not None
        self.kept_free.items.show_items(self._facts.kept_free)

    def _save_room(self, draft: RoomDraft) -> Change[int]:
        saving = partial(gatherings.save_room, gathering_id=self.key or 0, draft=draft)
        return _part_title(draft.id, draft.name), saving

    def _save_module(self, draft: ModuleDraft) -> Change[int]:
        saving = partial(gatherings.save_module, gathering_id=self.key or 0, draft=draft)
        return _part_title(draft.id, draft.title), saving


def _saving(draft: GatheringDraft) -> Change[GatheringDraft]:
    return _("Edit {name}").format(name=draft.title), partial(_save, draft=draft)


def _save(session: DbSession, *, draft: GatheringDraft) -> GatheringDraft:
    """Save a gathering and read it again."""
    gatherings.save_gathering(session, draft=draft)
    return queries.draft_of(session, gathering_id=draft.id, title=draft.title)


def _part_title(key: int | None, name: str) -> str:
    sentence = _("Add {name}") if key is None else _("Edit {name}")
    return sentence.format(name=name.strip())


def _remove_room(draft: RoomDraft) -> Change[None]:
    key, version = _stored(draft)
    removing = partial(gatherings.remove_room, room_id=key, version=version)
    return _("Remove {name}").format(name=draft.name), removing


def _remove_module(draft: ModuleDraft) -> Change[None]:
    key, version = _stored(draft)
    removing = partial(gatherings.remove_module, module_id=key, version=version)
    return _("Remove {name}").format(name=draft.title), removing


def _stored(draft: RoomDraft | ModuleDraft) -> tuple[int, int]:
    """The key and the version of a line of the panel, which was read from the store."""
    assert draft.id is not None, "a stored line"
    assert draft.version is not None, "a stored line"
    return draft.id, draft.version


def _room_words(room: RoomDraft) -> str:
    facts = [isolate(room.name)]
    if room.seats is not None:
        seats = plural("{count} seat", "{count} seats", room.seats)
        facts.append(seats.format(count=formats.number(room.seats)))
    if room.booths:
        booths = plural("{count} booth", "{count} booths", room.booths)
        facts.append(booths.format(count=formats.number(room.booths)))
    if room.divisible:
        parts = plural("{count} part", "{count} parts", room.divisible)
        facts.append(parts.format(count=formats.number(room.divisible)))
    facts += [isolate(words) for words in (room.equipment, room.note) if words]
    return " · ".join(facts)


def _module_words(module: ModuleDraft) -> str:
    assert module.start is not None, "a stored module"
    assert module.end is not None, "a stored module"
    days = _("{start} to {end}").format(
        start=isolate(formats.date(module.start)), end=isolate(formats.date(module.end))
    )
    return " · ".join((isolate(module.title), days))


def _check(draft: GatheringDraft) -> Mapping[str, str]:
    return _translated(gatherings.check(draft))


def _check_room(draft: RoomDraft) -> Mapping[str, str]:
    return _translated(gatherings.check_room(draft))


def _check_module(draft: ModuleDraft) -> Mapping[str, str]:
    return _translated(gatherings.check_module_draft(draft))


def _translated(problems: Mapping[str, str]) -> Mapping[str, str]:
    return {name: _(sentence) for name, sentence in problems.items()}
