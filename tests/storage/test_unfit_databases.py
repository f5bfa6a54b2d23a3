"""A database that cannot be used is refused with one sentence that says why and what to do."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from storage.migrate import UnfitDatabase, migrate


def refusal(engine: Engine) -> str:
    with pytest.raises(UnfitDatabase) as refused:
        migrate(engine)
    sentence = str(refused.value)
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    return sentence


@pytest.fixture
def file(sqlite_url: str) -> Path:
    return Path(sqlite_url.removeprefix("sqlite:///"))


def test_f20_a_newer_schema_is_refused_and_left_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    sentence = refusal(engine)
    assert "9999" in sentence
    assert "newer" in sentence
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "9999"


def test_f20_a_file_that_is_no_database_is_refused_and_left_alone(
    file: Path, sqlite_url: str, connected: Callable[..., Engine]
) -> None:
    for content in (b"Dear diary, today", b"x", b"PK\x03\x04" * 1000):
        file.write_bytes(content)
        assert "is no SQLite database" in refusal(connected(sqlite_url))
        assert file.read_bytes() == content


def test_f20_a_damaged_file_is_refused(file: Path, sqlite_url: str, connected: Callable[..., Engine]) -> None:
    whole = file.read_bytes()
    for place in (100, 4096, len(whole) // 2):
        file.write_bytes(whole[:place] + os.urandom(4096) + whole[place + 4096 :])
        assert "is damaged" in refusal(connected(sqlite_url))
    file.write_bytes(whole[: len(whole) // 2])
    assert "is damaged" in refusal(connected(sqlite_url))


def test_f20_an_empty_file_is_a_new_database(
    file: Path, sqlite_url: str, connected: Callable[..., Engine]
) -> None:
    file.write_bytes(b"")
    assert migrate(connected(sqlite_url)) == "created"


def test_f20_a_missing_file_is_created(file: Path, sqlite_url: str, connected: Callable[..., Engine]) -> None:
    file.unlink()
    assert migrate(connected(sqlite_url)) == "created"


def test_f20_a_missing_folder_is_named(tmp_path: Path, connected: Callable[..., Engine]) -> None:
    sentence = refusal(connected(f"sqlite:///{tmp_path / 'nowhere' / 'pipeline.db'}"))
    assert "nowhere" in sentence
    assert "does not exist" in sentence


def test_f20_a_folder_in_the_files_place_is_refused(tmp_path: Path, connected: Callable[..., Engine]) -> None:
    assert str(tmp_path) in refusal(connected(f"sqlite:///{tmp_path}"))


def test_f20_a_read_only_file_is_refused(
    file: Path, sqlite_url: str, connected: Callable[..., Engine]
) -> None:
    with read_only(file):
        sentence = refusal(connected(sqlite_url))
    assert "cannot be written" in sentence
    assert str(file) in sentence
    assert migrate(connected(sqlite_url)) == "current"


def test_f20_a_file_that_another_program_writes_to_for_long_is_refused(
    sqlite_url: str, connected: Callable[..., Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.migrate._WAIT_MS", 50)
    with connected(sqlite_url).begin():
        assert "locked" in refusal(connected(sqlite_url))


def test_a_server_that_is_not_there_is_refused_without_its_password(connected: Callable[..., Engine]) -> None:
    sentence = refusal(connected("postgresql://bot:hush@127.0.0.1:9/pipeline"))
    assert "127.0.0.1" in sentence
    assert "hush" not in sentence


@contextmanager
def read_only(file: Path) -> Iterator[None]:
    """Root may write to whatever is only marked so; then the file is made immutable."""
    if os.geteuid() != 0:
        file.chmod(0o444)
        yield
        file.chmod(0o644)
        return
    try:
        done = subprocess.run(["chattr", "+i", str(file)], capture_output=True, check=False)  # noqa: S607
    except FileNotFoundError:
        pytest.skip("root can write to every file, and there is no chattr here")
    if done.returncode:
        pytest.skip(f"root can write to every file, and chattr says: {done.stderr.decode().strip()}")
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", str(file)], check=True)  # noqa: S607 - wherever it is
