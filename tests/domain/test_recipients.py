"""The language in which somebody is written to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolapp.base.language import LANGUAGES, RECIPIENT_LANGUAGES
from schoolapp.domain.recipients import (
    READS_FROM,
    gathering_language,
    group_of,
    nearest_language,
    ours,
    recipient_language,
)

TAGS = st.sampled_from([*RECIPIENT_LANGUAGES, "ur-PK", "pt-BR", "tl", "da", "EN_gb", "", "x"])
KNOWN = st.lists(st.tuples(TAGS, st.sampled_from([*sorted(READS_FROM), "A1", "A2", ""])))


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("ur", "ur"), ("ur-PK", "ur"), ("UR_pk", "ur"), ("tl", "fil"), ("tl-PH", "fil"),
     ("la-VA", None), ("da", None), ("", None), (None, None)],
)  # fmt: skip
def test_a_regional_tag_is_its_language(tag: str | None, expected: str | None) -> None:
    """ur-PK is Urdu, tl is Filipino; Latin is none of ours, whatever the region."""
    assert ours(tag) == expected
    assert nearest_language(tag) == (expected or "en")


@pytest.mark.parametrize(
    ("mother", "known", "group", "working", "expected"),
    [
        ("ur-PK", [("en", "C1")], "en", ["en"], "ur"),
        ("la-VA", [("la", "native"), ("fr", "B2"), ("en", "C1")], "en", ["en"], "fr"),
        ("la", [("en", "A2"), ("es", "B1")], "en", ["en"], "es"),  # read before known a little
        ("da", [("en", "A2")], "es", ["en"], "es"),  # the group before what is known a little
        ("it", [("it", "native"), ("fr", "A2")], None, ["en", "fr"], "fr"),
        ("la", [("la", "native")], None, ["la", "fr", "en"], "fr"),
        (None, [], None, [], "en"),
    ],
)
def test_the_first_that_we_write_in(
    mother: str | None,
    known: list[tuple[str, str]],
    group: str | None,
    working: list[str],
    expected: str,
) -> None:
    """Mother tongue, what they read, their group, what they know a little, the gathering's."""
    assert expected == recipient_language(
        mother_tongue=mother, known=known, group=group, working=working
    )


@given(TAGS, KNOWN, TAGS, st.lists(TAGS))
def test_there_is_always_a_language_with_words(
    mother: str, known: list[tuple[str, str]], group: str, working: list[str]
) -> None:
    """Nobody gets a letter without words; a group given later changes nothing for readers."""
    found = recipient_language(mother_tongue=mother, known=known, group=group, working=working)
    assert found in RECIPIENT_LANGUAGES
    assert gathering_language(working) in RECIPIENT_LANGUAGES
    before = recipient_language(mother_tongue=mother, known=known, working=working)
    reads = [mother, *(tag for tag, level in known if level in READS_FROM)]
    assert found == before or not any(map(ours, reads))


@pytest.mark.parametrize(
    ("spoken", "working", "expected"),
    [(["ur-PK", "en"], ["en", "ur"], "ur"), (["pt-BR"], ["en", "pt"], "pt"),
     (["pt"], ["pt-BR", "en"], "pt-BR"), (["pt"], ["pt-BR", "pt"], "pt-BR"),
     (["tl"], ["fil"], "fil"), (["da"], ["en"], None),
     ([], ["en"], None), (["fr", "en"], ["en", "fr"], "fr")],
)  # fmt: skip
def test_a_regional_tag_finds_its_group(
    spoken: list[str], working: list[str], expected: str | None
) -> None:
    """The first language spoken that is a working language, whatever region either names."""
    assert group_of(spoken, working) == expected


def test_no_tag_means_two_languages() -> None:
    """Each tag and each other tag of a language belongs to one of them."""
    tags = [tag for one in LANGUAGES for tag in (one.tag, *one.also)]
    assert len(tags) == len(set(tags))
