"""Shapes of forms: the column that fits best, options in columns, several people in a row."""

import csv
import datetime as dt
import io
from typing import Any

import pytest

from schoolapp.exchange.applications.drafts import ImportedSheet
from schoolapp.exchange.applications.importing import Choices, understand
from schoolapp.exchange.applications.mapping import Mapping
from schoolapp.exchange.applications.reading import read
from schoolapp.exchange.applications.report import report

ANA, BO = "Ana Ruiz|ana@example.org", "Bo Dahl|bo@example.org"


def sheet(*lines: str, **choices: Any) -> ImportedSheet:
    """Lines of cells, separated by bars."""
    out = io.StringIO()
    csv.writer(out).writerows(line.split("|") for line in lines)
    sheets = read(out.getvalue().encode(), "f.csv")
    day = dt.date(2027, 10, 23)
    return understand(sheets, "f.csv", reference_date=day, choices=Choices(**choices))


def found(*lines: str, keys: str = "full_name email") -> list[tuple[Any, ...]]:
    rows = report(sheet(*lines))["rows"]
    assert isinstance(rows, list)
    return [tuple(row[key] for key in keys.split()) for row in rows]


PEOPLE_FIRST = {
    "Username|Full name|E-mail": f"aruiz|{ANA}",
    "Benutzername|Name|Vorname|E-Mail": "aruiz|Ruiz|Ana|ana@example.org",
    "Submitted by|Submitted by email|Name|E-mail": f"Olga O|o@example.org|{ANA}",
    "Name|E-mail|Attendee name|Attendee e-mail": f"Olga O|o@example.org|{ANA}",
    "Attendee e-mail|Attendee name|Name|E-mail": "ana@example.org|Ana Ruiz|Olga O|o@example.org",
    "Id|Start time|Completion time|Email|Name|Full name|E-mail": f"1|2|3|o@example.org|Olga|{ANA}",
    "Id|Start time|Completion time|Email|Name|Name2|Email2": f"1|2|3|o@example.org|Olga|{ANA}",
    "Referee name|Referee email|Your name|Your email": f"Uwe|u@example.org|{ANA}",
    "Name of parent/guardian|Email of parent|Name of participant|Email of participant":
        f"Eva|e@example.org|{ANA}",
    "Buyer first name|Buyer last name|Buyer e-mail": "Ana|Ruiz|ana@example.org",
    "Name|E-mail|Attendee name|Attendee e-mail ": f"{ANA}||",
    "Name|E-mail|Ticket Name|Event name": f"{ANA}|School|Summer",
    "Preferred name|Legal name|E-mail": f"Anita|{ANA}",
    "Email|Name|Your e-mail|Your name": "||ana@example.org|Ana Ruiz",
}  # fmt: skip


@pytest.mark.parametrize("headings", PEOPLE_FIRST)
def test_the_applicant_is_who_is_asked_about(headings: str) -> None:
    """Not an account, a buyer or a contact; an empty column yields to a filled one."""
    assert found(headings, PEOPLE_FIRST[headings]) == [("Ana Ruiz", "ana@example.org")]


@pytest.mark.parametrize(
    "heading",
    ["Emergency contact e-mail", "Mother's e-mail", "E-mail of your referee", "Parent e-mail",
     "Notfallkontakt E-Mail", "Correo de emergencia", "Organisation e-mail", "Group leader e-mail"],
)  # fmt: skip
def test_a_column_about_somebody_else_is_kept_as_an_answer(heading: str) -> None:
    """It is never taken for the applicant's, even if the applicant gives none, and is not lost."""
    (row,) = sheet(f"Full name|{heading}", ANA).rows
    assert row.person.email is None
    assert row.kept == ((heading, "ana@example.org"),)


