"""Importing an application sheet: what was planned is done, in one step, or nothing is."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from schoolapp.base.language import mark
from schoolapp.domain.applications import (
    APPLICATION,
    SEATED,
    Application,
    ApplicationAnswer,
    ApplicationDoubt,
    ApplicationState,
    ApplicationStep,
)
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.people import OtherAddress, Person, PersonLanguage
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.workflow import take
from schoolapp.exchange.applications.drafts import ImportedSheet, PersonDraft, SheetRow
from schoolapp.operations.applications.editing import next_number
from schoolapp.operations.applications.filling import Answering, answer_rows, doubt_rows
from schoolapp.operations.applications.forms import remember_form
from schoolapp.operations.applications.fresh import APPLICANT, Fresh, Values, person_values
from schoolapp.operations.applications.planning import (
    INCOMPLETE,
    Outcome,
    PlannedRow,
    plan_import,
)
from schoolapp.operations.applications.seating import asked_of, follow
from schoolapp.operations.applications.watching import PART, in_parts
from schoolapp.operations.people.editing import next_code
from schoolapp.operations.people.merging import keep_apart
from schoolapp.storage.journal import actor_of, insert_rows
from schoolapp.storage.selecting import among
from schoolapp.storage.store import DbSession

Progress = Callable[[int, int], None]
_REPORTED_EVERY = 200  # rows
_ALIKE = ("duplicate_person", "duplicate_spelling")


def _unwatched(done: int, total: int) -> None:
    """Nobody watches the progress."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: keys of the new applications by row, and how many rows it renewed."""

    applications: dict[int, int]
    renewed: int


def apply_import(
    session: DbSession,
    *,
    gathering_id: int,
    sheet: ImportedSheet,
    token: str,
    apart: Collection[int] = (),
    joined: Collection[int] = (),
    progress: Progress = _unwatched,
) -> Imported:
    """Do what the plan of this token says; ``RuleBroken`` if it would be another plan now.

    Every row that is not left out becomes an application and keeps its raw cells and the codes of
    its issues; what was doubtful stays empty. A row that is one person with another for sure
    becomes an application in the state ``merged``, so that no row is lost and only one application
    of a person is live. An unfinished form stays a draft. What the columns mean is remembered for
    the next sheet of the form. ``progress`` gets the number of rows that are ready, and of all;
    what it raises stops the import, and nothing is changed.
    """
    plan = plan_import(
        session,
        gathering_id=gathering_id,
        sheet=sheet,
        apart=apart,
        joined=joined,
        watch=lambda: progress(0, len(sheet.rows)),
    )
    if plan.token != token:
        raise RuleBroken(
            mark("Something changed since the plan was shown. Look at it again, then import.")
        )
    watch = _Watch(progress, len(plan.rows))
    work = _Import(session, session.get_one(Gathering, gathering_id), sheet, watch, apart)
    rows = {row.row: row for row in sheet.rows}
    people = work.people([(p, rows[p.row]) for p in plan.rows])
    made: dict[int, int] = {}
    for some in in_parts([(p, rows[p.row]) for p in plan.rows if p.imported]):
        made |= work.applications(some, people)
    changed = [p for p in plan.rows if p.outcome is Outcome.CHANGED]
    for some in in_parts([(p, rows[p.row]) for p in changed]):
        work.renew(some)
    refused = [(people[p.row], p.not_person) for p in plan.rows if p.not_person is not None]
    keep_apart(session, [*_two_people(sheet, apart, people), *refused])
    if made or changed:
        remember_form(session, sheet)
    return Imported(made, len(changed))


