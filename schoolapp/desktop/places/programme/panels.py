"""The side of the programme: the panel of a session, the sheet of a new one, a new room."""

from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form, Offers
from schoolapp.desktop.kit.panel import FormPanel, Panel
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.states import state_look
from schoolapp.desktop.look.widgets import Facts
from schoolapp.desktop.places.programme.words import AUDIENCES, KINDS, kind_word, spoken
from schoolapp.domain.programme import SessionState
from schoolapp.domain.scheduling import NO_LANGUAGE, ScheduleFacts, SessionDraft, check_session
from schoolapp.operations import gatherings, programme, readings
from schoolapp.operations.gatherings import RoomDraft
from schoolapp.operations.programme import Choices
from schoolapp.operations.readings import AssignmentRow

FIELDS = (
    forms.text("title", mark("Title")),
    forms.choice("kind", mark("Kind"), [(kind, word) for kind, (_look, word) in KINDS.items()]),
    forms.moment("start", mark("Starts"), half=True),
    forms.moment("end", mark("Ends"), half=True),
    forms.choice("room_id", mark("Room"), half=True),
    forms.choice("module_id", mark("Module"), half=True),
    forms.choice("floor_language", mark("Spoken in"), half=True),
    forms.languages("languages", mark("Offered in"), half=True),
    forms.choice("audience", mark("For whom"), AUDIENCES),
    forms.many("speakers", mark("Speakers")),
    forms.yes_no("register", mark("Attendance is taken")),
    forms.yes_no("public", mark("Open to the public")),
)
NAMES_SHOWN = 8
ROOM_FIELDS = (
    forms.text("name", mark("Name")),
    forms.number("seats", mark("Seats"), hint=mark("Empty: no limit."), half=True),
    forms.number("booths", mark("Interpretation booths"), half=True),
    forms.text(
        "coordinates",
        mark("Coordinates"),
        code=True,
        hint=mark("Only for a place away from the venue: 52.3676, 4.9041."),
    ),
)


@dataclass(frozen=True, slots=True)
class Details:
    """What the panel shows of a session."""

    draft: SessionDraft
    state: SessionState
    texts: tuple[AssignmentRow, ...]
    gap: tuple[str, ...]
    answers: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Offered:
    """What the forms offer, and what times are held against."""

    choices: Choices
    facts: ScheduleFacts


def offered(gathering_id: int, session: Any) -> Offered:
    """Asked of the store once for a gathering."""
    return Offered(
        programme.choices(session, gathering_id=gathering_id),
        programme.schedule_facts(session, gathering_id=gathering_id),
    )


def details(session_id: int, session: Any) -> Details:
    """Asked of the store when a session is opened."""
    row = programme.session_rows(session, [session_id])[session_id]
    return Details(
        programme.draft_of(session, session_id),
        row.state,
        readings.session_readings(session, session_id),
        row.reading_gap,
        answers_of(session_id, session),
    )


