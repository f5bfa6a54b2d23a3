"""The program as a person starts it, in a folder and an environment of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 60
NOBODY_THERE = "http://127.0.0.1:9/api/"
TOKEN = "xoxb-1-never-shown"
SECRET = "5ecret-never-shown"


def surroundings(**settings: str) -> dict[str, str]:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**inherited, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **settings}


def good_settings(**more: str) -> dict[str, str]:
    """A bot could start with these, if there were a Slack."""
    return {
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": NOBODY_THERE,
        "PORT": "0",
        **more,
    }


def started(
    folder: Path, *arguments: str, settings: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    given = good_settings() if settings is None else settings
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=surroundings(**given),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def refusals(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What it said before it gave up, a line each, beside the log."""
    assert "Traceback" not in done.stderr
    mark = "pipeline-bot: "
    return [line.removeprefix(mark) for line in done.stderr.splitlines() if line.startswith(mark)]
