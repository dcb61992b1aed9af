"""Work in a gathering: the form for lecturers, interpreters, staff and volunteers."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal

from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Field, Form
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.items import Items
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.desktop.look import formats
from schoolapp.desktop.places.people.queries import role_words
from schoolapp.domain.participation import INTERPRETERS, LECTURERS, STAFF, VOLUNTEERS
from schoolapp.domain.working import EngagementDraft, check_engagement
from schoolapp.operations.people import editing, engagements

AS = (
    (LECTURERS, mark("Lecturer")),
    (INTERPRETERS, mark("Interpreter")),
    (STAFF, mark("Staff")),
    (VOLUNTEERS, mark("Volunteer")),
)
TITLES = {
    LECTURERS: mark("Add lecturers"),
    INTERPRETERS: mark("Add interpreters"),
    STAFF: mark("Add staff"),
    VOLUNTEERS: mark("Add volunteers"),
}
WORK = (
    forms.choice("list_name", mark("Works as"), AS, half=True),
    forms.text("role", mark("Task"), hint=mark("In a word: kitchen, door, finance."), half=True),
    forms.date("first_day", mark("From"), hint=mark("Leave empty for the first day."), half=True),
    forms.date("last_day", mark("To"), hint=mark("Leave empty for the last day."), half=True),
    forms.languages("languages", mark("Works in these languages")),
    forms.language("floor_language", mark("Lectures in")),
    forms.language("a_language", mark("Interprets into"), half=True),
    forms.language("booth", mark("Booth"), half=True),
    forms.money("fee", mark("Fee"), hint=mark("Leave empty for none.")),
    forms.text("also", mark("Note on the work")),
)
OF_LISTS = {"floor_language": LECTURERS, "a_language": INTERPRETERS, "booth": INTERPRETERS}
"""Fields that belong to one list only."""


class WorkForm(Form[EngagementDraft]):
    """The fields of work; those of other lists are hidden as long as they are empty."""

    def __init__(self, desk: Desk, fields: Sequence[Field]) -> None:
        super().__init__(desk.tasks, desk.look, fields, _check)
        self.edited.connect(self._arrange)

    def show_draft(self, draft: EngagementDraft, original: EngagementDraft | None = None) -> None:
        """Show work."""
        super().show_draft(draft, original)
        self._arrange()

    def _arrange(self) -> None:
        for name, list_name in OF_LISTS.items():
            needed = self.draft.list_name == list_name or getattr(self.draft, name)
            self.set_hidden(name, not needed)


class WorkPanel(FormPanel[EngagementDraft, tuple[int, ...]]):
    """Adds people to a list of work, by name: known ones, or new ones."""

    engaged = Signal(int)  # the first of them

    def __init__(self, desk: Desk) -> None:
        people = forms.people(
            "people", mark("Who"), desk.look, editing.find_people, engagements.names_of
        )
        takes_part = forms.yes_no("takes_part", mark("Also takes part, with a place and a fee"))
        form = WorkForm(desk, (people, *WORK, takes_part))
        super().__init__(desk, "", form, _adding, _("Add"))
        self.created.connect(self._show_first)

    def begin(self, gathering_id: int, list_name: str) -> None:
        """Ask who works on this list; what was typed for another one is forgotten."""
        draft = EngagementDraft(gathering_id=gathering_id, list_name=list_name)
        if self.form.has_draft and self.form.original != draft:
            self.form.show_draft(draft)
        self.title.setText(_(TITLES[list_name]))
        self.open(draft)

    def _show_first(self, people: tuple[int, ...]) -> None:
        self.engaged.emit(people[0])


class WorkLines:
    """The work of one person: a line for each list, which is changed and removed there."""

    def __init__(self, desk: Desk) -> None:
        self._here = EngagementDraft(gathering_id=0)
        self._name = ""
        form = WorkForm(desk, WORK)
        saving, removing = self._saving, self._removing
        title = _("Work in this gathering")
        self.items = Items(desk, title, form, in_words, self._blank, saving, removing)
        self.items.setObjectName("work")

    def show(
        self, gathering_id: int, person_id: int, name: str, work: Sequence[EngagementDraft]
    ) -> None:
        """Show the work of a person in a gathering."""
        if self._here.people != (person_id,):
            self.items.hide_form()
        self._here = EngagementDraft(gathering_id=gathering_id, people=(person_id,))
        self._name = name
        self.items.show_items(work)

    def _blank(self) -> EngagementDraft:
        return self._here

    def _saving(self, draft: EngagementDraft) -> Change[tuple[int, ...]]:
        title = _("Change the work of {name}").format(name=self._name)
        return title, partial(engagements.save_engagement, draft=draft)

    def _removing(self, draft: EngagementDraft) -> Change[None]:
        assert draft.id is not None, "a stored line"
        assert draft.version is not None, "a stored line"
        key, version = draft.id, draft.version
        removing = partial(engagements.remove_engagement, engagement_id=key, version=version)
        return _("Remove work of {name}").format(name=self._name), removing


def in_words(draft: EngagementDraft) -> str:
    """The line of work: as what, when, in which languages, for what fee."""
    as_what = _(dict(AS)[draft.list_name]) if draft.list_name in dict(AS) else draft.list_name
    facts = [
        as_what,
        role_words(draft.role) if draft.role else "",
        _days(draft.first_day, draft.last_day),
        formats.language_names(draft.languages),
        formats.money(draft.fee) if draft.fee is not None else "",
    ]
    return " · ".join(isolate(fact) for fact in facts if fact)


def _days(first: dt.date | None, last: dt.date | None) -> str:
    if first is None and last is None:
        return ""
    start = formats.date(first) if first else _("the first day")
    end = formats.date(last) if last else _("the last day")
    return _("{start} to {end}").format(start=isolate(start), end=isolate(end))


def _adding(draft: EngagementDraft) -> Change[tuple[int, ...]]:
    return _(TITLES[draft.list_name]), partial(engagements.save_engagement, draft=draft)


def _check(draft: EngagementDraft) -> dict[str, str]:
    return {name: _(sentence) for name, sentence in check_engagement(draft).items()}
