"""What other forms and other people write: general rules that one file alone would not show."""

import csv
import datetime as dt
import io

import openpyxl
import pytest

from schoolapp.exchange.applications.drafts import ImportedSheet, SheetRow
from schoolapp.exchange.applications.importing import understand
from schoolapp.exchange.applications.mapping import columns_of
from schoolapp.exchange.applications.reading import read

FIRST_DAY = dt.date(2027, 10, 23)
MEANINGS = {
    "given": "Roepnaam|Nombre(s)|Ibinigay na pangalan|نام (پہلا)",
    "full_name": "Prénom NOM|Naam en voornaam|Participant|Pangalan at apelyido",
    "email": "Mél|Elektronikong sulat|برقی ڈاک|Correo-e",
    "born": "Né le|¿Cuándo naciste?|Geb. datum|Kailan ka ipinanganak?|آپ کب پیدا ہوئے؟",
    "country": "Bansang tinitirhan|Dans quel pays vivez-vous ?|Land|آپ کس ملک میں رہتے ہیں؟",
    "nationality": "Citizenship|Citoyenneté|Ciudadanía|Nationaliteit|Pagkamamamayan|شہریت",
    "birth_place": "Country of birth|Pays de naissance|Geboorteland",
    "phone": "Cellphone|Tfno|Telefoonnr.|Numero ng cellphone|Contact number",
    "travel": "Frais de transport|Costo del pasaje|Gastos sa paglalakbay|سفر کا خرچ",
    "subsidy": "Financial support|Aide financière|Ayuda económica|Tulong pinansyal|مالی مدد",
    "parental_consent": "Autorización de los padres|Toestemming van de ouders|Accord des parents",
    "first_time": "First time?|Première fois|Primera vez|Eerste keer|Unang beses|پہلی بار",
    "native_name": "نام اپنی زبان میں|Name in your own language/script",
    None: "Roommate name|Emergency contact e-mail|Name of your parent or guardian|Woonplaats",
}


def sheet(headings: str, *rows: tuple[str, ...]) -> ImportedSheet:
    """A comma separated file as it is understood; headings separated by ``|``."""
    text = io.StringIO()
    csv.writer(text).writerows([headings.split("|"), *rows])
    return understand(read(text.getvalue().encode(), "f.csv"), "f.csv", reference_date=FIRST_DAY)


def column(heading: str, *cells: str) -> list[SheetRow]:
    """The rows of a file with one column of this heading beside different names."""
    named = [(f"{chr(65 + n) * 3}a {chr(90 - n) * 3}o", cell) for n, cell in enumerate(cells)]
    return list(sheet(f"Full name|{heading}", *named).rows)


def codes(row: SheetRow) -> set[str]:
    """The codes of a row's issues."""
    return {issue.code for issue in row.issues}


@pytest.mark.parametrize("field", MEANINGS)
def test_S03_headings_of_six_languages_mean_a_field_or_nothing(field: str | None) -> None:
    """A heading means what a reader of its language would say (S03)."""
    guessed = {h: columns_of([h])[0].field for h in MEANINGS[field].split("|")}
    meanings = {h: "full_name" if found == "name" else found for h, found in guessed.items()}
    allowed = {field, "full_name"} if field == "given" else {field}
    assert set(meanings.values()) <= allowed, meanings


def test_E56_one_cell_of_another_hand_does_not_undo_what_the_column_shows() -> None:
    """The column's order holds for its own cells; an odd cell is judged alone (E56, S04)."""
    days = [f"{13 + n}/{1 + n % 9}/199{n % 10}" for n in range(12)] + [
        "1/2/1990",
        "3/4/1990",
        "5/6/1991",
    ]
    *_rest, plain, turned, odd = column("Born", *days, "7.8.92")
    assert (plain.person.born, codes(plain)) == (dt.date(1990, 4, 3), set())
    assert turned.person.born == dt.date(1991, 6, 5)
    assert odd.person.born is None
    assert "date_two_digit_year" in codes(odd)


