"""Commands for the practice schools: make them, tour them, list gatherings."""

import argparse
import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING

from schoolapp.base import clock
from schoolapp.base.language import _, mark
from schoolapp.cli import database
from schoolapp.cli.files import Commands, named_path
from schoolapp.domain.rules import RuleBroken

if TYPE_CHECKING:
    from schoolapp.operations.gatherings import GatheringRow
    from schoolapp.operations.practice import Loaded
    from schoolapp.storage.store import Query

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Between them a gathering of the practice schools can be moved: calendars and laws are known."""


def add_commands(commands: Commands) -> None:
    """Add ``practice``, ``tour`` and ``gatherings``."""
    practice = commands.add_parser(
        "practice", help="make or complete a database from the practice packages"
    )
    practice.add_argument("--into", required=True, metavar="PATH", help="the database to fill")
    practice.add_argument(
        "--from", dest="source", type=named_path, metavar="DIR", help="other packages"
    )
    practice.add_argument(
        "--key-file", type=named_path, metavar="FILE", help="encrypt with this key"
    )
    practice.add_argument(
        "--today",
        nargs="?",
        const="",
        metavar="DATE",
        help="lay the dates around today, or around this day",
    )
    practice.set_defaults(run=make_practice)

    tour = commands.add_parser("tour", help="the main job without hands, with pictures")
    tour.add_argument("--out", type=named_path, required=True, metavar="DIR")
    database.add_options(tour)
    tour.set_defaults(run=run_tour)

    gatherings = commands.add_parser("gatherings", help="the list of gatherings")
    gatherings.add_argument("--json", action="store_true", help="for machines")
    database.add_options(gatherings)
    gatherings.set_defaults(run=list_gatherings)


def make_practice(options: argparse.Namespace) -> int:
    """``schoolapp practice --into PATH [--from DIR] [--today [DATE]]``."""
    from schoolapp.base.shipped import folder
    from schoolapp.exchange.packages.reading import read
    from schoolapp.operations.practice import load

    source = options.source or folder("data") / "practice" / "events"
    options.database = options.into
    if options.today is None:
        packages = read(source)
        new = _loaded(options, lambda session: load(session, packages))
    else:
        new = _laid_around(options, source)
    print(
        _(
            "New: {gatherings} gatherings, {people} people, {editions} readings, {gifts} gifts."
            " What was there already is as it was."
        ).format(
            gatherings=new.gatherings, people=new.people, editions=new.editions, gifts=new.gifts
        )
    )
    return 0


def _loaded(options: argparse.Namespace, load: "Query[Loaded]") -> "Loaded":
    with database.opened(options, create=True) as store:
        return store.change(_("Load the practice schools"), load).value


def _laid_around(options: argparse.Namespace, source: Path) -> "Loaded":
    """Load packages with their dates around a day: now, or noon of the day that was given."""
    from schoolapp.exchange.packages.today import read_for_today
    from schoolapp.operations.practising import load_for_today

    moment = clock.now()
    if options.today:
        moment = dt.datetime.combine(_day(options.today), dt.time(12), dt.UTC)
    with clock.at(moment):
        packages = read_for_today(source, moment.date())
        return _loaded(options, lambda session: load_for_today(session, packages))


def _day(text: str) -> dt.date:
    """The day that somebody typed; ``RuleBroken`` where no school can be laid around it."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as wrong:
        raise RuleBroken(mark("Write the day as 2027-10-23.")) from wrong
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise RuleBroken(
            mark("The practice schools are laid around a day between {first} and {last}."),
            first=FIRST_YEAR, last=LAST_YEAR,
        )  # fmt: skip
    return day


def run_tour(options: argparse.Namespace) -> int:
    """``schoolapp tour --out DIR``."""
    from schoolapp.cli.tour import tour

    return tour(options)


def list_gatherings(options: argparse.Namespace) -> int:
    """``schoolapp gatherings [--json]``."""
    from schoolapp.operations import gatherings

    with database.opened(options) as store:
        rows = store.read(gatherings.list_gatherings)
    if options.json:
        print(json.dumps([as_json(row) for row in rows], ensure_ascii=False, indent=1))
        return 0
    for row in rows:
        print(f"{row.code:14} {row.start_date} {row.end_date}  {row.title}")
    return 0


def as_json(row: "GatheringRow") -> dict[str, str | int]:
    """A gathering as ``docs/cli.md`` describes it."""
    return {
        "id": row.code,
        "title": row.title,
        "kind": row.kind,
        "start_date": str(row.start_date),
        "end_date": str(row.end_date),
        "tz": row.tz,
        "currency": row.currency,
        "sessions": row.sessions,
        "participants": row.participants,
        "applications": row.applications,
        "subsidies": row.subsidies,
    }
