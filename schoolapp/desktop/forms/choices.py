"""What can be chosen in a field: values with their words."""

from collections.abc import Sequence
from typing import TypeVar

from schoolapp.base.language import _

V = TypeVar("V")
Choices = Sequence[tuple[V, str]]


def in_words(choices: Choices[V]) -> Choices[V]:
    """Choices whose words are marked, with those of the language in use.

    Names out of the data are never put through this: a room called "Library" stays that.
    """
    return [(value, _(words) if words else "") for value, words in choices]
