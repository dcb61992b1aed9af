"""A real mail server for tests, and in front of it a connection that can be cut at any byte."""

import asyncio
import re
import ssl
import threading
from collections import Counter, deque
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

Reply = Callable[[str], str | None]


@dataclass
class MailServer:
    """What the server got: pairs of address and bytes; ``answer`` may
    refuse an address, ``answer_sender`` the sender.

    ``port`` leads to the server, ``cut_port`` to it over a connection: each new connection takes
    the next of ``cuts``, how many bytes pass (``up`` to the server, ``down`` from it) until it
    breaks.
    """

    received: list[tuple[str, bytes]] = field(default_factory=list)
    answer: Reply = lambda address: None
    after_data: Reply = lambda address: None
    answer_sender: Reply = lambda address: None
    cuts: deque[tuple[str, int]] = field(default_factory=deque)
    broken: int = 0
    lines: int = 0
    port: int = 0
    cut_port: int = 0

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Accept or refuse the sender."""
        refusal = self.answer_sender(address)
        if refusal is None:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return refusal or "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Accept or refuse an address."""
        refusal = self.answer(address)
        if refusal is None:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep a mail."""
        (address,) = envelope.rcpt_tos
        assert isinstance(envelope.original_content, bytes)
        if (refusal := self.after_data(address)) is not None:
            return refusal
        self.received.append((address, envelope.original_content))
        return "250 taken"

    def mails(self) -> list[EmailMessage]:
        """The mails as a reader has them."""
        found = [message_from_bytes(data, policy=policy.default) for _to, data in self.received]
        assert all(isinstance(one, EmailMessage) for one in found)
        return found  # type: ignore[return-value]

    def times_received(self) -> Counter[str]:
        """How often each Message-ID came."""
        return Counter(
            found[1].decode()
            for _to, data in self.received
            if (found := re.search(rb"^Message-ID: (\S+)", data, re.M))
        )

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection over the connection that can be cut."""
        self.lines += 1
        way, left = self.cuts.popleft() if self.cuts else ("up", 10**9)
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.port)
        except BaseException:
            writer.transport.abort()
            raise
        limits = {"up": 10**9, "down": 10**9, way: left}

        async def pass_on(source: Any, target: Any, way: str) -> None:
            while data := await source.read(512):
                target.write(data[: limits[way]])
                await target.drain()
                limits[way] -= len(data)
                if limits[way] < 0:
                    self.broken += 1
                    writer.transport.abort()
                    far_writer.transport.abort()
                    return

        both = (pass_on(reader, far_writer, "up"), pass_on(far_reader, writer, "down"))
        tasks = [asyncio.ensure_future(one) for one in both]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            writer.close()
            far_writer.close()


@contextmanager
def mail_server(**options: Any) -> Iterator[MailServer]:
    """A server on this machine; ``options`` are those of aiosmtpd, ``tls`` wraps connections."""
    made = MailServer()
    tls: ssl.SSLContext | None = options.pop("tls", None)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    spoken: list[SMTP] = []

    def run(what: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(what, loop).result(10)

    async def begin() -> list[asyncio.Server]:
        def speak() -> SMTP:
            spoken.append(SMTP(made, loop=loop, hostname="mail.example.org", **options))
            return spoken[-1]

        server = await loop.create_server(speak, "127.0.0.1", 0, ssl=tls)
        made.port = server.sockets[0].getsockname()[1]
        connection = await asyncio.start_server(made.carry, "127.0.0.1", 0)
        made.cut_port = connection.sockets[0].getsockname()[1]
        return [server, connection]

    async def end(servers: list[asyncio.Server]) -> None:
        for server in servers:
            server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for one in spoken:  # a connection that broke early may not have been noticed yet
            if one.transport is not None:
                one.transport.abort()
        for _turn in range(3):  # closing is done in turns of the loop
            await asyncio.sleep(0)

    servers = run(begin())
    try:
        yield made
    finally:
        run(end(servers))
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
