"""The marks that a doubtful cell or row gets, each with its sentence for the person at the desk."""

from schoolapp.base.language import _, mark, plural
from schoolapp.exchange.applications.drafts import ImportedSheet, Issue, SheetRow
from schoolapp.exchange.applications.encodings import title_of

SENTENCES = {
    "name_all_caps": mark("The name was in capitals and is kept as {suggestion}."),
    "name_all_caps_family": mark("The family name was in capitals and is kept as {suggestion}."),
    "name_family_first": mark("The family name stood first; the name is kept as {suggestion}."),
    "name_initials": mark("The name has initials only: {value}"),
    "name_non_latin_only": mark("The name is given in its own script only: {value}"),
    "name_one_word": mark("The name is one word: {value}"),
    "name_swapped": mark("Given and family name seem to be exchanged: {value}"),
    "name_title": mark("A title was taken off the name: {value}"),
    "whitespace": mark("Spaces or invisible characters were taken out: {value}"),
    "unicode_nfd": mark("Accents were stored apart from their letters and were joined: {value}"),
    "bidi_control": mark("Marks that turn the direction of writing were taken out: {value}"),
    "html": mark("Markup was taken out: {value}"),
    "mojibake": mark("The letters were spoilt by a wrong encoding: {value}"),
    "newline_in_cell": mark("The cell has several lines: {value}"),
    "formula": mark("The cell holds a formula, which is kept as text and never run: {value}"),
    "formula_cell_no_cached_value": mark("The cell holds a formula without a result."),
    "email_case": mark("The address was in capitals: {value}"),
    "email_trimmed": mark("Spaces around the address were taken off: {value}"),
    "email_invalid": mark("This is no e-mail address: {value}"),
    "email_multiple": mark("The cell holds several addresses: {value}"),
    "email_suspect_domain": mark("The domain of the address looks mistyped: {value}"),
    "email_missing": mark("The e-mail address is missing."),
    "shared_email": mark("Another person uses the same address: {value}"),
    "date_ambiguous": mark("Day and month of this date can be exchanged: {value}"),
    "date_text": mark("The date was a text or a number instead of a date: {value}"),
    "date_two_digit_year": mark("The year has two digits only: {value}"),
    "date_excel_serial_number": mark("The date was a day number of a spreadsheet: {value}"),
    "date_free_text": mark("This text is no whole date: {value}"),
    "date_placeholder": mark("This date is what forms write when no date is given: {value}"),
    "date_implausible": mark("This date is hardly possible here: {value}"),
    "missing_birth_date": mark("The date of birth is missing."),
    "phone_as_number": mark("The phone number was stored as a number and lost its start: {value}"),
    "phone_scientific": mark("The spreadsheet has cut the phone number: {value}"),
    "money_text": mark("The amount has words or signs beside it: {value}"),
    "money_other_currency": mark("The amount is in another currency: {value}"),
    "country_variant": mark("The country is written in another way: {value}"),
    "language_free_text": mark("The languages are given in free text: {value}"),
    "missing_languages": mark("The languages are missing."),
    "gender_free_text": mark("The gender is given in free text: {value}"),
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
    "duplicate_spelling": mark("The name is spelt otherwise in row {value}."),
}


def doubts_of(row: SheetRow) -> tuple[Issue, ...]:
    """The issues of a row that somebody should look at; none of a row that is left out."""
    return () if row.skipped else row.issues


def sentence(issue: Issue) -> str:
    """The issue in words, in the language in use, with the correction if there is one."""
    said = _(SENTENCES[issue.code]).format(value=issue.value, suggestion=issue.suggestion or "")
    if issue.suggestion and "{suggestion}" not in SENTENCES[issue.code]:
        return _("{sentence} Suggestion: {suggestion}").format(
            sentence=said, suggestion=issue.suggestion
        )
    return said


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
