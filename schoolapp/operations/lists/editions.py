"""A list of texts to read: known by author, title and language."""

from dataclasses import replace

from sqlalchemy import select

from schoolapp.base.language import mark
from schoolapp.domain.gatherings import Gathering
from schoolapp.domain.readings import Edition, EditionDraft, check_edition
from schoolapp.domain.spoken import NO_LANGUAGE
from schoolapp.domain.text import fold
from schoolapp.exchange.lists.values import ListRow
from schoolapp.operations.lists.outcomes import ListOutcome, PlannedLine, Remark, written
from schoolapp.operations.lists.rooms import TWICE
from schoolapp.operations.readings.editing import draft_of, save_edition
from schoolapp.storage.store import DbSession

NO_AUTHOR = mark("The row names no author; the text is kept as anonymous.")
TAKEN_AS = mark("The row names no language: the text is taken as one in {language}.")
_COMPARED = ("year", "topics", "pages", "web_address")
Key = tuple[str, str, str]


class Texts:
    """Editions by author, title and language; what is known is filled and never overwritten."""

    def __init__(self, session: DbSession, gathering_id: int) -> None:
        self._session = session
        known = session.execute(select(Edition.id, Edition.author, Edition.title, Edition.lang))
        self._known: dict[Key, int] = {
            (fold(author), fold(title), lang): key for key, author, title, lang in known
        }
        self._seen: set[Key] = set()
        spoken = session.get_one(Gathering, gathering_id).working_languages
        self._usual = spoken[0] if len(spoken) == 1 else NO_LANGUAGE

    def plan(self, row: ListRow) -> PlannedLine:
        """A text that is not known is new; of a known one what is empty is filled."""
        draft = self._draft(row)
        key = _key(draft)
        if key in self._seen:
            return PlannedLine(row.row, ListOutcome.LEFT_OUT, draft.title, (Remark(TWICE),))
        self._seen.add(key)
        wrong = tuple(Remark(said) for said in check_edition(draft).values())
        if wrong:
            return PlannedLine(row.row, ListOutcome.LEFT_OUT, draft.title, wrong)
        remarks = () if row.text("author") else (Remark(NO_AUTHOR),)
        if not row.tags("language"):
            remarks = (*remarks, Remark(TAKEN_AS, language=draft.lang))
        if draft.id is None:
            return PlannedLine(row.row, ListOutcome.NEW, draft.title, remarks)
        old = draft_of(self._session, draft.id)
        changes = tuple(
            (name, written(getattr(old, name)), written(getattr(draft, name)))
            for name in _COMPARED
            if getattr(old, name) != getattr(draft, name)
        )
        outcome = ListOutcome.CHANGED if changes else ListOutcome.SAME
        return PlannedLine(row.row, outcome, draft.title, remarks, changes)

    def save(self, row: ListRow, line: PlannedLine) -> None:
        """Add or fill the edition."""
        save_edition(self._session, self._draft(row))

    def _language(self, row: ListRow) -> str:
        """That of the only text of this name, else that of the gathering if it has but one."""
        name = (fold(row.text("author") or "Anonymous"), fold(row.text("title")))
        known = [lang for *known, lang in self._known if tuple(known) == name]
        doubtful = any(doubt.field == "language" for doubt in row.doubts)
        return NO_LANGUAGE if doubtful else known[0] if len(known) == 1 else self._usual

    def _draft(self, row: ListRow) -> EditionDraft:
        said = EditionDraft(
            author=row.text("author") or "Anonymous",
            title=row.text("title"),
            year=row.number("year"),
            lang=next(iter(row.tags("language")), "") or self._language(row),
            topics=row.text("topics"),
            pages=row.text("pages") or None,
            web_address=row.text("web_address") or None,
        )
        known = self._known.get(_key(said))
        if known is None:
            return said
        old = draft_of(self._session, known)
        return replace(
            old,
            year=old.year or said.year,
            topics=old.topics or said.topics,
            pages=old.pages or said.pages,
            web_address=old.web_address or said.web_address,
        )


def _key(draft: EditionDraft) -> Key:
    return fold(draft.author), fold(draft.title), draft.lang
