"""Forms as people really export them: what each says is understood, what is odd is marked."""

import csv
import datetime as dt
import io

import pytest

from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.applications.correcting import suggested
from schoolapp.exchange.applications.drafts import ImportedSheet
from schoolapp.exchange.applications.importing import Choices, understand
from schoolapp.exchange.applications.mapping import Mapping
from schoolapp.exchange.applications.reading import read
from schoolapp.exchange.applications.sheets import Opening

START = dt.date(2027, 10, 23)


def sheet_of(
    rows: list[list[str]], delimiter: str = ",", encoding: str = "utf-8", **choices
) -> ImportedSheet:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return understood(out.getvalue().encode(encoding), Choices(**choices))


def understood(data: bytes, choices: Choices) -> ImportedSheet:
    sheets = read(data, "a.csv", choices.opening)
    return understand(sheets, "a.csv", choices=choices, reference_date=START)


def marks(sheet: ImportedSheet, row: int = 1) -> set[str]:
    return {issue.code for issue in sheet.rows[row - 1].issues}


def test_S03_E55_a_webform_in_utf16_folds_its_options_behind_colons() -> None:
    """Drupal: no byte order mark, tabs, "Idiomas: Inglés" with an X below (S03, E55)."""
    sheet = sheet_of(
        [["SID", "Enviado", "Apellidos", "Nombre(s)", "Correo electrónico", "Fecha de nacimiento",
          "Idiomas: Español", "Idiomas: Inglés", "Idiomas: Otro"],
         ["7", "12/05/2027 - 10:22", "GARCÍA LÓPEZ", "María", "m@example.org", "17/05/90",
          "X", "", "Quechua"]],
        "\t", "utf-16-le",
    )  # fmt: skip
    row = sheet.rows[0]
    assert (sheet.encoding, sheet.delimiter) == ("utf-16-le", "\t")
    assert row.person.full_name == "María García López"
    assert row.person.languages == ("es", "qu")
    assert row.person.born == dt.date(1990, 5, 17)
    assert marks(sheet) == {"name_all_caps_family", "date_two_digit_year", "date_ambiguous"}
    assert row.submitted_at is None  # 12 May or 5 December: one row does not say it


def test_E54_the_groups_of_a_webform_may_stand_two_rows_above() -> None:
    """Drupal 7 writes three rows of headings; a draft is not a finished form (E54, E58)."""
    sheet = sheet_of(
        [["Submission Details", "", "", "", "", "Languages", ""],
         ["Serial", "Draft", "", "", "", "", ""],
         ["Serial", "Draft", "Family name", "Given name", "E-mail", "English", "French"],
         ["1", "0", "Silva", "Rui", "rui@example.org", "X", "X"],
         ["2", "1", "Costa", "Inês", "ines@example.org", "X", ""]],
    )  # fmt: skip
    assert sheet.header_row == 3
    assert [row.person.languages for row in sheet.rows] == [("en", "fr"), ("en",)]
    assert marks(sheet, 2) == {"incomplete"}


def test_parts_of_a_name_in_columns_of_their_own_belong_to_it() -> None:
    """A Dutch particle and a second surname are not lost."""
    sheet = sheet_of(
        [["Voornaam", "Tussenvoegsel", "Achternaam", "E-mail"],
         ["Jan", "van der", "Berg", "jan@example.org"], ["Zoë", "", "Prins", "z@example.org"]]
    )  # fmt: skip
    assert [row.person.full_name for row in sheet.rows] == ["Jan van der Berg", "Zoë Prins"]


def test_E56_a_heading_that_shows_the_order_decides_it() -> None:
    """(JJ/MM/AAAA) in the heading: 03/04/1988 is 3 April and not in doubt (E56)."""
    for heading, day in (("Né(e) le (JJ/MM/AAAA)", 3), ("Date of birth (MM/DD/YYYY)", 4)):
        sheet = sheet_of([["Nom", "Prénom", heading], ["Martin", "Jean", "03/04/1988"]])
        assert sheet.rows[0].person.born is not None
        assert sheet.rows[0].person.born.day == day
        assert marks(sheet) == set()


def dates(*born: str) -> ImportedSheet:
    return sheet_of([["Name", "Date of birth"], *([f"Ana Ruiz{'abcdefghijkl'[n]}", day]
                                              for n, day in enumerate(born))])  # fmt: skip


def test_E56_a_column_of_one_machine_decides_its_order() -> None:
    """Many clear dates of one order and as many as chance makes ambiguous (E56)."""
    sheet = dates("1/13/1971", "2/14/1972", "3/15/1973", "6/20/1976", "12/28/1982", "4/5/1974",
                  "7/8/1977")  # fmt: skip
    assert sheet.rows[5].person.born == dt.date(1974, 4, 5)
    assert sheet.orders == {"born": "mdy"}
    assert marks(sheet, 6) == set()


