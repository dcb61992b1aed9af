"""The register that is open as a whole: closing, losing, head counts, badges, its history."""

from collections.abc import Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop.kit.editing import Operation
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.desktop.places.attendance import queries
from schoolapp.desktop.places.attendance.register.panels import (
    Heads,
    ReasonPanel,
    RegisterHistory,
    Said,
    heads_panel,
)
from schoolapp.domain.rules import RuleBroken

if TYPE_CHECKING:
    from schoolapp.desktop.places.attendance.place import Attendance


class OpenRegister(QObject):
    """Changes the open register; where it is closed, the reason is asked for first."""

    def __init__(self, place: "Attendance") -> None:
        super().__init__(place)
        self.place = place

    @cached_property
    def reason(self) -> ReasonPanel:
        """Asks why a closed register is changed."""
        made = ReasonPanel(self.place.desk)
        made.closed.connect(self.place.close_side)
        return made

    @cached_property
    def heads(self) -> FormPanel:
        """Asks how many were in a space."""
        made = heads_panel(self.place.desk)
        made.closed.connect(self.place.close_side)
        return made

    @cached_property
    def history(self) -> RegisterHistory:
        """What was changed in the register."""
        made = RegisterHistory(self.place.desk)
        made.closed.connect(self.place.close_side)
        return made

    def change(self, title: str, work: Operation, said: Said | None = None) -> None:
        """Change the register; ``work`` takes a ``reason`` where it is closed."""
        one = self.place.open_session()
        if one is not None and one.register.value == "closed":
            self.place.body.show_side(self.reason)
            self.reason.ask(title, work, said)
        else:
            self.place.desk.tasks.change(self, title, work, said, self._refused)

    def lose(self) -> None:
        """Say that the register is lost, or that it was found."""
        one = self.place.open_session()
        if one is None:
            return
        lost = one.register.value != "lost"
        sentence = (
            mark("Note that the register of {session} is lost")
            if lost
            else mark("Note that the register of {session} was found")
        )
        title = _(sentence).format(session=isolate(one.title))
        self.change(title, partial(queries.mark_lost, one.id, lost))

    def close(self) -> None:
        """Close the register, or open a closed one again."""
        one = self.place.open_session()
        if one is None:
            return
        name = isolate(one.title)
        if one.register.value == "closed":
            title = _("Open the register of {session} again").format(session=name)
            self.change(title, partial(queries.reopen, one.id))
        else:
            title = _("Close the register of {session}").format(session=name)
            self.change(title, partial(queries.close, one.id))

    def count_heads(self) -> None:
        """Ask how many are in a space."""
        one = self.place.open_session()
        if one is not None:
            self.place.body.show_side(self.heads)
            self.heads.subtitle.setText(one.title)
            self.heads.subtitle.show()
            self.heads.open(Heads(one.id, one.title, one.head_count, one.head_count))

    def show_history(self) -> None:
        """Show what was changed in the register."""
        one = self.place.open_session()
        if one is not None:
            query = partial(queries.history_of, one.id)
            self.place.desk.tasks.read(self, query, partial(self._show, one.title))

    def give_badges(self) -> None:
        """Give everybody a badge who has none."""
        if self.place.gathering is not None:
            work = partial(queries.give_badges, self.place.gathering.id)
            self.place.desk.tasks.change(self, _("Give badges"), work, self._badges_given)

    def new_badge(self) -> None:
        """Give the selected person another badge; the lost one marks nobody any more."""
        for row_id in self.place.selected_ids()[:1]:
            name = isolate(self.place.rows[row_id].name)
            title = _("Give {name} a new badge").format(name=name)
            self.place.desk.tasks.change(self, title, partial(queries.new_badge, row_id))

    def _refused(self, trouble: BaseException) -> None:
        if isinstance(trouble, RuleBroken):
            self.place.pane.answer.say_trouble(trouble.sentence())

    def _show(self, title: str, changes: Sequence[Any]) -> None:
        self.place.body.show_side(self.history)
        self.history.show_changes(title, changes)
        self.history.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _badges_given(self, number: int) -> None:
        if not number:
            self.place.desk.say(_("Everybody has a badge already."))
