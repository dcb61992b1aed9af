"""Runs a reader in a process of its own, so that no file can take the window down.

The child gets the file's bytes on its standard input, limits its own memory and processor time,
and answers in lines of JSON, the last of which is ``"end"``. It is started as ``python -m MODULE``;
the frozen program has no ``python -m`` and starts itself with a word instead, which
``schoolapp.__main__`` must hand to the module's ``run_limited()`` before anything else is imported.
"""

import contextlib
import datetime as dt
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import ModuleType
from typing import BinaryIO

from schoolapp.base.language import mark
from schoolapp.base.restarting import program
from schoolapp.domain.rules import RuleBroken

END = b'"end"'
_PIECE = 1 << 16


@dataclass(slots=True)
class Limits:
    """What a child may take: octets of file, memory and answer, seconds of processor and wall."""

    file_bytes: int = 20_000_000
    memory: int = 1 << 30  # of address space
    memory_watched: int = 600_000_000  # where the system has no such limit
    cpu_seconds: int = 30
    wall_seconds: float = 60
    answer_bytes: int = 50_000_000


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader that runs in a process of its own; the program starts it by its ``word``."""

    word: str
    limits: Limits

    def command(self) -> list[str]:
        """How the child is started, from source, from a wheel or frozen."""
        return [*program(), self.word]

    def check_size(self, size: int) -> None:
        """Refuse a file that is too large; ``RuleBroken``."""
        limit = self.limits.file_bytes
        if size > limit:
            raise RuleBroken(mark("The file is larger than {limit} MB."), limit=limit // 1_000_000)

    def ask(self, data: bytes, *words: str) -> list[bytes]:
        """The lines that the child answers, without the end; ``RuleBroken`` whatever happens."""
        self.check_size(len(data))  # not worth a process
        answer, status = _run([*self.command(), *words], data, self.limits)
        lines = answer.split(b"\n")
        if lines[0].startswith(b'{"refused"'):
            answer = json.loads(lines[0])
            raise RuleBroken(answer["refused"], **answer["values"])
        if status != 0 or lines[-1] != b"" or lines[-2:-1] != [END]:
            raise RuleBroken(mark("This file could not be read; it may be damaged or too large."))
        return lines[:-2]


def answer(lines: Callable[[], Iterable[bytes]], out: BinaryIO) -> int:
    """The child's part: write the lines and the end; 0 if all were, 1 if the file was refused."""
    try:
        for one in lines():
            out.write(one)
    except RuleBroken as broken:
        out.write(line({"refused": broken.message, "values": broken.values}))
        return 1
    out.write(END + b"\n")
    return 0


def line(value: object, default: Callable[[dt.date], object] | None = None) -> bytes:
    """A value as a line of JSON; ``default`` says how a date is written."""
    return json.dumps(value, separators=(",", ":"), default=default).encode() + b"\n"


def limit_itself(limits: Limits) -> None:
    """Bound this process, the first thing that a child does."""
    try:
        import resource
    except ImportError:  # Windows has no such limits: watch from inside
        watch = (limits.memory_watched, _memory_meter())
        threading.Thread(target=_watch_memory, args=watch, daemon=True).start()
        return
    _lower(resource, resource.RLIMIT_CPU, limits.cpu_seconds)
    if sys.platform != "darwin":  # macOS refuses to limit the address space
        _lower(resource, resource.RLIMIT_AS, limits.memory)


def _run(words: list[str], data: bytes, limits: Limits) -> tuple[bytes, int]:
    """(what the child wrote, its exit status), ended when it writes or takes too much."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    with subprocess.Popen(  # noqa: S603 - our own program, no shell
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        creationflags=hidden,
    ) as child:
        assert child.stdin
        assert child.stdout
        watchdog = threading.Timer(limits.wall_seconds, child.kill)
        watchdog.start()
        try:
            with contextlib.suppress(BrokenPipeError, OSError):
                child.stdin.write(data)
            with contextlib.suppress(BrokenPipeError, OSError):
                child.stdin.close()
            answer = bytearray()  # grows with the answer: no room is taken for the longest one
            while piece := child.stdout.read(_PIECE):
                answer += piece
                if len(answer) >= limits.answer_bytes:
                    child.kill()
                    break
            return bytes(answer), child.wait()
        finally:
            watchdog.cancel()


def _lower(resource: ModuleType, kind: int, limit: int) -> None:
    hard = resource.getrlimit(kind)[1]
    limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(kind, (limit, hard))


def _watch_memory(most: int, used: Callable[[], int]) -> None:
    """End this process at once when the bytes it uses, as ``used`` says, pass the limit."""
    while used() <= most:
        time.sleep(0.05)
    os._exit(3)


def _memory_meter() -> Callable[[], int]:  # pragma: no cover - Windows only
    """A function that reports how many bytes of memory this process uses."""
    import ctypes

    class Counters(ctypes.Structure):
        _fields_ = [
            ("size", ctypes.c_ulong),
            ("faults", ctypes.c_ulong),
            *((name, ctypes.c_size_t) for name in ("peak", "used", "a", "b", "c", "d", "e", "f")),
        ]

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    counters = Counters()
    counters.size = ctypes.sizeof(Counters)

    def used() -> int:
        kernel.K32GetProcessMemoryInfo(
            ctypes.c_void_p(kernel.GetCurrentProcess()), ctypes.byref(counters), counters.size
        )
        return int(counters.used)

    return used
