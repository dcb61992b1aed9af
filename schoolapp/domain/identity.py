"""Whether two descriptions are of one person: what of them agrees, and what contradicts.

Somebody described in a sheet is compared with somebody who is known, or was described before:

    Ana María Pérez, 1990-05-17      Perez Ana Maria, 17/05/1990    the name, and the birth date
    Ana Khan, ana@example.org        Aisha Khan, aisha@...          nothing: one common word is none
    Ana Khan, 1990-05-17             Ana Khan, 1999-09-29           a name, and a contradiction
    Ana Pérez                        Ana Pérez Gil                  names that are alike

No agreement of its own says that the two are one: that is for those who compare.
"""

import datetime as dt
import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace

from schoolapp.domain.births import span
from schoolapp.domain.reading_cells.addresses import phone_key
from schoolapp.domain.reading_cells.names import script_of
from schoolapp.domain.text import fold, words_of

_SIMILAR = 80.0  # of 100, for the whole names
_PHONE = 7  # digits that make a phone number one person's


class Names(enum.StrEnum):
    """How two people's names compare."""

    SAME = "same"
    LIKE = "like"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Described:
    """A person as a row or the database describes them.

    ``names`` are keys as ``name_key`` gives them, of every spelling; ``addresses`` mailboxes and
    the ends of phone numbers. ``born_words`` is the cell as it was written: equal words agree
    where nobody can read them.
    """

    names: frozenset[str] = frozenset()
    born: dt.date | None = None
    born_partly: str | None = None
    born_words: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()

    def joined(self, other: "Described") -> "Described":
        """The same person with what another description adds."""
        return replace(
            self,
            names=self.names | other.names,
            born_words=self.born_words | other.born_words,
            addresses=self.addresses | other.addresses,
        )


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two descriptions have in common; ``None`` where one of them does not say it.

    ``slip`` says that the birth dates differ, but only as a slip of the pen does: in one of day,
    month and year, or with day and month exchanged.
    """

    name: Names
    born: bool | None
    address: bool | None
    slip: bool = False

    @property
    def contradicts(self) -> bool:
        """Whether a full name or a birth date speaks against one person."""
        return self.born is False or self.name is Names.OTHER

    @property
    def is_sure(self) -> bool:
        """Whether it is one person for sure: the whole name, and the birth date or an address."""
        agreed = self.born is True or self.address is True
        return self.name is Names.SAME and self.born is not False and agreed


def name_key(text: str) -> str:
    """A name as names are compared: folded words in the order of the alphabet."""
    return " ".join(sorted(words_of(text)))


def names_of(*texts: str | None) -> frozenset[str]:
    """The keys of all spellings of a name."""
    return frozenset(filter(None, (name_key(text) for text in texts if text)))


def addresses_of(emails: Iterable[str | None], phones: Iterable[str | None]) -> frozenset[str]:
    """Mailboxes and phone numbers, ready to be compared."""
    boxes = {fold(email) for email in emails if email and "@" in email}
    keys = {phone_key(phone) for phone in phones if phone}
    return frozenset(boxes | {key for key in keys if len(key) >= _PHONE})


def agreement(one: Described, other: Described) -> Agreement:
    """What two descriptions have in common."""
    born = _born(one, other)
    address = None
    if one.addresses and other.addresses:
        address = bool(one.addresses & other.addresses)
    slip = born is False and _is_slip(one.born, other.born)
    return Agreement(compare_names(one.names, other.names), born, address, slip)


def compare_names(one: frozenset[str], other: frozenset[str]) -> Names:
    """How two people's names compare, each given by the keys of its spellings."""
    if not one or not other:
        return Names.UNKNOWN
    if one & other:
        return Names.SAME
    pairs = [(a, b) for a in one for b in other if script_of(a) == script_of(b)]
    if not pairs:
        return Names.UNKNOWN
    return Names.LIKE if any(_are_alike(a, b) for a, b in pairs) else Names.OTHER


def _are_alike(one: str, other: str) -> bool:
    """Whether one name may be another spelling of the other, or the other with more of it."""
    from rapidfuzz import fuzz

    short, long = sorted((one.split(), other.split()), key=len)
    contained = len(short) > 1 and set(short) <= set(long)
    joined = sorted(one.replace(" ", "")) == sorted(other.replace(" ", ""))  # De La Cruz, Delacruz
    return contained or joined or fuzz.ratio(one, other) >= _SIMILAR


def _born(one: Described, other: Described) -> bool | None:
    if one.born_words & other.born_words:
        return True
    first, second = span(one.born, one.born_partly), span(other.born, other.born_partly)
    if first is None or second is None:
        return None
    if one.born is not None and other.born is not None:
        return one.born == other.born
    apart = first[1] < second[0] or second[1] < first[0]
    return False if apart else None  # the year alone agrees with too many


def _is_slip(one: dt.date | None, other: dt.date | None) -> bool:
    if one is None or other is None:
        return False
    turned = one.year == other.year and (one.day, one.month) == (other.month, other.day)
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return turned or sum(a == b for a, b in pairs) > 1
