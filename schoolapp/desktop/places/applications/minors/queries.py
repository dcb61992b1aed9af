"""What the page of minors asks for in several reads at once; runs in the database worker."""

from dataclasses import dataclass

from schoolapp.operations.minors import PapersDraft, adults_of, papers_draft
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class MinorPapers:
    """The papers of a minor as a form edits them; ``adults`` may answer for the minor."""

    draft: PapersDraft
    adults: tuple[tuple[int, str], ...]


def papers_of(participation_id: int, gathering_id: int, session: DbSession) -> MinorPapers:
    """What the form of a minor shows and offers."""
    draft = papers_draft(session, participation_id=participation_id)
    return MinorPapers(draft, adults_of(session, gathering_id=gathering_id))