def answers_of(session_id: int, session: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Who was invited, by where that stands: the state and the names, those who are silent last."""
    from schoolapp.operations.invitations import session_answers

    names: dict[str, list[str]] = {}
    for row in session_answers(session, session_id=session_id):
        names.setdefault(row.state.value, []).append(row.name)
    order = ("accepted", "tentative", "declined", "undeliverable", "cancelled", "sent")
    return tuple((state, tuple(names[state])) for state in order if state in names)


class Panels(QObject):
    """The panel and the sheets of the programme, and what they offer in one gathering."""

    created = Signal(object)  # the key of the new session
    saved = Signal(object)  # the draft of a session as stored

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._facts: ScheduleFacts | None = None
        self._choices: Choices | None = None
        self._first: tuple[int, ...] = ()  # the speakers that stand first among those on offer
        self._offers = Offers()
        self.gathering_id = 0
        self.answers: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @cached_property
    def panel(self) -> Panel:
        """The session that is chosen."""
        made = Panel(self._desk, self.edit_form, _saving)
        made.saved.connect(self.saved)
        self._texts, self._lines, self._answers = Facts(), Facts(), Facts()
        for facts in (self._texts, self._lines, self._answers):
            made.add(facts)
        return made

    @cached_property
    def edit_form(self) -> Form:
        """The form of the panel."""
        return self._form()

    @cached_property
    def form_panel(self) -> FormPanel:
        """The form for a new session."""
        words = _("Add session")
        made = FormPanel(self._desk, _("New session"), self._form(), _creating, words)
        made.created.connect(self.created)
        return made

    @cached_property
    def room_panel(self) -> FormPanel:
        """The form for a new room."""
        form = Form(self._desk.tasks, self._desk.look, ROOM_FIELDS, _check_room)
        return FormPanel(self._desk, _("New room"), form, self._adding_room, _("Add room"))

    def offer(self, gathering_id: int, offer: Offered) -> None:
        """Offer the rooms, modules, languages and people of a gathering."""
        self.gathering_id = gathering_id
        self._facts, self._choices, self._first = offer.facts, offer.choices, ()
        nothing: list[tuple[Any, str]] = [(None, "")]
        rooms = [(room.id, room.name) for room in offer.choices.rooms]
        tags = [(tag, formats.language_name(tag)) for tag in offer.choices.languages]
        self._offers.put("room_id", nothing + rooms)
        self._offers.put("module_id", nothing + list(offer.choices.modules))
        self._offers.put("floor_language", [(NO_LANGUAGE, _("None")), *tags])
        self._offers.put("speakers", list(offer.choices.people))

    def _form(self) -> Form:
        return self._offers.join(Form(self._desk.tasks, self._desk.look, FIELDS, self._check))

    def show(self, found: Details) -> None:
        """Show a session in the panel; people and languages of before stay on offer."""
        draft = found.draft
        assert draft.id is not None
        panel = self.panel
        self._offer_missing(draft)
        audience = dict(AUDIENCES).get(draft.audience, "")
        kind = _("{kind} · {audience}").format(
            kind=kind_word(draft.kind), audience=_(audience) if audience else ""
        )
        look = state_look("session", found.state.value)
        panel.show_item(draft.id, draft.title, kind, look, draft)
        texts = [
            (formats.language_name(text.lang), f"{text.author}: {text.title}")
            for text in found.texts
        ]
        if found.gap:
            texts.append((_("Missing"), formats.language_names(found.gap)))
        self._texts.show_facts([(label, isolate(words)) for label, words in texts])
        names = dict(self._choices.people) if self._choices else {}
        self._lines.show_facts(
            [
                (
                    spoken(line.source, (line.target,)),
                    ", ".join(names.get(key, "?") for key in line.interpreters),
                )
                for line in draft.interpretation
            ]
        )

        self.answers = found.answers
        self._answers.show_facts(
            [
                (
                    _("{state}: {number}").format(state=_answer_word(state), number=len(who)),
                    isolate(_some(who)),
                )
                for state, who in found.answers
            ]
        )

    def _offer_missing(self, draft: SessionDraft) -> None:
        """Offer the speakers there are first, and a floor language that is not a usual one."""
        if self._choices is None:
            return
        if draft.speakers != self._first:
            self._first = draft.speakers
            people = sorted(self._choices.people, key=lambda one: one[0] not in draft.speakers)
            self.edit_form.offer("speakers", people)
        tags = list(self._choices.languages)
        if draft.floor_language not in (*tags, NO_LANGUAGE):
            tags.append(draft.floor_language)
        offer = [(NO_LANGUAGE, _("None")), *((tag, formats.language_name(tag)) for tag in tags)]
        self.edit_form.offer("floor_language", offer)

    def _check(self, draft: SessionDraft) -> dict[str, str]:
        wrong: dict[str, str] = {}
        if draft.start is None:
            wrong["start"] = _("Say when it starts.")
        if draft.end is None:
            wrong["end"] = _("Say when it ends.")
        if self._facts is None or wrong:
            return wrong
        return {name: _(words) for name, words in check_session(draft, self._facts).items()}

    def _adding_room(self, draft: RoomDraft) -> tuple[str, Any]:
        title = _("Add the room {name}").format(name=draft.name)
        return title, partial(_add_room, self.gathering_id, draft)


def _saving(draft: SessionDraft) -> tuple[str, Any]:
    return _("Change {title}").format(title=draft.title), partial(_save, draft)


def _creating(draft: SessionDraft) -> tuple[str, Any]:
    return _("Add {title}").format(title=draft.title), partial(_create, draft)


def _save(draft: SessionDraft, session: Any) -> SessionDraft:
    return programme.draft_of(session, programme.save_session(session, draft).id)


def _create(draft: SessionDraft, session: Any) -> int:
    return programme.save_session(session, draft).id


def _add_room(gathering_id: int, draft: RoomDraft, session: Any) -> int:
    return gatherings.save_room(session, gathering_id=gathering_id, draft=draft)


def _check_room(draft: RoomDraft) -> dict[str, str]:
    return {} if draft.name.strip() else {"name": _("Give the room a name.")}


def _answer_word(state: str) -> str:
    return _("No answer") if state == "sent" else state_look("invite", state).text


def _some(names: tuple[str, ...]) -> str:
    """The first names of a long list; the command reminds them all."""
    return ", ".join(names[:NAMES_SHOWN]) + (" …" if len(names) > NAMES_SHOWN else "")
