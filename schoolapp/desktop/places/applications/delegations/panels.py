"""The sheets about delegations: a new one, editing, a step with what it asks, replacing."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.desktop.places.applications.drafts import find_people, name_of

BANDS = ((None, ""), ("A", "A"), ("B", "B"), ("C", "C"), ("D", "D"))
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
    forms.choice("fee_band", mark("Fee band"), BANDS, half=True),
    forms.person("leader_id", mark("Leader"), find_people, name_of),
    forms.person("coordinator_id", mark("In the coordination"), find_people, name_of),
    forms.person("second_id", mark("Second in the coordination"), find_people, name_of),
    forms.number("announced", mark("Announced"), half=True),
    forms.number("seats", mark("Seats, at most"), half=True),
    forms.number("women", mark("Women, at least"), half=True),
    forms.number("first_timers", mark("First time, at least"), half=True),
    forms.number("young", mark("Young people, at least"), half=True),
    forms.number("young_age", mark("Young means under"), half=True),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A step of a delegation's registration with what it asks."""

    id: int
    name: str
    step: str
    announced: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Replacing:
    """Whose place goes to whom, and why; ``people`` are those who have a place."""

    people: tuple[tuple[int, str], ...]
    participation_id: int | None = None
    person_id: int | None = None
    name: str = ""
    reason: str = ""


def new_panel(desk: Desk, gathering_id: int) -> FormPanel:
    """The panel that announces a delegation."""
    from schoolapp.operations.delegations import DelegationDraft

    form = Form(desk.tasks, desk.look, FIELDS, _check)
    form.show_draft(DelegationDraft(gathering_id=gathering_id))
    return FormPanel(desk, _("New delegation"), form, _saving)


def edit_panel(desk: Desk, draft: Any) -> FormPanel:
    """The panel that edits a delegation."""
    form = Form(desk.tasks, desk.look, FIELDS, _check)
    form.show_draft(draft)
    return FormPanel(desk, draft.name, form, _saving, _("Save"))


def step_panel(desk: Desk, row: Any, step: str) -> FormPanel:
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


def replace_panel(desk: Desk, people: tuple[tuple[int, str], ...]) -> FormPanel:
    """The panel that gives somebody's place to somebody else."""
    fields = (
        forms.choice("participation_id", mark("Whose place"), people),
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


def stepping(asked: Asked) -> tuple[str, Any]:
    """The title of a step and its operation."""
    title = _("{step}: {name}").format(step=_(STEPS[asked.step]), name=isolate(asked.name))
    return title, partial(_step, asked)


def draft_of(key: int, session: Any) -> Any:
    """A delegation to be edited."""
    from schoolapp.operations.delegations import draft_of

    return draft_of(session, delegation_id=key)


def members(key: int, session: Any) -> tuple[tuple[int, str], ...]:
    """Who has a place of a delegation, as choices."""
    from schoolapp.operations.delegations import members_of

    found = members_of(session, delegation_id=key)
    return tuple((one.participation_id, one.name) for one in found)


def facts_of(key: int, session: Any) -> Any:
    """What the leader's file holds."""
    from schoolapp.operations.delegations import sheet_facts

    return sheet_facts(session, delegation_id=key)


def write_file(facts: Any, path: Path) -> Path:
    """Write the leader's file; runs away from the window."""
    from schoolapp.exchange.files import safe_write
    from schoolapp.exchange.sheets.delegation_names import write_delegation_sheet

    safe_write(path, write_delegation_sheet(facts))
    return path


def _check(draft: Any) -> Mapping[str, str]:
    from schoolapp.operations.delegations import check

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


def _saving(draft: Any) -> tuple[str, Any]:
    title = _("Announce the delegation {name}") if draft.id is None else _("Edit {name}")
    return title.format(name=isolate(draft.name.strip())), partial(_save, draft)


def _replacing(draft: Replacing) -> tuple[str, Any]:
    name = dict(draft.people)[draft.participation_id or 0]
    return _("Give the place of {name} to somebody else").format(name=isolate(name)), partial(
        _replace, draft
    )


def _save(draft: Any, session: Any) -> int:
    from schoolapp.operations.delegations import save_delegation

    return save_delegation(session, draft=draft)


def _step(asked: Asked, session: Any) -> Any:
    from schoolapp.operations.delegations import move_delegation

    return move_delegation(
        session,
        delegation_id=asked.id,
        step=asked.step,
        reason=asked.reason.strip() or None,
        announced=asked.announced,
    )


def _replace(draft: Replacing, session: Any) -> int:
    from schoolapp.operations.delegations import replace_person
    from schoolapp.operations.people.editing import PersonDraft

    new = None
    if draft.person_id is None:
        new = PersonDraft(display_name=draft.name.strip())
    return replace_person(
        session,
        participation_id=draft.participation_id or 0,
        reason=draft.reason.strip(),
        person_id=draft.person_id,
        new_person=new,
    )
