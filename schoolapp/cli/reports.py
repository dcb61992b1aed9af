"""Commands for reports, papers to print, and certificates."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from schoolapp.base import clock
from schoolapp.base.language import _, in_language, mark, plural
from schoolapp.cli import database
from schoolapp.cli.files import LANGUAGE, Commands, named_path, write_file
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.gatherings import gathering_row

if TYPE_CHECKING:
    from schoolapp.domain.certificates import Attested

PAPERS = (
    *("sign-in-day", "sign-in-session", "badges"),
    *("door", "language_group", "delegation", "team"),
)


def add_commands(commands: Commands) -> None:
    """Add ``certificates`` and ``verify-certificate``."""
    from schoolapp.domain.certificates import USUAL_PERCENT

    given = commands.add_parser("certificates", help="issue what was earned and write the files")
    given.add_argument("--gathering", required=True, metavar="CODE")
    given.add_argument(
        "--percent",
        type=int,
        default=USUAL_PERCENT,
        help=f"of the core sessions; default: {USUAL_PERCENT}",
    )
    given.add_argument("--to", type=named_path, required=True, metavar="DIR")
    database.add_options(given)
    given.set_defaults(run=issue_certificates)

    verified = commands.add_parser("verify-certificate", help="whether a certificate is genuine")
    verified.add_argument("file", metavar="FILE", help="the text of the code; - reads the input")
    verified.add_argument(
        "--key", type=named_path, required=True, metavar="FILE", help="public-key.txt"
    )
    verified.set_defaults(run=verify_certificate)


def add_exports(kinds: Commands) -> None:
    """Add ``export report`` and ``export papers``."""
    from schoolapp.domain.reports import FORMATS, KINDS

    report = kinds.add_parser("report", help="a report in chosen columns, cut by filters")
    report.add_argument("--kind", required=True, choices=(*KINDS, "narrative"))
    report.add_argument("--format", default="xlsx", choices=FORMATS)
    report.add_argument("--columns", default="", metavar="NAME,NAME", help="default: the least")
    for cut in ("delegation", "language-group", "module", "first", "last", "travel-days"):
        report.add_argument(f"--{cut}", default="", metavar="DATE" if cut in _DATES else "VALUE")
    report.add_argument("--reason", default="", help="what health, gender or addresses are for")
    report.add_argument("--planned", action="store_true", help="the plan, not what was recorded")
    report.add_argument("--byte-order-mark", action="store_true", help="csv for Excel")
    papers = kinds.add_parser("papers", help="sign-in sheets, lists and badges as PDF")
    papers.add_argument("--kind", required=True, choices=PAPERS)
    for kind, run in ((report, export_report), (papers, export_papers)):
        kind.add_argument("--gathering", required=True, metavar="CODE")
        kind.add_argument("--language", **LANGUAGE)
        kind.add_argument("--to", type=named_path, required=True, metavar="FILE")
        database.add_options(kind)
        kind.set_defaults(run=run)


_DATES = ("first", "last")


def export_report(options: argparse.Namespace) -> int:
    """``schoolapp export report --gathering CODE --kind K [--format F] [...] --to FILE``."""
    from schoolapp.domain.reports import filter_of
    from schoolapp.exchange.reports import write, write_narrative
    from schoolapp.operations import reports

    cuts = ("delegation", "language_group", "module", "first", "last", "travel_days")
    try:
        only = filter_of({cut: getattr(options, cut) for cut in cuts})
        only = replace(only, planned=options.planned)
    except ValueError as wrong:
        raise RuleBroken(mark("Write dates as 2027-10-23 and days as a number.")) from wrong
    columns = tuple(name for name in options.columns.split(",") if name)
    with database.opened(options) as store, in_language(options.language):
        key = store.read(lambda s: gathering_row(s, code=options.gathering)).id
        store.read(lambda s: reports.need_known(s, gathering_id=key, only=only))
        if options.kind == "narrative":
            figures = store.read(lambda s: reports.narrative_of(s, gathering_id=key, only=only))
            write_file(options.to, write_narrative(figures))
            return 0
        preset = reports.Preset("", options.kind, columns, only, options.format)
        report = store.read(
            lambda s: reports.report_of(
                s, gathering_id=key, kind=preset.kind, columns=columns, only=only,
                reason=options.reason,
            )
        )  # fmt: skip
        if title := reports.step_title(preset, options.gathering, options.reason):
            store.note(title)
        write_file(
            options.to, write(report, options.format, byte_order_mark=options.byte_order_mark)
        )
    return 0


def export_papers(options: argparse.Namespace) -> int:
    """``schoolapp export papers --gathering CODE --kind K [--language TAG] --to FILE``."""
    from schoolapp.exchange.papers import lists_and_badges as document
    from schoolapp.operations.arrivals import badges
    from schoolapp.operations.attendance.lists_and_badges import (
        badge_faces,
        people_list,
        sign_in_by_day,
        sign_in_by_session,
    )

    with database.opened(options) as store, in_language(options.language):
        key, at = store.read(lambda s: gathering_row(s, code=options.gathering)).id, clock.now()
        if options.kind == "badges":
            store.change(_("Give badges"), lambda s: badges.give_badges(s, key))
            gathering, faces = store.read(lambda s: badge_faces(s, gathering_id=key))
            data = document.write_badges(gathering, faces, at=at)
        elif options.kind.startswith("sign-in"):
            ask = sign_in_by_day if options.kind.endswith("day") else sign_in_by_session
            printed = store.read(lambda s: ask(s, gathering_id=key))
            data = document.write_sign_in(printed.gathering, printed.sheets, at=at)
        else:
            listed = store.read(lambda s: people_list(s, gathering_id=key, by=options.kind))
            data = document.write_people(*listed, at=at)
        write_file(options.to, data)
    return 0


def issue_certificates(options: argparse.Namespace) -> int:
    """``schoolapp certificates --gathering CODE [--percent N] --to DIR``."""
    from schoolapp.domain.certificates import CertificateRule
    from schoolapp.exchange.papers.certificates import certificate_files
    from schoolapp.operations import certificates

    rule = CertificateRule(options.percent)
    with database.opened(options) as store:
        key = store.read(lambda s: gathering_row(s, code=options.gathering)).id
        given = store.change(
            _("Issue certificates"),
            lambda s: certificates.issue_certificates(s, gathering_id=key, rule=rule),
            final=True,
        ).value
        kept = store.read(lambda s: certificates.issued(s, gathering_id=key))
        found = store.read(lambda s: certificates.earnings(s, gathering_id=key, rule=rule))
        keys = store.read(certificates.public_keys)
    options.to.mkdir(parents=True, exist_ok=True)
    for name, data in certificate_files(kept, keys):
        write_file(options.to / name, data)
    print(
        _("{given} certificates were issued now; {all} are in {folder}.").format(
            given=given, all=len(kept), folder=options.to
        )
    )
    if waiting := sum(one.earned and one.waits is not None for one in found):
        print(
            plural(
                "{count} person waits for the end of the stay, or for registers to be closed.",
                "{count} people wait for the end of their stay, or for registers to be closed.",
                waiting,
            ).format(count=waiting)
        )
    return 0


def verify_certificate(options: argparse.Namespace) -> int:
    """``schoolapp verify-certificate FILE --key public-key.txt``: needs no database, no network."""
    from schoolapp.domain.certificates import attested
    from schoolapp.exchange.papers.signatures import checked_by_any

    data = sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
    try:
        text, keys = data.decode(), options.key.read_text("utf-8").split()
    except UnicodeDecodeError as wrong:
        raise RuleBroken(mark("This is not the text of a certificate.")) from wrong
    print(genuine(attested(checked_by_any(text, keys))))
    return 0


def genuine(said: "Attested") -> str:
    """The sentence about a certificate whose signature is right."""
    from schoolapp.domain.certificates import hours_of

    return _(
        "Genuine: certificate {number}, {name}, {gathering}, {first} to {last},"
        " {hours} of {possible} hours in {sessions} sessions, issued on {issued}."
    ).format(
        number=said.number,
        name=said.name,
        gathering=said.gathering,
        first=said.first_day,
        last=said.last_day,
        hours=hours_of(said.minutes),
        possible=hours_of(said.minutes_possible),
        sessions=said.sessions,
        issued=said.issued_on,
    )
