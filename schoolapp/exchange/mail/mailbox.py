"""Where answers come in, and how a folder there is named on the wire (RFC 3501)."""

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from urllib.parse import quote

from schoolapp.base import settings
from schoolapp.base.language import mark
from schoolapp.base.settings import Settings
from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.mail.smtp import HERE, PLAIN, TLS

INBOX = "INBOX"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """A folder on an IMAP server, and the user who reads it.

    ``security`` is ``tls``, ``starttls``, or ``plain`` for a server on this machine alone.
    """

    server: str
    user: str
    port: int = 993
    security: str = TLS
    folder: str = INBOX

    @property
    def keyring_name(self) -> str:
        """The name under which a keyring keeps the password."""
        return f"schoolapp answers {self.server}:{self.port}"

    def name_of(self, validity: int, uid: int) -> str:
        """The address of one mail (RFC 5092), without the user who reads it: reports show it."""
        folder = quote(self.folder, safe="")
        return f"imap://{self.server}/{folder};UIDVALIDITY={validity}/;UID={uid}"

    def check(self) -> None:
        """``RuleBroken`` for what can never work, before any connection is opened."""
        if not self.server:
            raise RuleBroken(
                mark(
                    "No mailbox for answers is set up. Enter it in the settings, under"
                    " Incoming answers."
                )
            )
        if not self.user:
            raise RuleBroken(mark("A mailbox is read by somebody: enter the user in the settings."))
        if self.security == PLAIN and self.server not in HERE:
            raise RuleBroken(
                mark("Without encryption mail is read on this machine only. Choose TLS.")
            )


def mailbox_of(kept: Settings) -> Mailbox:
    """The mailbox of the settings."""
    return Mailbox(
        server=kept.get(settings.ANSWERS_SERVER),
        port=kept.get(settings.ANSWERS_PORT),
        security=kept.get(settings.ANSWERS_SECURITY),
        user=kept.get(settings.ANSWERS_USER),
        folder=kept.get(settings.ANSWERS_FOLDER) or INBOX,
    )


def wire_name(folder: str) -> str:
    """The name of a folder, quoted, in the modified UTF-7 of RFC 3501, 5.1.3."""
    made = []
    for plain, other in re.findall(r"([\x20-\x7e]+)|([^\x20-\x7e]+)", folder):
        if plain:
            made.append(plain.replace("&", "&-"))
        else:
            packed = b64encode(other.encode("utf-16-be", "replace")).decode().rstrip("=")
            made.append(f"&{packed.replace('/', ',')}-")
    return quoted("".join(made))


def folder_name(wire: str) -> str:
    """The opposite of ``wire_name``, without the quotes; any other text stays as it is."""
    return re.sub(r"&([A-Za-z0-9+,]*)-", _unpacked, wire)


def quoted(text: str) -> str:
    """A string between quotes (RFC 3501, 9: quoted)."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _unpacked(found: re.Match[str]) -> str:
    packed = found[1].replace(",", "/")
    if not packed:
        return "&"
    try:
        return b64decode(packed + "=" * (-len(packed) % 4)).decode("utf-16-be")
    except ValueError:
        return found[0]
