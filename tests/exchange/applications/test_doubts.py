"""Doubts are what a person should look at: their number, their words, and correcting them."""

import datetime as dt

import pytest

from schoolapp.base.language import in_language
from schoolapp.exchange.applications.drafts import ImportedSheet, Issue, SheetRow
from schoolapp.exchange.applications.flags import SENTENCES, doubts_of, sentence
from schoolapp.exchange.applications.importing import Choices, understand
from schoolapp.exchange.applications.mapping import Mapping
from schoolapp.exchange.applications.reading import read
from schoolapp.exchange.applications.report import report
from tests.exchange import google_form

START = dt.date(2027, 10, 23)


def sheet_of(data: bytes, **choices) -> ImportedSheet:
    sheets = read(data, "form.csv")
    return understand(sheets, "form.csv", choices=Choices(**choices), reference_date=START)


def row_of(head: str, *cells: str, **choices) -> SheetRow:
    """The one row of a sheet, headings and cells parted by ``|``."""
    lines = [head, *cells]
    text = "\n".join(",".join(f'"{cell}"' for cell in line.split("|")) for line in lines)
    return sheet_of(text.encode(), **choices).rows[0]


def doubtful(sheet: ImportedSheet) -> dict[int, set[str]]:
    """Row to the fields that are in doubt."""
    found = {row.row: {doubt.field for doubt in doubts_of(row)} for row in sheet.rows}
    return {row: fields for row, fields in found.items() if fields}


def test_S04_only_the_real_doubts_of_a_google_form_are_doubtful() -> None:
    """Two paragraphs, "€200", "Prefer not to say", titles and capitals are none (S04)."""
    sheet = sheet_of(google_form.as_csv())
    assert doubtful(sheet) == {row: {real.field} for row, real in google_form.DOUBTS.items()}
    assert sum(bool(row.issues) for row in sheet.rows) == 40  # odd they are, all of them


def test_S04_each_real_doubt_is_settled_by_what_somebody_types() -> None:
    """The words typed are read as the cell would be; the sheet's own words are kept (S04)."""
    typed = {row: {real.field: real.typed} for row, real in google_form.DOUBTS.items()}
    sheet = sheet_of(google_form.as_csv(), corrections=typed)
    assert doubtful(sheet) == {}
    rows = {row["row"]: row for row in report(sheet)["rows"]}
    assert rows[4]["born"] == "1990-02-21"
    assert rows[7]["born"] == "1998-06-17"
    assert rows[11]["country"] == "UZ"
    assert rows[15]["email"] == "ester.p15@example.org"
    assert rows[20]["needs_visa"] is True
    assert rows[25]["travel"] == "150.00 EUR"
    assert rows[30]["languages"] == ["en"]
    assert rows[33]["phone"] == "+32 2 555 01 33"
    assert rows[36]["gender"] == "woman"
    assert rows[39]["full_name"] == "Karin Larsson"
    assert sheet.rows[10].raw["Country"] == "USSR"
    assert sheet.rows[10].corrected == (("country", "Uzbekistan"),)


def test_typing_what_the_cell_says_changes_nothing() -> None:
    """The same reader reads the cell and what is typed in its place."""
    sheet = sheet_of(google_form.as_csv())
    columns = {h: field for h, field in sheet.mapping.columns.items() if field}
    same = {row.row: {f: row.raw[h] for h, f in columns.items()} for row in sheet.rows}
    again = sheet_of(google_form.as_csv(), corrections=same)
    for one, other in zip(sheet.rows, again.rows, strict=True):
        assert (one.person, one.answers, one.submitted_at) == (
            other.person,
            other.answers,
            other.submitted_at,
        )
        assert one.issues == other.issues


def test_a_correction_that_is_not_understood_either_is_a_doubt_again() -> None:
    """What is typed is not believed because it was typed."""
    row = row_of("Name|Country", "Ana Ruiz|USSR", corrections={1: {"country": "Soviet Onion"}})
    assert row.person.country is None
    assert [doubt.value for doubt in doubts_of(row)] == ["Soviet Onion"]


def test_a_name_typed_whole_stands_in_place_of_its_parts() -> None:
    """A sheet of given and family names can be corrected by one line; so can other fields."""
    typed = {1: {"full_name": "Marwan Aziz", "phone": "+92 51 555 0101"}}
    row = row_of("First name|Last name", "FNU|Marwan", corrections=typed)
    assert (row.person.full_name, row.person.phone) == ("Marwan Aziz", "+92 51 555 0101")
    assert doubts_of(row) == ()


