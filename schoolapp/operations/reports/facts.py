"""The rows of each kind of report, all columns of it, in the order they are shown."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from schoolapp.base.language import _, mark
from schoolapp.domain import genders
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.regions import REGIONS, region_of
from schoolapp.domain.reports import (
    DETAILS,
    KINDS,
    PARTICIPANTS,
    DetailCell,
    ReportFilter,
    age_group,
    without_small_groups,
)
from schoolapp.operations.attendance.attendants import Attendant
from schoolapp.operations.attendance.counting import Registers, registers
from schoolapp.operations.attendance.presence import Presence, presence
from schoolapp.operations.attendance.reporting import (
    CAME,
    Fact,
    SessionFact,
    by_day,
    by_delegation,
    by_person,
    by_session,
)
from schoolapp.operations.reports.participant_list import listed
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class Facts:
    """The rows of a report and the gathering they are of; ``days`` are behind its counts."""

    titles: dict[str, str]
    tz: str
    rows: list[Fact]
    days: list[Fact] | None = None


def facts_of(
    session: DbSession,
    *,
    gathering_id: int,
    kind: str,
    only: ReportFilter,
    details: bool,
    for_people: bool = False,
) -> Facts:
    """What a report says, in three statements whatever its size.

    ``details`` adds the columns of ``OF_A_PERSON``, which are not read unless asked for. People are
    sorted by name where the report is ``for_people``, else by what identifies them for ever.
    """
    if kind == PARTICIPANTS:
        gathering = session.get_one(Gathering, gathering_id)
        people = listed(session, gathering_id, only, details=details)
        return Facts(gathering.titles, gathering.tz, list(map(_participant, people)))
    if kind in _OF_REGISTERS:
        kept = registers(session, gathering_id, only, details=details)
        kept = kept.for_people() if for_people else kept
        return Facts(kept.titles, kept.tz, _OF_REGISTERS[kind](session, kept))
    details = details or kind == "participation"
    present = presence(session, gathering_id, only, details=details)
    present = present.for_people() if for_people else present
    days = list[Fact](present.days) if kind == "day" else None
    return Facts(present.titles, present.tz, _OF_DAYS[kind](present, only), days)


def _participant(person: Attendant) -> Fact:
    """When somebody comes first and leaves last, as it is planned."""
    comes = min((arrival.date() for arrival, _ in person.stays), default=None)
    leaves = max((departure.date() for _, departure in person.stays), default=None)
    return (person.uid, person.known_as, comes, leaves, *_details(person))


def _session(session: DbSession, kept: Registers) -> list[Fact]:
    people = {person.uid: _details(person) for person in kept.people}
    return [
        (slot, title, start, uid, name, status, minutes, *people[uid])
        for slot, title, start, uid, name, status, minutes in by_session(session, kept)
    ]


def _person(session: DbSession, kept: Registers) -> list[Fact]:
    people = {person.uid: _details(person) for person in kept.people}
    return [(uid, *row, *people[uid]) for uid, *row in by_person(session, kept)]


def _details(person: Attendant) -> tuple[DetailCell, ...]:
    """The cells of ``OF_A_PERSON``; without details only those that every reader may see."""
    known = person.details
    cells = (column.of(known) if known else None for column in DETAILS)
    return (person.delegation, person.language_group, *cells)


def _sessions(session: DbSession, kept: Registers) -> list[Fact]:
    """Present and hours are empty where the register was lost or not taken: nothing is known."""
    expected, present, minutes = Counter[str](), Counter[str](), Counter[str]()
    taken: set[str] = set()
    for uid, _title, _start, _person_uid, _name, status, done in by_session(session, kept):
        expected[uid] += 1
        if done is not None:
            taken.add(uid)
        present[uid] += status in CAME
        minutes[uid] += done or 0
    return [
        (
            slot.uid,
            slot.title,
            slot.start,
            slot.module,
            slot.invited if slot.invited is not None else expected[slot.uid],
            present[slot.uid] if slot.uid in taken else None,
            minutes[slot.uid] if slot.uid in taken else None,
        )
        for slot in kept.slots
    ]


def _modules(session: DbSession, kept: Registers) -> list[Fact]:
    of = {slot.uid: slot.module for slot in kept.slots}
    sessions, people, minutes = _tally(by_session(session, kept), lambda slot, person: of[slot])
    return [
        (m, len(held), *((len(people[m]), minutes[m]) if held else (None, None)))
        for m, held in sorted(sessions.items())
    ]


def _language_groups(session: DbSession, kept: Registers) -> list[Fact]:
    of = {person.uid: person.language_group for person in kept.people}
    sessions, people, minutes = _tally(by_session(session, kept), lambda slot, person: of[person])
    return [
        (group, *((len(people[group]), minutes[group]) if held else (None, None)))
        for group, held in sorted(sessions.items())
    ]


def _tally(
    rows: Iterable[SessionFact], group_of: Callable[[str, str], str]
) -> tuple[dict[str, set[str]], dict[str, set[str]], Counter[str]]:
    """Sessions held, people who came, and minutes, by groups of sessions or of people (uids)."""
    sessions: dict[str, set[str]] = defaultdict(set)
    people: dict[str, set[str]] = defaultdict(set)
    minutes = Counter[str]()
    for slot, _title, _start, person, _name, status, done in rows:
        group = group_of(slot, person)
        held = sessions[group]  # a group of which nothing is known is listed too, without numbers
        if done is not None:
            held.add(slot)
        if status in CAME:
            people[group].add(person)
            minutes[group] += done or 0
    return sessions, people, minutes


def _presence(present: Presence, only: ReportFilter) -> list[Fact]:
    return list(present.days)


def _person_days(present: Presence, only: ReportFilter) -> list[Fact]:
    """Days on site and, where they are asked for, days of travel of each person (S43).

    Somebody known to be absent has 0 days and no travel; somebody of whom nothing is recorded has
    empty cells.
    """
    days: dict[str, list[dt.date]] = defaultdict(list)
    for date, uid, _name, _delegation in present.days:
        days[uid].append(date)
    return [
        (
            person.uid,
            person.known_as,
            *_span(days[person.uid], only.travel_days, person.uid in present.known),
            *_details(person),
        )
        for person in present.reported()
    ]


def _span(there: list[dt.date], travel: int, known: bool) -> tuple[dt.date | int | None, ...]:
    """First and last day, days, days of travel, and both together."""
    if not there:
        none = 0 if known else None
        return None, None, none, none, none
    return there[0], there[-1], len(there), travel, len(there) + travel


def _participation(present: Presence, only: ReportFilter) -> list[Fact]:
    """How many people, and on how many days, by gender, region and age; small groups hidden."""
    days = Counter(uid for _date, uid, *_rest in present.days)
    rows: list[Fact] = []
    for by, group_of in (
        (mark("gender"), _gender),
        (mark("region"), _region),
        (mark("age"), lambda p: age_group(*_born(p, present.first_day))),
    ):
        persons, person_days = Counter[str](), Counter[str]()
        for uid, count in days.items():
            group = group_of(present.people[uid])
            persons[group] += 1
            person_days[group] += count + only.travel_days
        shown = without_small_groups(persons)
        rows += [
            (_(by), _(group), count, None if count is None else person_days[group])
            for group, count in sorted(shown.items())
        ]
    return rows


def _gender(person: Attendant) -> str:
    words = {"women": mark("women"), "men": mark("men"), "others": mark("other")}
    return words.get(
        genders.group_of(person.details.gender if person.details else ""), mark("not known")
    )


def _region(person: Attendant) -> str:
    country = person.details.country if person.details else ""
    return REGIONS.get(region_of(country), mark("not known"))


def _born(person: Attendant, day: dt.date) -> tuple[dt.date | None, dt.date, str | None]:
    """What the age on a day depends on."""
    known = person.details
    return (known.born, day, known.born_partly) if known else (None, day, None)


_OF_REGISTERS: dict[str, Callable[[DbSession, Registers], list[Fact]]] = {
    "session": _session,
    "person": _person,
    "sessions": _sessions,
    "module": _modules,
    "language_group": _language_groups,
}
_OF_DAYS: dict[str, Callable[[Presence, ReportFilter], list[Fact]]] = {
    "day": lambda present, only: list(by_day(present)),
    "delegation": lambda present, only: list(by_delegation(present)),
    "presence": _presence,
    "person_days": _person_days,
    "participation": _participation,
}
assert _OF_REGISTERS.keys() | _OF_DAYS.keys() | {PARTICIPANTS} == KINDS.keys()
