"""The panel that asks on which other days a session is held."""

from functools import partial

from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.panel import FormPanel
from schoolapp.desktop.places.programme.words import EVERY
from schoolapp.domain.scheduling import Every, RepeatDraft, SessionDraft, check_repeat, day_of
from schoolapp.operations import programme

FIELDS = (
    forms.choice("every", mark("How often"), EVERY),
    forms.date("until", mark("Until"), hint=mark("“Every day” leaves free days out.")),
    forms.days("days", mark("On which days"), hint=mark("Several days, separated by commas.")),
    forms.text(
        "series",
        mark("Series"),
        hint=mark("A word that they all share; left empty, it is the title."),
    ),
)


class RepeatForm(Form[RepeatDraft]):
    """Asks for days, or for the last day of a repetition."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.tasks, desk.look, FIELDS, _check)
        self.edited.connect(self._arrange)

    def show_draft(self, draft: RepeatDraft, original: RepeatDraft | None = None) -> None:
        """Show a repetition."""
        super().show_draft(draft, original)
        self._arrange()

    def _arrange(self) -> None:
        chosen = self.draft.every is Every.CHOSEN
        self.set_hidden("until", chosen)
        self.set_hidden("days", not chosen)


class RepeatPanel(FormPanel[RepeatDraft, tuple[int, ...]]):
    """Makes several sessions of one, in one step."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "", RepeatForm(desk), self._repeating, _("Repeat"))
        self._title = ""

    def begin(self, session: SessionDraft) -> None:
        """Ask for the days of a session; what was typed for another one is forgotten."""
        assert session.id is not None, "a stored session"
        series = session.series or ""
        blank = RepeatDraft(session_id=session.id, first=day_of(session.start), series=series)
        if self.form.has_draft and self.form.original != blank:
            self.form.show_draft(blank)
        self._title = session.title
        self.title.setText(_("Repeat {title}").format(title=isolate(session.title)))
        self.open(blank)

    def _repeating(self, draft: RepeatDraft) -> Change[tuple[int, ...]]:
        title = _("Repeat {title}").format(title=self._title)
        return title, partial(programme.repeat_session, draft=draft)


def _check(draft: RepeatDraft) -> dict[str, str]:
    return {name: _(words) for name, words in check_repeat(draft).items()}
