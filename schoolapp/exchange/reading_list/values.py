"""What a reading list is made of: sessions and the texts assigned to them."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Rights = Literal["pd", "open", "c"]  # public domain, free at the publisher, in copyright


@dataclass(frozen=True, slots=True)
class ReadingItem:
    """One edition of a work, as assigned to a session.

    ``author`` separates several by ``; ``. ``link`` is where the text may be had; a work in
    copyright (``c``) is listed and never linked. ``work`` is the same for all editions of one work.
    """

    author: str
    title: str
    year: int | None
    lang: str
    direction: Literal["ltr", "rtl"]
    kind: str
    rights: Rights
    required: bool
    order: int
    pages: str | None
    work: str
    link: str | None = None

    def authors(self) -> list[str]:
        """The authors, one by one."""
        return [name.strip() for name in self.author.split(";") if name.strip()]

    def free_link(self) -> str | None:
        """The link, if everybody may have the text and the link leads to a web page."""
        lawful = self.rights != "c" and (self.link or "").startswith(("https://", "http://"))
        return self.link if lawful else None


@dataclass(frozen=True, slots=True)
class ReadingSession:
    """A session's texts. ``start`` is wall time in the zone ``tz``; ``missing`` are the working
    languages that have no text yet."""

    title: str
    start: dt.datetime
    tz: str
    items: tuple[ReadingItem, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingList:
    """The reading list of a gathering; ``exported_at`` (aware) is the document's date."""

    gathering: str
    sessions: tuple[ReadingSession, ...]
    exported_at: dt.datetime
