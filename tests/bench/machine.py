"""What a figure was measured on, and how much work a process has done."""

import os
import platform
import sqlite3
import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psutil

# With a floor that varies by more than this no verdict is given.
STEADY = 0.30


@dataclass(frozen=True)
class Figures:
    """One quantity over the rounds."""

    values: Sequence[float]

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def spread(self) -> float:
        """How far the extremes lie apart, against the median."""
        return (max(self.values) - min(self.values)) / self.median if self.median else 0.0

    def shown(self, digits: int = 2) -> str:
        return f"{self.median:.{digits}f} ({min(self.values):.{digits}f}..{max(self.values):.{digits}f})"


def facts() -> dict[str, str]:
    return {
        "machine": _processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GiB",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{name: version(name) for name in ("slack-bolt", "slack-sdk", "sqlalchemy", "psycopg", "uvicorn")},
        "load": " ".join(f"{each:.2f}" for each in os.getloadavg()),
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf8").splitlines()
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")),
        platform.machine(),
    )


def busy(pid: int) -> float:
    """Milliseconds that the threads of a process have been running, to the microsecond.

    Threads that end meanwhile are lost; the servers measured here keep theirs.
    """
    total = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        total += int((task / "schedstat").read_text(encoding="utf8").split()[0])
    return total / 1e6


def resident(pid: int) -> float:
    """MiB that a process keeps in memory."""
    return float(psutil.Process(pid).memory_info().rss) / 2**20


def peak(pid: int | str = "self") -> float:
    """MiB that a process has ever kept. Not `getrusage`, whose peak begins with that of the process before it."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf8").splitlines()
    line = next(line for line in lines if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def forget_peak(pid: int | str = "self") -> float:
    """MiB that a process keeps now, from which its peak begins anew."""
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="utf8")
    return peak(pid)


@contextmanager
def beside(*servers: int) -> Iterator[None]:
    """Where there is more than one core, the servers of these pids share one, and this process has another."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) == 1:
        yield
        return
    for pid in servers:
        _keep_to(cores[:1], pid)
    _keep_to(cores[1:2])
    try:
        yield
    finally:
        _keep_to(cores)


def _keep_to(cores: Sequence[int], pid: int | str = "self") -> None:
    """All threads that there are, for each has cores of its own; new ones have those of the thread that begins them."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        os.sched_setaffinity(int(task.name), cores)
