"""Makes untidy application sheets with the true values of every row, in any language and order."""

import csv
import datetime as dt
import io
import random
from dataclasses import dataclass, field

import xlsxwriter

HEADINGS = {
    "en": (
        "Timestamp",
        "Full name",
        "E-mail address",
        "Date of birth",
        "Country of residence",
        "Languages",
    ),
    "fr": (
        "Horodateur",
        "Nom complet",
        "Adresse e-mail",
        "Date de naissance",
        "Pays de résidence",
        "Langues",
    ),
    "es": (
        "Marca temporal",
        "Nombre y apellidos",
        "Correo electrónico",
        "Fecha de nacimiento",
        "País",
        "Idiomas",
    ),
    "nl": ("Tijdstempel", "Volledige naam", "E-mailadres", "Geboortedatum", "Woonland", "Talen"),
    "fil": ("Timestamp", "Buong pangalan", "Email", "Petsa ng kapanganakan", "Bansa", "Mga wika"),
    "ur": ("ٹائم اسٹیمپ", "پورا نام", "ای میل", "تاریخ پیدائش", "ملک", "زبانیں"),
}
COUNTRIES = {
    "en": {"Belgium": "BE", "Pakistan": "PK", "South Africa": "ZA"},
    "fr": {"Belgique": "BE", "Pakistan": "PK", "Afrique du Sud": "ZA"},
    "es": {"Bélgica": "BE", "Pakistán": "PK", "Sudáfrica": "ZA"},
    "nl": {"België": "BE", "Pakistan": "PK", "Zuid-Afrika": "ZA"},
    "fil": {"Belgium": "BE", "Pakistan": "PK", "South Africa": "ZA"},
    "ur": {"بیلجیم": "BE", "پاکستان": "PK", "جنوبی افریقہ": "ZA"},
}
LANGUAGES = {
    "en": {"French": "fr", "Spanish": "es"}, "fr": {"français": "fr", "espagnol": "es"},
    "es": {"francés": "fr", "español": "es"}, "nl": {"Frans": "fr", "Spaans": "es"},
    "fil": {"French": "fr", "Spanish": "es"}, "ur": {"فرانسیسی": "fr", "ہسپانوی": "es"},
}  # fmt: skip
GIVEN = ("Ana", "Bilal", "Chiara", "Danilo", "Elif", "Farah", "Gonzalo", "Hanneke", "Imran", "Jocelyn", "Kasia",  # noqa: E501
         "Lwazi", "Marisol", "Nadia", "Omar", "Petra", "Quirine", "Rosa", "Samir", "Tomas")  # fmt: skip  # noqa: E501
FAMILY = ("Alvarez", "Brouwer", "Cordero", "Dlamini", "Esposito", "Fernando", "Gharbi", "Hussain", "Ivanova",  # noqa: E501
          "Jimenez", "Kowalska", "Lemaire", "Mahlangu", "Nowak", "Okafor", "Peeters", "Qureshi", "Rinaldi",  # noqa: E501
          "Soriano", "Tanaka")  # fmt: skip


@dataclass
class Truth:
    """What a row means and the marks that it must get."""

    full_name: str
    email: str
    born: dt.date
    country: str
    languages: list[str]
    issues: set[str] = field(default_factory=set)
    duplicate_of: int | None = None
    skipped: bool = False


@dataclass
class Made:
    """A table as texts, with the true values of each row below the headings."""

    rows: list[list[str]]
    truths: list[Truth | None]

    def as_text(self, encoding: str, delimiter: str) -> bytes:
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(self.rows)
        return out.getvalue().encode(encoding, errors="strict")

    def as_xlsx(self, *, title: bool) -> bytes:
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
            sheet = book.add_worksheet("Data")
            start = 2 if title else 0
            if title:
                sheet.merge_range(0, 0, 0, len(self.rows[0]) - 1, "School 2027")
            for number, row in enumerate(self.rows, start):
                for column, text in enumerate(row):
                    sheet.write_string(number, column, text)
        return out.getvalue()


def _capitals(truth: Truth, cells: dict[str, str]) -> None:
    cells["name"] = cells["name"].upper()
    truth.issues.add("name_all_caps")


