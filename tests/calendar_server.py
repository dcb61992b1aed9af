"""A real calendar server for tests (Radicale), and in front of it a line that can be cut."""

import socket
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from radicale import config
from radicale.app import Application

USER = "desk"
PATH = f"/{USER}/programme/"
MADE = b"""<?xml version="1.0"?><C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
<set><prop><displayname>Programme</displayname></prop></set></C:mkcalendar>"""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *values: Any) -> None:
        """Say nothing."""


@dataclass
class Line:
    """Lets whole connections through, each until so many octets went ``up`` or ``down``.

    Each new connection takes the next of ``cuts``; without one it is never cut.
    """

    target: int
    cuts: deque[tuple[str, int]] = field(default_factory=deque)
    broken: int = 0
    port: int = 0

    def serve(self, listening: socket.socket) -> None:
        """Take connections until the socket is closed."""
        while True:
            try:
                near, _address = listening.accept()
            except OSError:
                return
            way, left = self.cuts.popleft() if self.cuts else ("up", 10**9)
            far = socket.create_connection(("127.0.0.1", self.target))
            for source, goal, name in ((near, far, "up"), (far, near, "down")):
                limit = left if name == way else 10**9
                threading.Thread(target=self._pass, args=(source, goal, limit), daemon=True).start()

    def _pass(self, source: socket.socket, goal: socket.socket, left: int) -> None:
        with suppress(OSError):
            while data := source.recv(256):
                goal.sendall(data[:left])
                left -= len(data)
                if left < 0:
                    self.broken += 1
                    break
        for one in (source, goal):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


@dataclass
class Radicale:
    """The server; ``address`` is that of a calendar, ``cut_address`` leads there over the line."""

    port: int
    line: Line

    @property
    def address(self) -> str:
        """The calendar, straight."""
        return f"http://127.0.0.1:{self.port}{PATH}"

    @property
    def cut_address(self) -> str:
        """The calendar, over the line that can be cut."""
        return f"http://127.0.0.1:{self.line.port}{PATH}"

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
        """What another program asks; its requests are its own, not ours."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            line.request(method, path, body, {"Authorization": "Basic ZGVzazp4", **names})
            answer = line.getresponse()
            return answer.status, answer.read()
        finally:
            line.close()

    def whole(self) -> bytes:
        """The whole calendar as one file."""
        status, body = self.ask("GET", PATH)
        assert status == 200
        return body


@contextmanager
def calendar_server(folder: Path) -> Iterator[Radicale]:
    """A server on this machine with an empty calendar."""
    settings = config.load()
    settings.update(
        {
            "storage": {"filesystem_folder": str(folder), "_filesystem_fsync": "False"},
            "auth": {"type": "none"},
            "logging": {"level": "critical"},
        },
        "test",
        privileged=True,
    )
    server = make_server("127.0.0.1", 0, Application(settings), _Server, _Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    listening = socket.create_server(("127.0.0.1", 0))
    line = Line(server.server_port, port=listening.getsockname()[1])
    doorman = threading.Thread(target=line.serve, args=(listening,), daemon=True)
    doorman.start()
    made = Radicale(server.server_port, line)
    try:
        assert made.ask("MKCALENDAR", PATH, MADE)[0] == 201
        yield made
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        doorman.join()
        server.shutdown()
        server.server_close()
        thread.join()
