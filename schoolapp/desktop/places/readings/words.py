"""The names of rights, kinds and formats of texts."""

from schoolapp.base.language import mark
from schoolapp.domain.readings import CHECK, SURE, Rights

RIGHTS = (
    (Rights.PUBLIC_DOMAIN, mark("Public domain")),
    (Rights.OPEN, mark("Free at the publisher")),
    (Rights.COPYRIGHT, mark("In copyright")),
)
KINDS = (
    ("book", mark("Book")),
    ("article", mark("Article")),
    ("chapter", mark("Chapter")),
    ("pamphlet", mark("Pamphlet")),
    ("essay", mark("Essay")),
    ("report", mark("Report")),
    ("programme", mark("Programme of an organisation")),
    ("notebook", mark("Notebook")),
    ("notes", mark("Notes")),
    ("novel", mark("Novel")),
    ("story", mark("Story")),
    ("poems", mark("Poems")),
)
CONFIDENCE = ((CHECK, mark("To be checked")), (SURE, mark("Checked")))
"""Whether author, title and year were compared with the text itself."""
FORMATS = {".html": mark("Page for the web"), ".pdf": mark("PDF"), ".bib": mark("Bibliography")}