def test_an_error_in_a_part_of_a_name_is_settled_by_the_whole_name() -> None:
    """What was odd in cells that are no longer read is no doubt any more."""
    assert doubts_of(row_of("First name|Last name", "#N/A|Ruiz"))
    typed = {1: {"full_name": "Ana Ruiz"}}
    row = row_of("First name|Last name", "#N/A|Ruiz", corrections=typed)
    assert (row.person.full_name, row.issues) == ("Ana Ruiz", ())


def test_languages_typed_stand_in_place_of_their_columns() -> None:
    """Ticked columns and the one for others are replaced together."""
    head = "Name|Languages [English]|Languages [French]|Languages [Other]"
    typed = {1: {"languages": "French, Dutch"}}
    row = row_of(head, "Ana Ruiz|yes|no|Quenya", corrections=typed)
    assert row.person.languages == ("fr", "nl")
    assert doubts_of(row) == ()


def test_corrections_survive_another_meaning_of_the_columns() -> None:
    """A sheet that is read again as its columns are chosen keeps what was typed."""
    chosen = Mapping({"Name": "full_name", "Where": "country"})
    typed = {1: {"country": "Chile"}}
    row = row_of("Name|Where", "Ana Ruiz|the moon", corrections=typed, mapping=chosen)
    assert row.person.country == "CL"


@pytest.mark.parametrize(
    ("head", "cells", "said"),
    [
        ("Born", "31/02/1990", "“31/02/1990” is not a date."),
        ("Born", "17/05/1880", "“17/05/1880” is not a possible date here."),
        ("Born", "1998", "“1998” is not a complete date."),
        ("Born", "03/01/1988", "Day or month first? “03/01/1988” can be two dates. "
         "Suggestion: 3 January 1988"),
        ("Country", "Spaiin", "“Spaiin” was read as Spain."),
        ("Country", "USSR", "“USSR” was not recognised as a country."),
        ("E-mail", "ana at example", "“ana at example” is not a valid address."),
        ("Do you need a visa?", "not sure", "“not sure” is neither a clear yes nor a clear no."),
        ("Travel costs", "5500 kr", "The currency of “5500 kr” is not clear."),
        ("Travel costs", "2 x 150", "“2 x 150” does not name one clear amount."),
        ("Languages", "English, no", "“no” was not recognised as a language."),
        ("Languages", "English, Quenya", "“Quenya” was not recognised as a language."),
    ],
)  # fmt: skip
def test_a_doubt_names_the_words_and_what_was_made_of_them(
    head: str, cells: str, said: str
) -> None:
    """Each sentence can be understood without the sheet."""
    row = row_of(f"Name|{head}", f"Ana Ruiz|{cells}")
    assert [sentence(doubt) for doubt in doubts_of(row)] == [said]


def test_a_suggestion_is_said_in_the_language_of_the_window() -> None:
    """Not "BR" and not 1988-01-03."""
    doubt = Issue("country_variant", "country", "Brasil", "BR")
    day = Issue("date_ambiguous", "born", "03/01/1988", "1988-01-03")
    assert sentence(doubt) == "“Brasil” was read as Brazil."
    with in_language("fr"):
        assert "Brésil" in sentence(doubt)
        assert "3 janvier 1988" in sentence(day)


def test_a_minor_is_a_doubt_until_the_parents_agree() -> None:
    """A minor is looked at once: by a doubt about the consent where the form asks for it."""
    head, cells = "Name|Born|Consent of parents", "Ana Ruiz|17/05/2012|"
    for consent, codes in (("yes", []), ("no", ["minor_consent_unclear"])):
        row = row_of(head, cells + consent)
        assert [doubt.code for doubt in doubts_of(row)] == codes
    row = row_of("Name|Born", "Ana Ruiz|17/05/2012")
    assert [doubt.code for doubt in doubts_of(row)] == ["minor"]


def test_a_pair_that_somebody_decided_is_no_doubt_any_more() -> None:
    """What was said about two people is not asked again."""
    row = SheetRow(2, None, {}, issues=(Issue("duplicate_person", "full_name", "1"),))
    assert doubts_of(row)
    assert doubts_of(row, is_decided=True) == ()


def test_every_sentence_can_be_said_of_any_cell() -> None:
    """No sentence breaks on what people write, on one line and in another language."""
    for code in SENTENCES:
        for suggestion in (None, "x {value} y", "two\nlines"):
            said = sentence(Issue(code, "motivation", "a {suggestion}\n\nb", suggestion))
            assert "\n" not in said
            with in_language("ar-XB"):
                assert sentence(Issue(code, "motivation", "a", suggestion))
