"""A million rows in the memory of a few."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST_GROWTH = 40 * 1024
_REHEARSAL = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from handlers.importing.reading import read
from handlers.importing.stage_names import StageNames
from handlers.importing.survey import Wishes, survey
from pipeline.stages import DEFAULT_STAGES
wishes = Wishes(StageNames(DEFAULT_STAGES, {}), datetime(2026, 11, 17, tzinfo=UTC), "EUR")
known = survey(lambda: Path(sys.argv[1]).open("rb"), wishes, lambda _: None)
taken = sum(1 for _ in read(known, wishes, lambda _: None))
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(taken, peak.split()[1])
"""


def peak(file: Path, rows: int) -> int:
    """Kilobytes that a process needs at most to read the file twice.

    Not `getrusage`, whose peak begins with that of the process that started this one.
    """
    words = [sys.executable, "-c", _REHEARSAL, str(file)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, check=True, text=True)
    taken, kilobytes = map(int, done.stdout.split())
    assert taken == rows
    return kilobytes


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells a process its peak")
def test_f29_a_million_rows_are_read_in_flat_memory(tmp_path: Path) -> None:
    peaks = []
    for rows in (1_000, 1_000_000):
        file = tmp_path / f"{rows}.csv"
        with file.open("w") as opened:
            opened.write("id,stage,title,amount,created,close_date,owner,company\n")
            opened.writelines(
                f"{number},won,Deal {number},{number}.5,2024-01-01 10:{number % 60:02},2024-02-01,Rep,Acme {number}\n"
                for number in range(rows)
            )
        peaks.append(peak(file, rows))
    print(f"peak memory in KiB of 1,000 and 1,000,000 rows: {peaks}")
    assert peaks[1] - peaks[0] < MOST_GROWTH
