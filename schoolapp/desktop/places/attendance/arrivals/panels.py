"""The panels of the arrival desk: coming, going, cash, and what the gathering asks for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.domain.arrivals import Check, asked_of, check_arrival, check_departure
from schoolapp.domain.documents import Receipt
from schoolapp.domain.money import Money
from schoolapp.domain.participation import ParticipationState
from schoolapp.domain.rules import RuleBroken
from schoolapp.operations.arrivals.desk import check_in, check_out, set_checklist, take_cash
from schoolapp.operations.arrivals.listing import ArrivalRow

WORDS = {
    Check.IDENTITY: mark("Identity checked"),
    Check.CONSENT: mark("Consent of the parents signed"),
    Check.FEE: mark("Fee settled"),
    Check.KEY: mark("Key"),
    Check.BADGE: mark("Badge"),
}


@dataclass(frozen=True, slots=True)
class Visit:
    """What was done for a person who comes or goes."""

    id: int
    name: str
    done: tuple[Check, ...] = ()
    key: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Cash:
    """Cash that somebody hands over."""

    id: int
    name: str
    paid_as: Money | None = None
    rate: Decimal | None = None
    rate_source: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a gathering asks for."""

    gathering_id: int
    items: tuple[Check, ...]


REASON = forms.text(
    "reason", mark("What is missing, and why"), hint=mark("Only when something is missing.")
)


def arrival_panel(
    desk: Desk, row: ArrivalRow, checklist: Sequence[Check]
) -> FormPanel[Visit, None]:
    """The panel that checks a person in, or out if they are here."""
    if row.state is ParticipationState.PRESENT and row.came_at is not None:
        return _leaving(desk, row)
    return _arriving(desk, row, asked_of(checklist, minor=row.minor))


def _arriving(desk: Desk, row: ArrivalRow, asked: Sequence[Check]) -> FormPanel[Visit, None]:
    fields = [forms.many("done", mark("Done at the desk"), _choices(asked)), REASON]
    if Check.KEY in asked:
        fields.insert(1, forms.text("key", mark("Key number"), code=True))
    form = Form(desk.tasks, desk.look, fields, partial(_check_coming, asked))
    open_fee = row.unpriced or owed_by(row) is not None
    settled = {*row.known} if open_fee else {*row.known, Check.FEE}
    form.show_draft(Visit(row.id, row.name, tuple(item for item in asked if item in settled)))
    form_panel = FormPanel(desk, row.name, form, _coming, _("Check in"))
    said = []
    if row.minor:
        said.append(
            _("A minor on arrival. The parents' consent was received.")
            if row.consent
            else _("A minor on arrival, and the parents' consent is missing: ask for it now.")
        )
    if row.unpriced:
        said.append(_("No price yet: it is not known what this person has to pay. See Money."))
    form_panel.subtitle.setText(" ".join(said))
    form_panel.subtitle.setVisible(bool(said))
    return form_panel


def _leaving(desk: Desk, row: ArrivalRow) -> FormPanel[Visit, None]:
    fields = (forms.many("done", mark("Returned"), _choices(row.lent)), REASON)
    form = Form(desk.tasks, desk.look, fields, partial(_check_going, row.lent))
    form.show_draft(Visit(row.id, row.name))
    return FormPanel(desk, row.name, form, _going, _("Check out"))


def cash_panel(desk: Desk, row: ArrivalRow, currency: str) -> FormPanel[Cash, Receipt]:
    """The panel that records cash; another currency needs its rate."""
    fields = (
        forms.money("paid_as", mark("Cash"), currency=currency),
        forms.decimal("rate", mark("Rate"), hint=mark("Only for another currency.")),
        forms.text("rate_source", mark("Source of the rate")),
    )
    form = Form(desk.tasks, desk.look, fields, partial(_check_cash, currency))
    form.show_draft(Cash(row.id, row.name, owed_by(row)))
    return FormPanel(
        desk, _("Cash of {name}").format(name=isolate(row.name)), form, _paying, _("Take")
    )


def list_panel(desk: Desk, gathering_id: int, checklist: Sequence[Check]) -> FormPanel[Asked, None]:
    """The panel that sets what the desk of a gathering asks for."""
    fields = (forms.many("items", mark("Asked at the desk"), tuple(WORDS.items())),)
    form = Form(desk.tasks, desk.look, fields, _check_asked)
    form.show_draft(Asked(gathering_id, tuple(checklist)))
    return FormPanel(desk, _("What the arrival desk asks for"), form, _asking, _("Save"))


def owed_by(row: ArrivalRow) -> Money | None:
    """What a person still has to pay; None for nothing."""
    return row.owed if row.owed is not None and row.owed.minor else None


def _choices(items: Sequence[Check]) -> tuple[tuple[Check, str], ...]:
    return tuple((item, WORDS[item]) for item in items)


def _problem(field: str, check: Callable[[], object]) -> Mapping[str, str]:
    """What a rule says about a field, if it is broken."""
    try:
        check()
    except RuleBroken as trouble:
        return {field: trouble.sentence()}
    return {}


def _check_coming(asked: Sequence[Check], draft: Visit) -> Mapping[str, str]:
    done, reason = _done(draft), draft.reason.strip()
    return _problem("done", lambda: check_arrival(asked, done, name=draft.name, reason=reason))


def _done(draft: Visit) -> Mapping[Check, str | None]:
    """The points that were done, each with its detail; a number of a key says that it was given."""
    key = draft.key.strip()
    done: dict[Check, str | None] = dict.fromkeys(draft.done)
    return done | ({Check.KEY: key} if key else {})


def _check_going(lent: Sequence[Check], draft: Visit) -> Mapping[str, str]:
    return _problem("done", lambda: check_departure(lent, draft.done, draft.reason.strip()))


def _check_cash(currency: str, draft: Cash) -> Mapping[str, str]:
    if draft.paid_as is None or draft.paid_as.minor <= 0:
        return {"paid_as": _("Say how much was paid.")}
    if draft.paid_as.currency != currency and (draft.rate is None or draft.rate <= 0):
        return {
            "rate": _("Another currency needs a rate: how many of its units make one of yours.")
        }
    return {}


def _check_asked(draft: Asked) -> Mapping[str, str]:
    return {} if draft.items else {"items": _("An arrival desk asks for at least one thing.")}


def _coming(draft: Visit) -> Change[None]:
    work = partial(
        check_in,
        participation_id=draft.id,
        done=_done(draft),
        reason=draft.reason.strip() or None,
    )
    return _("Check {name} in").format(name=isolate(draft.name)), work


def _going(draft: Visit) -> Change[None]:
    work = partial(
        check_out,
        participation_id=draft.id,
        returned=draft.done,
        reason=draft.reason.strip() or None,
    )
    return _("Check {name} out").format(name=isolate(draft.name)), work


def _paying(draft: Cash) -> Change[Receipt]:
    assert draft.paid_as is not None, "the check asks for an amount"
    work = partial(
        take_cash,
        participation_id=draft.id,
        paid_as=draft.paid_as,
        rate=draft.rate,
        rate_source=draft.rate_source,
    )
    return _("Take cash of {name}").format(name=isolate(draft.name)), work


def _asking(draft: Asked) -> Change[None]:
    work = partial(set_checklist, gathering_id=draft.gathering_id, items=draft.items)
    return _("Change what the arrival desk asks for"), work
