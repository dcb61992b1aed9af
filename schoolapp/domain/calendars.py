"""Calendars elsewhere: what was pushed to a server, and when people and rooms are busy."""

import datetime as dt
from functools import partial
from secrets import token_hex

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schoolapp.domain.base import AUTOINCREMENT, Base, Keyed, UtcMoment, Versioned, link, maybe
from schoolapp.domain.data_map import GOES, PROTOCOL, Account, Contact, Counted, Plain, Token
from schoolapp.domain.gatherings import Gathering, Room
from schoolapp.domain.people import Person


class PushedSession(Keyed, Base):
    """A session as we know it in a calendar on a server.

    ``etag`` is the last one the server gave, None if it is not there or never answered; ``digest``
    is that of our content it then had. ``pending`` is the digest of what was under way, ``-`` for a
    removal. ``theirs``: what somebody else did to it there was left so.
    """

    __tablename__ = "pushed_session"
    __table_args__ = (UniqueConstraint("collection_id", "uid"), AUTOINCREMENT)
    collection_id: Mapped[int] = link("calendar_collection.id")
    uid: Mapped[Plain[str]]
    href: Mapped[Plain[str]]
    etag: Mapped[Plain[str | None]] = mapped_column(default=None)
    digest: Mapped[Plain[str]] = mapped_column(default="")
    pending: Mapped[Plain[str]] = mapped_column(default="")
    theirs: Mapped[Plain[bool]] = mapped_column(default=False)


class CalendarCollection(Versioned, Base):
    """A calendar on a server that holds the programme of a gathering; ``user`` logs in there.

    ``language`` is the one it was pushed in last.
    """

    __tablename__ = "calendar_collection"
    __table_args__ = (UniqueConstraint("gathering_id", "address"), AUTOINCREMENT)
    gathering_id: Mapped[int] = link("gathering.id")
    address: Mapped[Account[str]]
    user: Mapped[Account[str]] = mapped_column(default="")
    used: Mapped[Plain[dt.datetime]] = mapped_column(UtcMoment)
    language: Mapped[Plain[str | None]] = mapped_column(default=None)
    gathering: Mapped[Gathering] = relationship(default=None)
    sessions: Mapped[list[PushedSession]] = relationship(
        default_factory=list, cascade="all, delete-orphan", order_by="PushedSession.id"
    )


class CalendarFeed(Keyed, Base):
    """The name of a person's calendar of a gathering where it is published; nobody can guess it."""

    __tablename__ = "calendar_feed"
    __table_args__ = (UniqueConstraint("gathering_id", "person_id"), AUTOINCREMENT)
    gathering_id: Mapped[int] = link("gathering.id")
    person_id: Mapped[int] = link("person.id", GOES)
    token: Mapped[Token[str]] = mapped_column(
        unique=True, default_factory=partial(token_hex, 16), info=PROTOCOL.info
    )
    gathering: Mapped[Gathering] = relationship(default=None)
    person: Mapped[Person] = relationship(default=None)


class BusyTime(Keyed, Base):
    """A time in which a person or a room is taken, as a calendar of their own says.

    Nothing but the times is kept of what stood there. ``source`` is the name of the file.
    """

    __tablename__ = "busy_time"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (room_id IS NULL)", name="one_owner"),
        AUTOINCREMENT,
    )
    person_id: Mapped[int | None] = maybe("person.id", GOES)
    room_id: Mapped[int | None] = maybe("room.id")
    start_utc: Mapped[Counted[dt.datetime]] = mapped_column(UtcMoment, index=True)
    end_utc: Mapped[Counted[dt.datetime]] = mapped_column(UtcMoment)
    source: Mapped[Contact[str]]
    person: Mapped[Person | None] = relationship(default=None)
    room: Mapped[Room | None] = relationship(default=None)
