"""The words of an import: what becomes of rows, why two are alike, what a column can mean."""

from schoolapp.base.language import mark
from schoolapp.operations.applications import Outcome

SHEETS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods")
OUTCOMES = {
    Outcome.NEW: mark("New person"),
    Outcome.KNOWN: mark("Known person"),
    Outcome.DUPLICATE: mark("Perhaps a duplicate"),
    Outcome.CHANGED: mark("Changed since the last import"),
    Outcome.SAME: mark("Imported before"),
    Outcome.LEFT_OUT: mark("Left out"),
}
MERGED = mark("Same person, merged")
GROUPS = (
    ("", mark("All rows")),
    ("new", mark("New")),
    ("known", mark("Known")),
    ("changed", mark("Changed")),
    ("duplicate", mark("Duplicates")),
    ("doubtful", mark("Doubtful")),
    ("same", mark("Imported before")),
    ("left_out", mark("Left out")),
    ("columns", mark("Columns")),
)
FIELDS = {
    "full_name": mark("Full name"),
    "given": mark("Given name"),
    "middle": mark("Middle name"),
    "prefix": mark("Particle before the family name"),
    "family": mark("Family name"),
    "second_family": mark("Second family name"),
    "native_name": mark("Name in its own script"),
    "email": mark("E-mail"),
    "born": mark("Date of birth"),
    "country": mark("Country"),
    "nationality": mark("Nationality"),
    "birth_place": mark("Country of birth"),
    "first_time": mark("First time here"),
    "languages": mark("Languages"),
    "gender": mark("Gender"),
    "pronouns": mark("Pronouns"),
    "phone": mark("Phone"),
    "delegation": mark("Delegation"),
    "organisation": mark("Organisation"),
    "motivation": mark("Motivation"),
    "modules": mark("Modules"),
    "travel": mark("Travel money asked for"),
    "contribution": mark("Own contribution"),
    "fee": mark("Fee"),
    "paid": mark("Paid"),
    "visa": mark("Needs a visa"),
    "subsidy": mark("Asks for a subsidy"),
    "diet": mark("Diet"),
    "access": mark("Needs to take part"),
    "parental_consent": mark("Parental consent"),
    "privacy": mark("Agreed to the privacy notice"),
    "arrival": mark("Arrival"),
    "departure": mark("Departure"),
    "submitted_at": mark("Sent on"),
    "draft": mark("Not finished"),
    "source_id": mark("Number of the form"),
    "answer": mark("Keep as an answer"),
}
ENCODINGS = (
    ("utf-8", "UTF-8"),
    ("utf-16", "UTF-16"),
    ("utf-16-le", "UTF-16 LE"),
    ("utf-16-be", "UTF-16 BE"),
    ("cp1252", "Windows-1252"),
)
DELIMITERS = (
    (",", mark("Comma")),
    (";", mark("Semicolon")),
    ("\t", mark("Tab")),
    ("|", mark("Bar")),
)
