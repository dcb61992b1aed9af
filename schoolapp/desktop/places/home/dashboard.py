"""The dashboard of one gathering: key numbers, next deadlines, the next step of its workflow."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from schoolapp.base import clock
from schoolapp.base.language import _, isolate, ltr, mark, plural
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.flow import Flow
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.paint import StateChip, mirrored
from schoolapp.desktop.look.states import state_look
from schoolapp.desktop.look.widgets import Facts as FactLines
from schoolapp.desktop.look.widgets import button
from schoolapp.desktop.places.home.queries import KINDS, STEPS, Facts, NextStep

if TYPE_CHECKING:  # shown as soon as a gathering is chosen, which may be before the store is there
    from schoolapp.operations.gatherings import GatheringRow, Overview

DEADLINES = {
    "application": mark("Applications"),
    "subsidy": mark("Requests for subsidies"),
    "visa_letter": mark("Visa letters"),
    "readings": mark("Readings to hand out"),
    "payment": mark("Payment"),
    "delegation_numbers": mark("Numbers of the delegations"),
    "names": mark("Names of the delegations"),
    "minors_forms": mark("Forms for minors"),
}
TO_DECIDE = ("submitted", "needs_info", "eligible")


class Meter(QWidget):
    """How much of a whole is taken, as a bar; the words beside it say the same."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._part, self._whole = look, 0, 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, part: int, whole: int) -> None:
        """Show a part of a whole; more than the whole fills the bar in another colour."""
        self._part, self._whole = part, max(1, whole)
        self.update()

    def sizeHint(self) -> QSize:
        """A thin bar."""
        return QSize(80, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Filled from the leading edge."""
        tokens, painter = self._look.tokens, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.surface2))
        painter.drawRoundedRect(self.rect(), 4, 4)
        width = round(self.width() * min(1.0, self._part / self._whole))
        if width:
            painter.setBrush(QColor(tokens.danger if self._part > self._whole else tokens.accent))
            box = QRect(0, 0, max(width, 8), self.height())
            painter.drawRoundedRect(mirrored(box, self.rect(), self), 4, 4)
        painter.end()


class Figure(QFrame):
    """A card with one figure, what it counts, and lines that belong to it."""

    def __init__(self, look: Look, title: str, with_meter: bool = False) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.number = Heading("–", 1.6)
        self.lines = FactLines()
        self.meter = Meter(look) if with_meter else None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(6)
        layout.addWidget(Words(title, quiet=True))
        layout.addWidget(self.number)
        if self.meter:
            layout.addWidget(self.meter)
        layout.addWidget(self.lines)
        layout.addStretch(1)

    def show_figure(self, number: str, *lines: tuple[str, int]) -> None:
        """Show the figure; each line is a label and a number of its own."""
        self.number.setText(number)
        self.lines.show_facts((label, formats.number(count)) for label, count in lines)

    def show_share(self, part: int, whole: int, shown: bool) -> None:
        """Show a part of a whole as a bar, if it says something."""
        if self.meter:
            self.meter.show_share(part, whole)
            self.meter.setVisible(shown)


class Dashboard(QScrollArea):
    """Shows one gathering; the button of a step calls ``take_step`` with it."""

    def __init__(
        self, desk: Desk, take_step: Callable[[NextStep], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._take_step = desk, take_step
        self._buttons: list[QPushButton] = []
        self._step_row = Flow(8)
        self._no_step = Words(_("This gathering is closed; nothing is left to do."), quiet=True)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self._inside = QWidget()
        self._inside.setAutoFillBackground(False)
        self.setWidget(self._inside)
        self._lay_out()

    def clear(self) -> None:
        """Show nothing of the gathering before."""
        self.when.setText("")
        self.chip.show_state(None)
        for card in self._figures:
            card.show_figure("–")

    def show_facts(self, facts: Facts) -> None:
        """Show a gathering."""
        shown = facts.overview
        row, states = shown.row, {str(key): count for key, count in shown.by_state.items()}
        self.when.setText(_when(row))
        self.chip.show_state(state_look("gathering", str(row.state)))
        self._show_places(shown, shown.completed, states.get("waitlisted", 0))
        applied = sum(count for state, count in states.items() if state != "merged")
        self._applied.show_figure(
            formats.number(applied),
            (_("To decide"), sum(states.get(state, 0) for state in TO_DECIDE)),
            (_("Asked to answer"), states.get("needs_info", 0)),
        )
        self._coming.show_figure(
            formats.number(shown.taking_part),
            (_("Confirmed"), shown.confirmed),
            (_("Arrived"), shown.arrived),
            (_("Attended a session"), shown.attended),
        )
        self._work.show_figure(
            formats.number(row.sessions),
            (_("People who work here"), shown.staff),
            (_("Subsidies"), row.subsidies),
        )
        self._deadlines.show_facts(_deadline_lines(shown.deadlines))
        self._show_steps(facts.steps)
        self._show_to_do(shown.unpriced, facts.too_long)

    def _show_places(self, shown: "Overview", completed: int, waiting: int) -> None:
        """Show the places; once some people have completed, there is no longer a share of all."""
        holding = shown.capacity - shown.left
        self._places.show_share(holding, shown.capacity, shown=not completed)
        if completed:
            self._places.show_figure(
                formats.number(completed + holding),
                (_("Have completed"), completed),
                (_("Hold a place now"), holding),
                (_("Places at one time"), shown.capacity),
                (_("On the waiting list"), waiting),
            )
            return
        self._places.show_figure(
            _("{given} of {all}").format(
                given=ltr(formats.number(holding)), all=ltr(formats.number(shown.capacity))
            ),
            (_("Places left"), shown.left),
            (_("On the waiting list"), waiting),
        )

    def first_step(self) -> QPushButton | None:
        """The button of the next step, if there is one."""
        return self._buttons[0] if self._buttons else None

    def _show_steps(self, steps: tuple[NextStep, ...]) -> None:
        for old in self._buttons:
            old.hide()
            old.deleteLater()
        self._buttons = []
        for step in steps:
            run = partial(self._take_step, step)
            made = button(self._desk.look, _(STEPS[step.name]), run, primary=not self._buttons)
            made.setObjectName(f"step_{step.name}")
            self._step_row.addWidget(made)
            self._buttons.append(made)
        self._no_step.setVisible(not steps)

    def _show_to_do(self, unpriced: int, too_long: int) -> None:
        said = plural(
            "{number} participant has no price yet",
            "{number} participants have no price yet",
            unpriced,
        )
        self.unpriced.setText(said.format(number=formats.number(unpriced)))
        kept = plural(
            "{number} person is kept longer than the centre intends",
            "{number} people are kept longer than the centre intends",
            too_long,
        )
        self.too_long.setText(kept.format(number=formats.number(too_long)))
        for made, count in ((self.unpriced, unpriced), (self.too_long, too_long)):
            made.setVisible(bool(count))
        self._to_do.setVisible(bool(unpriced or too_long))

    def _lay_out(self) -> None:
        look = self._desk.look
        self.unpriced = button(
            look, _("To do"), partial(self._desk.run, "money.show_fees"), "wallet"
        )
        self.unpriced.setObjectName("unpriced")
        self.too_long = button(
            look, _("To do"), partial(self._desk.run, "people.too_long"), "clock"
        )
        self.too_long.setObjectName("too_long")
        doing, row = QWidget(), Flow(8)
        doing.setLayout(row)
        row.addWidget(self.unpriced)
        row.addWidget(self.too_long)
        self._to_do = _card(_("To do"), doing)
        self.when, self.chip = Words(wrap=True), StateChip(look)
        self._places = Figure(look, _("Places given"), with_meter=True)
        self._applied = Figure(look, _("Applications"))
        self._coming = Figure(look, _("Taking part"))
        self._work = Figure(look, _("Sessions"))
        self._figures = (self._places, self._applied, self._coming, self._work)
        self._deadlines = FactLines()
        head = QHBoxLayout()
        head.addWidget(self.when, 1)
        head.addWidget(self.chip)
        grid = QGridLayout()
        grid.setSpacing(12)
        for number, card in enumerate(self._figures):
            grid.addWidget(card, number // 2, number % 2)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        steps = QWidget()
        steps.setLayout(self._step_row)
        layout = QVBoxLayout(self._inside)
        layout.setContentsMargins(0, 0, 4, 0)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addLayout(grid)
        layout.addWidget(_card(_("Next step"), steps, self._no_step))
        layout.addWidget(self._to_do)
        layout.addWidget(_card(_("Deadlines"), self._deadlines))
        layout.addStretch(1)


def _card(title: str, *widgets: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("card", True)
    layout = QVBoxLayout(card)
    layout.setContentsMargins(16, 12, 16, 12)
    layout.setSpacing(8)
    layout.addWidget(Heading(title))
    for widget in widgets:
        layout.addWidget(widget)
    return card


def _when(row: "GatheringRow") -> str:
    kind = KINDS.get(row.kind, row.kind)
    facts = [
        _(kind),
        isolate(row.city),
        _("{start} to {end}").format(
            start=isolate(formats.date(row.start_date, weekday=True)),
            end=isolate(formats.date(row.end_date, weekday=True)),
        ),
    ]
    return " · ".join(fact for fact in facts if fact.strip("\u2068\u2069"))


def _deadline_lines(deadlines: tuple[tuple[str, dt.date], ...]) -> list[tuple[str, str]]:
    today = clock.now().date()
    return [
        (
            _(DEADLINES[name]) if name in DEADLINES else name.replace("_", " "),
            _("{date}, {distance}").format(
                date=isolate(formats.date(date, weekday=True)),
                distance=_distance((date - today).days),
            ),
        )
        for name, date in deadlines
    ]


def _distance(days: int) -> str:
    if days < 0:
        return _("past")
    if days == 0:
        return _("today")
    said = plural("in {count} day", "in {count} days", days)
    return said.format(count=ltr(formats.number(days)))
