"""Signed texts: anyone with the public key can check them, and nobody can change them."""

import pytest

from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.papers.signatures import checked, checked_by_any, new_key, signed


def test_a_signed_text_is_checked_with_the_public_key() -> None:
    """The text comes back, whatever its line ends; any of several keys is enough."""
    private, public = new_key()
    text = signed("one\ntwo ✓", private)
    assert checked(text.replace("\n", "\r\n") + "\n", public) == "one\ntwo ✓"
    assert checked_by_any(text, [new_key()[1], public]) == "one\ntwo ✓"
    assert signed("one\ntwo ✓", private) == text


def test_what_was_changed_is_refused() -> None:
    """A changed letter, an invalid signature, another key; an invalid key has its own sentence."""
    private, public = new_key()
    text = signed("one", private)
    for wrong, key in (
        (text.replace("one", "two"), public),
        ("one\nnot base64!", public),
        ("one\nAAAA", public),
        ("", public),
        (text, new_key()[1]),
    ):
        with pytest.raises(RuleBroken, match="not genuine"):
            checked(wrong, key)
    for none in ("short", "AAAA", "not base64!"):
        with pytest.raises(RuleBroken, match="no public key"):
            checked(text, none)
    with pytest.raises(RuleBroken, match="no public key"):
        checked_by_any(text, [])
