"""Makes the database of ten years of three centres, on which the speed of the program is measured.

    python -m tools.volume --into PATH [--years 10] [--scale 1]

40,000 people, 120 gatherings (each year one camp of 400 people with 60 sessions and eleven schools
of 33), 12,000 sessions, 60,010 applications, 616,200 marks, 30,119 subsidies, 2,400 delegations.
The same seed gives the same rows, keys and names. The rows go in by core inserts and past the
journal: nobody made these changes, so there is nobody to name and nothing to undo, and a million
rows of history would be measured instead of the work.
"""

import argparse
import datetime as dt
import random
import sys
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.domain.applications import Application, ApplicationState, ApplicationStep
from schoolapp.domain.attendance import AttendanceMark, AttendanceState
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.funding import Fund, Subsidy, SubsidyState
from schoolapp.domain.gatherings import Gathering, GatheringKind, GatheringState, Room
from schoolapp.domain.participation import Participation, Stay
from schoolapp.domain.people import NameOrder, Person, PersonLanguage
from schoolapp.domain.programme import Session, SessionKind, SessionState
from schoolapp.storage.opening import open_store
from tools.synthetic_names import CULTURES, Culture

SEED = 20261122
FIRST_YEAR = 2018
A_YEAR = 12  # gatherings, the first of them a camp
PEOPLE, DELEGATIONS, SUBSIDIES = 4_000, 240, 3_011.9  # in a year
CENTRES = (
    ("amsterdam", "NL", "Europe/Amsterdam", "Amsterdam"),
    ("islamabad", "PK", "Asia/Karachi", "Islamabad"),
    ("manila", "PH", "Asia/Manila", "Quezon City"),
)
A = ApplicationState
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Size:
    """How large one gathering is; a school's 104 sessions are 103 in every third school."""

    people: int
    sessions: int
    applications: int


CAMP, SCHOOL = Size(400, 60, 2118), Size(33, 104, 353)


def make(into: Path, *, years: int = 10, scale: float = 1.0, seed: int = SEED) -> dict[str, int]:
    """Make a new plain file with the volume of ``years``; answers the rows of each table.

    ``scale`` shrinks people, sessions and applications alike. ``FileExistsError`` if there is one.
    """
    if into.exists():
        raise FileExistsError(f"{into} exists already")
    store = open_store(into)
    try:
        with store.engine.execution_options(write=True).begin() as connection:
            return _Maker(connection, random.Random(seed), years, scale).run()  # noqa: S311
    finally:
        store.close()


