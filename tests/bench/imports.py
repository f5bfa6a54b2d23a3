"""P8: an import through the command itself, faults and all, beside a floor of the same run.

The floor is a raw program without validation: it reads the very rows that the import leaves behind from one CSV
file for each table and puts them into the same tables, with the same indexes, foreign keys and settings of the
connection, in one transaction: `csv.reader` into `executemany` on SQLite, the bytes of the file into COPY on
PostgreSQL. It reads no sheet twice, decides on no dates, knows no stages, owners or amounts, folds no names, hashes
nothing, and tells nobody anything. CPU is that of the client after its start and of all processes of the server.
"""

import json
import random
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from storage.engine import connect
from tests.bench import raw
from tests.bench.databases import Databases
from tests.bench.machine import Figures
from tests.bench.table import Row, ratio_row

ROUNDS = 5
ROWS = 100_000
MANY = 1_000_000
FEW = 1_000
MOST_GROWTH = 40
AT_MOST = {"SQLite": 1.8, "PostgreSQL": 2.5}
_ROOT = Path(__file__).parents[2]
_HEADER = "Record ID,Deal Name,Associated Company,Contact,Deal Stage,Amount,Currency,Create Date,Close Date"
_OPEN = ("lead", "qualification", "proposal", "negotiation", "closing")
_FAULTS = {7: "amount", 11: "date", 111: "date"}


def write_table(file: Path, rows: int) -> int:
    """A file of 12 columns, a fifth of it open deals, 2 rows in 100 unreadable; how many those are."""
    chance = random.Random(8)
    start = datetime(2024, 1, 1)  # noqa: DTZ001 - as exports write it
    faults = 0
    with file.open("w") as opened:
        opened.write(f"{_HEADER},Deal owner,Lead source,Lost reason\n")
        for number in range(rows):
            stage = chance.choice(_OPEN if chance.random() < 0.2 else ("won", "lost"))
            created = start + timedelta(minutes=chance.randrange(900_000))
            closes = (created + timedelta(days=chance.randrange(1, 90))).date()
            fault = _FAULTS.get(number % 100)
            faults += fault is not None
            amount = (
                "a lot"
                if fault == "amount"
                else f"{chance.randrange(500, 30_000)}.{chance.choice((0, 50)):02}"
            )
            begun = "soon" if fault == "date" else f"{created:%Y-%m-%d %H:%M}"
            opened.write(
                f"{100_000 + number},Deal {number},Company {chance.randrange(rows // 5)},"
                f"Person {chance.randrange(rows // 4)},{stage},{amount},EUR,{begun},{closes},"
                f"Rep {number % 30},web,{'price' if stage == 'lost' else ''}\n"
            )
    return faults


def measure_imports(databases: Databases, folder: Path, report: Callable[[str], None]) -> list[Row]:
    file = folder / "deals.csv"
    faults = write_table(file, ROWS)
    engines = ("SQLite", "PostgreSQL")
    cpu: dict[tuple[str, str], list[float]] = {}
    wall: dict[tuple[str, str], list[float]] = {}
    for number in range(ROUNDS):
        for engine in engines:
            report(f"P8 {engine} round {number + 1} of {ROUNDS}")
            for what in ("import", "floor"):
                spent, seconds = _once(databases, engine, what, file, faults)
                cpu.setdefault((engine, what), []).append(spent)
                wall.setdefault((engine, what), []).append(seconds)
    rows = []
    for engine in engines:
        for what, taken, limit in (("CPU", cpu, AT_MOST[engine]), ("wall", wall, AT_MOST[engine])):
            rows.append(
                ratio_row(
                    "P8",
                    f"import of {ROWS:,} rows, {what} s against raw rows, {engine}",
                    Figures(taken[engine, "import"]),
                    Figures(taken[engine, "floor"]),
                    at_most=limit,
                )
            )
    return rows + [row for engine in engines for row in _memory(databases, engine, folder, report)]


def _once(databases: Databases, engine: str, what: str, file: Path, faults: int) -> tuple[float, float]:
    """CPU and wall seconds; the first import leaves the rows of the floor."""
    tables = file.with_suffix(f".{engine}")
    with databases.fresh(engine) as url:
        before = databases.server_work(engine)
        told = _child(what, str(file if what == "import" else tables), url)
        work = databases.server_work(engine) - before
        opened = connect(url, pool_size=1)
        try:
            deals = raw.counted(opened)[0]
            assert deals == ROWS - faults, f"{deals} deals of {ROWS} rows with {faults} faults"
            if not tables.exists():
                tables.mkdir()
                raw.dump(opened, tables)
        finally:
            opened.dispose()
    return told["cpu"] + work, told["wall"]


def _memory(databases: Databases, engine: str, folder: Path, report: Callable[[str], None]) -> list[Row]:
    peaks = []
    for rows in (FEW, MANY):
        report(f"P8 {engine} memory at {rows:,} rows")
        file = folder / f"{rows}.csv"
        if not file.exists():
            write_table(file, rows)
        with databases.fresh(engine) as url:
            peaks.append(_child("import", str(file), url)["peak"])
    growth = peaks[1] - peaks[0]
    what = f"import, MiB more at {MANY:,} rows, {engine}"
    shown = f"{growth:.0f} ({peaks[0]:.0f} to {peaks[1]:.0f})"
    return [Row("P8", what, shown, f"<= {MOST_GROWTH}", growth <= MOST_GROWTH)]


def _child(*words: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.importer", *words]
    done = subprocess.run(command, cwd=_ROOT, stdout=subprocess.PIPE, check=True, text=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told
