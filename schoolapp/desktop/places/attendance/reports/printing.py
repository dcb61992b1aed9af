"""Turns a preset into a report or paper: the facts behind it, and the file made of them.

The writers of files are imported where they run, in a worker: they load the typesetter.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from schoolapp.base import clock
from schoolapp.base.language import in_language
from schoolapp.base.safe_write import write_safely
from schoolapp.domain.documents import BadgeFace, Narrative, PeopleGroup, Report
from schoolapp.domain.reports import KINDS, Format
from schoolapp.operations import reports
from schoolapp.operations.attendance import lists_and_badges
from schoolapp.operations.attendance.lists_and_badges import Grouping, Printed
from schoolapp.operations.certificates import IssuedCertificate
from schoolapp.operations.reports import Preset
from schoolapp.storage.store import DbSession

Writing = Callable[[dt.datetime], bytes]
"""Makes a file of facts that were read, dated by the moment given.

Each paper has facts of another kind: they stay with the function that writes them.
"""
LISTS: dict[str, Grouping] = {
    "list-door": "door",
    "list-language_group": "language_group",
    "list-delegation": "delegation",
    "list-team": "team",
}
"""The lists of people, and what they are grouped by."""


def noted(asked: Preset, gathering: str, reason: str) -> str:
    """What the journal keeps, empty unless private columns go out."""
    return reports.step_title(asked, gathering, reason) if asked.kind in KINDS else ""


def writing_of(session: DbSession, *, gathering_id: int, asked: Preset, reason: str) -> Writing:
    """Reads what a report or a paper says, in the reader's language; the answer writes it."""
    key = gathering_id
    with in_language(asked.language):
        match asked.kind:
            case "narrative":
                narrative = reports.narrative_of(session, gathering_id=key, only=asked.only)
                return partial(_narrative, narrative)
            case "sign-in-day":
                return partial(_sign_in, lists_and_badges.sign_in_by_day(session, gathering_id=key))
            case "sign-in-session":
                sheets = lists_and_badges.sign_in_by_session(session, gathering_id=key)
                return partial(_sign_in, sheets)
            case "badges":
                return partial(_badges, *lists_and_badges.badge_faces(session, gathering_id=key))
            case kind if kind in LISTS:
                by = LISTS[kind]
                people = lists_and_badges.people_list(session, gathering_id=key, by=by)
                return partial(_people, *people)
        report = reports.report_of(
            session,
            gathering_id=key,
            kind=asked.kind,
            columns=asked.columns,
            only=asked.only,
            reason=reason,
            for_people=True,
        )
        return partial(_report, report, asked.format)


def write(language: str, writing: Writing, path: Path) -> Path:
    """Write a report or a paper as a file, whole or not at all."""
    with in_language(language):
        data = writing(clock.now())
    write_safely(path, data)
    return path


def write_certificates(
    issued: Sequence[IssuedCertificate], keys: Sequence[str], folder: Path
) -> int:
    """Write certificates and the institute's public keys into a folder; how many certificates."""
    from schoolapp.exchange.papers.certificates import certificate_files

    for name, data in certificate_files(issued, keys):
        write_safely(folder / name, data)
    return len(issued)


def _narrative(narrative: Narrative, at: dt.datetime) -> bytes:
    from schoolapp.exchange.reports import write_narrative

    return write_narrative(narrative)


def _sign_in(printed: Printed, at: dt.datetime) -> bytes:
    from schoolapp.exchange.papers.lists_and_badges import write_sign_in

    return write_sign_in(printed.gathering, printed.sheets, at=at)


def _badges(gathering: str, faces: Sequence[BadgeFace], at: dt.datetime) -> bytes:
    from schoolapp.exchange.papers.lists_and_badges import write_badges

    return write_badges(gathering, faces, at=at)


def _people(gathering: str, title: str, groups: Sequence[PeopleGroup], at: dt.datetime) -> bytes:
    from schoolapp.exchange.papers.lists_and_badges import write_people

    return write_people(gathering, title, groups, at=at)


def _report(report: Report, form: Format, at: dt.datetime) -> bytes:
    from schoolapp.exchange.reports import write as write_report

    return write_report(report, form)
