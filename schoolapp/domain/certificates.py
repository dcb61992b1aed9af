"""Certificates of attendance: who has earned one, what it says, and its lasting number."""

import datetime as dt
import enum
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from schoolapp.base.language import mark
from schoolapp.domain.base import AUTOINCREMENT, Base, Keyed, UtcMoment
from schoolapp.domain.data_map import STAYS, Certified, Counted, Plain, Secret, whose
from schoolapp.domain.programme import SessionKind
from schoolapp.domain.rules import RuleBroken

NOT_CORE = frozenset({SessionKind.SOCIAL, SessionKind.SPACE})
USUAL_PERCENT = 80
"""How many of a hundred core sessions in the person's own stay earn a certificate."""
MARK_OF_FORMAT = "schoolapp-certificate-1"
"""The first line of a signed text; another format will have another one."""


@dataclass(frozen=True, slots=True)
class CertificateRule:
    """The share of core sessions in the person's own stay that earns a certificate, in percent.

    Only sessions whose register exists count; ``kinds`` are the core ones.
    """

    percent: int = USUAL_PERCENT
    kinds: frozenset[SessionKind] = field(default=frozenset(SessionKind) - NOT_CORE)

    def __post_init__(self) -> None:
        if not 0 < self.percent <= 100:
            raise RuleBroken(mark("The share of sessions is between 1 and 100 percent."))

    def earned(self, attended: int, core: int) -> bool:
        """Whether this many of the core sessions are enough; of none, nobody has enough."""
        return core > 0 and attended * 100 >= self.percent * core


class Waiting(enum.StrEnum):
    """What a certificate waits for: it is given after what it certifies."""

    STAY = "stay"
    REGISTERS = "registers"


def over_at(last_day: dt.date, departures: Sequence[dt.datetime]) -> dt.datetime:
    """When a certificate may be given: the end of the person's stay or, if that comes first, of
    the gathering (wall times). Without a stay it is the end of the gathering."""
    end = dt.datetime.combine(last_day, dt.time(23, 59))
    return min(max(departures, default=end), end)


class SigningKey(Keyed, Base):
    """The institute's key pair for certificates (Ed25519, base64); the newest one signs.

    It lies in the database because that is encrypted and backed up; only ``public`` leaves it.
    """

    __tablename__ = "signing_key"
    private: Mapped[Secret[str]]
    public: Mapped[Plain[str]] = mapped_column(unique=True)
    made_at: Mapped[Plain[dt.datetime]] = mapped_column(UtcMoment)


class Certificate(Keyed, Base):
    """A certificate that was issued, with what it says, word for word.

    ``number`` is never given again: rows are not removed, and the step that makes them cannot be
    undone. It names person and gathering by what is permanent and refers to neither, so that it
    stays when they are removed. ``signed`` is the text of ``Attested`` with its signature.
    """

    __tablename__ = "certificate"
    __table_args__ = (UniqueConstraint("gathering_code", "person_uid"), AUTOINCREMENT)
    number: Mapped[Counted[int]] = mapped_column(unique=True)
    gathering_code: Mapped[Counted[str]]
    person_uid: Mapped[Certified[str]] = mapped_column(info=whose(STAYS))
    native_name: Mapped[Certified[str]]
    language: Mapped[Counted[str]]
    signed: Mapped[Certified[str]]


@dataclass(frozen=True, slots=True)
class Attested:
    """What a signed text says; hours are minutes."""

    number: int
    name: str
    gathering: str
    first_day: dt.date
    last_day: dt.date
    minutes: int
    minutes_possible: int
    sessions: int
    issued_on: dt.date

    def text(self) -> str:
        """The lines that are signed: short enough for a code, readable without the program."""
        return "\n".join(
            (
                MARK_OF_FORMAT,
                str(self.number),
                _one_line(self.name),
                _one_line(self.gathering),
                f"{self.first_day}/{self.last_day}",
                f"{self.minutes}/{self.minutes_possible} min",
                f"{self.sessions} sessions",
                str(self.issued_on),
            )
        )


def hours_of(minutes: int) -> Decimal:
    """The hours that a certificate names, with one decimal: half to even, as amounts are.

    The certificate, its check and the list in the window show this figure and round in no other
    way: 3,267 minutes are 54.4 hours on all of them.
    """
    return (Decimal(minutes) / 60).quantize(Decimal("0.1"), ROUND_HALF_EVEN)


def attested(text: str) -> Attested:
    """What the lines say; ``RuleBroken`` if they are not those of a certificate."""
    try:
        head, number, name, gathering, days, minutes, sessions, issued = text.split("\n")
        if head != MARK_OF_FORMAT:
            raise ValueError(head)
        first, last = map(dt.date.fromisoformat, days.split("/"))
        done, possible = map(int, minutes.removesuffix(" min").split("/"))
        counted = int(sessions.removesuffix(" sessions"))
        day = dt.date.fromisoformat(issued)
        return Attested(int(number), name, gathering, first, last, done, possible, counted, day)
    except ValueError as wrong:
        raise RuleBroken(mark("This is not the text of a certificate.")) from wrong


def _one_line(text: str) -> str:
    return " ".join(text.split())
