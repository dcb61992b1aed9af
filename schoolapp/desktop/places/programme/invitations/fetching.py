"""Fetches answers from a mailbox, outside the threads of the window and the database."""

from collections.abc import Callable
from dataclasses import dataclass

from schoolapp.exchange.mail.imap import ImapFolder
from schoolapp.exchange.mail.mailbox import Mailbox
from schoolapp.exchange.mail.passwords import keep_password
from schoolapp.operations.invitations import Fetched, Fetching, fetch_replies
from schoolapp.storage.store import Store


@dataclass(frozen=True, slots=True)
class Opening:
    """A mailbox with its password, which is kept only after the server has accepted it."""

    box: Mailbox
    password: str
    keep: bool


def fetch(
    opening: Opening,
    asked_to_stop: Callable[[], bool],
    store: Store,
    report: Callable[[Fetched], object],
    closing: Callable[[], bool],
) -> Fetched:
    """Read what came in, until all is read or it is asked to stop."""
    how = Fetching(apply=True, report=report, stopped=lambda: asked_to_stop() or closing())
    with ImapFolder(opening.box, opening.password) as folder:
        folder.validity()
        if opening.keep:
            keep_password(opening.box, opening.password)
        return fetch_replies(store, folder, how)
