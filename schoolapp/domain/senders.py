"""Senders: the one mailbox that letters come from, and addresses that are only examples."""

import re
from typing import NamedTuple

from schoolapp.base.language import mark

RESERVED = frozenset({"example", "invalid", "test", "localhost"})
"""Names at the end of an address that belong to nobody (RFC 2606, 2; RFC 6761, 6)."""
RESERVED_DOMAINS = frozenset({"example.com", "example.net", "example.org"})
"""The same, and all names under them (RFC 2606, 3; RFC 6761, 6.5)."""
_ADDRESS = re.compile(r"[^\s@,;:<>()\[\]\\\"]+@[^\s@,;:<>()\[\]\\\"]+")


class Mailbox(NamedTuple):
    """Name and address that a letter comes from; both empty where none was entered yet."""

    name: str
    address: str


def is_reserved(address: str) -> bool:
    """Whether an address only stands in examples: no mail ever reaches it.

    >>> is_reserved("ana@example.org"), is_reserved("ana@iire.example"), is_reserved("a@iire.org")
    (True, True, False)
    """
    domain = address.rpartition("@")[2].strip().rstrip(".").casefold()
    parts = domain.split(".")
    return parts[-1] in RESERVED or ".".join(parts[-2:]) in RESERVED_DOMAINS


def may_write(sender: str, recipient: str) -> bool:
    """Whether a letter may go from one address to another.

    An answer to a letter from an address of examples would be lost, so it goes to none but
    addresses of examples: that is how the practice schools write to their people. What is no
    address at all is refused for that reason.
    """
    nowhere = is_reserved(recipient) or wrong_mailbox(recipient) is not None
    return bool(sender) and (nowhere or not is_reserved(sender))


def wrong_mailbox(address: str) -> str | None:
    """The sentence that says why no letter can come from this address; None if it can."""
    if not _ADDRESS.fullmatch(address.strip()):
        return mark("This is not a valid address. Write it like school@institute.org.")
    return None


def wrong_sender(address: str) -> str | None:
    """The same for letters to real people, whose answers have to arrive."""
    if not (wrong := wrong_mailbox(address)) and is_reserved(address):
        return mark(
            "This address is only an example: answers would be lost. Write the"
            " address of a mailbox that somebody reads."
        )
    return wrong


def domain_of(address: str) -> str:
    """The part after the @ in ASCII, as a Message-ID ends with it (RFC 5322, 3.6.4)."""
    domain = address.rpartition("@")[2].strip().rstrip(".").casefold()
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain.encode("ascii", "ignore").decode("ascii")
