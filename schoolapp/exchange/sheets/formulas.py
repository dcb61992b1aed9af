"""The formula rule: a text that a spreadsheet would run is written so that it stays a text."""

import re

# Spaces that spreadsheets skip before a formula: all of Unicode's but tab, CR and LF, which are
# dangerous themselves, and the two that have no width.
_SKIPPED = r"""['"\x20\x1c-\x1f\x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]"""
_STARTS = r"[=+\-@|%\t\r\n\uff1d\uff0b\uff0d\uff20]"
_DANGEROUS = re.compile(_SKIPPED + "*" + _STARTS)
_NEUTRAL = re.compile("'" + _SKIPPED + "*" + _STARTS)


def runs(text: str) -> bool:
    """Whether a spreadsheet might run the text, or a mark before it might be mistaken for ours."""
    return _DANGEROUS.match(text) is not None


def neutral(text: str) -> str:
    """The text with ``'`` in front if a spreadsheet that opens a csv file might run it."""
    return "'" + text if runs(text) else text


def original(text: str) -> str:
    """The text that ``neutral`` was given: its exact inverse, for reading a csv file again.

    An apostrophe that no formula follows (``'t Hooft``) is part of the name and stays.
    """
    return text[1:] if _NEUTRAL.match(text) else text
