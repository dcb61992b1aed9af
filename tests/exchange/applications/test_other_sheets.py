"""Sheets of other forms, languages, encodings and orders are read as well as practice ones."""

import datetime as dt

import pytest

from schoolapp.exchange.applications.importing import understand
from schoolapp.exchange.applications.reading import read
from schoolapp.exchange.applications.report import report
from tests.exchange.sheet_maker import Made, make

START = dt.date(2027, 10, 23)
DOUBTED = {
    "full_name": {"formula"},
    "email": {"email_invalid", "email_suspect_domain"},
    "born": {"date_ambiguous", "date_placeholder", "missing_birth_date"},
}


def judge(made: Made, data: bytes, name: str) -> dict:
    return measured(made, report(understand(read(data, name), name, reference_date=START)))


def measured(made: Made, reported: dict) -> dict:
    """Share of right fields, marks missed, pairs missed and false ones."""
    right = total = 0
    missed, false = [], 0
    for truth, row in zip(made.truths, reported["rows"], strict=True):
        for field in ("full_name", "email", "born", "country", "languages"):
            want = getattr(truth, field)
            want = want.isoformat() if isinstance(want, dt.date) else want
            if truth.issues & DOUBTED.get(field, set()):
                want = None
            total += 1
            right += row[field] == want
            if row[field] != want:
                missed.append((row["row"], field, row[field], want))
        missed += [(row["row"], code) for code in truth.issues - set(row["issues"])]
        if row["duplicate_of"] != truth.duplicate_of:
            false += truth.duplicate_of is None
            if truth.duplicate_of is not None:
                missed.append((row["row"], "pair", row["duplicate_of"]))
    return {"right": right / total, "missed": missed, "false": false}


CASES = [
    ("en", "utf-8", ","), ("fr", "cp1252", ";"), ("es", "utf-16", "\t"), ("nl", "utf-8-sig", ";"),
    ("fil", "utf-16-le", ","), ("ur", "utf-16-le", ";"), ("ur", "utf-8", "\t"), ("es", "cp1252", ","),  # noqa: E501
    ("fr", "utf-16-be", ";"), ("nl", "utf-8", "|"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "encoding", "delimiter"), CASES)
@pytest.mark.parametrize("seed", range(3))
def test_a_text_file_of_any_language_and_encoding_is_read_right(
    seed: int, language: str, encoding: str, delimiter: str
) -> None:
    """98 % of the fields right, every mark and pair found, at most 3 false per 50 rows."""
    made = make(seed, language)
    found = judge(made, made.as_text(encoding, delimiter), "form.csv")
    assert found["missed"] == []
    assert found["right"] >= 0.98
    assert found["false"] <= 2


@pytest.mark.parametrize("language", ["en", "fr", "es", "nl", "fil", "ur"])
@pytest.mark.parametrize("title", [False, True])
def test_a_workbook_of_any_language_is_read_right(language: str, title: bool) -> None:
    """The same holds for workbooks, also under a merged title and an empty row."""
    made = make(7, language)
    found = judge(made, made.as_xlsx(title=title), "form.xlsx")
    assert found["missed"] == []
    assert found["false"] <= 2
