"""The bedrooms of a gathering: beds, who sleeps where, and which room is too full on a night."""

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
from schoolapp.operations.lodging import bedrooms
from schoolapp.operations.lodging.bedrooms import BedroomDraft, BedroomList, BedroomRow
from schoolapp.storage.store import DbSession

DESIGNATIONS = (
    ("mixed", mark("Mixed")),
    ("women", mark("Women")),
    ("men", mark("Men")),
    ("family", mark("Family")),
)
FIELDS = (
    forms.text("code", mark("Name or number"), hint=mark("As it is written on the door.")),
    forms.number("beds", mark("Beds"), half=True),
    forms.choice("designation", mark("For"), DESIGNATIONS, half=True),
)
_WORDS = dict(DESIGNATIONS)


@dataclass(frozen=True, slots=True)
class Line:
    """A bedroom as the table shows it; ``taken`` is that of its fullest night."""

    code: str
    designation: str
    beds: int
    taken: int
    warning: str
    names: str


class BedroomsPage(GroupPage[BedroomList, Line, BedroomDraft]):
    """Beds and people; a bedroom that is too full on some night is named."""

    TITLE: ClassVar[str] = mark("Bedrooms")
    COLUMNS: tuple[Column[Line], ...] = (
        Column.name(lambda row: row.code, mark("Name or number"), 16),
        Column.text(lambda row: row.designation, mark("For"), 8),
        Column.number(lambda row: row.beds, mark("Beds"), 5),
        Column.number(lambda row: row.taken, mark("Taken"), 5),
        Column.text(lambda row: row.warning, mark("To look at"), 16, sparse=True),
        Column.text(lambda row: row.names, mark("People"), 40),
    )

    def __init__(self, host: PlaceHost) -> None:
        super().__init__(host)
        self.add_button("new_bedroom", _("New bedroom"), self.new, "plus", primary=True)

    def query(self, gathering_id: int, session: DbSession) -> BedroomList:
        """All bedrooms."""
        return bedrooms.bedroom_list(session, gathering_id=gathering_id)

    def show_found(self, found: BedroomList) -> Mapping[int, Line]:
        """Beds in numbers, and a line for each bedroom."""
        self.summary.setText(summary(found))
        self.renew_panel()
        return {row.id: _line(row) for row in found.rows}

    def new(self) -> None:
        """Add a bedroom."""
        if self.host.gathering is not None:
            draft = BedroomDraft(gathering_id=self.host.gathering.id)
            self.begin(_("New bedroom"), self._form(), draft, _adding)

    def opening(self, key: int) -> Query[Opened[BedroomDraft]]:
        """Reads a bedroom with the people who sleep there."""
        return partial(_opened, bedroom_id=key)

    def panel_of(self, draft: BedroomDraft) -> GroupPanel[BedroomDraft]:
        """A bedroom at the side."""
        key = draft.id or 0
        people = members_list(
            self.desk,
            draft.gathering_id,
            draft.code,
            lambda part: partial(bedrooms.give_bed, bedroom_id=key, participation_id=part),
            lambda part, version: partial(
                bedrooms.free_bed, participation_id=part, version=version
            ),
        )
        return GroupPanel(self.desk, self._form(), _saving, people, _removing)

    def _form(self) -> Form[BedroomDraft]:
        return Form(self.desk.tasks, self.desk.look, FIELDS, _check)


def summary(found: BedroomList) -> str:
    """How many bedrooms and beds there are, and how many people have none."""
    rows = found.rows
    words = plural("{count} bedroom", "{count} bedrooms", len(rows))
    beds = sum(row.beds for row in rows)
    said = [
        words.format(count=formats.number(len(rows))),
        plural("{count} bed", "{count} beds", beds).format(count=formats.number(beds)),
    ]
    if found.without:
        without = plural(
            "{count} person without a bed", "{count} people without a bed", found.without
        )
        said.append(without.format(count=formats.number(found.without)))
    return " · ".join(said)


def _opened(session: DbSession, *, bedroom_id: int) -> Opened[BedroomDraft]:
    draft = bedrooms.bedroom_draft(session, bedroom_id=bedroom_id)
    return Opened(draft, bedrooms.sleepers(session, bedroom_id=bedroom_id))


def _adding(draft: BedroomDraft) -> Change[int]:
    return adding_of(lambda one: partial(bedrooms.save_bedroom, draft=one), draft)


def _saving(draft: BedroomDraft) -> Change[BedroomDraft]:
    return editing_of(lambda one: partial(_saved, draft=one), draft)


def _saved(session: DbSession, *, draft: BedroomDraft) -> BedroomDraft:
    key = bedrooms.save_bedroom(session, draft=draft)
    return bedrooms.bedroom_draft(session, bedroom_id=key)


def _removing(key: int, version: int) -> Query[None]:
    return partial(bedrooms.remove_bedroom, bedroom_id=key, version=version)


def _check(draft: BedroomDraft) -> Mapping[str, str]:
    return {name: _(sentence) for name, sentence in bedrooms.check_bedroom(draft).items()}


def _line(row: BedroomRow) -> Line:
    return Line(
        code=isolate(row.code),
        designation=_(_WORDS[row.designation]),
        beds=row.beds,
        taken=row.most,
        warning=_("More people than beds") if row.most > row.beds else "",
        names=", ".join(isolate(name) for name in row.names),
    )
