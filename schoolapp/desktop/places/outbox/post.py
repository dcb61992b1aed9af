"""How letters leave this desk: the account of the settings, its password, a round, files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from schoolapp.base import settings
from schoolapp.base.settings import Settings
from schoolapp.exchange.files import safe_write
from schoolapp.exchange.mail.passwords import Known, keep_password, known_password
from schoolapp.exchange.mail.smtp import Account, SmtpConnection
from schoolapp.operations import mail
from schoolapp.operations.mail import Progress, Round
from schoolapp.storage.store import Store


@dataclass(frozen=True, slots=True)
class Post:
    """How mail leaves this desk; without a server it leaves as files only."""

    account: Account
    per_minute: int


class Copies(NamedTuple):
    """A dry run: which letters go as copies, and to which address."""

    ids: Sequence[int]
    address: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """What a round has to know: copies or what is due, and the password for the server.

    The password is kept, if that was asked for, only after the server has accepted it.
    """

    post: Post
    password: str
    keep: bool
    copies: Copies | None = None


def post_of(kept: Settings) -> Post:
    """How mail leaves, by the settings."""
    account = Account(
        server=kept.get(settings.MAIL_SERVER),
        port=kept.get(settings.MAIL_PORT),
        security=kept.get(settings.MAIL_SECURITY),
        user=kept.get(settings.MAIL_USER),
    )
    return Post(account, kept.get(settings.MAIL_PER_MINUTE))


def write(folder: Path, made: Sequence[tuple[str, bytes]]) -> list[Path]:
    """Write files into a folder; answers where they are."""
    for name, data in made:
        safe_write(folder / name, data)
    return [folder / name for name, _data in made]


def password_of(account: Account) -> Known:
    """The password that the keyring keeps; a server without a user needs none."""
    return known_password(account) if account.user else Known("", False)


def send(
    leaving: Leaving,
    store: Store,
    report: Callable[[Progress], object],
    stopped: Callable[[], bool],
    wait: Callable[[float], object],
) -> Progress:
    """A round over one connection: what is due, or copies."""
    post, copies = leaving.post, leaving.copies
    how = Round(per_minute=post.per_minute, wait=wait, stopped=stopped, report=report)
    with SmtpConnection(post.account, leaving.password) as connection:
        if leaving.keep:
            connection.ready()
            keep_password(post.account, leaving.password)
        if copies is not None:
            return mail.send_copies(store, connection, how, ids=copies.ids, address=copies.address)
        return mail.deliver(store, connection, how)
