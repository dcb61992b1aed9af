"""How rights, kinds and formats of texts are called, and the fields of a text."""

from schoolapp.base.language import mark
from schoolapp.desktop import forms
from schoolapp.domain.readings import Rights

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
FORMATS = {".html": mark("Page for the web"), ".pdf": mark("PDF"), ".bib": mark("Bibliography")}
FIELDS = (
    forms.text("author", mark("Author"), hint=mark("Several are parted by semicolons.")),
    forms.text("title", mark("Title")),
    forms.number("year", mark("Year"), half=True),
    forms.language("lang", mark("Language"), half=True),
    forms.choice("kind", mark("Kind"), KINDS, half=True),
    forms.choice("rights", mark("Rights"), RIGHTS, half=True),
    forms.text("topics", mark("Topics")),
    forms.text("pages", mark("Pages"), half=True),
    forms.text("web_address", mark("Web address"), code=True),
)
