"""Sign-in sheets, lists, badges, certificates and Word documents: what is on the page."""

import datetime as dt
import io
import re
import zipfile
from xml.etree import ElementTree

import pypdf
import pytest

from schoolapp.base.language import in_language
from schoolapp.domain.certificates import Attested
from schoolapp.domain.documents import (
    BadgeFace,
    Narrative,
    PeopleGroup,
    Report,
    Sheet,
    Signer,
    SignIn,
)
from schoolapp.domain.reports import KINDS
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.papers import lists_and_badges, signatures
from schoolapp.exchange.papers.certificates import certificate_files, write_certificate
from schoolapp.exchange.papers.docx import Grid, Heading, Paragraph, write_docx
from schoolapp.exchange.papers.typesetting import code_picture
from schoolapp.exchange.reports import write, write_narrative
from schoolapp.operations.certificates import IssuedCertificate

AT = dt.datetime(2027, 10, 25, 8, 0, tzinfo=dt.UTC)
DAY = dt.date(2027, 10, 25)
NASREEN = Signer("Nasreen Chaudhry", "نسرین چوہدری")


def pages(file: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file)).pages]


def test_25_lines_fit_a_page() -> None:
    """S44: 25 lines with room for a signature on one A4 page, 26 on two."""
    for count, expected in ((0, 1), (25, 1), (26, 2)):
        people = [Signer(f"Person {n}", "محمد اقبال") for n in range(count)]
        file = lists_and_badges.write_sign_in("School", [SignIn(DAY, people)], at=AT)
        texts = pages(file)
        assert len(texts) == expected
        assert all("Signature" in text for text in texts)
        box = pypdf.PdfReader(io.BytesIO(file)).pages[0].mediabox
        assert (round(box.width), round(box.height)) == (595, 842)


def test_a_sheet_of_a_session_says_when_and_where() -> None:
    """Title, date, times and room are above the names, in both scripts."""
    start, end = (dt.datetime.fromisoformat(f"2027-10-25T{t}") for t in ("09:30", "11:30"))
    sheet = SignIn(DAY, [NASREEN], "Debt", start, end, "Hall")
    (text,) = pages(lists_and_badges.write_sign_in("School", [sheet], at=AT))
    for words in ("Debt", "25 October 2027", "09:30-11:30", "Hall", "Nasreen Chaudhry", "نسرین"):
        assert words in text


def test_urdu_sheets_run_from_right_to_left() -> None:
    """In Urdu the number is at the right; headings are in Urdu."""
    with in_language("ur"):
        file = lists_and_badges.write_sign_in("School", [SignIn(DAY, [NASREEN])], at=AT)
    places: list[float] = []

    def note(text: str, cm: list[float], tm: list[float], _font: object, _size: object) -> None:
        if "Nasreen" in text:
            places.append(cm[4] + tm[4] * cm[0])

    (text,) = [p.extract_text(visitor_text=note) for p in pypdf.PdfReader(io.BytesIO(file)).pages]
    assert places[0] > 300
    assert "دستخط" in text


def test_lists_and_badges_show_names_and_no_more() -> None:
    """A badge has the name, its own script, the languages under their own names; never a number."""
    (text,) = pages(
        lists_and_badges.write_people("School", "Door", [PeopleGroup("Group A", [NASREEN])], at=AT)
    )
    assert "Group A" in text
    assert "نسرین" in text
    face = BadgeFace("Nasreen #panic()", "نسرین", ("ur", "en", "xx-unknown"), "c0de" * 6)
    file = lists_and_badges.write_badges("School", [face] * 9, at=AT)
    texts = pages(file)
    assert len(texts) == 2
    for words in ("Nasreen #panic()", "اردو", "English"):
        assert words in texts[0]
    assert "c0de" not in texts[0]
    assert file == lists_and_badges.write_badges("School", [face] * 9, at=AT)


@pytest.mark.parametrize("language", ["en", "fr", "es", "nl", "fil", "ur"])
def test_a_certificate_is_archived_in_the_readers_language(language: str) -> None:
    """PDF/A-2b, own dates and hours, name in both scripts, the same bytes each time."""
    private, _public = signatures.new_key()
    attested = Attested(7, "Nasreen Chaudhry", "School", DAY, DAY, 3258, 3450, 34, DAY)
    signed = signatures.signed(attested.text(), private)
    file = write_certificate(signed=signed, native_name="نسرین", language=language)
    assert file == write_certificate(signed=signed, native_name="نسرین", language=language)
    reader = pypdf.PdfReader(io.BytesIO(file))
    metadata = reader.root_object["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfaid:part>2<", metadata)
    assert re.search(r"pdfaid:conformance>B<", metadata)
    (text,) = pages(file)
    assert ("54,3" if language in ("fr", "es", "nl") else "54.3") in text
    assert ("Certificate of attendance" in text) is (language == "en")
    assert "Nasreen Chaudhry" in text
    issued = IssuedCertificate(language, "نسرین", signed, "uid", 7)
    assert list(certificate_files([issued], ["key1", "key2"])) == [
        ("certificate-00007.pdf", file), ("public-key.txt", b"key1\nkey2\n"),
    ]  # fmt: skip


