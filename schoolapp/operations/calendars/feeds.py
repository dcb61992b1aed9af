"""The names under which people find their calendars where a gathering publishes them."""

from sqlalchemy import select

from schoolapp.domain.calendars import CalendarFeed
from schoolapp.domain.participation import Participation
from schoolapp.domain.people import Person
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession


def feed_names(session: DbSession, *, gathering_id: int) -> dict[str, str]:
    """The secret name of each participant's calendar, by the person's uid; made where missing.

    A name stays the same as long as the person is known: people who have subscribed stay so.
    """
    known = select(CalendarFeed.person_id, CalendarFeed.token).where(
        CalendarFeed.gathering_id == gathering_id
    )
    names = dict(fetch(session, known))
    part = (
        select(Person.id, Person.uid)
        .join(Participation, Participation.person_id == Person.id)
        .where(Participation.gathering_id == gathering_id)
        .order_by(Person.id)
    )
    found = {}
    for person_id, uid in session.execute(part).all():
        if person_id not in names:
            made = CalendarFeed(gathering_id=gathering_id, person_id=person_id)
            session.add(made)
            names[person_id] = made.token
        found[uid] = names[person_id]
    session.flush()
    return found


def forget_feeds(
    session: DbSession, *, person_id: int | None = None, gathering_id: int | None = None
) -> None:
    """Forget the names of a person's calendars, or of a gathering's, before it is removed."""
    f = CalendarFeed
    owner = f.person_id == person_id if gathering_id is None else f.gathering_id == gathering_id
    for row in session.scalars(select(f).where(owner)).all():
        session.delete(row)
    session.flush()
