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
from schoolapp.desktop.kit.items import Items
from schoolapp.desktop.kit.panel import Panel
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.boxes import show_whole, titled
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.look.states import state_look
from schoolapp.desktop.look.widgets import Facts, button
from schoolapp.desktop.places.applications import drafts
from schoolapp.desktop.places.applications.doubts_box import DoubtsBox
from schoolapp.desktop.places.applications.lines import in_order, said
from schoolapp.desktop.places.applications.queries import Case
from schoolapp.desktop.places.applications.words import DECISION_KEYS, STEPS
from schoolapp.desktop.places.applications.written import WrittenBox
from schoolapp.operations.applications import (
    OF_PERSON,
    AnswerDraft,
    ApplicationDetail,
    ApplicationDraft,
    AvailableStep,
    Places,
    StepRow,
)

_EDITORS = {
    **{field: ("applicant", names[0]) for field, names in OF_PERSON.items()},
    "delegation": ("", "delegation_id"),
    "organisation": ("", "organisation"),
    "modules": ("", "module_codes"),
    "arrival": ("", "arrival"),
    "departure": ("", "departure"),
    "first_time": ("", "first_time"),
    "diet": ("", "diet"),
    "access": ("", "access"),
    "visa": ("", "needs_visa"),
    "subsidy": ("", "asks_subsidy"),
    "travel": ("", "asked_travel"),
    "contribution": ("", "contribution"),
    "fee": ("", "named_fee"),
    "parental_consent": ("", "parental_consent"),
    "privacy": ("", "consent"),
    "motivation": ("", "motivation"),
}
"""Where each field of a form is corrected: in which form of the panel, by which editor."""


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
        self._facts, self._history = Facts(), Facts()
        self.reason = self._make_reason()
        self.doubts = DoubtsBox(desk.look, corrigible=tuple(_EDITORS))
        self.doubts.ticked.connect(self._tick)
        self.doubts.correct_wanted.connect(self.correct)
        self._content.insertWidget(1, self._facts)
        self._content.insertWidget(2, self.doubts)
        self.written = WrittenBox()
        self.applicant = Form(desk.tasks, desk.look, drafts.APPLICANT, drafts.check_applicant)
        self.applicant.setObjectName("applicant")
        self._person = self.add_form(self.applicant, drafts.saving_applicant)
        self.add(self.written)
        self.answers = self._make_answers()
        self.add(self.answers)
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
        self._person.show(detail.id, case.applicant)
        self._facts.show_facts(_person(detail))
        self.doubts.show_doubts(detail)
        self.written.show_written(in_order(detail.written))
        self.answers.show_items(case.answers)
        self._history.show_facts([_step(step, case.tz) for step in detail.steps])
        self._show_buttons(case)

    def ask_reason(self, sentence: str, pending: Callable[[str], object]) -> None:
        """Ask why, because a guard asks for a reason; ``pending(reason)`` goes on."""
        self._pending = pending
        self._why.setText(sentence)
        self._reason_box.show()
        self.reason.clear()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def correct(self, field: str) -> None:
        """Go to the editor of a field of the form."""
        form_name, name = _EDITORS[field]
        form = self.applicant if form_name else self.form
        assert form is not None
        editor = form.editor(name)
        show_whole(editor)
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def hide_private(self, hidden: bool) -> None:
        """Hide or show needs, birth, and what was written."""
        assert self.form is not None
        for form, names in (
            (self.form, drafts.PRIVATE),
            (self.applicant, drafts.PRIVATE_OF_PERSON),
        ):
            for name in names:
                form.set_hidden(name, hidden)
        self.written.hide_private(hidden)
        self.answers.setVisible(not hidden)

    def _tick(self, doubt_id: int, settled: bool) -> None:
        self.desk.tasks.change(self, *drafts.ticking(doubt_id, settled))

    def _make_answers(self) -> Items[AnswerDraft]:
        made = Items(
            self.desk,
            _("Answers"),
            Form(self.desk.tasks, self.desk.look, drafts.ANSWER, drafts.check_answer),
            _question,
            self._new_answer,
            drafts.saving_answer,
            drafts.removing_answer,
        )
        made.setObjectName("answers")
        return made

    def _new_answer(self) -> AnswerDraft:
        assert self.key is not None
        return AnswerDraft(application_id=self.key)

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


def _question(draft: AnswerDraft) -> str:
    return isolate(draft.question)


def _person(detail: ApplicationDetail) -> list[tuple[str, str]]:
    words = said(detail)
    return [
        (_("Own script"), words["native_name"]),
        (_("E-mail"), words["email"]),
        (_("Born"), words["born"]),
        (_("Country"), words["country"]),
        (_("Languages"), words["languages"]),
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
