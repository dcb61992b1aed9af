"""The report of an import as JSON: one object per row of the sheet, doubtful values null."""

import json
from collections.abc import Mapping

from schoolapp.base.language import _
from schoolapp.domain import births
from schoolapp.domain.reading_cells.ages import read_age
from schoolapp.exchange.applications.drafts import Answers, ImportedSheet, SheetRow
from schoolapp.exchange.applications.flags import doubts_of, sentence
from schoolapp.exchange.applications.mapping import ANSWER

# The keys of the report for fields that are called otherwise, and for parts of a name.
KEYS = {
    "visa": "needs_visa",
    "subsidy": "asks_subsidy",
    "privacy": "consent",
    "submitted_at": "submitted",
    "draft": "submitted",
    "age": "born",
    **dict.fromkeys(("given", "middle", "prefix", "family", "second_family"), "full_name"),
}


def report(sheet: ImportedSheet) -> dict[str, object]:
    """The report as plain values; ``row`` is 1 for the first row after the headings."""
    return {
        "file": sheet.file,
        "encoding": sheet.encoding,
        "delimiter": sheet.delimiter,
        "header_row": sheet.header_row,
        "mapping": {
            h: field for h, field in sheet.mapping.columns.items() if field not in (None, ANSWER)
        },
        "rows": [_row(row, sheet.mapping.columns) for row in sheet.rows],
        "other_tables": [{"name": one.name, "rows": one.rows} for one in sheet.other_tables],
        "hidden_rows": sheet.hidden_rows,
    }


def as_json(sheet: ImportedSheet) -> str:
    """The report as text, the same for the same sheet."""
    return json.dumps(report(sheet), ensure_ascii=False, indent=1) + "\n"


def _row(row: SheetRow, fields: Mapping[str, str | None]) -> dict[str, object]:
    doubts = doubts_of(row)
    return {
        "row": row.row,
        **_person(row),
        **_answers(row.answers),
        "submitted": row.submitted_at.isoformat() if row.submitted_at else None,
        "minor": _is_minor(row, fields),
        "answers": dict(row.kept),
        "issues": sorted({issue.code for issue in row.issues}),
        "marks": [
            {"field": KEYS.get(d.field, d.field), "code": d.code, "text": sentence(d)}
            for d in doubts
        ],
        "duplicate_of": row.duplicate_of,
        "skipped": row.skipped,
        "why": _(row.why) if row.why else None,
    }


def _person(row: SheetRow) -> dict[str, object]:
    person = row.person
    return {
        "full_name": person.full_name,
        "native_name": person.native_name,
        "email": person.email,
        "phone": person.phone,
        "born": person.born.isoformat() if person.born else None,
        "gender": person.gender,
        "pronouns": person.pronouns,
        "country": person.country,
        "nationality": person.nationality,
        "languages": list(person.languages) or None,
    }


def _answers(said: Answers) -> dict[str, object]:
    return {
        "diet": said.diet,
        "access": said.access,
        "organisation": said.organisation,
        "delegation": said.delegation,
        "modules": list(said.modules) or None,
        "arrival": said.arrival.isoformat() if said.arrival else None,
        "departure": said.departure.isoformat() if said.departure else None,
        "needs_visa": said.needs_visa,
        "asks_subsidy": said.asks_subsidy,
        "travel": str(said.travel) if said.travel else None,
        "contribution": str(said.contribution) if said.contribution else None,
        "fee": str(said.fee) if said.fee else None,
        "first_time": said.first_time,
        "consent": said.consent,
        "parental_consent": said.parental_consent,
        "motivation": said.motivation,
    }


def _is_minor(row: SheetRow, fields: Mapping[str, str | None]) -> bool | None:
    """Whether the person is under age when the gathering begins; ``None``: it is not known."""
    if any(issue.code == "minor" for issue in row.issues):
        return True
    said = next((text for heading, text in row.kept if fields.get(heading) == "age"), "")
    age = read_age(said)
    of_age = age is not None and age[0] >= births.FULL_AGE
    return False if row.person.born or row.person.born_partly or of_age else None
