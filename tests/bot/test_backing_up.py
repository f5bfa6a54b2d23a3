"""`pipeline-bot backup`: what it says, and how it ends."""

import os
import shutil
import signal
from pathlib import Path

import pytest

from bot.backing_up import interruptible
from tests.bot.program import refusals, started


@pytest.fixture
def file(tmp_path: Path, sqlite_template: Path) -> Path:
    return Path(shutil.copy(sqlite_template, tmp_path / "pipeline.db"))


@pytest.mark.slow
def test_a_backup_is_announced_when_it_is_whole(file: Path, tmp_path: Path) -> None:
    done = started(tmp_path, "backup", "copy.db", settings={})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("copy.db is a whole copy of the database, 0.")
    again = started(tmp_path, "backup", "copy.db", settings={})
    assert again.returncode == 2
    assert refusals(again)[0].startswith("copy.db is there already")
    assert started(tmp_path, "backup", "--force", "copy.db", settings={}).returncode == 0
    assert file.stat().st_size == (tmp_path / "copy.db").stat().st_size


@pytest.mark.slow
def test_postgresql_is_sent_to_its_own_program_without_the_password(tmp_path: Path) -> None:
    url = "postgresql://me:s3cret@db.internal/pipeline"
    done = started(tmp_path, "backup", "copy.dump", settings={"DATABASE_URL": url})
    (sentence,) = refusals(done)
    assert done.returncode == 2
    assert sentence.endswith(
        "pg_dump --format=custom --file=copy.dump 'postgresql://me@db.internal/pipeline'"
    )
    assert "s3cret" not in done.stdout + done.stderr


def test_sigterm_is_cleaned_up_after_like_ctrl_c() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt), interruptible():
        os.kill(os.getpid(), signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) == before
