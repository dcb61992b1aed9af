"""What narrows the table of readings: boxes to choose from, and what sessions are missing."""

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QWidget

from schoolapp.base.language import _, isolate, plural
from schoolapp.desktop.forms.choices import Choices
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.combo_box import CalmComboBox
from schoolapp.desktop.look.labels import Words
from schoolapp.desktop.places.readings import words
from schoolapp.desktop.places.readings.queries import (
    ALL_ASKED,
    LANGUAGE,
    RIGHTS,
    SESSION,
    Found,
    Slot,
    session_of,
)
from schoolapp.desktop.tables import View
from schoolapp.desktop.tables.columns import Filter
from schoolapp.operations.readings import GapRow


class NarrowedHost(Protocol):
    """What the boxes need from the place that holds the table."""

    @property
    def view(self) -> View:
        """What the table was asked to show."""

    def filter(self, **filters: Filter) -> None:
        """Narrow the view; None takes a filter away."""

    def add_filter(self, widget: QWidget) -> None:
        """Put a widget into the filter row."""


class Narrowing:
    """Boxes for language, rights and session, and a sentence on what is missing in the sessions."""

    def __init__(self, host: NarrowedHost) -> None:
        self._host = host
        self.gaps: tuple[GapRow, ...] = ()
        self.languages = self._box(_("Language"), LANGUAGE)
        self.rights = self._box(_("Rights"), RIGHTS)
        self.sessions = self._box(_("Session"), SESSION)
        self.gap = Words(quiet=True)
        self.gap.setObjectName("gap")
        host.add_filter(self.gap)
        _fill(self.rights, _("All rights"), [(key.value, _(said)) for key, said in words.RIGHTS])
        _fill(self.languages, _("All languages"), [])
        _fill(self.sessions, _("All texts"), [])

    @property
    def session(self) -> int | None:
        """The session whose list is shown."""
        return session_of(self._host.view)

    def offer(self, found: Found, in_gathering: bool) -> Choices[int]:
        """Offer what there is; the sessions with what is missing in each, for other forms too."""
        self.gaps = found.gaps
        names = [(tag, formats.language_name(tag)) for tag in found.languages]
        _fill(self.languages, _("All languages"), sorted(names, key=lambda one: one[1]))
        missing = {row.session_id: row.missing for row in found.gaps}
        offered = [(one.id, _with_gap(one, missing.get(one.id, ()))) for one in found.sessions]
        asked = [(ALL_ASKED, _("On a list of this gathering"))] if in_gathering else []
        _fill(self.sessions, _("All texts"), [*asked, *offered])
        self.show_gap()
        return offered

    def show_gap(self) -> None:
        """Show what the chosen session is missing, or how many sessions are missing something."""
        key = self.session
        short = [row for row in self.gaps if row.missing and key in (None, row.session_id)]
        said = ""
        if short and key is not None:
            names = formats.language_names(short[0].missing)
            said = _("No text in {languages}.").format(languages=names)
        elif short:
            said = plural(
                "{number} session is missing a language.",
                "{number} sessions are missing a language.",
                len(short),
            ).format(number=formats.number(len(short)))
        self.gap.setText(said)
        self.gap.setVisible(bool(said))

    def clear(self) -> None:
        """Choose nothing in any box."""
        for box in (self.languages, self.rights, self.sessions):
            box.setCurrentIndex(0)

    def _box(self, name: str, key: str) -> CalmComboBox:
        box = CalmComboBox()
        box.setObjectName(f"filter_{key}")
        box.setAccessibleName(name)
        box.setMinimumContentsLength(14)
        box.activated.connect(partial(self._chosen, box, key))
        self._host.add_filter(box)
        return box

    def _chosen(self, box: CalmComboBox, key: str, at: int) -> None:
        self._host.filter(**{key: box.currentData() or None})
        if key == SESSION:
            self.show_gap()


def _fill(box: CalmComboBox, everything: str, choices: Choices[str] | Choices[int]) -> None:
    held = box.currentData()
    box.clear()
    box.addItem(everything, None)
    for value, said in choices:
        box.addItem(said, value)
    box.setCurrentIndex(max(0, box.findData(held)))


def _with_gap(slot: Slot, missing: Sequence[str]) -> str:
    """A session by title and time, and the languages in which it has no text."""
    when = f"{formats.day(slot.start)} {formats.time(slot.start)}"
    named = f"{isolate(slot.title)} · {isolate(when)}"
    if not missing:
        return named
    return _("{title} (missing: {languages})").format(
        title=named, languages=isolate(formats.language_names(missing))
    )