def test_a_code_is_a_picture_with_a_quiet_zone() -> None:
    """The picture grows with the text, is white for four squares around, and is the same again."""
    for length, size in ((14, 21), (15, 25), (122, 45), (666, 97), (2331, 177)):
        picture = ElementTree.fromstring(code_picture("x" * length))
        assert picture.get("width") == picture.get("height") == str(size + 8)
        white, dark = (path.get("d") or "" for path in picture)
        assert white == f"M0 0h{size + 8}v{size + 8}h-{size + 8}z"
        assert dark.startswith("M4 4.5h7m")  # the first corner that readers look for
    assert code_picture("Іван ✓") == code_picture("Іван ✓")


def test_a_text_too_long_for_a_code_is_refused() -> None:
    """More than the largest code holds is a sentence for the user, not a crash."""
    with pytest.raises(RuleBroken, match="too long"):
        code_picture("x" * 2332)


def test_a_word_document_is_whole_and_turns_round() -> None:
    """Headings, paragraphs and a table whose heading repeats; in Urdu from right to left."""
    blocks = [
        Heading("Title & <b>"),
        Paragraph("one\ntwo\tthree\x00"),
        Grid(["a", "n"], [["x", "1"]], [False, True]),
    ]
    file = write_docx("T", blocks)
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        assert package.testzip() is None
        for name in package.namelist():
            ElementTree.fromstring(package.read(name))
        body = package.read("word/document.xml").decode()
    for piece in ("Title &amp; &lt;b&gt;", "<w:br/>", "<w:tab/>", "<w:tblHeader/>", "Heading1"):
        assert piece in body
    assert "<w:bidi/>" not in body
    assert file == write_docx("T", blocks)
    with in_language("ur"), zipfile.ZipFile(io.BytesIO(write_docx("T", blocks))) as package:
        turned = package.read("word/document.xml").decode()
    assert all(mark in turned for mark in ("<w:bidi/>", "<w:bidiVisual/>", "<w:rtl/>"))


def test_a_report_as_a_word_document_has_the_table() -> None:
    """Title, filters and every row are in the document, as people read them."""
    kind = KINDS["day"]
    made = Report(
        Sheet(kind.title, kind.chosen(), [(DAY, 25)]), "School", AT, "UTC", (("Module", "m2"),)
    )
    with zipfile.ZipFile(io.BytesIO(write(made, "docx"))) as package:
        body = package.read("word/document.xml").decode()
    for words in ("School", "Presence by day", "m2", "Monday, 25 October 2027", ">25<"):
        assert words in body


def test_the_narrative_fills_the_figures_in_and_leaves_room() -> None:
    """Figures are in sentences; what only people can write has a heading and empty lines."""
    kinds = [KINDS[key] for key in ("participation", "sessions")]
    rows = [[("age", "26-35", 9, 63)], [("s1", "Debt", AT.replace(tzinfo=None), "", 9, None, None)]]
    parts = [
        Report(Sheet(kind.title, kind.chosen(), some), "School", AT, "UTC")
        for kind, some in zip(kinds, rows, strict=True)
    ]
    narrative = Narrative("Lisbon", DAY, DAY, 1250, 3, 2388, 55, 117_686, 129_000, *parts)
    with zipfile.ZipFile(io.BytesIO(write_narrative(narrative))) as package:
        body = package.read("word/document.xml").decode()
    for words in ("1250 people from 3 countries", "2,388", "1,961 hours", "91 %", "26-35"):
        assert words in body
    assert body.count("Heading2") == 8


def test_a_group_of_a_language_is_called_by_its_name() -> None:
    """People read "Spanish" in their own language above the list, and not the tag "es"."""
    for tag, words in (("en", "Spanish"), ("fr", "espagnol")):
        with in_language(tag):
            groups = [PeopleGroup("", [NASREEN], "es")]
            data = lists_and_badges.write_people("School", "List", groups, at=AT)
        assert words in pages(data)[0]
