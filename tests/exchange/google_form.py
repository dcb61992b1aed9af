"""A sheet as Google Forms exports it: 40 people as they write, and the doubts that are real."""

import csv
import io
from dataclasses import dataclass

HEAD = (
    "Timestamp", "Full name", "Email address", "Date of birth", "Country", "Gender",
    "Languages you speak", "Phone number", "Why do you want to take part?", "Travel costs",
    "Do you need a visa?", "Financial support", "Dietary requirements / allergies",
)  # fmt: skip
GIVEN = ("Amina", "Björn", "Chloé", "Dewi", "Ester", "Farid", "Grâce", "Hamza", "Inés", "Jonas")
FAMILY = ("Khan", "Larsson", "Moreau", "de Vries")
COUNTRIES = ("Spain", "Brasil", "UK", "Philippines", "Deutschland", "Russian Federation", "NL")
GENDERS = ("Woman", "Man", "Prefer not to say", "Female (she/her)", "non-binary", "Mujer", "M")
LANGUAGES = ("English, Spanish", "English (fluent), French (B1)", "Dutch and a bit of German",
             "Mother tongue: Urdu, English: good", "Español, inglés")  # fmt: skip
MONEY = ("€200", "150 EUR", "1.250,00", "none", "120,50 euros", "0", "")
VISA = ("Yes, please send me a letter", "No (EU passport)", "No", "yes", "No, thank you", "Sí")
HELP = ("Oui, si possible", "No", "sí, 200 €", "Nee, dank je", "yes")
DIET = ("none", "Vegetarian", "vegan; no nuts", "halal ", "")


@dataclass(frozen=True, slots=True)
class Real:
    """A doubt that a person should look at, and what somebody types to settle it."""

    field: str
    column: str
    written: str
    typed: str


DOUBTS = {
    4: Real("born", "Date of birth", "31/02/1990", "21/02/1990"),
    7: Real("born", "Date of birth", "1998", "1998-06-17"),
    11: Real("country", "Country", "USSR", "Uzbekistan"),
    15: Real("email", "Email address", "ester.p15@gmial.com", "ester.p15@example.org"),
    20: Real("visa", "Do you need a visa?", "not sure yet", "yes"),
    25: Real("travel", "Travel costs", "100-200", "150"),
    30: Real("languages", "Languages you speak", "English, Quenya", "English"),
    33: Real("phone", "Phone number", "ask my sister", "+32 2 555 01 33"),
    36: Real("gender", "Gender", "ask me", "Woman"),
    39: Real("full_name", "Full name", "K. Larsson", "Karin Larsson"),
}


def rows() -> list[dict[str, str]]:
    """Forty rows, heading to text."""
    return [_row(number) for number in range(1, 41)]


def as_csv() -> bytes:
    """The sheet as a file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, HEAD)
    writer.writeheader()
    writer.writerows(rows())
    return text.getvalue().encode()


def _row(n: int) -> dict[str, str]:
    given, family = GIVEN[n % 10], FAMILY[n // 10 % 4]
    cells = (
        f"{2 + n // 20}/{1 + n % 20}/2027 10:{n:02}:00",
        f"{given}  {family} " if n % 9 == 0 else f"Dr. {given} {family}" if n % 8 == 0
        else f"{given.upper()} {family.upper()}" if n % 7 == 0 else f"{given} {family}",
        f"P{n}@Example.org " if n % 6 == 0 else f"p{n}@example.org",
        f"{13 + n % 15}/{1 + n % 9:02}/{1970 + n % 30}",
        COUNTRIES[n % 7], GENDERS[n % 7], LANGUAGES[n % 5], f"+32 2 555 01 {n:02}",
        f"I organise with people in my town.\n\nI want to learn, and to meet others ({n}).",
        MONEY[n % 7], VISA[n % 6], HELP[n % 5], DIET[n % 5],
    )  # fmt: skip
    row = dict(zip(HEAD, cells, strict=True))
    if real := DOUBTS.get(n):
        row[real.column] = real.written
    return row
