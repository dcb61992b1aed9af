"""The reading list: each text in its direction, no forbidden link, keys for citing."""

import datetime as dt
import io
from dataclasses import replace
from html.parser import HTMLParser

import bibtexparser
import pypdf
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import example, given
from hypothesis import strategies as st

from schoolapp.base.language import RECIPIENT_LANGUAGES, in_language
from schoolapp.exchange.reading_list import (
    ReadingItem,
    ReadingList,
    ReadingSession,
    Rights,
    write_bib,
    write_html,
    write_pdf,
)

MANIFESTO = ReadingItem(
    "Karl Marx; Friedrich Engels", "Manifesto <of> the & Party", 1888, "en", "ltr", "pamphlet",
    "pd", True, 1, "12–30", "manifesto", "https://example.org/a?b=1&c=2",
)  # fmt: skip
ZINDAN = ReadingItem(
    "فیض احمد فیض", "زنداں نامہ", 1956, "ur", "rtl", "poems", "c", False, 2, None, "zindan",
    "https://example.org/secret",
)  # fmt: skip
UNSIGNED = ReadingItem("", "Програма #panic()", None, "uk", "ltr", "programme", "open", True, 1,
                       None, "програма")  # fmt: skip
FIRST = ReadingSession(
    "Debt {and} <b>strategy</b>", dt.datetime.fromisoformat("2027-10-31T09:30"), "Europe/Amsterdam",
    (ZINDAN, MANIFESTO), ("fr", "es"),
)  # fmt: skip
EMPTY = ReadingSession(
    "Film night", dt.datetime.fromisoformat("2027-10-30T21:00"), "Europe/Amsterdam", ()
)
GAP = ReadingSession(
    "قرض", dt.datetime.fromisoformat("2027-10-30T09:00"), "Europe/Amsterdam", (), ("nl",)
)
LAST = ReadingSession(
    "Programme",
    dt.datetime.fromisoformat("2027-11-01T09:00"),
    "Europe/Amsterdam",
    (UNSIGNED, MANIFESTO),
)
READINGS = ReadingList(
    "School & Co", (LAST, FIRST, EMPTY, GAP), dt.datetime(2027, 11, 14, tzinfo=dt.UTC)
)


