"""Passphrases: what is strong enough, what is made up, how long a wrong one must wait."""

import pytest

from schoolapp.domain import passphrases


@pytest.mark.parametrize(
    "weak",
    [
        "",
        "password",
        "Amsterdam2027!",
        "correct horse battery staple",
        "horse horse horse horse horse horse",
        "123456789012345678901234567890",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "1 2 3 1 2 3 1 2 3",
    ],
)
def test_what_people_guess_is_too_weak(weak: str) -> None:
    """Four words, one word with a year, repetitions: below five random words."""
    assert list(passphrases.check_passphrase(weak, weak)) == ["passphrase"]


@pytest.mark.parametrize(
    "strong",
    ["correct horse battery staple kiwi", "q7$Kx9!mZ2&vT4*w", "کتاب درخت پانی سورج ہوا"],
)
def test_five_words_or_random_signs_are_enough(strong: str) -> None:
    """In any script."""
    assert passphrases.check_passphrase(strong, strong) == {}


def test_both_must_be_the_same() -> None:
    """A typing error would lock everybody out."""
    good = passphrases.suggestion()
    assert list(passphrases.check_passphrase(good, good + "x")) == ["again"]


def test_a_made_up_passphrase_is_strong_and_new_each_time() -> None:
    """Five words; never the same again."""
    made = {passphrases.suggestion() for _n in range(50)}
    assert len(made) == 50
    assert all(len(one.split()) == 5 for one in made)
    strong = [one for one in made if passphrases.bits(one) >= passphrases.ENOUGH]
    assert len(strong) >= 49  # two equal words in one are possible, once in ten thousand


def test_after_five_wrong_tries_each_one_waits_longer() -> None:
    """None, then 2, 4, 8 seconds, never more than a minute."""
    waits = [passphrases.pause_after(tries) for tries in range(1, 13)]
    assert waits == [0, 0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60]
