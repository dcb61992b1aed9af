"""The codes on badges and certificates, read off the printed page as a scanner does."""

import datetime as dt

import pypdfium2
import pytest
import zxingcpp

from schoolapp.domain.certificates import Attested, attested
from schoolapp.domain.documents import BadgeFace
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.scanning import new_code, read_code
from schoolapp.exchange.papers import lists_and_badges, signatures
from schoolapp.exchange.papers.certificates import write_certificate

AT = dt.datetime(2027, 10, 23, 12, 0, tzinfo=dt.UTC)
NAMES = ("Nasreen Chaudhry", "نسرین چودھری", "Ігор Їжаченко", "தமிழ்ச்செல்வி", "O'Brien-Łuć #panic()")
SHARP = 3.0
"""Pixels for each of the 72 points of an inch: what the camera of an old laptop sees."""


def codes_on(file: bytes) -> list[str]:
    """What is read from the pictures of all pages of a PDF."""
    found = []
    with pypdfium2.PdfDocument(file) as document:
        for number in range(len(document)):
            page = document[number]
            bitmap = page.render(scale=SHARP, grayscale=True)
            shape = (bitmap.height, bitmap.stride)
            seen = memoryview(bytes(bitmap.buffer)).cast("B", shape)
            found += [one.text for one in zxingcpp.read_barcodes(seen)]
            bitmap.close()
            page.close()
    return found


def test_a_scanner_reads_every_badge() -> None:
    """S41: the printed code, and nothing else, is the code that the database holds."""
    people = [BadgeFace(name, name, ("ur", "en"), new_code()) for name in NAMES * 2]
    read = codes_on(lists_and_badges.write_badges("School", people, at=AT))
    assert sorted(read) == sorted(one.code for one in people)
    assert [read_code(text) for text in read] == read


@pytest.mark.parametrize(
    ("language", "name"), [*zip(("en", "ur", "fr", "nl", "es"), NAMES, strict=True)]
)
def test_the_printed_certificate_is_enough_to_check_it(language: str, name: str) -> None:
    """P08: the text read from the page and the public key say who was there, when and how long."""
    private, public = signatures.new_key()
    facts = Attested(
        7, name, "Global Justice School", AT.date(), AT.date(), 3258, 3450, 34, AT.date()
    )
    paper = write_certificate(
        signed=signatures.signed(facts.text(), private), native_name=name, language=language
    )
    (text,) = codes_on(paper)
    assert attested(signatures.checked(text, public)) == facts
    with pytest.raises(RuleBroken, match="not genuine"):
        signatures.checked(text.replace("34 sessions", "35 sessions"), public)
