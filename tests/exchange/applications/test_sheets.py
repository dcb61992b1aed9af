"""Where a table begins, what its columns hold and who may be one person."""

import datetime as dt
import io

import pytest
import xlsxwriter

from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.applications.drafts import ImportedSheet, KnownPerson, OtherTable
from schoolapp.exchange.applications.duplicates import find_alike
from schoolapp.exchange.applications.importing import Choices, understand
from schoolapp.exchange.applications.mapping import Mapping, columns_of
from schoolapp.exchange.applications.reading import decode, find_delimiter, read

START = dt.date(2027, 10, 23)


def wall(*parts: int) -> dt.datetime:
    return dt.datetime(*parts)  # noqa: DTZ001 - a form says no zone


def sheet_of(text: str, **kwargs) -> ImportedSheet:
    return understand(read(text.encode(), "a.csv"), "a.csv", reference_date=START, **kwargs)


def book(rows: list[list], **options) -> ImportedSheet:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **options}) as workbook:
        sheet = workbook.add_worksheet()
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, dt.datetime):
                    sheet.write_datetime(r, c, value, moment)
                elif isinstance(value, dt.date):
                    sheet.write_datetime(r, c, dt.datetime.combine(value, dt.time()), day)
                else:
                    sheet.write(r, c, value)
    return understand(read(out.getvalue(), "a.xlsx"), "a.xlsx", reference_date=START)


def codes(sheet: ImportedSheet, row: int = 1) -> set[str]:
    return {issue.code for issue in sheet.rows[row - 1].issues}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_E55_the_strictest_encoding_that_fits_is_taken(encoding: str) -> None:
    """Every encoding of the forms is found, and the text comes through (E55)."""
    text = "Nom;Pays\r\nZoé Muñoz;Espagne\r\n"
    assert decode(text.encode(encoding)) == (text, encoding)


def test_the_delimiter_is_the_one_that_parts_all_rows_alike() -> None:
    """Commas inside semicolon rows do not count, nor does a file of one column."""
    assert find_delimiter("a;b\nx, y, z;1\nq;2, 3\n") == ";"
    assert find_delimiter("a\nb\n") == ","


def test_E54_group_headings_name_the_options_below_them() -> None:
    """A Drupal export has the question in one row and its options in the next."""
    sheet = sheet_of(
        "Form,,,,\nNom,E-mail,Langues,,Modules\n,,français,anglais,un\nAna Paz,a@example.org,X,,X\n"
    )
    assert sheet.header_row == 3
    assert sheet.rows[0].person.languages == ("fr",)
    assert sheet.rows[0].answers.modules == ("un",)


def test_a_survey_with_codes_and_questions_is_known() -> None:
    """LimeSurvey may write the code and the question, or the question and its option."""
    found = columns_of(["NAME. What is your name?", "LANG[fr]. Languages [French]", "Languages [Dutch]",  # noqa: E501
                        "Emergency contact phone", "Email", "Email", "x" * 201, "Q1. Your e-mail",
                        "Diet [other]"])  # fmt: skip
    assert [c.field for c in found] == [
        "full_name", "languages", "languages", None, "email", None, None, None, "diet",
    ]  # fmt: skip
    assert [c.option for c in found[1:3]] == ["fr", "Dutch"]


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (["Nom", "Prénom"], ["family", "given"]),
        (["Nombre", "Apellidos"], ["given", "family"]),
        (["Nombre", "Correo"], ["full_name", "email"]),
        (["Name of your organisation", "Name"], ["organisation", "full_name"]),
    ],
)
def test_a_bare_name_means_what_its_neighbours_leave(headings, fields) -> None:
    """ "Nom" beside "Prénom" is the family name, alone it is the whole name."""
    assert [column.field for column in columns_of(headings)] == fields


def test_a_given_mapping_wins() -> None:
    """A choice overrides the guess, also to leave a column out."""
    mapping = Mapping.from_json('{"Contact": "email", "Country": null, "Who": "full_name"}')
    sheet = sheet_of("Who,Contact,Country\nAna Paz,a@example.org,Spain\n", choices=Choices(mapping))
    assert sheet.rows[0].person.email == "a@example.org"
    assert sheet.rows[0].person.country is None


@pytest.mark.parametrize(
    "text",
    ["{", "[]", '{"a": "nonsense"}', '{"a": 1}', '{"columns": {}, "date_order": {"born": "ymd"}}',
     '{"columns": {}, "countries": ["x"]}', '{"columns": {}, "countries": {"Holland": "ZZ"}}',
     '{"columns": {}, "countries": {"Holland": ["NL"]}}'],
)  # fmt: skip
def test_a_wrong_mapping_is_refused(text: str) -> None:
    """An invalid mapping is refused with a sentence."""
    with pytest.raises(RuleBroken, match="mapping"):
        Mapping.from_json(text)


def test_a_file_without_headings_is_refused() -> None:
    """If no row can be a heading, nothing is guessed."""
    with pytest.raises(RuleBroken, match="headings"):
        sheet_of("1\n2\n")


