"""The reading list as a BibTeX file (UTF-8) for programs that manage references."""

import re
from collections.abc import Iterator

from schoolapp.exchange.reading_list.values import ReadingItem, ReadingList
from schoolapp.exchange.sheets.values import clean

_TYPES = {
    "article": "article",
    "book": "book",
    "novel": "book",
    "poems": "book",
    "pamphlet": "booklet",
    "report": "report",
}
# the names that babel and polyglossia know (biblatex manual, langid)
_LANGUAGES = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
    "ru": "russian",
    "uk": "ukrainian",
    "ur": "urdu",
}
# What TeX would take for a command. A brace has a name of its own because BibTeX counts braces,
# and counts those after a backslash too.
_ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: "\\" + sign for sign in "&%$#_"},
    }
)
# Signs that TeX joins into one: two hyphens into a dash, two apostrophes into a quotation mark.
_JOINED = re.compile(r"(?<=([-'`,<>]))(?=\1)|(?<=[?!])(?=`)")


def write_bib(readings: ReadingList) -> bytes:
    """Every edition of the list once, sorted by key; the same works have the same keys in any
    list. Works in copyright carry no link."""
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.middlewares import AddEnclosingMiddleware
    from bibtexparser.model import Entry, Field

    library = Library()
    for key, item in _keyed(readings):
        fields = [Field(name, value) for name, value in _fields(item)]
        library.add(Entry(_TYPES.get(item.kind, "misc"), key, fields))
    braces = AddEnclosingMiddleware(
        reuse_previous_enclosing=False, enclose_integers=True, default_enclosing="{"
    )
    return write_string(library, unparse_stack=[braces]).encode()


def _keyed(readings: ReadingList) -> Iterator[tuple[str, ReadingItem]]:
    """Each edition with its key: work, language and year; a letter distinguishes equal ones."""
    editions: dict[str, dict[tuple[str, str], ReadingItem]] = {}
    for session in readings.sessions:
        for item in session.items:
            key = "-".join(filter(None, (_slug(item.work), _slug(item.lang), str(item.year or ""))))
            editions.setdefault(key, {}).setdefault((item.author, item.title), item)
    for key, same in sorted(editions.items()):
        for place, edition in enumerate(sorted(same)):
            yield key + ("" if place == 0 else f"_{place + 1}"), same[edition]


def _slug(text: str) -> str:
    """The text as part of a key: small ASCII letters, digits and hyphens."""
    from anyascii import anyascii

    return re.sub("[^a-z0-9]+", "-", anyascii(text).lower()).strip("-") or "text"


def _fields(item: ReadingItem) -> Iterator[tuple[str, str]]:
    if authors := item.authors():
        yield "author", " and ".join(_author(name) for name in authors)
    yield "title", _escaped(item.title)
    if item.year:
        yield "year", str(item.year)
    if item.pages:
        yield "pages", _escaped(item.pages).replace("–", "--")
    yield "langid", _LANGUAGES.get(item.lang.split("-")[0], item.lang)
    if link := item.free_link():
        yield "url", "".join(c if c not in r"\{} " else f"%{ord(c):02X}" for c in clean(link))


def _author(name: str) -> str:
    """One author; a name with the word "and" in it in braces, so that it stays one."""
    escaped = _escaped(name)
    return f"{{{escaped}}}" if re.search(r"\band\b", name, re.IGNORECASE) else escaped


def _escaped(text: str) -> str:
    apart = _JOINED.sub("{}", clean(text).translate(_ESCAPED))
    return " ".join(apart.split())
