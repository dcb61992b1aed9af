"""The editors that only sessions have: lines of interpretation, and groups with their rooms."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from schoolapp.base.language import _, mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.tasks import Tasks
from schoolapp.desktop.forms import Field
from schoolapp.desktop.forms.choices import Choices
from schoolapp.desktop.forms.choosing import ChoiceEditor
from schoolapp.desktop.forms.editors import AnyEditor, Editor, V
from schoolapp.desktop.forms.people import PeopleEditor
from schoolapp.desktop.forms.rows import RowsEditor, RowWords
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.look import Look
from schoolapp.domain.programme import Mode
from schoolapp.domain.scheduling import GroupDraft, LineDraft
from schoolapp.domain.spoken import NO_LANGUAGE
from schoolapp.operations.people import editing, engagements

MODES = (
    (Mode.BOOTH, mark("Booth")),
    (Mode.RELAY, mark("Booth, by relay")),
    (Mode.WHISPER, mark("Whispered")),
    (Mode.CONSECUTIVE, mark("Consecutive")),
)
Group = str | int
"""A group as it is chosen: the tag of a language, or the key of a delegation."""


class SessionOffers(QObject):
    """What the rows of sessions offer; those that are shown follow when it changes."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.languages: Sequence[str] = ()
        self.rooms: Choices[int] = ()
        self.delegations: Choices[int] = ()
        self.floor = ""  # from which a new line interprets

    def put(self, languages: Sequence[str], rooms: Choices[int], delegations: Choices[int]) -> None:
        """Offer those of a gathering."""
        self.languages, self.rooms, self.delegations = languages, rooms, delegations
        self.changed.emit()

    def named(self, *also: str) -> Choices[str]:
        """The languages with their names, and those that a row has beyond them."""
        tags = dict.fromkeys((*self.languages, *(tag for tag in also if tag != NO_LANGUAGE)))
        return [(tag, formats.language_name(tag)) for tag in tags]


class _OfferedRow(Editor[V]):
    """A row whose choices come from ``offers``: they are set anew with what the row shows."""

    def __init__(self, offers: SessionOffers) -> None:
        super().__init__()
        self.offers = offers
        offers.changed.connect(self.offer)

    def offer(self) -> None:
        """Set the choices; what is chosen stays among them."""
        raise NotImplementedError


def _named(editor: ChoiceEditor[V], words: str) -> ChoiceEditor[V]:
    editor.box.setAccessibleName(words)
    editor.box.setToolTip(words)
    return editor


