"""Letters on paper, read back from their PDF."""

import datetime as dt
import io

from pypdf import PdfReader

from schoolapp.exchange.papers.letters import PaperLetter, write_letters


def test_each_letter_is_on_its_own_page_in_its_language(clock: dt.datetime) -> None:
    """Two languages, two directions: each begins a page, with its name, subject and text (E28)."""
    made = write_letters(
        [
            PaperLetter("Marie Diop", "fr", "Votre place", "Bonjour Marie,\n\nBienvenue."),
            PaperLetter("زینب", "ur", "آپ کی جگہ", "محترمہ زینب،\n\nخوش آمدید\nالوداع"),
        ],
        at=clock,
    )
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]
    assert len(pages) == 2
    for said in ("Marie Diop", "Votre place", "Bonjour Marie,", "Bienvenue."):
        assert said in pages[0]
    assert "خوش" in pages[1]
    assert "Marie" not in pages[1]
