"""What the programme asks of the mailbox that takes answers; all of it runs beside the window."""

from collections.abc import Callable
from typing import Any

from schoolapp.exchange.mail.mailbox import Mailbox
from schoolapp.operations.invitations import Fetched


def password_of(box: Mailbox) -> tuple[str | None, bool]:
    """The password that the keyring keeps, and whether there is a keyring."""
    from schoolapp.exchange.mail.passwords import can_keep, kept_password

    return kept_password(box), can_keep()


def fetch(
    box: Mailbox,
    password: str,
    keep: bool,
    asked_to_stop: Callable[[], bool],
    store: Any,
    tell: Callable[[Any], object],
    closing: Callable[[], bool],
) -> Fetched:
    """Read what came in; the password is kept only after the server has accepted it."""
    from schoolapp.exchange.mail.imap import ImapFolder
    from schoolapp.operations.invitations import Fetching, fetch_replies

    how = Fetching(apply=True, told=tell, stopped=lambda: asked_to_stop() or closing())
    with ImapFolder(box, password) as folder:
        folder.validity()
        if keep:
            from schoolapp.exchange.mail.passwords import keep_password

            keep_password(box, password)
        return fetch_replies(store, folder, how)