class LineEditor(_OfferedRow[LineDraft | None]):
    """One line of interpretation: from, into, how, and who does it."""

    def __init__(self, look: Look, tasks: Tasks, offers: SessionOffers) -> None:
        super().__init__(offers)
        none: Choices[str] = ()
        maybe: Choices[str | None] = ()
        self.source = _named(ChoiceEditor(none), _("From"))
        self.target = _named(ChoiceEditor(none), _("Into"))
        self.mode = _named(ChoiceEditor(MODES), _("How"))
        self.relay = _named(ChoiceEditor(maybe), _("By relay from"))
        self.people = PeopleEditor(look, tasks, editing.find_people, engagements.names_of)
        self.people.line.setAccessibleName(_("Interpreters"))
        self.people.line.setPlaceholderText(_("Interpreter: type a name and press Enter"))
        self._lay_out()
        self.put(None)

    def value(self) -> LineDraft | None:
        """The line; None while its languages are not chosen."""
        line = self._read()
        return line if line.source and line.target else None

    def put(self, value: LineDraft | None) -> None:
        """Show a line; a new one is from the language of the floor into nothing yet."""
        floor = "" if self.offers.floor == NO_LANGUAGE else self.offers.floor
        self._shown = value or LineDraft(source=floor, target="", mode=Mode.BOOTH)
        self.offer()
        self.mode.put(self._shown.mode)
        self.people.put(self._shown.interpreters)
        self._arrange()

    def problem(self) -> str:
        """Which part is missing."""
        if self.source.value() is None or self.target.value() is None:
            return _(
                "Choose the language it is interpreted from, and the one it is interpreted into."
            )
        return self.people.problem()

    def offer(self) -> None:
        """Offer the gathering's languages, and whispering for whoever asks."""
        source, target = self._shown.source, self._shown.target
        named = self.offers.named(*filter(None, (source, target, self._shown.relay_via)))
        asks = [(NO_LANGUAGE, _("Whoever asks"))]
        self.source.set_choices([*named, *asks])
        self.target.set_choices([*named, *asks])
        self.relay.set_choices([(None, ""), *named])
        self.source.put(source or None)
        self.target.put(target or None)
        self.relay.put(self._shown.relay_via)

    def _lay_out(self) -> None:
        box, grid = QWidget(), QGridLayout()
        box.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        editors: tuple[AnyEditor, ...] = (self.source, self.target, self.mode, self.relay)
        for number, editor in enumerate(editors):
            grid.addWidget(editor, number // 2, number % 2)
            editor.edited.connect(self._edited)
        grid.addWidget(self.people, 2, 0, 1, 2)
        self.people.edited.connect(self._edited)
        self.row.addWidget(box)
        boxes = (self.source.box, self.target.box, self.mode.box, self.relay.box)
        self.parts = (*boxes, *self.people.parts)
        self.setFocusProxy(self.source.box)

    def _read(self) -> LineDraft:
        """What is chosen so far."""
        mode = self.mode.value() or Mode.BOOTH
        return LineDraft(
            source=self.source.value() or "",
            target=self.target.value() or "",
            mode=mode,
            relay_via=self.relay.value() if mode is Mode.RELAY else None,
            interpreters=self.people.value(),
        )

    def _edited(self) -> None:
        self._shown = self._read()
        self._arrange()
        self.edited.emit()

    def _arrange(self) -> None:
        self.relay.setVisible(self.mode.value() is Mode.RELAY)


class GroupEditor(_OfferedRow[GroupDraft | None]):
    """One group: for a language or of a delegation, and the room it meets in."""

    def __init__(self, offers: SessionOffers) -> None:
        super().__init__(offers)
        self._shown: tuple[Group | None, int | None] = (None, None)
        groups: Choices[Group] = ()
        rooms: Choices[int] = ()
        self.group = _named(ChoiceEditor(groups), _("Group"))
        self.room = _named(ChoiceEditor(rooms), _("Room of the group"))
        for editor, share in ((self.group, 2), (self.room, 3)):
            self.row.addWidget(editor, share)
            editor.edited.connect(self._edited)
        self.parts = (self.group.box, self.room.box)
        self.setFocusProxy(self.group.box)
        self.offer()

    def value(self) -> GroupDraft | None:
        """The group; None while it or its room is not chosen."""
        group, room = self.group.value(), self.room.value()
        if group is None or room is None:
            return None
        if isinstance(group, int):
            return GroupDraft(room_id=room, delegation_id=group)
        return GroupDraft(room_id=room, language=group)

    def put(self, value: GroupDraft | None) -> None:
        """Show a group."""
        self._shown = (None, None)
        if value is not None:
            self._shown = (value.language or value.delegation_id, value.room_id)
        self.offer()

    def problem(self) -> str:
        """Which part is missing."""
        missing = self.group.value() is None or self.room.value() is None
        return _("Choose who the group is for, and its room.") if missing else ""

    def offer(self) -> None:
        """Offer the languages, delegations and rooms of the gathering."""
        group, room = self._shown
        also = [group] if isinstance(group, str) else []
        languages: list[tuple[Group, str]] = [*self.offers.named(*also)]
        self.group.set_choices([*languages, *self.offers.delegations])
        self.room.set_choices(self.offers.rooms)
        self.group.put(group)
        self.room.put(room)

    def _edited(self) -> None:
        self._shown = (self.group.value(), self.room.value())
        self.edited.emit()


def interpretation(name: str, label: str, look: Look, offers: SessionOffers) -> Field:
    """Lines of interpretation, as a tuple of drafts."""
    return Field(name, label, partial(_lines, look, offers), section=label, labelled=False)


def groups(name: str, label: str, look: Look, offers: SessionOffers) -> Field:
    """Groups with their rooms, as a tuple of drafts."""
    return Field(name, label, partial(_groups, look, offers), section="", labelled=True)


def speakers(name: str, label: str, look: Look) -> Field:
    """People by name; new ones are made."""
    return forms.people(name, label, look, editing.find_people, engagements.names_of)


def _lines(look: Look, offers: SessionOffers, tasks: Tasks) -> RowsEditor[LineDraft]:
    words = RowWords(_("Add interpretation"), _("Remove this interpretation"))
    return RowsEditor(look, partial(LineEditor, look, tasks, offers), words)


def _groups(look: Look, offers: SessionOffers, tasks: Tasks) -> RowsEditor[GroupDraft]:
    words = RowWords(_("Add a group"), _("Remove this group"))
    return RowsEditor(look, partial(GroupEditor, offers), words)
