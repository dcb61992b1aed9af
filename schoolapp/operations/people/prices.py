"""The usual fee of a participant, and fees that were missing until a band or a price was known."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import selectinload

from schoolapp.base.language import mark
from schoolapp.domain.base import Base
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.money import FEE_BANDS, Money
from schoolapp.domain.participation import Participation, ParticipationState, part_fee
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.storage.selecting import among
from schoolapp.storage.store import DbSession


def has_no_price() -> ColumnElement[bool]:
    """Whether nobody knows yet what a participation costs, as a condition of a statement.

    Who came by a delegation that owes something for its people has no fee of their own. One who
    has cancelled is not asked.
    """
    fee = Participation.__table__.c.fee_minor
    owes = select(Delegation.id).where(Delegation.__table__.c.due_minor.is_not(None))
    paid_by_delegation = and_(
        Participation.delegation_id.is_not(None), Participation.delegation_id.in_(owes)
    )
    return and_(
        fee.is_(None),
        Participation.state != ParticipationState.CANCELLED,
        or_(Participation.delegation_id.is_(None), ~paid_by_delegation),
    )


def price_in(gathering: Gathering, *bands: str | None) -> Money | None:
    """The price of the whole gathering in the first of these bands that is known; None if it has
    none."""
    band = next(filter(None, bands), None)
    return next((p.price for p in gathering.prices if p.band == band), None)


def usual_price(session: DbSession, part: Participation, band: str | None = None) -> Money | None:
    """The price of the whole gathering in the band of the delegation, else ``band``, else the
    person's; None where the band is not known or has no price."""
    gathering = session.get_one(Gathering, part.gathering_id)
    delegation = session.get(Delegation, part.delegation_id) if part.delegation_id else None
    own = band or session.get_one(Person, part.person_id).fee_band
    return price_in(gathering, delegation.fee_band if delegation else None, own)


def usual_fee(session: DbSession, part: Participation, band: str | None = None) -> Money | None:
    """The usual price for the modules that somebody attends (S09)."""
    price = usual_price(session, part, band)
    gathering = session.get_one(Gathering, part.gathering_id)
    return None if price is None else part_fee(price, len(part.modules), len(gathering.modules))


@dataclass(frozen=True, slots=True, kw_only=True)
class BandDraft:
    """A band for several people; in the gathering their fees follow it, if there is one.

    They are named themselves, or by their ``participations``.
    """

    people: tuple[int, ...] = ()
    participations: tuple[int, ...] = ()
    gathering_id: int | None = None
    band: str | None = None


def check_band(draft: BandDraft) -> dict[str, str]:
    """What is wrong with it: field to a sentence marked for translation."""
    return {} if draft.band in FEE_BANDS else {"band": mark("Choose a band.")}


def give_band(session: DbSession, draft: BandDraft) -> int:
    """Give people a band; how many fees were set or changed by it.

    A fee of the gathering that was the usual one or missing follows the band, one that was agreed
    stays. In other gatherings only missing ones are filled in.
    """
    for sentence in check_band(draft).values():
        raise RuleBroken(sentence)
    p = Participation
    named = session.scalars(select(p.person_id).where(among(session, p.id, draft.participations)))
    keys = tuple(dict.fromkeys((*draft.people, *named)))
    people = session.scalars(select(Person).where(among(session, Person.id, keys))).all()
    here = p.gathering_id == draft.gathering_id, p.state != ParticipationState.CANCELLED
    chosen = select(p).where(among(session, p.person_id, keys), *here)
    parts = session.scalars(chosen.options(selectinload(p.modules))).all()
    held = _held(session, parts)
    following = [part for part in parts if part.fee in (None, usual_fee(session, part))]
    for person in people:
        if person.fee_band != draft.band:
            person.fee_band = draft.band
    session.flush()
    changed = 0
    for part in following:
        fee = usual_fee(session, part)
        if part.fee != fee:
            part.fee = fee
            changed += 1
    session.flush()
    del held
    return changed + _price(session, among(session, p.person_id, keys))


def price_gathering(session: DbSession, *, gathering_id: int) -> int:
    """Give each participant without a fee the usual one, where it is known; how many got one."""
    return _price(session, Participation.gathering_id == gathering_id)


def price_person(session: DbSession, *, person_id: int) -> int:
    """Give somebody's participations without a fee the usual one; how many got one."""
    return _price(session, Participation.person_id == person_id)


def _price(session: DbSession, which: ColumnElement[bool]) -> int:
    parts = session.scalars(
        select(Participation)
        .where(which, has_no_price())
        .order_by(Participation.id)
        .options(selectinload(Participation.modules))
    ).all()
    held = _held(session, parts)
    priced = 0
    for part in parts:
        part.fee = usual_fee(session, part)
        priced += part.fee is not None
    del held
    return priced


def _held(session: DbSession, parts: Iterable[Participation]) -> list[Base]:
    """What the fees of these participations hang on, read at once.

    A session forgets what nobody holds, and would read the gathering again for each person.
    """
    keys = {
        entity: {found for part in parts if (found := key(part)) is not None}
        for entity, key in _OWNERS.items()
    }
    return [
        found
        for entity, wanted in keys.items()
        for found in session.scalars(select(entity).where(among(session, entity.id, wanted)))
    ]


_OWNERS: Mapping[type[Gathering | Delegation | Person], Callable[[Participation], int | None]] = {
    Gathering: lambda part: part.gathering_id,
    Delegation: lambda part: part.delegation_id,
    Person: lambda part: part.person_id,
}
