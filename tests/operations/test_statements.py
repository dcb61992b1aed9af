"""How often a list or a report asks the database: over a slow connection each one is a wait."""

from sqlalchemy import select

from schoolapp.domain.gatherings import Gathering
from schoolapp.storage.store import Store
from tools.bench.database import count_statements, reads


def test_lists_and_reports_take_three_statements(practice_store: Store) -> None:
    """Keys and rows together, at most three, and as many for a camp as for a small school."""
    keys = practice_store.read(lambda s: s.execute(select(Gathering.id)).scalars().all())
    assert len(keys) == 4
    for key in keys:
        sent = {name: count_statements(practice_store, read) for name, read in reads(key).items()}
        assert {name: number for name, number in sent.items() if number > 3} == {}
