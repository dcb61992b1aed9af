"""Writes tables as an xlsx workbook: a zip of XML made by hand, in which nothing runs or links."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape  # XML needs no more; xml.sax.saxutils would load the network modules

from schoolapp.exchange.sheets.formulas import runs
from schoolapp.exchange.sheets.notes import with_notes
from schoolapp.exchange.sheets.values import (
    EXACT_BELOW,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Column,
    Table,
    clean,
    fitting,
    sheet_names,
    too_large,
    typed,
)

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"

_HEADING, _DATE, _MOMENT, _QUOTED = 1, 2, 3, 4  # places in the list of cell formats below
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="2">'
    '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '<border><left/><right/><top/><bottom style="thin"/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1"'
    ' applyAlignment="1"><alignment wrapText="1"/></xf>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/></Relationships>'
)
_PAPER = (  # A4 across, as wide as one page and as long as it takes
    '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
    "<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>"
)
_NARROWEST, _WIDEST = 8, 60  # columns, in characters
_ESCAPED = re.compile("(_x[0-9a-fA-F]{4}_)")  # what Excel would read as one character
_DAY_ZERO = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - sheets know no zones


def write_xlsx(table: Table, *more: Table) -> bytes:
    """The workbook with one sheet per table and, last, the notes of the first.

    The same tables give the same bytes. ``RuleBroken`` if a text or a table does not fit.
    """
    tables = with_notes(table, *more)
    names = sheet_names(one.title for one in tables)
    sheets = [_Sheet(one) for one in tables]
    parts = {
        "[Content_Types].xml": _content_types(len(tables)),
        "_rels/.rels": _RELATIONS,
        "docProps/core.xml": _core(table.title),
        "xl/styles.xml": _STYLES,
    }
    for number, sheet in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet.xml()
    parts["xl/workbook.xml"] = _workbook(names, sheets)
    parts["xl/_rels/workbook.xml.rels"] = _workbook_relations(len(tables))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name), text.encode(), zipfile.ZIP_DEFLATED)
    return file.getvalue()


class _Sheet:
    """One table, while it is written into a worksheet."""

    def __init__(self, table: Table) -> None:
        if len(table.columns) > MOST_COLUMNS:
            raise too_large()
        self._table = table
        self._letters = [_letters(place) for place in range(len(table.columns))]
        self._widths = [len(column.title) + 2 for column in table.columns]
        self._known: dict[str, str] = {}  # names and words come again and again
        self._last = 1

    def xml(self) -> str:
        """The part of the package that holds the sheet."""
        rows = "".join(self._rows())
        view = ' rightToLeft="1"' if self._table.right_to_left else ""
        columns = "".join(
            f'<col min="{n}" max="{n}" width="{min(max(width, _NARROWEST), _WIDEST) + 0.71}"'
            ' customWidth="1"/>'
            for n, width in enumerate(self._widths, 1)
        )
        return (
            f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<dimension ref="{self.area()}"/><sheetViews><sheetView{view} workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
            '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
            f"<cols>{columns}</cols><sheetData>{rows}</sheetData>"
            f'<autoFilter ref="{self.area()}"/>{_PAPER}</worksheet>'
        )

    def area(self, dollar: str = "") -> str:
        """The cells of the table, such as ``A1:C9``; with ``dollar`` as a fixed reference."""
        last = self._letters[-1]
        return f"{dollar}A{dollar}1:{dollar}{last}{dollar}{self._last}"

    def _rows(self) -> Iterator[str]:
        columns = self._table.columns
        headings = (
            f'<c r="{letters}1" s="{_HEADING}"{_inline(fitting(column.title, column, 0))}'
            for letters, column in zip(self._letters, columns, strict=True)
        )
        yield f'<row r="1">{"".join(headings)}</row>'
        for line, row in enumerate(self._table.rows, 1):
            if line == MOST_ROWS:
                raise too_large()
            self._last = line + 1
            yield f'<row r="{line + 1}">{"".join(self._cells(row, line))}</row>'

    def _cells(self, row: Sequence[Cell], line: int) -> list[str]:
        known, number = self._known, line + 1
        cells = []
        for place, (letters, value) in enumerate(zip(self._letters, row, strict=True)):
            if value.__class__ is int and -EXACT_BELOW < value < EXACT_BELOW:
                cells.append(f'<c r="{letters}{number}"><v>{value}</v></c>')
            elif value.__class__ is str and value in known:
                cells.append(f'<c r="{letters}{number}"{known[value]}')
            elif value is not None:
                cells.append(f'<c r="{letters}{number}"{self._cell(value, place, line)}')
        return cells

    def _cell(self, value: Cell, place: int, line: int) -> str:
        """What follows the reference of a cell."""
        shown = typed(value)
        if isinstance(shown, str):
            return self._text(shown, self._table.columns[place], place, line)
        if isinstance(shown, dt.date):
            moment = isinstance(shown, dt.datetime)
            self._widths[place] = max(self._widths[place], 17 if moment else 11)
            return f' s="{_MOMENT if moment else _DATE}"><v>{_serial(shown)}</v></c>'
        return f"><v>{format(shown, 'f') if isinstance(shown, Decimal) else shown}</v></c>"

    def _text(self, value: str, column: Column, place: int, line: int) -> str:
        text = fitting(value, column, line)
        if len(text) > self._widths[place]:
            self._widths[place] = len(text)
        # stays ordinary text when somebody edits the cell
        quoted = f' s="{_QUOTED}"' if runs(text) else ""
        made = self._known[value] = quoted + _inline(text)
        return made


def _inline(text: str) -> str:
    """A text that is kept in its cell; what Excel or XML would change is written as ``_x000D_``."""
    kept = _ESCAPED.sub(r"_x005F\1", text) if "_x" in text else text
    kept = escape(kept, quote=False).replace("\r", "_x000D_")
    return f' t="inlineStr"><is><t xml:space="preserve">{kept}</t></is></c>'


def _serial(value: dt.date) -> str:
    """Days since the end of 1899, as sheets count them."""
    if not isinstance(value, dt.datetime):
        return str((value - _DAY_ZERO.date()).days)
    return repr((value - _DAY_ZERO) / dt.timedelta(days=1))


def _letters(place: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    high, low = divmod(place, 26)
    return (_letters(high - 1) if high else "") + chr(65 + low)


def _content_types(sheets: int) -> str:
    parts = {"workbook": "sheet.main", "styles": "styles"} | {
        f"worksheets/sheet{n}": "worksheet" for n in range(1, sheets + 1)
    }
    overrides = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for part, kind in parts.items()
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{_CORE}"/>{overrides}</Types>'
    )


def _core(title: str) -> str:
    return (
        f"{_HEAD}<cp:coreProperties"
        f' xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(clean(title))}</dc:title></cp:coreProperties>"
    )


def _workbook(names: list[str], sheets: list[_Sheet]) -> str:
    listed, defined = [], []
    for place, (name, sheet) in enumerate(zip(names, sheets, strict=True)):
        attribute, quoted = escape(name), escape(name.replace("'", "''"), quote=False)
        listed.append(f'<sheet name="{attribute}" sheetId="{place + 1}" r:id="rId{place + 1}"/>')
        defined.append(
            f'<definedName name="_xlnm._FilterDatabase" localSheetId="{place}" hidden="1">'
            f"'{quoted}'!{sheet.area('$')}</definedName>"
            f'<definedName name="_xlnm.Print_Titles" localSheetId="{place}">'
            f"'{quoted}'!$1:$1</definedName>"
        )
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/>'
        f"</bookViews><sheets>{''.join(listed)}</sheets>"
        f"<definedNames>{''.join(defined)}</definedNames></workbook>"
    )


def _workbook_relations(sheets: int) -> str:
    targets = [(f"worksheets/sheet{n}.xml", "worksheet") for n in range(1, sheets + 1)]
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (target, kind) in enumerate([*targets, ("styles.xml", "styles")], 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'
