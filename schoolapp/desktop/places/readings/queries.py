"""What the readings ask of the store and do to it; most of it runs in the database worker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from schoolapp.base.language import _, isolate
from schoolapp.desktop.look import formats
from schoolapp.desktop.places.readings.words import RIGHTS
from schoolapp.desktop.tables import View
from schoolapp.domain.readings import EditionDraft, ReadingState, Rights, check_edition
from schoolapp.exchange.reading_list.values import ReadingList
from schoolapp.operations import programme, readings
from schoolapp.operations.programme import SessionView
from schoolapp.operations.readings import EditionView, GapRow


@dataclass(frozen=True, slots=True)
class ListRow:
    """An edition in the table; the words are made in the worker."""

    id: int
    author: str
    title: str
    year: int | None
    lang: str
    also_in: str
    rights: str
    state: str
    sessions: int


@dataclass(frozen=True, slots=True)
class Listing:
    """Into which session's list an edition goes."""

    session_id: int | None = None
    required: bool = True
    pages: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What the filters offer: sessions with their gaps, and languages."""

    sessions: tuple[tuple[int, str], ...]
    gaps: tuple[GapRow, ...]
    languages: tuple[str, ...]


def ids(session: Any, view: View) -> list[int]:
    """The editions a view asks for."""
    chosen = view.filters
    lang, rights, state = chosen.get("lang"), chosen.get("rights"), chosen.get("state")
    listed = chosen.get("session")
    return readings.edition_ids(
        session,
        EditionView(
            gathering_id=view.gathering,
            search=view.search,
            languages=(lang,) if lang else (),
            rights=(Rights(rights),) if rights else (),
            states=(ReadingState(state),) if state else (),
            assigned_only=listed == -1,
            session_id=listed if listed and listed > 0 else None,
            sort=view.sort or "author",
            descending=view.descending,
        ),
    )


def gaps(gathering_id: int | None, session: Any) -> Found:
    """What the filters offer in a gathering."""
    languages = readings.languages(session)
    if gathering_id is None:
        return Found((), (), languages)
    keys = programme.session_ids(session, SessionView(gathering_id=gathering_id))
    rows = programme.session_rows(session, keys)
    return Found(
        tuple((key, rows[key].title) for key in keys),
        readings.gaps(session, gathering_id=gathering_id),
        languages,
    )


def draft(edition_id: int, session: Any) -> EditionDraft:
    """An edition as the form edits it."""
    return readings.draft_of(session, edition_id)


def check(draft: EditionDraft) -> dict[str, str]:
    """What is wrong with an edition."""
    return {name: _(words) for name, words in check_edition(draft).items()}


def check_listing(draft: Listing) -> dict[str, str]:
    """What is wrong with an entry of a list."""
    return {"session_id": _("Choose the session.")} if draft.session_id is None else {}


def saving(draft: EditionDraft) -> tuple[str, Any]:
    """The change that saves an edition."""
    return _("Change {title}").format(title=draft.title), partial(_save, draft)


def creating(draft: EditionDraft) -> tuple[str, Any]:
    """The change that adds an edition."""
    return _("Add {title}").format(title=draft.title), partial(_create, draft)


def _save(draft: EditionDraft, session: Any) -> EditionDraft:
    return readings.draft_of(session, readings.save_edition(session, draft))


def _create(draft: EditionDraft, session: Any) -> int:
    return readings.save_edition(session, draft)


def assign(edition_id: int, draft: Listing, session: Any) -> int:
    """Put an edition on a list."""
    assert draft.session_id is not None
    return readings.assign(
        session,
        session_id=draft.session_id,
        edition_id=edition_id,
        required=draft.required,
        pages=draft.pages,
    )


def unassign(session_id: int, edition_id: int, session: Any) -> None:
    """Take an edition off a list."""
    readings.unassign(session, session_id=session_id, edition_id=edition_id)


def remove(edition_id: int, session: Any) -> None:
    """Remove an edition."""
    version = readings.edition_rows(session, [edition_id])[edition_id].version
    readings.remove_edition(session, edition_id=edition_id, version=version)


def step(step: str, edition_id: int, session: Any) -> ReadingState:
    """Take a step of an edition."""
    return readings.take_step(session, edition_id=edition_id, step=step)


def reading_list(gathering_id: int, session: Any) -> ReadingList:
    """The list as it is exported."""
    return readings.reading_list(session, gathering_id=gathering_id)


def write(path: Path, made: ReadingList) -> None:
    """Write the list to a file; its ending says how."""
    from schoolapp.exchange import reading_list as formats
    from schoolapp.exchange.files import safe_write

    make = {".pdf": formats.write_pdf, ".bib": formats.write_bib}.get(
        path.suffix, formats.write_html
    )
    safe_write(path, make(made))


def rows(gathering: int | None, session: Any, ids: Sequence[int]) -> Mapping[int, ListRow]:
    """The rows of these editions in words; sessions are counted in one gathering or in all."""
    words = dict(RIGHTS)
    return {
        key: ListRow(
            id=key,
            author=row.author,
            title=isolate(row.title),
            year=row.year,
            lang=row.lang,
            also_in=formats.language_names(row.also_in),
            rights=_(words[row.rights]),
            state=row.state.value,
            sessions=row.sessions,
        )
        for key, row in readings.edition_rows(session, ids, gathering_id=gathering).items()
    }
