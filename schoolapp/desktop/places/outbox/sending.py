"""The way out for letters: numbers first, a hold in which they can be called back, then a round."""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial

from PySide6.QtWidgets import QWidget

from schoolapp.base import settings
from schoolapp.base.language import _
from schoolapp.desktop.kit.sender_panel import AskingSender
from schoolapp.desktop.places.outbox import queries, words
from schoolapp.desktop.places.outbox.courier import Courier
from schoolapp.desktop.places.outbox.host import OutboxHost
from schoolapp.desktop.places.outbox.panels import SendPanel
from schoolapp.desktop.places.outbox.post import Copies, password_of, post_of
from schoolapp.desktop.places.outbox.queries import Ready, Standing
from schoolapp.desktop.places.outbox.strip import Strip
from schoolapp.exchange.mail.passwords import Known
from schoolapp.operations import mail
from schoolapp.operations.mail import Progress


class Sending:
    """Asks, holds and sends; the strip shows the progress. ``widget`` is the place."""

    def __init__(self, host: OutboxHost, widget: QWidget) -> None:
        self._host, self._widget, self._desk = host, widget, host.desk
        self._standing = Standing((), 0, None)
        self._found: Ready | None = None  # what the panel asks about
        self._is_dry = False  # copies to oneself, not the letters
        self._password: str | None = None
        self._asking = AskingSender(self._desk, widget, host.show_side)
        self.courier = Courier(self._desk, widget)
        self.strip = Strip(self._desk.look, self.send_held, self.call_back, self.courier.stop)
        self.courier.ticked.connect(self._ticked)
        self.courier.progressed.connect(self._progressed)
        self.courier.ended.connect(self._ended)
        self.courier.failed.connect(self.strip.hide)
        self.courier.woken.connect(self._go_by_itself)

    @cached_property
    def panel(self) -> SendPanel:
        """The numbers before sending."""
        made = SendPanel(self._desk)
        made.agreed.connect(self._agreed)
        made.to_files.connect(partial(self._desk.run, "outbox.save"))
        made.to_myself.connect(self.ask_to_try)
        made.to_settings.connect(partial(self._desk.open_place, "settings"))
        return made

    def ask_to_send(self) -> None:
        """Show the numbers of what would go."""
        self._ask(dry=False)

    def ask_to_try(self) -> None:
        """Offer copies of the chosen mails, or of one of each occasion and language."""
        self._ask(dry=True)

    def send_again(self) -> None:
        """Send the selected mails again."""
        keys = self._host.selected_ids()
        operation = partial(mail.send_again, ids=keys)
        title = words.sending(len(keys))
        self._desk.tasks.change(self._widget, title, operation, self._queued_again)

    def send_held(self) -> None:
        """Let go what waits for the end of its hold, or was left behind."""
        title = _("Send without waiting")
        self._desk.tasks.change(self._widget, title, mail.release, self._released, final=True)

    def call_back(self) -> None:
        """Keep in the outbox all that waits to go."""
        self.courier.call_off()
        title = _("Keep letters in the outbox")
        self._desk.tasks.change(self._widget, title, queries.call_all_back)

    def show_standing(self, found: Standing) -> None:
        """Show in the strip what was left behind, and wake up for what is due later."""
        self._standing = found
        if self.courier.is_running:
            return
        has_server = bool(self._desk.settings.get(settings.MAIL_SERVER))
        self.courier.wake_at(None if found.queued or not has_server else found.next_due)
        if not found.queued:
            self.courier.call_off()
            self.strip.hide()
        elif not self.courier.is_holding:
            self.strip.say(words.left_behind(found.queued), held=True)

    def _ask(self, *, dry: bool) -> None:
        self._is_dry = dry
        query = partial(queries.ready, view=self._host.view, chosen=self._host.chosen_ids())
        self._desk.tasks.read(self._widget, query, self._ready)

    def _ready(self, found: Ready) -> None:
        if found.missing is not None:
            self._asking.ask(found.missing, self._ask_again)
            return
        account = post_of(self._desk.settings).account
        own = self._desk.settings.get(settings.MAIL_ADDRESS)
        waiting = 0 if self._is_dry or self.courier.is_holding else self._standing.queued
        self._found, self._password = found, None
        self._host.show_side(self.panel)
        self.panel.ask(
            found,
            server=account.server,
            user=account.user,
            copies_to=own if self._is_dry else None,
            waiting=waiting,
        )
        if account.server and account.user:
            self._ask_keyring(self._password_came)

    def _ask_again(self) -> None:
        self._ask(dry=self._is_dry)

    def _password_came(self, known: Known) -> None:
        self._password = known.password
        self.panel.password_known(known.password is not None, known.can_keep)

    def _agreed(self, typed: str, keep: bool) -> None:
        password = typed or self._password or ""
        self._host.close_side()
        if self._found is None:
            return
        if self._is_dry:
            query = partial(mail.one_of_each, ids=self._found.ids)
            address = self.panel.address.text().strip()
            then = partial(self._copy, address, password, keep)
            self._desk.tasks.read(self._widget, query, then)
            return
        operation = partial(mail.queue, ids=self._found.ids)
        title = words.sending(self._found.numbers.letters)
        then_hold = partial(self._queued, password, keep)
        self._desk.tasks.change(self._widget, title, operation, then_hold)

    def _copy(self, address: str, password: str, keep: bool, keys: list[int]) -> None:
        self.courier.copy(Copies(keys, address), password, keep)

    def _queued(self, password: str, keep: bool, number: int) -> None:
        self._standing = replace(self._standing, queued=number, next_due=None)
        self.courier.hold(password, keep)

    def _queued_again(self, number: int) -> None:
        self._standing = replace(self._standing, queued=number, next_due=None)
        if number:
            self._ask_keyring(self._hold)

    def _released(self, number: int) -> None:
        if self.courier.is_holding:
            self.courier.go()
        else:
            self._ask_keyring(self._go)

    def _ask_keyring(self, then: Callable[[Known], object]) -> None:
        work = partial(password_of, post_of(self._desk.settings).account)
        self._desk.tasks.work(self._widget, work, then)

    def _hold(self, known: Known) -> None:
        if known.password is None:
            self.ask_to_send()
        else:
            self.courier.hold(known.password, False)

    def _go(self, known: Known) -> None:
        if known.password is None:
            self.ask_to_send()
        else:
            self.courier.go(known.password)

    def _go_by_itself(self) -> None:
        self._ask_keyring(self._go_if_known)

    def _go_if_known(self, known: Known) -> None:
        if known.password is not None:
            self.courier.go(known.password)

    def _ticked(self, seconds: int) -> None:
        self.strip.say(words.leaving(self._standing.queued, seconds), held=True)

    def _progressed(self, progress: Progress) -> None:
        self.strip.say(words.under_way(progress), held=False)

    def _ended(self, progress: Progress) -> None:
        self.strip.hide()
        self._desk.say(words.outcome(progress))
