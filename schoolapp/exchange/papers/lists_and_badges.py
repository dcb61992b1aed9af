"""What is printed before a day begins: sign-in sheets, lists of people, badges."""

import datetime as dt
from collections.abc import Sequence

from schoolapp.base.language import _, isolate, ltr
from schoolapp.domain.documents import BadgeFace, PeopleGroup, Signer, SignIn
from schoolapp.exchange.papers import typesetting

LINES = 25
"""The lines of a page: what can be signed by hand."""


def write_sign_in(gathering: str, sheets: Sequence[SignIn], *, at: dt.datetime) -> bytes:
    """The sign-in lists as a PDF, 25 lines on each page, numbered through each list."""
    pages = []
    for sheet in sheets:
        rows = [
            {"number": str(number), **_names(one)} for number, one in enumerate(sheet.people, 1)
        ]
        for some in _pages(rows):
            pages.append(
                {
                    "title": sheet.session or typesetting.day(sheet.day),
                    "detail": _detail(sheet, gathering),
                    "rows": some,
                }
            )
    data = {
        "title": _("Attendance list"),
        "gathering": gathering,
        "columns": ["", _("Name"), _("Name in own script"), _("Signature")],
        "sheets": pages,
        "page": _("Page {page} of {pages}"),
    }
    return typesetting.typeset("sign_in", data, at=at, tags=True)


def write_people(
    gathering: str, title: str, groups: Sequence[PeopleGroup], *, at: dt.datetime
) -> bytes:
    """A list of people to tick off, in groups, as a PDF."""
    data = {
        "title": title,
        "gathering": gathering,
        "groups": [
            {"title": _heading(group), "people": [_names(one) for one in group.people]}
            for group in groups
        ],
        "page": _("Page {page} of {pages}"),
    }
    return typesetting.typeset("people", data, at=at, tags=True)


def _heading(group: PeopleGroup) -> str:
    return typesetting.language_name(group.language) if group.language else group.title


def write_badges(gathering: str, badges: Sequence[BadgeFace], *, at: dt.datetime) -> bytes:
    """The badges as a PDF, eight on a page."""
    data = {
        "title": _("Badges"),
        "gathering": gathering,
        "code": _("Code for the door"),
        "badges": [
            {
                **_names(Signer(one.name, one.native_name)),
                "languages": " · ".join(map(typesetting.own_language_name, one.languages)),
                "code": typesetting.code_picture(one.code) if one.code else "",
            }
            for one in badges
        ],
    }
    return typesetting.typeset("badges", data, at=at, tags=True)


def _pages(rows: Sequence[dict[str, str]]) -> list[list[dict[str, str]]]:
    """At most 25 rows each, at least one page."""
    return [list(rows[n : n + LINES]) for n in range(0, len(rows), LINES)] or [[]]


def _names(one: Signer) -> dict[str, str]:
    native = one.native_name if one.native_name != one.name else ""
    return {"name": one.name, "native": native, "dir": typesetting.direction_of(native)}


def _detail(sheet: SignIn, gathering: str) -> str:
    parts = [isolate(gathering)]
    if sheet.session:
        parts.append(isolate(typesetting.day(sheet.day)))
    if sheet.start is not None and sheet.end is not None:
        parts.append(ltr(f"{sheet.start:%H:%M}-{sheet.end:%H:%M}"))
    if sheet.room:
        parts.append(isolate(sheet.room))
    return " · ".join(parts)