class Page(HTMLParser):
    """What a browser sees: elements with their attributes, open at each text."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, list[tuple[str, dict[str, str | None]]]]] = []
        self.feed(page.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((data, list(self.open)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def within(self, tag: str) -> list[str]:
        return [text for text, parents in self.texts if parents and parents[-1][0] == tag]

    def around(self, text: str) -> list[tuple[str, dict[str, str | None]]]:
        return next(parents for found, parents in self.texts if text in found)


def pdf_text(file: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file)).pages)


def links(file: bytes) -> list[str]:
    found = []
    for page in pypdf.PdfReader(io.BytesIO(file)).pages:
        for note in page.get("/Annots", ()):
            found.append(str(note.get_object()["/A"]["/URI"]))
    return found


def listed(*items: ReadingItem) -> ReadingList:
    return replace(READINGS, sessions=(replace(FIRST, items=items),))


def test_html_is_escaped_and_whole() -> None:
    """Every element closes, and what people typed is text, never markup."""
    page = Page(write_html(READINGS))
    assert page.open == []
    assert "Manifesto <of> the & Party" in page.within("cite")
    assert page.within("h2") == ["قرض", "Debt {and} <b>strategy</b>", "Programme"]
    assert page.all("b") == []
    assert page.within("h1") == ["Reading list"]


def test_html_needs_nothing_else() -> None:
    """The page loads no script, style, font or picture from anywhere."""
    page = Page(write_html(READINGS))
    assert {tag for tag, _ in page.elements} & {"script", "link", "img", "iframe"} == set()
    assert b"@import" not in write_html(READINGS)
    assert b"url(" not in write_html(READINGS)
    policy = next(meta for meta in page.all("meta") if "http-equiv" in meta)
    assert "default-src 'none'" in str(policy["content"])


def test_html_gives_each_text_its_language_and_direction() -> None:
    """An Urdu title runs from right to left in an English page, and the other way round."""
    english = Page(write_html(READINGS))
    assert english.all("html") == [{"lang": "en", "dir": "ltr"}]
    assert ("li", {"lang": "ur", "dir": "rtl"}) in english.around("زنداں نامہ")
    with in_language("ur"):
        urdu = Page(write_html(READINGS))
    assert urdu.all("html") == [{"lang": "ur", "dir": "rtl"}]
    assert ("li", {"lang": "en", "dir": "ltr"}) in urdu.around("Manifesto")


def test_a_work_in_copyright_is_listed_and_never_linked() -> None:
    """Rights ``c``: the title is there with the reason, no link leads anywhere."""
    page = Page(write_html(READINGS))
    assert {a["href"] for a in page.all("a")} == {"https://example.org/a?b=1&c=2"}
    assert "زنداں نامہ" in page.within("cite")
    assert any("In copyright: listed only, no copies" in text for text in page.within("p"))
    assert set(links(write_pdf(READINGS))) == {"https://example.org/a?b=1&c=2"}
    assert b"secret" not in write_bib(READINGS)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "", None])
def test_only_pages_of_the_web_are_linked(link: str | None) -> None:
    """A link of another kind is dropped, the text stays."""
    readings = listed(replace(MANIFESTO, link=link))
    assert Page(write_html(readings)).all("a") == []
    assert links(write_pdf(readings)) == []


@pytest.mark.parametrize(
    ("rights", "words"), [("pd", "Public domain"), ("open", "Free at the publisher")]
)
def test_rights_are_said(rights: Rights, words: str) -> None:
    """The reader sees whether a text may be copied."""
    assert any(
        words in t for t in Page(write_html(listed(replace(ZINDAN, rights=rights)))).within("p")
    )


def test_a_gap_is_shown() -> None:
    """A session without a text in a working language says so, also when it has no text at all."""
    page = Page(write_html(READINGS))
    gaps = [t for t, parents in page.texts if parents and parents[-1][1].get("class") == "gap"]
    assert gaps == [
        "Missing in: Dutch (\u2066nl\u2069)",
        "Missing in: French (\u2066fr\u2069) and Spanish (\u2066es\u2069)",
    ]
    assert "Missing in: French" in pdf_text(write_pdf(READINGS))


def test_sessions_without_texts_are_left_out() -> None:
    """A session that has no reading list is not in it."""
    assert b"Film night" not in write_html(READINGS)


def test_texts_stand_by_language_the_readers_first() -> None:
    """Within a session the reader's language comes first, the others by their tags."""
    french = replace(MANIFESTO, lang="fr", title="Le Manifeste")
    readings = listed(MANIFESTO, ZINDAN, french)
    assert Page(write_html(readings)).within("h3") == ["English", "French", "Urdu"]
    with in_language("ur"):
        assert Page(write_html(readings)).within("h3")[0] == "اردو"


def test_texts_stand_in_their_order() -> None:
    """The order of the assignment rules within a language."""
    second = replace(MANIFESTO, title="B", order=1)
    readings = listed(replace(MANIFESTO, title="A", order=2), second)
    assert Page(write_html(readings)).within("cite") == ["B", "A"]


def test_an_unknown_language_is_named_by_its_tag() -> None:
    """An unknown tag does not stop the list."""
    readings = listed(*(replace(MANIFESTO, lang=tag) for tag in ("qqq", "not a tag")))
    assert Page(write_html(readings)).within("h3") == ["not a tag", "qqq"]
    assert pdf_text(write_pdf(readings))


def test_time_and_zone_are_written_out() -> None:
    """A session shows its day, its wall time and its zone; times read from the left."""
    when = "Sunday, 31 October 2027, \u206609:30\u2069 (\u2066Europe/Amsterdam\u2069)"
    assert when in Page(write_html(READINGS)).within("p")


@pytest.mark.parametrize("tag", RECIPIENT_LANGUAGES)
def test_pdf_can_be_searched_in_each_language(tag: str) -> None:
    """Words of each script are found, data are not run, the document says its language."""
    with in_language(tag):
        file = write_pdf(READINGS)
    text = pdf_text(file)
    for word in ["Engels", "Програма", "#panic()", "زنداں", "نامہ", "<of>"]:
        assert word in text
    reader = pypdf.PdfReader(io.BytesIO(file))
    assert str(reader.root_object["/Lang"]).startswith(tag)
    assert "/StructTreeRoot" in reader.root_object


def test_right_to_left_titles_stand_at_the_right() -> None:
    """In an English document an Urdu title ends at the right margin, a Latin one at the left."""
    places: dict[str, float] = {}

    def note(text: str, cm: list[float], tm: list[float], _font: object, _size: object) -> None:
        for word in ("زنداں", "Friedrich"):
            if word in text:
                places.setdefault(word, cm[4] + tm[4] * cm[0])

    pypdf.PdfReader(io.BytesIO(write_pdf(READINGS))).pages[0].extract_text(visitor_text=note)
    assert places["Friedrich"] < 200 < 350 < places["زنداں"]


