"""Writes tables as an ods spreadsheet (OpenDocument 1.3): a zip of XML made by hand."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from html import escape  # XML needs no more; xml.sax.saxutils would load the network modules

from schoolapp.exchange.sheets.notes import with_notes
from schoolapp.exchange.sheets.values import (
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Table,
    clean,
    fitting,
    sheet_names,
    too_large,
    typed,
)

_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "number": "datastyle",
        "fo": "xsl-fo-compatible",
        "config": "config",
        "meta": "meta",
    }.items()
)
_ROOT = f'{_NAMESPACES} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'
_MANIFEST = (
    f'{_HEAD}<manifest:manifest manifest:version="1.3"'
    ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{part}.xml" manifest:media-type="text/xml"/>'
        for part in ("content", "styles", "settings", "meta")
    )
    + "</manifest:manifest>"
)


def _number_style(pattern: str) -> str:
    """A pattern such as ``year-month`` as the elements of a date style."""
    return "".join(
        f'<number:{piece} number:style="long"/>'
        if piece.isalpha()
        else f"<number:text>{piece}</number:text>"
        for piece in re.split("([- :])", pattern)
    )


_DAY, _MOMENT = _number_style("year-month-day"), _number_style("year-month-day hours:minutes")
_STYLES = (
    f"{_HEAD}<office:document-styles {_ROOT}><office:automatic-styles>"
    '<style:page-layout style:name="page"><style:page-layout-properties fo:page-width="29.7cm"'
    ' fo:page-height="21cm" style:print-orientation="landscape" style:scale-to-X="1"'
    ' style:scale-to-Y="0"/></style:page-layout></office:automatic-styles><office:master-styles>'
    '<style:master-page style:name="page" style:page-layout-name="page"/>'
    "</office:master-styles></office:document-styles>"
)
_CELL_STYLES = (
    f'<number:date-style style:name="day">{_DAY}</number:date-style>'
    f'<number:date-style style:name="moment">{_MOMENT}</number:date-style>'
    '<style:style style:name="date" style:family="table-cell" style:data-style-name="day"/>'
    '<style:style style:name="time" style:family="table-cell" style:data-style-name="moment"/>'
    '<style:style style:name="heading" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
) + "".join(
    f'<style:style style:name="{name}" style:family="table" style:master-page-name="page">'
    f'<style:table-properties style:writing-mode="{mode}"/></style:style>'
    for name, mode in (("ltr", "lr-tb"), ("rtl", "rl-tb"))
)
# a date that is wider than its column would be shown as ###
_COLUMN_STYLES = "".join(
    f'<style:style style:name="of-{kind}" style:family="table-column">'
    f'<style:table-column-properties style:column-width="{width}cm"/></style:style>'
    for kind, width in {"text": 6, "integer": 2.5, "decimal": 2.5, "date": 3, "moment": 4}.items()
)


def write_ods(table: Table, *more: Table) -> bytes:
    """The spreadsheet with one sheet per table and, last, the notes of the first.

    The same tables give the same bytes. ``RuleBroken`` if a text or a table does not fit.
    """
    tables = with_notes(table, *more)
    names = sheet_names(one.title for one in tables)
    sheets = "".join(_sheet(one, _attribute(name)) for one, name in zip(tables, names, strict=True))
    parts = {
        "content.xml": f"{_HEAD}<office:document-content {_ROOT}><office:automatic-styles>"
        f"{_CELL_STYLES}{_COLUMN_STYLES}</office:automatic-styles><office:body><office:spreadsheet>{sheets}"
        "</office:spreadsheet></office:body></office:document-content>",
        "styles.xml": _STYLES,
        "settings.xml": _settings(names),
        "meta.xml": f"{_HEAD}<office:document-meta {_ROOT}><office:meta><dc:title>"
        f"{escape(clean(table.title))}</dc:title></office:meta></office:document-meta>",
        "META-INF/manifest.xml": _MANIFEST,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        # first and not compressed, so that the first bytes say what the file is (ODF 1.3, 2.2.1)
        package.writestr(zipfile.ZipInfo("mimetype"), _MIME)
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name), text.encode(), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _sheet(table: Table, name: str) -> str:
    style = "rtl" if table.right_to_left else "ltr"
    columns = "".join(
        f'<table:table-column table:style-name="of-{column.kind}"/>' for column in table.columns
    )
    return (
        f'<table:table table:name={name} table:style-name="{style}">'
        f"{columns}{''.join(_lines(table))}</table:table>"
    )


def _lines(table: Table) -> Iterator[str]:
    if len(table.columns) > MOST_COLUMNS:
        raise too_large()
    headings = "".join(
        _text(fitting(column.title, column, 0), ' table:style-name="heading"')
        for column in table.columns
    )
    yield f"<table:table-header-rows><table:table-row>{headings}</table:table-row>"
    yield "</table:table-header-rows>"
    for line, row in enumerate(table.rows, start=1):
        if line == MOST_ROWS:
            raise too_large()
        cells = (
            _cell(fitting(value, column, line) if isinstance(value, str) else typed(value))
            for value, column in zip(row, table.columns, strict=True)
        )
        yield f"<table:table-row>{''.join(cells)}</table:table-row>"


def _cell(value: Cell) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dt.date):
        style = "time" if isinstance(value, dt.datetime) else "date"
        return (
            f'<table:table-cell table:style-name="{style}" office:value-type="date"'
            f' office:date-value="{value.isoformat()}"/>'
        )
    number = format(value, "f") if isinstance(value, Decimal) else value
    return f'<table:table-cell office:value-type="float" office:value="{number}"/>'


def _text(text: str, style: str = "") -> str:
    # paragraphs cannot hold CR and some readers drop tabs: the attribute has the exact text
    exact = f" office:string-value={_attribute(text)}" if re.search(r"[\r\t]", text) else ""
    paragraphs = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in text.split("\n"))
    kind = f'{style} office:value-type="string"{exact}'
    return f"<table:table-cell{kind}>{paragraphs}</table:table-cell>"


def _attribute(text: str) -> str:
    """The text as an attribute's value, in quotes; line ends and tabs would become spaces."""
    kept = escape(text).translate({sign: f"&#{sign};" for sign in b"\r\n\t"})
    return f'"{kept}"'


def _spaced(line: str) -> str:
    """The line with the spaces and tabs that ODF would fold into one written as elements."""
    marked = re.sub("^ | (?= )| $", "<text:s/>", escape(line.replace("\r", "")))
    return marked.replace("\t", "<text:tab/>")


def _settings(names: list[str]) -> str:
    """The view settings that keep each heading row in sight."""
    frozen = "".join(
        f'<config:config-item config:name="{key}" config:type="{kind}">{value}</config:config-item>'
        for key, kind, value in (
            ("VerticalSplitMode", "short", 2),
            ("VerticalSplitPosition", "int", 1),
            ("PositionBottom", "int", 1),
        )
    )
    tables = "".join(
        f"<config:config-item-map-entry config:name={_attribute(name)}>{frozen}"
        "</config:config-item-map-entry>"
        for name in names
    )
    return (
        f"{_HEAD}<office:document-settings {_ROOT}><office:settings>"
        '<config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f'<config:config-item-map-named config:name="Tables">{tables}'
        "</config:config-item-map-named></config:config-item-map-entry>"
        "</config:config-item-map-indexed></config:config-item-set></office:settings>"
        "</office:document-settings>"
    )
