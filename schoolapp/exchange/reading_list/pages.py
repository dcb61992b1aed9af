"""The reading list for people: the same content as a web page and as a PDF, in any language."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from string import Template

from schoolapp.base import language
from schoolapp.base.language import _, mark
from schoolapp.base.shipped import folder
from schoolapp.exchange.papers import typesetting
from schoolapp.exchange.reading_list.values import ReadingItem, ReadingList, ReadingSession, Rights
from schoolapp.exchange.sheets.values import clean

_RIGHTS: dict[Rights, str] = {
    "pd": mark("Public domain"),
    "open": mark("Free at the publisher"),
    "c": mark("In copyright: listed only, no copies"),
}


@dataclass(frozen=True, slots=True)
class _Group:
    """The texts of one language."""

    lang: str
    name: str
    items: list[ReadingItem]


def write_html(readings: ReadingList) -> bytes:
    """One self-contained page (UTF-8), in the language in use; nothing is loaded from elsewhere."""
    frame = Template((folder("resources") / "templates" / "reading_list.html").read_text("utf-8"))
    page = frame.substitute(
        lang=escape(language.current()),
        dir=language.direction(),
        title=_text(_("Reading list")),
        gathering=_text(readings.gathering),
        sessions="\n".join(_session_html(one) for one in _in_order(readings)),
    )
    return page.encode()


def write_pdf(readings: ReadingList) -> bytes:
    """The list as a tagged, searchable PDF, A4, in the language in use."""
    data = {
        "title": _("Reading list"),
        "gathering": readings.gathering,
        "page": _("Page {page} of {pages}"),
        "sessions": [
            {
                "title": session.title,
                "dir": _direction(session.title),
                "when": _when(session),
                "gap": _gap(session),
                "groups": [
                    {"name": group.name, "items": [_item_data(item) for item in group.items]}
                    for group in _groups(session)
                ],
            }
            for session in _in_order(readings)
        ],
    }
    return typesetting.typeset("reading_list", data, at=readings.exported_at, tags=True)


def _in_order(readings: ReadingList) -> list[ReadingSession]:
    """The sessions that have texts or should have, by time."""
    wanted = (one for one in readings.sessions if one.items or one.missing)
    return sorted(wanted, key=lambda one: (one.start, one.title))


def _groups(session: ReadingSession) -> Iterator[_Group]:
    """The session's texts by language, the reader's language first."""
    own = language.current().split("-")[0]
    for lang in sorted({item.lang for item in session.items}, key=lambda tag: (tag != own, tag)):
        items = [item for item in session.items if item.lang == lang]
        items.sort(key=lambda item: (item.order, item.author, item.title))
        yield _Group(lang, typesetting.language_name(lang), items)


def _when(session: ReadingSession) -> str:
    return _("{date}, {time} ({zone})").format(
        date=typesetting.day(session.start),
        time=typesetting.clock_time(session.start),
        zone=language.ltr(session.tz),
    )


def _gap(session: ReadingSession) -> str:
    if not session.missing:
        return ""
    names = [f"{typesetting.language_name(tag)} ({language.ltr(tag)})" for tag in session.missing]
    return _("Missing in: {languages}").format(languages=typesetting.listed(names))


def _remarks(item: ReadingItem) -> str:
    """What the reader must know about the text, in the reader's language."""
    remarks = [_("Required") if item.required else _("Further reading")]
    if item.pages:
        remarks.append(_("Pages: {pages}").format(pages=language.ltr(item.pages)))
    remarks.append(_(_RIGHTS[item.rights]))
    return " · ".join(remarks)


def _direction(text: str) -> str:
    """The direction of a text of unknown language: that of its first letter (Unicode UAX 9, P2)."""
    strong = (unicodedata.bidirectional(character) for character in text)
    return (
        "rtl" if next((kind for kind in strong if kind in {"L", "R", "AL"}), "L") != "L" else "ltr"
    )


def _item_data(item: ReadingItem) -> dict[str, object]:
    return {
        "author": ", ".join(item.authors()),
        "title": item.title,
        "year": str(item.year or ""),
        "lang": typesetting.main_language(item.lang),
        "dir": item.direction,
        "link": item.free_link(),
        "remarks": _remarks(item),
    }


def _session_html(session: ReadingSession) -> str:
    groups = "\n".join(
        f"<h3>{_text(group.name)}</h3>\n<ol>\n{''.join(map(_item_html, group.items))}</ol>"
        for group in _groups(session)
    )
    gap = f'\n<p class="gap">{_text(_gap(session))}</p>' if session.missing else ""
    return (
        f'<section>\n<h2 dir="auto">{_text(session.title)}</h2>\n'
        f'<p class="when">{_text(_when(session))}</p>\n{groups}{gap}\n</section>'
    )


def _item_html(item: ReadingItem) -> str:
    author = f"<bdi>{_text(', '.join(item.authors()))}</bdi>. " if item.authors() else ""
    title = f"<cite>{_text(item.title)}</cite>"
    if link := item.free_link():
        title = f'<a href="{_text(link)}">{title}</a>'
    year = f" ({item.year})" if item.year else ""
    return (
        f'<li lang="{_text(item.lang)}" dir="{item.direction}">{author}{title}{year}'
        f'<p class="remarks" lang="{_text(language.current())}" dir="{language.direction()}">'
        f"{_text(_remarks(item))}</p></li>\n"
    )


def _text(text: str) -> str:
    return escape(clean(text))
