"""Codes of badges: random, without a name or a number, the same on every keyboard."""

import secrets

LETTERS = "BCDFGHJKLNPRSTVX"
"""Sixteen consonants that lie on the same keys of QWERTY, QWERTZ and AZERTY: a scanner types like a
keyboard, and the desk's layout decides what arrives. Without vowels no code makes a word."""
LENGTH = 12
"""Letters of a code: 48 bits, so that nobody guesses the badge of somebody else."""


def new_code() -> str:
    """A code that nobody has had."""
    return "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))


def read_code(typed: str) -> str | None:
    """The code that a scanner typed, whatever Caps Lock says; None for anything else."""
    code = "".join(typed.split()).upper()
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else None
