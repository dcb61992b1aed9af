"""The clashes of a gathering as a coordinator reads them."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from schoolapp.domain.conflicts import describe
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.people import Person
from schoolapp.operations.conflicts import find_conflicts
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class Clash:
    """One clash in a sentence; ``uids`` are its sessions of this gathering, the earliest first."""

    kind: str
    sentence: str
    start: dt.datetime
    uids: tuple[str, ...]


def told_clashes(session: DbSession, *, gathering_id: int) -> tuple[Clash, ...]:
    """All clashes of a gathering in order of time, in the language in use."""
    conflicts = find_conflicts(session, gathering_id)
    codes = {conflict.person for conflict in conflicts if conflict.person}
    names: dict[str, str] = {}
    if codes:
        found = select(Person.code, Person.display_name).where(Person.code.in_(codes))
        names = dict(session.execute(found).all())
    code = session.execute(select(Gathering.code).where(Gathering.id == gathering_id)).scalar()
    clashes = []
    for conflict in conflicts:
        own = sorted(
            (one for one in conflict.sessions if one.gathering == code), key=lambda one: one.start
        )
        uids = tuple(one.uid for one in own)
        sentence = describe(conflict, names)
        clashes.append(Clash(conflict.kind, sentence, own[0].start_local, uids))
    return tuple(sorted(clashes, key=lambda clash: (clash.start, clash.kind, clash.sentence)))
