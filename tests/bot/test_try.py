"""`pipeline-bot try`: what it prints works, it goes on where it was, and its past is a real one."""

import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Self

import pytest

from bot.samples import SHOWN
from playground.control import Control
from tests.bot.program import PATIENCE, started, surroundings
from tests.running import wait_until

pytestmark = pytest.mark.slow


class Trying:
    """A person's terminal; `said` is what it shows."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "bot", "try", "--port", "0", "--slack-port", "0", *arguments]
        self._process = subprocess.Popen(
            command, cwd=folder, env=surroundings(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.said = ""
        self.complaints = ""
        self._reader = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> Self:
        self._reader.start()
        wait_until(lambda: "Ctrl-C" in self.said or self._process.poll() is not None, PATIENCE, "the guide")
        self.slack = re.findall(r"http://127\.0\.0\.1:\d+", self.said)[0]
        self.control = Control(self.slack)
        return self

    def __exit__(self, *_: object) -> None:
        self.control.close()
        if self._process.poll() is None:
            self.end(signal.SIGKILL)

    @property
    def commands(self) -> list[str]:
        return [line for line in self.said.splitlines() if line.startswith("curl ")]

    def end(self, by: signal.Signals = signal.SIGINT) -> int:
        self._process.send_signal(by)
        code = self._process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        assert self._process.stderr is not None
        with self._process.stderr:
            self.complaints = self._process.stderr.read()
        return code

    def cards(self) -> dict[str, str]:
        """Code and stage of every card in #sales."""
        texts = [message["text"] for message in self.control.messages(user="ben")]
        return {text.split()[0]: text.rpartition(" · ")[2] for text in texts if text.startswith("D-")}

    def ana(self, text: str) -> str:
        return self.control.command("@ana", "/deal", text).text

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as told:
            for line in told:
                self.said += line


def shell(command: str) -> str:
    return subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True).stdout  # noqa: S607


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("bash")), reason="needs curl and bash")
@pytest.mark.parametrize("arguments", [(), ("--socket",)])
def test_the_three_commands_work_as_they_are_printed(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    with Trying(tmp_path, *arguments) as trying:
        new, move, messages = trying.commands
        created = shell(new)
        assert created.startswith('"text":"D-367 Coffee machines is in Lead generation, €12,000, Acme')
        moved = shell(move)
        assert "→" in moved
        assert re.search(r" by (ana|ben|jonas|mia)\.", moved)
        wait_until(lambda: len(trying.cards()) > SHOWN, what="the cards")
        assert len(shell(messages).splitlines()) == len(trying.cards()) == SHOWN + 1
        assert all(len(command) < 200 for command in trying.commands)
        assert trying.end() == 0
    assert trying.complaints == ""
    assert "Stopped. The deals stay in pipeline-try.db" in trying.said


def test_it_goes_on_where_it_was_with_cards_that_can_be_pressed(tmp_path: Path) -> None:
    with Trying(tmp_path) as trying:
        wait_until(lambda: len(trying.cards()) == SHOWN, what="the cards")
        assert "D-367" in trying.ana("new Coffee machines 12k")
        wait_until(lambda: "D-367" in trying.cards(), what="the new card")
        assert trying.end(signal.SIGKILL) == -signal.SIGKILL
    with Trying(tmp_path) as trying:
        wait_until(lambda: len(trying.cards()) == SHOWN + 1, what="the cards again")
        (card,) = (each for each in trying.control.messages() if each["text"].startswith("D-367"))
        assert trying.control.click("@ana", "deal.move/7", on=card).ok
        assert "D-368" in trying.ana("new Tea")
        assert "D-367 Coffee machines" in trying.ana("show 367")
        assert "366 deals" not in trying.said
        assert trying.end(signal.SIGTERM) == 0
        assert trying.complaints == ""


def test_a_card_that_is_gone_can_be_posted_again(tmp_path: Path) -> None:
    """More cards than are posted again after a restart."""
    with Trying(tmp_path) as trying:
        for place in range(5):
            trying.ana(f"new Machine number {place}")
        wait_until(lambda: len(trying.cards()) == SHOWN + 5, what="the cards")
        trying.end()
    with Trying(tmp_path) as trying:
        wait_until(lambda: len(trying.cards()) == 5, what="the newest cards")
        assert not set(trying.cards()) & {"D-364", "D-365", "D-366"}
        shown = trying.control.command("@ana", "/deal", "show 366").message
        faces = [
            each["text"]["text"]
            for block in shown["blocks"]
            for each in block.get("elements", ())
            if each.get("type") == "button"
        ]
        assert faces[-1] == "Post card here"
        posted = trying.control.click("@ana", "deal.card", on=shown)
        assert posted.ok
        wait_until(lambda: "D-366" in trying.cards(), what="the card")
        trying.end()
        assert trying.complaints == ""


def test_a_fresh_start_forgets_and_only_one_may_run(tmp_path: Path) -> None:
    with Trying(tmp_path) as trying:
        trying.ana("new Coffee machines 12k")
        second = started(tmp_path, "try", settings={})
        assert second.returncode == 2
        assert "another `pipeline-bot try` uses pipeline-try.db" in second.stderr
        trying.end()
    with Trying(tmp_path, "--fresh") as trying:
        assert "D-367" in trying.ana("new Something else")
        trying.end()


@pytest.mark.parametrize("fresh", [(), ("--fresh",)])
def test_it_touches_no_database_of_others(
    tmp_path: Path, sqlite_template: Path, fresh: tuple[str, ...]
) -> None:
    file = Path(shutil.copy(sqlite_template, tmp_path / "ours.db"))
    with sqlite3.connect(file) as books:
        books.execute("INSERT INTO workspaces (id, name) VALUES ('T0REAL', 'Real')")
    books.close()
    done = started(
        tmp_path, "try", "--database", "ours.db", "--port", "0", "--slack-port", "0", *fresh, settings={}
    )
    assert done.returncode == 2
    assert "Real: try the bot with another" in done.stderr or "remove it yourself" in done.stderr
    assert file.exists()


def test_a_fresh_start_leaves_what_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("Dear diary")
    done = started(tmp_path, "try", "--database", "letter.db", "--fresh", settings={})
    assert (done.returncode, "remove it yourself" in done.stderr) == (2, True)
    assert (tmp_path / "letter.db").read_text() == "Dear diary"


def test_f21_a_port_that_is_asked_for_and_taken_is_named(tmp_path: Path) -> None:
    with Trying(tmp_path) as trying:
        slack, bot = (
            each.rpartition(":")[2] for each in re.findall(r"http://127\.0\.0\.1:\d+", trying.said)[:2]
        )
        other = ("--database", "other.db")
        for arguments, name in (
            (("--port", bot), "PORT"),
            (("--port", "0", "--slack-port", slack), "--slack-port"),
        ):
            done = started(tmp_path, "try", *other, *arguments, settings={})
            assert done.returncode == 2
            assert f"pipeline-bot: {name}: 127.0.0.1:" in done.stderr
        trying.end()
