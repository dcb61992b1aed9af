"""The panel of a row of the money: its form, sums in words, the steps that may be taken."""

from collections.abc import Iterable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from schoolapp.base.language import _
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.forms.form import D
from schoolapp.desktop.kit.editing import Saving
from schoolapp.desktop.kit.panel import Panel
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.look.widgets import Facts, button


class LedgerPanel(Panel[D]):
    """Edits a row; above the form stands why its figures are what they are."""

    step_wanted = Signal(str, int)  # step, id of the row

    def __init__(
        self, desk: Desk, form: Form[D], saving: Saving[D, D], *, removable: bool = True
    ) -> None:
        super().__init__(desk, form, saving)
        self.sums, self.known = Words(wrap=True), Facts()
        self.sums.setObjectName("sums")
        self._steps: list[QPushButton] = []
        for at, widget in enumerate((self.sums, self.known)):
            self._content.insertWidget(at, widget)
        if removable:
            remove = button(desk.look, _("Remove"), partial(desk.run, "money.remove"), "trash-2")
            remove.setProperty("danger", True)
            self.foot.addWidget(remove)

    def show_sums(self, words: str, facts: Iterable[tuple[str, str]] = ()) -> None:
        """Show the sums in words, and facts beneath them."""
        self.sums.setText(words)
        self.sums.setVisible(bool(words))
        self.known.show_facts(facts)

    def offer_currency(self, currency: str) -> None:
        """Offer a currency in every amount of the form that is empty."""
        assert self.form is not None, "each panel of the money has a form"
        self.form.prefer_currency(currency)

    def show_steps(self, words: Mapping[str, str], lawful: Iterable[str]) -> None:
        """Show a button for each step that may be taken and has words, marked."""
        for old in self._steps:
            self.buttons.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._steps = []
        offered = set(lawful)
        for step in words:
            if step in offered:
                self.add_step(_(words[step]), f"step_{step}", partial(self._wanted, step))

    def add_step(self, words: str, name: str, run: partial[None], icon: str = "") -> None:
        """Add a button to those of the steps."""
        made = button(self.desk.look, words, run, icon)
        made.setObjectName(name)
        self._steps.append(made)
        self.buttons.addWidget(made)

    def _wanted(self, step: str) -> None:
        if self.key is not None:
            self.leave()
            self.step_wanted.emit(step, self.key)
