"""What is wrong with the sessions of a gathering, as a coordinator reads it."""

import datetime as dt
from dataclasses import dataclass

from schoolapp.domain.clashes import BUT_HINTS, RANK, RULES, Clash, Level, describe, find_clashes
from schoolapp.exchange.calendars.wording import language_name
from schoolapp.operations.programme.clash_facts import read_plan, with_hints
from schoolapp.storage.store import DbSession

_LEVELS = tuple(Level)


@dataclass(frozen=True, slots=True)
class ClashRow:
    """One clash in a sentence; ``uids`` are its sessions of this gathering, the earliest first."""

    kind: str
    level: Level
    sentence: str
    start: dt.datetime
    uids: tuple[str, ...]

    @property
    def is_hint(self) -> bool:
        """Whether it only may be a clash: somebody has to check."""
        return self.level is Level.HINT

    @property
    def order(self) -> tuple[int, int, dt.datetime, str, str]:
        """The worst first, then by time; hints of one kind come together."""
        rank = RANK[self.kind] if self.is_hint else 0
        return _LEVELS.index(self.level), rank, self.start, self.kind, self.sentence


def clashes_of(session: DbSession, *, gathering_id: int | None = None) -> tuple[Clash, ...]:
    """The clashes of one gathering, or of all; a person's may touch two. Three statements."""
    plan = read_plan(session, gathering_id)
    found = find_clashes(tuple(plan.gatherings.values()), BUT_HINTS)
    if gathering_id is None:
        return found
    return _own(found, plan.gatherings[gathering_id].code)


def clash_rows(
    session: DbSession, *, gathering_id: int, hints: bool = True
) -> tuple[ClashRow, ...]:
    """All that is wrong with a gathering's sessions, in order, in the language in use.

    Three statements, and three more for ``hints``: people who are not on site, languages that
    people need and nobody interprets into, and people and rooms that another calendar, which may
    be old, says are taken. These come after the clashes.
    """
    plan = read_plan(session, gathering_id)
    if hints:
        plan = with_hints(session, plan, gathering_id)
    code = plan.gatherings[gathering_id].code
    rules = RULES if hints else BUT_HINTS
    found = _own(find_clashes(tuple(plan.gatherings.values()), rules), code)
    rows = (_row(clash, code, plan.names) for clash in found)
    return tuple(sorted(rows, key=lambda row: row.order))


def _own(found: tuple[Clash, ...], code: str) -> tuple[Clash, ...]:
    return tuple(one for one in found if any(s.gathering == code for s in one.sessions))


def _row(clash: Clash, code: str, names: dict[str, str]) -> ClashRow:
    own = sorted(
        (one for one in clash.sessions if one.gathering == code), key=lambda one: one.start
    )
    uids = tuple(one.uid for one in own)
    return ClashRow(
        clash.kind, clash.level, describe(clash, names, language_name), own[0].start_local, uids
    )


def as_json(clashes: tuple[Clash, ...]) -> list[dict[str, object]]:
    """The clashes with the keys of the practice packages' ``expected_conflicts.json``."""
    return [_as_json(clash) for clash in clashes]


def _as_json(clash: Clash) -> dict[str, object]:
    pair = len(clash.sessions) == 2
    uids = [entry.uid for entry in clash.sessions]
    values = {
        "event": None if clash.person else clash.sessions[0].gathering,
        "type": clash.kind,
        "person": clash.person,
        "session": None if pair else uids[0],
        "room": clash.room.code if clash.room else None,
        "sessions": uids if pair else None,
        "target": clash.target,
        "why": clash.why,
        "seats": clash.room.seats if clash.room and clash.invited is not None else None,
        "invited": clash.invited,
        "roles": list(clash.roles) or None,
    }
    return {key: value for key, value in values.items() if value is not None}
