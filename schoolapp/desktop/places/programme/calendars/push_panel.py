"""The panel that pushes the programme to a calendar server: compare, decide, push."""

import threading
from functools import partial
from typing import Never

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QListWidget, QProgressBar, QVBoxLayout, QWidget

from schoolapp.base.language import OWN_NAMES, _, plural
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.kit.panel import Panel
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.combo_box import CalmComboBox
from schoolapp.desktop.look.flow import Flow
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.look.widgets import button
from schoolapp.desktop.places.programme.calendars.finder import CalendarFinder
from schoolapp.desktop.places.programme.calendars.push_words import (
    conflict_words,
    outcome_words,
    plan_words,
)
from schoolapp.desktop.places.programme.calendars.pushing import Push, compare, push
from schoolapp.exchange.caldav import (
    Conflict,
    Login,
    Outcome,
    Plan,
    Step,
    settle,
    whole_address,
)
from schoolapp.exchange.mail.passwords import Known, known_password
from schoolapp.operations.calendars.pushing import Target, last_target


class PushPanel(Panel[Never]):
    """First it shows what would change, then it changes it; Ctrl+Enter goes on.

    A conflict is decided with the buttons above the list; one that is left open stays as it is.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._gathering, self._known = 0, ""
        self._plan: Plan | None = None
        self._decided: dict[str, bool] = {}
        self._stop = threading.Event()
        self.is_running = False
        self.address = self._line(_("Address of the calendar"), "calendar_address")
        self.address.setPlaceholderText("https://cloud.example.org/remote.php/dav/calendars/…")
        self.user = self._line(_("User"), "calendar_user")
        self.password = self._line(_("Password"), "calendar_password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        for line in (self.address, self.user, self.password):
            line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            line.textEdited.connect(self._edited)
        self.user.editingFinished.connect(self._ask_keyring)
        self.finder = CalendarFinder(desk, self._find)
        self.finder.chosen.connect(self._found)
        self.add(self.finder)
        self.language = CalmComboBox()
        self.language.setObjectName("push_language")
        for tag, own_name in OWN_NAMES.items():
            self.language.addItem(own_name, tag)
        self.language.activated.connect(self._edited)
        self._label(_("Language of the programme"), self.language)
        self.keep = QCheckBox(_("Remember the password"))
        self.keep.setToolTip(_("It is kept in the keyring of this machine, never in the database."))
        self.said = Words(wrap=True)
        self.said.setObjectName("push_said")
        self.progress = QProgressBar()
        self.progress.setAccessibleName(_("Progress"))
        self.list = QListWidget()
        self._build_list()
        self.go_button = button(desk.look, "", self.finish, primary=True)
        self.go_button.setObjectName("push_go")
        self.stop_button = button(desk.look, _("Stop"), self._stop.set)
        sides, flow = QWidget(), Flow(8)
        sides.setLayout(flow)
        for one in (self.ours_button, self.theirs_button):
            flow.addWidget(one)
        for widget in (self.keep, self.said, self.progress, sides, self.list):
            self.add(widget)
        for one in (self.stop_button, self.go_button):
            self.foot.addWidget(one)

    def ask(self, gathering_id: int) -> None:
        """Begin with the calendar that was used last; what runs already goes on."""
        self.show_item(0, _("Push to a calendar server"))
        if self.is_running:
            return
        self._gathering = gathering_id
        self._show_plan(None)
        self.said.setText(
            _(
                "The programme goes into a calendar of Nextcloud, Radicale or any CalDAV server."
                " First you see what would change."
            )
        )
        self.address.setFocus(Qt.FocusReason.OtherFocusReason)
        self.finder.clear()
        ask = partial(last_target, gathering_id=gathering_id)
        self.desk.tasks.read(self, ask, self._target_came)

    def finish(self) -> None:
        """Compare, or push what was compared."""
        if not self.go_button.isEnabled():
            return
        if self._plan is None:
            self._compare()
        else:
            self._push(self._plan)

    @property
    def login(self) -> Login:
        """The calendar as it is typed."""
        address = whole_address(self.address.text()).rstrip("/") + "/"
        return Login(address=address, user=self.user.text().strip())

    def _compare(self) -> None:
        keep = self.keep.isVisibleTo(self) and self.keep.isChecked()
        to = self._typed_push()
        self._run(_("Comparing with the calendar…"))
        job = partial(compare, to, keep)
        self.desk.tasks.carry_out(self, job, self._compared, self._progressed, self._failed)

    def _push(self, plan: Plan) -> None:
        settled = [
            settle(one, ours=self._decided[one.uid])
            for one in plan.conflicts
            if one.uid in self._decided
        ]
        steps: list[Step] = [*plan.steps, *settled]
        self._run(_("Pushing…"))
        self.progress.setRange(0, len(steps))
        self.progress.setValue(0)
        self.progress.show()
        self.stop_button.show()
        job = partial(push, self._typed_push(), steps, self._stop.is_set)
        self.desk.tasks.carry_out(self, job, self._pushed, self._progressed, self._failed)

    def _typed_push(self) -> Push:
        language = str(self.language.currentData())
        return Push(self.login, self._secret(), self._gathering, language)

    def _run(self, words: str) -> None:
        self.is_running = True
        self._stop.clear()
        self.said.setText(words)
        self._enable(False)

    def _compared(self, plan: Plan) -> None:
        self._ended()
        self._show_plan(plan)
        self.said.setText(plan_words(plan))

    def _progressed(self, outcome: Outcome) -> None:
        self.progress.setValue(outcome.done + len(outcome.conflicts) + len(outcome.refused))

    def _pushed(self, outcome: Outcome) -> None:
        self._ended()
        self._show_plan(None)
        self.said.setText(outcome_words(outcome))

    def _failed(self, trouble: BaseException) -> None:
        self._ended()
        self._show_plan(None)
        self.said.setText("")

    def _ended(self) -> None:
        self.is_running = False
        self._enable(True)

    def _show_plan(self, plan: Plan | None) -> None:
        """Show what is to be done next."""
        self._plan, self._decided = plan, {}
        self.progress.hide()
        self.stop_button.hide()
        conflicts = plan.conflicts if plan is not None else ()
        for widget in (self.list, self.ours_button, self.theirs_button):
            widget.setVisible(bool(conflicts))
        self.list.clear()
        for one in conflicts:
            self.list.addItem(conflict_words(one, None))
        self.list.setCurrentRow(0)
        self._name_button()
        target = self.list if conflicts else self.go_button
        if plan is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name_button(self) -> None:
        if self._plan is None:
            self.go_button.setText(_("Compare"))
            self.go_button.setEnabled(not self.is_running)
            return
        number = len(self._plan.steps) + len(self._decided)
        words = plural("Push {number} change", "Push {number} changes", number)
        self.go_button.setText(words.format(number=formats.number(number)))
        self.go_button.setEnabled(number > 0)

    def _decide(self, ours: bool) -> None:
        """Decide the conflict that is chosen, and go on to the next."""
        row = self.list.currentRow()
        if self._plan is None or row < 0:
            return
        conflict: Conflict = self._plan.conflicts[row]
        self._decided[conflict.uid] = ours
        self.list.item(row).setText(conflict_words(conflict, ours))
        self.list.setCurrentRow(min(row + 1, self.list.count() - 1))
        self._name_button()

    def _target_came(self, target: Target) -> None:
        login = target.login
        self.language.setCurrentIndex(max(0, self.language.findData(target.language)))
        if login is not None and not self.address.text():
            self.address.setText(login.address)
            self.user.setText(login.user)
        self._ask_keyring()

    def _find(self) -> None:
        """Ask the server for the calendars of the user."""
        if not self.is_running:
            self.finder.ask(self.login, self._secret())

    def _found(self, address: str) -> None:
        """Go on with a calendar of the list."""
        self.address.setText(address)
        self._edited()
        self.go_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_keyring(self) -> None:
        if self.address.text().strip() and not self.is_running:
            self.desk.tasks.work(self, partial(known_password, self.login), self._password_came)
        else:
            self.keep.hide()

    def _password_came(self, known: Known) -> None:
        self._known = known.password or ""
        self.keep.setVisible(known.can_keep and not known.password)
        if known.password:
            self.password.setPlaceholderText(_("Kept in the keyring"))

    def _secret(self) -> str:
        return self.password.text() or self._known

    def _edited(self, *_value: object) -> None:
        """Another calendar, or language, has to be compared again."""
        if self._plan is not None:
            self._show_plan(None)
            self.said.setText("")

    def _enable(self, enabled: bool) -> None:
        for widget in (self.address, self.user, self.password, self.keep, self.go_button):
            widget.setEnabled(enabled)
        for more in (self.language, self.finder):
            more.setEnabled(enabled)
        for one in (self.list, self.ours_button, self.theirs_button):
            one.setEnabled(enabled)

    def _build_list(self) -> None:
        self.list.setObjectName("push_conflicts")
        self.list.setAccessibleName(_("Changed by others"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(8 * self.desk.look.row_height(self))
        look = self.desk.look
        self.ours_button = button(look, _("Use ours"), partial(self._decide, True))
        self.theirs_button = button(look, _("Keep theirs"), partial(self._decide, False))

    def _line(self, label: str, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(name)
        line.returnPressed.connect(self.finish)
        self._label(label, line)
        return line

    def _label(self, label: str, editor: QWidget) -> None:
        """Add an editor with its name above it."""
        said = Words(label)
        said.setBuddy(editor)
        editor.setAccessibleName(label)
        both = QWidget()
        rows = QVBoxLayout(both)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(said)
        rows.addWidget(editor)
        self.add(both)
