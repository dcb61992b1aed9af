"""Visas by days left: the next letter of invitation, a refusal, the table of who needs one."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from schoolapp.base.language import _, isolate, ltr, mark, plural
from schoolapp.desktop.kit.host import PlaceHost
from schoolapp.desktop.kit.pages.list_page import ListPage
from schoolapp.desktop.look import formats
from schoolapp.desktop.places.applications.visas import panels, queries
from schoolapp.desktop.tables import Column
from schoolapp.domain.applications import ApplicationState
from schoolapp.domain.documents import LetterText
from schoolapp.domain.visas import Need
from schoolapp.exchange.papers.visa_letter import write_letter
from schoolapp.operations.applications import move_application
from schoolapp.operations.visas import (
    LetterDraft,
    ReadyLetter,
    VisaRow,
    letter_draft,
    mail_letter,
    newest_letter,
)
from schoolapp.storage.store import DbSession

NEEDS = {
    Need.YES: mark("needed"),
    Need.NO: mark("not needed"),
    Need.UNKNOWN: mark("not known"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A participant as the table shows them."""

    name: str
    nationality: str
    need: str
    hand_in_by: dt.date | None
    days_left: int | None
    number: str
    revision: int | None
    state: str


class VisasPage(ListPage[queries.Visas, Line]):
    """The cursor begins at the most urgent one, whose letter is ready at the side."""

    TITLE: ClassVar[str] = mark("Visas")
    COLUMNS: tuple[Column[Line], ...] = (
        Column.name(lambda row: row.name, mark("Name"), 20),
        Column.number(lambda row: row.days_left, mark("Days left"), 6),
        Column.date(lambda row: row.hand_in_by, mark("Hand in by"), 10),
        Column.text(lambda row: row.need, mark("Visa"), 12, private=True),
        Column.code(lambda row: row.number, mark("Letter"), 13, sparse=True),
        Column.number(lambda row: row.revision, mark("Revision"), 4, sparse=True),
        Column.state(lambda row: row.state, mark("State"), 15, "application", sparse=True),
        Column.code(lambda row: row.nationality, mark("Nationality"), 5, private=True, sparse=True),
    )

    def __init__(self, host: PlaceHost) -> None:
        super().__init__(host)
        self.add_button("visa_mail", _("Letter by mail"), self.mail, "mail")
        self.add_button("visa_refused", _("Visa refused…"), self.refuse, "circle-x")
        self.add_button("visa_granted", _("Visa granted"), self.grant, "circle-check")
        self.add_button("visa_rules", _("Who needs a visa…"), self.open_rules, "settings")
        self.table.current_changed.connect(self._reached)

    def query(self, gathering_id: int, session: DbSession) -> queries.Visas:
        """Everybody, by days left, and the lines of the table for the country."""
        return queries.visas(gathering_id, session)

    def show_found(self, found: queries.Visas) -> Mapping[int, Line]:
        """Numbers in words; a line for each."""
        if isinstance(self.panel, panels.RulesPanel):
            self.panel.show_rules(found.country, found.rules)
        self.summary.setText(summary(found.rows))
        return {row.id: _line(row) for row in found.rows}

    def open_line(self, key: int) -> None:
        """Show the letter of a participant, filled with what is known."""
        query = partial(letter_draft, participation_id=key)
        self.desk.tasks.read(self, query, partial(self._open, key))

    def refuse(self) -> None:
        """Note that a consulate refused."""
        row = self._chosen()
        if row is not None and row.application_id is not None:
            form_panel = panels.refusal_panel(self.desk, row.application_id, row.name)
            form_panel.created.connect(partial(self._refused, row.name))
            self.show_panel(form_panel)
        elif row is not None:
            self.say(_("{name} has no application here; take them out of the gathering instead.")
                     .format(name=isolate(row.name)))  # fmt: skip

    def grant(self) -> None:
        """Note that the visa is there."""
        row = self._chosen()
        if row is None or row.application_id is None:
            return
        if row.state == ApplicationState.VISA_PENDING:
            title = _("Visa granted to {name}").format(name=isolate(row.name))
            work = partial(move_application, application_id=row.application_id, step="granted")
            self.desk.tasks.change(self, title, work)

    def mail(self) -> None:
        """Put the newest letter into the outbox, as a draft with the PDF."""
        row = self._chosen()
        if row is not None:
            query = partial(newest_letter, participation_id=row.id)
            self.desk.tasks.read(self, query, partial(self._typeset, row))

    def _typeset(self, row: VisaRow, ready: ReadyLetter) -> None:
        then = partial(self._enclose, row, ready.id)
        self.desk.tasks.work(self, partial(write_letter, ready.text), then)

    def _enclose(self, row: VisaRow, letter_id: int, pdf: bytes) -> None:
        title = _("Prepare the mail with the letter of {name}").format(name=isolate(row.name))
        then = partial(self._prepared, row.name)
        work = partial(mail_letter, letter_id=letter_id, pdf=pdf)
        self.desk.tasks.change(self, title, work, then)

    def _prepared(self, name: str, _mail_id: int) -> None:
        words = _("The letter for {name} is in the outbox as a draft.")
        self.say(words.format(name=isolate(name)))

    def open_rules(self) -> None:
        """Edit the table of who needs a visa."""
        if self.found is not None:
            panel = panels.RulesPanel(self.desk)
            panel.show_rules(self.found.country, self.found.rules)
            self.show_panel(panel)

    def save_letter(self, letter: LetterText, path: Path) -> None:
        """Write a letter into a file."""
        self.desk.tasks.work(self, partial(panels.write, letter, path), self._written)

    def _chosen(self) -> VisaRow | None:
        key = self.table.current_id()
        rows = self.found.rows if self.found else ()
        return next((row for row in rows if row.id == key), None)

    def _reached(self, key: int | None) -> None:
        if key is None or not self.isVisible():
            return
        shown = self.panel if self.host.side is self.panel else None
        if shown is None or isinstance(shown, panels.VisaLetterPanel):
            if shown is not None and shown.key == key:
                return
            self.open_line(key)

    def _open(self, key: int, draft: LetterDraft) -> None:
        if self.table.current_id() != key or not self.isVisible():
            return
        form_panel = panels.VisaLetterPanel(self.desk, key, draft)
        form_panel.wanted.connect(self._ask_file)
        focus = self.table.hasFocus()
        self.show_panel(form_panel)
        if focus:
            self.table.setFocus()

    def _ask_file(self, draft: LetterDraft) -> None:
        self.save_as(_("Save the letter"), draft.file_name, partial(self.issue, draft))

    def issue(self, draft: LetterDraft, path: Path) -> None:
        """Issue a letter into a file: only now it takes its number, which never comes back."""
        title, operation = panels.issuing(draft)
        then = partial(self._issued, draft, path)
        self.desk.tasks.change(self, title, operation, then, final=True)

    def _issued(self, draft: LetterDraft, path: Path, letter: LetterText) -> None:
        self.close_panel()
        # another desk may have taken the number that was offered as the name of the file
        taken = path.name == draft.file_name != letter.file_name
        self.save_letter(letter, path.with_name(letter.file_name) if taken else path)

    def _written(self, path: Path) -> None:
        self.say(_("The letter is in {file}").format(file=ltr(path.name)))

    def _refused(self, name: str, following: str | None) -> None:
        words = (
            _("The place of {name} is free. Next on the waiting list: {next}.")
            if following
            else _("The place of {name} is free. Nobody is on the waiting list.")
        )
        self.say(words.format(name=isolate(name), next=isolate(following or "")))


def summary(rows: Sequence[VisaRow]) -> str:
    """How many need a visa, how many have a letter, how many are late."""
    number = formats.number
    needed = [row for row in rows if row.need is Need.YES]
    late = sum(map(_is_late, needed))
    said = [
        plural("{count} needs a visa", "{count} need a visa", len(needed)).format(
            count=number(len(needed))
        ),
        _("{count} have a letter").format(count=number(sum(bool(r.number) for r in needed))),
        _("{count} not known").format(count=number(sum(row.need is Need.UNKNOWN for row in rows))),
    ]
    if late:
        said.append(_("{count} too late for the consulate").format(count=number(late)))
    return " · ".join(said)


def _is_late(row: VisaRow) -> bool:
    return (row.days_left or 0) < 0 and row.state != ApplicationState.COMPLETED


def _line(row: VisaRow) -> Line:
    need = _(NEEDS[row.need])
    if row.contradicts:
        need = _("{need} (the table says otherwise)").format(need=need)
    return Line(
        name=row.name,
        nationality=row.nationality,
        need=need,
        hand_in_by=row.hand_in_by,
        days_left=row.days_left,
        number=row.number,
        revision=row.revision,
        state=str(row.state),
    )
