"""What was odd in a row, in words, and which of it a person should look at."""

from schoolapp.base.language import _, mark, plural
from schoolapp.domain.reading_cells.cell_text import is_lossy
from schoolapp.domain.reading_cells.countries import is_named, read_country
from schoolapp.domain.reading_cells.dates import is_day
from schoolapp.domain.reading_cells.gender_words import declines
from schoolapp.exchange.applications.drafts import ImportedSheet, Issue, SheetRow
from schoolapp.exchange.applications.encodings import title_of
from schoolapp.exchange.applications.readable import suggestion_in_words

SENTENCES = {
    "name_all_caps": mark("“{value}” was in capitals and is kept as “{suggestion}”."),
    "name_all_caps_family": mark(
        "The family name of “{value}” was in capitals; the name is kept as “{suggestion}”."
    ),
    "name_family_first": mark(
        "“{value}” has the family name first; the name is kept as “{suggestion}”."
    ),
    "name_initials": mark("“{value}” has only initials in place of a name."),
    "name_non_latin_only": mark("“{value}” is given in its own script only."),
    "name_one_word": mark("“{value}” is one word; a second name may be missing."),
    "name_swapped": mark("Given and family name of “{value}” seem to be exchanged."),
    "name_title": mark("A title was taken off the name “{value}”."),
    "name_placeholder": mark("A part of the name “{value}” is not known."),
    "name_repeated": mark("Given and family name are the same: “{value}”."),
    "whitespace": mark("Spaces or invisible characters were taken out of “{value}”."),
    "unicode_nfd": mark("Accents stored apart from their letters were joined in “{value}”."),
    "bidi_control": mark("Marks that change the direction of writing were taken out of “{value}”."),
    "html": mark("Markup was taken out of “{value}”."),
    "mojibake": mark("Letters of “{value}” were spoilt by a wrong encoding."),
    "newline_in_cell": mark("The cell has several lines: “{value}”"),
    "formula": mark("“{value}” is a formula; it is kept as text and never run."),
    "formula_cell_no_cached_value": mark("The cell holds a formula without a result."),
    "error_cell": mark("The cell shows “{value}”, the error of a spreadsheet, not an answer."),
    "email_case": mark("The address “{value}” was in capitals."),
    "email_trimmed": mark("Spaces or signs around the address “{value}” were taken off."),
    "email_invalid": mark("“{value}” is not a valid address."),
    "email_multiple": mark("The cell holds several addresses: “{value}”."),
    "email_suspect_domain": mark("The part behind the @ of “{value}” looks mistyped."),
    "email_missing": mark("The e-mail address is missing."),
    "shared_email": mark("Another person uses the same address, “{value}”."),
    "date_ambiguous": mark("Day or month first? “{value}” can be two dates."),
    "date_text": mark("“{value}” was a text or a number instead of a date."),
    "date_two_digit_year": mark("“{value}” has a year of two digits."),
    "date_excel_serial_number": mark("“{value}” is the day number of a spreadsheet."),
    "date_free_text": mark("“{value}” is not a complete date."),
    "date_placeholder": mark("“{value}” is what forms write when no date is given."),
    "date_implausible": mark("“{value}” is not a possible date here."),
    "date_near_midnight": mark(
        "“{value}” has a time of day: a program may have moved the date by a day."
    ),
    "missing_birth_date": mark("The date of birth is missing."),
    "age_unclear": mark("An age of “{value}” can be under or over 18."),
    "phone_as_number": mark("“{value}” was stored as a number and may have lost its start."),
    "phone_scientific": mark("“{value}” is what a spreadsheet left of a phone number."),
    "phone_unclear": mark("“{value}” is not a phone number."),
    "money_text": mark("“{value}” has words or signs beside the amount."),
    "money_other_currency": mark("“{value}” is in another currency."),
    "country_variant": mark("“{value}” was read as {suggestion}."),
    "language_free_text": mark("The languages are given in more words: “{value}”."),
    "language_unknown": mark("“{value}” was not recognised as a language."),
    "missing_languages": mark("The languages are missing."),
    "list_as_number": mark("“{value}” may be a list that a spreadsheet took for a number or date."),
    "gender_free_text": mark("The gender is given in own words: “{value}”."),
    "answer_unclear": mark("“{value}” is neither a clear yes nor a clear no."),
    "minor": mark("This person is under 18 when the gathering begins."),
    "minor_consent_unclear": mark("It is not clear whether the parents of this minor consent."),
    "submitdate_anonymised": mark("The survey has removed the date of sending."),
    "incomplete": mark("The form was not finished."),
    "test_row": mark("This looks like a test of the form."),
    "hidden_row": mark("The row is hidden in the sheet, by a filter or by hand."),
    "quote_open": mark("A quotation mark is never closed; the cell was ended at its line: {value}"),
    "quote_escaped": mark("Quotation marks were written with a backslash: {value}"),
    "row_too_long": mark("The row has more cells than headings; cells may be moved: {value}"),
    "duplicate_person": mark("This may be the person of row {value}."),
    "duplicate_spelling": mark("The name is spelled differently in row {value}."),
    "delegation_unknown": mark("This gathering has no delegation called “{value}”."),
    "modules_unknown": mark("“{value}” names no module of this gathering."),
    "stay_unfit": mark("The days “{value}” do not fit the gathering."),
}
_NOT_A_DATE = mark("“{value}” is not a date.")
_NO_COUNTRY = mark("“{value}” was not recognised as a country.")
_NO_NATIONALITY = mark("“{value}” was not recognised as a nationality.")
_UNREAD = {  # in place of the sentence of a code whose value was read
    "money_text": mark("“{value}” does not name one clear amount."),
    "money_other_currency": mark("The currency of “{value}” is not clear."),
}

