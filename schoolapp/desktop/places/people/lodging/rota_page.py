"""The tasks of each day: what is to be done, and which team, delegation or volunteers do it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.host import PlaceHost
from schoolapp.desktop.kit.pages.list_page import ListPage
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.desktop.tables import Column
from schoolapp.operations.lodging import teams
from schoolapp.operations.lodging.teams import TaskDraft, TaskRow, Workers
from schoolapp.storage.store import DbSession

STAFFED = (
    (None, ""),
    (True, mark("Their volunteers")),
    (False, mark("Whoever they choose")),
)
FIELDS = (
    forms.date("date", mark("Day"), half=True),
    forms.number("people", mark("How many people"), half=True),
    forms.text("task", mark("Task"), hint=mark("Cooking, cleaning, night watch ...")),
    forms.choice("team_id", mark("Team")),
    forms.choice("delegation_id", mark("Delegation")),
    forms.choice("staffed_by_volunteers", mark("People of the delegation"), STAFFED),
    forms.yes_no("by_volunteers", mark("Done by volunteers")),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A task as the table shows it."""

    date: dt.date
    task: str
    worker: str
    people: int | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A task with what can be chosen to do it."""

    draft: TaskDraft
    workers: Workers


class RotaPage(ListPage[tuple[TaskRow, ...], Line]):
    """Enter opens a task; a new one begins with the day of the one that is chosen."""

    TITLE: ClassVar[str] = mark("Tasks of each day")
    COLUMNS: tuple[Column[Line], ...] = (
        Column.date(lambda row: row.date, mark("Day"), 12),
        Column.name(lambda row: row.task, mark("Task"), 28),
        Column.text(lambda row: row.worker, mark("Done by"), 24),
        Column.number(lambda row: row.people, mark("People"), 6),
    )

    def __init__(self, host: PlaceHost) -> None:
        super().__init__(host)
        self.add_button("new_task", _("New task"), self.new, "plus", primary=True)

    def query(self, gathering_id: int, session: DbSession) -> tuple[TaskRow, ...]:
        """All tasks, by day."""
        return teams.task_rows(session, gathering_id=gathering_id)

    def show_found(self, found: tuple[TaskRow, ...]) -> Mapping[int, Line]:
        """How many have nobody yet, and a line for each."""
        nobody = sum(not _worker(row) for row in found)
        self.summary.setText(_("Tasks that nobody has taken on yet: {count}").format(count=nobody))
        return {row.id: _line(row) for row in found}

    def new(self) -> None:
        """Add a task, on the day of the one where the cursor is."""
        if self.host.gathering is not None:
            current = self.lines.get(self.table.current_id() or 0)
            day = current.date if current else None
            beginning = partial(_new, gathering_id=self.host.gathering.id, day=day)
            self.desk.tasks.read(self, beginning, self._open)

    def open_line(self, key: int) -> None:
        """Show a task at the side, as it is stored."""
        self.desk.tasks.read(self, partial(_opened, task_id=key), self._open)

    def _open(self, opened: Opened) -> None:
        panel = task_panel(self.desk, opened)
        panel.created.connect(self._made)
        self.show_panel(panel)

    def _made(self, key: int) -> None:
        self._wanted = key


def task_panel(desk: Desk, opened: Opened) -> FormPanel[TaskDraft, int]:
    """The panel of a new or a stored task."""
    draft = opened.draft
    form = Form(desk.tasks, desk.look, FIELDS, _check)
    form.offer("team_id", ((None, ""), *opened.workers.teams))
    form.offer("delegation_id", ((None, ""), *opened.workers.delegations))
    for name in ("delegation_id", "staffed_by_volunteers"):
        form.set_hidden(name, not opened.workers.delegations)
    form.show_draft(draft)
    is_new = draft.id is None
    title = _("New task") if is_new else isolate(draft.task)
    panel = FormPanel(desk, title, form, _saving, _("Create") if is_new else _("Save"))
    if draft.id is not None and draft.version is not None:
        removing = partial(teams.remove_task, task_id=draft.id, version=draft.version)
        panel.offer_removal(_("Remove {name}").format(name=isolate(draft.task)), removing)
    return panel


def _opened(session: DbSession, *, task_id: int) -> Opened:
    return _with_workers(teams.task_draft(session, task_id=task_id), session)


def _new(session: DbSession, *, gathering_id: int, day: dt.date | None) -> Opened:
    draft = teams.new_task(session, gathering_id=gathering_id, day=day)
    return _with_workers(draft, session)


def _with_workers(draft: TaskDraft, session: DbSession) -> Opened:
    return Opened(draft, teams.workers(session, gathering_id=draft.gathering_id))


def _saving(draft: TaskDraft) -> Change[int]:
    title = _("Add {name}") if draft.id is None else _("Edit {name}")
    named = title.format(name=isolate(draft.task.strip()))
    return named, partial(teams.save_task, draft=draft)


def _check(draft: TaskDraft) -> Mapping[str, str]:
    return {name: _(sentence) for name, sentence in teams.check_task(draft).items()}


def _worker(row: TaskRow) -> str:
    if row.by_volunteers:
        return _("Volunteers")
    return isolate(row.team or row.delegation) if row.team or row.delegation else ""


def _line(row: TaskRow) -> Line:
    return Line(row.date, isolate(row.task), _worker(row), row.people)
