"""What comes in as an answer, and what becomes of it."""

import enum
from dataclasses import dataclass

from schoolapp.exchange.calendars.replies import Reply


class Outcome(enum.StrEnum):
    """What became of something that came in."""

    APPLIED = "applied"
    HELD = "held"
    IGNORED = "ignored"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Incoming:
    """An answer and the name of the file that held it.

    ``content`` identifies the same file under another name, where its name does not last.
    """

    file: str
    reply: Reply
    content: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The outcome for one answer; ``person`` is the uid of the person it could be matched to."""

    file: str
    method: str
    uid: str
    person: str | None
    outcome: Outcome
    participation: str | None
    why: str

    def as_json(self) -> dict[str, str | None]:
        """The entry of the report (docs/cli.md)."""
        return {
            "file": self.file,
            "method": self.method,
            "uid": self.uid,
            "person": self.person,
            "outcome": self.outcome.value,
            "participation": self.participation,
            "why": self.why,
        }
