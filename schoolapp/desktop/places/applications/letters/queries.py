"""What the page of letters reads from the store; runs in the database worker."""

from collections.abc import Sequence

from schoolapp.desktop.tables import View
from schoolapp.exchange.papers.letters import PaperLetter
from schoolapp.operations.letters import letter_ids, letter_rows
from schoolapp.storage.store import DbSession


def ids(session: DbSession, view: View) -> Sequence[int]:
    """The letters that wait; none while all gatherings are chosen."""
    return letter_ids(session, gathering_id=view.gathering) if view.gathering is not None else ()


def to_print(ids: Sequence[int], session: DbSession) -> dict[int, PaperLetter]:
    """The letters among these that have no address."""
    found = letter_rows(session, ids)
    return {
        key: PaperLetter(row.name, row.language, row.subject, row.text)
        for key in ids
        if (row := found.get(key)) and not row.address
    }
