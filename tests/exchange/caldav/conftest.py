"""The sessions and gatherings of the calendar tests, and servers that answer as a test says."""

import datetime as dt
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from schoolapp.exchange.caldav import CalendarServer, Login
from tests.exchange.calendars.conftest import gathering, session_with

__all__ = ["gathering", "session_with"]

Answer = tuple[int, dict[str, str], bytes]


@contextmanager
def _serving(server: ThreadingHTTPServer) -> Iterator[ThreadingHTTPServer]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def says() -> Iterator[Callable[..., CalendarServer]]:
    """A server that answers as the test says, one answer after another, on a connection that stays.

    After an answer with the header ``X-Drops`` it drops the connection without an answer.
    """
    answers: list[Answer] = []
    lines: list[CalendarServer] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, headers, body = answers.pop(0)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 204:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = "X-Drops" in headers

        do_PROPFIND = do_REPORT = do_GET = do_PUT = do_DELETE = answer

        def log_message(self, format: str, *values: object) -> None:
            """Say nothing."""

    with _serving(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as server:

        def connection(*more: Answer) -> CalendarServer:
            answers.extend(more)
            made = CalendarServer(Login(address=f"http://127.0.0.1:{server.server_port}/cal/"))
            lines.append(made)
            return made

        yield connection
        for one in lines:
            one.close()


@pytest.fixture
def unproved(tmp_path: Path) -> Iterator[str]:
    """The address of a server on this machine whose certificate no authority has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file, pem = tmp_path / "certificate.pem", serialization.Encoding.PEM
    form = serialization.PrivateFormat.PKCS8
    file.write_bytes(
        made.public_bytes(pem) + key.private_bytes(pem, form, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with _serving(server):
        yield f"https://localhost:{server.server_port}/cal/"
