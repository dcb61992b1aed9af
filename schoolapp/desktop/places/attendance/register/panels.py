"""The panels beside the roll: why a register changes, how many were there, what was changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Never, Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget

from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.panel import FormPanel, Panel
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.states import state_look
from schoolapp.domain.attendance import RegisterEvent
from schoolapp.operations.attendance import ChangeRow, note_head_count
from schoolapp.storage.store import DbSession

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Say = Callable[[], object]
"""Says what a change did, once it is made."""


class RegisterChange(Protocol[T_co]):
    """An operation with its arguments; it takes the reason where the register is closed."""

    def __call__(self, session: DbSession, *, reason: str = ...) -> T_co: ...


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a closed register is changed: the change with its title, and the reason for it."""

    title: str
    work: RegisterChange[Say]
    reason: str = ""


class ReasonPanel(FormPanel[Reason, Say]):
    """Asks why a closed register is changed, then makes the change."""

    def __init__(self, desk: Desk) -> None:
        form = Form(desk.tasks, desk.look, (forms.long_text("reason", mark("Why")),), _explained)
        super().__init__(desk, "", form, _changing, _("Do it"))
        self.subtitle.setText(_("This register is closed. Say why it is changed nevertheless."))
        self.subtitle.show()
        self.created.connect(self._done)

    def ask(self, title: str, work: RegisterChange[T], said: Callable[[T], object]) -> None:
        """Ask for the reason of a change, which ``work`` takes; ``said`` gets what it answers."""
        draft = Reason(title, partial(_make, work, said))
        self.title.setText(title)
        self.form.show_draft(draft)
        self.open(draft)

    def _done(self, say: Say) -> None:
        say()


def _make(
    work: RegisterChange[T], said: Callable[[T], object], session: DbSession, *, reason: str
) -> Say:
    """Make a change; the result calls ``said`` with its answer, whatever its type."""
    return partial(said, work(session, reason=reason))


def _changing(draft: Reason) -> Change[Say]:
    return draft.title, partial(draft.work, reason=draft.reason.strip())


def _explained(draft: Reason) -> dict[str, str]:
    return {} if draft.reason.strip() else {"reason": _("Say why in a few words.")}


@dataclass(frozen=True, slots=True)
class Heads:
    """How many were in a space."""

    session_id: int
    title: str
    before: int | None
    heads: int | None
    reason: str = ""


def heads_panel(desk: Desk) -> FormPanel[Heads, None]:
    """The panel for the head count of a session without a register."""
    fields = (
        forms.number("heads", mark("How many were there")),
        forms.text("reason", mark("Why"), hint=mark("Only when the number changes.")),
    )
    form = Form(desk.tasks, desk.look, fields, _check_heads)
    return FormPanel(desk, _("Head count"), form, _count, _("Note it"))


def _check_heads(draft: Heads) -> dict[str, str]:
    if draft.heads is None or draft.heads < 0:
        return {"heads": _("Write how many people were there.")}
    if draft.before not in (None, draft.heads) and not draft.reason.strip():
        return {"reason": _("A head count was noted before. Say why it changes.")}
    return {}


def _count(draft: Heads) -> Change[None]:
    title = _("Note the head count of {session}").format(session=isolate(draft.title))
    reason = draft.reason.strip() or None
    return title, partial(
        note_head_count, session_id=draft.session_id, heads=draft.heads or 0, reason=reason
    )


class RegisterHistory(Panel[Never]):
    """What was changed in one register, the newest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title.setText(_("History of this register"))
        self.list = QListWidget()
        self.list.setProperty("plain", True)
        self.list.setWordWrap(True)
        self.list.setAccessibleName(_("History of this register"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(16 * desk.look.row_height(self))
        self.chip.hide()
        self.add(self.list)
        self.setFocusProxy(self.list)

    def show_changes(self, title: str, changes: Sequence[ChangeRow]) -> None:
        """Show the changes of a session's register."""
        self.subtitle.setText(title)
        self.list.clear()
        for one in changes:
            self.list.addItem(_change_words(one))
        if not changes:
            self.list.addItem(_("Nothing was changed since it was first written."))
        self.list.setCurrentRow(0)


def _change_words(one: ChangeRow) -> str:
    lines = [_what_words(one)]
    if one.reason:
        lines.append(_("Reason: {reason}").format(reason=isolate(one.reason)))
    moment = formats.moment(one.at.astimezone())
    lines.append(_("{actor}, {moment}").format(actor=isolate(one.by), moment=moment))
    return "\n".join(lines)


def _what_words(one: ChangeRow) -> str:
    match one.what:
        case RegisterEvent.CLOSED:
            return _("Register closed")
        case RegisterEvent.REOPENED:
            return _("Register opened again")
        case RegisterEvent.LOST:
            return _("Register lost")
        case RegisterEvent.FOUND:
            return _("Register found")
        case RegisterEvent.HEAD_COUNT:
            return _("Head count: {old} → {new}").format(old=one.old, new=one.new)
    old, new = (state_look("attendance", state or "").text for state in (one.old, one.new))
    sentence = _("{name}: {old} → {new}")
    return sentence.format(name=isolate(one.name), old=old, new=new)
