"""The two panels of Home: a new gathering, and the reason for a step that needs one."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from schoolapp.base.language import _, mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.desktop.places.home import creating
from schoolapp.desktop.places.home.queries import STEPS

NEW_FIELDS = (
    forms.choice("template", mark("Template"), tuple(creating.TEMPLATES.items())),
    forms.date(
        "start_date", mark("First day"), hint=mark("Rooms, deadlines and sessions follow it.")
    ),
    forms.text("title", mark("Title")),
    forms.choice("centre", mark("Centre"), (("", mark("As in the template")),)),
    forms.choice(
        "like",
        mark("Rules and letters of"),
        ((None, mark("None, start afresh")),),
        hint=mark("Rules of the selection, scales, letters and the arrival list."),
    ),
)
REASON = (forms.long_text("reason", mark("Why")),)


@dataclass(frozen=True, slots=True)
class Reason:
    """The reason for a step that needs one."""

    step: str
    reason: str = ""


class NewGatheringForm(Form[creating.NewGathering]):
    """Template, first day, title, centre; the title follows them until somebody changes it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.tasks, desk.look, NEW_FIELDS, creating.check_new)
        self._named = creating.new_gathering(desk.settings).title
        self.edited.connect(self._follow_date)

    def offer_all(self, found: creating.Offered) -> None:
        """Offer centres and earlier gatherings; a centre that is gone is not chosen."""
        if self.draft.centre not in dict(found.centres):
            self.put("centre", "")
        self.offer("centre", found.centres)
        self.offer("like", found.earlier)

    def _follow_date(self) -> None:
        usual = creating.usual_title(self.draft.template, self.draft.start_date)
        if self.draft.title in (self._named, "") and usual != self.draft.title:
            self.put("title", usual)
            self._named = usual


class NewGatheringPanel(FormPanel[creating.NewGathering, int]):
    """The panel for a new gathering; the window goes to what it made."""

    def __init__(self, desk: Desk) -> None:
        self.fields = NewGatheringForm(desk)
        super().__init__(desk, _("New gathering"), self.fields, _creating)
        self.created.connect(desk.choose)


def reason_panel(
    desk: Desk, step_of: Callable[[str, str], Change[None]]
) -> FormPanel[Reason, None]:
    """The panel that asks for a reason; ``step_of(step, reason)`` is the change that needs it."""
    form = Form(desk.tasks, desk.look, REASON, _check_reason)
    return FormPanel(desk, "", form, lambda draft: step_of(draft.step, draft.reason), _("Do it"))


def show_reason(form_panel: FormPanel[Reason, None], step: str) -> None:
    """Ask why this step is taken."""
    form_panel.title.setText(_(STEPS[step]))
    form_panel.form.show_draft(Reason(step))
    form_panel.open(Reason(step))


def _creating(draft: creating.NewGathering) -> Change[int]:
    title = _("Create {name}").format(name=draft.title.strip())
    return title, partial(creating.create, draft=draft)


def _check_reason(draft: Reason) -> dict[str, str]:
    return {} if draft.reason.strip() else {"reason": _("Say why in a few words.")}
