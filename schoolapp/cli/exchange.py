"""Commands that read and write files: applications, clashes, calendars, reports, lists."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from schoolapp.base import language
from schoolapp.base.language import _, mark, plural
from schoolapp.cli import database, reports
from schoolapp.cli.files import LANGUAGE, Commands, named_path, write_file
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.gatherings import gathering_row

if TYPE_CHECKING:
    from schoolapp.exchange.applications.drafts import ImportedSheet
    from schoolapp.exchange.applications.mapping import Mapping
    from schoolapp.operations.applications import ImportPlan
    from schoolapp.storage.store import Store

NO_NAME = mark(
    "No column of the sheet is a name. Say with --mapping which one is, as"
    ' {{"heading": "full_name"}}; the headings are: {headings}.'
)


def add_commands(commands: Commands) -> None:
    """Add ``import-applications``, ``applications``, ``conflicts`` and ``export``."""
    imported = commands.add_parser("import-applications", help="read an application sheet")
    imported.add_argument("file", type=named_path, metavar="FILE")
    imported.add_argument("--gathering", required=True, metavar="CODE")
    imported.add_argument("--mapping", type=named_path, metavar="FILE", help="which column is what")
    imported.add_argument("--choose-sheet", metavar="NAME", help="the one sheet to read")
    imported.add_argument(
        "--encoding", metavar="NAME", help="of a text file, such as windows-1250; default: found"
    )
    imported.add_argument("--apply", action="store_true", help="store it; without: a dry run")
    imported.add_argument("--report", type=named_path, metavar="FILE.json")
    database.add_options(imported)
    imported.set_defaults(run=import_applications)

    listed = commands.add_parser("applications", help="what is stored of the applications")
    listed.add_argument("--gathering", required=True, metavar="CODE")
    listed.add_argument("--json", action="store_true", help="for machines")
    database.add_options(listed)
    listed.set_defaults(run=list_applications)

    clashes = commands.add_parser("conflicts", help="what clashes in the programme")
    clashes.add_argument("--gathering", metavar="CODE", help="default: all gatherings")
    clashes.add_argument("--json", action="store_true", help="for machines")
    database.add_options(clashes)
    clashes.set_defaults(run=list_clashes)

    _add_exports(commands.add_parser("export", help="write files for others"))


def _add_exports(export: argparse.ArgumentParser) -> None:
    kinds = export.add_subparsers(title="what", metavar="WHAT", required=True)

    calendar = kinds.add_parser("calendar", help="the programme as calendar files")
    whose = calendar.add_mutually_exclusive_group()
    whose.add_argument("--person", metavar="UID", help="one participant's calendar only")
    whose.add_argument("--everyone", action="store_true", help="a file for each participant")
    whose.add_argument("--static", action="store_true", help="a folder to upload, for subscribers")
    attendance = kinds.add_parser("attendance", help="the attendance report")
    attendance.add_argument("--format", required=True, choices=("xlsx", "csv", "ods", "pdf"))
    attendance.add_argument(
        "--by", default="session", choices=("session", "person", "day", "delegation")
    )
    readings = kinds.add_parser("readings", help="the reading list")
    readings.add_argument("--format", required=True, choices=("pdf", "html", "bib"))
    readings.add_argument("--language", **LANGUAGE)
    reports.add_exports(kinds)
    practice = kinds.add_parser("practice", help="the packages again, all of them")

    for kind, run in (
        (calendar, export_calendar),
        (attendance, export_attendance),
        (readings, export_readings),
        (practice, export_practice),
    ):
        if kind is not practice:
            kind.add_argument("--gathering", required=True, metavar="CODE")
        folder = kind in (calendar, practice)
        kind.add_argument(
            "--to", type=named_path, required=True, metavar="DIR" if folder else "FILE"
        )
        database.add_options(kind)
        kind.set_defaults(run=run)


def import_applications(options: argparse.Namespace) -> int:
    """``schoolapp import-applications FILE --gathering CODE [--apply] [--report FILE.json]``."""
    from schoolapp.exchange.applications.flags import passed_over
    from schoolapp.exchange.applications.importing import Choices, read_applications
    from schoolapp.exchange.applications.sheets import Opening
    from schoolapp.operations import applications as operations

    data = options.file.read_bytes()
    with database.opened(options) as store:
        gathering = store.read(lambda s: gathering_row(s, code=options.gathering))
        sheet = read_applications(
            data,
            options.file.name,
            choices=Choices(
                _mapping(options.mapping, gathering.currency),
                store.read(operations.saved_mappings),
                Opening(_encoding(options.encoding), sheet=options.choose_sheet),
            ),
            known=store.read(operations.known_persons),
            reference_date=gathering.start_date,
        )
        if options.encoding is not None and sheet.encoding is None:
            raise RuleBroken(
                mark("{file} is a workbook and has no encoding to choose; leave --encoding out."),
                file=options.file.name,
            )
        if sheet.asks_name:
            raise RuleBroken(NO_NAME, headings=", ".join(sheet.mapping.columns))
        plan = store.read(
            lambda s: operations.plan_import(s, gathering_id=gathering.id, sheet=sheet)
        )
        if options.report:  # before anything is stored: if the report fails, nothing is imported
            write_file(options.report, _report(sheet, plan).encode())
        if options.apply:
            store.change(
                _("Import applications from {file}").format(file=options.file.name),
                lambda s: operations.apply_import(
                    s, gathering_id=gathering.id, sheet=sheet, token=plan.token
                ),
            )
    for said in passed_over(sheet):
        print(said)
    print(import_sentence(plan, applied=options.apply))
    return 0


def _encoding(name: str | None) -> str | None:
    """The encoding that somebody chose, as the reader calls it; ``RuleBroken`` if it is none."""
    from schoolapp.exchange.applications.encodings import ENCODINGS, named

    if name is None:
        return None
    if (found := named(name)) is None:
        raise RuleBroken(mark("There is no encoding “{name}”; it is one of {names}."), name=name,
                         names=", ".join(ENCODINGS))  # fmt: skip
    return found


def _report(sheet: "ImportedSheet", plan: "ImportPlan") -> str:
    """The report of a sheet, each row with what it changes, and of which application."""
    from schoolapp.exchange.applications.report import report
    from schoolapp.operations.applications import known_as

    whole, planned = report(sheet), {row.row: row for row in plan.rows}
    said = whole["rows"]
    assert isinstance(said, list)
    whole["rows"] = [row | known_as(planned.get(row["row"])) for row in said]
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _mapping(file: Path | None, currency: str) -> "Mapping":
    from schoolapp.exchange.applications.mapping import Mapping

    if file is None:
        return Mapping(currency=currency)
    return Mapping.from_json(file.read_bytes())


def import_sentence(plan: "ImportPlan", *, applied: bool) -> str:
    """What an import did, or would do."""
    from schoolapp.operations.applications import Outcome

    counted = _(
        "{rows} rows: {new} new people, {known} known people, {duplicate} perhaps twice,"
        " {changed} changed, {same} unchanged, {left_out} left out, {doubtful} with doubtful cells."
    ).format(
        rows=len(plan.rows),
        doubtful=plan.doubtful,
        **{outcome.value: plan.count(outcome) for outcome in Outcome},
    )
    stored = _("Imported.") if applied else _("Nothing was stored: this was a dry run.")
    return f"{counted} {stored}"


def list_applications(options: argparse.Namespace) -> int:
    """``schoolapp applications --gathering CODE [--json]``."""
    from schoolapp.operations.applications import stored_applications

    with database.opened(options) as store:
        key = store.read(lambda s: gathering_row(s, code=options.gathering)).id
        found = store.read(lambda s: stored_applications(s, gathering_id=key))
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    for one in found:
        doubts = plural("{count} doubt", "{count} doubts", len(one["marks"]))
        said = [one["code"], one["full_name"], one["state"]]
        said += [doubts.format(count=len(one["marks"]))] if one["marks"] else []
        print(" · ".join(said))
    return 0


def list_clashes(options: argparse.Namespace) -> int:
    """``schoolapp conflicts [--gathering CODE] [--json]``."""
    from schoolapp.domain.clashes import describe
    from schoolapp.operations.people.editing import names_by_code
    from schoolapp.operations.programme import as_json, clashes_of

    with database.opened(options) as store:
        key = None
        if options.gathering:
            key = store.read(lambda s: gathering_row(s, code=options.gathering)).id
        found = store.read(lambda s: clashes_of(s, gathering_id=key))
        people = store.read(lambda s: names_by_code(s, [c.person for c in found if c.person]))
    if options.json:
        print(json.dumps(as_json(found), ensure_ascii=False, indent=1))
        return 0
    for clash in found:
        print(describe(clash, people))
    return 0


def export_calendar(options: argparse.Namespace) -> int:
    """``schoolapp export calendar --gathering CODE [WHOSE] --to DIR``."""
    from schoolapp.exchange import calendars
    from schoolapp.operations.calendars.facts import calendar_facts

    with database.opened(options) as store:
        gathering = store.read(lambda s: gathering_row(s, code=options.gathering))
        facts = store.read(lambda s: calendar_facts(s, gathering_id=gathering.id))
        names = _feed_names(store, gathering.id) if options.static else {}
    if options.static:
        calendars.export_feeds(options.to, facts.gathering, facts.sessions, facts.people, names)
    elif options.everyone:
        calendars.export_calendars(options.to, facts.gathering, facts.sessions, facts.people)
    elif options.person:
        mine = [pair for pair in facts.people if pair[0].uid == options.person]
        if not mine:
            raise RuleBroken(
                mark("Nobody with the uid {uid} takes part in {gathering}."),
                uid=options.person,
                gathering=options.gathering,
            )
        calendars.export_person(options.to, facts.gathering, facts.sessions, *mine[0])
    else:
        calendars.export_programme(options.to, facts.gathering, facts.sessions)
    return 0


def _feed_names(store: "Store", gathering_id: int) -> dict[str, str]:
    """The names under which participants find their calendars; new people get one now."""
    from schoolapp.operations.calendars.feeds import feed_names

    title = _("Name the calendars to subscribe to")
    return store.change(title, lambda s: feed_names(s, gathering_id=gathering_id)).value


def export_attendance(options: argparse.Namespace) -> int:
    """``schoolapp export attendance --gathering CODE --format F [--by WHAT] --to FILE``."""
    from schoolapp.exchange.reports import write
    from schoolapp.operations.reports import report_of

    with database.opened(options) as store:
        key = store.read(lambda s: gathering_row(s, code=options.gathering)).id
        report = store.read(lambda s: report_of(s, gathering_id=key, kind=options.by))
    write_file(options.to, write(report, options.format))
    return 0


def export_readings(options: argparse.Namespace) -> int:
    """``schoolapp export readings --gathering CODE --format F [--language TAG] --to FILE``."""
    from schoolapp.exchange import reading_list as document
    from schoolapp.operations.readings import reading_list

    write = {"pdf": document.write_pdf, "html": document.write_html, "bib": document.write_bib}
    with database.opened(options) as store, language.in_language(options.language):
        key = store.read(lambda s: gathering_row(s, code=options.gathering)).id
        readings = store.read(lambda s: reading_list(s, gathering_id=key))
        write_file(options.to, write[options.format](readings))
    return 0


def export_practice(options: argparse.Namespace) -> int:
    """``schoolapp export practice --to DIR``."""
    from schoolapp.exchange.packages import writing
    from schoolapp.operations import practice

    with database.opened(options) as store:
        files = store.read(lambda s: writing.texts(practice.export(s)))
    writing.write(files, options.to)
    return 0
