"""The card of decide mode: what a meeting has to know about one application, and the note on it."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from schoolapp.base.language import _, isolate, ltr, mark
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.boxes import scrolling, titled
from schoolapp.desktop.look.flow import Flow
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.paint import StateChip
from schoolapp.desktop.look.states import state_look
from schoolapp.desktop.look.widgets import BriefLine, Facts, button
from schoolapp.desktop.places.applications.doubts_box import DoubtsBox
from schoolapp.desktop.places.applications.lines import NAMING, facts, in_order, is_among
from schoolapp.desktop.places.applications.lines import said as said_of
from schoolapp.desktop.places.applications.meeting.score_box import ScoreBox, score_words
from schoolapp.desktop.places.applications.words import DECISION_KEYS, group_name
from schoolapp.desktop.places.applications.written import WrittenBox
from schoolapp.domain.selection import Decision, Side
from schoolapp.operations.applications import ApplicationDetail, MeetingCase

DECISIONS = (
    ("applications.accept", mark("Accept"), Decision.ACCEPT),
    ("applications.shortlist", mark("Shortlist"), Decision.SHORTLIST),
    ("applications.waitlist", mark("Waiting list"), Decision.WAITLIST),
    ("applications.decline", mark("Decline"), Decision.DECLINE),
    ("applications.withdraw", mark("Withdraw"), Decision.WITHDRAW),
)
"""The decisions of a meeting: command and words of each button."""


class CaseCard(QFrame):
    """One person, large; without a name where names are hidden."""

    reasoned = Signal(str)  # the reason that was asked for
    noted = Signal(str)
    scored = Signal(object)  # the key of each scale to its points
    ticked = Signal(int, bool)  # a doubt, and whether it is settled

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.case: MeetingCase | None = None
        self._hidden = self._private_hidden = False
        self.setProperty("card", True)
        self.title = Heading(scale=1.4, wrap=True)
        self.chip, self.prepared = StateChip(desk.look), StateChip(desk.look)
        self._why, self.reason = Words(wrap=True), _line("meeting_reason", _("Reason"))
        self.reason.setPlaceholderText(_("Reason, then Enter"))
        self.note = _line("meeting_note", _("Note"))
        self.note.setPlaceholderText(_("Note (N), then Enter"))
        self.reason.returnPressed.connect(self._reason_given)
        self.note.returnPressed.connect(self._note_written)
        self.facts, self.further, self.motivation = Facts(), Facts(), Words(wrap=True)
        self.doubts, self.written = DoubtsBox(desk.look), WrittenBox()
        self.doubts.ticked.connect(self.ticked)
        self.scoring = ScoreBox(desk)
        self.scoring.given.connect(self.scored)
        self._further_box = titled(_("Also stored"), self.further)
        self._motivation = titled(_("Motivation"), self.motivation)
        self._lay_out()
        self.doubts.hide()
        self.stop_asking()

    def show_case(self, case: MeetingCase) -> None:
        """Show an application."""
        new = self.case is None or self.case.detail.id != case.detail.id
        self.case = case
        detail = case.detail
        self.title.setText(ltr(detail.code) if self._hidden else isolate(detail.name))
        self.chip.show_state(state_look("application", detail.state.value))
        prepared = f"to_{case.decision.value}" if case.decision else ""
        self.prepared.show_state(state_look("meeting", prepared) if prepared else None)
        native = "" if self._hidden else detail.native_name
        named = (_("Own script"), isolate(native) if native else "")
        self.facts.show_facts([named, *_facts(case)])
        more = [(label, words) for label, words in facts(detail, *self._further()) if words]
        self.further.show_facts(more)
        self._further_box.setVisible(bool(more))
        self._show_words(detail)
        if new:
            self.scoring.hide()
        if new or not self.note.hasFocus():
            self.note.setText(detail.note)

    def _further(self) -> tuple[str, ...]:
        """The fields shown beneath what was written; nothing about health where it is hidden."""
        plain = ("contribution", "fee", "privacy")
        private = ("nationality", "pronouns", "diet", "access", "parental_consent")
        return plain if self._private_hidden else plain + private

    def _show_words(self, detail: ApplicationDetail) -> None:
        """What was written, first of all why; the doubts about it without names if so wished."""
        written = in_order(detail.written, named=not self._hidden)
        self.motivation.setText(detail.motivation or _("No motivation was written."))
        apart = self._private_hidden or not is_among(detail.motivation, written)
        self._motivation.setVisible(apart)
        self.written.show_written(written)
        open_doubts = tuple(
            doubt
            for doubt in detail.doubts
            if not doubt.settled and not (self._hidden and doubt.field in NAMING)
        )
        self.doubts.show_doubts(replace(detail, doubts=open_doubts, source_file=None))

    def hide_private(self, hidden: bool) -> None:
        """Hide or show needs and what was written."""
        self._private_hidden = hidden
        self.written.hide_private(hidden)
        if self.case is not None:
            self.show_case(self.case)

    def hide_names(self, hidden: bool) -> None:
        """Hide or show the name, also in what was written."""
        self._hidden = hidden
        if self.case is not None:
            self.show_case(self.case)

    def ask_reason(self, sentence: str) -> None:
        """Ask why, because a guard asks for a reason."""
        self._why.setText(sentence)
        self._ask.show()
        self.reason.clear()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_scores(self) -> bool:
        """Ask a referee for their points; False where the gathering has no scales."""
        if self.case is None or not self.case.scores.scales:
            return False
        self.scoring.begin(self.case.scores.scales, self.case.scores.own)
        return True

    def stop_asking(self) -> None:
        """Stop asking for a reason."""
        self._ask.hide()

    def is_writing(self) -> bool:
        """Whether a note or a reason is being written, or a score given."""
        return any(one.hasFocus() for one in (self.note, self.reason, self.scoring))

    def stop_writing(self) -> None:
        """Forget the reason; the note goes back to what it was."""
        self.stop_asking()
        self.scoring.hide()
        if self.case is not None:
            self.note.setText(self.case.detail.note)

    def _reason_given(self) -> None:
        reason = self.reason.text().strip()
        if reason:
            self.stop_asking()
            self.reasoned.emit(reason)

    def _note_written(self) -> None:
        self.noted.emit(self.note.text())

    def _lay_out(self) -> None:
        self._ask = QWidget()
        ask = QVBoxLayout(self._ask)
        ask.setContentsMargins(0, 0, 0, 0)
        ask.addWidget(self._why)
        ask.addWidget(self.reason)
        inside = QWidget()
        content = QVBoxLayout(inside)
        content.setContentsMargins(2, 4, 8, 4)
        content.setSpacing(14)
        content.addWidget(self.facts)
        content.addWidget(self.doubts)
        content.addWidget(self._motivation)
        content.addWidget(self.written)
        content.addWidget(self._further_box)
        content.addStretch(1)
        chips, keys = Flow(8), Flow(8)
        chips.addWidget(self.chip)
        chips.addWidget(self.prepared)
        for command, words, decision in DECISIONS:
            letter = ltr(DECISION_KEYS[decision])
            said = _("{action} ({keys})").format(action=_(words), keys=letter)
            made = button(self.desk.look, said, partial(self.desk.run, command))
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            keys.addWidget(made)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(self.title)
        layout.addLayout(chips)
        layout.addWidget(self._ask)
        layout.addWidget(self.scoring)
        layout.addWidget(scrolling(inside), 1)
        layout.addWidget(self.note)
        layout.addLayout(keys)


def _line(name: str, label: str) -> QLineEdit:
    made = BriefLine()
    made.setObjectName(name)
    made.setAccessibleName(label)
    return made


def _facts(case: MeetingCase) -> list[tuple[str, str]]:
    detail = case.detail

    def said(side: Side) -> str:
        groups = ", ".join(group_name(side, group) for group in case.groups[side])
        return groups or group_name(side, "")

    asks = formats.yes_no(True) if detail.asks_subsidy else ""
    words = said_of(detail)
    return [
        (_("Score"), score_words(case.scores)),
        (_("Endorsed"), _endorsed(case)),
        (_("Languages"), said(Side.LANGUAGE)),
        (_("Delegation"), isolate(detail.delegation) if detail.delegation else ""),
        (_("Region"), said(Side.REGION)),
        (_("Country"), formats.country_name(detail.country) if detail.country else ""),
        (_("Gender"), words["gender"] or group_name(Side.GENDER, "")),
        (_("Age"), said(Side.AGE)),
        (_("First time"), said(Side.FIRST_TIME)),
        (_("Modules"), words["modules"]),
        *facts(detail, "organisation", "arrival", "departure"),
        (_("Subsidy"), formats.money(case.asked) if case.asked else asks),
        (_("Needs a visa"), formats.yes_no(True) if detail.needs_visa else ""),
        (_("Reason given"), isolate(case.reason) if case.reason else ""),
    ]


def _endorsed(case: MeetingCase) -> str:
    detail = case.detail
    if not detail.endorsed_by:
        return _("not yet") if case.asks_endorsement else ""
    if detail.endorsed_on is None:
        return isolate(detail.endorsed_by)
    day = formats.date(detail.endorsed_on)
    return _("{who}, {day}").format(who=isolate(detail.endorsed_by), day=day)
