"""A list of people: each is somebody who is known, or a new person, with what they do here."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import select

from schoolapp.base.language import mark
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.participation import (
    INTERPRETERS,
    LECTURERS,
    STAFF,
    VOLUNTEERS,
    Engagement,
)
from schoolapp.domain.people import PersonDraft
from schoolapp.domain.reading_cells.work_words import is_task, works_in
from schoolapp.domain.text import fold
from schoolapp.domain.who import Who
from schoolapp.domain.working import EngagementDraft, check_days, check_engagement
from schoolapp.exchange.lists.values import ListRow
from schoolapp.operations.lists.cast import NOT_ADDED, SEVERAL, Cast, Named
from schoolapp.operations.lists.outcomes import (
    AskedName,
    ListOutcome,
    PlannedLine,
    Remark,
    written,
)
from schoolapp.operations.lists.rooms import NAMELESS, TWICE
from schoolapp.operations.people.editing import draft_of, save_person
from schoolapp.operations.people.engagements import engagements_of, save_engagement
from schoolapp.storage.store import DbSession

NAMESAKE = mark(
    "Somebody else with this name is already known; this row becomes a separate person."
)
WORKS_AS = {
    LECTURERS: mark("“{words}” will be added to this gathering as a lecturer."),
    INTERPRETERS: mark("“{words}” will be added to this gathering as an interpreter."),
    STAFF: mark("“{words}” will be added to this gathering as staff."),
    VOLUNTEERS: mark("“{words}” will be added to this gathering as a volunteer."),
}
TASK = mark("“{words}” is taken as a task: the person will be added to this gathering as staff.")
SAME_PERSON = mark("Row {number} is about the same person; this one fills what is still open.")
SAME_NAME = mark("Row {number} has the same name; this row becomes a separate person.")
OTHER_EMAIL = mark("The address “{words}” is not taken: another one is known of this person.")
NO_WORK = mark("The row has days or a fee but does not say what “{words}” does; they are left out.")
NO_PART = mark("“{words}” is not work: the person is added, without a part in this gathering.")
_FILLED = ("email", "phone", "country", "note")
_WORK = ("first_day", "last_day", "fee", "languages")
Change = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Work:
    """The work that a row names: drafts with those that are there already, and what is wrong."""

    drafts: tuple[tuple[EngagementDraft | None, EngagementDraft], ...] = ()
    remarks: tuple[Remark, ...] = ()


class People:
    """People by name and address; what is known of somebody is never overwritten, only filled.

    Their work in the gathering is what the list says, as the form for work would have it.
    """

    def __init__(self, session: DbSession, gathering_id: int, named: Named) -> None:
        self._session, self._named = session, named
        self._gathering = session.get_one(Gathering, gathering_id)
        self._cast = Cast(session, gathering_id, named)
        works = select(Engagement.list_name, Engagement.person_id)
        here = session.execute(works.where(Engagement.gathering_id == gathering_id))
        self._on_lists = {(list_name, key) for list_name, key in here}
        self._seen: set[tuple[str, ...]] = set()
        self._made: dict[tuple[str, str], int] = {}
        self._first: dict[Who, int] = {}  # who a row is about, to the first such row
        self._filled: dict[int, PersonDraft] = {}

    def plan(self, row: ListRow) -> PlannedLine:
        """The person of this name with this address, or without one, is the one of the row."""
        name, email = _name(row), fold(row.text("email"))
        seen = (fold(name), email, *sorted(works_in(row.text("role"))))
        if not name or seen in self._seen:
            why = TWICE if name else NAMELESS
            return PlannedLine(row.row, ListOutcome.LEFT_OUT, name, (Remark(why),))
        self._seen.add(seen)
        asked = self._asked(row)
        if asked.who is None:
            left = Remark(asked.why or NOT_ADDED, name)
            return PlannedLine(row.row, ListOutcome.LEFT_OUT, name, (left,), (), (asked,))
        key = asked.who if isinstance(asked.who, int) else None
        work = self._work(row, key)
        added = [_added(new, name) for old, new in work.drafts if old is None]
        if key is None:
            remarks = (*self._beside(row), *added, *work.remarks)
            return PlannedLine(row.row, ListOutcome.NEW, name, remarks, (), (asked,))
        old = self._filled.get(key) or draft_of(self._session, person_id=key)
        self._filled[key] = new = _filled(old, row)
        twice = [Remark(SAME_PERSON, number=self._first[key])] if key in self._first else []
        self._first.setdefault(key, row.row)
        if email and fold(new.email or "") != email:
            twice.append(Remark(OTHER_EMAIL, row.text("email")))
        changes = (*_changes(old, new, (*_FILLED, "languages")), *_work_changes(work))
        is_same = not changes and not added
        outcome = ListOutcome.SAME if is_same else ListOutcome.CHANGED
        return PlannedLine(
            row.row,
            outcome,
            name,
            (*twice, *added, *work.remarks),
            tuple(dict.fromkeys(changes)),
            (asked,),
        )

    def _beside(self, row: ListRow) -> Iterator[Remark]:
        """Who else has the name of a new person: somebody known, or one of an earlier row."""
        name, same = fold(_name(row)), "\n".join(_identity(row))
        if self._cast.called(name):
            yield Remark(NAMESAKE)
        elif same in self._first:
            yield Remark(SAME_PERSON, number=self._first[same])
        elif name in self._first:
            yield Remark(SAME_NAME, number=self._first[name])
        for one in (name, same):
            self._first.setdefault(one, row.row)

    def save(self, row: ListRow, line: PlannedLine) -> None:
        """Add the person or fill what was not known, and engage them."""
        key = self._key(row)
        if key is None:
            old = PersonDraft(
                display_name=_name(row),
                given=row.text("given") or None,
                family=row.text("family") or None,
            )
        else:
            old = draft_of(self._session, person_id=key)
        key = save_person(self._session, draft=_filled(old, row))
        self._made[_identity(row)] = key
        for before, work in self._work(row, key).drafts:
            if before != work:
                save_engagement(self._session, work)

    def _key(self, row: ListRow) -> int | None:
        """Who the row is: made by an earlier row of this list, or known before."""
        who = self._asked(row).who
        return who if isinstance(who, int) else self._made.get(_identity(row))

    def _asked(self, row: ListRow) -> AskedName:
        """The one person whose name and address agree; of two who may be it none is taken."""
        name, email = _name(row), fold(row.text("email"))
        alike = self._cast.called(name)
        same = [one.id for one in alike if email and fold(one.email or "") == email]
        decided = self._named.get(fold(name), name)
        if len(same) == 1 and decided is not None:
            return AskedName(name, same[0], alike)
        if fold(name) in self._named:
            return AskedName(name, decided, alike)
        maybe = [one.id for one in alike if not email or not one.email]
        lists = works_in(row.text("role"))
        here = [key for key in maybe if any((one, key) in self._on_lists for one in lists)]
        for found in (maybe, here):
            if len(found) == 1:
                return AskedName(name, found[0], alike)
        return AskedName(name, None, alike, SEVERAL) if maybe else AskedName(name, name, alike)

    def _work(self, row: ListRow, key: int | None) -> _Work:
        """What the row says of the person's work, on each list that it names."""
        here = self._gathering.id
        known = engagements_of(self._session, gathering_id=here, person_id=key or 0)
        lists = works_in(row.text("role"))
        if not lists and _says_work(row) and len(known) == 1:
            lists = {known[0].list_name: ""}
        if not lists:
            return _Work(remarks=tuple(_without_work(row)))
        drafts = []
        wrong: dict[str, None] = {}
        for list_name, task in lists.items():
            old = next((one for one in known if one.list_name == list_name), None)
            begun = EngagementDraft(
                gathering_id=here, list_name=list_name, people=(key or _name(row),)
            )
            work, said = self._engaged(old or begun, row, task)
            wrong |= dict.fromkeys(said)
            drafts.append((old, work))
        return _Work(tuple(drafts), tuple(map(Remark, wrong)))

    def _engaged(
        self, begun: EngagementDraft, row: ListRow, task: str
    ) -> tuple[EngagementDraft, tuple[str, ...]]:
        """The work as the row has it; days or a fee that cannot be stay as they were."""
        paid = row.money("fee")
        work = replace(
            begun,
            role=task or begun.role,
            languages=row.tags("languages") or begun.languages,
            first_day=row.day("first_day") or row.day("days") or begun.first_day,
            last_day=row.day("last_day") or begun.last_day,
            fee=begun.fee if paid is None else paid,
        )
        gathering = self._gathering
        days = check_days(work, gathering.start_date, gathering.end_date)
        wrong = check_engagement(work) | days
        if {"first_day", "last_day"} & set(wrong):
            work = replace(work, first_day=begun.first_day, last_day=begun.last_day)
        if "fee" in wrong:
            work = replace(work, fee=begun.fee)
        return work, tuple(wrong.values())


