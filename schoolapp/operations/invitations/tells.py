"""What a mail about invitations says to its readers, as the outbox keeps it until it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple


class SessionTold(NamedTuple):
    """What one person learns of one session: its SEQUENCE, and when and where it is."""

    session_id: int
    person_id: int
    sequence: int
    told: str


class GatheringTold(NamedTuple):
    """What one person learns of the gathering as a whole."""

    person_id: int
    sequence: int
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tells:
    """All that one mail says; ``method`` is that of iTIP, ``stamp`` the moment it was composed.

    ``organizer`` is the address that its calendar names, and that it has to come from; empty for
    a mail that was written before this was kept.
    """

    method: str
    stamp: str
    sessions: tuple[SessionTold, ...] = ()
    gathering: tuple[GatheringTold, ...] = ()
    organizer: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Tells":  # Any: the column holds whatever JSON can
        """The opposite of ``kept``."""
        return cls(
            method=kept["method"],
            stamp=kept["stamp"],
            sessions=tuple(SessionTold(*one) for one in kept["sessions"]),
            gathering=tuple(GatheringTold(*one) for one in kept["gathering"]),
            organizer=kept.get("organizer", ""),
        )

    def kept(self) -> dict[str, object]:
        """The same as ``Mail.tells`` keeps it."""
        return {
            "method": self.method,
            "stamp": self.stamp,
            "sessions": [[*one] for one in self.sessions],
            "gathering": [[*one] for one in self.gathering],
            "organizer": self.organizer,
        }
