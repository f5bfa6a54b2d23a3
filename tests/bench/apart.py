"""Readings in processes of their own, so that what each grows by is its own."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.bench.databases import Databases
from tests.bench.machine import Figures

ROUNDS = 5
_ROOT = Path(__file__).parents[2]
# Frames that hold five million moves are read in the first round alone.
ONCE = ("stages-pandas", "bottlenecks-pandas")
Told = Mapping[str, float]
"""`cpu` and `wall` in ms; `peak` in MiB, `grown` of them since the process was ready to read."""


class Apart:
    def __init__(self, databases: Databases, engine: str, url: str, report: Callable[[str], None]) -> None:
        self._databases = databases
        self._url = url
        self._report = report
        self.engine = engine

    def read(self, name: str) -> Told:
        self._report(f"{self.engine} {name}")
        server = self._databases.postmaster if self.engine == "PostgreSQL" else 0
        command = [sys.executable, "-m", "tests.bench.reader", name, self._url, str(server)]
        done = subprocess.run(command, cwd=_ROOT, stdout=subprocess.PIPE, check=True, text=True)
        told: Told = json.loads(done.stdout)
        return told

    def in_turn(self, names: Sequence[str]) -> Mapping[str, Sequence[Told]]:
        """Round by round, so that what disturbs the machine disturbs them all."""
        told: dict[str, list[Told]] = {name: [] for name in names}
        for number in range(ROUNDS):
            self._report(f"{self.engine} round {number + 1} of {ROUNDS}")
            for name in names:
                if number == 0 or name not in ONCE:
                    told[name].append(self.read(name))
        return told


def figures(told: Sequence[Told], name: str) -> Figures:
    return Figures([each[name] for each in told])


def weighed(told: Sequence[Told]) -> str:
    if len(told) == 1:
        return weighed_once(told[0])
    cpu, wall, peak, grown = (figures(told, name) for name in ("cpu", "wall", "peak", "grown"))
    memory = f"{grown.shown(0)} MiB more, {peak.median:.0f} at peak"
    return f"{cpu.shown(1)} ms of CPU, {wall.shown(1)} ms, {memory}"


def weighed_once(told: Told) -> str:
    seconds = f"{told['cpu'] / 1000:.1f} s of CPU, {told['wall'] / 1000:.1f} s"
    return f"{seconds}, {told['grown']:.0f} MiB more, {told['peak']:.0f} at peak, once"
