"""Writes Word documents (docx): headings, paragraphs and tables of plain text, made by hand."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape  # XML needs no more; xml.sax.saxutils would load the network modules

from schoolapp.base.language import direction
from schoolapp.exchange.sheets.values import clean

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a level from 1 (the title) to 3."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of plain text; an empty one leaves room to write."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose heading row repeats on each page; ``numbers`` says which columns are."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: Sequence[bool]


Block = Heading | Paragraph | Grid

_PARTS = {
    "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/docProps/core.xml" ContentType="{_CORE}"/></Types>',
    "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/></Relationships>',
    "word/_rels/document.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
}
_HEADINGS = "".join(
    f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
    '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/>'
    f'<w:spacing w:before="{before}" w:after="60"/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
    f'<w:rPr><w:b/><w:bCs/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    for level, size, before in ((1, 36, 0), (2, 28, 240), (3, 24, 200))
)
_STYLES = (
    f'{_HEAD}<w:styles xmlns:w="{_MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Arial"/><w:sz w:val="22"/>'
    '<w:szCs w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    f'<w:pPr><w:spacing w:after="80"/></w:pPr></w:style>{_HEADINGS}</w:styles>'
)
_LINE = '<w:{side} w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>'
_BORDERS = "".join(_LINE.replace("{side}", side) for side in ("top", "bottom", "insideH"))


def write_docx(title: str, blocks: Iterable[Block]) -> bytes:
    """The document, A4, in the direction of the language in use.

    Texts are texts whatever they hold: no field, link or macro can come of them. The same blocks
    give the same bytes.
    """
    rtl = direction() == "rtl"
    body = "".join(_block(block, rtl) for block in blocks)
    bidi = "<w:bidi/>" if rtl else ""
    parts = {
        **_PARTS,
        "docProps/core.xml": f"{_HEAD}<cp:coreProperties"
        f' xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(clean(title))}</dc:title>'
        "</cp:coreProperties>",
        "word/styles.xml": _STYLES,
        "word/document.xml": f'{_HEAD}<w:document xmlns:w="{_MAIN}"><w:body>{body}<w:sectPr>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567"'
        f' w:footer="567" w:gutter="0"/>{bidi}</w:sectPr></w:body></w:document>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name), text.encode(), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _block(block: Block, rtl: bool) -> str:
    if isinstance(block, Grid):
        return _table(block, rtl)
    style = f'<w:pStyle w:val="Heading{block.level}"/>' if isinstance(block, Heading) else ""
    return _paragraph(block.text, rtl, style)


def _paragraph(text: str, rtl: bool, style: str = "", *, bold: bool = False) -> str:
    looks = ("<w:b/><w:bCs/>" if bold else "") + ("<w:rtl/>" if rtl else "")
    lines = clean(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    body = "<w:br/>".join(_line(line) for line in lines)
    about = style + ("<w:bidi/>" if rtl else "")
    return f"<w:p><w:pPr>{about}</w:pPr><w:r><w:rPr>{looks}</w:rPr>{body}</w:r></w:p>"


def _line(text: str) -> str:
    pieces = text.split("\t")
    kept = (f'<w:t xml:space="preserve">{escape(piece, quote=False)}</w:t>' for piece in pieces)
    return "<w:tab/>".join(kept)


def _table(grid: Grid, rtl: bool) -> str:
    head = "".join(_cell(text, rtl, number=False, bold=True) for text in grid.headings)
    rows = "".join(
        "<w:tr>"
        + "".join(_cell(t, rtl, number=n) for t, n in zip(row, grid.numbers, strict=True))
        + "</w:tr>"
        for row in grid.rows
    )
    across = "<w:bidiVisual/>" if rtl else ""
    return (
        f'<w:tbl><w:tblPr>{across}<w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{_BORDERS}'
        f"</w:tblBorders></w:tblPr><w:tblGrid>{'<w:gridCol/>' * len(grid.headings)}</w:tblGrid>"
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{head}</w:tr>{rows}</w:tbl>{_paragraph('', rtl)}"
    )


def _cell(text: str, rtl: bool, *, number: bool, bold: bool = False) -> str:
    side = '<w:jc w:val="end"/>' if number else ""
    paragraph = _paragraph(text, rtl, bold=bold).replace("</w:pPr>", f"{side}</w:pPr>", 1)
    return f"<w:tc><w:tcPr/>{paragraph}</w:tc>"
