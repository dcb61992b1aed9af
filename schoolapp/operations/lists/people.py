"""A list of people known from before: each is somebody who is known, or a new person."""

from dataclasses import replace

from sqlalchemy import select

from schoolapp.base.language import mark
from schoolapp.domain.people import Person, PersonDraft
from schoolapp.domain.text import fold
from schoolapp.exchange.lists.values import ListRow
from schoolapp.operations.lists.outcomes import ListOutcome, PlannedLine, Remark, written
from schoolapp.operations.lists.rooms import NAMELESS, TWICE
from schoolapp.operations.people.editing import draft_of, save_person
from schoolapp.storage.store import DbSession

NAMESAKE = mark(
    "Somebody else with this name is already known; this row becomes a separate person."
)
_FILLED = ("email", "phone", "country", "note")


class People:
    """People by name and address; what is known of somebody is never overwritten, only filled."""

    def __init__(self, session: DbSession, gathering_id: int) -> None:
        self._session = session
        shown = select(Person.id, Person.display_name, Person.email).where(
            Person.merged_into_id.is_(None), Person.erased_at.is_(None)
        )
        self._known: dict[str, list[tuple[int, str]]] = {}
        for key, name, email in session.execute(shown):
            self._known.setdefault(fold(name), []).append((key, fold(email or "")))
        self._seen: set[tuple[str, str]] = set()

    def plan(self, row: ListRow) -> PlannedLine:
        """The person of this name with this address, or without one, is the one of the row."""
        name, email = _name(row), fold(row.text("email"))
        if not name or (fold(name), email) in self._seen:
            why = TWICE if name else NAMELESS
            return PlannedLine(row.row, ListOutcome.LEFT_OUT, name, (Remark(why),))
        self._seen.add((fold(name), email))
        key = self._of_row(row)
        if key is None:
            namesake = (Remark(NAMESAKE),) if fold(name) in self._known else ()
            return PlannedLine(row.row, ListOutcome.NEW, name, namesake)
        old = draft_of(self._session, person_id=key)
        new = _filled(old, row)
        changes = tuple(
            (field, written(getattr(old, field)), written(getattr(new, field)))
            for field in (*_FILLED, "languages")
            if getattr(old, field) != getattr(new, field)
        )
        outcome = ListOutcome.CHANGED if changes else ListOutcome.SAME
        return PlannedLine(row.row, outcome, name, (), changes)

    def save(self, row: ListRow, line: PlannedLine) -> None:
        """Add the person, or fill what was not known."""
        key = self._of_row(row)
        if key is None:
            old = PersonDraft(
                display_name=_name(row),
                given=row.text("given") or None,
                family=row.text("family") or None,
            )
        else:
            old = draft_of(self._session, person_id=key)
        save_person(self._session, draft=_filled(old, row))

    def _of_row(self, row: ListRow) -> int | None:
        """The one person whose name and address agree; of two without an address none is taken."""
        email = fold(row.text("email"))
        alike = self._known.get(fold(_name(row)), [])
        same = [key for key, address in alike if address == email]
        open_ = [key for key, address in alike if not address or not email]
        for found in (same, open_):
            if len(found) == 1:
                return found[0]
        return None


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