def test_E54_a_heading_two_rows_high_is_known_wherever_it_stands() -> None:
    """A delegation column at the far end, merged downwards, still names each row's country."""
    book = openpyxl.Workbook()
    table = book.active
    table.append(["Camp 2027"])
    table.append([None, None, None, "Delegatie"])
    table.append(["Voornaam", "Achternaam", "Geb. datum"])
    table.append(["Lotte", "Bakker", dt.datetime(1999, 5, 23), "Zuid-Afrika"])  # noqa: DTZ001
    table.append(["Sipho", "Dube", dt.datetime(1998, 5, 23)])  # noqa: DTZ001
    table.merge_cells("D2:D3")
    table.merge_cells("D4:D5")
    data = io.BytesIO()
    book.save(data)
    found = understand(read(data.getvalue(), "a.xlsx"), "a.xlsx", reference_date=FIRST_DAY)
    assert [(r.answers.delegation, r.person.country) for r in found.rows] == [
        ("Zuid-Afrika", "ZA")
    ] * 2
    assert found.rows[0].person.born == dt.date(1999, 5, 23)


def test_E56_day_zero_of_a_workbook_is_a_placeholder() -> None:
    """A date cell without a date is what a spreadsheet calls day 0 (E56)."""
    book = openpyxl.Workbook()
    table = book.active
    table.append(["Full name", "Date of birth"])
    table.append(["Ana Pérez", 0])
    table["B2"].number_format = "dd/mm/yyyy"
    data = io.BytesIO()
    book.save(data)
    (row,) = understand(read(data.getvalue(), "a.xlsx"), "a.xlsx", reference_date=FIRST_DAY).rows
    assert row.person.born is None
    assert "date_placeholder" in codes(row)


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        ("Ingles, Pranses", ["en", "fr"]),
        ("English and a bit of French", ["en", "fr"]),
        ("English: fluent, Spanish: basic", ["en", "es"]),
        ("Spanish, no English", ["es"]),
        ("none", []),
    ],
)
def test_languages_in_more_words_are_found_and_never_denied_ones(
    cell: str, tags: list[str]
) -> None:
    """The languages that somebody speaks are found among other words; those they do not are not."""
    (row,) = column("Languages", cell)
    assert list(row.person.languages) == tags


@pytest.mark.parametrize(
    ("cell", "country"),
    [
        ("Germany (Berlin)", "DE"),
        ("Amsterdam, Netherlands", "NL"),
        ("nl", "NL"),
        ("Belgium/France", None),
        ("Georgia, USA", None),
    ],
)
def test_a_country_beside_other_words_is_known_if_it_is_the_only_one(
    cell: str, country: str | None
) -> None:
    """A town beside the country changes nothing; two countries are a doubt. Both are marked."""
    (row,) = column("Country", cell)
    assert (row.person.country, codes(row)) == (country, {"country_variant"})


@pytest.mark.parametrize("nothing", ["-", "N/A", "no tengo", "geen", "?"])
def test_a_word_for_no_answer_is_no_answer(nothing: str) -> None:
    """What people write to skip a question is neither an address nor a date."""
    (row,) = sheet("Full name|E-mail|Born", ("Ana Pérez", nothing, nothing)).rows
    assert codes(row) == {"email_missing", "missing_birth_date"}


def test_an_address_with_a_full_stop_behind_it_is_trimmed() -> None:
    """Signs around an address are removed and marked."""
    (row,) = column("E-mail", "ana@example.org.")
    assert (row.person.email, codes(row)) == ("ana@example.org", {"email_trimmed"})


