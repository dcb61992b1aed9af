"""Who works in a gathering: lecturers, interpreters, staff and volunteers."""

from collections.abc import Iterable

from sqlalchemy import Select, func, select, union

from schoolapp.base.language import _, mark
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.participation import Engagement, Participation, ParticipationState
from schoolapp.domain.people import Person, PersonDraft
from schoolapp.domain.programme import (
    Interpretation,
    InterpreterDuty,
    Session,
    SessionState,
    Speaker,
)
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.who import Who
from schoolapp.domain.working import (
    USUAL_ROLES,
    EngagementDraft,
    check_days,
    check_engagement,
)
from schoolapp.operations.people.editing import save_person
from schoolapp.operations.people.participations import add_participant, participation_id
from schoolapp.storage.selecting import fetch
from schoolapp.storage.store import DbSession, checked_out

TEXTS = ("floor_language", "a_language", "booth", "also")
PLAIN = (*TEXTS, "first_day", "last_day", "fee")
SHOWN = 5
"""How many sessions a sentence lists."""


def engagements_of(
    session: DbSession, *, gathering_id: int, person_id: int
) -> tuple[EngagementDraft, ...]:
    """The work of one person in a gathering, as forms edit it."""
    mine = select(Engagement).where(
        Engagement.gathering_id == gathering_id, Engagement.person_id == person_id
    )
    return tuple(map(_draft, session.scalars(mine.order_by(Engagement.position, Engagement.id))))


def _draft(work: Engagement) -> EngagementDraft:
    usual = work.role == USUAL_ROLES.get(work.list_name)
    return EngagementDraft(
        gathering_id=work.gathering_id,
        list_name=work.list_name,
        id=work.id,
        version=work.version,
        people=(work.person_id,),
        role="" if usual else work.role,
        languages=tuple(work.languages),
        **{name: getattr(work, name) for name in PLAIN},
    )


def save_engagement(session: DbSession, draft: EngagementDraft) -> tuple[int, ...]:
    """Add the work of people, or change that of one; the keys of the people, new ones too.

    ``RuleBroken`` for the first thing that is wrong, and for somebody who is on the list already.
    """
    gathering = session.get_one(Gathering, draft.gathering_id)
    wrong = check_engagement(draft) or check_days(draft, gathering.start_date, gathering.end_date)
    for sentence in wrong.values():
        raise RuleBroken(sentence)
    keys = tuple(dict.fromkeys(person_key(session, who) for who in draft.people))
    if draft.id is not None:
        assert draft.version is not None
        _write(checked_out(session, Engagement, draft.id, draft.version), draft)
    else:
        for key in keys:
            _add(session, draft, key)
    session.flush()
    return keys


def _add(session: DbSession, draft: EngagementDraft, person_id: int) -> None:
    on_list = _work_of(draft.gathering_id, person_id).where(Engagement.list_name == draft.list_name)
    if session.execute(on_list).first() is not None:
        raise RuleBroken(
            mark("{name} is on this list already. Change the entry that is there."),
            name=session.get_one(Person, person_id).display_name,
        )
    work = Engagement(
        gathering_id=draft.gathering_id,
        person_id=person_id,
        list_name=draft.list_name,
        role="",
        position=_next_position(session, draft.gathering_id),
    )
    _write(work, draft)
    session.add(work)
    here = {"gathering_id": draft.gathering_id, "person_id": person_id}
    if draft.takes_part and participation_id(session, **here) is None:
        add_participant(session, **here)


def _write(work: Engagement, draft: EngagementDraft) -> None:
    wanted: dict[str, object] = {name: getattr(draft, name) or None for name in PLAIN}
    wanted["list_name"] = draft.list_name
    wanted["role"] = draft.role.strip() or USUAL_ROLES[draft.list_name]
    wanted["languages"] = list(draft.languages)
    for name, value in wanted.items():
        if getattr(work, name) != value:
            setattr(work, name, value)


