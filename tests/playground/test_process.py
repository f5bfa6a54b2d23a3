"""The local Slack as a process of its own."""

import subprocess
import sys

import pytest

from playground.control import Control


@pytest.mark.parametrize(("given", "mode"), [([], "http"), (["--socket"], "socket")])
def test_its_address_is_the_first_line(given: list[str], mode: str) -> None:
    bot = "http://127.0.0.1:9/slack/events"
    command = [sys.executable, "-m", "playground", "--port", "0", "--bot", bot, *given]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        control = Control(process.stdout.readline().strip())
        try:
            identity = control.state()["identity"]
        finally:
            control.close()
            process.terminate()
    assert (identity["bot_urls"], identity["mode"]) == ([bot], mode)
    assert process.returncode in (0, -15)
