"""The figures above the tables of the money: fees and funds, or what the campaigns raised.

A fund is a bar: what is paid, what is promised, what is free; the figures are beside it.
"""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from schoolapp.base.language import _, plural
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.look.paint import mirrored
from schoolapp.desktop.places.money.ledgers import (
    CAMPAIGNS,
    CLAIMS,
    FUNDS,
    GIFTS,
    SUBSIDIES,
    AnyLedger,
)
from schoolapp.desktop.places.money.lines import campaign_words, fund_words
from schoolapp.desktop.places.money.queries import Glance
from schoolapp.operations.funding import FundRow, MoneyOverview

BAR = 14


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
    said = _("Fees: {due} due, {paid} received.").format(
        due=formats.money(overview.fees_due), paid=formats.money(overview.fees_paid)
    )
    if not overview.unpriced:
        return said
    missing = plural(
        "{number} person has no price yet.", "{number} people have no price yet.", overview.unpriced
    ).format(number=formats.number(overview.unpriced))
    return f"{said} {missing}"


class FundBar(QWidget):
    """One fund; everything in the picture is also in words."""

    def __init__(self, look: Look, fund: FundRow) -> None:
        super().__init__()
        self._words = Words(fund_words(fund), wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(_Picture(look, fund))
        layout.addWidget(self._words, 1)
        self.setAccessibleName(fund_words(fund))


class _Picture(QWidget):
    def __init__(self, look: Look, fund: FundRow) -> None:
        super().__init__()
        self._look, self._fund = look, fund
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(fund_words(fund))

    def sizeHint(self) -> QSize:
        """A third of the usual width of the place."""
        return QSize(32 * self.fontMetrics().averageCharWidth(), BAR + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paid is solid, promised is hatched, the rest is the ground."""
        fund, tokens, whole = self._fund, self._look.tokens, self.rect().adjusted(0, 4, 0, -4)
        painter = QPainter(self)
        painter.fillRect(whole, QColor(tokens.surface2))
        used = fund.paid.minor + fund.reserved.minor
        whole_fund = fund.income or fund.allocated
        size = max(used, whole_fund.minor if whole_fund else 0, 1)
        paid = round(whole.width() * fund.paid.minor / size)
        promised = round(whole.width() * used / size) - paid
        first = mirrored(QRect(whole.left(), whole.top(), paid, whole.height()), whole, self)
        start = whole.left() + paid
        second = mirrored(QRect(start, whole.top(), promised, whole.height()), whole, self)
        painter.fillRect(first, QColor(tokens.accent))
        painter.fillRect(second, QColor(tokens.accent_soft))
        painter.fillRect(second, QBrush(QColor(tokens.accent), Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(QColor(tokens.edge), 1))
        painter.drawRect(whole.adjusted(0, 0, -1, -1))
        painter.end()
