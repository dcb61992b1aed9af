"""In which languages a session can be followed: what somebody speaks, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolapp.domain.spoken import Spoken, spoken_in

TAGS = st.sampled_from(["en", "fr", "es", "-", ""])


@pytest.mark.parametrize(
    ("floor", "covered", "groups", "spoken"),
    [
        ("en", (), (), Spoken(("en",))),
        ("en", ("fr", "es", "fr"), (), Spoken(("en",), ("fr", "es"))),
        ("en", ("en", "-"), (), Spoken(("en",))),
        ("-", (), (), Spoken()),
        ("-", ("fr",), (), Spoken((), ("fr",))),
        ("en", ("es",), ("en", "fr"), Spoken(("en", "fr"), ("es",))),
        ("en", (), (None, None), Spoken(("en",))),  # groups of delegations have no language
    ],
)
def test_what_is_heard(
    floor: str, covered: tuple[str, ...], groups: tuple[str | None, ...], spoken: Spoken
) -> None:
    """The floor, or each group's own language; interpreted is what somebody interprets into."""
    assert spoken_in(floor, covered, groups) == spoken


@given(TAGS, st.lists(TAGS), st.lists(TAGS))
def test_no_language_is_stated_that_nobody_speaks(
    floor: str, covered: list[str], groups: list[str]
) -> None:
    """Each language once, none that is no language, none without a speaker or an interpreter."""
    spoken = spoken_in(floor, covered, groups)
    assert len(set(spoken.all)) == len(spoken.all)
    assert not {"-", ""} & {*spoken.all}
    assert {*spoken.interpreted} <= {*covered}
    assert {*spoken.floor} <= {floor, *groups}
