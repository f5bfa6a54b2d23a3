"""`pipeline-bot copy --to URL`: what it says."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.bot.program import refusals, started
from tests.conftest import database


@pytest.fixture
def file(tmp_path: Path, sqlite_url: str) -> Path:
    file = tmp_path / "pipeline.db"
    assert sqlite_url.endswith(str(file))
    with closing(sqlite3.connect(file)) as books:
        books.execute("INSERT INTO workspaces (id, name) VALUES ('T0SALES', 'Sales')")
        books.commit()
    return file


@pytest.mark.slow
def test_both_sides_are_compared_and_no_password_is_shown(
    file: Path, tmp_path: Path, postgresql: str
) -> None:
    with database(postgresql, empty=True) as url:
        told = url.replace("postgres@", "postgres:s3cret@")
        done = started(tmp_path, "copy", "--to", told, settings={"DATABASE_URL": f"sqlite:///{file}"})
        again = started(tmp_path, "copy", "--to", told, settings={"DATABASE_URL": f"sqlite:///{file}"})
    assert done.returncode == 0, done.stderr
    (line,) = (each for each in done.stdout.splitlines() if "workspaces" in each)
    assert line.split("│")[2].strip() == line.split("│")[3].strip() == "1"
    assert "Now set DATABASE_URL to postgresql://postgres:***@" in done.stdout
    assert again.returncode == 2
    assert refusals(again) == [
        "the database to copy to is in use (workspaces has rows already): name an empty one"
    ]
    assert "s3cret" not in done.stdout + done.stderr + again.stdout + again.stderr


@pytest.mark.slow
@pytest.mark.usefixtures("file")
def test_a_server_that_is_not_there_is_named_without_its_password(tmp_path: Path) -> None:
    done = started(tmp_path, "copy", "--to", "postgres://me:s3cret@127.0.0.1:9/pipeline", settings={})
    (sentence,) = refusals(done)
    assert sentence.startswith(
        "the database at postgresql+psycopg://me:***@127.0.0.1:9/pipeline cannot be used"
    )
    wrong = started(tmp_path, "copy", "--to", "mysql://me:s3cret@there/x", settings={})
    assert (wrong.returncode, "expected sqlite:///FILE or postgresql://" in wrong.stderr) == (2, True)
    assert "s3cret" not in done.stdout + done.stderr + wrong.stdout + wrong.stderr
