"""How strong a passphrase is, and making one up."""

import math
import re
import secrets

from schoolapp.base.language import mark

ENOUGH = 60.0  # bits; five words of a diceware list have 64.6
WORD_BITS = 12.9  # one word of a list of 7,776
NUMBER_BITS = 10.0  # a year or a date at most
_PIECES = re.compile(r"[^\W\d_]+|\d+|[\W_]")
_CONSONANTS, _VOWELS = "bdfghjklmnprstvz", "aeiou"
FREE_TRIES = 5


def bits(passphrase: str) -> float:
    """How many bits an attacker who knows how people choose must guess.

    A run of letters counts as a word of a list, a run of digits as a date, a repeated piece once.
    """
    pieces = {piece.casefold() for piece in _PIECES.findall(passphrase) if piece.strip()}
    return sum(_worth(piece) for piece in pieces)


def check_passphrase(passphrase: str, again: str) -> dict[str, str]:
    """What is wrong with a new passphrase: field to a sentence marked for translation."""
    wrong = {}
    if bits(passphrase) < ENOUGH:
        wrong["passphrase"] = mark(
            "Too easy to guess. Choose five words that have nothing to do with each other."
        )
    if passphrase != again:
        wrong["again"] = mark("The two are not the same. Type it once more.")
    return wrong


def suggestion() -> str:
    """Five made-up words that can be spoken; each is one of 102,400."""
    return " ".join(_word() for _n in range(5))


def pause_after(wrong_tries: int) -> int:
    """Seconds to wait before the next try: none for the first five, then 2, 4, 8 to 60."""
    beyond = wrong_tries - FREE_TRIES
    return 0 if beyond < 0 else min(60, 2 ** (beyond + 1))


def _worth(piece: str) -> float:
    if piece.isdigit():
        return min(NUMBER_BITS, len(piece) * math.log2(10))
    if piece.isalpha():
        return min(WORD_BITS, len(piece) * math.log2(26))
    return math.log2(33)


def _word() -> str:
    letters = (_CONSONANTS, _VOWELS, _CONSONANTS, _VOWELS, _CONSONANTS)
    return "".join(secrets.choice(some) for some in letters)
