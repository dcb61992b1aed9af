"""The panels of the readings: the text that is chosen, a new one, an entry of a list."""

from collections.abc import Callable
from functools import cached_property

from schoolapp.base.language import _
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.forms import Form, Offers
from schoolapp.desktop.forms.choices import Choices
from schoolapp.desktop.kit.editing import Change
from schoolapp.desktop.kit.panel import FormPanel, Panel
from schoolapp.desktop.look import formats
from schoolapp.desktop.look.states import state_look
from schoolapp.desktop.look.widgets import Facts
from schoolapp.desktop.places.readings import drafts
from schoolapp.desktop.places.readings.drafts import FIELDS, LISTED, Listing
from schoolapp.domain.readings import EditionDraft
from schoolapp.operations.readings import EditionRow, EntryDraft


class Panels:
    """Each is made when it is first shown. ``added`` is run with the key of a new text."""

    def __init__(self, desk: Desk, added: Callable[[int], object]) -> None:
        self._desk, self._added = desk, added
        self._offers = Offers()
        self._listed: tuple[int, str] = (0, "")  # the text to put on a list, by key and title

    @cached_property
    def text(self) -> Panel[EditionDraft]:
        """The text that is chosen."""
        made = Panel(self._desk, self._form(), drafts.saving)
        made.add(self._facts)
        return made

    @cached_property
    def new(self) -> FormPanel[EditionDraft, int]:
        """The form for a new text."""
        words = _("Add text")
        made = FormPanel(self._desk, _("New text"), self._form(), drafts.creating, words)
        made.created.connect(self._added)
        return made

    @cached_property
    def listing(self) -> FormPanel[Listing, int]:
        """Puts the text on the list of a session."""
        form = Form(self._desk.tasks, self._desk.look, LISTED, drafts.check_listing)
        words = _("Put on the list")
        return FormPanel(self._desk, words, self._offers.join(form), self._list, words)

    @cached_property
    def entry(self) -> FormPanel[EntryDraft, None]:
        """How the text is read for a session: whether it must be, which pages, in which order."""
        form = Form(self._desk.tasks, self._desk.look, drafts.ENTRY, drafts.check_entry)
        title = _("On the session's list")
        return FormPanel(self._desk, title, form, self._change_entry, _("Save"))

    def show_text(self, row: EditionRow, draft: EditionDraft) -> None:
        """Show an edition with what is known about it and cannot be edited."""
        look = state_look("reading_item", row.state)
        self.text.show_item(row.id, draft.title, draft.author, look, draft)
        self._facts.show_facts([(_("Also in"), formats.language_names(row.also_in))])

    def open_listing(self, edition_id: int, title: str, session_id: int | None) -> None:
        """Ask which list a text is put on."""
        self._listed = (edition_id, title)
        self.listing.open(Listing(session_id))

    def open_entry(self, title: str, draft: EntryDraft) -> None:
        """Ask how a text is read for a session."""
        self._listed = (draft.edition_id, title)
        self.entry.subtitle.setText(title)
        self.entry.subtitle.show()
        self.entry.form.show_draft(draft)  # what was typed before is about another text
        self.entry.open(draft)

    def offer_sessions(self, sessions: Choices[int]) -> None:
        """Offer the sessions that there are."""
        self._offers.put("session_id", [(None, ""), *sessions])

    @cached_property
    def _facts(self) -> Facts:
        return Facts()

    def _form(self) -> Form[EditionDraft]:
        return Form(self._desk.tasks, self._desk.look, FIELDS, drafts.check)

    def _change_entry(self, draft: EntryDraft) -> Change[None]:
        return drafts.changing(self._listed[1], draft)

    def _list(self, draft: Listing) -> Change[int]:
        return drafts.listing(*self._listed, draft)
