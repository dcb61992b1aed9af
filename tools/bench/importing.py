"""Applying an import of 10,000 applications, against raw inserts of the rows that it leaves behind.

The reference gets the finished persons, languages, applications and steps, and puts them into an
equal database by SQLAlchemy's core, a statement per table, in one transaction. Ours plans again,
compares the token, makes the same rows, and writes the journal that undoes them.
"""

import csv
import datetime as dt
import io
import itertools
import shutil
import tempfile
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from schoolapp.domain.entities import metadata
from schoolapp.exchange.applications.drafts import ImportedSheet
from schoolapp.exchange.applications.importing import understand
from schoolapp.exchange.applications.reading import read
from schoolapp.operations import applications
from schoolapp.storage.opening import open_store
from schoolapp.storage.store import Store
from tools import volume
from tools.bench.measuring import Result, Work, prepared_ratio
from tools.synthetic_names import CULTURES

ROWS, ROUNDS = 10_000, 5
FIRST_DAY = dt.date(2027, 10, 23)
TABLES = ("person", "person_language", "person_address", "application", "application_step")
HEADINGS = (
    "id",
    "submitdate",
    "Full name",
    "E-mail",
    "Date of birth",
    "Country",
    "Phone",
    "LANG[en]",
    "LANG[fr]",
    "Do you need a visa?",
    "Do you ask for a subsidy?",
    "Motivation",
)
MOTIVE = "I want to learn how others organise, and to bring it home to our branch."


def import_rows() -> Result:
    """The figure of applying an import."""
    with tempfile.TemporaryDirectory(prefix="schoolapp-bench-") as folder:
        bench = Bench(Path(folder), ROWS)
        try:
            found = prepared_ratio(bench.ours, bench.reference, ROUNDS)
        finally:
            bench.close()
    return Result(
        id="import_rows",
        ratio=found,
        reference=f"core inserts of the rows that an import of {ROWS:,} applications leaves",
        gate=2.0,
    )


class Bench:
    """A small database, a sheet for its school, and the rows that the sheet becomes."""

    def __init__(self, folder: Path, rows: int) -> None:
        self._before, self._now = folder / "before.db", folder / "now.db"
        volume.make(self._before, years=1, scale=0.001)
        self._sheet = form(rows)
        self._store: Store | None = None
        self.ours()()
        self._left = self._new_rows()

    def ours(self) -> Work:
        """The import into a fresh copy; what it is shown as a plan is not measured."""
        store = self._fresh()
        given = {"gathering_id": 1, "sheet": self._sheet}
        token = store.read(lambda s: applications.plan_import(s, **given)).token
        return lambda: store.change(
            "Import", lambda s: applications.apply_import(s, **given, token=token)
        )

    def reference(self) -> Work:
        """The same rows into a fresh copy."""
        store = self._fresh()

        def insert() -> None:
            with store.engine.execution_options(write=True).begin() as connection:
                for table, rows in self._left:
                    connection.execute(sa.insert(table), rows)

        return insert

    def close(self) -> None:
        """Close what is open."""
        if self._store is not None:
            self._store.close()

    def _fresh(self) -> Store:
        self.close()
        for stale in self._now.parent.glob("now.db*"):
            stale.unlink()
        shutil.copyfile(self._before, self._now)
        self._store = open_store(self._now)
        return self._store

    def _new_rows(self) -> list[tuple[sa.Table, list[dict[str, Any]]]]:
        """The rows that are there now and were not before, parents first."""
        found = []
        for table in (metadata.tables[name] for name in TABLES):
            old = open_store(self._before)
            last = old.read(lambda s, t=table: s.scalar(sa.select(sa.func.max(t.c.id)))) or 0
            old.close()
            assert self._store is not None
            new = sa.select(table).where(table.c.id > last).order_by(table.c.id)
            rows = self._store.read(lambda s, n=new: [dict(r) for r in s.execute(n).mappings()])
            found += [(table, rows)] if rows else []
        return found


def form(rows: int) -> ImportedSheet:
    """A form export of as many rows as it is understood; every person is somebody else."""
    names = [
        f"{given} {family}"
        for culture in CULTURES
        for given, family in itertools.product(culture.given, culture.family)
    ]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for n in range(rows):
        culture = CULTURES[n % len(CULTURES)]
        born = dt.date(1960, 1, 1) + dt.timedelta(days=n)
        sent = dt.datetime.combine(FIRST_DAY, dt.time(8)) - dt.timedelta(minutes=n)
        name = f"{names[n % len(names)]} {chr(65 + n // 26 % 26)}{chr(97 + n % 26)}ova"
        writer.writerow(
            (n + 1, sent.isoformat(" "), name, f"a{n}@example.org", born.isoformat(),
             culture.country, f"+31 20 {5550000 + n}", "Yes", "Yes" if n % 2 else "No",
             "Yes" if n % 3 else "No", "No" if n % 4 else "Yes", MOTIVE)
        )  # fmt: skip
    data = out.getvalue().encode()
    return understand(read(data, "form.csv"), "form.csv", reference_date=FIRST_DAY)