HEADINGS = {
    "full_name": "First and last name|Name (first, last)|What's your name?|Wie heißt du?|"
    "Vor- und Nachname|Nome completo|Nome e sobrenome|1. Full name *|Name as in your passport",
    "given": "First|Vorname|Primeiro nome|Name (First)",
    "family": "Last|Family|Nachname|Apelido|Sobrenome|Last name (as in your passport)",
    "email": "E-mail adress|E-mail (so that we can contact you or your parents)|"
    "Contact e-mail|E-Mail-Adresse|Endereço de e-mail|Haupt-E-Mail",
    "born": "Date of birth (if under 18, parents must sign)|Geburtsdatum (TT.MM.JJJJ)|"
    "Data de nascimento|Wann bist du geboren?",
    "country": "Country (place where you live)|Place of residence (country)|Wohnland|"
    "País de residência|Where are you from?",
    "nationality": "Staatsangehörigkeit|Nacionalidade",
    "languages": "Mother tongue|Muttersprache|Língua materna|Other languages|Sprachen",
    "gender": "Geschlecht|Anrede|Género",
    "age": "Age|How old are you?|Alter|Idade|Edad",
    "birth_place": "Place of birth|Geburtsort|Lugar de nacimiento|Local de nascimento",
    "motivation": "Why do you want to come, and what will your organisation gain?|Warum?",
    "arrival": "From|Anreise|Chegada",
    "answer": "Have you attended a school in another country?|Ort|Last school|Emergency contact|"
    "Mother's name|Ticket name|Newsletter language|City of birth of your mother|Roommate",
}


@pytest.mark.parametrize(
    ("field", "heading"), [(f, h) for f, some in HEADINGS.items() for h in some.split("|")]
)
def test_a_heading_is_known_by_what_it_asks(field: str, heading: str) -> None:
    """Explanations, numbers and questions around it change nothing."""
    columns = sheet(f"{heading}|Shirt", "|M").mapping.columns
    assert columns[heading] == field


def test_what_a_long_heading_suggests_has_to_agree_with_the_cells() -> None:
    """A question that names a country and is answered by yes is not the country."""
    rows = found(
        "Name|E-mail|Did you live in this country for more than a year before?",
        f"{ANA}|Yes",
        f"{BO}|No",
        keys="full_name country",
    )
    assert rows == [("Ana Ruiz", None), ("Bo Dahl", None)]


OPTIONS = {
    "Languages/English|Languages/French|Languages/Other": ("1|0|0", "0|1|Wolof"),
    "Languages: English|Languages: French|Languages: Other": ("X||", "|X|Wolof"),
    "Languages - English|Languages - French|Languages - Other": ("English||", "|French|Wolof"),
    "Languages (choice=English)|Languages (choice=French)|Languages (choice=Other)":
        ("Checked|Unchecked|", "Unchecked|Checked|Wolof"),
    "languages___en|languages___fr|languages___other": ("1|0|", "0|1|Wolof"),
    "How well do you speak? [English]|How well do you speak? [French]|Other language":
        ("Fluent|Not at all|", "None|Basic|Wolof"),
    "English|French|Other": ("English||", "|French|Wolof"),
    "Idiomas [Inglés]|Idiomas [Francés]|Idiomas [Otro]": ("Sí|No|", "No|Sí|Wolof"),
    "Languages [English] [Fluent]|Languages [French] [Basic]|Languages [English] [Not at all]|"
    "Languages [Other]": ("X|||", "|X|X|Wolof"),
}  # fmt: skip


@pytest.mark.parametrize("headings", OPTIONS)
def test_languages_in_columns_of_their_own_are_read(headings: str) -> None:
    """However the form writes question and option: a tick, a yes, the option or a level."""
    first, second = OPTIONS[headings]
    rows = found(f"Full name|E-mail|{headings}", f"{ANA}|{first}", f"{BO}|{second}",
                 keys="languages")  # fmt: skip
    assert rows == [(["en"],), (["fr", "wo"],)]


def test_columns_that_are_levels_hold_languages() -> None:
    """A grid the other way round: what somebody does not speak at all is not spoken."""
    rows = found(
        "Full name|Languages [Fluent]|Languages [Basic]|Languages [Not at all]",
        "Ana Ruiz|English, French|Spanish|German",
        keys="languages",
    )
    assert rows == [(["en", "fr", "es"],)]


def test_the_column_that_repeats_its_options_is_not_read_twice() -> None:
    """Kobo writes all choices in one cell and each in a column."""
    rows = found("Full name|Languages|Languages/English|Languages/French",
                 "Ana Ruiz|English French|1|1", keys="languages")  # fmt: skip
    assert rows == [(["en", "fr"],)]


