"""Where a place is on the map: read as people paste it, kept in one way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolapp.domain.reading_cells.coordinates import degrees_of, written, wrong_coordinates
from schoolapp.domain.rules import RuleBroken


@pytest.mark.parametrize(
    "text",
    [
        "52.3676, 4.9041",
        "52.3676;4.9041",
        " 52,3676 4,9041 ",
        "geo:52.3676,4.9041",
        "52.3676°, 4.9041°",
    ],
)
def test_what_maps_copy_is_read(text: str) -> None:
    """Points and commas, spaces and semicolons, the addresses of RFC 5870."""
    assert degrees_of(text) == (52.3676, 4.9041)
    assert written(text) == "52.3676, 4.9041"


@pytest.mark.parametrize("text", ["Amsterdam", "52.3676", "91, 0", "0, 180.5", "1, 2, 3", "١, ٢"])
def test_what_is_no_place_is_refused(text: str) -> None:
    """A sentence shows how it is written."""
    with pytest.raises(RuleBroken, match=r"52\.3676, 4\.9041"):
        degrees_of(text)
    assert set(wrong_coordinates(text)) == {"coordinates"}


def test_nothing_is_nowhere() -> None:
    """An empty field is not a mistake."""
    assert [degrees_of(text) for text in (None, "", "  ")] == [None] * 3
    assert (written(" "), wrong_coordinates(None)) == (None, {})


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_what_is_kept_reads_the_same(latitude: float, longitude: float) -> None:
    """To a tenth of a metre, for every place on earth; minus nothing is nothing."""
    kept = written(f"{latitude:.9f}, {longitude:.9f}")
    assert kept is not None
    assert "-0," not in kept
    assert degrees_of(kept) == pytest.approx((latitude, longitude), abs=1e-6)
    assert written(kept) == kept
