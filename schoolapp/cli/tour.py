"""The main job without a person: ``schoolapp tour --out DIR`` does what a coordinator would do.

It uses the operations of the window on the practice schools. Each step is printed when it is saved,
each file is written whole, and ``tour.json`` comes last: while it is missing the tour is not done.
"""

import argparse
import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, TypeVar

from schoolapp import app
from schoolapp.base import profiles
from schoolapp.base.language import _
from schoolapp.base.shipped import folder as shipped
from schoolapp.cli import database
from schoolapp.domain.applications import ApplicationState
from schoolapp.domain.programme import SessionKind, SessionState
from schoolapp.exchange import calendars as calendar_files
from schoolapp.exchange import reading_list as reading_document
from schoolapp.exchange import reports as report_document
from schoolapp.exchange.applications.importing import Choices, read_applications
from schoolapp.exchange.applications.mapping import Mapping
from schoolapp.exchange.applications.report import as_json
from schoolapp.exchange.files import safe_write
from schoolapp.exchange.packages.reading import read as read_packages
from schoolapp.operations import applications, practice, programme, readings, reports
from schoolapp.operations.calendars.facts import calendar_facts
from schoolapp.operations.gatherings import gathering_row
from schoolapp.storage.opening import open_store

if TYPE_CHECKING:
    from schoolapp.storage.store import DbSession, Query, Store

T = TypeVar("T")
CODE = "gjs2027"
SHEET = "limesurvey_gjs.csv"
ACCEPTED, WAITING = 3, 2  # how many of the new applications get a place, how many wait


def tour(options: argparse.Namespace) -> int:
    """Do the tour into ``options.out``; on its own database, or on ``--database``."""
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    (out / "tour.json").unlink(missing_ok=True)
    if options.database is None:
        options.database = str(_fresh(out / "school.db"))
    where = database.where_of(options)
    key = database.key_of(where, options)
    with database.reached():
        store = open_store(where, key, actor=profiles.actor())
    try:
        made = Tour(store, out)
        made.run()
    finally:
        store.close()
    made.take_pictures(where, key)
    made.write_report()
    print(_("Done: {count} files in {folder}.").format(count=len(made.files), folder=out))
    return 0


def _fresh(path: Path) -> Path:
    """Where the tour's own database is made; that of an earlier tour is removed."""
    for side in ("", "-wal", "-shm"):
        path.with_name(path.name + side).unlink(missing_ok=True)
    return path


class SavedStep(TypedDict):
    """A step of the tour as ``tour.json`` lists it."""

    step: int
    title: str
    tables: list[str]


