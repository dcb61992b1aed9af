"""The reading list of a gathering: a page to print or send, and a bibliography file."""

from schoolapp.exchange.reading_list.bibliography import write_bib
from schoolapp.exchange.reading_list.pages import write_html, write_pdf
from schoolapp.exchange.reading_list.values import (
    ReadingItem,
    ReadingList,
    ReadingSession,
    Rights,
)

__all__ = [
    "ReadingItem",
    "ReadingList",
    "ReadingSession",
    "Rights",
    "write_bib",
    "write_html",
    "write_pdf",
]
