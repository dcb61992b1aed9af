"""The walk over all entities and columns: each has a form that sets it, or is named here."""

from tests.paths import ROOT
from tests.ways_in import columns, recorded

WITHOUT = {
    "invite.beyond_stay": "a package says that somebody was invited although they stay elsewhere",
    "person.erased_at": "erasing sets it, and leaves nothing in the journal that this test reads",
    "subsidy_payment.rate_base": "a package may count for one euro; the window counts for one unit"
    " of the grant",
    "subsidy_payment.state": "a package may know of money on its way; here a payment was made",
}
"""Columns that no field sets, each with its reason."""
MOST = 10
"""How long that list may be."""


def test_every_column_has_a_way_in() -> None:
    """A window sets it, as the journal of the test that is named shows, or it is on the list."""
    shown = frozenset[str]().union(*recorded().values())
    assert shown | WITHOUT.keys() == columns()
    assert not shown & WITHOUT.keys()
    assert len(WITHOUT) <= MOST


def test_what_shows_a_way_in_is_a_test_of_the_window() -> None:
    """Each name of the record is a test that exists, of a place or of a whole story."""
    for name in recorded():
        file, _sep, test = name.partition("::")
        assert file.startswith(("tests/desktop/places/", "tests/stories/"))
        assert f"def {test.partition('[')[0]}(" in (ROOT / file).read_text("utf-8")
