"""A real calendar server for tests (Radicale), and in front of it a connection that can be cut."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from radicale import config
from radicale.app import Application

from tests.breaking_connection import CutConnection, served

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
class Radicale:
    """The server; ``address`` is that of a calendar, ``cut_address`` the one that can be cut."""

    port: int
    connection: CutConnection

    @property
    def address(self) -> str:
        """The calendar, without a detour."""
        return f"http://127.0.0.1:{self.port}{PATH}"

    @property
    def cut_address(self) -> str:
        """The calendar, over the connection that can be cut."""
        return f"http://127.0.0.1:{self.connection.port}{PATH}"

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
        """What another program requests; its requests are its own, not ours."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, {"Authorization": "Basic ZGVzazp4", **names})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

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
    with served(server, server.server_port) as connection:
        made = Radicale(server.server_port, connection)
        assert made.ask("MKCALENDAR", PATH, MADE)[0] == 201
        yield made