class _Maker:
    """Fills the tables in the order in which they refer to each other."""

    def __init__(
        self, connection: sa.Connection, chance: random.Random, years: int, scale: float
    ) -> None:
        self._connection, self._chance = connection, chance
        self._years, self._scale = years, scale
        self._rows: dict[str, int] = {}
        self._camps = range(1, years * A_YEAR + 1, A_YEAR)
        self._gatherings = range(1, years * A_YEAR + 1)

    def run(self) -> dict[str, int]:
        """Fill all tables; answers how many rows each has got."""
        people = range(1, self._scaled(PEOPLE * self._years) + 1)
        self._put(Person, map(self._person, people))
        self._put(PersonLanguage, (row for n in people for row in self._languages(n)))
        self._put(Gathering, map(self._gathering, self._gatherings))
        self._put(Room, (_room(g, n) for g in self._gatherings for n in range(1, 5)))
        self._put(Fund, map(_fund, self._gatherings))
        each = _shares(self._scaled(DELEGATIONS * self._years), len(self._gatherings))
        delegations = _numbered(zip(self._gatherings, each, strict=True))
        self._put(Delegation, (self._delegation(g, keys, k, len(people))
                               for g, keys in delegations.items() for k in keys))  # fmt: skip
        self._fill_applications(people, delegations)
        self._fill_attendance()
        return self._rows

    def _fill_applications(self, people: range, delegations: Mapping[int, range]) -> None:
        sizes = ((g, self._scaled(self._size(g).applications)) for g in self._gatherings)
        keys = _numbered(sizes)
        who = {g: self._chance.sample(people, len(keys[g])) for g in self._gatherings}
        subsidies = _shares(round(SUBSIDIES * self._years * self._scale), len(self._gatherings))
        self._seated: dict[int, list[tuple[int, int]]] = {}
        rows: list[Row] = []
        for g in self._gatherings:
            made = [self._application(g, k, p, n, delegations[g])
                    for n, (k, p) in enumerate(zip(keys[g], who[g], strict=True))]  # fmt: skip
            seats = self._scaled(self._size(g).people)
            self._seated[g] = [(r["person_id"], r["delegation_id"]) for r in made[:seats]]
            rows += made
        self._put(Application, rows)
        self._put(ApplicationStep, (step for row in rows for step in _steps(row)))
        self._put(
            Subsidy,
            (_subsidy(g, person, n)
             for g, count in zip(self._gatherings, subsidies, strict=True)
             for n, person in enumerate(who[g][:count])),
        )  # fmt: skip

    def _fill_attendance(self) -> None:
        keys = _numbered((g, len(self._seated[g])) for g in self._gatherings)
        slots = _numbered((g, self._sessions(g)) for g in self._gatherings)
        self._put(
            Participation,
            (_participation(g, key, *whose)
             for g in self._gatherings
             for key, whose in zip(keys[g], self._seated[g], strict=True)),
        )  # fmt: skip
        self._put(Stay, (_stay(g, key) for g in self._gatherings for key in keys[g]))
        sessions = {g: [self._session(g, k, n) for n, k in enumerate(slots[g], 1)]
                    for g in self._gatherings}  # fmt: skip
        self._put(Session, (row for rows in sessions.values() for row in rows))
        self._rows["attendance_mark"] = self._connection.execute(_marks()).rowcount

    def _put(self, entity: type[Any], rows: Iterator[Row] | Sequence[Row]) -> None:
        """Insert rows by one core statement; they hold every value the table requires."""
        table: sa.Table = entity.__table__
        found = list(rows)
        if "version" in table.c:
            found = [{"version": 1, **row} for row in found]
        self._connection.execute(sa.insert(table), found)
        self._rows[table.name] = self._rows.get(table.name, 0) + len(found)

    def _scaled(self, number: int) -> int:
        return max(1, round(number * self._scale))

    def _size(self, gathering: int) -> Size:
        return CAMP if gathering in self._camps else SCHOOL

    def _sessions(self, gathering: int) -> int:
        # forty of the 110 schools have one session less, so that there are 12,000 in ten years
        short = gathering not in self._camps and gathering % A_YEAR in (3, 6, 9, 11)
        return self._scaled(self._size(gathering).sessions - short)

    def _person(self, number: int) -> Row:
        chance = self._chance
        culture: Culture = chance.choice(CULTURES)
        given, family = chance.choice(culture.given), chance.choice(culture.family)
        native = None
        if culture.script:
            at = culture.given.index(given), culture.family.index(family)
            native = f"{culture.native_given[at[0]]} {culture.native_family[at[1]]}"
        person: Any = SimpleNamespace(
            id=number,
            uid=self._uid(),
            code=f"V{number:05}",
            display_name=f"{given} {family}",
            given=given,
            family=family,
            name_order=NameOrder.GIVEN_FIRST,
            native_name=native,
            native_script=culture.script or None,
            passport_name=None,
            badge_name=None,
            born=dt.date(1950, 1, 1) + dt.timedelta(days=chance.randrange(20_000)),
            country=culture.country,
            mother_tongue=culture.lang,
            email=f"v{number}@example.org",
            blanks=[],
        )
        Person.index_names(person)  # the real folding, without 40,000 mapped objects
        row: Row = vars(person)
        return row

    def _languages(self, person_id: int) -> list[Row]:
        langs = self._chance.sample(("en", "fr", "es", "ur", "ar"), self._chance.choice((1, 1, 2)))
        return [
            {"person_id": person_id, "lang": lang, "level": "B2", "position": n}
            for n, lang in enumerate(langs)
        ]

    def _gathering(self, key: int) -> Row:
        camp = key in self._camps
        centre, country, tz, city = CENTRES[key % 3]
        start = _start(key)
        return {
            "id": key,
            "uid": self._uid(),
            "code": f"volume{key:03}",
            "kind": GatheringKind.YOUTH_CAMP if camp else GatheringKind.SCHOOL,
            "titles": {"en": f"{'Camp' if camp else 'School'} {key}"},
            "host_centre": centre,
            "country": country,
            "tz": tz,
            "start_date": start,
            "end_date": start + dt.timedelta(days=6 if camp else 20),
            "capacity": self._scaled(self._size(key).people),
            "currency": "EUR",
            "working_languages": ["en", "fr"],
            "state": GatheringState.CONFIRMED,
            "venue_name": "The centre",
            "venue_city": city,
            "remarks": {},
            "blanks": [],
        }

    def _delegation(self, gathering: int, keys: range, key: int, people: int) -> Row:
        number = keys.index(key) + 1
        return {
            "id": key,
            "gathering_id": gathering,
            "code": f"D{number:03}",
            "name": f"Delegation {number}",
            "leader_id": self._chance.randint(1, people),
            "announced": 20,
            "confirmed": 18,
            "state": "names_given",
            "position": number,
        }

    def _application(self, g: int, key: int, person: int, number: int, groups: range) -> Row:
        seated = number < self._scaled(self._size(g).people)
        other = (A.SUBMITTED, A.ELIGIBLE, A.WAITLISTED, A.REJECTED, A.WITHDRAWN)
        state = A.CONFIRMED if seated else self._chance.choice(other)
        return {
            "id": key,
            "uid": self._uid(),
            "code": f"VA{key:06}",
            "gathering_id": g,
            "person_id": person,
            "state": state,
            "needs_visa": number % 3 == 0,
            "asks_subsidy": number % 2 == 0,
            "module_codes": [],
            "waiting_rank": number if state is A.WAITLISTED else None,
            "delegation_id": self._chance.choice(groups) if groups else None,
            "issues": ["no_birth_date"] if number % 9 == 0 else [],
            "position": number,
        }

    def _session(self, gathering: int, key: int, no: int) -> Row:
        day, slot = divmod(no - 1, 9 if gathering in self._camps else 5)
        start = dt.datetime.combine(_start(gathering), dt.time(8)) + dt.timedelta(
            days=day, minutes=100 * slot
        )
        end, tz = start + dt.timedelta(minutes=90), CENTRES[gathering % 3][2]
        known = dt.datetime.combine(_start(gathering), dt.time(9), dt.UTC) - dt.timedelta(days=90)
        return {
            "id": key,
            "uid": f"{self._uid()}@schoolapp.example",
            "gathering_id": gathering,
            "no": no,
            "kind": SessionKind.LECTURE,
            "title": f"Lecture {no}",
            "start_local": start,
            "end_local": end,
            "tz": tz,
            "fold_start": 0,
            "fold_end": 0,
            "start_utc": clock.to_utc(start, tz),
            "end_utc": clock.to_utc(end, tz),
            "room_id": (gathering - 1) * 4 + no % 4 + 1,
            "floor_language": "en",
            "languages": ["en", "fr"],
            "audience": "all",
            "sequence": 0,
            "state": SessionState.HELD,
            "register": True,
            "register_lost": False,
            "created_at": known,
            "changed_at": known,
            "blanks": [],
            "position": no,
        }

    def _uid(self) -> str:
        return str(uuid.UUID(int=self._chance.getrandbits(128), version=4))