@pytest.mark.parametrize(
    "born",
    [
        ("13/1/1971", "14/2/1972", "15/3/1973", "20/6/1976", "28/12/1982", "1/29/1983", "4/5/1974"),
        ("13/1/1971", "14.2.1972", "15/3/1973", "20/6/1976", "28/12/1982", "30/1/1983", "4/5/1974"),
        ("13/1/1971", "14/2/1972", "4/5/1974"),
        (*("13/1/1971",) * 11, "4/5/1974"),
    ],
    ids=["both orders", "several hands", "too few", "one among many"],
)
def test_E56_a_column_that_does_not_decide_is_asked_about(born: tuple[str, ...]) -> None:
    """Anything less than that leaves the date empty and marked (E56, S04)."""
    sheet = dates(*born)
    assert sheet.rows[-1].person.born is None
    assert "date_ambiguous" in marks(sheet, len(born))
    chosen = dict.fromkeys(["born"], "mdy")
    raw = [["Name", "Date of birth"], ["Ana Ruiz", "4/5/1974"]]
    asked = sheet_of(raw, mapping=Mapping(date_order=chosen))
    assert asked.rows[0].person.born == dt.date(1974, 4, 5)


def test_E53_letters_spoilt_by_an_encoding_are_turned_back_or_reported() -> None:
    """UTF-8 read as Windows-1252 turns back without loss; a lost letter leaves no name (E53)."""
    sheet = sheet_of(
        [["Nom", "Prénom", "Pays"], ["LefÃ¨vre", "FranÃ§ois", "SÃ©nÃ©gal"],
         ["Lef?vre", "Zoé", "Sénégal"], ["Le\ufffdvre", "Zoé", "Sénégal"]]
    )  # fmt: skip
    assert sheet.rows[0].person.full_name == "François Lefèvre"
    assert sheet.rows[0].person.country == "SN"
    for number in (1, 2, 3):
        assert "mojibake" in marks(sheet, number)
    assert [row.person.full_name for row in sheet.rows[1:]] == [None, None]


def test_a_domain_one_slip_from_the_usual_one_is_reported() -> None:
    """Four people write a domain correctly, a fifth almost: a suggestion, not an address."""
    good = [[f"Ana Ruiz{c}", f"{c}@people.example.org"] for c in "abcd"]
    sheet = sheet_of([["Name", "E-mail"], *good, ["Eva Roy", "eva@poeple.example.org"]])
    assert sheet.rows[4].person.email is None
    assert [i.suggestion for i in sheet.rows[4].issues] == ["eva@people.example.org"]


@pytest.mark.parametrize(
    ("amount", "mark"),
    [("150 000 FCFA", "money_other_currency"), ("200 dollars", "money_other_currency"),
     ("5000 roupies", "money_other_currency"), ("200 €", "money_text"), ("TND 300", None)],
)  # fmt: skip
def test_money_of_another_country_is_never_euros(amount: str, mark: str | None) -> None:
    """A currency that several countries use is in doubt; one that is named is kept."""
    row = sheet_of([["Name", "Travel costs"], ["Ana Ruiz", amount]]).rows[0]
    money = row.answers.travel
    assert money is None or money.currency == ("EUR" if "€" in amount else "TND")
    assert mark is None or mark in {issue.code for issue in row.issues}


def test_E54_totals_notes_and_repeated_headings_are_left_out() -> None:
    """A row without a person says why it is left out (E54)."""
    head = ["Name", "E-mail", "Country"]
    sheet = sheet_of(
        [head, ["Ana Ruiz", "a@example.org", "Spain"], ["Grand total", "", ""],
         ["TOTAL: 12", "", ""], ["Please send the fee before the first of May", "", ""], head]
    )  # fmt: skip
    assert [row.why for row in sheet.rows] == [
        None,
        "The row is a total.",
        "The row is a total.",
        "The row is a note below or between the applications.",
        "The row repeats the headings.",
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [("1990年5月17日", (1990, 5, 17)), ("17-May-90", (1990, 5, 17)), ("May 17 90", None)],
)
def test_a_day_in_words_is_read_in_more_ways(text: str, day) -> None:
    """The signs of East Asia, and a year of two digits behind a month's name."""
    born = sheet_of([["Name", "Date of birth"], ["Ana Ruiz", text]]).rows[0].person.born
    assert born == (dt.date(*day) if day else None)


def test_a_suggestion_that_a_person_accepts_is_taken_over() -> None:
    """S04: accepted fields get their value and lose their doubt; others keep it."""
    rows = [["Name", "E-mail", "Date of birth", "Languages", "Country"],
            ["Ana Ruiz", "ana@hotmial.com", "03/04/1990", "", "Spaiin"]]  # fmt: skip
    accepted = {1: frozenset({"email", "born", "languages"})}
    row = sheet_of(rows, accepted=accepted).rows[0]
    assert row.person.email == "ana@hotmail.com"
    assert row.person.born == dt.date(1990, 4, 3)
    assert {issue.field for issue in row.issues} == {"languages", "country"}


