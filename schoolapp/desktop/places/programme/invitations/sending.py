"""The page that shows who would get which invitation, before it goes into the outbox."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from schoolapp.base.language import _, isolate, mark, plural
from schoolapp.desktop.bridge.desk import Desk, Gathering
from schoolapp.desktop.kit.leaving import back_button
from schoolapp.desktop.look.widgets import button
from schoolapp.desktop.places.programme.page import Page
from schoolapp.desktop.tables import Column

KINDS = {
    "programme": mark("First invitation with the programme"),
    "invitation": mark("New invitation"),
    "session_changed": mark("Changed session"),
    "session_cancelled": mark("Cancelled session"),
    "session_removed": mark("Taken off a session"),
    "gathering_changed": mark("Changed dates or place"),
    "farewell": mark("No longer expected"),
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
    """What is due: the facts to compose it from, the mails by number, their lines and numbers."""

    facts: Any
    mails: tuple[Any, ...]
    lines: dict[int, Line]
    sentence: str


class SendingPage(Page):
    """Who gets what, only what is new or changed; each mail can be read before."""

    def __init__(self, desk: Desk) -> None:
        columns = (
            Column.name(lambda row: row.name, mark("Who"), 22),
            Column.text(lambda row: row.kind, mark("What"), 24),
            Column.text(lambda row: row.about, mark("About"), 26),
            Column.text(lambda row: row.address, mark("Address"), 24),
        )
        super().__init__(desk, columns, _("Invitations that are due"))
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
        self.summary.setText(_("The program looks who must be told what…"))
        self.go_button.setEnabled(False)
        self.fill({})
        self.focus()
        query = partial(_find, gathering.id)
        self.desk.tasks.read(self, query, self._found, self._failed)

    def prepare(self) -> None:
        """Write what is due as drafts into the outbox, as one step."""
        if self.found is None or not self.go_button.isEnabled():
            return
        self.go_button.setEnabled(False)
        title = _("Prepare the invitations of {gathering}").format(gathering=isolate(self._code))
        self.desk.tasks.change(
            self, title, partial(_prepare, self._gathering), self._prepared, self._failed
        )

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
        work = partial(_compose, self.found.facts, self.found.mails[row])
        self.desk.tasks.work(self, work, self._composed, self._not_composed)

    def _composed(self, text: str) -> None:
        if self.found is not None:
            self.text.setPlainText(text)

    def _not_composed(self, trouble: BaseException) -> None:
        self.text.setPlainText(str(trouble))

    def _prepared(self, done: Any) -> None:
        self.close_page()

    def _failed(self, trouble: BaseException) -> None:
        self.close_page()


def _find(gathering_id: int, session: Any) -> Found:
    from schoolapp.operations.invitations import count_due, invitations_due

    facts, due = invitations_due(session, gathering_id=gathering_id)
    lines = {number: _line(facts, mail) for number, mail in enumerate(due.mails)}
    return Found(facts, due.mails, lines, count_due(due).sentence())


def _line(facts: Any, mail: Any) -> Line:
    names = ", ".join(facts.readers[key].name for key in mail.people)
    title = facts.slots[mail.uid].calendar.title if mail.uid else facts.calendar.gathering.title
    return Line(isolate(names), _(KINDS[mail.kind.value]), isolate(title), mail.address)


def _compose(facts: Any, mail: Any) -> str:
    """The mail as text: the subject, the words, and what its files hold."""
    from schoolapp.operations.invitations import Writer

    ready = Writer(facts).compose(mail)
    files = [
        plural("{file}: {number} entry", "{file}: {number} entries", number).format(
            file=one.name, number=number
        )
        for one in ready.enclosures
        if (number := one.content.count(b"\nUID:"))
    ]
    return "\n".join([ready.subject, "", ready.text, *files])


def _prepare(gathering_id: int, session: Any) -> int:
    from schoolapp.operations.invitations import prepare_invitations

    return len(prepare_invitations(session, gathering_id=gathering_id).mails)
