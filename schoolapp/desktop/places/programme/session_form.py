"""The form of a session: its fields, and what in one follows from what is typed in another."""

import datetime as dt
from collections.abc import Sequence

from schoolapp.base.language import mark
from schoolapp.desktop import forms
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Field, Form
from schoolapp.desktop.forms.form import Check
from schoolapp.desktop.forms.moments import MomentEditor
from schoolapp.desktop.look.look import Look
from schoolapp.desktop.places.programme import session_fields
from schoolapp.desktop.places.programme.session_fields import SessionOffers
from schoolapp.desktop.places.programme.words import AUDIENCES, KINDS
from schoolapp.domain.programme import IN_GROUPS
from schoolapp.domain.scheduling import SessionDraft


def fields(look: Look, offers: SessionOffers) -> Sequence[Field]:
    """The fields of a session."""
    return (
        forms.text("title", mark("Title")),
        forms.choice("kind", mark("Kind"), [(kind, word) for kind, (_look, word) in KINDS.items()]),
        forms.moment("start", mark("Starts"), half=True),
        forms.moment("end", mark("Ends"), half=True),
        forms.choice("module_id", mark("Module"), half=True),
        forms.choice("room_id", mark("Room"), half=True),
        session_fields.groups("groups", mark("Groups"), look, offers),
        forms.choice("floor_language", mark("Spoken in"), half=True),
        forms.choice("audience", mark("Audience"), AUDIENCES, half=True),
        forms.number(
            "invited",
            mark("How many are invited"),
            hint=mark("Left empty, it is everybody whom the session is for."),
        ),
        session_fields.speakers("speakers", mark("Speakers"), look),
        session_fields.interpretation("interpretation", mark("Interpretation"), look, offers),
        forms.text("online_link", mark("Link to take part online"), code=True),
        forms.text("series", mark("Series"), hint=mark("A word that several sessions share.")),
        forms.yes_no("register", mark("Attendance is taken")),
        forms.yes_no("public", mark("Open to the public")),
    )


class SessionForm(Form[SessionDraft]):
    """A change of the start takes the end along; a session in groups has no room but theirs."""

    def __init__(self, desk: Desk, offers: SessionOffers, check: Check[SessionDraft]) -> None:
        super().__init__(desk.tasks, desk.look, fields(desk.look, offers), check)
        self._offers = offers
        self._start: dt.datetime | None = None
        self.edited.connect(self._follow)

    def show_draft(self, draft: SessionDraft, original: SessionDraft | None = None) -> None:
        """Show a session."""
        self._offers.floor = draft.floor_language
        super().show_draft(draft, original)
        self._start = draft.start
        self._arrange()

    def _follow(self) -> None:
        before, draft = self._start, self.draft
        if draft.start is not None and before is not None and draft.start != before:
            self._start = draft.start
            if draft.end is not None:
                self.put("end", draft.end + (draft.start - before))
        self._offers.floor = draft.floor_language
        self._arrange()

    def _arrange(self) -> None:
        end = self.editor("end")
        assert isinstance(end, MomentEditor), "the end is a moment"
        end.ends_after(self.draft.start)
        groups = self.draft.groups
        self.set_hidden("groups", self.draft.kind not in IN_GROUPS and not groups)
        self.set_hidden("room_id", bool(groups))
