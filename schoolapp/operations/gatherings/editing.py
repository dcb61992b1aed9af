"""The draft of a gathering: its core fields, dates, prices; saving, moving its state, removing."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.domain.applications import Application
from schoolapp.domain.base import Base
from schoolapp.domain.calendars import CalendarCollection
from schoolapp.domain.funding import Fund, Payment, Subsidy, TravelClaim
from schoolapp.domain.gatherings import (
    GATHERING,
    Deadline,
    FreeDay,
    Gathering,
    GatheringKind,
    Price,
    check_ages,
    check_gathering,
)
from schoolapp.domain.invitations import HeldReply, SessionInvitation
from schoolapp.domain.letters import LetterTemplate
from schoolapp.domain.mail import Mail
from schoolapp.domain.money import UNKNOWN_CURRENCY, Money, digits
from schoolapp.domain.participation import Engagement, Participation, RotaTask, Team
from schoolapp.domain.programme import ProgrammeChange, Session
from schoolapp.domain.reading_cells.coordinates import written, wrong_coordinates
from schoolapp.domain.referees import ScoreScale
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.selection import SelectionTarget
from schoolapp.domain.senders import wrong_mailbox
from schoolapp.domain.waiting import SelectionRules
from schoolapp.domain.workflow import take
from schoolapp.operations.calendars.busy_times import forget_busy_times
from schoolapp.operations.calendars.feeds import forget_feeds
from schoolapp.operations.people.prices import price_gathering
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession, checked_out

PLAIN = (
    "kind",
    "host_centre",
    "start_date",
    "end_date",
    "capacity",
    "country",
    "tz",
    "currency",
    "venue_name",
    "venue_city",
    "venue_note",
    "coordinates",
    "contact_name",
    "contact_address",
    "deposit",
    "age_from",
    "age_to",
    "age_reference_date",
    "minors_per_adult",
)


BELONGING = (
    SelectionRules,
    SelectionTarget,
    ScoreScale,
    LetterTemplate,
    Engagement,
    RotaTask,
    Team,
)
"""What goes with a gathering that is removed, beside the lists that it declares itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheringDraft:
    """The fields of a gathering that a form edits; ``title`` is the one in ``language``.

    ``other_titles`` are those in other languages, by tag. ``deadlines`` are names and dates,
    ``prices`` the full price of each fee band. ``age_from`` and ``age_to`` are years, counted on
    ``age_reference_date`` or else on the first day.
    """

    id: int
    version: int
    language: str
    title: str
    start_date: dt.date
    end_date: dt.date
    capacity: int
    country: str
    tz: str
    currency: str
    working_languages: tuple[str, ...]
    venue_name: str
    venue_city: str
    venue_note: str | None
    coordinates: str | None
    contact_name: str | None
    contact_address: str | None
    free_days: tuple[dt.date, ...]
    deadlines: tuple[tuple[str, dt.date], ...]
    prices: tuple[tuple[str, Money], ...]
    kind: str
    host_centre: str | None
    other_titles: tuple[tuple[str, str], ...]
    deposit: Money | None
    age_from: int | None
    age_to: int | None
    age_reference_date: dt.date | None
    minors_per_adult: int | None


def draft_of(session: DbSession, *, gathering_id: int, language: str) -> GatheringDraft:
    """The gathering as a form edits it."""
    g = session.get_one(Gathering, gathering_id)
    return GatheringDraft(
        id=g.id,
        version=g.version,
        language=language,
        title=g.titles.get(language, ""),
        other_titles=tuple((tag, title) for tag, title in g.titles.items() if tag != language),
        working_languages=tuple(g.working_languages),
        free_days=tuple(sorted(free.date for free in g.free_days)),
        deadlines=tuple((deadline.name, deadline.date) for deadline in g.deadlines),
        prices=tuple((price.band, price.price) for price in g.prices),
        **{name: getattr(g, name) for name in PLAIN},
    )


def title_language(session: DbSession, *, gathering_id: int, title: str) -> str:
    """The language in which a gathering has this title."""
    titles = session.get_one(Gathering, gathering_id).titles
    return next(tag for tag, known in titles.items() if known == title)


