"""`make faults`: every row of the fault matrix, the tests that show it, and how they ended.

The slow ones are named here and run by `make slow`, or with `--slow`. Exit code 1 where a row that
waits for nothing is not shown, or any row fails.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from rich.console import Console
from rich.markup import escape

from tests.faults.matrix import ROWS, Row

FAILED, PASSED, SKIPPED, SLOW, NONE, LATER = "failed", "passed", "skipped", "slow", "no test", "later"
_STYLES = {
    FAILED: "bold red",
    PASSED: "green",
    SKIPPED: "yellow",
    SLOW: "yellow",
    NONE: "bold red",
    LATER: "dim",
}
_NUMBERED = re.compile(r"\btest(?:_f\d\d)+_\w+")
_NUMBER = re.compile(r"_f(\d\d)")
_CHOICE = " or ".join(f"test_f{tens}" for tens in range(6))


@dataclass
class Shown:
    """What was found out about one row."""

    functions: Counter[str] = field(default_factory=Counter)
    results: dict[str, str] = field(default_factory=dict)
    """The first reason by result."""


def main(given: Sequence[str] | None = None) -> int:
    asked = _arguments(given)
    shown: dict[int, Shown] = defaultdict(Shown)
    for name in _collected():
        for number in _rows_of(name):
            shown[number].functions[name] += 1
    for name, result, reason in _ran(slow=asked.slow, workers=asked.workers):
        for number in _rows_of(name):
            shown[number].results.setdefault(result, reason)
    verdicts = {row.number: _verdict(row, shown[row.number]) for row in ROWS}
    console = Console(highlight=False, soft_wrap=True)
    for row in ROWS:
        _print(console, row, shown[row.number], verdicts[row.number])
    return _sum_up(console, verdicts)


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description="The fault matrix.")
    parser.add_argument("--slow", action="store_true", help="with the slow tests")
    parser.add_argument("--workers", default="2", help="how many tests at once")
    return parser.parse_args(given)


def _rows_of(name: str) -> Iterable[int]:
    """A test may show several rows: `test_f08_f09_...`."""
    beginning = re.match(r"test(?:_f\d\d)+", name)
    return map(int, _NUMBER.findall(beginning[0])) if beginning else ()


def _pytest(*given: str) -> str:
    command = (sys.executable, "-m", "pytest", "-q", "-k", _CHOICE, *given)
    return subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True).stdout


def _collected() -> Iterable[str]:
    return [found[0] for line in _pytest("--collect-only").splitlines() if (found := _NUMBERED.search(line))]


def _ran(*, slow: bool, workers: str) -> Iterable[tuple[str, str, str]]:
    """Name, result and reason of each test."""
    chosen = () if slow else ("-m", "not slow")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "faults.xml")
        sys.stderr.write(_pytest("-n", workers, *chosen, f"--junitxml={report}"))
        cases = list(ET.parse(report).getroot().iter("testcase"))  # noqa: S314 - written by our own pytest
    return [_read(case) for case in cases]


def _read(case: ET.Element) -> tuple[str, str, str]:
    name = case.get("name", "").partition("[")[0]
    for kind, result in (("failure", FAILED), ("error", FAILED), ("skipped", SKIPPED)):
        ended = case.find(kind)
        if ended is not None:
            return name, result, ended.get("message", "").partition("\n")[0]
    return name, PASSED, ""


def _verdict(row: Row, shown: Shown) -> tuple[str, str]:
    """The worst of what its tests came to, and why."""
    for result in (FAILED, PASSED, SKIPPED):
        if result in shown.results:
            return result, shown.results[result]
    if shown.functions:
        return SLOW, "make slow"
    return (LATER, f"waits for {row.waits_for}") if row.waits_for else (NONE, "")


def _print(console: Console, row: Row, shown: Shown, verdict: tuple[str, str]) -> None:
    result, reason = verdict
    said = f"{result}: {reason}" if reason else result
    console.print(f"{row.number:>3}  {row.name}  [{_STYLES[result]}]{escape(said)}[/]")
    for name, times in sorted(shown.functions.items()):
        console.print(f"       {name}" + (f" x {times}" if times > 1 else ""), style="dim", soft_wrap=True)


def _sum_up(console: Console, verdicts: Mapping[int, tuple[str, str]]) -> int:
    failed = [number for number, (result, _) in verdicts.items() if result == FAILED]
    wanted = [row.number for row in ROWS if not row.waits_for]
    missing = [number for number in wanted if verdicts[number][0] not in (PASSED, FAILED)]
    for numbers, what in ((failed, "failed"), (missing, "not shown")):
        if numbers:
            console.print(f"{what}: {', '.join(map(str, numbers))}", style="bold red")
    if not failed and not missing:
        later = sum(result == LATER for result, _ in verdicts.values())
        console.print(
            f"{len(verdicts) - later} rows shown, {later} wait for what is not built", style="green"
        )
    return 1 if failed or missing else 0


if __name__ == "__main__":
    sys.exit(main())
