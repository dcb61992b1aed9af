"""What the page of visas asks for in several reads at once; runs in the database worker."""

from dataclasses import dataclass

from schoolapp.operations.visas import RuleDraft, VisaRow, rules_at, visa_rows
from schoolapp.storage.store import DbSession


@dataclass(frozen=True, slots=True)
class Visas:
    """Everybody who takes part, by days left; ``rules`` are the lines about the ``country``."""

    rows: tuple[VisaRow, ...]
    country: str
    rules: tuple[RuleDraft, ...]


def visas(gathering_id: int, session: DbSession) -> Visas:
    """What consulates require of the people of a gathering."""
    rows = visa_rows(session, gathering_id=gathering_id)
    country, rules = rules_at(session, gathering_id=gathering_id)
    return Visas(rows, country, rules)
