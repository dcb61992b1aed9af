"""The lines of a gathering's panel for times in which nothing is planned: prayers, meals."""

from collections.abc import Callable, Mapping
from functools import partial

from schoolapp.base.language import _, isolate, mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.items import Items
from schoolapp.desktop.look import formats
from schoolapp.operations.gatherings import kept_free
from schoolapp.operations.gatherings.kept_free import EVERY_DAY, KeptFreeDraft

WHEN: tuple[tuple[int | None, str], ...] = (
    (EVERY_DAY, mark("Every day")),
    (0, mark("Each Monday")),
    (1, mark("Each Tuesday")),
    (2, mark("Each Wednesday")),
    (3, mark("Each Thursday")),
    (4, mark("Each Friday")),
    (5, mark("Each Saturday")),
    (6, mark("Each Sunday")),
    (None, mark("On one day")),
)
FIELDS = (
    forms.choice("when", mark("When"), WHEN, half=True),
    forms.date("date", mark("Day"), half=True),
    forms.time("start", mark("From"), half=True),
    forms.time("end", mark("To"), half=True),
    forms.text("why", mark("Purpose"), hint=mark("Prayers, meals, rest: shown in the programme.")),
)


class KeptFreeForm(Form[KeptFreeDraft]):
    """The day is asked for only where it is one day."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.tasks, desk.look, FIELDS, _check)
        self.edited.connect(self._arrange)

    def show_draft(self, draft: KeptFreeDraft, original: KeptFreeDraft | None = None) -> None:
        """Show a time that is kept free."""
        super().show_draft(draft, original)
        self._arrange()

    def _arrange(self) -> None:
        self.set_hidden("date", self.draft.when is not None)


class KeptFreeLines:
    """A line for each time that a gathering keeps free; ``gathering_id`` answers which one."""

    def __init__(self, desk: Desk, gathering_id: Callable[[], int]) -> None:
        self._gathering_id = gathering_id
        title, form = _("Times kept free"), KeptFreeForm(desk)
        saving = self._saving
        self.items = Items(desk, title, form, in_words, KeptFreeDraft, saving, _removing)
        self.items.setObjectName("kept_free")

    def _saving(self, draft: KeptFreeDraft) -> Change[int]:
        gathering_id = self._gathering_id()
        saving = partial(kept_free.save_kept_free, gathering_id=gathering_id, draft=draft)
        return _("Keep a time free: {why}").format(why=draft.why.strip()), saving


def in_words(draft: KeptFreeDraft) -> str:
    """``Each Friday · 12:45–14:30 · Friday prayers``."""
    assert draft.start is not None, "a stored line"
    assert draft.end is not None, "a stored line"
    when = formats.date(draft.date, weekday=True) if draft.date else _(dict(WHEN)[draft.when])
    times = formats.span(draft.start, draft.end)
    return " · ".join(map(isolate, (when, times, draft.why)))


def _removing(draft: KeptFreeDraft) -> Change[None]:
    assert draft.id is not None, "a stored line"
    assert draft.version is not None, "a stored line"
    removing = partial(kept_free.remove_kept_free, kept_id=draft.id, version=draft.version)
    return _("Plan again at the time of {why}").format(why=draft.why), removing


def _check(draft: KeptFreeDraft) -> Mapping[str, str]:
    return {name: _(words) for name, words in kept_free.check_kept_free(draft).items()}