def check(draft: GatheringDraft, titles: dict[str, str] | None = None) -> dict[str, str]:
    """What is wrong with a draft: field to a sentence marked for translation."""
    named = {**(titles or {}), draft.language: draft.title}
    wrong = check_gathering(named, draft.start_date, draft.end_date, draft.capacity)
    wrong |= check_ages(draft.age_from, draft.age_to, draft.minors_per_adult)
    try:
        clock.zone(draft.tz)
    except ValueError:
        wrong["tz"] = mark("This time zone is not known. Write it like Europe/Amsterdam.")
    try:
        digits(draft.currency)
    except ValueError:
        wrong["currency"] = UNKNOWN_CURRENCY
    if not draft.working_languages:
        wrong["working_languages"] = mark("Name at least one working language.")
    if draft.contact_address and (sentence := wrong_mailbox(draft.contact_address)):
        wrong["contact_address"] = sentence
    if draft.deposit is not None and draft.deposit.currency != draft.currency:
        wrong["deposit"] = mark("A deposit is in the currency of the gathering. Choose it.")
    if draft.deposit is not None and draft.deposit.minor < 0:
        wrong["deposit"] = mark("A deposit cannot be less than nothing.")
    if any(price.currency != draft.currency for _band, price in draft.prices):
        wrong["prices"] = mark("Prices are in the currency of the gathering. Write them in it.")
    elif any(price.minor < 0 for _band, price in draft.prices):
        wrong["prices"] = mark("A price cannot be less than nothing.")
    days = draft.free_days if "end_date" not in wrong else ()
    if any(not draft.start_date <= day <= draft.end_date for day in days):
        wrong["free_days"] = mark("A free day has to be within the dates of the gathering.")
    return wrong | wrong_coordinates(draft.coordinates)


def save_gathering(session: DbSession, *, draft: GatheringDraft) -> int:
    """Change a gathering; ``RuleBroken`` for the first thing that is wrong.

    Participants without a fee get the price of their band, now that it is known.
    """
    gathering = checked_out(session, Gathering, draft.id, draft.version)
    for sentence in check(draft, gathering.titles).values():
        raise RuleBroken(sentence)
    if draft.tz != gathering.tz and _count(session, Session, draft.id):
        raise RuleBroken(
            mark(
                "The programme is planned in {tz}. Remove its sessions before you change the zone."
            ),
            tz=gathering.tz,
        )
    if draft.currency != gathering.currency and _has_money(session, draft.id):
        raise RuleBroken(
            mark(
                "Fees and payments are recorded in {currency}. Remove them before you change the"
                " currency."
            ),
            currency=gathering.currency,
        )
    others = {tag: title.strip() for tag, title in draft.other_titles}
    titles = {**gathering.titles, **others, draft.language: draft.title.strip()}
    wanted: dict[str, object] = {name: getattr(draft, name) for name in PLAIN}
    wanted["kind"] = GatheringKind(draft.kind)
    for name in ("contact_name", "contact_address", "venue_note"):
        wanted[name] = wanted[name] or None
    wanted["coordinates"] = written(draft.coordinates)
    wanted["titles"] = {tag: title for tag, title in titles.items() if title}
    wanted["working_languages"] = list(draft.working_languages)
    for name, value in wanted.items():
        if getattr(gathering, name) != value:
            setattr(gathering, name, value)
    _save_dates(gathering, draft)
    _save_prices(gathering, draft)
    session.flush()
    price_gathering(session, gathering_id=gathering.id)
    return gathering.id


def _save_dates(gathering: Gathering, draft: GatheringDraft) -> None:
    if draft.free_days != tuple(sorted(free.date for free in gathering.free_days)):
        days = sorted(set(draft.free_days))
        gathering.free_days = [FreeDay(date=day, position=n) for n, day in enumerate(days)]
    known = {deadline.name: deadline for deadline in gathering.deadlines}
    for name, date in draft.deadlines:
        if name not in known:
            position = len(gathering.deadlines)
            gathering.deadlines.append(Deadline(name=name, date=date, position=position))
        elif known[name].date != date:
            known[name].date = date
    kept = {name for name, _date in draft.deadlines}
    for name in known.keys() - kept:
        gathering.deadlines.remove(known[name])


