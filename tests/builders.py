"""Test data, made by the operations that the window calls: each builder answers its entity.

Usage: ``store.change("x", lambda s: b.person(s, name="Ana Pérez").id)``. A builder takes what a
form takes and nothing else, so that no test begins with what no user could have made; states are
reached by the steps of their workflow. Nobody here is real; addresses end in example.org.
"""

import datetime as dt
import itertools
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from schoolapp.domain.applications import Application, ApplicationState
from schoolapp.domain.arrivals import LENT, USUAL
from schoolapp.domain.attendance import AttendanceState
from schoolapp.domain.delegations import Delegation, DelegationState
from schoolapp.domain.funding import Fund, Subsidy, SubsidyState
from schoolapp.domain.gatherings import Gathering, GatheringKind, GatheringState, Module, Room
from schoolapp.domain.money import Money
from schoolapp.domain.participation import Participation
from schoolapp.domain.people import Person, PersonDraft
from schoolapp.domain.programme import Session, SessionState
from schoolapp.domain.scheduling import SessionDraft
from schoolapp.operations import attendance, gatherings, programme
from schoolapp.operations.applications import move_application
from schoolapp.operations.applications.editing import ApplicationDraft, save_application
from schoolapp.operations.applications.editing import draft_of as application_draft
from schoolapp.operations.arrivals import desk
from schoolapp.operations.delegations.editing import (
    DelegationDraft,
    move_delegation,
    save_delegation,
)
from schoolapp.operations.funding import (
    FundDraft,
    IncomeDraft,
    SubsidyDraft,
    fee_draft,
    save_fee,
    save_fund,
    save_income,
    save_subsidy,
    step_subsidy,
)
from schoolapp.operations.gatherings.editing import draft_of as gathering_draft
from schoolapp.operations.gatherings.templates import Content, ModulePattern, RoomPattern, Template
from schoolapp.operations.people import participations
from schoolapp.operations.people.editing import draft_of as person_draft
from schoolapp.operations.people.editing import save_person
from schoolapp.storage.store import DbSession

START = dt.date(2027, 10, 23)
"""The first day of a gathering made here."""
APPLYING: dict[ApplicationState, tuple[str, ...]] = {
    ApplicationState.SUBMITTED: (),
    ApplicationState.NEEDS_INFO: ("ask_more",),
    ApplicationState.ELIGIBLE: ("check_ok",),
    ApplicationState.WAITLISTED: ("check_ok", "waitlist"),
    ApplicationState.ACCEPTED: ("check_ok", "accept"),
    ApplicationState.CONFIRMED: ("check_ok", "accept", "confirm"),
    ApplicationState.VISA_PENDING: ("check_ok", "accept", "confirm", "ask_visa"),
    ApplicationState.VISA_REFUSED: ("check_ok", "accept", "confirm", "ask_visa", "refused"),
    ApplicationState.CHECKED_IN: ("check_ok", "accept", "confirm", "arrive"),
    ApplicationState.COMPLETED: ("check_ok", "accept", "confirm", "arrive", "leave"),
    ApplicationState.REJECTED: ("check_ok", "reject"),
    ApplicationState.WITHDRAWN: ("check_ok", "withdraw"),
    ApplicationState.CANCELLED_BY_HOST: ("check_ok", "accept", "confirm", "host_cancels"),
}
"""The steps by which an application that came in gets into a state."""
PLANNING: dict[SessionState, tuple[str, ...]] = {
    SessionState.PLANNED: (),
    SessionState.CONFIRMED: ("confirm",),
    SessionState.PUBLISHED: ("confirm", "publish"),
    SessionState.RUNNING: ("confirm", "publish", "start"),
    SessionState.HELD: ("confirm", "publish", "start", "end"),
    SessionState.CANCELLED: ("drop",),
}
"""The steps by which a session that was planned gets into a state."""
HOLDING: dict[GatheringState, tuple[str, ...]] = {
    GatheringState.PLANNED: (),
    GatheringState.APPLICATIONS_OPEN: ("open",),
    GatheringState.SELECTING: ("open", "close"),
    GatheringState.CONFIRMED: ("open", "close", "publish"),
    GatheringState.RUNNING: ("open", "close", "publish", "start"),
    GatheringState.CLOSING: ("open", "close", "publish", "start", "end"),
}
"""The steps by which a gathering that was planned gets into a state."""
REGISTERING: dict[DelegationState, tuple[str, ...]] = {
    DelegationState.ANNOUNCED: (),
    DelegationState.NUMBERS_GIVEN: ("send_numbers",),
    DelegationState.NAMES_GIVEN: ("send_numbers", "send_names"),
    DelegationState.PART_PAID: ("send_numbers", "send_names", "pay"),
    DelegationState.PAID: ("send_numbers", "send_names", "pay_all"),
}
"""The steps by which a delegation gets into a state."""
SUPPORTING: dict[SubsidyState, tuple[str, ...]] = {
    SubsidyState.REQUESTED: (),
    SubsidyState.REVIEWED: ("score",),
    SubsidyState.REFUSED: ("score", "refuse"),
    SubsidyState.GRANTED: ("score", "grant"),
    SubsidyState.ACCEPTED: ("score", "grant", "accept"),
    SubsidyState.TO_PAY: ("score", "grant", "accept", "claim_closed"),
    SubsidyState.WITHDRAWN: ("withdraw",),
}
"""The steps by which a subsidy gets into a state."""
_numbers = itertools.count(1)


