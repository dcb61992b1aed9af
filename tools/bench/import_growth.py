"""How the cost of an import grows: 12,000 rows against 3,000, and how long it cannot be stopped.

The form comes twice. The first time everybody is new; the second time every third row has another
motivation and every seventh another address, in another order. Names repeat, as they do.
"""

import csv
import datetime as dt
import io
import itertools
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from schoolapp.exchange.applications.importing import understand
from schoolapp.exchange.applications.reading import read
from schoolapp.operations import applications
from schoolapp.storage.opening import open_store
from schoolapp.storage.store import Store
from tools import volume
from tools.bench.importing import FIRST_DAY
from tools.bench.measuring import Result, cpu_seconds
from tools.synthetic_names import CULTURES

FEW, MANY = 3_000, 12_000
HEADINGS = ("id", "submitdate", "Full name", "E-mail", "Date of birth", "Phone", "Motivation")
NAMES = [
    f"{given} {family}"
    for culture in CULTURES
    for given, family in itertools.product(culture.given, culture.family)
]


def results() -> list[Result]:
    """The growth of the cost of a row, and the longest time without a look at who waits."""
    gaps: list[float] = []
    few, many = _cost(FEW, []) / FEW, _cost(MANY, gaps) / MANY
    reading = f"{MANY:,} rows of a form that comes twice"
    return [
        Result(
            id="import_growth",
            ratio=round(many / few, 2),
            reference=f"CPU of a row among {MANY:,} over that of a row among {FEW:,}",
            gate=2.0,
        ),
        Result(id="import_stop_ms", value=round(1000 * max(gaps)), reference=reading, gate=2000),
    ]


def _cost(rows: int, gaps: list[float]) -> float:
    """CPU seconds of both imports; those between looks at who waits are added to ``gaps``."""
    with tempfile.TemporaryDirectory(prefix="schoolapp-bench-") as folder:
        path = Path(folder) / "school.db"
        volume.make(path, years=1, scale=0.001)
        store = open_store(path)
        try:
            return sum(
                cpu_seconds(lambda data=data: _bring_in(store, data, gaps))  # type: ignore[misc]
                for data in (_form(rows, again=False), _form(rows, again=True))
            )
        finally:
            store.close()


def _bring_in(store: Store, data: bytes, gaps: list[float]) -> None:
    watch = _Clock(gaps)
    known = store.read(applications.known_persons)
    sheets = read(data, "form.csv")
    sheet = understand(
        sheets, "form.csv", known=known, reference_date=FIRST_DAY, progress=watch.report
    )
    plan = store.read(
        lambda s: applications.plan_import(s, gathering_id=1, sheet=sheet, watch=watch.look)
    )
    store.change(
        "Import",
        lambda s: applications.apply_import(
            s, gathering_id=1, sheet=sheet, token=plan.token, progress=watch.report
        ),
    )
    watch.look()


class _Clock:
    """Notes how much CPU time went by since the last look."""

    def __init__(self, gaps: list[float]) -> None:
        self._gaps, self._last = gaps, time.process_time()

    def look(self) -> None:
        """Somebody may stop the work here."""
        now = time.process_time()
        self._gaps.append(now - self._last)
        self._last = now

    def report(self, _done: int, _total: int) -> None:
        """The same where progress is reported."""
        self.look()


def _form(rows: int, *, again: bool) -> bytes:
    chance = random.Random(5)  # noqa: S311 - the same people each time
    made = list(_rows(rows, chance, again=again))
    if again:
        chance.shuffle(made)
    out = io.StringIO()
    csv.writer(out).writerows([HEADINGS, *made])
    return out.getvalue().encode()


def _rows(rows: int, chance: random.Random, *, again: bool) -> Iterator[tuple[object, ...]]:
    sent = dt.datetime.combine(FIRST_DAY, dt.time(8)) - dt.timedelta(days=200)
    for n in range(rows):
        born = dt.date(1965, 1, 1) + dt.timedelta(days=chance.randrange(16_000))
        email = f"{'new' if again and n % 7 == 0 else 'a'}{n}@example.org"
        motive = f"I want to learn, {n}{', and more' if again and n % 3 == 0 else ''}"
        moment = (sent + dt.timedelta(minutes=n)).isoformat(" ")
        yield n + 1, moment, chance.choice(NAMES), email, born, f"+31 20 {5_550_000 + n}", motive