def test_words_that_are_no_language_are_no_suggestion() -> None:
    """A cleaner spelling is not offered for codes, and accepting it does nothing."""
    rows = [["Name", "Languages"], ["Ana Ruiz", "<b>xyzzy</b>"]]
    (row,) = sheet_of(rows, accepted={1: frozenset({"languages"})}).rows
    assert row.person.languages == ()
    assert any(issue.suggestion == "xyzzy" for issue in row.issues)
    assert suggested(row) == ()
    rows = [["Name", "Country"], ["Ana Ruiz", "<b>Atlantis</b>"]]
    (row,) = sheet_of(rows, accepted={1: frozenset({"country"})}).rows
    assert (row.person.country, suggested(row)) == (None, ())


def test_E55_a_text_that_is_not_in_the_chosen_encoding_is_refused() -> None:
    """The sentence names the encoding, and another one can be chosen (E55)."""
    for data, encoding in (("Zoë".encode("cp1252"), "utf-8"), (b"a\0b", "utf-16")):
        with pytest.raises(RuleBroken, match=f"not written in {encoding}"):
            understood(data, Choices(opening=Opening(encoding)))


def test_E55_an_encoding_and_a_heading_row_that_were_chosen_hold() -> None:
    """A choice that somebody made is not guessed again (E54, E55)."""
    opening = Opening("cp1252", ";", 2)
    data = "Nom;Pays\nName;Country\nZoë;Spain\n".encode("cp1252")
    sheet = understood(data, Choices(opening=opening))
    assert (sheet.encoding, sheet.header_row) == ("cp1252", 2)
    assert sheet.rows[0].person.full_name == "Zoë"


def test_S03_a_form_is_known_again_by_its_headings() -> None:
    """A mapping that was saved serves the next sheet, even with one more question (S03)."""
    saved = Mapping({"Who": "full_name", "Contact": "email", "Place": "country", "Tint": None})
    head = ["Who", "Contact", "Place", "Tint", "Remarks"]
    known = sheet_of([head, ["Ana", "a@example.org", "Spain", "red", "-"]], saved=(saved,))
    assert known.is_known_form
    assert known.rows[0].person.email == "a@example.org"
    other = sheet_of([["Name", "E-mail"], ["Ana", "a@example.org"]], saved=(saved,))
    assert not other.is_known_form


def test_reading_many_rows_can_be_watched_and_stopped() -> None:
    """What looks on hears how far it is, and may end it."""
    text = "Name,E-mail\n" + "".join(f"Ana,a{n}@example.org\n" for n in range(450))
    heard: list[tuple[int, int]] = []

    def watch(done: int, total: int) -> None:
        heard.append((done, total))
        if done == 400:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        understand(read(text.encode(), "a.csv"), "a.csv", reference_date=START, progress=watch)
    assert heard == [(200, 450), (400, 450)]


@pytest.mark.parametrize(
    ("name", "kept"),
    [("Smith, John", "John Smith"), ("DE VRIES, Anna", "Anna de Vries"),
     ("van den Berg, Piet", "Piet van den Berg"), ("John Smith, Jr.", "John Smith, Jr.")],
)  # fmt: skip
def test_E22_a_comma_says_that_the_family_name_is_first(name: str, kept: str) -> None:
    """The name is kept in the order in which it is spoken, and marked (E22)."""
    sheet = sheet_of([["Full name", "E-mail"], [name, "a@example.org"], ["Jan de Vries", ""]])
    assert sheet.rows[0].person.full_name == kept
    assert ("name_family_first" in marks(sheet)) == (name != kept)


def test_a_row_of_no_answers_names_nobody() -> None:
    """Dashes and "n/a" in place of name and address are not an application."""
    sheet = sheet_of([["Full name", "E-mail", "Country"], ["n/a", "-", "Spain"]])
    assert sheet.rows[0].why == "The row names nobody."


def test_E29_a_year_alone_or_nothing_is_no_birth_date() -> None:
    """Half a date is kept in the raw row and marked, never made whole (E29)."""
    sheet = sheet_of(
        [["Full name", "Date of birth"], ["Ana Pérez", "1998"], ["Bo Li", ""],
         ["Cy Roe", "March 1999"], ["Di Om", "13/04/1999"]]
    )  # fmt: skip
    assert [row.person.born for row in sheet.rows if row.person] == [
        *(None, None, None),
        dt.date(1999, 4, 13),
    ]
    assert [marks(sheet, n) for n in (1, 2, 3, 4)] == [
        {"date_free_text"}, {"missing_birth_date"}, {"date_free_text"}, set(),
    ]  # fmt: skip
    assert sheet.rows[0].raw["Date of birth"] == "1998"
