"""What a cell of a form means: names, dates, addresses, amounts, places, languages."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolapp.domain.money import Money
from schoolapp.domain.reading_cells import (
    addresses,
    amounts,
    countries,
    dates,
    name_capitals,
    names,
)
from schoolapp.domain.reading_cells import languages as language_cells
from schoolapp.domain.reading_cells.cell_text import clean

EARLIEST, LATEST = dt.date(1927, 1, 1), dt.date(2017, 12, 31)
UNKNOWN = dates.DateHabit()
NOTHING = name_capitals.Spellings.of([])


@pytest.mark.parametrize(
    ("text", "day", "marks"),
    [
        ("1978-07-19", "1978-07-19", set()),
        ("1978/07/19", "1978-07-19", set()),
        ("19780719", "1978-07-19", set()),
        ("19/07/1978", "1978-07-19", set()),
        ("7-19-1978", "1978-07-19", set()),
        ("۱۹/۰۷/۱۹۷۸", "1978-07-19", set()),
        ("05.05.1985", "1985-05-05", set()),
        ("19 juillet 1978", "1978-07-19", set()),
        ("July 19th, 1978", "1978-07-19", set()),
        ("1978 July 19", "1978-07-19", set()),
        ("19 de julio de 1978", "1978-07-19", set()),
        ("26/01/11", "2011-01-26", {"date_two_digit_year"}),
        ("02/07/2007", None, {"date_ambiguous"}),
        ("12/07/08", None, {"date_ambiguous", "date_two_digit_year"}),
        ("01/01/1980", None, {"date_placeholder"}),
        ("1900-01-01", None, {"date_placeholder"}),
        ("2027-02-11", None, {"date_implausible"}),
        ("31/02/1990", None, {"date_implausible"}),
        ("1978", None, {"date_free_text"}),
        ("in July", None, {"date_free_text"}),
        ("19 Julember 1978", None, {"date_free_text"}),
        ("19 July 78", "1978-07-19", {"date_two_digit_year"}),
        ("99/99/1990", None, {"date_implausible"}),
    ],
)
def test_E56_a_date_is_read_if_it_can_mean_one_day_only(text, day, marks) -> None:
    """A date has one meaning, or it has none and a mark (E56)."""
    reading = dates.read_date(text, UNKNOWN, EARLIEST, LATEST)
    assert reading.value == (dt.date.fromisoformat(day) if day else None)
    assert reading.marks == marks


def test_E56_a_column_shows_its_order_only_as_a_suggestion() -> None:
    """The order of a column ranks the meanings of an ambiguous date; only a choice decides."""
    seen = dates.habit(["07/19/1978", "03/25/1980", "12 May 1990"])
    reading = dates.read_date("02/07/2007", seen, EARLIEST, LATEST)
    assert seen.order == "mdy"
    assert reading.value is None
    assert reading.candidates == (dt.date(2007, 2, 7), dt.date(2007, 7, 2))
    chosen = dates.DateHabit("mdy", chosen=True)
    assert dates.read_date("02/07/2007", chosen, EARLIEST, LATEST).value == dt.date(2007, 2, 7)


def test_E56_a_column_with_both_orders_shows_none() -> None:
    """Cells that contradict each other show no order."""
    assert dates.habit(["07/19/1978", "19/07/1978"]).order is None


def test_a_two_digit_year_stands_first_where_the_column_says_so() -> None:
    """Beside years of four digits in front, two digits in front are the year."""
    column = dates.habit(["1978/07/19"])
    assert dates.read_date("01/08/19", column, EARLIEST, LATEST).value == dt.date(2001, 8, 19)


def test_two_possible_centuries_are_a_doubt() -> None:
    """A two-digit year that fits two centuries is not a date."""
    reading = dates.read_date("20/01/16", UNKNOWN, dt.date(1900, 1, 1), LATEST)
    assert reading.value is None
    assert len(reading.candidates) == 2


@given(
    st.dates(EARLIEST, LATEST), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%y", "%Y-%m-%d"])
)
def test_E56_a_kept_date_is_never_another_day(day: dt.date, form: str) -> None:
    """Whatever the order, a date that is kept is the day that was written."""
    reading = dates.read_date(day.strftime(form), UNKNOWN, EARLIEST, LATEST)
    assert reading.value in (day, None)
    assert reading.value is not None or reading.marks


def test_a_day_number_needs_its_epoch() -> None:
    """40202 is 24 January 2010 in one workbook and 25 January 2014 in another."""
    assert dates.from_serial(40202, epoch_1904=False) == dt.date(2010, 1, 24)
    assert dates.from_serial(40202, epoch_1904=True) == dt.date(2014, 1, 25)
    assert dates.from_serial(12, epoch_1904=False) is None


@pytest.mark.parametrize(
    ("text", "country", "full", "marks"),
    [
        ("Thabo Dlamini", None, "Thabo Dlamini", set()),
        ("HAMZA MEHSUD", None, "Hamza Mehsud", {"name_all_caps"}),
        ("WOUT VAN DEN BOSSCHE", "NL", "Wout van den Bossche", {"name_all_caps"}),
        ("ÉMILE N'DIAYE", None, "Émile N'Diaye", {"name_all_caps"}),
        ("ANNE-MARIE O’NEILL", "IE", "Anne-Marie O’Neill", {"name_all_caps"}),
        ("ROB MCNEIL", "GB", "Rob McNeil", {"name_all_caps"}),
        ("IŞIK YILDIRIM", "TR", "Işık Yıldırım", {"name_all_caps"}),
        ("MEHSUD Zainab", None, "Zainab Mehsud", {"name_family_first"}),
        ("VAN DEN BOSSCHE Wout", "BE", "Wout Van den Bossche", {"name_family_first"}),
        ("Zainab MEHSUD", None, "Zainab Mehsud", {"name_all_caps_family"}),
        ("Ana MARIA Paz", None, "Ana MARIA Paz", set()),
        ("Ana DE Paz", None, "Ana DE Paz", set()),
        ("Dr. Asha Yadav", None, "Asha Yadav", {"name_title"}),
        ("Mme Dr Asha Yadav", None, "Asha Yadav", {"name_title"}),
        ("K. Selvarani", None, "K. Selvarani", {"name_initials"}),
        ("Suryani", None, "Suryani", {"name_one_word"}),
        ("حمزہ قریشی", None, None, {"name_non_latin_only"}),
    ],
)
def test_E21_E22_a_name_keeps_who_it_names(text, country, full, marks) -> None:
    """Titles, capitals and order are corrected and marked; the rest stays (E21, E22)."""
    reading = names.read_full_name(text, NOTHING, country)
    assert reading.full == full
    assert reading.marks == marks
    assert (reading.native is None) == (full is not None)


def test_E22_capitals_follow_the_spelling_elsewhere_in_the_sheet() -> None:
    """MACASKILL is MacAskill where another row writes so, MACARAEG is Macaraeg."""
    seen = name_capitals.Spellings.of(["MacAskill", "TORRES", "ana"])
    assert names.read_parts("Ruaridh", "MACASKILL", seen, "GB").family == "MacAskill"
    assert names.read_parts("Danilo", "MACARAEG", seen, "PH").family == "Macaraeg"


@pytest.mark.parametrize(
    ("given", "family", "country", "full"),
    [
        ("JUSTINE", "VAN DEN BOSSCHE", "BE", "Justine Van den Bossche"),
        ("LOTTE", "'T JOLLE", "BE", "Lotte 't Jolle"),
        ("MARICEL", "DELA CRUZ", "PH", "Maricel dela Cruz"),
        ("Ana", "", None, "Ana"),
        ("فاطمہ", "خان", "PK", None),
    ],
)
def test_E22_a_name_in_two_parts_is_put_together(given, family, country, full) -> None:
    """Given and family name in capitals get their usual letters."""
    reading = names.read_parts(given, family, NOTHING, country)
    assert reading.full == full


@pytest.mark.parametrize(
    ("raw", "email", "marks", "suggestion"),
    [
        ("ana@example.org", "ana@example.org", set(), None),
        ("mailto:ana@example.org", "ana@example.org", set(), None),
        ("Ana Paz <ana@example.org>", "ana@example.org", set(), None),
        (" ana@example.org\u00a0", "ana@example.org", {"email_trimmed"}, None),
        ("ANA@EXAMPLE.ORG", "ana@example.org", {"email_case"}, None),
        ("ana at example.org", None, {"email_invalid"}, "ana@example.org"),
        ("ana(at)example dot org", None, {"email_invalid"}, "ana@example.org"),
        ("ana,paz@example.org", None, {"email_invalid"}, "ana.paz@example.org"),
        ("none", None, {"email_invalid"}, None),
        ("ana@gmial.com", None, {"email_suspect_domain"}, "ana@gmail.com"),
        ("ana@gmail.con", None, {"email_suspect_domain"}, "ana@gmail.com"),
        ("ana@yahoo.co", None, {"email_suspect_domain"}, "ana@yahoo.com"),
        ("ana@yahoo.co.uk", "ana@yahoo.co.uk", set(), None),
        ("ana@ymail.com", "ana@ymail.com", set(), None),
        ("ana@empresa.co", "ana@empresa.co", set(), None),
        ("a@example.org; b@example.org", "a@example.org", {"email_multiple"}, None),
        ("a@gmial.com / b@example.org", None, {"email_multiple", "email_suspect_domain"},
         "b@example.org"),
        ("a@gmial.com, b@@", None, {"email_multiple", "email_suspect_domain", "email_invalid"}, None),  # noqa: E501
    ],
)  # fmt: skip
def test_an_address_can_be_written_to_or_is_a_doubt(raw, email, marks, suggestion) -> None:
    """Only valid addresses are kept; a correction is only suggested."""
    reading = addresses.read_email(raw)
    assert reading.email == email
    assert reading.marks == marks
    assert reading.suggestion == suggestion


def test_spoilt_phone_numbers_are_not_kept() -> None:
    """A phone number that a spreadsheet has shortened is null, and marked."""
    assert addresses.read_phone("+31 6 12345678", number=False).phone == "+31 6 12345678"
    assert addresses.read_phone("31612345678", number=True).suggestion == "+31612345678"
    assert addresses.read_phone("3.22556E+10", number=False).phone is None


@pytest.mark.parametrize(
    ("text", "money", "marks"),
    [
        ("300", Money.of("300", "EUR"), set()),
        ("1100.50", Money.of("1100.50", "EUR"), set()),
        ("€ 1.100,50", Money.of("1100.50", "EUR"), {"money_text"}),
        ("1,100", Money.of("1100", "EUR"), {"money_text"}),
        ("1'100.5", Money.of("1100.50", "EUR"), {"money_text"}),
        ("140,-", Money.of("140", "EUR"), {"money_text"}),
        ("70€ (étudiant·e)", Money.of("70", "EUR"), {"money_text"}),
        ("all 300", Money.of("300", "EUR"), {"money_text"}),
        ("۳۰۰", Money.of("300", "EUR"), set()),
        ("5500 DKK", Money.of("5500", "DKK"), {"money_other_currency"}),
        ("300 php", Money.of("300", "PHP"), {"money_other_currency"}),
        ("₱5,000", Money.of("5000", "PHP"), {"money_other_currency"}),
        ("5500 kr", None, {"money_other_currency"}),
        ("100 or 200", None, {"money_text"}),
        ("100-200", None, {"money_text"}),
        ("nothing", None, {"money_text"}),
        ("1.2345", None, {"money_text"}),
    ],
)
def test_an_amount_is_read_with_its_currency(text, money, marks) -> None:
    """An amount is whole minor units of one currency, or null (money_other_currency)."""
    reading = amounts.read_money(text, "EUR")
    assert reading.money == money
    assert reading.marks == marks


@pytest.mark.parametrize(
    ("text", "country", "marked"),
    [
        ("Belgium", "BE", False),
        ("BE", "BE", False),
        ("Turkey", "TR", False),
        ("Brasil", "BR", True),
        ("mali", "ML", True),
        ("RDC", "CD", True),
        ("Phillipines", "PH", True),
        ("فلپائن", "PH", True),
        ("Congo", None, True),
        ("Austrlia", None, True),
        ("Nigera", None, True),
        ("Atlantis", None, True),
        ("xyz", None, True),
    ],
)
def test_a_country_is_one_country_or_a_doubt(text, country, marked) -> None:
    """Names in all languages of the forms are understood; what is close to two is null."""
    reading = countries.read_country(text, "en")
    assert reading.country == country
    assert bool(reading.marks) == marked


def test_a_delegation_names_its_country_in_one_or_more_languages() -> None:
    """A delegation is a country only if all its names mean that country."""
    assert countries.country_of_delegation("Écosse / Scotland") == "GB"
    assert countries.country_of_delegation("Belgium / France") is None
    assert countries.country_of_delegation("Belgium (late)") is None


@pytest.mark.parametrize(
    ("text", "languages", "marked"),
    [
        ("nl/en", ("nl", "en"), False),
        ("English, French", ("en", "fr"), False),
        ("Castellano, euskara, inglés B1", ("es", "eu", "en"), True),
        ("Engels en Frans", ("en", "fr"), False),
        ("انگریزی، فرانسیسی", ("en", "fr"), False),
        ("some Klingonese, en", ("en",), True),
        ("en, English", ("en",), False),
    ],
)
def test_languages_are_tags(text, languages, marked) -> None:
    """Tags and names are understood, anything beside them is marked."""
    reading = language_cells.read_languages(text)
    assert reading.languages == languages
    assert bool(reading.marks) == marked


@pytest.mark.parametrize(
    ("raw", "text", "marks"),
    [
        ("plain", "plain", set()),
        ("  Ayesha\u00a0Mehsud \u200b", "Ayesha Mehsud", {"whitespace"}),
        ("Jose\u0301", "José", {"unicode_nfd"}),
        ("\u202eevil\u202c", "evil", {"bidi_control"}),
        ("<p>a <b>b</b></p><script>alert(1)</script>&amp; c", "a b & c", {"html"}),
        ("a <b and c> d", "a <b and c> d", set()),
        ("one\r\ntwo", "one two", {"newline_in_cell"}),
        ("=1+1", "=1+1", {"formula"}),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0", {"formula"}),
        ("@SUM(A1)", "@SUM(A1)", {"formula"}),
        ("+32 2 555 0100", "+32 2 555 0100", set()),
        ("- I want to learn", "- I want to learn", set()),
        ("য়", "\u09af\u09bc", set()),
    ],
)
def test_E53_E57_a_cell_is_cleaned_and_says_of_what(raw, text, marks) -> None:
    """The words stay, what stood beside them is marked (E53, E57)."""
    assert clean(raw).text == text
    assert clean(raw).marks == marks


def test_the_lines_of_a_motivation_stay() -> None:
    """Line breaks are kept where a text has lines."""
    assert clean(" a  b \n c", lines=True).text == "a b\nc"


@given(st.text(max_size=40))
def test_E53_a_cleaned_cell_holds_no_control_and_is_clean(text: str) -> None:
    """No control or direction character comes through, and cleaning again changes nothing."""
    once = clean(text).text
    assert not any(c in once for c in "\x00\x1b\u202e\u2066\u200b\ufeff\u0085")
    if "html" not in clean(text).marks:
        assert clean(once).text == once


def test_a_text_that_was_spoilt_behind_a_hidden_sign_is_mended() -> None:
    """Spoilt twice, or split by an invisible sign: the word is restored and marked."""
    twice = "Zoé".encode().decode("cp1252").encode().decode("cp1252")
    for raw in (twice, "Zo\u00c3\u200b\u00a9"):
        found = clean(raw)
        assert found.text == "Zoé"
        assert "mojibake" in found.marks
