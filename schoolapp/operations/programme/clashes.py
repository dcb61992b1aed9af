"""The clashes of a gathering as a coordinator reads them."""

import datetime as dt
from dataclasses import dataclass

from schoolapp.domain.clashes import describe
from schoolapp.operations.programme.clash_facts import conflicts_of
from schoolapp.storage.store import DbSession

BUSY = "busy"
"""The kind of a hint that somebody or a room is taken by a calendar of their own."""
ABSENT = "absent"
"""The kind of a hint that somebody with a part in a session is not on site then."""


@dataclass(frozen=True, slots=True)
class Clash:
    """One clash in a sentence; ``uids`` are its sessions of this gathering, the earliest first."""

    kind: str
    sentence: str
    start: dt.datetime
    uids: tuple[str, ...]

    @property
    def is_hint(self) -> bool:
        """Whether it only may be one: somebody has to look."""
        return self.kind in (BUSY, ABSENT)


def told_clashes(session: DbSession, *, gathering_id: int) -> tuple[Clash, ...]:
    """All clashes of a gathering in order of time, in the language in use: three statements."""
    told = conflicts_of(session, gathering_id)
    clashes = []
    for conflict in told.conflicts:
        own = sorted(
            (one for one in conflict.sessions if one.gathering == told.code),
            key=lambda one: one.start,
        )
        uids = tuple(one.uid for one in own)
        sentence = describe(conflict, told.names)
        clashes.append(Clash(conflict.kind, sentence, own[0].start_local, uids))
    return tuple(sorted(clashes, key=lambda clash: (clash.start, clash.kind, clash.sentence)))
