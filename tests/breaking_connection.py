"""A server of the tests behind a connection that breaks where a test wants it."""

import socket
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from socketserver import BaseServer


@dataclass
class CutConnection:
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


@contextmanager
def served(server: BaseServer, port: int) -> Iterator[CutConnection]:
    """Runs a server that listens on ``port``; the connection is another way to it."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    listening = socket.create_server(("127.0.0.1", 0))
    connection = CutConnection(port, port=listening.getsockname()[1])
    doorman = threading.Thread(target=connection.serve, args=(listening,), daemon=True)
    doorman.start()
    try:
        yield connection
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        doorman.join()
        server.shutdown()
        server.server_close()
        thread.join()
