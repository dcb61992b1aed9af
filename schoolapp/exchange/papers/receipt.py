"""The receipt for cash, as a PDF in the language of the person who paid."""

import datetime as dt

from schoolapp.base import language
from schoolapp.base.language import _, isolate, ltr
from schoolapp.domain.documents import Receipt
from schoolapp.domain.money import Money
from schoolapp.domain.text import title_in
from schoolapp.exchange.papers import typesetting


def write_receipt(receipt: Receipt, *, at: dt.datetime) -> bytes:
    """The receipt as a PDF, A5, in the payer's language; ``at`` (aware) dates the file."""
    with language.in_language(receipt.language):
        data = {
            "title": _("Receipt"),
            "number": ltr(receipt.number),
            "gathering": title_in(receipt.gathering, language.current()),
            "lines": _lines(receipt),
            "signature": _("Signature of the person who received the money"),
        }
        return typesetting.typeset("receipt", data, at=at, tags=True)


def _lines(receipt: Receipt) -> list[list[str]]:
    lines = [
        [_("Received from"), isolate(receipt.name)],
        [_("Date of payment"), typesetting.day(receipt.date)],
        [_("Amount"), _money(receipt.amount)],
    ]
    if receipt.paid_as is not None and receipt.rate is not None:
        rate = _("{amount} in cash, at {rate} for one ({source})").format(
            amount=_money(receipt.paid_as),
            rate=ltr(str(receipt.rate)),
            source=isolate(receipt.rate_source),
        )
        lines.append([_("Paid as"), rate])
    return [*lines, [_("Received by"), isolate(receipt.received_by)]]


def _money(amount: Money) -> str:
    return ltr(f"{amount.currency} {amount.amount}")
