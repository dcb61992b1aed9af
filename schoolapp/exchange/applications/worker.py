"""Reads a sheet in a process of its own, so that no file can take the window down.

The child gets encoding, delimiter and name as its arguments and the bytes on its standard input;
it sets its own limits of memory and processor time and answers in lines of JSON: a head, one line a
row, an end. It is started as ``python -m schoolapp.exchange.applications.worker``; the frozen
program has no ``python -m`` and starts itself with the word ``SUBCOMMAND``, which
``schoolapp.__main__`` must hand to ``main()`` before anything else is imported.
"""

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from schoolapp.domain.rules import RuleBroken
from schoolapp.exchange.applications import limits
from schoolapp.exchange.applications.sheets import FOUND_OUT, Cell, Opening, Sheets, Table
from schoolapp.language import mark

SUBCOMMAND = "read-sheet-apart"
_PIECE = 1 << 16


def read_apart(data: bytes, name: str, opening: Opening = FOUND_OUT) -> Sheets:
    """The sheets of a file, read by a child process; ``RuleBroken`` whatever happens to it."""
    if len(data) > limits.FILE_BYTES:  # not worth a process
        raise RuleBroken(
            mark("The file is larger than {limit} MB."), limit=limits.FILE_BYTES // 1_000_000
        )
    answer, status = _run([*command(), *_told(opening), Path(name).name], data)
    lines = answer.split(b"\n")
    if lines[0].startswith(b'{"refused"'):
        told = json.loads(lines[0])
        raise RuleBroken(told["refused"], **told["values"])
    if status != 0 or lines[-1] != b"" or lines[-2:-1] != [b'"end"']:
        raise RuleBroken(mark("This file could not be read; it may be damaged or too large."))
    return _received(lines[:-2])


def _told(opening: Opening) -> tuple[str, str]:
    """How the file is to be opened, as words of a command; an empty one is not chosen."""
    return opening.encoding or "", opening.delimiter or ""


def command() -> list[str]:
    """How the child is started, from source, from a wheel or frozen."""
    if getattr(sys, "frozen", False):
        return [sys.executable, SUBCOMMAND]
    return [sys.executable, "-m", "schoolapp.exchange.applications.worker"]


def main(name: str, source: BinaryIO, out: BinaryIO, opening: Opening = FOUND_OUT) -> int:
    """Read the file on ``source`` and answer on ``out``; 0 if it was read, 1 if it was refused."""
    from schoolapp.exchange.applications.reading import read

    try:
        for line in _sent(read(source.read(limits.FILE_BYTES + 1), name, opening)):
            out.write(line)
    except RuleBroken as broken:
        out.write(_line({"refused": broken.message, "values": broken.values}))
        return 1
    return 0


def run_limited() -> int:
    """The child's own start: limits first, then the file."""
    _limit_itself()
    encoding, delimiter, name = sys.argv[-3:]
    opening = Opening(encoding or None, delimiter or None)
    return main(name, sys.stdin.buffer, sys.stdout.buffer, opening)


def _run(words: list[str], data: bytes) -> tuple[bytes, int]:
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
        watchdog = threading.Timer(limits.WALL_SECONDS, child.kill)
        watchdog.start()
        try:
            with contextlib.suppress(BrokenPipeError, OSError):
                child.stdin.write(data)
            with contextlib.suppress(BrokenPipeError, OSError):
                child.stdin.close()
            answer = bytearray()  # grows with the answer: no room is taken for the longest one
            while piece := child.stdout.read(_PIECE):
                answer += piece
                if len(answer) >= limits.ANSWER_BYTES:
                    child.kill()
                    break
            return bytes(answer), child.wait()
        finally:
            watchdog.cancel()


def _limit_itself() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits: watch from inside
        threading.Thread(target=_watch_memory, args=(_memory_meter(),), daemon=True).start()
        return
    _lower(resource, resource.RLIMIT_CPU, limits.CPU_SECONDS)
    if sys.platform != "darwin":  # macOS refuses a limit of the address space
        _lower(resource, resource.RLIMIT_AS, limits.MEMORY)


def _lower(resource: Any, kind: int, limit: int) -> None:
    hard = resource.getrlimit(kind)[1]
    limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(kind, (limit, hard))


def _watch_memory(used: Callable[[], int]) -> None:
    """End this process at once when the bytes it uses, as ``used`` says, pass the limit."""
    while used() <= limits.MEMORY_WATCHED:
        time.sleep(0.05)
    os._exit(3)


def _memory_meter() -> Callable[[], int]:  # pragma: no cover - Windows only
    """What tells the bytes of memory that this process uses."""
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


def _line(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":"), default=_stamped).encode() + b"\n"


def _stamped(value: date | datetime) -> dict[str, str]:
    return {"t" if isinstance(value, datetime) else "d": value.isoformat()}


def _sent(sheets: Sheets) -> Iterable[bytes]:
    yield _line([sheets.encoding, sheets.delimiter, sheets.epoch_1904, sheets.typed])
    for table in sheets.tables:
        yield _line({"name": table.name, "merged": table.merged})
        for row in table.rows:
            yield _line(row)
    yield b'"end"\n'


def _received(lines: list[bytes]) -> Sheets:
    encoding, delimiter, epoch_1904, typed = json.loads(lines[0])
    tables: list[Table] = []
    for line in lines[1:]:
        value = json.loads(line)
        if isinstance(value, dict):
            merged = tuple(tuple(one) for one in value["merged"])
            tables.append(Table(value["name"], [], merged))
        else:
            tables[-1].rows.append([_cell(one) for one in value])
    return Sheets(tables, encoding, delimiter, epoch_1904, typed)


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        kind, stamp = value.popitem()
        return datetime.fromisoformat(stamp) if kind == "t" else date.fromisoformat(stamp)
    cell: Cell = value
    return cell


if __name__ == "__main__":
    sys.exit(run_limited())
