"""Codes of badges: random, without a name or a number, the same on every keyboard."""

import secrets

LETTERS = "BCDFGHJKRSTV"
"""Consonants that lie on the same keys of QWERTY, QWERTZ and AZERTY: a scanner types like a
keyboard, and the layout of the desk decides what arrives. Without vowels no code makes a word, and
none of them is a key that marks somebody on the roll."""
LENGTH = 12
"""Letters of a code: 43 bits, so that nobody guesses the badge of somebody else."""


def new_code() -> str:
    """A code that nobody has had."""
    return "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))


def read_code(typed: str) -> str | None:
    """The code that a scanner typed, whatever Caps Lock says; None for anything else."""
    code = "".join(typed.split()).upper()
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else None
