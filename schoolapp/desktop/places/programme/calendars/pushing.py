"""Compares and pushes the programme, outside the threads of the window and the database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from schoolapp.exchange.caldav import CalendarServer, Login, Outcome, Plan, Step
from schoolapp.exchange.mail.passwords import keep_password
from schoolapp.operations.calendars import pushing
from schoolapp.storage.store import Store


@dataclass(frozen=True, slots=True)
class Push:
    """Which programme goes where: the calendar with its password, the gathering, the language."""

    login: Login
    password: str
    gathering_id: int
    language: str


def compare(
    to: Push,
    keep: bool,
    store: Store,
    report: Callable[[Outcome], object],
    closing: Callable[[], bool],
) -> Plan:
    """What a push would do; the password is kept only after the server has accepted it."""
    with CalendarServer(to.login, to.password) as server:
        plan = pushing.compare(
            store, server, to.login, gathering_id=to.gathering_id, language=to.language
        )
    if keep:
        keep_password(to.login, to.password)
    return plan


def push(
    to: Push,
    steps: Sequence[Step],
    asked_to_stop: Callable[[], bool],
    store: Store,
    report: Callable[[Outcome], object],
    closing: Callable[[], bool],
) -> Outcome:
    """Carry out what was compared, until it is done or asked to stop."""
    with CalendarServer(to.login, to.password) as server:
        return pushing.push(
            store,
            server,
            to.login,
            steps,
            gathering_id=to.gathering_id,
            language=to.language,
            report=report,
            stopped=lambda: asked_to_stop() or closing(),
        )
