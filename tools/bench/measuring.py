"""How things are measured: in turns with a reference, in CPU time, on a machine that others use."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

Work = Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One figure: a ``ratio`` to a reference, or a ``value`` in the unit its id names.

    ``gate`` is the largest figure that is accepted.
    """

    id: str
    ratio: float | None = None
    value: float | None = None
    reference: str
    gate: float

    @property
    def figure(self) -> float:
        """The ratio or the value."""
        found = self.value if self.ratio is None else self.ratio
        assert found is not None, f"{self.id} has no figure"
        return found

    @property
    def passes(self) -> bool:
        """Whether the figure is within the gate."""
        return self.figure <= self.gate

    def as_json(self) -> dict[str, Any]:
        """The entry of ``docs/benchmarks.json``."""
        return {name: value for name, value in asdict(self).items() if value is not None}


def ratio(ours: Work, reference: Work, rounds: int = 15) -> float:
    """CPU time of ``ours`` over that of ``reference``: least of the rounds, run in turns.

    The least is what the work costs; all above it is what others did to the caches meanwhile.
    """
    times: tuple[list[float], list[float]] = ([], [])
    with _no_collection():
        for _round in range(rounds):
            for work, spent in zip((ours, reference), times, strict=True):
                spent.append(cpu_seconds(work))
    return round(min(times[0]) / min(times[1]), 2)


def prepared_ratio(ours: Callable[[], Work], reference: Callable[[], Work], rounds: int) -> float:
    """As ``ratio``, for work that needs something fresh each round: making it is not measured."""
    times: tuple[list[float], list[float]] = ([], [])
    for _round in range(rounds):
        for prepare, spent in zip((ours, reference), times, strict=True):
            work = prepare()
            with _no_collection():
                spent.append(cpu_seconds(work))
    return round(min(times[0]) / min(times[1]), 2)


def wall_ratio(ours: Work, reference: Work, rounds: int) -> float:
    """The same by the clock on the wall and the medians: for waiting on a disk."""
    times: tuple[list[float], list[float]] = ([], [])
    for _round in range(rounds):
        for work, spent in zip((ours, reference), times, strict=True):
            start = time.perf_counter()
            work()
            spent.append(time.perf_counter() - start)
    return round(statistics.median(times[0]) / statistics.median(times[1]), 2)


def cpu_seconds(work: Work) -> float:
    """The CPU time of all threads of this process while the work runs."""
    start = time.process_time()
    work()
    return time.process_time() - start


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keeps the collector of garbage from striking one side and not the other."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
