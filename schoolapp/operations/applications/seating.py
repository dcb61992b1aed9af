"""Places: people who are accepted become participants, and stop being so if they lose it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from schoolapp.base import clock
from schoolapp.domain.applications import Application
from schoolapp.domain.arrivals import SIGNED
from schoolapp.domain.attendance import AttendanceMark, DayPresence, Scan
from schoolapp.domain.gatherings import Gathering, Module
from schoolapp.domain.money import Money
from schoolapp.domain.participation import (
    Arrival,
    ModuleAttended,
    Participation,
    ParticipationState,
    Stay,
    bring_to,
    part_fee,
    stay_fits,
    whole_stay,
)
from schoolapp.domain.people import Person
from schoolapp.domain.recipients import group_of
from schoolapp.operations.people.prices import price_in
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession


def place_of(session: DbSession, application: Application) -> Participation | None:
    """The participation of the applicant in the gathering, if there is one."""
    return session.execute(
        sa.select(Participation).where(
            Participation.gathering_id == application.gathering_id,
            Participation.person_id == application.person_id,
        )
    ).scalar()


def give_place(session: DbSession, application: Application) -> Participation:
    """The applicant's participation, made with the acceptance if there is none yet.

    It begins at acceptance and not at confirmation, because from then on it takes a seat, has a
    price to be paid and a stay for which a letter or a visa is asked.
    """
    place = place_of(session, application)
    if place is not None:
        _fill(place, application)
        return place
    gathering = session.get_one(Gathering, application.gathering_id)
    person = session.get_one(Person, application.person_id)
    asked = asked_of(session, application)
    place = Participation(
        gathering_id=gathering.id,
        person_id=person.id,
        delegation_id=application.delegation_id,
        language_group=group_of(person.spoken, gathering.working_languages),
        fee=asked.fee,
        stays=_as_stays(asked.stays),
        modules=_as_attended(asked.modules),
        position=_next_position(session, gathering.id),
    )
    _fill(place, application)
    session.add(place)
    return place


@dataclass(frozen=True, slots=True)
class Asked:
    """What an application asks for: ``said`` by the names that its place has for it too.

    ``stays`` are first and last moments, ``modules`` the keys of those chosen, ``fee`` what these
    cost.
    """

    said: dict[str, object]
    stays: tuple[tuple[dt.datetime, dt.datetime], ...]
    modules: tuple[int, ...]
    fee: Money | None


def asked_of(session: DbSession, application: Application) -> Asked:
    """What an application asks for, as it is now."""
    gathering = session.get_one(Gathering, application.gathering_id)
    person = session.get_one(Person, application.person_id)
    chosen = [m for m in gathering.modules if m.code in application.module_codes]
    part = len(chosen) < len(gathering.modules)
    return Asked(
        said=_said(application),
        stays=_stays(gathering, chosen if part else [], application),
        modules=tuple(module.id for module in chosen),
        fee=_fee(application, gathering, person, len(chosen)),
    )


def _said(application: Application) -> dict[str, object]:
    consent = application.parental_consent
    return {
        "diet": application.diet,
        "access": application.access,
        "first_time": application.first_time,
        "consent_on": application.consent_on,
        "parental_consent": None if consent is None else SIGNED if consent else "missing",
    }


def follow(session: DbSession, application: Application, before: Asked) -> None:
    """Let the place follow what was corrected in the application, where it still said the same.

    An allergy that comes with the second sheet has to reach the kitchen; what somebody changed at
    the place itself stays.
    """
    place = place_of(session, application)
    if place is None:
        return
    now = asked_of(session, application)
    for name, value in now.said.items():
        if value != before.said[name] and getattr(place, name) in (None, before.said[name]):
            setattr(place, name, value)
    attended = tuple(one.module_id for one in place.modules)
    if now.modules != before.modules and attended == before.modules:
        kept = {one.module_id: one for one in place.modules}  # no module may be there twice
        wanted = _as_attended(now.modules)
        place.modules = [kept.get(one.module_id, one) for one in wanted]
        for n, one in enumerate(place.modules):
            one.position = n
        if place.fee == before.fee:
            place.fee = now.fee
    stays = tuple((stay.arrival, stay.departure) for stay in place.stays)
    if now.stays != before.stays and stays == before.stays:
        place.stays = _as_stays(now.stays)


def _as_stays(times: Iterable[tuple[dt.datetime, dt.datetime]]) -> list[Stay]:
    return [Stay(arrival=arrival, departure=departure) for arrival, departure in times]


def _as_attended(modules: Iterable[int]) -> list[ModuleAttended]:
    return [ModuleAttended(module_id=key, position=n) for n, key in enumerate(modules)]


def _fill(place: Participation, application: Application) -> None:
    """Give the place what was asked for with it; what is known of the place already stays."""
    for name, value in _said(application).items():
        if getattr(place, name) is None and value is not None:
            setattr(place, name, value)


def free_place(session: DbSession, application: Application) -> None:
    """Take the participation away; where somebody noted presence it stays, as cancelled."""
    place = place_of(session, application)
    if place is None:
        return
    if _was_there(session, place.id):
        bring_to(place, ParticipationState.CANCELLED, by=actor_of(session))
    else:
        session.delete(place)


def cut_stay(session: DbSession, place: Participation) -> None:
    """Let the last stay end now, so that what comes later no longer applies to the person."""
    tz = session.get_one(Gathering, place.gathering_id).tz
    now = clock.to_wall(clock.now(), tz)
    for stay in place.stays[-1:]:
        if stay.arrival < now < stay.departure:
            stay.departure = now


def begin_stay_anew(session: DbSession, place: Participation) -> None:
    """Whoever is here after the last stay has ended stays until the gathering ends (E17).

    Somebody who left early came back: without a stay nothing would apply to them any more.
    """
    gathering = session.get_one(Gathering, place.gathering_id)
    now = clock.to_wall(clock.now(), gathering.tz).replace(second=0, microsecond=0)
    _first, last = whole_stay(gathering.start_date, gathering.end_date)
    if place.stays and now < last and all(stay.departure <= now for stay in place.stays):
        place.stays.append(Stay(arrival=now, departure=last))


def _was_there(session: DbSession, participation_id: int) -> bool:
    noted = (
        sa.select(sa.literal(1)).where(entity.participation_id == participation_id)
        for entity in (AttendanceMark, DayPresence, Scan, Arrival)
    )
    return session.execute(sa.union_all(*noted).limit(1)).first() is not None


def _fee(
    application: Application, gathering: Gathering, person: Person, modules: int
) -> Money | None:
    """The price of the delegation's band, else the person's; the share of the modules chosen."""
    delegation = application.delegation
    price = price_in(gathering, delegation.fee_band if delegation else None, person.fee_band)
    return None if price is None else part_fee(price, modules, len(gathering.modules))


def _stays(
    gathering: Gathering, modules: list[Module], application: Application
) -> tuple[tuple[dt.datetime, dt.datetime], ...]:
    """One stay for the whole gathering, or one per run of modules without another between.

    It begins and ends on the days that were asked for, if these can be a stay.
    """
    runs: list[list[Module]] = []
    for module in modules:
        before = gathering.modules.index(module) - 1
        if runs and gathering.modules[before] is runs[-1][-1]:
            runs[-1].append(module)
        else:
            runs.append([module])
    days = [(run[0].start, run[-1].end) for run in runs] or [
        (gathering.start_date, gathering.end_date)
    ]
    days = _as_asked(days, application)
    return tuple(whole_stay(first, last) for first, last in days)


def _as_asked(
    days: list[tuple[dt.date, dt.date]], application: Application
) -> list[tuple[dt.date, dt.date]]:
    comes, leaves = application.arrival, application.departure
    if not stay_fits(comes, leaves, days[0][0], days[-1][1]):
        return days
    comes, leaves = comes or days[0][0], leaves or days[-1][1]
    inside = [(first, last) for first, last in days if first <= leaves and comes <= last]
    firsts, lasts = zip(*inside, strict=True)
    return [*zip((comes, *firsts[1:]), (*lasts[:-1], leaves), strict=True)]


def _next_position(session: DbSession, gathering_id: int) -> int:
    newest = sa.select(sa.func.max(Participation.position))
    found = session.execute(newest.where(Participation.gathering_id == gathering_id)).scalar()
    return 0 if found is None else found + 1
