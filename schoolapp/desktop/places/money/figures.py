"""The figures above the tables of the money: fees and funds, or what the campaigns raised."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolapp.base.language import _, isolate, plural
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.places.money.fund_bar import FundBar
from schoolapp.desktop.places.money.ledgers import CLAIMS, GIFTS, SUBSIDIES, AnyLedger
from schoolapp.desktop.places.money.queries import Glance
from schoolapp.operations.funding import CampaignRow


class Figures(QWidget):
    """Figures in words, and a bar for each fund beside the tables that draw on funds."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.fees = Words(wrap=True)
        self.fees.setObjectName("fees")
        self._funds = QVBoxLayout()
        self._funds.setSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.fees)
        layout.addLayout(self._funds)

    def show_glance(self, found: Glance, ledger: AnyLedger) -> None:
        """Show the figures that belong to a table."""
        self._clear()
        overview = found.overview
        if ledger is GIFTS:
            self.fees.setText("\n".join(_campaign(one) for one in found.campaigns))
        elif overview is not None:
            self.fees.setText(
                _("Fees: {due} due, {paid} came in.").format(
                    due=formats.money(overview.fees_due), paid=formats.money(overview.fees_paid)
                )
            )
            for fund in overview.funds if ledger in (SUBSIDIES, CLAIMS) else ():
                self._funds.addWidget(FundBar(self._look, fund))
        else:
            self.fees.setText("")
        self.setVisible(bool(self.fees.text()))  # else its distance to the table would stay

    def _clear(self) -> None:
        while item := self._funds.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()


def _campaign(row: CampaignRow) -> str:
    values = {"title": isolate(row.title), "raised": formats.money(row.raised)}
    if row.goal is not None:
        words = _("{title}: {raised} raised of {goal}.").format(
            **values, goal=formats.money(row.goal)
        )
    else:
        words = _("{title}: {raised} raised.").format(**values)
    if row.reward is None:
        return words
    single, summed = len(row.by_one_gift), len(row.by_sum)
    earned = plural(
        "{number} giver earns the reward by one gift, {summed} by the sum.",
        "{number} givers earn the reward by one gift, {summed} by the sum.",
        single,
    ).format(number=formats.number(single), summed=formats.number(summed))
    return _("{campaign} {rewards}").format(campaign=words, rewards=earned)
