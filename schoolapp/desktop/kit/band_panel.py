"""One fee band for several people at once: a form that the places of people and money open."""

from functools import partial

from schoolapp.base.language import _, mark, plural
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.desktop.look import formats
from schoolapp.operations.people.prices import BandDraft, check_band, give_band

FIELDS = (
    forms.fee_band(
        "band",
        mark("Fee band"),
        hint=mark("Missing and usual fees become the price of the band; agreed ones stay."),
    ),
)


class BandPanel(FormPanel[BandDraft, int]):
    """Gives people a band, and the fees that follow from it; one step."""

    def __init__(self, desk: Desk) -> None:
        form: Form[BandDraft] = Form(desk.tasks, desk.look, FIELDS, _check)
        super().__init__(desk, "", form, _giving, _("Give this band"))

    def begin(self, draft: BandDraft) -> None:
        """Ask for the band of these people; what was chosen for others is forgotten."""
        if self.form.has_draft and self.form.original != draft:
            self.form.show_draft(draft)
        self.title.setText(_titled(draft))
        self.open(draft)


def _count(draft: BandDraft) -> int:
    return len(draft.people or draft.participations)


def _titled(draft: BandDraft) -> str:
    count = _count(draft)
    title = plural("Fee band of {count} person", "Fee band of {count} people", count)
    return title.format(count=formats.number(count))


def _giving(draft: BandDraft) -> Change[int]:
    count = _count(draft)
    title = plural(
        "Give {count} person the band {band}", "Give {count} people the band {band}", count
    )
    words = title.format(count=formats.number(count), band=draft.band)
    return words, partial(give_band, draft=draft)


def _check(draft: BandDraft) -> dict[str, str]:
    return {name: _(sentence) for name, sentence in check_band(draft).items()}