@pytest.mark.parametrize(
    ("headings", "cells", "key", "value"),
    [
        ("Diet [Vegan]|Diet [Halal]|Diet [Other]", "Yes|No|no nuts", "diet", "Vegan; no nuts"),
        ("Diet/Vegan|Diet/Halal", "1|1", "diet", "Vegan; Halal"),
        ("Gender [Woman]|Gender [Man]", "X|", "gender", "woman"),
        ("Need a visa? [Yes]|Need a visa? [No]", "|X", "needs_visa", False),
        ("Modules/Ecology|Modules/History", "1|", "modules", ["Ecology"]),
        ("Which modules? [Ecology]|Which modules? [History]", "Yes|Yes", "modules",
         ["Ecology", "History"]),
    ],
)  # fmt: skip
def test_options_of_any_question_are_put_together(
    headings: str, cells: str, key: str, value: object
) -> None:
    """The chosen ones are the answer, never the word yes."""
    assert found(f"Full name|{headings}", f"Ana Ruiz|{cells}", keys=key) == [(value,)]


TWO = [("Ana Ruiz", "ana@example.org"), ("Bo Dahl", "bo@example.org")]


@pytest.mark.parametrize(
    "headings",
    ["Participant 1: name|Participant 1: e-mail|Participant 2: name|Participant 2: e-mail",
     "Name 1|Email 1|Name 2|Email 2", "name1|email1|name2|email2", "Name|Email|Name|Email",
     "members[1]/name|members[1]/email|members[2]/name|members[2]/email",
     "Name|E-mail|Second participant name|Second participant e-mail",
     "Full name|E-mail|Additional participant 1: name|Additional participant 1: e-mail",
     "Name of child one|E-mail of child one|Name of child two|E-mail of child two"],
)  # fmt: skip
def test_each_person_of_a_row_is_an_applicant(headings: str) -> None:
    """A second person of a row follows after the last row, with the own address."""
    assert found(headings, f"{ANA}|{BO}") == TWO
    third = "Cy Lee|cy@example.org||"
    names = [name for name, _email in found(headings, f"{ANA}|{BO}", third)]
    assert names == ["Ana Ruiz", "Cy Lee", "Bo Dahl"]


def test_what_a_row_says_of_all_its_people_is_said_of_each() -> None:
    """The country is everybody's, the address of the first only; the row's number stays known."""
    made = sheet("ID|E-mail|Country|Person 1 name|Person 2 name",
                 "7|ana@example.org|Spain|Ana Ruiz|Bo Dahl")  # fmt: skip
    first, second = made.rows
    assert (first.person.country, second.person.country) == ("ES", "ES")
    assert (first.person.email, second.person.email) == ("ana@example.org", None)
    assert (first.source_id, second.source_id) == ("7", "7/2")


@pytest.mark.parametrize("headings", ["Phone 1|Phone 2", "Email 1|Email 2", "Day 1|Day 2"])
def test_numbers_without_names_count_no_people(headings: str) -> None:
    """Two phones are one person's: the second one is kept as an answer."""
    made = sheet(f"Full name|{headings}", "Ana Ruiz|+34612345678|+34612345679")
    assert [row.person.full_name for row in made.rows] == ["Ana Ruiz"]


def test_two_surnames_are_one_name() -> None:
    """Apellido 1 and Apellido 2 are no two people."""
    assert found("Nombre|Apellido 1|Apellido 2", "Ana|Ruiz|Gil", keys="full_name") == [
        ("Ana Ruiz Gil",)
    ]


@pytest.mark.parametrize("headings", [*PEOPLE_FIRST, *OPTIONS])
def test_S03_what_was_understood_is_understood_again(headings: str) -> None:
    """The mapping of a sheet, kept and given for the next one, yields the same rows (S03)."""
    own = PEOPLE_FIRST.get(headings)
    lines = (
        [headings, own] if own else [f"Full name|{headings}", f"Ana Ruiz|{OPTIONS[headings][0]}"]
    )
    once = sheet(*lines)
    again = sheet(*lines, mapping=Mapping.from_json(once.mapping.as_json()))
    assert again.rows == once.rows


def test_a_sheet_without_a_name_asks_for_it() -> None:
    """None of the headings says who it is about; once somebody has said it, nothing is asked."""
    lines = ("Code|E-mail|Country", "Ana|ana@example.org|Spain")
    assert sheet(*lines).asks_name
    chosen = sheet(*lines, mapping=Mapping({"Code": "full_name"}))
    assert not chosen.asks_name
    assert chosen.rows[0].person.full_name == "Ana"
