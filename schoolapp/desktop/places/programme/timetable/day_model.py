"""One day of a programme as a list of cards: what is in which column, and what clashes."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from schoolapp.base.language import _
from schoolapp.desktop.look import formats
from schoolapp.desktop.places.programme.words import kind_word, spoken
from schoolapp.operations.programme import DayProgramme, RoomColumn, SessionRow

Index = QModelIndex | QPersistentModelIndex
NO_ROOM = 0


@dataclass(frozen=True, slots=True)
class Card:
    """A session on the day: the runs of columns it fills, and its lane where others overlap it."""

    row: SessionRow
    runs: tuple[tuple[int, int], ...]  # first and last column, by the order of the rooms
    lane: int
    lanes: int
    clashes: tuple[str, ...]  # sentences


@dataclass(frozen=True, slots=True)
class Day:
    """What the grid paints."""

    programme: DayProgramme
    columns: tuple[RoomColumn, ...]
    cards: tuple[Card, ...]
    first: int  # minutes after midnight of the day
    last: int


def make_day(programme: DayProgramme, clashes: Mapping[str, tuple[str, ...]]) -> Day:
    """Put the sessions of a day into columns and lanes; ``clashes`` are sentences by UID."""
    columns = programme.rooms
    if not columns or any(not slot.rooms for slot in programme.slots):
        columns = (*columns, RoomColumn(NO_ROOM, _("No room"), None, 0))
    place = {column.id: number for number, column in enumerate(columns)}
    filled = {s.id: {place[key] for key in s.rooms or (NO_ROOM,)} for s in programme.slots}
    lanes = _lanes(programme.slots, filled)
    cards = tuple(
        Card(slot, _runs(filled[slot.id]), *lanes[slot.id], clashes.get(slot.uid, ()))
        for slot in programme.slots
    )
    first, last = _hours(programme)
    return Day(programme, columns, cards, first, last)


def minutes_of(moment: dt.datetime, day: dt.date) -> int:
    """Minutes after midnight of ``day``; more than 1440 after the midnight that ends it."""
    return int((moment - dt.datetime.combine(day, dt.time())).total_seconds()) // 60


def _hours(programme: DayProgramme) -> tuple[int, int]:
    day = programme.day
    starts = [minutes_of(slot.start, day) for slot in programme.slots]
    ends = [minutes_of(slot.end, day) for slot in programme.slots]
    first = min([8 * 60, *starts]) // 60 * 60
    return first, -(-max([20 * 60, *ends]) // 60) * 60


def _runs(columns: set[int]) -> tuple[tuple[int, int], ...]:
    runs: list[tuple[int, int]] = []
    for column in sorted(columns):
        if runs and runs[-1][1] == column - 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return tuple(runs)


def _lanes(
    slots: tuple[SessionRow, ...], filled: Mapping[int, set[int]]
) -> dict[int, tuple[int, int]]:
    """Lane and number of lanes of each session: those that overlap in a room lie side by side."""
    rivals = {
        one.id: [
            other
            for other in slots
            if other.id != one.id
            and one.start < other.end
            and other.start < one.end
            and filled[one.id] & filled[other.id]
        ]
        for one in slots
    }
    lane: dict[int, int] = {}
    for one in slots:
        taken = {lane[other.id] for other in rivals[one.id] if other.id in lane}
        lane[one.id] = next(n for n in range(len(slots)) if n not in taken)
    return {
        one.id: (lane[one.id], 1 + max([lane[one.id], *(lane[o.id] for o in rivals[one.id])]))
        for one in slots
    }


@dataclass(slots=True)
class _Held:
    day: Day | None = None
    at: dict[int, int] = field(default_factory=dict)


class DayModel(QAbstractListModel):
    """The cards of a day for the grid and for screen readers, in order of time."""

    def __init__(self) -> None:
        super().__init__()
        self._held = _Held()

    @property
    def day(self) -> Day | None:
        """The day shown, if one has come."""
        return self._held.day

    def show(self, day: Day) -> None:
        """Show a day."""
        self.beginResetModel()
        self._held = _Held(day, {card.row.id: n for n, card in enumerate(day.cards)})
        self.endResetModel()

    def card(self, row: int) -> Card | None:
        """The card at a position."""
        cards = self.day.cards if self.day else ()
        return cards[row] if 0 <= row < len(cards) else None

    def position(self, session_id: int) -> int | None:
        """The position of a session, or None."""
        return self._held.at.get(session_id)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """The number of cards."""
        return 0 if parent.isValid() or self.day is None else len(self.day.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """The title, and for screen readers the whole card in words."""
        card = self.card(index.row())
        if card is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return card.row.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return in_words(card)
        return None


def in_words(card: Card) -> str:
    """A card as it is read out."""
    row = card.row
    parts = [
        row.title,
        kind_word(row.kind),
        formats.date(row.start.date(), weekday=True),
        formats.span(row.start, row.end),
        row.room,
        row.speakers,
        spoken(row.spoken),
        *card.clashes,
    ]
    return "\n".join(part for part in parts if part)