def _start(gathering: int) -> dt.date:
    """The first day: the twelve gatherings of a year begin a month apart."""
    year, month = divmod(gathering - 1, A_YEAR)
    return dt.date(FIRST_YEAR + year, month + 1, 4)


def _room(gathering: int, number: int) -> Row:
    return {
        "id": (gathering - 1) * 4 + number,
        "gathering_id": gathering,
        "code": f"R{number}",
        "name": f"Room {number}",
        "seats": 450,
        "booths": 1,
        "position": number,
    }


def _fund(gathering: int) -> Row:
    return {
        "id": gathering,
        "gathering_id": gathering,
        "name": "Solidarity",
        "currency": "EUR",
        "income_minor": 10_000_000,
        "income_currency": "EUR",
    }


def _steps(application: Row) -> Iterator[Row]:
    """The history: when it came in, and the last step if it has gone further."""
    came = dt.datetime.combine(_start(application["gathering_id"]), dt.time(12), dt.UTC)
    for position, state in enumerate(dict.fromkeys((A.SUBMITTED, application["state"]))):
        yield {
            "application_id": application["id"],
            "position": position,
            "state": state.value,
            "at": came - dt.timedelta(days=180 - 30 * position),
            "by": "desk" if position else "applicant",
        }


def _subsidy(gathering: int, person: int, number: int) -> Row:
    return {
        "code": f"VS{gathering:03}-{number:04}",
        "gathering_id": gathering,
        "person_id": person,
        "fund_id": gathering,
        "state": SubsidyState.GRANTED,
        "requested_minor": 60_000,
        "requested_currency": "EUR",
        "granted_minor": 30_000 + number % 7 * 5_000,
        "granted_currency": "EUR",
        "blanks": [],
        "position": number,
    }