def test_E54_what_is_no_application_is_left_out() -> None:
    """Repeated headings, totals, blank rows and rows without a person are kept as left out."""
    sheet = sheet_of(
        "Name,Email,Phone\nAna Paz,a@example.org,\n,,\nTotal 1,,\nName,Email,Phone\n,,123\n"
    )
    assert [row.why for row in sheet.rows] == [
        None, "The row is empty.", "The row is a total.", "The row repeats the headings.",
        "The row names nobody.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("stamp", "moment"),
    [
        ("2023/06/04 1:28:19 PM GMT+5:30", wall(2023, 6, 4, 13, 28, 19)),
        ("2023/06/04 12:05:00 AM", wall(2023, 6, 4, 0, 5)),
        ("2027-03-02 02:33:47", wall(2027, 3, 2, 2, 33, 47)),
        ("25/12/2026 9:05", wall(2026, 12, 25, 9, 5)),
        ("2027-03-02 99:33", wall(2027, 3, 2)),
        ("02/03/2027 10:00:00", None),
    ],
)
def test_a_time_stamp_is_read_if_its_order_is_known(stamp: str, moment) -> None:
    """Google's and LimeSurvey's stamps are understood; an ambiguous one is null."""
    assert sheet_of(f"Timestamp,Name\n{stamp},Ana Paz\n").rows[0].submitted_at == moment


def test_workbook_cells_keep_their_kind() -> None:
    """Dates, moments, numbers and truth values of a workbook are read as such."""
    sheet = book([["Timestamp", "Name", "Born", "Phone", "Visa", "Fee DKK"],
                  [wall(2027, 3, 2, 10, 30), "Ana Paz", dt.date(1990, 3, 4), 31612345678, True, 12.5],  # noqa: E501
                  [dt.date(2027, 3, 2), "Eva Roy", 40202, "3.2E+10", "maybe", "300 EUR"]])  # fmt: skip  # noqa: E501
    first, second = sheet.rows
    assert first.submitted_at == wall(2027, 3, 2, 10, 30)
    assert first.person.born == dt.date(1990, 3, 4)
    assert first.answers.needs_visa is True
    assert str(first.answers.fee) == "12.50 DKK"
    assert codes(sheet, 1) == {"phone_as_number"}
    assert second.person.born == dt.date(2010, 1, 24)
    assert second.answers.needs_visa is None
    assert "money_other_currency" in codes(sheet, 2)


def test_a_day_number_counts_from_the_workbooks_epoch() -> None:
    """The same number is another day in a workbook that counts from 1904, none in a text file."""
    later = book(
        [["Name", "Born"], ["Ana Paz", 40202]],
        **{
            "default_date_format": "",
        },
    )
    assert later.rows[0].person.born == dt.date(2010, 1, 24)
    text = sheet_of("Name,Born\nAna Paz,40202\nEva Roy,20000\n")
    assert text.rows[0].person.born is None
    assert "date_excel_serial_number" in codes(text)


NAMES = "Surname,First name,E-mail\n"
MANY = "Paz,Ana,ana.paz@example.org\nRoy,Eva,eva.roy@example.org\nRoy,Ana,ana.roy@example.org\nKoc,Ida,ida.koc@example.org\n"  # noqa: E501


def test_exchanged_names_are_mended_only_on_three_proofs() -> None:
    """Both names used the other way round and the address: sure; less than that: null."""
    sure = sheet_of(f"{NAMES}{MANY}Ana,Paz,ana.paz2@example.org\n").rows[4]
    assert sure.person.full_name == "Ana Paz"
    half = sheet_of(f"{NAMES}{MANY}Ana,Lopez,ana.lopez@example.org\n").rows[4]
    assert half.person.full_name is None
    assert {i.suggestion for i in half.issues if i.code == "name_swapped"} == {"Ana Lopez"}
    none = sheet_of(f"{NAMES}{MANY}Ana,Paz,\n,,x@example.org\n").rows
    assert none[5].person.full_name is None
    assert none[5].person.full_name is None


def same(one: str, other: str, known=()) -> list:
    head = "Name,Native name,E-mail,Date of birth,Phone\n"
    return list(sheet_of(f"{head}{one}\n{other}\n", known=known).pairs)


