"""What the programme asks of a calendar server; all of it runs beside the window."""

from collections.abc import Callable, Sequence
from typing import Any

from schoolapp.exchange.caldav import CalendarServer, Login, Outcome, Plan, Step
from schoolapp.operations import pushing

Tell = Callable[[Any], object]


def last_login(gathering_id: int, session: Any) -> Login | None:
    """The calendar that was used last."""
    return pushing.last_login(session, gathering_id=gathering_id)


def password_of(login: Login) -> tuple[str | None, bool]:
    """The password that the keyring keeps, and whether there is a keyring."""
    from schoolapp.exchange.mail.passwords import can_keep, kept_password

    return kept_password(login) if login.user else None, can_keep()


def compare(
    login: Login,
    password: str,
    keep: bool,
    gathering_id: int,
    store: Any,
    tell: Tell,
    closing: Callable[[], bool],
) -> Plan:
    """What a push would do; the password is kept only after the server has accepted it."""
    with CalendarServer(login, password) as line:
        plan = pushing.compare(store, line, login, gathering_id=gathering_id)
    if keep:
        from schoolapp.exchange.mail.passwords import keep_password

        keep_password(login, password)
    return plan


def push(
    login: Login,
    password: str,
    steps: Sequence[Step],
    gathering_id: int,
    asked_to_stop: Callable[[], bool],
    store: Any,
    tell: Tell,
    closing: Callable[[], bool],
) -> Outcome:
    """Carry out what was compared, until it is done or one asks to stop."""
    with CalendarServer(login, password) as line:
        return pushing.push(
            store,
            line,
            login,
            steps,
            gathering_id=gathering_id,
            told=tell,
            stopped=lambda: asked_to_stop() or closing(),
        )
