"""Turns values into a PDF with Typst: a template of ours, data as JSON, fonts of ours only."""

import datetime as dt
import io
import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from schoolapp.base import language
from schoolapp.base.language import mark
from schoolapp.base.shipped import folder
from schoolapp.domain.reading_cells.names import script_of
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.sheets.values import clean

_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


def typeset(
    template: str, data: Mapping[str, object], *, at: dt.datetime, tags: bool, archive: bool = False
) -> bytes:
    """The PDF of ``resources/templates/<template>.typ`` filled with ``data``.

    The data travel as JSON beside the template and never become part of its text, so that nothing
    in them is run; nothing is written to disk. ``at`` (aware) is the document's date: the same
    data and moment give the same bytes. ``tags`` describes the structure for screen readers; a
    table of tens of thousands of cells grows fortyfold with it. ``archive`` makes PDF/A-2b.
    """
    import typst

    resources = folder("resources")
    filled = {**data, "lang": main_language(language.current()), "dir": language.direction()}
    page = typst.compile(
        resources / "templates" / f"{template}.typ",
        sys_inputs={"data": json.dumps(printable(filled), ensure_ascii=False)},
        font_paths=[resources / "fonts" / "pdf"],
        ignore_system_fonts=True,
        format="pdf",
        timestamp=int(at.timestamp()),
        pdf_tags=tags,
        pdf_standards=["a-2b"] if archive else [],
    )
    assert isinstance(page, bytes)  # a PDF is one file, whatever its pages
    return page


def code_picture(text: str) -> str:
    """The text as a QR code (ISO/IEC 18004, bytes, at least level M): SVG with its quiet zone.

    ``RuleBroken`` if the text is too long: 2,331 bytes fit.
    """
    import segno

    try:
        code = segno.make_qr(text, error="m", encoding="utf-8")
    except segno.DataOverflowError as wrong:
        raise RuleBroken(mark("This text is too long for a QR code.")) from wrong
    picture = io.BytesIO()
    code.save(picture, kind="svg", xmldecl=False, light="#fff", border=4)
    return picture.getvalue().decode()


def main_language(tag: str) -> str:
    """The first part of a tag, which is all that Typst takes; ``und`` if it is not a language."""
    part = tag.split("-")[0]
    return part if re.fullmatch("[a-z]{2,3}", part) else "und"


def printable(value: object) -> object:
    """The value without characters that cannot be typeset, in lists and mappings too."""
    if isinstance(value, str):
        return _without_needless_isolates(clean(value))
    if isinstance(value, Mapping):
        return {key: printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [printable(one) for one in value]
    return value


def _without_needless_isolates(text: str) -> str:
    """The text without marks of direction where all of it runs as the page does.

    The fonts have one empty glyph for spaces and these marks: where both are on a page, spaces
    would be copied out of the PDF as marks, and a phrase could not be found.
    """
    if language.direction() == "ltr" and not _RIGHT_TO_LEFT.search(text):
        return text.translate(_ISOLATES)
    return text


def day(value: dt.date) -> str:
    """The date as people of the language in use write it: ``Saturday, 23 October 2027``."""
    from babel.dates import format_date

    return format_date(value, "full", locale=language.conventions())


def date(value: dt.date) -> str:
    """The date without its weekday: ``23 October 2027``."""
    from babel.dates import format_date

    return format_date(value, "long", locale=language.conventions())


def clock_time(value: dt.datetime) -> str:
    """The wall time on a clock of 24 hours, always from left to right: ``15:00``."""
    return language.ltr(f"{value:%H:%M}")


def decimal(value: Decimal) -> str:
    """The number with two places and the decimal sign of the language in use: ``54,30``."""
    from babel.numbers import format_decimal

    return format_decimal(value, "#,##0.00", locale=language.conventions())


def tenths(value: Decimal) -> str:
    """The number with one place and the decimal sign of the language in use: ``54,3``."""
    from babel.numbers import format_decimal

    return format_decimal(value, "#,##0.0", locale=language.conventions())


def direction_of(text: str) -> str:
    """``rtl`` if most letters of the text are of a script that runs from right to left."""
    return "rtl" if script_of(text) in ("ARABIC", "HEBREW", "SYRIAC", "THAANA") else "ltr"


def whole(value: int) -> str:
    """The number with the grouping of the language in use: ``2,388``."""
    from babel.numbers import format_decimal

    return format_decimal(value, "#,##0", locale=language.conventions())


def listed(words: Sequence[str]) -> str:
    """The words one after the other, as the language in use lists them: ``a, b and c``."""
    from babel.lists import format_list

    return format_list(words, locale=language.conventions())


def language_name(tag: str) -> str:
    """What the language of a tag is called in the language in use; the tag if it is unknown."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(tag, sep="-").get_display_name(language.conventions())
    except (ValueError, UnknownLocaleError):
        name = None
    return name or tag


def country_name(code: str) -> str:
    """What the country of an ISO 3166-1 code is called in the language in use; else the code."""
    from babel import Locale

    return str(Locale.parse(language.conventions()).territories.get(code, code))


def own_language_name(tag: str) -> str:
    """What a language is called in itself: ``español``, ``اردو``; the tag if it is unknown."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag, sep="-").get_display_name() or tag
    except (ValueError, UnknownLocaleError):
        return tag