class _Watch:
    """Counts the rows that are ready and reports it now and then."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def look(self) -> None:
        """Between two parts of many rows somebody may stop the import."""
        if self._total > PART:
            self._progress(self._done, self._total)

    def step(self) -> None:
        """One more row is ready."""
        self._done += 1
        if self._done % _REPORTED_EVERY == 0:
            self._progress(self._done, self._total)


class _Import:
    """One import: where the new rows belong and what they are numbered."""

    def __init__(
        self,
        session: DbSession,
        gathering: Gathering,
        sheet: ImportedSheet,
        watch: _Watch,
        apart: Collection[int],
    ) -> None:
        self._session, self._gathering, self._sheet = session, gathering, sheet
        self._watch, self._apart = watch, apart
        self._fresh = Fresh(gathering.id, actor_of(session))
        self._said = Answering(session, gathering)

    def people(self, rows: list[tuple[PlannedRow, SheetRow]]) -> dict[int, int]:
        """The person of each row, by row; those who are new are made."""
        who = {p.row: p.person_id for p, _row in rows if p.person_id is not None}
        self._complete([(p, row) for p, row in rows if p.imported and p.person_id is not None])
        new = [(p, row) for p, row in rows if p.makes_person]
        number = int(next_code(self._session)[1:])
        for some in in_parts(list(enumerate(new, number))):
            who |= self._new_people(some)
            self._watch.look()
        return who | {p.row: who[p.of_row] for p, _row in rows if p.merged and p.of_row}

    def _new_people(self, rows: list[tuple[int, tuple[PlannedRow, SheetRow]]]) -> dict[int, int]:
        """Make a person of each row, with the numbers that come before them; keys by row."""
        made = [
            self._fresh.person(row.person, p.name, f"P{number:04}") for number, (p, row) in rows
        ]
        keys = insert_rows(self._session, Person, made)
        spoken: list[Values] = []
        reached: list[Values] = []
        for key, (_number, (_p, row)) in zip(keys, rows, strict=True):
            spoken += _languages(row.person, key)
            reached += _addresses(row.person, key)
        insert_rows(self._session, PersonLanguage, spoken)
        insert_rows(self._session, OtherAddress, reached)
        return {p.row: key for key, (_number, (p, _row)) in zip(keys, rows, strict=True)}

    def _complete(self, rows: list[tuple[PlannedRow, SheetRow]]) -> None:
        """Take over what is not known yet of people who are known; what is known stays."""
        wanted = {p.person_id for p, _row in rows if p.person_id is not None}
        if not wanted:
            return
        found = sa.select(Person).where(among(self._session, Person.id, wanted))
        people = {person.id: person for person in self._session.scalars(found)}
        for planned, row in rows:
            if planned.person_id in people:
                _fill(people[planned.person_id], row.person)

    def applications(
        self, rows: list[tuple[PlannedRow, SheetRow]], people: dict[int, int]
    ) -> dict[int, int]:
        """Make the applications of these rows with their steps; keys by row."""
        first = next_number(self._session, self._gathering)
        runs = [
            self._fresh.run(sent=INCOMPLETE not in _marks(row), merged=p.merged) for p, row in rows
        ]
        made = [
            self._fresh.application(run, self._values(row, first + n, people[p.row]))
            for n, ((p, row), run) in enumerate(zip(rows, runs, strict=True))
        ]
        keys = insert_rows(self._session, Application, made)
        steps = [
            step
            for key, run, (p, row) in zip(keys, runs, rows, strict=True)
            for step in self._fresh.steps(run, key, self._said.sent(row), _why(p))
        ]
        insert_rows(self._session, ApplicationStep, steps)
        answers: list[Values] = []
        doubts: list[Values] = []
        for key, (_p, row) in zip(keys, rows, strict=True):
            answers += answer_rows(row.kept, key)
            doubts += doubt_rows(self._said.doubts(row, apart=row.row in self._apart), key)
        insert_rows(self._session, ApplicationAnswer, answers)
        insert_rows(self._session, ApplicationDoubt, doubts)
        return {p.row: key for (p, _row), key in zip(rows, keys, strict=True)}

    def renew(self, rows: list[tuple[PlannedRow, SheetRow]]) -> None:
        """Copy the new values of corrected rows to their applications and people."""
        found = _applications(self._session, [p.application_id or 0 for p, _row in rows])
        with self._session.no_autoflush:  # one flush for all of them
            for planned, row in rows:
                self._watch.step()
                self._renew(planned, row, found[planned.application_id or 0])
        self._session.flush()

    def _renew(self, planned: PlannedRow, row: SheetRow, application: Application) -> None:
        wanted, apart = set(planned.changed), row.row in self._apart
        if INCOMPLETE in application.issues and INCOMPLETE not in _marks(row):
            self._send(application, row)
        seated = application.state in SEATED
        before = asked_of(self._session, application) if seated else None
        self._said.renew(application, row, wanted, apart=apart)
        if before is not None:
            follow(self._session, application, before)
        application.raw = {**(application.raw or {}), **row.raw}  # a sheet may have fewer columns
        application.issues = _codes(row, apart)
        if application.state is not ApplicationState.MERGED:
            _renew_person(application.person, row.person, planned.name, wanted)

    def _send(self, application: Application, row: SheetRow) -> None:
        """A form that was left unfinished is finished now: it is no draft any more."""
        if application.state is ApplicationState.DRAFT:
            take(APPLICATION, application, "submit", by=APPLICANT, at=self._said.sent(row))

    def _values(self, row: SheetRow, number: int, person_id: int) -> Values:
        self._watch.step()
        return {
            "code": f"{self._gathering.code}-a{number:03}",
            "person_id": person_id,
            "position": number - 1,
            "source_file": self._sheet.file,
            "source_row": row.row,
            "raw": dict(row.raw),
            "issues": _codes(row, row.row in self._apart),
            **self._said.columns(row),
        }


_OF_PERSON = {"email", "born", "country", "nationality", "phone", "gender", "pronouns"}
_NAMES = {"display_name", "given", "family", "native_name"}


def _renew_person(person: Person, said: PersonDraft, name: str, wanted: set[str]) -> None:
    """Take over what the corrected row says, as far as it says it beyond doubt."""
    names = _NAMES if "full_name" in wanted else {"native_name"} & wanted
    fresh = person_values(said, said.full_name or said.native_name or name, person.code)
    for field in sorted(_OF_PERSON & wanted | names):
        if fresh[field] not in (None, getattr(person, field)):
            setattr(person, field, fresh[field])
    if "born" in wanted:
        person.born_partly = None if person.born else said.born_partly or person.born_partly
    if "languages" in wanted:
        person.languages = [
            PersonLanguage(lang=tag, level="", position=n) for n, tag in enumerate(said.languages)
        ]
    person.index_names()


def _applications(session: DbSession, ids: list[int]) -> dict[int, Application]:
    """Applications with their people, what these speak, answers and doubts, a statement each."""
    query = sa.select(Application).where(among(session, Application.id, ids))
    people = selectinload(Application.person)
    loaded = query.options(
        people.selectinload(Person.languages),
        selectinload(Application.answers),
        selectinload(Application.doubts),
    )
    return {one.id: one for one in session.execute(loaded).scalars()} if ids else {}


_COMPLETED = ("native_name", "email", "phone", "gender", "pronouns", "country", "nationality")


def _fill(person: Person, said: PersonDraft) -> None:
    for name in _COMPLETED:
        if (value := getattr(said, name)) and not getattr(person, name):
            setattr(person, name, value)
    if said.born is not None and person.born is None:
        person.born, person.born_partly = said.born, None
    if said.languages and not person.spoken:
        person.languages = [
            PersonLanguage(lang=tag, level="", position=n) for n, tag in enumerate(said.languages)
        ]
    person.index_names()


def _languages(said: PersonDraft, person_id: int) -> list[Values]:
    """The languages a form names; it does not say how well they are known."""
    return [
        {"person_id": person_id, "lang": tag, "level": "", "position": n}
        for n, tag in enumerate(said.languages)
    ]


def _addresses(said: PersonDraft, person_id: int) -> list[Values]:
    return [
        {"person_id": person_id, "address": address, "position": n}
        for n, address in enumerate(said.other_emails)
    ]


def _marks(row: SheetRow) -> frozenset[str]:
    return frozenset(issue.code for issue in row.issues)


def _codes(row: SheetRow, apart: bool) -> list[str]:
    """The issues of a row; without those about duplicates if somebody keeps the row apart."""
    codes = dict.fromkeys(issue.code for issue in row.issues)
    return [code for code in codes if not (apart and code in _ALIKE)]


def _two_people(
    sheet: ImportedSheet, apart: Collection[int], people: dict[int, int]
) -> list[tuple[int, int]]:
    """The pairs of persons that somebody keeps apart."""
    return [
        (people[pair.row], people.get(pair.other_row or 0) or pair.known or people[pair.row])
        for pair in sheet.pairs
        if pair.row in apart and pair.row in people
    ]


def _why(planned: PlannedRow) -> str | None:
    return None if planned.of_row is None else str(planned.of_row)