@pytest.mark.parametrize(
    ("heading", "letters", "meanings"),
    [("Gender", "H M", "man woman"), ("Gender", "H F", "man woman"),
     ("Gender", "F M", "woman man"), ("Geslacht", "V M", "woman man"),
     ("Sexo", "V M", "man woman"), ("Gender", "W M", "woman man"),
     ("Kasarian", "B L", "woman man"), ("Gender", "M M", "man man")],
)  # fmt: skip
def test_the_letters_of_a_column_say_what_one_of_them_means(
    heading: str, letters: str, meanings: str
) -> None:
    """M is a woman beside H (Spanish) and beside V on a Spanish form, a man on a Dutch one."""
    rows = column(heading, *letters.split())
    assert [row.person.gender for row in rows] == meanings.split()
    assert not any(map(codes, rows))


@pytest.mark.parametrize(("heading", "letters"), [("Gender", "V M"), ("Sexo", "M M")])
def test_letters_that_could_mean_either_are_asked_about(heading: str, letters: str) -> None:
    """V and M are Dutch or Spanish, M alone is mujer or masculino: nobody is guessed."""
    rows = column(heading, *letters.split())
    assert [(row.person.gender, codes(row)) for row in rows] == [(None, {"gender_free_text"})] * 2


def test_E58_a_test_names_what_it_tests() -> None:
    """``Test person`` is left out; somebody called Test is not (E58)."""
    given = [("Test person", "a@example.org"), ("John Test", "b@example.org")]
    rows = sheet("Full name|E-mail", *given).rows
    assert [row.skipped for row in rows] == [True, False]


def test_signs_and_figures_are_no_name() -> None:
    """A cell without a letter names nobody, and is marked."""
    (row,) = sheet("Full name|E-mail", ("123", "a@example.org")).rows
    assert (row.person.full_name, codes(row)) == (None, {"name_one_word"})


def test_E24_names_that_part_their_words_otherwise_are_proposed() -> None:
    """``Dela Cruz`` and ``Delacruz`` with one address may be one person (E24)."""
    rows = sheet(
        "Full name|E-mail", ("Ana Dela Cruz", "a@example.org"), ("Ana Delacruz", "A@example.org")
    ).rows
    assert rows[1].duplicate_of == 1


@pytest.mark.parametrize(
    ("cell", "part", "minor"),
    [("1990", "1990", False), ("05/1990", "1990-05", False), ("mai 2012", "2012-05", True),
     ("around 1990", None, False), ("1066", None, False)],
)  # fmt: skip
def test_E29_a_year_or_month_of_birth_is_kept_as_it_is(
    cell: str, part: str | None, minor: bool
) -> None:
    """The date stays empty and is marked; the part is kept beside it, never completed (E29)."""
    (row,) = column("Born", cell)
    assert (row.person.born, row.person.born_partly) == (None, part)
    assert codes(row) == {"date_free_text"} | ({"minor"} if minor else set())


def test_E29_a_number_of_a_workbook_can_be_a_year() -> None:
    """The number 1990 in a date column is a year, not a day of 1905 (E29)."""
    book = openpyxl.Workbook()
    for line in (["Full name", "Date of birth"], ["Ana Pérez", 1990]):
        book.active.append(line)
    data = io.BytesIO()
    book.save(data)
    (row,) = understand(read(data.getvalue(), "a.xlsx"), "a.xlsx", reference_date=FIRST_DAY).rows
    assert (row.person.born, row.person.born_partly) == (None, "1990")


@pytest.mark.parametrize(
    ("cell", "country", "marks"),
    [("Mexico", "MX", set()), ("Holland", "NL", set()), ("-", None, set()),
     ("Congo", None, {"country_variant"}), ("Amsterdammer", None, {"country_variant"}),
        ("Filipina", "PH", set()),
        ("Zuid-Afrikaanse", "ZA", set()),
        ("پاکستانی", "PK", set()),
        ("Congolese", None, {"country_variant"}),
        ("Dutch / Moroccan", None, {"country_variant"})],
)  # fmt: skip
def test_P07_a_nationality_is_taken_over_or_asked_about(
    cell: str, country: str | None, marks: set[str]
) -> None:
    """A nationality comes from its own column and from nowhere else."""
    (row,) = column("Nationality", cell)
    assert (row.person.nationality, row.person.country, codes(row)) == (country, None, marks)
