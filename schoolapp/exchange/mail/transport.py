"""What handing a mail over can come to, and what a way to hand mails over must offer."""

import enum
from dataclasses import dataclass
from typing import Protocol

from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.mail.message import Message, as_bytes, need_sender, routable


class Verdict(enum.StrEnum):
    """What became of a mail; ``UNSURE`` if the connection broke while the server took it."""

    TAKEN = "taken"
    LATER = "later"
    REFUSED = "refused"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict, and why in a sentence; ``connection_lost`` if the next mail needs another."""

    verdict: Verdict
    reason: str = ""
    connection_lost: bool = False


@dataclass(frozen=True, slots=True)
class Envelope:
    """What travels: from which address to which, and the bytes of the mail."""

    sender: str
    address: str
    data: bytes


def enveloped(message: Message) -> Envelope:
    """A mail ready to travel; ``RuleBroken`` if an address is not valid, or it may not leave."""
    need_sender(message.sender.address, message.address)
    sender, address = routable(message.sender.address), routable(message.address)
    return Envelope(sender, address, as_bytes(message))


class Unreachable(RuleBroken):
    """No mail can be handed over now: the server is away, or refuses the login."""


class Transport(Protocol):
    """A way to hand mails over, one after another."""

    def ready(self) -> None:
        """Connect; ``Unreachable`` if that fails."""

    def send(self, envelope: Envelope) -> Answer:
        """Hand a mail over; whatever the connection does is an answer, never an exception."""