def _added(work: EngagementDraft, name: str) -> Remark:
    """That somebody will work here; of a task that is no work by its name it is told."""
    if work.list_name == STAFF and work.role and is_task(work.role):
        return Remark(TASK, work.role)
    return Remark(WORKS_AS[work.list_name], name)


def _without_work(row: ListRow) -> Iterator[Remark]:
    """What is said of a row from which no work follows, though it speaks of some."""
    if row.text("role"):
        yield Remark(NO_PART, row.text("role"))
    elif _says_work(row):
        yield Remark(NO_WORK, _name(row))


def _says_work(row: ListRow) -> bool:
    """Whether a row has days or a fee."""
    return any(name in row.values for name in ("days", "first_day", "last_day", "fee"))


def _work_changes(work: _Work) -> Iterator[Change]:
    for old, new in work.drafts:
        if old is not None:
            yield from _changes(old, new, ("role", *_WORK))


def _changes(old: object, new: object, names: tuple[str, ...]) -> Iterator[Change]:
    for name in names:
        if getattr(old, name) != getattr(new, name):
            yield name, written(getattr(old, name)), written(getattr(new, name))


def _identity(row: ListRow) -> tuple[str, str]:
    return fold(_name(row)), fold(row.text("email"))


def _name(row: ListRow) -> str:
    return row.text("name") or f"{row.text('given')} {row.text('family')}".strip()


def _filled(old: PersonDraft, row: ListRow) -> PersonDraft:
    """What is known, with what the row says where nothing is known."""
    known: dict[str, str | None] = {
        name: getattr(old, name) or row.text(name) or None for name in _FILLED
    }
    spoken = old.languages or tuple((tag, "") for tag in row.tags("languages"))
    return replace(
        old,
        email=known["email"],
        phone=known["phone"],
        country=known["country"],
        note=known["note"],
        languages=spoken,
    )
