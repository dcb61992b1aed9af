"""The teams of a gathering: who is in them, and how many tasks each has."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from schoolapp.base.language import _, isolate, mark, plural
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.tasks import Query
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.host import PlaceHost
from schoolapp.desktop.look import formats
from schoolapp.desktop.places.people.lodging.group_page import (
    GroupPage,
    GroupPanel,
    Opened,
    adding_of,
    editing_of,
)
from schoolapp.desktop.places.people.lodging.members_list import members_list
from schoolapp.desktop.tables import Column
from schoolapp.operations.lodging import teams
from schoolapp.operations.lodging.teams import TeamDraft, TeamRow
from schoolapp.storage.store import DbSession

FIELDS = (forms.text("code", mark("Name")),)


@dataclass(frozen=True, slots=True)
class Line:
    """A team as the table shows it."""

    name: str
    people: int
    tasks: int
    names: str


class TeamsPage(GroupPage[tuple[TeamRow, ...], Line, TeamDraft]):
    """Teams that cook and clean in turn."""

    TITLE: ClassVar[str] = mark("Teams")
    COLUMNS: tuple[Column[Line], ...] = (
        Column.name(lambda row: row.name, mark("Team"), 16),
        Column.number(lambda row: row.people, mark("People"), 6),
        Column.number(lambda row: row.tasks, mark("Tasks"), 6),
        Column.text(lambda row: row.names, mark("Names"), 50),
    )

    def __init__(self, host: PlaceHost) -> None:
        super().__init__(host)
        self.add_button("new_team", _("New team"), self.new, "plus", primary=True)

    def query(self, gathering_id: int, session: DbSession) -> tuple[TeamRow, ...]:
        """All teams."""
        return teams.team_rows(session, gathering_id=gathering_id)

    def show_found(self, found: tuple[TeamRow, ...]) -> Mapping[int, Line]:
        """How many teams there are, and a line for each."""
        words = plural("{count} team", "{count} teams", len(found))
        self.summary.setText(words.format(count=formats.number(len(found))))
        self.renew_panel()
        return {row.id: _line(row) for row in found}

    def new(self) -> None:
        """Add a team."""
        if self.host.gathering is not None:
            draft = TeamDraft(gathering_id=self.host.gathering.id)
            self.begin(_("New team"), self._form(), draft, _adding)

    def opening(self, key: int) -> Query[Opened[TeamDraft]]:
        """Reads a team with its people."""
        return partial(_opened, team_id=key)

    def panel_of(self, draft: TeamDraft) -> GroupPanel[TeamDraft]:
        """A team at the side."""
        key = draft.id or 0
        people = members_list(
            self.desk,
            draft.gathering_id,
            draft.code,
            lambda part: partial(teams.join_team, team_id=key, participation_id=part),
            lambda part, version: partial(teams.leave_team, participation_id=part, version=version),
        )
        return GroupPanel(self.desk, self._form(), _saving, people, _removing)

    def _form(self) -> Form[TeamDraft]:
        return Form(self.desk.tasks, self.desk.look, FIELDS, _check)


def _opened(session: DbSession, *, team_id: int) -> Opened[TeamDraft]:
    draft = teams.team_draft(session, team_id=team_id)
    return Opened(draft, teams.team_members(session, team_id=team_id))


def _adding(draft: TeamDraft) -> Change[int]:
    return adding_of(lambda one: partial(teams.save_team, draft=one), draft)


def _saving(draft: TeamDraft) -> Change[TeamDraft]:
    return editing_of(lambda one: partial(_saved, draft=one), draft)


def _saved(session: DbSession, *, draft: TeamDraft) -> TeamDraft:
    return teams.team_draft(session, team_id=teams.save_team(session, draft=draft))


def _removing(key: int, version: int) -> Query[None]:
    return partial(teams.remove_team, team_id=key, version=version)


def _check(draft: TeamDraft) -> Mapping[str, str]:
    return {name: _(sentence) for name, sentence in teams.check_team(draft).items()}


def _line(row: TeamRow) -> Line:
    names = ", ".join(isolate(name) for name in row.names)
    return Line(isolate(row.code), len(row.names), row.tasks, names)
