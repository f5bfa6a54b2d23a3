"""One import in a process of its own, or one floor: `python -m tests.bench.importer import|floor FROM URL`."""

import gc
import json
import sys
import time
from pathlib import Path

from click.testing import CliRunner

from bot.importing import Helpers, import_file
from bot.nights import Night
from storage.engine import connect
from storage.store import Store
from tests.bench import raw
from tests.bench.machine import peak


class Later:
    """The look back is measured by itself: it reads all that was ever imported, not this file."""

    def back(self, _store: Store, _night: Night) -> bool:
        return False

    def stop(self) -> None:
        """Nothing to stop."""


def _import(file: str, url: str) -> None:
    result = CliRunner().invoke(import_file, [file, "--database", url, "--json"], obj=Helpers(Later()))
    assert result.exit_code == 0, result.output


def _floor(folder: str, url: str) -> None:
    gc.disable()
    engine = connect(url, pool_size=1)
    raw.fill(engine, Path(folder))
    engine.dispose()


def main() -> None:
    what, where, url = sys.argv[1:]
    run = {"import": _import, "floor": _floor}[what]
    started, spent = time.perf_counter(), time.process_time()
    run(where, url)
    told = {"cpu": time.process_time() - spent, "wall": time.perf_counter() - started, "peak": peak()}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
