"""What an e-mail cell or a phone cell holds: addresses that can be written to, or a doubt."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

INVALID = "email_invalid"
MULTIPLE = "email_multiple"
SUSPECT = "email_suspect_domain"
CASE = "email_case"
TRIMMED = "email_trimmed"
PHONE_NUMBER = "phone_as_number"
PHONE_SCIENTIFIC = "phone_scientific"
PHONE_UNCLEAR = "phone_unclear"

_PROVIDERS = (
    "gmail", "googlemail", "hotmail", "outlook", "yahoo", "icloud", "protonmail", "yandex",
    "rocketmail", "fastmail", "riseup",
)  # fmt: skip
_GENUINE = frozenset(
    {"mail", "email", "ymail", "zmail", "hmail", "tmail", "proton", "gmx", *_PROVIDERS}
)
_MISTYPED_ENDINGS = {"con": "com", "cmo": "com", "vom": "com", "ocm": "com", "comm": "com",
                     "ogr": "org", "rog": "org", "nte": "net"}  # fmt: skip
_CUT_ENDINGS = frozenset({"co", "cm", "om"})
_PARTING = re.compile(r"[;,/|\s]+")
_NAMED = re.compile(r"[^<>]*<\s*([^<>\s]+@[^<>\s]+)\s*>")
_AT = re.compile(r"\s*(?:\(at\)|\[at\]|\{at\}|\s+at\s+|\s+arroba\s+|\s*＠\s*)\s*", re.IGNORECASE)
_DOT = re.compile(r"\s*(?:\(dot\)|\[dot\]|\s+dot\s+|\s+punto\s+)\s*", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"\d[.,]?\d*[eE]\+?\d{1,2}")
_FLOAT = re.compile(r"(\+?\d{5,15})\.0+")  # a number that passed through a program with decimals
_BARE = re.compile(r"[1-9]\d{5,13}")
_LEAST = 3  # digits of a phone number, such as an emergency number or an extension
_INTERNATIONAL = 11  # digits that only a number with the code of a country has


@dataclass(frozen=True, slots=True)
class EmailReading:
    """The first address and the others; ``None`` with a suggestion where it is in doubt."""

    email: str | None
    others: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class PhoneReading:
    """A number to call; ``None`` where a spreadsheet has spoilt it."""

    phone: str | None
    marks: frozenset[str] = frozenset()
    suggestion: str | None = None


def read_email(raw: str) -> EmailReading:
    """The address or addresses of a cell, in lower case.

    Capitals and ends are corrected and marked. A cell without a valid address, or with a domain one
    slip away from a well-known one, yields none, only a suggestion.
    """
    text = raw.strip(" \t\r\n\u00a0\u200b\ufeff\u2060")
    marks = {TRIMMED} if text != raw else set()
    text = text.removeprefix("mailto:").removeprefix("MAILTO:")
    if "@" in text and (bare := text.strip(".,;:'\"")) != text:
        text, marks = bare, marks | {TRIMMED}
    if named := _NAMED.fullmatch(text):
        text = named[1]
    pieces = [piece for piece in _PARTING.split(text) if "@" in piece]
    if len(pieces) > 1:
        return _several(pieces, marks)
    if text != text.lower():
        marks.add(CASE)
    text = text.lower()
    if (address := lawful(text)) is None:
        return EmailReading(None, (), frozenset(marks | {INVALID}), _mended(text))
    if better := better_domain(address):
        return EmailReading(None, (), frozenset(marks | {SUSPECT}), better)
    return EmailReading(address, (), frozenset(marks))


def lawful(text: str) -> str | None:
    """The address in its normal form, or ``None``; the network is not used."""
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def better_domain(address: str) -> str | None:
    """The address that was probably intended, if its domain is one slip from a well-known one."""
    local, domain = address.rsplit("@", 1)
    label, dot, ending = domain.partition(".")
    intended = label if label in _GENUINE else _near(label)
    last = ending.rsplit(".", 1)[-1]
    if last in _MISTYPED_ENDINGS:
        ending = ending[: len(ending) - len(last)] + _MISTYPED_ENDINGS[last]
    elif ending in _CUT_ENDINGS and intended in _PROVIDERS:
        ending = "com"
    better = f"{local}@{intended}{dot}{ending}"
    return better if better != address else None


def read_phone(text: str, *, number: bool, zeros: frozenset[int] = frozenset()) -> PhoneReading:
    """The number as it was typed; ``number`` says that the cell held a number, not a text.

    A number has lost its plus or its leading zero, one in scientific notation its last digits.
    ``zeros`` are the lengths of the numbers of the column that begin with a zero: one that is a
    digit shorter has lost it.
    """
    if _SCIENTIFIC.fullmatch(text):
        return PhoneReading(None, frozenset({PHONE_SCIENTIFIC}))
    digits = sum(c.isdecimal() for c in text)
    if digits < _LEAST or "@" in text or sum(map(str.isalpha, text)) > 2 * digits:
        return PhoneReading(None, frozenset({PHONE_UNCLEAR}))
    whole = found[1] if (found := _FLOAT.fullmatch(text)) else text
    if whole.startswith("+"):
        return PhoneReading(whole)
    lost = _BARE.fullmatch(whole) is not None and len(whole) + 1 in zeros
    if number or found or lost:
        return PhoneReading(None, frozenset({PHONE_NUMBER}), _completed(whole, lost))
    return PhoneReading(text)


def leading_zeros(texts: Iterable[str]) -> frozenset[int]:
    """The lengths of the numbers that begin with one zero, if a column is written so."""
    typed = [text.lstrip("'") for text in texts if not _FLOAT.fullmatch(text)]
    plain = [re.sub(r"[\s./-]", "", text) for text in typed]
    with_zero = [len(text) for text in plain if re.fullmatch(r"0[1-9]\d{5,12}", text)]
    bare = sum(_BARE.fullmatch(text) is not None for text in plain)
    return frozenset(with_zero) if len(with_zero) >= max(bare, 1) else frozenset()


def _completed(digits: str, lost_zero: bool) -> str:
    """The number with the plus or the zero that it has probably lost."""
    return f"0{digits}" if lost_zero or len(digits) < _INTERNATIONAL - 1 else f"+{digits}"


def phone_key(text: str) -> str:
    """The last nine digits: alike for ``+31 6…``, ``0031 6…`` and ``06…``."""
    return "".join(c for c in text if c.isdecimal())[-9:]


def _several(pieces: list[str], marks: set[str]) -> EmailReading:
    readings = [read_email(piece) for piece in pieces]
    for reading in readings:
        marks |= reading.marks
    found = [r.email for r in readings if r.email]
    marks.add(MULTIPLE)
    if not readings[0].email:  # which of them comes first is not for us to decide
        return EmailReading(None, tuple(found), frozenset(marks), found[0] if found else None)
    return EmailReading(found[0], tuple(found[1:]), frozenset(marks))


def _mended(text: str) -> str | None:
    """The nearest valid address: ``(at)`` and commas corrected."""
    better = _DOT.sub(".", _AT.sub("@", text)).replace(",", ".").replace(" ", "")
    return lawful(better)


def _near(label: str) -> str:
    from rapidfuzz.distance import OSA

    if len(label) >= 4:
        for provider in _PROVIDERS:
            if len(provider) > 4 and OSA.distance(label, provider, score_cutoff=1) == 1:
                return provider
    return label
