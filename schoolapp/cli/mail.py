"""The command that delivers what waits in the outbox."""

import argparse
import sys
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from schoolapp.base import settings
from schoolapp.base.language import _, mark, plural
from schoolapp.base.settings import Settings
from schoolapp.cli import database
from schoolapp.cli.files import Commands, named_path
from schoolapp.cli.mailbox import password_of
from schoolapp.domain.rules import RuleBroken

if TYPE_CHECKING:
    from schoolapp.exchange.mail.message import Sender
    from schoolapp.exchange.mail.smtp import Account
    from schoolapp.operations.mail import Progress
    from schoolapp.storage.store import DbSession, Store

SCHEMES = {"smtp": ("plain", 25), "smtp+starttls": ("starttls", 587), "smtps": ("tls", 465)}


def add_commands(commands: Commands) -> None:
    """Add ``send``."""
    sent = commands.add_parser("send", help="deliver what was approved in the outbox")
    sent.add_argument(
        "--to-myself", metavar="ADDRESS", help="a dry run: copies to one address, nothing else"
    )
    sent.add_argument(
        "--approve-all", action="store_true", help="approve all drafts that have an address first"
    )
    sent.add_argument(
        "--server",
        metavar="URL",
        help="smtps://user@host:465, smtp+starttls://user@host:587 or smtp://localhost;"
        " default: the settings",
    )
    sent.add_argument(
        "--sender",
        metavar="ADDRESS",
        help="another sender, not for invitations; default: the mailbox of the centre",
    )
    sent.add_argument(
        "--password-file",
        type=named_path,
        metavar="FILE",
        help="default: the keyring, else it is asked",
    )
    database.add_options(sent)
    sent.set_defaults(run=send)


def send(options: argparse.Namespace) -> int:
    """Deliver what was approved or is due again, or copies of it to oneself."""
    from schoolapp.exchange.mail.smtp import SmtpConnection
    from schoolapp.operations import mail

    kept = Settings(settings.usual_path())
    account = _account(options, kept)
    how = mail.Round(sender=_sender(options), per_minute=kept.get(settings.MAIL_PER_MINUTE))
    with (
        database.opened(options) as store,
        SmtpConnection(account, _password(options, account)) as connection,
    ):
        drafts_too = bool(options.approve_all or options.to_myself)
        approved = store.read(partial(_approved, drafts_too))
        _refuse_stuck(store, approved, how.sender)
        if options.to_myself:
            done = mail.send_copies(store, connection, how, ids=approved, address=options.to_myself)
        else:
            connection.ready()  # first of all: without a connection nothing changes
            title = plural("Send {number} letter", "Send {number} letters", len(approved))
            store.change(
                title.format(number=len(approved)),
                partial(mail.queue, ids=approved, held=False),
            )
            done = mail.deliver(store, connection, how)
        _report(store, done)
    return 1 if done.trouble else 0


def _approved(drafts_too: bool, session: "DbSession") -> list[int]:
    from schoolapp.domain.mail import MailState
    from schoolapp.operations.mail import OutboxView, mail_ids

    states = (MailState.APPROVED, MailState.DRAFT) if drafts_too else (MailState.APPROVED,)
    return mail_ids(session, OutboxView(states=states))


def _refuse_stuck(store: "Store", ids: list[int], sender: "Sender | None") -> None:
    """``RuleBroken`` before anything is queued, if one of these letters may not leave."""
    from schoolapp.operations import mail

    for sentence in store.read(partial(mail.stuck, ids=ids, asked=sender)).values():
        raise RuleBroken(sentence)


def _account(options: argparse.Namespace, kept: Settings) -> "Account":
    from schoolapp.exchange.mail.smtp import Account

    if options.server is None:
        return Account(
            server=kept.get(settings.MAIL_SERVER),
            port=kept.get(settings.MAIL_PORT),
            security=kept.get(settings.MAIL_SECURITY),
            user=kept.get(settings.MAIL_USER),
        )
    try:
        url = urlsplit(options.server)
        security, port = SCHEMES[url.scheme]
        if not url.hostname or url.password is not None:  # others can see a password there
            raise ValueError
        user = unquote(url.username or "")
        return Account(server=url.hostname, port=url.port or port, security=security, user=user)
    except (KeyError, ValueError):
        raise RuleBroken(
            mark("Write the server as smtps://user@host:465, without a password in it.")
        ) from None


def _sender(options: argparse.Namespace) -> "Sender | None":
    from schoolapp.exchange.mail.message import Sender

    return Sender(address=options.sender) if options.sender else None


def _password(options: argparse.Namespace, account: "Account") -> str:
    if options.password_file is None and not account.user:
        return ""
    return password_of(options.password_file, account)


def _report(store: "Store", done: "Progress") -> None:
    """Print the numbers, then each mail that needs attention, with its reason."""
    from schoolapp.domain.mail import MailState
    from schoolapp.operations.mail import OutboxView, mail_counts, mail_ids, mail_rows

    print(
        _(
            "Sent: {taken}. Tried again later: {later}. Refused: {refused}. Unsure: {unsure}."
        ).format(taken=done.taken, later=done.later, refused=done.refused, unsure=done.unsure)
    )
    view = OutboxView(states=(MailState.UNSURE, MailState.FAILED))
    rows = store.read(lambda session: mail_rows(session, mail_ids(session, view)))
    for row in rows.values():
        state = row.state.value
        print(
            _("{state}: {address}: {reason}").format(
                state=state, address=row.address, reason=row.reason
            )
        )
    drafts = store.read(lambda s: mail_counts(s, OutboxView())).get(MailState.DRAFT, 0)
    if drafts:
        print(
            plural(
                "{number} draft is not approved and stays.",
                "{number} drafts are not approved and stay.",
                drafts,
            ).format(number=drafts)
        )
    if done.trouble:
        print(done.trouble, file=sys.stderr)