def _family_first(truth: Truth, cells: dict[str, str]) -> None:
    given, family = cells["name"].split(" ", 1)
    cells["name"] = f"{family.upper()} {given}"
    truth.issues.add("name_family_first")


def _title(truth: Truth, cells: dict[str, str]) -> None:
    cells["name"] = f"Dr. {cells['name']}"
    truth.issues.add("name_title")


def _spaces(truth: Truth, cells: dict[str, str]) -> None:
    cells["name"] = f"  {cells['name']}\u00a0"
    truth.issues.add("whitespace")


def _invalid(truth: Truth, cells: dict[str, str]) -> None:
    cells["email"] = cells["email"].replace("@", " (at) ")
    truth.issues.add("email_invalid")


def _capital_address(truth: Truth, cells: dict[str, str]) -> None:
    cells["email"] = cells["email"].upper()
    truth.issues.add("email_case")


def _mistyped(truth: Truth, cells: dict[str, str]) -> None:
    cells["email"] = cells["email"].split("@")[0] + "@hotmial.com"
    truth.issues.add("email_suspect_domain")


def _ambiguous(truth: Truth, cells: dict[str, str]) -> None:
    truth.born = truth.born.replace(month=3, day=7)
    cells["born"] = "07/03/" + str(truth.born.year)
    truth.issues.add("date_ambiguous")


def _placeholder(truth: Truth, cells: dict[str, str]) -> None:
    cells["born"] = "01/01/1980"
    truth.issues.add("date_placeholder")


def _no_date(truth: Truth, cells: dict[str, str]) -> None:
    cells["born"] = ""
    truth.issues.add("missing_birth_date")


def _formula(truth: Truth, cells: dict[str, str]) -> None:
    cells["name"] = '=HYPERLINK("http://example.org";"x")'
    truth.issues.add("formula")


def _capital_country(truth: Truth, cells: dict[str, str]) -> None:
    if cells["country"].upper() != cells["country"]:
        cells["country"] = cells["country"].upper()
        truth.issues.add("country_variant")


TWISTS = (_capitals, _family_first, _title, _spaces, _invalid, _capital_address, _mistyped, _ambiguous,  # noqa: E501
          _placeholder, _no_date, _formula, _capital_country)  # fmt: skip


def make(seed: int, language: str, persons: int = 40) -> Made:
    """A sheet with shuffled columns, a twist on a third of its rows and two repeats."""
    rnd = random.Random(seed)
    names = rnd.sample([(g, f) for g in GIVEN for f in FAMILY], persons)
    order = rnd.sample(range(6), 6)
    rows, truths = [[HEADINGS[language][i] for i in order]], []
    kept: list[dict[str, str]] = []
    for number, (given, family) in enumerate(names):
        country, code = rnd.choice(sorted(COUNTRIES[language].items()))
        tongue, tag = rnd.choice(sorted(LANGUAGES[language].items()))
        born = dt.date(rnd.randrange(1960, 2005), rnd.randrange(1, 13), rnd.randrange(13, 29))
        email = f"{given}.{family}@example.org".lower()
        truth = Truth(f"{given} {family}", email, born, code, [tag])
        cells = {"time": "2027-03-02 10:11:12", "name": truth.full_name, "email": email,
                 "born": born.strftime("%d/%m/%Y"), "country": country, "languages": tongue}  # fmt: skip  # noqa: E501
        kept.append(dict(cells))
        if number % 3 == 2:
            rnd.choice(TWISTS)(truth, cells)
        rows.append(_ordered(cells, order))
        truths.append(truth)
    for first in (0, 3):  # two persons apply again, from another address
        cells = kept[first] | {"email": f"again{first}@example.net"}
        again = Truth(truths[first].full_name, cells["email"], truths[first].born, truths[first].country,  # noqa: E501
                      truths[first].languages, {"duplicate_person"}, first + 1)  # fmt: skip
        rows.append(_ordered(cells, order))
        truths.append(again)
    return Made(rows, truths)


def _ordered(cells: dict[str, str], order: list[int]) -> list[str]:
    values = list(cells.values())
    return [values[i] for i in order]