def remove_engagement(session: DbSession, *, engagement_id: int, version: int) -> None:
    """Take work back. The person stays known, and a participant who also works stays that.

    ``RuleBroken`` with the sessions that still name somebody who would have no part left.
    """
    work = checked_out(session, Engagement, engagement_id, version)
    others = _work_of(work.gathering_id, work.person_id).where(Engagement.id != engagement_id)
    stays = session.execute(others).first() or _takes_part(
        session, work.gathering_id, work.person_id
    )
    if not stays:
        _refuse_named(session, work)
    session.delete(work)


def _refuse_named(session: DbSession, work: Engagement) -> None:
    titles = _sessions_naming(session, work.gathering_id, work.person_id)
    if titles:
        more = _(" and {number} more").format(number=len(titles) - SHOWN)
        listed = ", ".join(f"“{title}”" for title in titles[:SHOWN])
        raise RuleBroken(
            mark("{name} is still named in {sessions}. Take the person out of them first."),
            name=session.get_one(Person, work.person_id).display_name,
            sessions=listed + (more if len(titles) > SHOWN else ""),
        )


def _sessions_naming(session: DbSession, gathering_id: int, person_id: int) -> list[str]:
    """The titles of the sessions in which somebody speaks or interprets, in order of time."""
    speaks = select(Speaker.session_id).where(Speaker.person_id == person_id)
    interprets = (
        select(Interpretation.session_id)
        .join(InterpreterDuty, InterpreterDuty.interpretation_id == Interpretation.id)
        .where(InterpreterDuty.person_id == person_id)
    )
    named = union(speaks, interprets).subquery()
    titles = select(Session.title).where(
        Session.gathering_id == gathering_id,
        Session.state != SessionState.CANCELLED,
        Session.id.in_(select(named.c[0])),
    )
    return list(session.scalars(titles.order_by(Session.start_utc, Session.no)))


def person_key(session: DbSession, who: Who) -> int:
    """The key of a person; a name makes a new one."""
    if isinstance(who, int):
        return who
    return save_person(session, draft=PersonDraft(display_name=who.strip()))


def engage(session: DbSession, *, gathering_id: int, people: Iterable[int], list_name: str) -> None:
    """Put people who have no part in a gathering yet on one of its lists of work."""
    here = people_here(session, gathering_id=gathering_id)
    for key in dict.fromkeys(people):
        if key not in here:
            draft = EngagementDraft(gathering_id=gathering_id, list_name=list_name, people=(key,))
            _add(session, draft, key)
    session.flush()


def people_here(session: DbSession, *, gathering_id: int) -> frozenset[int]:
    """The people who have a part in a gathering: they work there or take part."""
    works = select(Engagement.person_id).where(Engagement.gathering_id == gathering_id)
    takes_part = select(Participation.person_id).where(
        Participation.gathering_id == gathering_id,
        Participation.state != ParticipationState.CANCELLED,
    )
    return frozenset(session.scalars(union(works, takes_part)))


def names_of(session: DbSession, people: Iterable[int]) -> dict[int, str]:
    """The names of people by key."""
    found = select(Person.id, Person.display_name).where(Person.id.in_(list(people)))
    return dict(fetch(session, found))


def _work_of(gathering_id: int, person_id: int) -> Select[int]:
    return select(Engagement.id).where(
        Engagement.gathering_id == gathering_id, Engagement.person_id == person_id
    )


def _takes_part(session: DbSession, gathering_id: int, person_id: int) -> bool:
    here = select(Participation.id).where(
        Participation.gathering_id == gathering_id,
        Participation.person_id == person_id,
        Participation.state != ParticipationState.CANCELLED,
    )
    return session.execute(here).first() is not None


def _next_position(session: DbSession, gathering_id: int) -> int:
    newest = select(func.max(Engagement.position))
    found = session.execute(newest.where(Engagement.gathering_id == gathering_id)).scalar()
    return 1 if found is None else found + 1