class Tour:
    """The steps of the main job, with what they did and the files they wrote."""

    def __init__(self, store: "Store", out: Path) -> None:
        self._store, self._out = store, out
        self.done: list[SavedStep] = []
        self.files: list[str] = []
        self.counts: dict[str, int] = {}

    def run(self) -> None:
        """Everything but the pictures."""
        self.load()
        self.change_the_database()
        self._export_calendars()
        self._export_attendance()
        self._export_readings()
        self._count()

    def change_the_database(self) -> None:
        """The steps of the coordinator on the practice schools; they can be done again."""
        self._gathering = self._read(lambda s: gathering_row(s, code=CODE))
        self._import()
        self._decide()
        self._move_a_session()

    def load(self) -> None:
        """Add the practice schools to the database; those that are there stay."""
        packages = read_packages(shipped("data") / "practice" / "events")
        self._change(_("Load the practice schools"), lambda s: practice.load(s, packages))

    def _import(self) -> None:
        data = (shipped("data") / "practice" / "messy" / SHEET).read_bytes()
        gathering = self._gathering
        sheet = read_applications(
            data,
            SHEET,
            choices=Choices(Mapping(currency=gathering.currency)),
            known=self._read(applications.known_persons),
            reference_date=gathering.start_date,
        )
        self._write("import_report.json", as_json(sheet).encode())
        plan = self._read(
            lambda s: applications.plan_import(s, gathering_id=gathering.id, sheet=sheet)
        )
        self.counts |= {
            f"rows_{outcome.value}": plan.count(outcome) for outcome in applications.Outcome
        }
        self._change(
            _("Import applications from {file}").format(file=SHEET),
            lambda s: applications.apply_import(
                s, gathering_id=gathering.id, sheet=sheet, token=plan.token
            ),
        )

    def _decide(self) -> None:
        view = applications.ApplicationView(
            gathering_id=self._gathering.id, states=frozenset({ApplicationState.SUBMITTED})
        )
        fresh = self._read(lambda s: applications.application_ids(s, view))
        rows = self._read(lambda s: applications.application_rows(s, fresh[: ACCEPTED + WAITING]))
        for number, key in enumerate(fresh[: ACCEPTED + WAITING]):
            step = "accept" if number < ACCEPTED else "waitlist"
            title = _("Accept {name}") if step == "accept" else _("Put {name} on the waiting list")
            self._change(title.format(name=rows[key].name), _decision(key, step))

    def _move_a_session(self) -> None:
        """Move the last lecture of the programme by half an hour."""
        gathering = self._gathering

        def find(session: "DbSession") -> programme.SessionRow:
            view = programme.SessionView(
                gathering_id=gathering.id,
                kinds=(SessionKind.LECTURE,),
                states=(SessionState.CONFIRMED, SessionState.PUBLISHED),
            )
            keys = programme.session_ids(session, view)
            return programme.session_rows(session, keys)[keys[-1]]

        slot = self._read(find)
        later = slot.start + dt.timedelta(minutes=30)
        self._change(
            _("Move “{title}”").format(title=slot.title),
            lambda s: programme.move_session(s, session_id=slot.id, start=later),
        )

    def _export_calendars(self) -> None:
        facts = self._read(lambda s: calendar_facts(s, gathering_id=self._gathering.id))
        index = calendar_files.export_calendars(
            self._out / "calendars", facts.gathering, facts.sessions, facts.people
        )
        names = [entry["file"] for entry in index]
        self._note([f"calendars/{name}" for name in [*names, "programme.ics", "index.json"]])

    def _export_attendance(self) -> None:
        report = self._read(
            lambda s: reports.report_of(s, gathering_id=self._gathering.id, kind="session")
        )
        for form in ("xlsx", "csv", "pdf"):
            self._write(f"attendance.{form}", report_document.write(report, form))

    def _export_readings(self) -> None:
        found = self._read(lambda s: readings.reading_list(s, gathering_id=self._gathering.id))
        self._write("readings.html", reading_document.write_html(found))
        self._write("readings.pdf", reading_document.write_pdf(found))

    def _count(self) -> None:
        row = self._read(lambda s: gathering_row(s, code=CODE))
        self.counts |= {
            "sessions": row.sessions,
            "participants": row.participants,
            "applications": row.applications,
            "subsidies": row.subsidies,
        }

    def take_pictures(self, where: Path | str, key: bytes | None) -> None:
        """Every place of the window in light, dark and from right to left."""
        from schoolapp.desktop.starting import pictures

        (self._out / "pictures").mkdir(exist_ok=True)
        pictures.take(
            lambda: open_store(where, key, actor=profiles.actor()),
            app.places(),
            app.gatherings,
            self._gathering.id,
            lambda name, data: self._write(f"pictures/{name}", data),
        )

    def write_report(self) -> None:
        """``tour.json``: what was done, counts, and the files relative to its folder."""
        report = {"done": self.done, "counts": self.counts, "files": sorted(self.files)}
        text = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
        safe_write(self._out / "tour.json", text.encode())

    def _read(self, query: "Query[T]") -> T:
        return self._store.read(query)

    def _change(self, title: str, operation: "Query[object]") -> None:
        done = self._store.change(title, operation)
        if done.step_id is None:
            return
        self.done.append({"step": done.step_id, "title": title, "tables": sorted(done.touched)})
        print(
            _("Saved, step {number}: {title}").format(number=done.step_id, title=title), flush=True
        )

    def _write(self, name: str, data: bytes) -> None:
        safe_write(self._out / name, data)
        self._note([name])

    def _note(self, names: list[str]) -> None:
        self.files += names


def _decision(key: int, step: str) -> "Query[None]":
    """Mark the application as complete, and decide."""

    def decide(session: "DbSession") -> None:
        applications.move_application(session, application_id=key, step="check_ok")
        applications.move_application(session, application_id=key, step=step)

    return decide
