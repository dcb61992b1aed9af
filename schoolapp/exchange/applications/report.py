"""The report of an import as JSON: one object per row of the sheet, doubtful values null."""

import json

from schoolapp.base.language import _
from schoolapp.exchange.applications.drafts import ImportedSheet, SheetRow


def report(sheet: ImportedSheet) -> dict[str, object]:
    """The report as plain values; ``row`` is 1 for the first row after the headings."""
    return {
        "file": sheet.file,
        "encoding": sheet.encoding,
        "delimiter": sheet.delimiter,
        "header_row": sheet.header_row,
        "mapping": {h: field for h, field in sheet.mapping.columns.items() if field},
        "rows": [_row(row) for row in sheet.rows],
    }


def as_json(sheet: ImportedSheet) -> str:
    """The report as text, the same for the same sheet."""
    return json.dumps(report(sheet), ensure_ascii=False, indent=1) + "\n"


def _row(row: SheetRow) -> dict[str, object]:
    person = row.person
    return {
        "row": row.row,
        "full_name": person.full_name,
        "native_name": person.native_name,
        "email": person.email,
        "born": person.born.isoformat() if person.born else None,
        "country": person.country,
        "languages": list(person.languages) or None,
        "issues": sorted({issue.code for issue in row.issues}),
        "duplicate_of": row.duplicate_of,
        "skipped": row.skipped,
        "why": _(row.why) if row.why else None,
    }
