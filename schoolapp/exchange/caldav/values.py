"""The plain values of a push: what should be there, what was put there, what is to be done."""

import enum
from dataclasses import dataclass, field

from schoolapp.exchange.caldav.content import Seen

REMOVING = "-"
"""Stands for a digest where what was under way was a removal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A session as it should be in the collection; ``digest`` is that of its content."""

    uid: str
    title: str
    body: bytes = field(repr=False)
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What we know of a session in the collection.

    ``etag`` is what the server last reported of it, None if it is not there or never answered, and
    ``digest`` that of our content it then had. ``pending`` is the digest of what was under way
    when the connection may have broken, ``REMOVING`` for a removal. ``theirs``: somebody else has
    changed or removed it there, and it was decided to leave it so, while ours had ``digest``.
    """

    uid: str
    href: str
    etag: str | None = None
    digest: str = ""
    pending: str = ""
    theirs: bool = False


class Act(enum.StrEnum):
    """What is done about a session; the last three change nothing on the server."""

    CREATE = "create"
    CHANGE = "change"
    REMOVE = "remove"
    ADOPT = "adopt"
    FORGET = "forget"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do; ``etag`` is what the server must still have, None for nothing."""

    act: Act
    uid: str
    title: str
    href: str
    etag: str | None = None
    wanted: Wanted | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Somebody else changed a session there: ``ours`` or ``theirs`` is None where it is removed."""

    uid: str
    title: str
    href: str
    etag: str | None
    ours: Seen | None
    theirs: Seen | None
    wanted: Wanted | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a push would do; ``unchanged`` counts the sessions that need nothing."""

    steps: tuple[Step, ...]
    conflicts: tuple[Conflict, ...]
    unchanged: int

    def count(self, act: Act) -> int:
        """How many steps do this."""
        return sum(step.act is act for step in self.steps)

    @property
    def is_done(self) -> bool:
        """Whether the collection holds the programme already."""
        return not self.steps and not self.conflicts


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a push so far: steps done of all, new conflicts, sessions the server refused.

    ``refused`` holds pairs of a title and the reason; ``trouble`` says why it ended early.
    """

    total: int
    done: int = 0
    conflicts: tuple[Conflict, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    trouble: str = ""
