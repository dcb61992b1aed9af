"""Badges read at a door: their codes, who is in, and the minutes that follow."""

import datetime as dt
import enum
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from schoolapp.base.language import mark
from schoolapp.domain.attendance import AttendanceState, minutes_inside
from schoolapp.domain.rules import RuleBroken

LETTERS = "BCDFGHJKRSTV"
"""Consonants that lie on the same keys of QWERTY, QWERTZ and AZERTY: a scanner types like a
keyboard, and the layout of the desk decides what arrives. Without vowels no code makes a word, and
none of them is a key that marks somebody on the roll."""
LENGTH = 12
"""Letters of a code: 43 bits, so that nobody can guess another badge."""
REPEAT = dt.timedelta(seconds=10)
"""A badge read again within this time is the same scan: a scanner or a nervous hand did it."""
GRACE = dt.timedelta(minutes=10)
"""Coming later after the start than this is late, going earlier before the end is leaving early."""


class ScanKind(enum.StrEnum):
    """Whether a person comes in or goes out."""

    ENTRY = "entry"
    EXIT = "exit"


Event = tuple[dt.datetime, str]
"""When (aware), and a value of ``ScanKind``."""


@dataclass(frozen=True, slots=True)
class Presence:
    """What the scans of one person say of a session: the mark, first coming, last going."""

    status: AttendanceState
    came: dt.datetime
    went: dt.datetime
    minutes: int


def is_news(
    events: Sequence[Event], at: dt.datetime, kind: ScanKind, *, attended: bool, name: str = ""
) -> bool:
    """Whether a scan is an event of its own; False for the same again, or nothing new.

    ``events`` are those on which the mark rests; ``attended`` says whether it says that the person
    was there at all (a desk may have marked them without a scan). ``RuleBroken`` for a person who
    goes out without having come in.
    """
    if events and abs(at - events[-1][0]) <= REPEAT:
        return False
    if kind is ScanKind.EXIT and not attended:
        raise RuleBroken(
            mark("{name} never came in here, so there is nothing to leave."), name=name
        )
    inside = attended and (not events or events[-1][1] == ScanKind.ENTRY)
    return inside is (kind is ScanKind.EXIT)


def presence_of(
    events: Sequence[Event],
    start: dt.datetime,
    end: dt.datetime,
    *,
    came: dt.datetime | None = None,
) -> Presence:
    """What follows from the scans of a person, at least one: coming and going by turns.

    ``came`` is when somebody came whom a desk had marked before the first scan. A person who was
    not scanned going out stayed to the end. Minutes are those inside the session, breaks left out.
    """
    walk = list(events)
    if walk[0][1] == ScanKind.EXIT:
        walk.insert(0, (came or start, ScanKind.ENTRY))
    if walk[-1][1] == ScanKind.ENTRY:
        walk.append((max(end, walk[-1][0]), ScanKind.EXIT))
    pairs = zip(walk[::2], walk[1::2], strict=True)
    minutes = sum(minutes_inside(a, b, start, end) for (a, _in), (b, _out) in pairs)
    first, last = walk[0][0], walk[-1][0]
    return Presence(_status(first, last, start, end), first, last, minutes)


def _status(
    came: dt.datetime, went: dt.datetime, start: dt.datetime, end: dt.datetime
) -> AttendanceState:
    if went < end - GRACE:
        return AttendanceState.LEFT_EARLY
    return AttendanceState.LATE if came > start + GRACE else AttendanceState.PRESENT


def new_code() -> str:
    """A new random code."""
    return "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))


def read_code(typed: str) -> str | None:
    """The code that a scanner typed, whatever Caps Lock says; None for anything else."""
    code = "".join(typed.split()).upper()
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else None
