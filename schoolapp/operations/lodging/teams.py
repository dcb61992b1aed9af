"""Teams that cook, clean and watch in turn, and the tasks of each day with who does them."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select

from schoolapp.base.language import mark
from schoolapp.domain.delegations import Delegation
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.participation import Participation, ParticipationState, RotaTask, Team
from schoolapp.domain.people import Person
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.lodging.members import GroupDraft, Member, members, put_into, take_out
from schoolapp.storage.store import DbSession, checked_out


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamDraft(GroupDraft):
    """The fields of a team that a form edits: its name."""


class TeamRow(NamedTuple):
    """A team in a list, with its people by name and the number of its tasks."""

    id: int
    version: int
    code: str
    tasks: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDraft:
    """The fields of a task that a form edits: at most one of team, delegation and volunteers."""

    id: int | None = None
    version: int | None = None
    gathering_id: int
    date: dt.date | None = None
    task: str = ""
    team_id: int | None = None
    delegation_id: int | None = None
    by_volunteers: bool = False
    people: int | None = None
    staffed_by_volunteers: bool | None = None


class TaskRow(NamedTuple):
    """A task of a day in a list; the one who does it is a team, a delegation or volunteers."""

    id: int
    version: int
    date: dt.date
    task: str
    team: str
    delegation: str
    by_volunteers: bool
    people: int | None


class Workers(NamedTuple):
    """What can be chosen to do a task: key and name of teams and delegations."""

    teams: tuple[tuple[int, str], ...]
    delegations: tuple[tuple[int, str], ...]


def team_rows(session: DbSession, *, gathering_id: int) -> tuple[TeamRow, ...]:
    """The teams of a gathering in their order; two statements."""
    p = Participation
    people: dict[int, list[str]] = {}
    found = session.execute(
        select(p.team_id, Person.display_name)
        .join(Person, Person.id == p.person_id)
        .where(
            p.gathering_id == gathering_id,
            p.team_id.is_not(None),
            p.state != ParticipationState.CANCELLED,
        )
        .order_by(Person.sort_name, Person.id)
    )
    for team_id, name in found:
        assert team_id is not None, "asked for"
        people.setdefault(team_id, []).append(name)
    tasks = select(func.count()).where(RotaTask.team_id == Team.id).scalar_subquery()
    rows = session.execute(
        select(Team.id, Team.version, Team.code, tasks)
        .where(Team.gathering_id == gathering_id)
        .order_by(Team.position, Team.id)
    )
    return tuple(
        TeamRow(key, version, code, count, tuple(people.get(key, ())))
        for key, version, code, count in rows
    )


def team_draft(session: DbSession, *, team_id: int) -> TeamDraft:
    """The team as a form edits it."""
    team = session.get_one(Team, team_id)
    return TeamDraft(
        id=team.id, version=team.version, gathering_id=team.gathering_id, code=team.code
    )


def team_members(session: DbSession, *, team_id: int) -> tuple[Member, ...]:
    """Who is in a team, by name."""
    return members(session, Participation.team_id, key=team_id)


def check_team(draft: TeamDraft) -> dict[str, str]:
    """What is wrong with a team: field to a sentence marked for translation."""
    return {} if draft.code.strip() else {"code": mark("Give the team a name.")}


def save_team(session: DbSession, *, draft: TeamDraft) -> int:
    """Add or rename a team; its key. ``RuleBroken`` for the first thing that is wrong."""
    for sentence in check_team(draft).values():
        raise RuleBroken(sentence)
    code = draft.code.strip()
    others = select(Team.code).where(
        Team.gathering_id == draft.gathering_id, Team.id != (draft.id or 0)
    )
    taken = set(session.execute(others).scalars())
    if code in taken:
        raise RuleBroken(mark("Another team is called {name} already."), name=code)
    if draft.id is None:
        team = Team(gathering_id=draft.gathering_id, code=code, position=len(taken) + 1)
        session.add(team)
    else:
        assert draft.version is not None, "a stored team"
        team = checked_out(session, Team, draft.id, draft.version)
        team.code = code
    session.flush()
    return team.id


def remove_team(session: DbSession, *, team_id: int, version: int) -> None:
    """Remove a team without people and tasks; ``RuleBroken`` while it has any."""
    team = checked_out(session, Team, team_id, version)
    for entity in (Participation, RotaTask):
        used = select(func.count()).select_from(entity).where(entity.team_id == team_id)
        if session.execute(used).scalar():
            raise RuleBroken(
                mark("People or tasks belong to {team}. Give them another team first."),
                team=team.code,
            )
    session.delete(team)


def join_team(session: DbSession, *, team_id: int, participation_id: int) -> None:
    """Put somebody into a team, out of the one before."""
    put_into(session, Participation.team_id, participation_id=participation_id, key=team_id)


def leave_team(session: DbSession, *, participation_id: int, version: int) -> None:
    """Take somebody out of their team."""
    take_out(session, Participation.team_id, participation_id=participation_id, version=version)


def task_rows(session: DbSession, *, gathering_id: int) -> tuple[TaskRow, ...]:
    """The tasks of a gathering by day, in the order in which they were written."""
    t = RotaTask
    found = session.execute(
        select(
            t.id,
            t.version,
            t.date,
            t.task,
            func.coalesce(Team.code, ""),
            func.coalesce(Delegation.name, ""),
            t.by_volunteers,
            t.people,
        )
        .outerjoin(Team, Team.id == t.team_id)
        .outerjoin(Delegation, Delegation.id == t.delegation_id)
        .where(t.gathering_id == gathering_id)
        .order_by(t.date, t.position, t.id)
    )
    return tuple(TaskRow(*row) for row in found)


def workers(session: DbSession, *, gathering_id: int) -> Workers:
    """The teams and delegations that can be given a task."""
    teams = select(Team.id, Team.code).where(Team.gathering_id == gathering_id)
    d = Delegation
    names = select(d.id, d.name).where(d.gathering_id == gathering_id).order_by(d.name)
    return Workers(
        tuple((key, code) for key, code in session.execute(teams.order_by(Team.position))),
        tuple((key, name) for key, name in session.execute(names)),
    )


def new_task(session: DbSession, *, gathering_id: int, day: dt.date | None) -> TaskDraft:
    """A task to begin with: on this day, else on the first of the gathering."""
    first = session.get_one(Gathering, gathering_id).start_date
    return TaskDraft(gathering_id=gathering_id, date=day or first)


def task_draft(session: DbSession, *, task_id: int) -> TaskDraft:
    """The task as a form edits it."""
    t = session.get_one(RotaTask, task_id)
    return TaskDraft(
        id=t.id,
        version=t.version,
        gathering_id=t.gathering_id,
        date=t.date,
        task=t.task,
        team_id=t.team_id,
        delegation_id=t.delegation_id,
        by_volunteers=t.by_volunteers,
        people=t.people,
        staffed_by_volunteers=t.staffed_by_volunteers,
    )


def check_task(draft: TaskDraft) -> dict[str, str]:
    """What is wrong with a task: field to a sentence marked for translation."""
    wrong = {}
    if draft.date is None:
        wrong["date"] = mark("Choose a day.")
    if not draft.task.strip():
        wrong["task"] = mark("Write what is to be done: cooking, night watch.")
    if sum((draft.team_id is not None, draft.delegation_id is not None, draft.by_volunteers)) > 1:
        wrong["team_id"] = mark("A team, a delegation or volunteers do it: choose one of them.")
    if draft.people is not None and draft.people < 1:
        wrong["people"] = mark("Write how many people it takes; at least one. Empty if not known.")
    return wrong


def save_task(session: DbSession, *, draft: TaskDraft) -> int:
    """Add or change a task; its key. ``RuleBroken`` for the first thing that is wrong."""
    for sentence in check_task(draft).values():
        raise RuleBroken(sentence)
    assert draft.date is not None, "the check has asked for it"
    if draft.id is None:
        count = select(func.count()).where(RotaTask.gathering_id == draft.gathering_id)
        task = RotaTask(
            gathering_id=draft.gathering_id,
            date=draft.date,
            task="",
            position=session.execute(count).scalar_one(),
        )
        session.add(task)
    else:
        assert draft.version is not None, "a stored task"
        task = checked_out(session, RotaTask, draft.id, draft.version)
    task.date, task.task = draft.date, draft.task.strip()
    task.team_id, task.delegation_id = draft.team_id, draft.delegation_id
    task.by_volunteers, task.people = draft.by_volunteers, draft.people
    task.staffed_by_volunteers = draft.staffed_by_volunteers
    session.flush()
    return task.id


def remove_task(session: DbSession, *, task_id: int, version: int) -> None:
    """Remove a task."""
    session.delete(checked_out(session, RotaTask, task_id, version))