def person(
    session: DbSession,
    *,
    name: str = "",
    languages: tuple[tuple[str, str], ...] = (("en", "B2"),),
    **fields: Any,
) -> Person:
    """A person; ``languages`` are pairs of tag and level, ``fields`` those of the form."""
    number = next(_numbers)
    fields.setdefault("email", f"person{number}@example.org")
    draft = PersonDraft(display_name=name or f"Test Person {number}", languages=languages, **fields)
    return session.get_one(Person, save_person(session, draft=draft))


def gathering(
    session: DbSession,
    *,
    title: str = "",
    start: dt.date = START,
    days: int = 21,
    rooms: int = 2,
    modules: int = 0,
    kind: GatheringKind = GatheringKind.SCHOOL,
    state: GatheringState = GatheringState.PLANNED,
    capacity: int = 30,
    working_languages: tuple[str, ...] = ("en", "fr"),
    **fields: Any,
) -> Gathering:
    """A school in Amsterdam with rooms ``R1``... and modules ``M1``... that share its days.

    It comes from a template without programme, prices and deadlines; ``fields`` are further ones
    of the form.
    """
    number = next(_numbers)
    length = days // max(modules, 1)
    content: Content = {
        "kind": kind.value,
        "title": "Bare",
        "days": days,
        "capacity": capacity,
        "centre": "amsterdam",
        "working_languages": list(working_languages),
        "rooms": [_room(n) for n in _to(rooms)],
        "modules": [_module(n, length) for n in _to(modules)],
        "free_days": [],
        "deadlines": {},
        "prices": {},
        "sessions": [],
    }
    key = gatherings.create_from_template(
        session,
        template=Template("bare", kind, "Bare", days, content),
        title=title or f"School {number}",
        start_date=start,
    )
    made = session.get_one(Gathering, key)
    if fields:
        edit_gathering(session, made, **fields)
    for step in HOLDING[state]:
        gatherings.move_gathering(session, gathering_id=key, step=step)
    return made


def _to(last: int) -> range:
    return range(1, last + 1)


def _room(number: int) -> RoomPattern:
    return {"code": f"R{number}", "name": f"Room {number}", "seats": 40, "booths": 0}


def _module(number: int, length: int) -> ModulePattern:
    first, last = length * (number - 1), length * number - 1
    return {"code": f"M{number}", "title": f"Module {number}", "first": first, "last": last}


def participation(
    session: DbSession,
    of: Person,
    at: Gathering,
    *,
    stay: tuple[dt.datetime, dt.datetime] | None = None,
    modules: tuple[Module, ...] | None = None,
    **fields: Any,
) -> Participation:
    """A participant who stays for the whole gathering, or from ``stay[0]`` to ``stay[1]``.

    Without ``modules`` they attend all; ``fields`` are further ones of the form.
    """
    key = participations.add_participant(session, gathering_id=at.id, person_id=of.id)
    if stay is not None:
        fields["stays"] = (stay,)
    if modules is not None:
        fields["modules"] = tuple(module.id for module in modules)
    place = session.get_one(Participation, key)
    if fields:
        edit_place(session, place, **fields)
    return place


def session(
    session: DbSession,
    at: Gathering,
    *,
    title: str = "",
    day: int = 0,
    start: str = "09:30",
    minutes: int = 90,
    speakers: tuple[Person, ...] = (),
    room: Room | None = None,
    module: Module | None = None,
    state: SessionState = SessionState.PLANNED,
    **fields: Any,
) -> Session:
    """A lecture on day ``day`` (0 the first) at ``start`` o'clock in the gathering's zone."""
    fields |= {"room_id": room.id} if room is not None else {}
    fields |= {"module_id": module.id} if module is not None else {}
    begins = dt.datetime.combine(
        at.start_date + dt.timedelta(days=day), dt.time.fromisoformat(start)
    )
    draft = SessionDraft(
        gathering_id=at.id,
        title=title or f"Lecture {next(_numbers)}",
        start=begins,
        end=begins + dt.timedelta(minutes=minutes),
        speakers=tuple(who.id for who in speakers),
        **fields,
    )
    key = programme.save_session(session, draft).id
    for step in PLANNING[state]:
        programme.take_step(session, session_id=key, step=step)
    return session.get_one(Session, key)


def application(
    session: DbSession,
    of: Person,
    at: Gathering,
    *,
    state: ApplicationState = ApplicationState.SUBMITTED,
    reason: str | None = None,
    **fields: Any,
) -> Application:
    """An application that came in, brought to a state; ``reason`` is given for each step."""
    draft = ApplicationDraft(gathering_id=at.id, person_id=of.id, **fields)
    key = save_application(session, draft=draft)
    for step in APPLYING[state]:
        move_application(session, application_id=key, step=step, reason=reason)
    session.flush()
    return session.get_one(Application, key)


