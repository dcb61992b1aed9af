"""Values of sheets that users of other programs reported in public threads, with their answers.

Each is a column as they describe it; the thread is named, its files are not copied.
"""

import csv
import datetime as dt
import io

import pytest

from schoolapp.exchange.applications.importing import understand
from schoolapp.exchange.applications.reading import read
from schoolapp.exchange.applications.report import report

DOUBT = "?"  # nobody can know: empty, with a doubt at the field
REPORTED = [
    ("ChurchCRM/CRM#4329", "Financial support", "asks_subsidy",
     {"true": True, "1": True, "0": False, "si": True}),
    ("mautic/mautic#1863", "Do you need a visa?", "needs_visa",
     {"TRUE": True, "yes": True, "1": True, "0": False}),
    ("firegento/FireGento_FastSimpleImport2#83", "Visum", "needs_visa",
     {"Ja": True, "Nein": False, "Yes": True, "No": False}),
    ("GeotrekCE/Geotrek-admin#1380", "Visa nécessaire", "needs_visa",
     {"vrai": True, "faux": False, "oui": True, "non": False, "X": True}),
    ("evancharlton/android-mileage#56", "First time here", "first_time",
     {"1": True, "Y": True, "false": False}),
    ("czue/django-wedding-website#35", "Do you need a visa?", "needs_visa",
     {"TRUE": True, "FALSE": False, "y": True, "n": False}),
    ("SpartnerNL/Laravel-Excel#300", "Phone", "phone",
     {"0444123456": "0444123456", "+32444123456": "+32444123456", "444123457": DOUBT,
      "0444123458": "0444123458"}),
    ("mautic/mautic#890", "Phone", "phone",
     {"073 090 7665": "073 090 7665", "730907666": DOUBT, "0730907667": "0730907667"}),
    ("Automattic/camptix#40", "Phone number", "phone",
     {"4.41E+11": DOUBT, "0207 946 0018": "0207 946 0018"}),
    ("tine20/tine20#6457", "Geburtsdatum|Birthday", "born",
     {"09.01.1980 23:00": DOUBT, "17.05.1985": "1985-05-17", "1980-01-10 00:00:00": "1980-01-10"}),
    ("deadlocker8/BudgetMaster#731", "Travel costs", "travel",
     {"1.355,90€": "1355.90 EUR", "12,50€": "12.50 EUR"}),
    ("jasp-stats/jasp-desktop#403", "Travel costs", "travel",
     {"1.000,92": "1000.92 EUR", "1.000": "1000.00 EUR"}),
    ("firefly-iii/firefly-iii#4106", "Travel costs", "travel",
     {"4.711,98 €": "4711.98 EUR", "10,00 €": "10.00 EUR", "1.000.000,00": "1000000.00 EUR"}),
    ("actualbudget/actual#5020", "Travel costs", "travel",
     {"110.7 €": "110.70 EUR", "116.62 €": "116.62 EUR"}),
    ("portfolio-performance/portfolio#2945", "Travel costs", "travel",
     {"1 000,50": "1000.50 EUR", "0’900.00": "900.00 EUR"}),
    ("vandenbroucke/monefy-web#6", "Travel costs", "travel", {"7 000": "7000.00 EUR"}),
    ("vincentarelbundock/countrycode#27", "Country", "country",
     {"Democratic People's Republic of Korea": "KP", "Republic of Guinea": "GN",
      "Hellenic Republic": "GR", "United Mexican States": "MX", "Swiss Confederation": "CH",
      "Republic of the Union of Myanmar": "MM", "Independent State of Samoa": "WS",
      "Republic of South Sudan": "SS"}),
    ("vincentarelbundock/countrycode#286", "Country", "country", {"korea, dem. rep.": "KP"}),
    ("michaelwittig/node-i18n-iso-countries#313", "Country", "country",
     {"Korea, Republic of": "KR", "Republic of Korea": "KR", "South Korea": "KR"}),
    ("pycountry/pycountry#83", "Country", "country",
     {"Korea (the Democratic People's Republic of)": "KP", "Korea (the Republic of)": "KR"}),
    ("owid/etl#184", "Country", "country", {"Korea": DOUBT, "North Korea": "KP"}),
    ("invoiceninja/invoiceninja#9595", "Country", "country",
     {"South Korea": "KR", "Korea, Democratic People's Republic of": "KP"}),
    ("antares-sql/antares#776", "Timestamp", "submitted",
     {"Mon Mar 11 2024 17:24:25 GMT-0300 (Horário Padrão de Brasília)": "2024-03-11T17:24:25"}),
    ("formio/help.form.io#78", "Timestamp", "submitted",
     {"2019-07-20T01:00:00.000Z": "2019-07-20T01:00:00",
      "2019-07-19 06:00 PM": "2019-07-19T18:00:00"}),
    ("nextcloud/forms#606", "Timestamp", "submitted",
     {"09/16/2020 1:02 AM": "2020-09-16T01:02:00"}),
    ("nextcloud/forms#606", "Timestamp", "submitted", {"16.09.2020 01:02": "2020-09-16T01:02:00"}),
    ("foam-foundation/foam3#5437", "Timestamp", "submitted",
     {"8/27/2026 10:04:42 PM": "2026-08-27T22:04:42"}),
    ("zetkin/app.zetkin.org#2348", "Gender", "gender",
     {"woman": "woman", "man": "man", "nb": "other", "unknown": DOUBT}),
    ("zetkin/organize.zetk.in#1064", "Gender", "gender", {"m": "man", "f": "woman", "o": "other"}),
    ("tbar0970/jethro-pmm#562", "Gender", "gender", {"Female": "woman", "unknown": DOUBT}),
    ("theiconic/name-parser#2", "Name in own script|Full name", "full_name",
     {"Jeroen L": "Jeroen L"}),
]  # fmt: skip


def rows_of(heading: str, cells: list[str]) -> list[dict]:
    """The rows of a sheet with this column, the last of the headings, beside names."""
    text = io.StringIO()
    writer = csv.writer(text)
    own = heading.rsplit("|")[-1]
    named = own != "Full name"
    writer.writerow(["Full name", own] if named else [own, "Remarks"])
    for n, cell in enumerate(cells):
        name = f"{chr(65 + n)}na {chr(90 - n)}uiz"
        writer.writerow([name, cell] if named else [cell, "none"])
    sheets = read(text.getvalue().encode(), "form.csv")
    sheet = understand(sheets, "form.csv", reference_date=dt.date(2027, 10, 23))
    return report(sheet)["rows"]  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("heading", "field", "cells"), [case[1:] for case in REPORTED], ids=[c[0] for c in REPORTED]
)
def test_a_value_that_somebody_reported_is_right_or_asked_about(
    heading: str, field: str, cells: dict[str, object]
) -> None:
    """A column of a public thread is read as its author meant it, or the cell is in doubt."""
    rows = rows_of(heading, list(cells))
    for row, (cell, meant) in zip(rows, cells.items(), strict=True):
        asked = any(mark["field"] == field for mark in row["marks"])
        found = DOUBT if row[field] is None and asked else row[field]
        assert (cell, found) == (cell, meant)


def test_who_prefers_not_to_say_is_not_asked_again() -> None:
    """department-of-veterans-affairs/va.gov-team#22643: an answer, and no letter P."""
    for words in ("Prefer not to state", "Prefer not to say", "keine Angabe"):
        (row,) = rows_of("Gender", [words])
        assert (row["gender"], row["marks"]) == (None, [])
        assert row["issues"] == ["gender_free_text"]
