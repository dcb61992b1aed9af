"""The figures above the tables of the money: fees and funds, or what the campaigns raised."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolapp.base.language import _, plural
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.places.money.fund_bar import FundBar
from schoolapp.desktop.places.money.ledgers import (
    CAMPAIGNS,
    CLAIMS,
    FUNDS,
    GIFTS,
    SUBSIDIES,
    AnyLedger,
)
from schoolapp.desktop.places.money.lines import campaign_words
from schoolapp.desktop.places.money.queries import Glance
from schoolapp.operations.funding import MoneyOverview


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
        if ledger in (GIFTS, CAMPAIGNS):
            self.fees.setText("\n".join(campaign_words(one) for one in found.campaigns))
        elif overview is not None:
            self.fees.setText(_fees(overview))
            for fund in overview.funds if ledger in (SUBSIDIES, CLAIMS, FUNDS) else ():
                self._funds.addWidget(FundBar(self._look, fund))
        else:
            self.fees.setText("")
        self.setVisible(bool(self.fees.text()))  # else its distance to the table would stay

    def _clear(self) -> None:
        while item := self._funds.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()


def _fees(overview: MoneyOverview) -> str:
    """The fees in a sentence, with a second one as long as somebody has no price."""
    said = _("Fees: {due} due, {paid} came in.").format(
        due=formats.money(overview.fees_due), paid=formats.money(overview.fees_paid)
    )
    if not overview.unpriced:
        return said
    missing = plural(
        "{number} person has no price yet.", "{number} people have no price yet.", overview.unpriced
    ).format(number=formats.number(overview.unpriced))
    return f"{said} {missing}"
