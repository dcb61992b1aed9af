"""The side panel of an application: the person, the steps that may be taken, the history."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from schoolapp.base import clock
from schoolapp.base.language import _, isolate, ltr, plural
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Saving
from schoolapp.desktop.kit.panel import Panel
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.boxes import titled
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.look.states import state_look
from schoolapp.desktop.look.widgets import Facts, button
from schoolapp.desktop.places.applications.queries import Case
from schoolapp.desktop.places.applications.words import DECISION_KEYS, STEPS, doubts
from schoolapp.operations.applications import (
    ApplicationDetail,
    ApplicationDraft,
    AvailableStep,
    Places,
    StepRow,
)


class ApplicationPanel(Panel[ApplicationDraft]):
    """Asks for a decision or a step, with a reason if a guard asks for one."""

    decided = Signal(object)  # the Decision
    step_wanted = Signal(str, str)  # step, reason

    def __init__(
        self,
        desk: Desk,
        form: Form[ApplicationDraft],
        saving: Saving[ApplicationDraft, ApplicationDraft],
    ) -> None:
        super().__init__(desk, form, saving)
        self.case: Case | None = None
        self._pending: Callable[[str], object] | None = None  # what waits for a reason
        self._made: list[QPushButton] = []
        self._facts, self._issues, self._history = Facts(), Words(wrap=True), Facts()
        self.reason = self._make_reason()
        self._doubts = titled(_("Doubts in the sheet"), self._issues)
        self._content.insertWidget(1, self._facts)
        self.add(self._doubts)
        self.add(titled(_("History"), self._history))

    def show_case(self, case: Case) -> None:
        """Show an application."""
        detail = case.detail
        if detail.id != self.key:
            self._reason_box.hide()
        self.case = case
        state = state_look("application", detail.state.value)
        self.show_item(detail.id, detail.name, detail.code, state, case.draft)
        assert self.form is not None
        self.form.offer("module_codes", case.facts.modules)
        self.form.offer("delegation_id", ((None, ""), *case.facts.delegations))
        self._facts.show_facts(_person(detail))
        self._show_issues(detail)
        self._history.show_facts([_step(step, case.tz) for step in detail.steps])
        self._show_buttons(case)

    def ask_reason(self, sentence: str, pending: Callable[[str], object]) -> None:
        """Ask why, because a guard asks for a reason; ``pending(reason)`` goes on."""
        self._pending = pending
        self._why.setText(sentence)
        self._reason_box.show()
        self.reason.clear()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_reason(self) -> QLineEdit:
        self._reason_box, self._why = QWidget(), Words(wrap=True)
        line = QLineEdit()
        line.setObjectName("reason")
        line.setAccessibleName(_("Reason"))
        line.setPlaceholderText(_("Reason, then Enter"))
        line.returnPressed.connect(self._reason_given)
        layout = QVBoxLayout(self._reason_box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._why)
        layout.addWidget(line)
        self._reason_box.hide()
        self._content.insertWidget(0, self._reason_box)
        return line

    def _reason_given(self) -> None:
        reason = self.reason.text().strip()
        if reason and self._pending is not None:
            self._reason_box.hide()
            self._pending(reason)

    def _show_issues(self, detail: ApplicationDetail) -> None:
        said = []
        if detail.source_file:
            row, file = detail.source_row, isolate(detail.source_file)
            said.append(_("Row {row} of {file}").format(row=row, file=file))
            said += [doubts(detail.issues)] if detail.issues else []
        self._issues.setText("\n".join(said))
        self._doubts.setVisible(bool(said))

    def _show_buttons(self, case: Case) -> None:
        while self._made:
            old = self._made.pop()
            self.buttons.removeWidget(old)
            old.deleteLater()
        covered: set[str] = set()
        for decision, name in case.decisions.items():
            words = _(STEPS[name])
            keys = DECISION_KEYS.get(decision)
            if keys:
                words = _("{action} ({keys})").format(action=words, keys=ltr(keys))
            decide = partial(self.decided.emit, decision)
            self._add(f"do_{decision.value}", words, decide, not covered)
            covered.add(name)
        for step in case.steps:
            if step.name not in covered:
                made = self._add(f"step_{step.name}", _(STEPS[step.name]), self._taker(step), False)
                made.setToolTip(_(step.trouble) if step.trouble else "")
                made.setEnabled(not step.trouble or step.needs_reason)

    def _taker(self, step: AvailableStep) -> Callable[[], object]:
        take = partial(self.step_wanted.emit, step.name)
        if step.needs_reason and step.trouble is not None:
            return partial(self.ask_reason, _(step.trouble), take)
        return partial(take, "")

    def _add(self, name: str, words: str, run: Callable[[], object], primary: bool) -> QPushButton:
        made = button(self.desk.look, words, run, primary=primary)
        made.setObjectName(name)
        self.buttons.addWidget(made)
        self._made.append(made)
        return made


def _person(detail: ApplicationDetail) -> list[tuple[str, str]]:
    return [
        (_("Own script"), isolate(detail.native_name) if detail.native_name else ""),
        (_("E-mail"), ltr(detail.email) if detail.email else ""),
        (_("Born"), formats.birth(detail.born, detail.born_partly)),
        (_("Country"), formats.country_name(detail.country) if detail.country else ""),
        (_("Languages"), ", ".join(map(formats.language_name, detail.languages))),
        (_("Waiting list"), _place_in_line(detail.waiting_rank)),
    ]


def _place_in_line(rank: int | None) -> str:
    return "" if rank is None else _("number {rank}").format(rank=formats.number(rank))


def _step(step: StepRow, tz: str) -> tuple[str, str]:
    state = state_look("application", step.state.value).text
    said = _("{state}, by {who}").format(state=state, who=isolate(_author(step.by)))
    if step.reason:
        said = _("{step}: {reason}").format(step=said, reason=isolate(step.reason))
    return formats.date(clock.to_wall(step.at, tz)), said


def _author(by: str) -> str:
    return _("applicant") if by == "applicant" else by


def left_of(places: Places) -> str:
    """How many places are left; people who have completed no longer hold theirs."""
    left = places_left(places.capacity, places.left)
    if not places.completed:
        return left
    sentence = plural(
        "{left}; {count} has completed", "{left}; {count} have completed", places.completed
    )
    return sentence.format(left=left, count=formats.number(places.completed))


def places_left(capacity: int, left: int) -> str:
    """How many places are left of all."""
    if left < 0:
        sentence = plural(
            "{left} place too many is given ({capacity})",
            "{left} places too many are given ({capacity})",
            -left,
        )
    else:
        sentence = plural(
            "{left} of {capacity} places left", "{left} of {capacity} places left", left
        )
    return sentence.format(left=formats.number(abs(left)), capacity=formats.number(capacity))


def left_in_parts(parts: Sequence[tuple[str, int]]) -> str:
    """How many places are left in each module, a line for each; nothing if all have the same."""
    if len({free for _title, free in parts}) < 2:
        return ""
    return "\n".join(
        _("{part}: {left}").format(part=isolate(title), left=formats.number(free))
        for title, free in parts
    )