@pytest.mark.parametrize("write", [write_html, write_pdf, write_bib])
def test_same_list_same_bytes(write) -> None:  # type: ignore[no-untyped-def]
    """Two exports of the same data are byte-equal, whatever the order they came in."""
    other = replace(READINGS, sessions=READINGS.sessions[::-1])
    assert write(READINGS) == write(other)


@pytest.mark.parametrize("write", [write_html, write_pdf, write_bib])
def test_characters_that_are_not_text_do_not_break_a_document(write) -> None:  # type: ignore[no-untyped-def]
    """NUL and lone surrogates are left out, the file is written."""
    assert b"\x00Capital" not in write(listed(replace(MANIFESTO, title="\x00Capital\ud800")))


def read_bib(file: bytes) -> dict[str, dict[str, str]]:
    """The entries as another program reads them: TeX's escapes undone but in links, which are
    verbatim. The reader's decoder does not know LaTeX's names of braces and circumflex."""
    raw = bibtexparser.parse_string(file.decode())
    known = file.decode()
    for name, sign in {"braceleft": r"\{", "braceright": r"\}", "asciicircum": "^"}.items():
        known = known.replace(f"\\text{name}{{}}", sign)
    library = bibtexparser.parse_string(
        known, append_middleware=[LatexDecodingMiddleware(keep_math_mode=False)]
    )
    assert raw.failed_blocks == library.failed_blocks == []
    entries = {
        entry.key: {"type": entry.entry_type, **{f.key: f.value for f in entry.fields}}
        for entry in library.entries
    }
    for entry in raw.entries:
        assert all(str(f.value).count("{") == str(f.value).count("}") for f in entry.fields)
        entries[entry.key].update({f.key: f.value for f in entry.fields if f.key == "url"})
    return entries


def test_bib_holds_each_edition_once() -> None:
    """A text assigned twice is one entry with author, title, year, language and link."""
    assert read_bib(write_bib(READINGS)) == {
        "manifesto-en-1888": {
            "type": "booklet",
            "author": "Karl Marx and Friedrich Engels",
            "title": "Manifesto <of> the & Party",
            "year": "1888",
            "pages": "12–30",
            "langid": "english",
            "url": "https://example.org/a?b=1&c=2",
        },
        "programa-uk": {
            "type": "misc",
            "title": "Програма #panic()",
            "langid": "ukrainian",
        },
        "zindan-ur-1956": {
            "type": "book",
            "author": "فیض احمد فیض",
            "title": "زنداں نامہ",
            "year": "1956",
            "langid": "urdu",
        },
    }


def test_bib_keeps_unicode() -> None:
    """Names stay letters; no accent becomes a TeX command."""
    assert (
        "Daniel Bensaïd" in write_bib(listed(replace(MANIFESTO, author="Daniel Bensaïd"))).decode()
    )


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1))
@example("-- --- '' `` ?` << {}")
def test_bib_gives_any_title_back(title: str) -> None:
    """Braces, backslashes and TeX's signs neither break the file nor change the title."""
    entries = read_bib(write_bib(listed(replace(MANIFESTO, title=f"A {title} z"), ZINDAN)))
    assert entries["manifesto-en-1888"]["title"] == f"A {title} z"
    assert len(entries) == 2


def test_bib_keys_are_unique_and_do_not_depend_on_the_list() -> None:
    """Two editions of one work, language and year have different keys; others keep theirs."""
    other = replace(MANIFESTO, title="The Communist Manifesto")
    assert set(read_bib(write_bib(listed(other, MANIFESTO, ZINDAN)))) == {
        "manifesto-en-1888",
        "manifesto-en-1888_2",
        "zindan-ur-1956",
    }
    assert set(read_bib(write_bib(listed(replace(ZINDAN, work="؟", lang="xx"))))) == {
        "text-xx-1956"
    }


def test_bib_keeps_an_author_with_and_in_the_name_whole() -> None:
    """An institute called "Research and Education" is one author."""
    file = write_bib(listed(replace(MANIFESTO, author="Institute for Research and Education; Ana")))
    assert b"author = {{Institute for Research and Education} and Ana}" in file


def test_bib_link_cannot_end_its_field() -> None:
    """Braces and backslashes in a link are percent-encoded."""
    file = write_bib(listed(replace(MANIFESTO, link="https://example.org/{a}\\b c")))
    assert b"url = {https://example.org/%7Ba%7D%5Cb%20c}" in file
