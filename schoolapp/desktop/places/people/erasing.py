"""The panel that erases a person: what goes, what stays and why, and for what reason."""

from dataclasses import dataclass
from functools import partial

from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.labels import Heading, Words
from schoolapp.desktop.look.widgets import Facts
from schoolapp.operations.people.erasing import ErasureFacts, erase_person


@dataclass(frozen=True, slots=True)
class Erasing:
    """The person to erase, as they were looked at, and the reason."""

    person_id: int
    version: int
    reason: str = ""


class ErasePanel(FormPanel[Erasing, None]):
    """Says what goes and what stays, asks for the reason, and erases as a final step."""

    def __init__(self, desk: Desk) -> None:
        fields = (
            forms.text(
                "reason",
                mark("Why"),
                hint=mark("A few words for the history, such as: asked for it by letter."),
            ),
        )
        form = Form(desk.tasks, desk.look, fields, _check)
        super().__init__(desk, "", form, _erasing, _("Erase for good"), danger=True, final=True)
        self.subtitle.setText(
            _(
                "This cannot be undone: the history forgets the person too, and the"
                " steps that involve them can no longer be undone. Backups and files"
                " written before still hold the person; remove those by hand."
            )
        )
        self.subtitle.show()
        self._goes, self._stays = Facts(), Facts()
        self._kept = Words(
            _(
                "It is kept without a name, with the country and the age, because"
                " others rely on it."
            ),
            quiet=True,
            wrap=True,
        )
        for widget in (
            Heading(_("What goes")),
            self._goes,
            Heading(_("What stays")),
            self._kept,
            self._stays,
        ):
            self.add(widget)

    def ask(self, facts: ErasureFacts) -> None:
        """Show what erasing this person does, and begin with no reason."""
        self.title.setText(_("Erase {name}").format(name=isolate(facts.name)))
        for shown, goes in ((self._goes, True), (self._stays, False)):
            shown.show_facts(
                (formats.number(line.rows), line.words) for line in facts.lines if line.goes is goes
            )
        draft = Erasing(facts.person_id, facts.version)
        self.form.show_draft(draft)
        self.open(draft)


def _check(draft: Erasing) -> dict[str, str]:
    return {} if draft.reason.strip() else {"reason": _("Say why in a few words.")}


def _erasing(draft: Erasing) -> Change[None]:
    title = _("Erase a person: {reason}").format(reason=isolate(draft.reason.strip()))
    return title, partial(
        erase_person, person_id=draft.person_id, version=draft.version, reason=draft.reason
    )
