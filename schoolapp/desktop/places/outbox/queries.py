"""What the outbox asks of the store and of the mail server; all of it runs beside the window."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from schoolapp.base import settings
from schoolapp.base.language import _, isolate
from schoolapp.base.settings import Settings
from schoolapp.desktop.places.outbox import words
from schoolapp.desktop.tables import View
from schoolapp.domain.mail import MailState
from schoolapp.exchange.mail.message import Sender, as_bytes
from schoolapp.exchange.mail.preview import MailSeen, seen
from schoolapp.exchange.mail.smtp import Account
from schoolapp.operations import mail
from schoolapp.operations.mail import OutboxView, Outgoing, Progress, Round


@dataclass(frozen=True, slots=True)
class ListRow:
    """A mail in the table; the words are made in the worker."""

    id: int
    name: str
    address: str
    subject: str
    occasion: str
    language: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What the outbox stands at: occasions there are, letters told to go, when the next is due."""

    occasions: tuple[str, ...]
    queued: int
    next_due: Any


@dataclass(frozen=True, slots=True)
class Ready:
    """What is known before sending: the mails, their numbers, the password if one is kept."""

    ids: tuple[int, ...]
    numbers: Outgoing


@dataclass(frozen=True, slots=True)
class Post:
    """How mail leaves this desk; without a server it leaves as files only."""

    account: Account
    sender: Sender | None
    per_minute: int


def post_of(kept: Settings) -> Post:
    """How mail leaves, by the settings."""
    address, name = kept.get(settings.MAIL_ADDRESS), kept.get(settings.MAIL_NAME)
    account = Account(
        server=kept.get(settings.MAIL_SERVER),
        port=kept.get(settings.MAIL_PORT),
        security=kept.get(settings.MAIL_SECURITY),
        user=kept.get(settings.MAIL_USER),
    )
    sender = Sender(address=address, name=name) if address else None
    return Post(account, sender, kept.get(settings.MAIL_PER_MINUTE))


def ids(session: Any, view: View) -> list[int]:
    """The mails a view asks for."""
    return mail.mail_ids(session, _view(view))


def counts(session: Any, view: View) -> Mapping[str, int]:
    """How many mails are in each state."""
    return mail.mail_counts(session, replace(_view(view), states=()))


def rows(session: Any, keys: Sequence[int]) -> Mapping[int, ListRow]:
    """The rows of these mails in words."""
    return {
        key: ListRow(
            id=key,
            name=isolate(row.name) if row.name else "",
            address=row.address or _("No address"),
            subject=isolate(row.subject),
            occasion=words.occasion(row.occasion),
            language=row.language,
            state=row.state.value,
            reason=isolate(row.reason) if row.reason else "",
        )
        for key, row in mail.mail_rows(session, keys).items()
    }


def standing(gathering_id: int | None, session: Any) -> Standing:
    """What the outbox stands at."""
    queued = mail.mail_counts(session, OutboxView()).get(MailState.QUEUED, 0)
    found = mail.occasions(session, gathering_id=gathering_id)
    return Standing(found, queued, mail.next_due(session))


def ready(view: View, chosen: tuple[int, ...], session: Any) -> Ready:
    """What would go: the chosen mails, or all that are shown and have not been told to."""
    keys = list(chosen) or mail.mail_ids(
        session, replace(_view(view), states=(MailState.DRAFT, MailState.APPROVED))
    )
    return Ready(tuple(keys), mail.outgoing(session, ids=keys))


def preview(post: Post, mail_id: int, session: Any) -> MailSeen:
    """A mail as its recipient sees it."""
    message = mail.message_of(session, mail_id=mail_id, sender=_sender(post, mail_id, session))
    if message.address:
        return seen(as_bytes(message))
    nobody = replace(message, address="nobody@schoolapp.invalid")
    return replace(seen(as_bytes(nobody)), address=_("No address"))


def files(post: Post, keys: Sequence[int], session: Any) -> list[tuple[str, bytes]]:
    """Names and bytes of drafts for a mail program, of those mails that have an address."""
    return mail.draft_files(session, ids=keys, sender=post.sender)


def write(folder: Path, made: Sequence[tuple[str, bytes]]) -> list[Path]:
    """Write files into a folder; answers where they are."""
    from schoolapp.exchange.files import safe_write

    for name, data in made:
        safe_write(folder / name, data)
    return [folder / name for name, _data in made]


def password_of(account: Account) -> tuple[str | None, bool]:
    """The password that the keyring keeps, and whether there is a keyring."""
    if not account.user:
        return "", False
    from schoolapp.exchange.mail.passwords import can_keep, kept_password

    return kept_password(account), can_keep()


def send(
    post: Post,
    password: str,
    keep: bool,
    copies: tuple[Sequence[int], str] | None,
    store: Any,
    told: Callable[[Progress], object],
    stopped: Callable[[], bool],
    wait: Callable[[float], object],
) -> Progress:
    """A round over one line: what is due, or ``copies`` of mails to an address.

    The password is kept only after the server has accepted it.
    """
    from schoolapp.exchange.mail.smtp import SmtpLine

    how = Round(
        sender=post.sender, per_minute=post.per_minute, wait=wait, stopped=stopped, told=told
    )
    with SmtpLine(post.account, password) as line:
        if keep:
            from schoolapp.exchange.mail.passwords import keep_password

            line.ready()
            keep_password(post.account, password)
        if copies is not None:
            keys, address = copies
            return mail.send_copies(store, line, how, ids=keys, address=address)
        return mail.deliver(store, line, how)


def _sender(post: Post, mail_id: int, session: Any) -> Sender:
    return post.sender or mail.sender_of(session, mail_id=mail_id)


def _view(view: View) -> OutboxView:
    state = view.filters.get("state")
    return OutboxView(
        gathering_id=view.gathering,
        search=view.search,
        states=(MailState(state),) if state else (),
        occasion=view.filters.get("occasion") or "",
        sort=view.sort,
        descending=view.descending,
    )