def _save_prices(gathering: Gathering, draft: GatheringDraft) -> None:
    known = {price.band: price for price in gathering.prices}
    wanted = dict(draft.prices)
    for band in known.keys() - wanted.keys():
        gathering.prices.remove(known[band])
    for band, amount in wanted.items():
        if band not in known:
            position = len(gathering.prices)
            gathering.prices.append(Price(band=band, price=amount, position=position))
        elif known[band].price != amount:
            known[band].price = amount


def move_gathering(
    session: DbSession, *, gathering_id: int, step: str, reason: str | None = None
) -> None:
    """Take a step of the gathering's workflow."""
    gathering = session.get_one(Gathering, gathering_id)
    take(GATHERING, gathering, step, by=actor_of(session), reason=reason)


def remove_gathering(session: DbSession, *, gathering_id: int, version: int) -> None:
    """Remove a gathering that nobody takes part in or applied for, with its programme and team.

    The people who were to work in it stay known.
    """
    gathering = checked_out(session, Gathering, gathering_id, version)
    if _count(session, Participation, gathering_id) or _count(session, Application, gathering_id):
        raise RuleBroken(
            mark("People take part in this gathering or applied for it. Remove them first.")
        )
    slots = session.scalars(select(Session).where(Session.gathering_id == gathering_id)).all()
    invited = (
        select(SessionInvitation.id)
        .where(SessionInvitation.session_id.in_([slot.id for slot in slots]))
        .limit(1)
    )
    if session.execute(invited).first() is not None:
        raise RuleBroken(mark("People were invited to sessions of this gathering. Cancel it then."))
    _forget_answers(session, gathering_id, [slot.id for slot in slots])
    for change in session.scalars(
        select(ProgrammeChange).where(ProgrammeChange.gathering_id == gathering_id)
    ):
        session.delete(change)
    session.flush()
    for slot in slots:
        session.delete(slot)
    _remove_funds(session, gathering_id)
    for entity in BELONGING:
        for row in session.scalars(select(entity).where(entity.gathering_id == gathering_id)):
            session.delete(row)
    for mail in session.scalars(select(Mail).where(Mail.gathering_id == gathering_id)):
        mail.gathering_id = None
    pushed = select(CalendarCollection).where(CalendarCollection.gathering_id == gathering_id)
    for collection in session.scalars(pushed):
        session.delete(collection)
    session.flush()
    forget_feeds(session, gathering_id=gathering_id)
    for room in gathering.rooms:
        forget_busy_times(session, room_id=room.id)
    session.delete(gathering)


def _remove_funds(session: DbSession, gathering_id: int) -> None:
    """Remove the funds; what was granted or paid out of them or came in stays in the books."""
    for entity in (Subsidy, TravelClaim, Payment):
        if _count(session, entity, gathering_id):
            raise RuleBroken(
                mark("Money of this gathering is recorded. Remove it there first: see Money.")
            )
    for fund in session.scalars(select(Fund).where(Fund.gathering_id == gathering_id)):
        session.delete(fund)


def _forget_answers(session: DbSession, gathering_id: int, slots: list[int]) -> None:
    """Remove held answers from the list: what they answer is about to be removed."""
    h = HeldReply
    about = (h.gathering_id == gathering_id) | h.session_id.in_(slots)
    for held in session.scalars(select(h).where(about)):
        session.delete(held)


def _has_money(session: DbSession, gathering_id: int) -> bool:
    """Whether somebody owes or paid something in the currency of the gathering."""
    fees = select(Participation.id).where(
        Participation.gathering_id == gathering_id,
        Participation.__table__.c["fee_minor"].is_not(None),
    )
    owes = session.execute(fees.limit(1)).first() is not None
    return owes or _count(session, Payment, gathering_id) > 0


def _count(session: DbSession, entity: type[Base], gathering_id: int) -> int:
    table = entity.__table__
    query = select(func.count()).select_from(table).where(table.c["gathering_id"] == gathering_id)
    return session.execute(query).scalar() or 0
