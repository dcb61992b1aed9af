"""A list of rooms: known by their names; seats, booths and coordinates are taken over."""

from dataclasses import replace

from schoolapp.base.language import mark
from schoolapp.domain.text import fold
from schoolapp.exchange.lists.values import ListRow
from schoolapp.operations.gatherings.parts import RoomDraft, check_room, rooms_of, save_room
from schoolapp.operations.lists.outcomes import ListOutcome, PlannedLine, Remark, written
from schoolapp.storage.store import DbSession

TWICE = mark("This is listed twice; the first row is used.")
NAMELESS = mark("The row has no name.")


class Rooms:
    """Rooms of a gathering by name."""

    def __init__(self, session: DbSession, gathering_id: int) -> None:
        self._session, self._gathering_id = session, gathering_id
        self._known = {
            fold(room.name): room for room in rooms_of(session, gathering_id=gathering_id)
        }
        self._seen: set[str] = set()

    def plan(self, row: ListRow) -> PlannedLine:
        """A room of a new name is new; a known one changes where the list says otherwise."""
        name = row.text("name")
        if not name or fold(name) in self._seen:
            why = TWICE if name else NAMELESS
            return PlannedLine(row.row, ListOutcome.LEFT_OUT, name, (Remark(why),))
        self._seen.add(fold(name))
        old = self._known.get(fold(name))
        draft = self._draft(row)
        wrong = tuple(Remark(sentence) for sentence in check_room(draft).values())
        if wrong:
            return PlannedLine(row.row, ListOutcome.LEFT_OUT, name, wrong)
        if old is None:
            return PlannedLine(row.row, ListOutcome.NEW, name)
        changes = tuple(
            (field, written(getattr(old, field)), written(getattr(draft, field)))
            for field in ("seats", "booths", "coordinates")
            if getattr(old, field) != getattr(draft, field)
        )
        outcome = ListOutcome.CHANGED if changes else ListOutcome.SAME
        return PlannedLine(row.row, outcome, name, (), changes)

    def save(self, row: ListRow, line: PlannedLine) -> None:
        """Add or change the room."""
        save_room(self._session, gathering_id=self._gathering_id, draft=self._draft(row))

    def _draft(self, row: ListRow) -> RoomDraft:
        """The room as the list has it; what the list does not say stays."""
        old = self._known.get(fold(row.text("name")), RoomDraft(name=row.text("name")))
        seats, booths = row.number("seats"), row.number("booths")
        return replace(
            old,
            seats=old.seats if seats is None else seats,
            booths=old.booths if booths is None else booths,
            coordinates=row.text("coordinates") or old.coordinates,
        )