# Odd, but read without any doubt.
_HARMLESS = frozenset({
    "name_all_caps", "name_all_caps_family", "name_family_first", "name_title", "whitespace",
    "unicode_nfd", "bidi_control", "html", "newline_in_cell", "email_case", "email_trimmed",
    "date_text", "language_free_text", "submitdate_anonymised",
})  # fmt: skip
# A doubt only where it left the field empty.
_IF_LOST = frozenset({
    "email_multiple", "date_two_digit_year", "date_excel_serial_number", "money_text",
    "money_other_currency",
})  # fmt: skip
_OF_A_PAIR = frozenset({"duplicate_person", "duplicate_spelling"})


def doubts_of(row: SheetRow, *, is_decided: bool = False) -> tuple[Issue, ...]:
    """The issues of a row that somebody should look at; none of a row that is left out.

    ``is_decided`` says that somebody decided whether the row is one person with another.
    """
    if row.skipped:
        return ()
    passed = _OF_A_PAIR if is_decided else frozenset()
    return tuple(i for i in row.issues if i.code not in passed and _is_doubt(i, row))


def _is_doubt(issue: Issue, row: SheetRow) -> bool:
    if issue.code in _HARMLESS:
        return False
    if issue.code in _IF_LOST:
        return is_lost(issue, row)
    if issue.code == "country_variant":
        read = row.person.country if issue.field == "country" else row.person.nationality
        return read is None or not is_named(issue.value, read)
    if issue.code == "gender_free_text":
        return row.person.gender is None and not declines(issue.value)
    if issue.code == "mojibake":
        return is_lossy(issue.value)
    return issue.code != "minor" or not _is_minor_settled(row)


def _is_minor_settled(row: SheetRow) -> bool:
    """Whether the parents of a minor agreed, or are asked about by a doubt of its own."""
    asked = any(issue.code == "minor_consent_unclear" for issue in row.issues)
    return asked or row.answers.parental_consent is True


def is_lost(issue: Issue, row: SheetRow) -> bool:
    """Whether the field of an issue is empty: its cell was not read as a value."""
    of = row.person if hasattr(row.person, issue.field) else row.answers
    return getattr(of, issue.field, None) is None


def sentence(issue: Issue) -> str:
    """The issue in words, in the language in use, with the correction if there is one."""
    words = suggestion_in_words(issue.field, issue.suggestion)
    shape = _shape(issue)
    said = _(shape).format(value=_short(issue.value), suggestion=words)
    if words and "{suggestion}" not in shape and issue.code not in _UNSAID:
        return _("{sentence} Suggestion: {suggestion}").format(sentence=said, suggestion=words)
    return said


_UNSAID = _HARMLESS - {"email_case", "email_trimmed", "date_text"}  # the correction is their sense


def _shape(issue: Issue) -> str:
    """The sentence for an issue: that of its code, or a clearer one for what is in the cell."""
    if issue.code == "date_implausible" and not is_day(issue.value):
        return _NOT_A_DATE
    if issue.code == "country_variant" and _is_unread(issue):
        return _NO_NATIONALITY if issue.field == "nationality" else _NO_COUNTRY
    unread = {} if issue.suggestion else _UNREAD
    return unread.get(issue.code) or SENTENCES[issue.code]


def _is_unread(issue: Issue) -> bool:
    """Whether no country was read, at most one suggested."""
    return issue.field == "nationality" or read_country(issue.value, "en").country is None


def _short(value: str) -> str:
    """The words of a cell on one line; a date without the midnight of a date cell."""
    return " ".join(value.split()).removesuffix(" 00:00:00")


def in_words(code: str) -> str:
    """A kept mark in words; of its value no more is known than that there was one."""
    if code not in SENTENCES:
        return code.replace("_", " ")
    return _(SENTENCES[code]).format(value="…", suggestion="…")


def passed_over(sheet: ImportedSheet) -> list[str]:
    """What to know of a file: tables not read, an encoding that was guessed, hidden rows."""
    said = [
        plural(
            "The table “{name}” was not read; it has {count} row.",
            "The table “{name}” was not read; it has {count} rows.",
            one.rows,
        ).format(name=one.name, count=one.rows)
        for one in sheet.other_tables
    ]
    if sheet.encoding and not sheet.encoding.startswith("utf"):
        words = _("The file does not say how its letters are written; they were read as {name}.")
        said.append(words.format(name=title_of(sheet.encoding)))
    if hidden := sheet.hidden_rows:
        words = plural(
            "{count} row is hidden in the sheet; it was read and marked.",
            "{count} rows are hidden in the sheet; they were read and marked.",
            hidden,
        )
        said.append(words.format(count=hidden))
    return said
