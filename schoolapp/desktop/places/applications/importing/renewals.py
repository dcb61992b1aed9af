"""A row that comes a second time, in words: whose application it is, and what it says otherwise."""

from dataclasses import dataclass

from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop.kit.comparing import REASONS
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.states import state_look
from schoolapp.desktop.places.applications.importing.words import FIELDS
from schoolapp.operations.applications import FieldChange, PlannedRow, Said, Whose

AGREES = REASONS | {
    "same_number": mark("same number of the form"),
    "same_address": mark("same e-mail or phone"),
    "same_moment": mark("sent at the same moment"),
}
"""Why a row may be somebody's application."""
CONTRADICTS = {
    "other_name": mark("another name"),
    "other_birth_date": mark("another birth date"),
    "other_address": mark("another e-mail or phone"),
}
"""What speaks against it."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """Whose application a row is, why, and each field that it changes: what, before, now."""

    whose: str
    why: str
    changes: tuple[tuple[str, str, str], ...]

    @property
    def remark(self) -> str:
        """All of it in one line."""
        return " · ".join(
            _("{field}: {old} → {new}").format(field=field, old=isolate(old), new=isolate(new))
            for field, old, new in self.changes
        )


def renewal_of(planned: PlannedRow) -> Renewal | None:
    """What is to be said of a row that is somebody's application; None of any other row."""
    if planned.whose is None:
        return None
    if planned.application_id is None:
        words = _("May be the application of {name}, {code} ({state})")
    else:
        words = _("The application of {name}, {code} ({state})")
    whose = planned.whose
    state = state_look("application", whose.state).text
    shown = words.format(name=isolate(whose.name), code=isolate(whose.code), state=state)
    return Renewal(shown, reasons_in_words(whose), tuple(map(_in_words, planned.changes)))


def reasons_in_words(whose: Whose) -> str:
    """What agrees, and what contradicts; empty where no cell has changed."""
    agrees = ", ".join(_(AGREES[code]) for code in whose.reasons)
    against = ", ".join(_(CONTRADICTS[code]) for code in whose.against)
    said = [_("Similar: {reasons}.").format(reasons=agrees)] if agrees else []
    return " ".join(
        [*said, _("Different: {reasons}.").format(reasons=against)] if against else said
    )


def _in_words(change: FieldChange) -> tuple[str, str, str]:
    """A change as it is shown: what it is, before, now."""
    field = _(FIELDS[change.field]) if change.field in FIELDS else isolate(change.field)
    old = _value(change.field, change.old)
    new = _value(change.field, change.new) if change.is_taken else _("in doubt, stays as it was")
    return field, old, new


def _value(field: str, value: Said) -> str:
    if value is None or value in ("", ()):
        return "–"
    if isinstance(value, bool):
        return formats.yes_no(value)
    if isinstance(value, tuple):
        return formats.language_names(value) if field == "languages" else ", ".join(value)
    return formats.country_name(value) if field in ("country", "nationality") else value
