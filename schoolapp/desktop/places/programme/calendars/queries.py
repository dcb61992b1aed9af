"""What the programme asks of a calendar server; all of it runs beside the window."""

from collections.abc import Callable, Sequence
from typing import Any

from schoolapp.exchange.caldav import (
    CalendarServer,
    FoundCalendar,
    Login,
    Outcome,
    Plan,
    Step,
    find_calendars,
)
from schoolapp.operations.calendars import pushing

Tell = Callable[[Any], object]


def last_target(gathering_id: int, session: Any) -> pushing.Target:
    """The calendar that was used last, and the language."""
    return pushing.last_target(session, gathering_id=gathering_id)


def find(login: Login, password: str) -> tuple[FoundCalendar, ...]:
    """The calendars of the user on the server that is typed."""
    return find_calendars(login, password)


def password_of(login: Login) -> tuple[str | None, bool]:
    """The password that the keyring keeps, and whether there is a keyring."""
    from schoolapp.exchange.mail.passwords import can_keep, kept_password

    return kept_password(login) if login.user else None, can_keep()


def compare(
    login: Login,
    password: str,
    keep: bool,
    gathering_id: int,
    language: str,
    store: Any,
    tell: Tell,
    closing: Callable[[], bool],
) -> Plan:
    """What a push would do; the password is kept only after the server has accepted it."""
    with CalendarServer(login, password) as line:
        plan = pushing.compare(store, line, login, gathering_id=gathering_id, language=language)
    if keep:
        from schoolapp.exchange.mail.passwords import keep_password

        keep_password(login, password)
    return plan


def push(
    login: Login,
    password: str,
    steps: Sequence[Step],
    gathering_id: int,
    language: str,
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
            language=language,
            told=tell,
            stopped=lambda: asked_to_stop() or closing(),
        )