@pytest.mark.parametrize(
    ("one", "other", "proposed"),
    [
        ("Ayesha Khan,,a@example.org,1990-05-20,", "Khan Aisha,,b@example.org,1990-05-20,", True),
        ("Ayesha Khan,عائشہ خان,,1990-05-20,", "Aicha Cahn,عائشہ خان,,1990-05-20,", True),
        ("Muhammad Iqbal,,a@example.org,1990-05-20,", "محمد اقبال,,a@example.org,1990-05-20,", True),  # noqa: E501
        ("Zarina Karimova,,,1990-05-20,", "Зарина Каримова,,,1990-05-20,", True),
        ("Zarina Karimova,,,1990-05-20,", "Зарина Каримова,,,1991-05-20,", False),
        ("Ana Paz,,a@example.org,1990-05-20,", "Ana Paz,,a@example.org,1991-05-20,", True),
        ("Ana Paz,,a@example.org,1990-05-20,", "Luis Paz,,a@example.org,1991-05-20,", False),
        ("Ana Paz,,a@example.org,,", "Luis Roca,,a@example.org,,", False),
        ("Ana Paz,,,,+31 6 12345678", "Anna Paz,,,,06 12345678", True),
        ("Ana Paz,,a@example.org,1990-05-20,", "Ana Paz,,b@example.org,1962-05-20,", False),
        ("Eva Roy,,,1990-05-20,", "Omar Diaz,,,1990-05-20,", False),
    ],
)  # fmt: skip
def test_S05_E24_pairs_are_proposed_for_reasons(one: str, other: str, proposed: bool) -> None:
    """Names are compared within a script and in any order, beside birth date and addresses."""
    pairs = same(one, other)
    assert bool(pairs) == proposed
    assert all(pair.reasons for pair in pairs)


def test_S05_a_known_person_who_shares_a_mailbox_is_reported() -> None:
    """The address of a known person with another name is marked, not merged."""
    known = [KnownPerson(1, ("Luis Roca",), None, ("A@example.org",), ("0612345678",))]
    sheet = sheet_of("Name,E-mail\nAna Paz,a@example.org\n", known=known)
    assert sheet.pairs == ()
    assert codes(sheet) == {"shared_email"}


def test_a_number_that_is_no_day_is_no_date() -> None:
    """A date cell with a number beyond any calendar is marked, not guessed at."""
    sheet = book([["Name", "Born"], ["Ana Paz", 19900304]])
    assert sheet.rows[0].person.born is None
    assert {"date_excel_serial_number", "date_free_text"} <= codes(sheet)


def test_a_name_without_letters_is_compared_with_nobody() -> None:
    """Digits have no script: they make no pair, the other names of the person do."""
    known = [KnownPerson(1, ("12345", "Ana Paz"))]
    sheet = sheet_of("Name,E-mail\nAna Paz,a@example.org\n12345,b@example.org\n", known=known)
    assert [(pair.row, pair.known) for pair in sheet.pairs] == [(1, 1)]


def test_empty_rows_at_the_end_of_a_text_are_no_rows() -> None:
    """A spreadsheet saved as text ends in rows of delimiters."""
    assert len(sheet_of("Name,E-mail\nAna Paz,a@example.org\n,\n,\n").rows) == 1


def test_headings_alone_and_an_empty_row_below_them_are_sheet_of() -> None:
    """A form nobody answered yet has no rows; an empty first row is no row of options."""
    assert sheet_of("Name,E-mail\n").rows == ()
    sheet = sheet_of("Name,E-mail\n,\nAna Paz,a@example.org\n")
    assert sheet.header_row == 1
    assert [row.why for row in sheet.rows] == ["The row is empty.", None]


def test_the_table_whose_headings_say_most_is_taken() -> None:
    """A table of other things behind the applications does not take their place."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        for name, rows in (
            ("People", [["Name", "E-mail"], ["Ana Paz", "a@example.org"]]),
            ("Rooms", [["Room", "Beds"], ["North", "2"], ["South", "4"]]),
        ):
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    found = understand(read(out.getvalue(), "a.xlsx"), "a.xlsx", reference_date=START)
    assert [row.person.full_name for row in found.rows] == ["Ana Paz"]
    assert found.other_tables == (OtherTable("Rooms", 2),)


def test_a_chosen_country_wins_over_the_word() -> None:
    """Once a person has said which country a word means, every row with it has that country."""
    chosen = Mapping(countries={"Home": "ES"})
    sheet = sheet_of(
        "Name,Country,Nationality\nAna Paz,Home,France\nEva Roy,France,Home\n",
        choices=Choices(chosen),
    )
    found = [(row.person.country, row.person.nationality) for row in sheet.rows]
    assert found == [("ES", "FR"), ("FR", "ES")]


def test_modules_in_one_cell_are_parted() -> None:
    """One answer may list several modules, each counts once and in its order."""
    sheet = sheet_of('Name,Modules\nAna Paz,"Ecology; History / Ecology,"\n')
    assert sheet.rows[0].answers.modules == ("Ecology", "History")


def test_known_people_who_may_be_one_are_proposed_likeliest_first() -> None:
    """Each pair once, the one known longer first; people who share nothing are in no pair."""
    born = dt.date(1990, 5, 17)
    people = [
        KnownPerson(1, ("Ana Ruiz",), born, ("ana@example.org",)),
        KnownPerson(2, ("Tom Brown",), dt.date(1985, 1, 1), ("tom@example.org",)),
        KnownPerson(3, ("Ana Ruiz",), born),
        KnownPerson(4, ("Ana Ruiz",), born, ("ana@example.org",)),
    ]
    found = find_alike(people)
    assert {(pair.one, pair.other) for pair in found} == {(1, 3), (1, 4), (3, 4)}
    assert (found[0].one, found[0].other) == (1, 4)
    assert [pair.score for pair in found] == sorted((p.score for p in found), reverse=True)
