"""The steps of a gathering's workflow, taken at Home; some ask for a reason first."""

from functools import cached_property, partial

from PySide6.QtCore import QObject

from schoolapp.base.language import _
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.host import TableHost
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.desktop.places.home import panels
from schoolapp.desktop.places.home.queries import STEPS, NextStep
from schoolapp.operations.gatherings import move_gathering


class Steps(QObject):
    """Takes steps of the gathering that is chosen."""

    def __init__(self, host: TableHost) -> None:
        super().__init__(host.desk.stage)
        self._host = host

    @cached_property
    def reason_panel(self) -> FormPanel[panels.Reason, None]:
        """Asks for the reason of a step that needs one."""
        return panels.reason_panel(self._host.desk, self._change)

    def take(self, step: NextStep) -> None:
        """Take a step, or ask for its reason first."""
        if step.needs_reason:
            self._host.show_side(self.reason_panel)
            panels.show_reason(self.reason_panel, step.name)
        else:
            title, operation = self._change(step.name, "")
            self._host.desk.tasks.change(self, title, operation)

    def _change(self, step: str, reason: str) -> Change[None]:
        assert self._host.gathering is not None, "a step is taken in one gathering"
        key = self._host.gathering.id
        moving = partial(move_gathering, gathering_id=key, step=step, reason=reason or None)
        return _(STEPS[step]), moving
