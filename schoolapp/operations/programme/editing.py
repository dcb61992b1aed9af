"""A session drafted, saved and removed, with its speakers, groups and interpretation."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from sqlalchemy import func, select

from schoolapp.base import clock
from schoolapp.base.language import mark
from schoolapp.domain.attendance import AttendanceMark, Register, RegisterChange, Scan
from schoolapp.domain.clashes import GivenTimes, remarks
from schoolapp.domain.invitations import HeldReply, SessionInvitation
from schoolapp.domain.participation import INTERPRETERS, LECTURERS
from schoolapp.domain.programme import (
    SESSION,
    Interpretation,
    InterpreterDuty,
    ProgrammeChange,
    Session,
    SessionState,
    Speaker,
)
from schoolapp.domain.rules import RuleBroken
from schoolapp.domain.scheduling import LineDraft, ScheduleFacts, SessionDraft, check_session
from schoolapp.domain.spoken import spoken_in
from schoolapp.domain.who import Who
from schoolapp.domain.workflow import take
from schoolapp.operations.people.engagements import engage, person_key
from schoolapp.operations.programme.moving import (
    Rearranged,
    copy_readings,
    group_draft,
    group_of,
    rearrange,
    schedule_facts,
)
from schoolapp.storage.journal import actor_of
from schoolapp.storage.store import DbSession, checked_out


def draft_of(session: DbSession, session_id: int) -> SessionDraft:
    """A session as the form edits it; ``RuleBroken`` if it is gone."""
    slot = session.get(Session, session_id)
    if slot is None:
        raise RuleBroken(mark("This session is no longer there."))
    return SessionDraft(
        id=slot.id,
        version=slot.version,
        gathering_id=slot.gathering_id,
        title=slot.title,
        kind=slot.kind,
        start=slot.start_local,
        end=slot.end_local,
        fold_start=slot.fold_start,
        fold_end=slot.fold_end,
        room_id=slot.room_id,
        module_id=slot.module_id,
        floor_language=slot.floor_language,
        audience=slot.audience,
        invited=slot.invited,
        register=slot.register,
        public=bool(slot.public),
        series=slot.series,
        online_link=slot.online_link,
        speakers=tuple(speaker.person_id for speaker in slot.speakers),
        groups=tuple(group_draft(group) for group in slot.groups),
        interpretation=tuple(_line_draft(line) for line in slot.interpretation),
    )


def _line_draft(line: Interpretation) -> LineDraft:
    return LineDraft(
        source=line.source,
        target=line.target,
        mode=line.mode,
        relay_via=line.relay_via,
        interpreters=tuple(duty.person_id for duty in line.interpreters),
    )


def save_session(session: DbSession, draft: SessionDraft) -> Rearranged:
    """Save a new or changed session.

    ``RuleBroken`` with the first sentence of ``check_session`` if something is wrong. A change of
    time or room goes the way of ``move_session``.
    """
    facts = schedule_facts(session, gathering_id=draft.gathering_id)
    for sentence in check_session(draft, facts).values():
        raise RuleBroken(sentence)
    draft = _with_people(session, draft)
    if draft.id is None:
        return _add(session, draft, facts)
    slot = checked_out(session, Session, draft.id, draft.version or 0)
    if draft == draft_of(session, draft.id):
        return Rearranged(slot.id, ())
    heard = _heard(slot)
    _describe(slot, draft)
    slot.changed_at = clock.now()
    done = rearrange(
        session,
        slot,
        facts,
        start=draft.start,
        end=draft.end,
        folds=(draft.fold_start, _fold_end(draft, slot.tz)),
        room_id=draft.room_id,
        groups=draft.groups,
    )
    if _heard(slot) != heard:
        slot.languages = list(_heard(slot))
    return done


def _with_people(session: DbSession, draft: SessionDraft) -> SessionDraft:
    """The draft with the keys of its people: new ones are made, and engaged for their work.

    A name that is typed twice in one session is one person.
    """
    interprets = [who for line in draft.interpretation for who in line.interpreters]
    everybody = dict.fromkeys((*draft.speakers, *interprets))
    keys = {who: person_key(session, who) for who in everybody}
    engaged = partial(engage, session, gathering_id=draft.gathering_id)
    engaged(people=[keys[who] for who in draft.speakers], list_name=LECTURERS)
    engaged(people=[keys[who] for who in interprets], list_name=INTERPRETERS)
    return replace(
        draft,
        speakers=_once(keys, draft.speakers),
        interpretation=tuple(
            replace(line, interpreters=_once(keys, line.interpreters))
            for line in draft.interpretation
        ),
    )


def _once(keys: Mapping[Who, int], people: tuple[Who, ...]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(keys[who] for who in people))


def _heard(slot: Session) -> tuple[str, ...]:
    """The languages in which a session can be followed; packages carry them."""
    covered = [line.target for line in slot.interpretation if line.interpreters]
    groups = [group.language for group in slot.groups]
    return spoken_in(slot.floor_language, covered, groups).all


def _add(session: DbSession, draft: SessionDraft, facts: ScheduleFacts) -> Rearranged:
    slot = Session(
        gathering_id=draft.gathering_id,
        no=next_number(session, draft.gathering_id),
        kind=draft.kind,
        title=draft.title.strip(),
        start_local=draft.start,
        end_local=draft.end,
        tz=facts.tz,
        fold_start=draft.fold_start,
        fold_end=_fold_end(draft, facts.tz),
        room_id=draft.room_id,
        state=SESSION.initial,
    )
    slot.position = slot.no
    slot.groups = [group_of(number, group) for number, group in enumerate(draft.groups, 1)]
    _describe(slot, draft)
    slot.languages = list(_heard(slot))
    take(SESSION, slot, "plan", by=actor_of(session))
    session.add(slot)
    session.flush()
    times = GivenTimes(
        kind=slot.kind,
        module_id=slot.module_id,
        start=slot.start_local,
        end=slot.end_local,
        facts=facts,
    )
    return Rearranged(slot.id, remarks(times))


def next_number(session: DbSession, gathering_id: int) -> int:
    """The number that the next session of a gathering gets: the order of creation."""
    highest = select(func.max(Session.no)).where(Session.gathering_id == gathering_id)
    return (session.execute(highest).scalar() or 0) + 1


def _describe(slot: Session, draft: SessionDraft) -> None:
    """Everything of a session but its time and place."""
    slot.title = draft.title.strip()
    slot.kind = draft.kind
    slot.module_id = draft.module_id
    slot.floor_language = draft.floor_language
    slot.audience = draft.audience
    slot.invited = draft.invited
    slot.register = draft.register
    slot.public = draft.public or None
    slot.series = draft.series or None
    slot.online_link = draft.online_link or None
    if tuple(s.person_id for s in slot.speakers) != draft.speakers:
        _set_speakers(slot, _known(draft.speakers))
    if tuple(_line_draft(line) for line in slot.interpretation) != draft.interpretation:
        _set_interpreters(slot, draft.interpretation)


def _known(people: Iterable[Who]) -> list[int]:
    """The keys of people who are all known by now."""
    return [who for who in people if isinstance(who, int)]


def _set_speakers(slot: Session, wanted: list[int]) -> None:
    # rows are kept where the person stays: the same person may never be there twice
    kept = {speaker.person_id: speaker for speaker in slot.speakers}
    now = clock.now()
    slot.speakers = [kept.get(key) or Speaker(person_id=key, since=now) for key in wanted]
    for number, speaker in enumerate(slot.speakers, 1):
        speaker.position = number


def _set_interpreters(slot: Session, wanted: tuple[LineDraft, ...]) -> None:
    """Rebuild the lines of interpretation; interpreters who were there before keep their date."""
    since = {
        duty.person_id: duty.since for line in slot.interpretation for duty in line.interpreters
    }
    slot.interpretation = [_line(n, line, since) for n, line in enumerate(wanted, 1)]


def _line(
    position: int, line: LineDraft, since: Mapping[int, dt.datetime | None]
) -> Interpretation:
    now = clock.now()
    duties = [
        InterpreterDuty(person_id=key, position=n, since=since.get(key, now))
        for n, key in enumerate(_known(line.interpreters), 1)
    ]
    return Interpretation(
        source=line.source,
        target=line.target,
        mode=line.mode,
        relay_via=line.relay_via,
        position=position,
        interpreters=duties,
    )


def remove_session(session: DbSession, *, session_id: int, version: int) -> None:
    """Remove a session for good; ``RuleBroken`` if somebody knows of it or was there."""
    slot = checked_out(session, Session, session_id, version)
    invited = select(SessionInvitation.id).where(SessionInvitation.session_id == session_id)
    marked = (
        select(noted.session_id).where(noted.session_id == session_id)
        for noted in (AttendanceMark, Register, RegisterChange, Scan)
    )
    changed = select(ProgrammeChange.id).where(ProgrammeChange.session_id == session_id)
    known = slot.state in (SessionState.PUBLISHED, SessionState.RUNNING, SessionState.HELD)
    if known or any(session.execute(q.limit(1)).first() for q in (invited, *marked, changed)):
        raise RuleBroken(
            mark("People already know of “{title}”. Cancel it instead: then it stays in the list."),
            title=slot.title,
        )
    for held in session.scalars(select(HeldReply).where(HeldReply.session_id == session_id)):
        session.delete(held)
    session.flush()
    session.delete(slot)


def bring_back(session: DbSession, *, session_id: int) -> int:
    """Plan a cancelled session again: a new session with a new UID.

    The cancelled one stays: calendars that removed it may ignore its UID from then on (RFC 5546).
    """
    draft = draft_of(session, session_id)
    old = session.get_one(Session, session_id)
    if old.state is not SessionState.CANCELLED:
        raise RuleBroken(mark("Only a cancelled session can be brought back."))
    done = save_session(session, replace(draft, id=None, version=None))
    new = session.get_one(Session, done.id)
    copy_readings(old, new)
    session.flush()
    return new.id


def _fold_end(draft: SessionDraft, tz: str) -> int:
    """The fold that makes the end come after the start."""
    starts = clock.to_utc(draft.start, tz, draft.fold_start)
    return draft.fold_end if clock.to_utc(draft.end, tz, draft.fold_end) > starts else 1
