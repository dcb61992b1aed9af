"""Copying a gathering to other dates: all that was planned and declared, and none of its people.

Everything shifts by the same number of weeks, so that each session keeps its weekday and its wall
time. People who work there come along; whoever took part or applied does not (S02).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.orm import selectinload

from schoolapp.base import clock
from schoolapp.base.language import _, mark
from schoolapp.domain.base import Base
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.participation import Engagement
from schoolapp.domain.programme import (
    Interpretation,
    Session,
    SessionState,
    Speaker,
    check_times,
)
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.gatherings.carrying import carry_over
from schoolapp.operations.gatherings.templates import free_code
from schoolapp.storage.store import DbSession

R = TypeVar("R", bound=Base)
DECLARED = (
    "modules",
    "rooms",
    "bedrooms",
    "deadlines",
    "free_days",
    "blocked_times",
    "prices",
    "asked_papers",
)
"""The lists of a gathering that are copied; what else it declares is carried over."""
OWN = {
    Gathering: frozenset(
        {"uid", "state", "package_name", "table_prefix", "blanks", "remarks"}  # of that one alone
    ),
    Session: frozenset(
        {"uid", "state", "sequence", "fold_start", "fold_end", "register_lost", "invited",
         "reading_gap", "created_at", "changed_at", "blanks"}
    ),
}  # fmt: skip
"""What a copy begins anew: its identity, its state, and what happened to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyDraft:
    """What a copy asks for; ``began`` is the first day of the gathering that is copied."""

    source_id: int
    began: dt.date
    start_date: dt.date | None
    title: str
    language: str = "en"


def copy_draft(session: DbSession, *, gathering_id: int, language: str) -> CopyDraft:
    """A copy a year later: after 52 weeks, which is the same weekday."""
    source = session.get_one(Gathering, gathering_id)
    start = source.start_date + dt.timedelta(weeks=52)
    known = language if source.titles.get(language) else next(iter(source.titles))
    return CopyDraft(
        source_id=source.id,
        began=source.start_date,
        start_date=start,
        title=_of_year(source.titles[known], source.start_date, start),
        language=known,
    )


def check_copy(draft: CopyDraft) -> dict[str, str]:
    """What is wrong with a copy: field to a sentence marked for translation."""
    wrong = {}
    if draft.start_date is None:
        wrong["start_date"] = mark("Choose the first day. All other dates follow it.")
    elif draft.start_date.weekday() != draft.began.weekday():
        wrong["start_date"] = mark(
            "The programme keeps its weekdays: choose a first day on the same weekday as before."
        )
    elif draft.start_date == draft.began:
        wrong["start_date"] = mark("The copy begins on another day. Choose one.")
    if not draft.title.strip():
        wrong["title"] = mark("Give the gathering a title.")
    return wrong


def copy_gathering(session: DbSession, *, draft: CopyDraft) -> int:
    """Copy a gathering to its new dates; the key of the copy. ``RuleBroken`` if that cannot be.

    Rooms, modules, rules, prices, deadlines, times kept free, the programme and the team are
    copied; applications, participants, marks and money are not.
    """
    for sentence in check_copy(draft).values():
        raise RuleBroken(sentence)
    assert draft.start_date is not None
    source = session.get_one(Gathering, draft.source_id)
    shift = draft.start_date - source.start_date
    copy = _gathering(session, source, draft, shift)
    session.add(copy)
    session.flush()
    carry_over(session, source_id=source.id, target_id=copy.id)
    team = _copy_team(session, source, copy, shift)
    _copy_programme(session, source, copy, shift, team)
    session.flush()
    return copy.id


def _gathering(
    session: DbSession, source: Gathering, draft: CopyDraft, shift: dt.timedelta
) -> Gathering:
    assert draft.start_date is not None
    titles = {
        tag: _of_year(title, source.start_date, draft.start_date)
        for tag, title in source.titles.items()
    }
    title = draft.title.strip()
    copy = _clone(
        source,
        shift,
        code=free_code(session, title, draft.start_date),
        titles=titles | {draft.language: title},
    )
    for name in DECLARED:
        setattr(copy, name, [_clone(part, shift) for part in getattr(source, name)])
    return copy