def edit_application(session: DbSession, one: Application, **fields: Any) -> None:
    """Change an application as its form does."""
    session.flush()
    draft = application_draft(session, application_id=one.id)
    save_application(session, draft=replace(draft, **fields))


def mark(session: DbSession, of: Session, who: Participation, status: AttendanceState) -> None:
    """Mark one participant in one session."""
    attendance.mark(session, session_id=of.id, participation_ids=[who.id], status=status)
    session.flush()


def cancelled(session: DbSession, of: Person, at: Gathering) -> Participation:
    """Somebody who cancelled after they were listed as missing: the place is kept as cancelled."""
    asked = application(session, of, at, state=ApplicationState.CONFIRMED)
    wanted = sa.select(Participation).where(
        Participation.gathering_id == at.id, Participation.person_id == of.id
    )
    place = session.execute(wanted).scalar_one()
    attendance.note_day(
        session,
        gathering_id=at.id,
        date=at.start_date,
        participation_ids=[place.id],
        on_site=False,
    )
    session.flush()
    move_application(session, application_id=asked.id, step="cancel")
    session.flush()
    return place


def place_of(session: DbSession, of: Person, at: Gathering) -> Participation:
    """The place of somebody who takes part, say by an application that was accepted."""
    key = participations.participation_id(session, gathering_id=at.id, person_id=of.id)
    assert key is not None
    return session.get_one(Participation, key)


def edit_person(session: DbSession, who: Person, **fields: Any) -> None:
    """Change a person as the form does."""
    session.flush()
    save_person(session, draft=replace(person_draft(session, person_id=who.id), **fields))


def edit_gathering(session: DbSession, at: Gathering, **fields: Any) -> None:
    """Change a gathering as the form does."""
    session.flush()
    draft = gathering_draft(session, gathering_id=at.id, language="en")
    gatherings.save_gathering(session, draft=replace(draft, **fields))


def edit_session(session: DbSession, slot: Session, **fields: Any) -> None:
    """Change a session as the form does."""
    session.flush()
    programme.save_session(session, replace(programme.draft_of(session, slot.id), **fields))


def set_fee(session: DbSession, place: Participation, fee: Money | None) -> None:
    """Agree on a fee that is not the usual one."""
    session.flush()
    draft = fee_draft(session, place.id)
    assert draft is not None
    save_fee(session, replace(draft, fee=fee))


def delegation(
    session: DbSession,
    at: Gathering,
    leader: Person,
    *,
    name: str = "",
    people: tuple[Participation, ...] = (),
    state: DelegationState = DelegationState.ANNOUNCED,
    **fields: Any,
) -> Delegation:
    """A delegation with the places of its people."""
    draft = DelegationDraft(
        gathering_id=at.id,
        name=name or f"Delegation {next(_numbers)}",
        leader_id=leader.id,
        **fields,
    )
    key = save_delegation(session, draft=draft)
    for place in people:
        edit_place(session, place, delegation_id=key)
    for step in REGISTERING[state]:
        move_delegation(session, delegation_id=key, step=step)
    session.flush()
    return session.get_one(Delegation, key)


def edit_place(session: DbSession, place: Participation, **fields: Any) -> None:
    """Change a place as its form does: the delegation, the stays, needs, ..."""
    session.flush()
    draft = participations.draft_of(session, participation_id=place.id)
    participations.save_participation(session, draft=replace(draft, **fields))


def fund(session: DbSession, at: Gathering, *, name: str = "Fund", income: Money) -> Fund:
    """A fund into which something came."""
    key = save_fund(session, FundDraft(gathering_id=at.id, name=name, currency=income.currency))
    save_income(session, fund_id=key, draft=IncomeDraft(giver="A friend", amount=income))
    session.flush()
    return session.get_one(Fund, key)


def subsidy(
    session: DbSession,
    of: Person,
    out_of: Fund,
    *,
    state: SubsidyState = SubsidyState.REQUESTED,
    by: Person | None = None,
    **fields: Any,
) -> Subsidy:
    """A subsidy in a state; from ``GRANTED`` on somebody has decided: ``by``."""
    draft = SubsidyDraft(
        gathering_id=out_of.gathering_id, person_id=of.id, fund_id=out_of.id, **fields
    )
    key = save_subsidy(session, draft)
    for step in SUPPORTING[state]:
        decider = by.id if by is not None and step in ("grant", "refuse") else None
        step_subsidy(session, subsidy_id=key, step=step, decided_by_id=decider)
    session.flush()
    return session.get_one(Subsidy, key)


def arrive(session: DbSession, place: Participation) -> None:
    """Somebody is checked in at the desk, with all that it asks for."""
    desk.check_in(session, participation_id=place.id, done=dict.fromkeys(USUAL))
    session.flush()


def leave(session: DbSession, place: Participation) -> None:
    """Somebody is checked out again."""
    desk.check_out(session, participation_id=place.id, returned=tuple(LENT))
    session.flush()