def _participation(gathering: int, key: int, person: int, delegation: int | None) -> Row:
    return {
        "id": key,
        "gathering_id": gathering,
        "person_id": person,
        "role": "participant",
        "state": "present",
        "delegation_id": delegation,
        "blanks": [],
        "position": key,
    }


def _stay(gathering: int, participation: int) -> Row:
    start = dt.datetime.combine(_start(gathering), dt.time(7))
    return {
        "participation_id": participation,
        "arrival": start,
        "departure": start + dt.timedelta(days=25),
    }


def _marks() -> sa.Insert:
    """A mark for each participant and session of a gathering; nine of ten were there.

    The rows are made where they are kept: 600,000 of them would spend half a minute in Python.
    """
    present = (Session.id * 31 + Participation.id * 17) % 10 != 0
    values = {
        AttendanceMark.session_id: Session.id,
        AttendanceMark.participation_id: Participation.id,
        AttendanceMark.status: sa.case(
            (present, AttendanceState.PRESENT.value), else_=AttendanceState.ABSENT.value
        ),
        AttendanceMark.check_in: sa.case((present, Session.start_utc)),
        AttendanceMark.check_out: sa.case((present, Session.end_utc)),
        AttendanceMark.minutes: sa.case((present, 90), else_=0),
        AttendanceMark.method: sa.literal("desk"),
    }
    pairs = (
        sa.select(*values.values())
        .join_from(Session, Participation, Participation.gathering_id == Session.gathering_id)
        .order_by(Session.id, Participation.id)
    )
    return sa.insert(AttendanceMark).from_select([c.name for c in values], pairs)


def _shares(total: int, among: int) -> list[int]:
    """A total in ``among`` whole parts that differ by at most one."""
    whole, rest = divmod(total, among)
    return [whole + (n < rest) for n in range(among)]


def _numbered(counts: Any) -> dict[int, range]:
    """Running keys from 1: for each gathering the keys of its rows."""
    keys, first = {}, 1
    for gathering, count in counts:
        keys[gathering] = range(first, first + count)
        first += count
    return keys


def main() -> int:
    """Make the database and print the rows of each table."""
    parser = argparse.ArgumentParser(prog="python -m tools.volume")
    parser.add_argument("--into", type=Path, required=True, metavar="PATH")
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--scale", type=float, default=1.0, help="for a small trial: 0.02")
    options = parser.parse_args()
    for table, rows in make(options.into, years=options.years, scale=options.scale).items():
        sys.stdout.write(f"{rows:9,}  {table}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
