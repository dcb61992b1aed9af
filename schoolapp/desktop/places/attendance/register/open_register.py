"""The register that is open as a whole: closing, losing, head counts, badges, its history."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Qt

from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop.kit.host import ClosingHost
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.desktop.places.attendance.register.panels import (
    Heads,
    ReasonPanel,
    RegisterChange,
    RegisterHistory,
    heads_panel,
)
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.arrivals.badges import give_badges, replace_badge
from schoolapp.operations.attendance import (
    ChangeRow,
    RegisterSession,
    RegisterState,
    RollRow,
    close_register,
    mark_lost_register,
    register_history,
    reopen_register,
)

T = TypeVar("T")


class OpenRoll(Protocol):
    """What changing a register needs from its roll."""

    def open_session(self) -> RegisterSession | None:
        """The session whose register is open."""

    def selected_person(self) -> RollRow | None:
        """The first of the people who are selected."""

    def say_trouble(self, sentence: str) -> None:
        """Say why nothing was noted."""


class OpenRegister(QObject):
    """Changes the open register; if it is closed, the reason is asked for first."""

    def __init__(self, host: ClosingHost, roll: OpenRoll) -> None:
        super().__init__(host.desk.stage)
        self._host, self._roll, self._desk = host, roll, host.desk

    @cached_property
    def reason(self) -> ReasonPanel:
        """Asks why a closed register is changed."""
        made = ReasonPanel(self._desk)
        made.closed.connect(self._host.close_side)
        return made

    @cached_property
    def heads(self) -> FormPanel[Heads, None]:
        """Asks how many were in a space."""
        made = heads_panel(self._desk)
        made.closed.connect(self._host.close_side)
        return made

    @cached_property
    def history(self) -> RegisterHistory:
        """What was changed in the register."""
        made = RegisterHistory(self._desk)
        made.closed.connect(self._host.close_side)
        return made

    def change(
        self, title: str, work: RegisterChange[T], said: Callable[[T], object] | None = None
    ) -> None:
        """Change the register; ``work`` takes a ``reason`` where it is closed."""
        one = self._roll.open_session()
        if one is not None and one.register is RegisterState.CLOSED:
            self._host.put_beside(self.reason)
            self.reason.ask(title, work, said or _silent)
        else:
            self._desk.tasks.change(self, title, work, said, self._refused)

    def lose(self) -> None:
        """Say that the register is lost, or that it was found."""
        one = self._roll.open_session()
        if one is None:
            return
        lost = one.register is not RegisterState.LOST
        sentence = (
            mark("Note that the register of {session} is lost")
            if lost
            else mark("Note that the register of {session} was found")
        )
        title = _(sentence).format(session=isolate(one.title))
        self.change(title, partial(mark_lost_register, session_id=one.id, lost=lost))

    def close(self) -> None:
        """Close the register, or open a closed one again."""
        one = self._roll.open_session()
        if one is None:
            return
        name = isolate(one.title)
        if one.register is RegisterState.CLOSED:
            title = _("Open the register of {session} again").format(session=name)
            self.change(title, partial(reopen_register, session_id=one.id))
        else:
            title = _("Close the register of {session}").format(session=name)
            self.change(title, partial(close_register, session_id=one.id))

    def count_heads(self) -> None:
        """Ask how many are in a space."""
        one = self._roll.open_session()
        if one is not None:
            self._host.put_beside(self.heads)
            self.heads.subtitle.setText(one.title)
            self.heads.subtitle.show()
            self.heads.open(Heads(one.id, one.title, one.head_count, one.head_count))

    def show_history(self) -> None:
        """Show what was changed in the register."""
        one = self._roll.open_session()
        if one is not None:
            query = partial(register_history, session_id=one.id)
            self._desk.tasks.read(self, query, partial(self._show, one.title))

    def give_badges(self) -> None:
        """Give a badge to everybody who has none."""
        if self._host.gathering is not None:
            work = partial(give_badges, gathering_id=self._host.gathering.id)
            self._desk.tasks.change(self, _("Give badges"), work, self._badges_given)

    def new_badge(self) -> None:
        """Give the selected person another badge; the lost one no longer marks anybody."""
        person = self._roll.selected_person()
        if person is not None:
            title = _("Give {name} a new badge").format(name=isolate(person.name))
            work = partial(replace_badge, participation_id=person.id)
            self._desk.tasks.change(self, title, work)

    def _refused(self, trouble: BaseException) -> None:
        if isinstance(trouble, RuleBroken):
            self._roll.say_trouble(trouble.sentence())

    def _show(self, title: str, changes: Sequence[ChangeRow]) -> None:
        self._host.put_beside(self.history)
        self.history.show_changes(title, changes)
        self.history.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _badges_given(self, number: int) -> None:
        if not number:
            self._desk.say(_("Everybody has a badge already."))


def _silent(value: object) -> None:
    """The change has nothing to say."""
