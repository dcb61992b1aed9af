"""The page of answers to invitations: reads files, and lists what did not match."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl

from schoolapp.base.language import _, isolate, mark, plural
from schoolapp.desktop.bridge.desk import Desk
from schoolapp.desktop.kit.pages.leaving import back_button
from schoolapp.desktop.look.widgets import button
from schoolapp.desktop.places.programme.page import Page
from schoolapp.desktop.tables import Column
from schoolapp.domain.invitations import LARGEST_REPLY_FILE, REPLY_SUFFIXES
from schoolapp.exchange.calendars.reply_mails import read_replies
from schoolapp.operations.invitations import (
    HeldRow,
    Incoming,
    Outcome,
    decide_held,
    held_replies,
    take_replies,
)
from schoolapp.storage.store import DbSession

ANSWERS = {
    "ACCEPTED": mark("Accepted"),
    "TENTATIVE": mark("Perhaps"),
    "DECLINED": mark("Declined"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An answer that waits, as the page shows it."""

    who: str
    what: str
    answer: str
    why: str
    held: HeldRow


COLUMNS: tuple[Column[Line], ...] = (
    Column.name(lambda row: row.who, mark("Who"), 22),
    Column.text(lambda row: row.what, mark("About"), 24),
    Column.text(lambda row: row.answer, mark("Answer"), 10),
    Column.text(lambda row: row.why, mark("Why it was not applied"), 44),
)


class AnswersPage(Page[Line]):
    """Every answer that was not applied, with the reason; a person applies it or puts it aside."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, COLUMNS, _("Answers to check"))
        self._lines: dict[int, Line] = {}
        self._said = ""
        self.back_button = back_button(desk.look, self.close_page)
        self.aside_button = button(desk.look, _("Put aside"), self.put_aside)
        self.apply_button = button(desk.look, _("Apply"), self.apply, "check", primary=True)
        self.lay_out(
            _("The answer in full"), self.back_button, self.aside_button, self.apply_button
        )
        self.table.current_changed.connect(self._show)
        desk.tasks.changed.connect(self._news)

    def open(self) -> None:
        """Show what waits."""
        self.title.setText(_("Answers to check"))
        self._said = ""
        self.refresh()
        self.focus()

    def refresh(self) -> None:
        """Ask again what waits."""
        self.desk.tasks.read(self, held_replies, self._came)

    def read_files(self, paths: Sequence[str]) -> None:
        """Read answers from files and apply those that are in order, as one step."""
        self.open()
        self.summary.setText(_("The answers are being read…"))
        self.desk.tasks.work(self, partial(_read, tuple(map(Path, paths))), self._read_came)

    def apply(self) -> None:
        """Apply the answer under the cursor."""
        self._decide(_("Apply the answer of {who}"), apply=True)

    def put_aside(self) -> None:
        """Take the answer under the cursor off the list."""
        self._decide(_("Put the answer of {who} aside"), apply=False)

    def _news(self, tables: frozenset[str], initiator: object) -> None:
        """Answers came in from elsewhere, such as the mailbox."""
        if "held_reply" in tables and initiator is not self and self.isVisible():
            self.refresh()

    def _decide(self, title: str, *, apply: bool) -> None:
        key = self.table.current_id()
        line = None if key is None else self._lines.get(key)
        if line is None or (apply and not line.held.can_apply):
            return
        held = line.held
        work = partial(decide_held, held_id=held.id, version=held.version, apply=apply)
        self.desk.tasks.change(self, title.format(who=line.who), work, self._decided)

    def _decided(self, done: None) -> None:
        self._said = ""
        self.refresh()

    def _read_came(self, incoming: Sequence[Incoming]) -> None:
        work = partial(_take, incoming=incoming)
        self.desk.tasks.change(self, _("Read answers to invitations"), work, self._taken)

    def _taken(self, said: str) -> None:
        self._said = said
        self.refresh()

    def _came(self, rows: Sequence[HeldRow]) -> None:
        self._lines = {row.id: _line(row) for row in rows}
        waiting = plural("{number} answer is waiting.", "{number} answers are waiting.", len(rows))
        if not rows:
            waiting = _("There are no answers to check.")
        self.summary.setText(
            " ".join(part for part in (self._said, waiting.format(number=len(rows))) if part)
        )
        self.fill(self._lines)
        self._show(self.table.current_id())

    def _show(self, key: int | None) -> None:
        line = None if key is None else self._lines.get(key)
        self.aside_button.setEnabled(line is not None)
        self.apply_button.setEnabled(line is not None and line.held.can_apply)
        if line is None:
            self.text.clear()
            return
        said = (line.who, line.what, line.answer, line.why, line.held.comment, line.held.file)
        self.text.setPlainText("\n\n".join(part for part in said if part))


def files_of(urls: Sequence[QUrl]) -> list[str]:
    """The files among what was dropped that may hold answers."""
    paths = [url.toLocalFile() for url in urls if url.isLocalFile()]
    return [path for path in paths if path.lower().endswith(REPLY_SUFFIXES)]


def _line(row: HeldRow) -> Line:
    answer = ANSWERS.get(row.participation)
    words = _(answer) if answer else row.participation
    return Line(isolate(row.who), isolate(row.what), words, row.why, row)


def _read(paths: Sequence[Path]) -> list[Incoming]:
    incoming = []
    for path in paths:
        with path.open("rb") as file:
            data = file.read(LARGEST_REPLY_FILE)
        incoming += [Incoming(path.name, reply) for reply in read_replies(data, path.name)]
    return incoming


def _take(session: DbSession, *, incoming: Sequence[Incoming]) -> str:
    count = Counter(one.outcome for one in take_replies(session, incoming=incoming))
    return _("{applied} applied, {held} to check, {others} without an answer.").format(
        applied=count[Outcome.APPLIED],
        held=count[Outcome.HELD],
        others=count[Outcome.IGNORED] + count[Outcome.REFUSED],
    )
