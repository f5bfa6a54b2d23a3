"""The wheel brings everything that the program needs, and runs from elsewhere."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.bot.program import ROOT, surroundings

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    uv = Path(sys.executable).with_name("uv")
    for reach in (["--offline"], []):
        command = [str(uv), "build", "--quiet", "--wheel", *reach, "--out-dir", str(folder), str(ROOT)]
        if uv.exists() and subprocess.run(command, capture_output=True, check=False).returncode == 0:
            (built,) = folder.glob("*.whl")
            return built
    pytest.skip("a wheel cannot be built here: no uv, or no hatchling to be had")


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """Unpacked where no checkout is."""
    folder = wheel.with_name("site")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder)
    return folder


def test_it_holds_every_module_and_what_is_read_beside_them(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    packages = ("bot", "handlers", "storage", "pipeline", "playground")
    wanted = {
        str(file.relative_to(ROOT))
        for package in packages
        for file in (ROOT / package).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert wanted | {"bot/manifest.yml"} <= names
    assert {f"{package}/py.typed" for package in packages} <= names
    assert not [name for name in names if name.startswith(("tests/", "docs/"))]


@pytest.mark.parametrize("arguments", [("migrate",), ("manifest",), ("--version",)])
def test_it_runs_from_elsewhere(installed: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    env = {**surroundings(), "PYTHONPATH": str(installed)}
    command = [sys.executable, "-c", "import bot.__main__ as b, sys; print(b.__file__); b.main(sys.argv[1:])"]
    done = subprocess.run(
        [*command, *arguments], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    )
    where, _, said = done.stdout.partition("\n")
    assert where.startswith(str(installed))
    assert said
    if arguments == ("manifest",):
        assert said == (ROOT / "manifest.yml").read_text(encoding="utf-8")
