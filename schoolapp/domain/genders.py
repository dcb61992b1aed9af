"""Genders: what people say of theirs, in a word of ours or of their own, and how it is counted.

It is asked and never guessed: neither a name nor the pronouns stand for it (E23). Whoever leaves it
open is counted as "not said".
"""

from schoolapp.base.language import _, mark

GENDERS = {"woman": mark("Woman"), "man": mark("Man"), "other": mark("Other")}
"""The words that the program knows; anything else is the person's own and stays as it is."""
NOT_SAID = ""
_GROUPS = {"woman": "women", "man": "men"}
_BY_PRONOUNS = {"she": "woman", "he": "man"}


def group_of(gender: str | None) -> str:
    """``women``, ``men``, ``others`` for any other word, or nothing where it was left open."""
    return _GROUPS.get(gender, "others") if gender else NOT_SAID


def in_words(gender: str | None) -> str:
    """A gender in the language in use; a person's own word as it is."""
    return _(GENDERS[gender]) if gender in GENDERS else gender or ""


def all_words() -> list[str]:
    """The words that the program knows, in the language in use."""
    return [_(words) for words in GENDERS.values()]


def from_words(text: str) -> str | None:
    """What somebody typed: one of our words in the language in use, else their own; or nothing."""
    said = text.strip()
    known = {_(words).casefold(): gender for gender, words in GENDERS.items()}
    return known.get(said.casefold(), said) or None


def as_counted_before(pronouns: str | None) -> str | None:
    """The gender that pronouns stood for before it was a field of its own.

    Only for data of that time: packages of the first format.
    """
    return _BY_PRONOUNS.get(pronouns, "other") if pronouns else None
