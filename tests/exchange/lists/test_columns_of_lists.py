"""Which columns of other programs are read, and which are named as left out."""

from pathlib import Path

import pytest

from schoolapp.exchange.lists.names import ListName
from tests.exchange.lists.test_cells_of_lists import found

GOOGLE = (
    ("First Name", "Last Name", "Organization Name", "Organization Title", "Notes",
     "E-mail 1 - Label", "E-mail 1 - Value", "Phone 1 - Label", "Phone 1 - Value",
     "Address 1 - Country"),
    ("Ana", "Ruiz", "Univ", "secretary", "hello", "* Work", "ana@example.org", "Mobile",
     "+34 600 111 222", "Spain"),
)  # fmt: skip
THUNDERBIRD = (
    ("First Name", "Last Name", "Nickname", "Primary Email", "Secondary Email", "Mobile Number",
     "Home Country", "Notes"),
    ("Ana", "Ruiz", "", "ana@example.org", "", "+34 600 111 222", "Spain", "hello"),
)  # fmt: skip
OUTLOOK = (
    ("Title", "First Name", "Last Name", "Company", "Job Title", "Business Country/Region",
     "Home Phone", "Mobile Phone", "E-mail Address", "E-mail Type", "Notes"),
    ("Dr", "Ana", "Ruiz", "ACME", "", "Spain", "", "+34 600 111 222", "ana@example.org", "SMTP",
     "hello"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "unread"),
    [
        (GOOGLE, ("Organization Name", "Organization Title", "E-mail 1 - Label",
                  "Phone 1 - Label")),
        (THUNDERBIRD, ()),
        (OUTLOOK, ("Title", "Company", "E-mail Type")),
    ],
)  # fmt: skip
def test_contacts_of_other_programs(
    tmp_path: Path, rows: tuple[tuple[str, ...], ...], unread: tuple[str, ...]
) -> None:
    """Address, phone and country are read; a label is no value, a job title no role here."""
    read = found(tmp_path, ListName.PEOPLE, rows)
    (row,) = read.rows
    assert row.values == {
        "given": "Ana", "family": "Ruiz", "email": "ana@example.org", "phone": "+34 600 111 222",
        "country": "ES", "note": "hello",
    }  # fmt: skip
    assert read.unread == unread


@pytest.mark.parametrize("heading", ["Job Title", "Organization Title", "Position", "Function"])
def test_a_job_title_is_no_role(tmp_path: Path, heading: str) -> None:
    """What somebody is elsewhere engages nobody here; the column is named as left out."""
    read = found(tmp_path, ListName.PEOPLE, [("Name", heading), ("Ana Ruiz", "secretary")])
    assert read.unread == (heading,)
    assert "role" not in read.rows[0].values


def test_texts_of_a_library_program(tmp_path: Path) -> None:
    """Zotero writes languages with a country, and the year of publication in a column."""
    rows = [
        ("Key", "Publication Year", "Author", "Title", "Language"),
        ("A1", "1999", "Federici, Silvia", "Notes on capital", "en-US"),
    ]
    read = found(tmp_path, ListName.TEXTS, rows)
    (row,) = read.rows
    assert (row.number("year"), row.tags("language"), row.doubts) == (1999, ("en",), ())
    assert read.unread == ("Key",)
