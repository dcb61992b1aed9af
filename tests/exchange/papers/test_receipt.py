"""The receipt for cash: read back from its PDF, in the payer's language."""

import datetime as dt
import io
import re
from dataclasses import replace
from decimal import Decimal

import pypdf
import pytest

from schoolapp.domain.documents import Receipt
from schoolapp.domain.money import Money
from schoolapp.exchange.papers.receipt import write_receipt

AT = dt.datetime(2027, 7, 24, 12, 0, tzinfo=dt.UTC)
RECEIPT = Receipt(
    number="camp2027-pay-7",
    language="en",
    gathering={"en": "Youth Camp", "fr": "Camp des jeunes"},
    name="Ana #Pérez$ <b>",
    date=dt.date(2027, 7, 24),
    amount=Money(10000, "EUR"),
    paid_as=Money(660000, "PHP"),
    rate=Decimal("66.00"),
    rate_source="the fund",
    received_by="desk",
)


def text(receipt: Receipt) -> str:
    """What can be copied out of the PDF, without marks of direction."""
    pages = pypdf.PdfReader(io.BytesIO(write_receipt(receipt, at=AT))).pages
    assert len(pages) == 1
    return re.sub("[\u2066-\u2069]", "", pages[0].extract_text())


def test_a_receipt_says_who_paid_what() -> None:
    """S12: number, name as it is written, amount, what was handed over and at which rate."""
    found = text(RECEIPT)
    for words in ("camp2027-pay-7", "Ana #Pérez$ <b>", "EUR 100.00", "PHP 6600.00", "66.00"):
        assert words in found
    plain = text(replace(RECEIPT, paid_as=None, rate=None))
    assert "PHP" not in plain
    assert write_receipt(RECEIPT, at=AT) == write_receipt(RECEIPT, at=AT)


@pytest.mark.parametrize(
    ("language", "title"),
    [("fr", "Reçu"), ("es", "Recibo"), ("nl", "Kwitantie"), ("fil", "Resibo"), ("ur", "رسید")],
)
def test_a_receipt_is_in_the_language_of_the_payer(language: str, title: str) -> None:
    """S12: each of the participants' languages, Urdu from right to left."""
    assert title in text(replace(RECEIPT, language=language))
