"""Forms over frozen drafts: declared fields, one form, editors that read what people type."""

from schoolapp.desktop.forms.fields import (
    Field,
    choice,
    date,
    decimal,
    languages,
    long_text,
    many,
    moment,
    money,
    number,
    person,
    text,
    time,
    yes_no,
)
from schoolapp.desktop.forms.form import Form

__all__ = [
    "Field",
    "Form",
    "choice",
    "date",
    "decimal",
    "languages",
    "long_text",
    "many",
    "moment",
    "money",
    "number",
    "person",
    "text",
    "time",
    "yes_no",
]
