"""Which mailbox the command line reads answers from, and with which password."""

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from schoolapp.base.language import _, mark
from schoolapp.base.settings import Settings
from schoolapp.domain.rules import RuleBroken

if TYPE_CHECKING:
    from schoolapp.exchange.mail.mailbox import Mailbox
    from schoolapp.exchange.mail.passwords import Login

SCHEMES = {"imap": ("plain", 143), "imap+starttls": ("starttls", 143), "imaps": ("tls", 993)}


def mailbox_named(url: str, kept: Settings) -> "Mailbox":
    """The mailbox of a URL, or without one that of the settings."""
    from schoolapp.exchange.mail.mailbox import INBOX, Mailbox, mailbox_of

    if not url:
        return mailbox_of(kept)
    try:
        parts = urlsplit(url)
        security, port = SCHEMES[parts.scheme]
        if not parts.hostname or parts.password is not None:  # others can see a password there
            raise ValueError
        return Mailbox(
            server=parts.hostname,
            port=parts.port or port,
            security=security,
            user=unquote(parts.username or ""),
            folder=unquote(parts.path.strip("/")) or INBOX,
        )
    except (KeyError, ValueError):
        raise RuleBroken(
            mark("Write the mailbox as imaps://user@host:993/INBOX, without a password in it.")
        ) from None


def password_of(file: Path | None, login: "Login") -> str:
    """The password of a server: from the file, from the keyring, or asked for."""
    from schoolapp.exchange.mail.passwords import kept_password

    if file is not None:
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    held = kept_password(login)
    if held is None and not sys.stdin.isatty():
        raise RuleBroken(mark("The mail server wants a password. Name a file: --password-file."))
    return held if held is not None else getpass.getpass(_("Password of the mail server: "))
