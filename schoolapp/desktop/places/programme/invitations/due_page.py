"""The page that shows who would get which invitation, before it goes into the outbox."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from schoolapp.base.language import _, isolate, mark, plural
from schoolapp.desktop.bridge.desk import Desk, Gathering
from schoolapp.desktop.kit.pages.leaving import back_button
from schoolapp.desktop.kit.panel import SidePanel
from schoolapp.desktop.kit.sender_panel import AskingSender
from schoolapp.desktop.look.widgets import button
from schoolapp.desktop.places.programme.page import Page
from schoolapp.desktop.tables import Column
from schoolapp.operations.centres import SenderDraft, missing_for
from schoolapp.operations.invitations import (
    DueMail,
    Kind,
    Prepared,
    Writer,
    count_due,
    invitations_due,
    prepare_invitations,
)
from schoolapp.operations.invitations.facts import InvitationFacts
from schoolapp.storage.store import DbSession

KINDS = {
    Kind.PROGRAMME: mark("First invitation with the programme"),
    Kind.INVITATION: mark("New invitation"),
    Kind.CHANGED: mark("Changed session"),
    Kind.CANCELLED: mark("Cancelled session"),
    Kind.REMOVED: mark("Taken off a session"),
    Kind.GATHERING_CHANGED: mark("Changed dates or place"),
    Kind.FAREWELL: mark("No longer expected"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A mail that is due, as the page shows it."""

    name: str
    kind: str
    about: str
    address: str


@dataclass(frozen=True, slots=True)
class Found:
    """What is due: facts to compose mails from, the mails by number, their lines and numbers.

    ``missing`` is what has to be asked before, if nobody has said whom they come from.
    """

    facts: InvitationFacts
    mails: tuple[DueMail, ...]
    lines: Mapping[int, Line]
    sentence: str
    missing: SenderDraft | None


COLUMNS: tuple[Column[Line], ...] = (
    Column.name(lambda row: row.name, mark("Who"), 22),
    Column.text(lambda row: row.kind, mark("What"), 24),
    Column.text(lambda row: row.about, mark("About"), 26),
    Column.text(lambda row: row.address, mark("Address"), 24),
)


class SendingPage(Page[Line]):
    """Who gets what, only what is new or changed; each mail can be read first."""

    def __init__(self, desk: Desk, show: Callable[[SidePanel], object]) -> None:
        super().__init__(desk, COLUMNS, _("Invitations that are due"))
        self._asking = AskingSender(desk, self, show)
        self._gathering = 0
        self._code = ""
        self.found: Found | None = None
        self.back_button = back_button(desk.look, self.close_page)
        self.go_button = button(
            desk.look, _("Put into the outbox"), self.prepare, "mail", primary=True
        )
        self.lay_out(_("The mail as its recipient gets it"), self.back_button, self.go_button)
        self.table.current_changed.connect(self._preview)

    def open(self, gathering: Gathering) -> None:
        """Ask what is due in a gathering and show it."""
        self._gathering, self._code, self.found = gathering.id, gathering.title, None
        self.title.setText(_("Send invitations"))
        self.summary.setText(_("Looking for who needs to hear what…"))
        self.go_button.setEnabled(False)
        self.fill({})
        self.focus()
        query = partial(_find, gathering_id=gathering.id)
        self.desk.tasks.read(self, query, self._found, self._failed)

    def prepare(self) -> None:
        """Write what is due as drafts into the outbox, as one step.

        An invitation names its organiser: where there is none yet, it is asked for first.
        """
        if self.found is None or not self.go_button.isEnabled():
            return
        if self.found.missing is not None:
            self._asking.ask(self.found.missing, self._prepare)
        else:
            self._prepare()

    def _prepare(self) -> None:
        self.go_button.setEnabled(False)
        title = _("Prepare the invitations of {gathering}").format(gathering=isolate(self._code))
        operation = partial(prepare_invitations, gathering_id=self._gathering)
        self.desk.tasks.change(self, title, operation, self._prepared, self._failed)

    def close_page(self) -> None:
        """Leave; what was composed for reading is forgotten."""
        self.found = None
        super().close_page()

    def _found(self, found: Found) -> None:
        self.found = found
        self.summary.setText(found.sentence)
        self.go_button.setEnabled(bool(found.mails))
        self.fill(found.lines)

    def _preview(self, row: int | None) -> None:
        if self.found is None or row is None:
            self.text.clear()
            return
        if self.found.missing is not None:
            self.text.setPlainText(_("The mail is shown here once letters have a sender."))
            return
        work = partial(_compose, self.found.facts, self.found.mails[row])
        self.desk.tasks.work(self, work, self._composed, self._not_composed)

    def _composed(self, text: str) -> None:
        if self.found is not None:
            self.text.setPlainText(text)

    def _not_composed(self, trouble: BaseException) -> None:
        self.text.setPlainText(str(trouble))

    def _prepared(self, done: Prepared) -> None:
        self.close_page()

    def _failed(self, trouble: BaseException) -> None:
        self.close_page()


def _find(session: DbSession, *, gathering_id: int) -> Found:
    facts, due = invitations_due(session, gathering_id=gathering_id)
    lines = {number: _line(facts, mail) for number, mail in enumerate(due.mails)}
    letters = ((gathering_id, mail.address) for mail in due.mails)
    missing = missing_for(session, letters)
    return Found(facts, due.mails, lines, count_due(due).sentence(), missing)


def _line(facts: InvitationFacts, mail: DueMail) -> Line:
    names = ", ".join(facts.readers[key].name for key in mail.people)
    title = facts.slots[mail.uid].calendar.title if mail.uid else facts.calendar.gathering.title
    return Line(isolate(names), _(KINDS[mail.kind]), isolate(title), mail.address)


def _compose(facts: InvitationFacts, mail: DueMail) -> str:
    """The mail as text: the subject, the words, and what its files hold."""
    ready = Writer(facts).compose(mail)
    files = [
        plural("{file}: {number} entry", "{file}: {number} entries", number).format(
            file=one.name, number=number
        )
        for one in ready.enclosures
        if (number := one.content.count(b"\nUID:"))
    ]
    return "\n".join([ready.subject, "", ready.text, *files])
