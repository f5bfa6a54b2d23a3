"""`make faults`: every row of the fault matrix, the tests that show it, and how they ended.

Slow tests are left to `make slow`, which runs them itself: `--slow` includes them here. Exit code 1 where a
row of the first issue is not shown.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from rich.console import Console
from rich.table import Table

from tests.faults.matrix import ROWS, Row

_NUMBER = re.compile(r"test_f(\d\d)_")
_STYLES = {"passed": "green", "skipped": "yellow", "failed": "bold red", "no test": "bold red", "later": "dim"}


@dataclass(frozen=True)
class Ran:
    """One test with one set of parameters."""

    name: str
    result: str
    reason: str = ""

    @property
    def function(self) -> str:
        return self.name.partition("[")[0]


def main(given: Sequence[str] | None = None) -> int:
    asked = _arguments(given)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "faults.xml")
        _run(report, slow=asked.slow, workers=asked.workers)
        ran = _by_row(_read(report))
    console = Console(width=max(Console().width, 110), highlight=False)
    console.print(_table(ran))
    missing = [row.number for row in ROWS if row.issue == "A" and _verdict(row, ran.get(row.number, ()))[0] != "passed"]
    failed = [number for number, tests in ran.items() if any(each.result == "failed" for each in tests)]
    console.print(_summary(missing, sorted(failed)))
    return 1 if missing or failed else 0


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description="The fault matrix.")
    parser.add_argument("--slow", action="store_true", help="with the slow tests")
    parser.add_argument("--workers", default="2", help="how many tests at once")
    return parser.parse_args(given)


def _run(report: Path, *, slow: bool, workers: str) -> None:
    chosen = [] if slow else ["-m", "not slow"]
    command = ("pytest", "-q", "-n", workers, "-k", "test_f0 or test_f1 or test_f2 or test_f3 or test_f4 or test_f5")
    subprocess.run(
        [sys.executable, "-m", *command, *chosen, f"--junitxml={report}", "-p", "no:cacheprovider", "-o", "addopts="
         "--strict-markers --import-mode=importlib --disable-socket --allow-unix-socket "
         "--allow-hosts=127.0.0.1,::1,localhost"],
        check=False,
        stdout=sys.stderr,
    )


def _read(report: Path) -> Iterable[Ran]:
    for case in ET.parse(report).getroot().iter("testcase"):  # noqa: S314 - written by our own pytest
        name = case.get("name", "")
        broken = case.find("failure") if case.find("failure") is not None else case.find("error")
        skipped = case.find("skipped")
        if broken is not None:
            yield Ran(name, "failed", broken.get("message", "").partition("\n")[0])
        elif skipped is not None:
            yield Ran(name, "skipped", skipped.get("message", ""))
        else:
            yield Ran(name, "passed")


def _by_row(ran: Iterable[Ran]) -> Mapping[int, Sequence[Ran]]:
    rows: dict[int, list[Ran]] = defaultdict(list)
    for each in ran:
        found = _NUMBER.match(each.name)
        if found:
            rows[int(found[1])].append(each)
    return rows


def _verdict(row: Row, tests: Sequence[Ran]) -> tuple[str, str]:
    """The worst result that any test of the row had, and why."""
    for result in ("failed", "passed", "skipped"):
        ended = [each for each in tests if each.result == result]
        if ended:
            return result, "" if result == "passed" else ended[0].reason
    return ("no test", "") if row.issue == "A" else ("later", f"issue {row.issue}")


def _table(ran: Mapping[int, Sequence[Ran]]) -> Table:
    table = Table("#", "fault", "tests", "result", box=None, pad_edge=False)
    for row in ROWS:
        tests = ran.get(row.number, ())
        result, reason = _verdict(row, tests)
        shown = f"[{_STYLES[result]}]{result}[/]" + (f": {reason}" if reason else "")
        table.add_row(str(row.number), row.name, "\n".join(_counted(tests)), shown)
    return table


def _counted(tests: Sequence[Ran]) -> Sequence[str]:
    """Each function once, with how often it ran."""
    times: dict[str, int] = defaultdict(int)
    for each in tests:
        times[each.function] += 1
    return [f"{name} x {count}" if count > 1 else name for name, count in sorted(times.items())]


def _summary(missing: Sequence[int], failed: Sequence[int]) -> str:
    if missing or failed:
        return f"Not shown: {', '.join(map(str, missing)) or 'none'}. Failed: {', '.join(map(str, failed)) or 'none'}."
    return "Every row of this version is shown."


if __name__ == "__main__":
    sys.exit(main())
