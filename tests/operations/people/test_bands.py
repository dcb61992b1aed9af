"""A fee band for many people at once."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from schoolapp.domain.money import Money
from schoolapp.domain.participation import Participation
from schoolapp.operations.people.prices import BandDraft, give_band
from schoolapp.storage.store import DbSession, Store
from tests import builders as b

Counting = Callable[[Store], AbstractContextManager[list[str]]]


def test_forty_people_take_the_statements_of_ten(
    file_store: Store, count_statements: Counting
) -> None:
    """Reading does not grow with the people; each fee follows the band."""

    def build(session: DbSession) -> tuple[int, tuple[int, ...]]:
        at = b.gathering(session, modules=2, prices=(("B", Money.of("400", "EUR")),))
        people = [b.person(session, name=f"Person {n}") for n in range(50)]
        return at.id, tuple(b.participation(session, who, at).person_id for who in people)

    at, keys = file_store.change("Build", build).value
    read = []
    for some in (keys[:10], keys[10:]):
        draft = BandDraft(people=some, gathering_id=at, band="B")
        with count_statements(file_store) as sent:
            done = file_store.change("Band", lambda s, draft=draft: give_band(s, draft))
        assert done.value == len(some)
        read.append(sum(one.startswith("SELECT") for one in sent))
    assert read[0] == read[1]
    fees = file_store.read(lambda s: {str(one.fee) for one in s.query(Participation)})
    assert fees == {"400.00 EUR"}