def _copy_team(
    session: DbSession, source: Gathering, copy: Gathering, shift: dt.timedelta
) -> frozenset[int]:
    """The people who work there work at the copy too; their keys."""
    found = select(Engagement).where(Engagement.gathering_id == source.id)
    team = session.scalars(found.order_by(Engagement.position, Engagement.id)).all()
    session.add_all(
        _clone(one, shift, gathering_id=copy.id, person_id=one.person_id) for one in team
    )
    return frozenset(one.person_id for one in team)


def _copy_programme(
    session: DbSession,
    source: Gathering,
    copy: Gathering,
    shift: dt.timedelta,
    team: frozenset[int],
) -> None:
    """Every session as it was once planned, with those of its people who work there.

    What was called off the last time is planned again: it may be held this time.
    """
    query = (
        select(Session)
        .where(Session.gathering_id == source.id)
        .order_by(Session.position, Session.id)
        .options(
            selectinload(Session.speakers),
            selectinload(Session.groups),
            selectinload(Session.readings),
            selectinload(Session.interpretation).selectinload(Interpretation.interpreters),
        )
    )
    copying = _Programme(source, copy, shift, team)
    session.add_all([copying.session(one) for one in session.scalars(query)])


class _Programme:
    """Copies sessions: rooms and modules are those of the copy, times a number of weeks later."""

    def __init__(
        self, source: Gathering, copy: Gathering, shift: dt.timedelta, team: frozenset[int]
    ) -> None:
        self._copy, self._shift, self._team, self._now = copy, shift, team, clock.now()
        self._rooms = _paired([room.id for room in source.rooms], copy.rooms)
        self._modules = _paired([module.id for module in source.modules], copy.modules)

    def session(self, one: Session) -> Session:
        """A session of the copy."""
        start, end = one.start_local + self._shift, one.end_local + self._shift
        for sentence in check_times(start, end, one.tz).values():
            raise RuleBroken(
                mark("“{title}” would be on {day} then. {sentence} Choose another first day."),
                title=one.title,
                day=start.date(),
                sentence=_(sentence),
            )
        was_idea = one.state is SessionState.IDEA
        made = _clone(
            one,
            self._shift,
            gathering_id=self._copy.id,
            start_local=start,
            end_local=end,
            state=SessionState.IDEA if was_idea else SessionState.PLANNED,
        )
        made.room = self._rooms.get(one.room_id)
        made.module = self._modules.get(one.module_id)
        made.speakers = [self._at_work(who) for who in one.speakers if self._comes(who.person_id)]
        made.groups = [
            _clone(group, self._shift, room=self._rooms[group.room_id])
            for group in one.groups
            if group.delegation_id is None
        ]
        made.readings = [
            _clone(text, self._shift, edition_id=text.edition_id) for text in one.readings
        ]
        made.interpretation = [self._line(line) for line in one.interpretation]
        return made

    def _line(self, line: Interpretation) -> Interpretation:
        made = _clone(line, self._shift)
        made.interpreters = [
            _clone(who, self._shift, person_id=who.person_id, since=self._now)
            for who in line.interpreters
            if self._comes(who.person_id)
        ]
        return made

    def _at_work(self, who: Speaker) -> Speaker:
        return _clone(who, self._shift, person_id=who.person_id, since=self._now)

    def _comes(self, person_id: int) -> bool:
        return person_id in self._team


def _paired(keys: list[int], copies: list[R]) -> Mapping[int | None, R]:
    """The copy of each thing by the key of what it was copied from."""
    return dict(zip(keys, copies, strict=True))


def _clone(row: R, shift: dt.timedelta, **changed: object) -> R:
    """A new row with the values of another, its days shifted, without references of its own.

    Columns that come later are copied too, without a line here.
    """
    mapper = inspect(type(row))
    left = {*mapper.relationships.keys(), *OWN.get(type(row), ()), *changed}
    left |= {c.key for c in mapper.column_attrs if any(x.foreign_keys for x in c.columns)}
    values: dict[str, Any] = {  # Any: what a column holds follows from the entity
        field.name: _shifted(getattr(row, field.name), shift)
        for field in fields(row)
        if field.init and field.name not in left
    }
    return type(row)(**(values | changed))


def _shifted(value: object, shift: dt.timedelta) -> object:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value + shift
    if isinstance(value, list | dict):
        return value.copy()
    return value


def _of_year(title: str, before: dt.date, after: dt.date) -> str:
    """The title with the new year where it names the old one."""
    return title.replace(str(before.year), str(after.year))
