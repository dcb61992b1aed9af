"""The panels about delegations: a new one, editing, a step with what it asks for, replacing."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.domain.delegations import DelegationState
from schoolapp.domain.documents import SheetFacts
from schoolapp.domain.people import PersonDraft
from schoolapp.exchange.files import safe_write
from schoolapp.exchange.sheets.delegation_names import write_delegation_sheet
from schoolapp.operations.delegations import (
    DelegationDraft,
    DelegationMember,
    DelegationRow,
    check,
    move_delegation,
    remove_delegation,
    replace_person,
    save_delegation,
)
from schoolapp.operations.people.editing import find_people, name_of

STEPS = {
    "send_numbers": mark("Numbers given"),
    "change_numbers": mark("Change the number"),
    "send_names": mark("Names given"),
    "pay": mark("Part paid"),
    "pay_all": mark("All paid"),
    "cancel_person": mark("Somebody cancels"),
    "refunded": mark("Refunded"),
    "settle": mark("Settle"),
    "cancel": mark("Cancel the delegation"),
    "cancel_all": mark("Cancel the delegation"),
}
ASKING = frozenset({"send_numbers", "change_numbers", "settle", "cancel_all"})
"""Steps that ask for a number or a reason."""
NUMBERED = ("send_numbers", "change_numbers")
FIELDS = (
    forms.text("name", mark("Name"), hint=mark("It need not be a country.")),
    forms.country("iso_country", mark("Country, if there is one"), half=True),
    forms.fee_band("fee_band", mark("Fee band"), half=True),
    forms.text("origin", mark("Region, if it is not a country"), half=True),
    forms.text("home_currency", mark("Currency at home"), code=True, half=True),
    forms.person("leader_id", mark("Leader"), find_people, name_of),
    forms.person("coordinator_id", mark("In the coordination"), find_people, name_of),
    forms.person("second_id", mark("Second in the coordination"), find_people, name_of),
    forms.number("announced", mark("Announced"), half=True),
    forms.money("due", mark("Owes for its people"), half=True),
    forms.number("seats", mark("Seats, at most"), half=True),
    forms.number("women", mark("Women, at least"), half=True),
    forms.number("first_timers", mark("First time, at least"), half=True),
    forms.number("young", mark("Young people, at least"), half=True),
    forms.number("young_age", mark("Young means under"), half=True),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A step of a delegation's registration with what it asks for."""

    delegation_id: int
    name: str
    step: str
    announced: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Replacing:
    """A member's place given to another person, and why; ``people`` have a place."""

    people: tuple[DelegationMember, ...]
    participation_id: int | None = None
    person_id: int | None = None
    name: str = ""
    reason: str = ""


def new_panel(desk: Desk, gathering_id: int) -> FormPanel[DelegationDraft, int]:
    """The panel that announces a delegation."""
    form = Form(desk.tasks, desk.look, FIELDS, _check)
    form.show_draft(DelegationDraft(gathering_id=gathering_id))
    return FormPanel(desk, _("New delegation"), form, _saving)


def edit_panel(desk: Desk, draft: DelegationDraft) -> FormPanel[DelegationDraft, int]:
    """The panel that edits a delegation."""
    form = Form(desk.tasks, desk.look, FIELDS, _check)
    form.show_draft(draft)
    panel = FormPanel(desk, draft.name, form, _saving, _("Save"))
    if draft.id is not None and draft.version is not None:
        removing = partial(remove_delegation, delegation_id=draft.id, version=draft.version)
        panel.offer_removal(_("Remove {name}").format(name=isolate(draft.name)), removing)
    return panel


def step_panel(desk: Desk, row: DelegationRow, step: str) -> FormPanel[Asked, DelegationState]:
    """The panel that asks for the number or the reason of a step."""
    number = forms.number("announced", mark("How many people"))
    reason = forms.long_text("reason", mark("Why"), lines=3)
    fields = (
        *((number,) if step in NUMBERED else ()),
        *((reason,) if step != "send_numbers" else ()),
    )
    form = Form(desk.tasks, desk.look, fields, _check_step)
    form.show_draft(Asked(row.id, row.name, step, row.announced if step in NUMBERED else None))
    title = _("{step}: {name}").format(step=_(STEPS[step]), name=isolate(row.name))
    return FormPanel(desk, title, form, stepping, _("Do it"))


def replace_panel(desk: Desk, people: tuple[DelegationMember, ...]) -> FormPanel[Replacing, int]:
    """The panel that gives somebody's place to somebody else."""
    places = tuple((one.participation_id, one.name) for one in people)
    fields = (
        forms.choice("participation_id", mark("Whose place"), places),
        forms.person("person_id", mark("Goes to a person we know"), find_people, name_of),
        forms.text("name", mark("Or to a new person, by name")),
        forms.long_text("reason", mark("Why"), lines=2),
    )
    form = Form(desk.tasks, desk.look, fields, _check_replacing)
    form.show_draft(Replacing(people))
    form_panel = FormPanel(desk, _("Replace a person"), form, _replacing, _("Replace"))
    form_panel.subtitle.setText(
        _("Fee, stay and bed stay with the place. Needs, consent and badge go with the person.")
    )
    form_panel.subtitle.show()
    return form_panel


def stepping(asked: Asked) -> Change[DelegationState]:
    """The title of a step and its operation."""
    title = _("{step}: {name}").format(step=_(STEPS[asked.step]), name=isolate(asked.name))
    return title, partial(
        move_delegation,
        delegation_id=asked.delegation_id,
        step=asked.step,
        reason=asked.reason.strip() or None,
        announced=asked.announced,
    )


def write_file(facts: SheetFacts, path: Path) -> Path:
    """Write the leader's file; runs in a worker."""
    safe_write(path, write_delegation_sheet(facts))
    return path


def _check(draft: DelegationDraft) -> Mapping[str, str]:
    return {field: _(sentence) for field, sentence in check(draft).items()}


def _check_step(draft: Asked) -> Mapping[str, str]:
    if draft.step in NUMBERED and (draft.announced is None or draft.announced < 0):
        return {"announced": _("Write how many people were announced, or 0.")}
    if draft.step != "send_numbers" and not draft.reason.strip():
        return {"reason": _("Say why in a few words.")}
    return {}


def _check_replacing(draft: Replacing) -> Mapping[str, str]:
    wrong = {}
    if draft.participation_id is None:
        wrong["participation_id"] = _("Choose whose place it is.")
    if draft.person_id is None and not draft.name.strip():
        wrong["person_id"] = _("Choose somebody, or write the name of a new person.")
    if not draft.reason.strip():
        wrong["reason"] = _("Say why in a few words.")
    return wrong


def _saving(draft: DelegationDraft) -> Change[int]:
    title = _("Announce the delegation {name}") if draft.id is None else _("Edit {name}")
    named = title.format(name=isolate(draft.name.strip()))
    return named, partial(save_delegation, draft=draft)


def _replacing(draft: Replacing) -> Change[int]:
    key = draft.participation_id
    assert key is not None, "the check has asked whose place it is"
    name = next(one.name for one in draft.people if one.participation_id == key)
    title = _("Give the place of {name} to somebody else").format(name=isolate(name))
    is_new = draft.person_id is None
    return title, partial(
        replace_person,
        participation_id=key,
        reason=draft.reason.strip(),
        person_id=draft.person_id,
        new_person=PersonDraft(display_name=draft.name.strip()) if is_new else None,
    )
