"""Messages: which invitation to which session a person was sent, and what came back."""

import enum

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from schoolapp.domain.base import AUTOINCREMENT, Base, Keyed, link
from schoolapp.domain.people import Person
from schoolapp.domain.programme import Session


class PartStat(enum.StrEnum):
    """The last answer to an invitation (RFC 5545, 3.2.12)."""

    NEEDS_ACTION = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    TENTATIVE = "TENTATIVE"
    DECLINED = "DECLINED"


class Invite(Keyed, Base):
    """The invitation of one person to one session as it was last sent.

    ``method`` is ``REQUEST`` or ``CANCEL`` (RFC 5546), ``sent`` is ``bundle`` (in the first mail
    with the whole programme) or ``update``. An answer is never attendance.
    """

    __tablename__ = "invite"
    __table_args__ = (UniqueConstraint("session_id", "person_id"), AUTOINCREMENT)
    session_id: Mapped[int] = link("session.id")
    person_id: Mapped[int] = link("person.id")
    sequence: Mapped[int]
    method: Mapped[str]
    partstat: Mapped[PartStat]
    sent: Mapped[str]
    session: Mapped[Session] = relationship(default=None)
    person: Mapped[Person] = relationship(default=None)
