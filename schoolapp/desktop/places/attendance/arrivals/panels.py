"""The sheets of the arrival desk: coming, going, cash, and what the gathering asks for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Operation
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.domain.rules import RuleBroken

WORDS = {
    "identity": mark("Identity checked"),
    "consent": mark("Consent of the parents signed"),
    "fee": mark("Fee settled"),
    "key": mark("Key"),
    "badge": mark("Badge"),
}


@dataclass(frozen=True, slots=True)
class Visit:
    """What was done for a person who comes or goes."""

    id: int
    name: str
    done: tuple[str, ...] = ()
    key: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Cash:
    """Cash that somebody hands over."""

    id: int
    name: str
    paid_as: Any = None
    rate: Any = None
    rate_source: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a gathering asks for."""

    gathering_id: int
    items: tuple[str, ...]


REASON = forms.text("reason", mark("Why not all"), hint=mark("Only when something is missing."))


def arrival_panel(desk: Desk, row: Any, checklist: Sequence[Any]) -> FormPanel:
    """The panel that checks a person in, or out if they are here."""
    if row.state == "present" and row.came_at is not None:
        return _leaving(desk, row)
    from schoolapp.domain.arrivals import Check, asked_of

    asked = asked_of(checklist, minor=row.minor)
    settled = {*row.known, *((Check.FEE,) if not row.owed or not row.owed.minor else ())}
    fields = (
        forms.many("done", mark("Done at the desk"), _choices(asked)),
        *((forms.text("key", mark("Number of the key"), code=True),) if "key" in asked else ()),
        REASON,
    )
    form = Form(desk.tasks, desk.look, fields, partial(_check_coming, asked))
    done = tuple(item.value for item in asked if item in settled)
    form.show_draft(Visit(row.id, row.name, done))
    form_panel = FormPanel(desk, row.name, form, _coming, _("Check in"))
    if row.minor:
        form_panel.subtitle.setText(
            _("Not of age on arrival. The parents' consent is there.")
            if row.consent
            else _("Not of age on arrival, and the parents' consent is missing: ask for it now.")
        )
        form_panel.subtitle.show()
    return form_panel


def _leaving(desk: Desk, row: Any) -> FormPanel:
    fields = (forms.many("done", mark("Came back"), _choices(row.lent)), REASON)
    form = Form(desk.tasks, desk.look, fields, partial(_check_going, row.lent))
    form.show_draft(Visit(row.id, row.name))
    return FormPanel(desk, row.name, form, _going, _("Check out"))


def cash_panel(desk: Desk, row: Any, currency: str) -> FormPanel:
    """The panel that records cash; another currency asks for its rate."""
    fields = (
        forms.money("paid_as", mark("Cash"), currency=currency),
        forms.decimal("rate", mark("Rate"), hint=mark("Only for another currency.")),
        forms.text("rate_source", mark("Whose rate")),
    )
    form = Form(desk.tasks, desk.look, fields, partial(_check_cash, currency))
    form.show_draft(Cash(row.id, row.name, row.owed if row.owed and row.owed.minor else None))
    return FormPanel(
        desk, _("Cash of {name}").format(name=isolate(row.name)), form, _paying, _("Take")
    )


def list_panel(desk: Desk, gathering_id: int, checklist: Sequence[Any]) -> FormPanel:
    """The panel that says what the desk of a gathering asks for."""
    fields = (forms.many("items", mark("Asked at the desk"), tuple(WORDS.items())),)
    form = Form(desk.tasks, desk.look, fields, _check_asked)
    form.show_draft(Asked(gathering_id, tuple(item.value for item in checklist)))
    return FormPanel(desk, _("What the arrival desk asks for"), form, _asking, _("Save"))


def _choices(items: Sequence[Any]) -> tuple[tuple[str, str], ...]:
    return tuple((item.value, WORDS[item.value]) for item in items)


def _told(field: str, check: Callable[[], object]) -> dict[str, str]:
    try:
        check()
    except RuleBroken as trouble:
        return {field: trouble.sentence()}
    return {}


def _check_coming(asked: Sequence[Any], draft: Visit) -> dict[str, str]:
    from schoolapp.domain.arrivals import check_arrival

    done, reason = _done(draft), draft.reason.strip()
    return _told("done", lambda: check_arrival(asked, done, name=draft.name, reason=reason))


def _done(draft: Visit) -> dict[Any, str | None]:
    """The points that were done, each with its detail; a number of a key says that it was given."""
    from schoolapp.domain.arrivals import Check

    key = draft.key.strip()
    done: dict[Any, str | None] = {Check(item): None for item in draft.done}
    return done | ({Check.KEY: key} if key else {})


def _check_going(lent: Sequence[Any], draft: Visit) -> dict[str, str]:
    from schoolapp.domain.arrivals import Check, check_departure

    done = [Check(item) for item in draft.done]
    return _told("done", lambda: check_departure(lent, done, draft.reason.strip()))


def _check_cash(currency: str, draft: Cash) -> dict[str, str]:
    if draft.paid_as is None or draft.paid_as.minor <= 0:
        return {"paid_as": _("Say how much was paid.")}
    if draft.paid_as.currency != currency and (draft.rate is None or draft.rate <= 0):
        return {"rate": _("Another currency needs its rate: how many units for one.")}
    return {}


def _check_asked(draft: Asked) -> dict[str, str]:
    return {} if draft.items else {"items": _("An arrival desk asks for one thing at least.")}


def _coming(draft: Visit) -> tuple[str, Operation]:
    return _("Check {name} in").format(name=isolate(draft.name)), partial(_check_in, draft)


def _going(draft: Visit) -> tuple[str, Operation]:
    return _("Check {name} out").format(name=isolate(draft.name)), partial(_check_out, draft)


def _paying(draft: Cash) -> tuple[str, Operation]:
    return _("Take cash of {name}").format(name=isolate(draft.name)), partial(_take, draft)


def _asking(draft: Asked) -> tuple[str, Operation]:
    return _("Change what the arrival desk asks for"), partial(_set, draft)


def _check_in(draft: Visit, session: Any) -> None:
    from schoolapp.operations.arrivals.desk import check_in

    reason = draft.reason.strip() or None
    check_in(session, participation_id=draft.id, done=_done(draft), reason=reason)


def _check_out(draft: Visit, session: Any) -> None:
    from schoolapp.domain.arrivals import Check
    from schoolapp.operations.arrivals.desk import check_out

    back = [Check(item) for item in draft.done]
    check_out(
        session, participation_id=draft.id, returned=back, reason=draft.reason.strip() or None
    )


def _take(draft: Cash, session: Any) -> Any:
    from schoolapp.operations.arrivals.desk import take_cash

    return take_cash(
        session,
        participation_id=draft.id,
        paid_as=draft.paid_as,
        rate=draft.rate,
        rate_source=draft.rate_source,
    )


def _set(draft: Asked, session: Any) -> None:
    from schoolapp.domain.arrivals import Check
    from schoolapp.operations.arrivals.desk import set_checklist

    items = [Check(item) for item in draft.items]
    set_checklist(session, gathering_id=draft.gathering_id, items=items)
