"""The command line as a process: what `check`, `manifest` and `import` say."""

import json
import shutil
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from typing_extensions import override

from bot.__main__ import main
from bot.manifest import needed_scopes
from playground.server import LocalSlack
from storage.schema import HEAD
from tests.bot.program import ROOT, good_settings, refusals, started
from tests.running import environment

pytestmark = pytest.mark.slow


@pytest.fixture
def file(tmp_path: Path, sqlite_template: Path) -> Path:
    """A database of the present schema, under the usual name."""
    return Path(shutil.copy(sqlite_template, tmp_path / "pipeline.db"))


def test_a_token_of_another_workspace_ends_the_start(file: Path, tmp_path: Path) -> None:
    with sqlite3.connect(file) as other:
        other.execute("INSERT INTO workspaces (id, name) VALUES ('T0OTHER', 'Other')")
    other.close()
    with LocalSlack() as slack:
        done = started(tmp_path, "run", settings=environment(slack, f"sqlite:///{file}"))
    assert done.returncode == 2
    assert refusals(done)[0].startswith("the database belongs to the workspace Other, the token to Sales")


def test_every_command_helps() -> None:
    told = CliRunner().invoke(main, ["--help"])
    assert told.exit_code == 0
    for command in main.commands:
        assert f"\n  {command} " in told.output
        for word in ("-h", "--help"):
            assert "Usage:" in CliRunner().invoke(main, [command, word]).output.partition("\n")[0]


def test_manifest_prints_either_form() -> None:
    socket = CliRunner().invoke(main, ["manifest"])
    assert socket.output == (ROOT / "manifest.yml").read_text(encoding="utf-8")
    http = CliRunner().invoke(main, ["manifest", "--url", "https://bot.example.com/"])
    command = yaml.safe_load(http.output)["features"]["slash_commands"][0]
    assert command["url"] == "https://bot.example.com/slack/events"
    wrong = CliRunner().invoke(main, ["manifest", "--url", "http://bot.example.com"])
    assert (wrong.exit_code, "begins with https://" in wrong.output) == (2, True)


def test_import_goes_by_the_settings(file: Path, tmp_path: Path) -> None:
    with sqlite3.connect(file) as books:
        books.execute("INSERT INTO workspaces (id, name) VALUES ('T0SALES', 'Sales')")
        books.execute(
            "INSERT INTO pipelines (workspace_id, key, name) VALUES ('T0SALES', 'default', 'Sales')"
        )
    books.close()
    (tmp_path / ".env").write_text("PIPELINE_CURRENCY=CHF\nPIPELINE_ZONE=Europe/Zurich\n")
    (tmp_path / "deals.csv").write_text("id,title,stage,amount,created\n1,Acme,lead,1200,2026-03-01 12:00\n")
    arguments = ("--pipeline", "B", "--stages", "lead,offer", "--json", "deals.csv")
    done = started(tmp_path, "import", *arguments, settings={})
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["created"] == 1
    with sqlite3.connect(file) as books:
        value, currency, made = books.execute("SELECT value, currency, created_at FROM deals").fetchone()
    books.close()
    assert (value, currency) == (120_000, "CHF")
    assert made == 1_772_362_800_000_000  # 11:00 UTC


def check(folder: Path, settings: Mapping[str, str], *arguments: str) -> tuple[int, list[str]]:
    done = started(folder, "check", *arguments, settings=settings)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout.splitlines()


def test_check_finds_all_well(file: Path, tmp_path: Path) -> None:
    with LocalSlack() as slack:
        given = {**environment(slack, f"sqlite:///{file}"), "SLACK_APP_TOKEN": slack.identity.app_token}
        code, lines = check(tmp_path, given)
    assert (code, len(lines)) == (0, 8), lines
    assert all(line.startswith("ok  ") for line in lines)
    assert f"schema {HEAD}" in lines[1]
    assert lines[3].startswith("ok  weekly copy")
    assert lines[6].endswith("#sales")


def test_check_says_what_to_do(tmp_path: Path) -> None:
    wrong = {
        "DATABASE_URL": "sqlite:////not/there/pipeline.db",
        "SLACK_APP_TOKEN": "xapp-other",
        "PIPELINE_MAIN_CHANNEL": "C0RANDOM",
    }
    with LocalSlack() as slack:
        given = {**environment(slack, ""), **wrong}
        code, lines = check(tmp_path, given)
        other_token = check(tmp_path, {**given, "SLACK_BOT_TOKEN": "xoxb-other"})
    assert code == 1
    assert [line[:4] for line in lines] == ["ok  ", "no  ", "ok  ", "ok  ", "no  ", "no  "]
    assert "create it, or change DATABASE_URL" in lines[1]
    assert "the bot is not in #random: type /invite there" in lines[4]
    assert "make one with connections:write" in lines[5]
    assert "copy SLACK_BOT_TOKEN anew" in other_token[1][2]


def test_check_names_every_wrong_setting_and_creates_nothing(tmp_path: Path) -> None:
    code, lines = check(tmp_path, {"PORT": "x"})
    assert (code, len(lines)) == (1, 3)
    assert check(tmp_path, good_settings())[0] == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "the first start creates it"),
        ("", "is empty: the next start"),
        ("no database " * 99, "cannot be read"),
    ],
)
def test_check_looks_at_the_file(tmp_path: Path, content: str | None, sentence: str) -> None:
    if content is not None:
        (tmp_path / "pipeline.db").write_text(content)
    assert sentence in check(tmp_path, good_settings())[1][1]


@contextmanager
def slack_that_grants(*scopes: str) -> Iterator[str]:
    """Slack tells the granted scopes with every answer."""

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.dumps({"ok": True, "team": "Sales", "user": "pipeline", "channel": {}}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("X-OAuth-Scopes", ",".join(scopes))
            self.end_headers()
            self.wfile.write(body)

        @override
        def log_message(self, *_: object) -> None:
            """Not here."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/api/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_check_names_a_missing_scope(tmp_path: Path) -> None:
    scopes = sorted(needed_scopes() - {"groups:history", "im:write"})
    with slack_that_grants(*scopes) as url:
        lines = check(tmp_path, good_settings(SLACK_API_URL=url))[1]
    with slack_that_grants(*needed_scopes()) as url:
        code, well = check(tmp_path, good_settings(SLACK_API_URL=url))
    assert "no  scopes         groups:history, im:write missing: add it under OAuth & Permissions" in lines[5]
    assert (code, well[5]) == (0, f"ok  scopes         all {len(needed_scopes())} granted")


def test_check_has_slack_judge_every_view(file: Path, tmp_path: Path) -> None:
    views = tmp_path / "views"
    (views / "en").mkdir(parents=True)
    text = {"type": "plain_text", "text": "Deals"}
    shown = {
        "blocks": [{"type": "divider"}],
        "en/message": {"text": "Hello", "blocks": [{"type": "divider"}]},
        "en/modal": {"type": "modal", "title": text, "blocks": [{"type": "divider"}]},
        "en/wrong": {"text": "Hello", "blocks": [{"type": "section"}]},
    }
    for name, content in shown.items():
        (views / f"{name}.json").write_text(json.dumps(content))
    with LocalSlack() as slack:
        given = environment(slack, f"sqlite:///{file}")
        code, lines = check(tmp_path, given, "--views", "--golden", str(views))
    assert code == 1
    assert lines[-2].startswith("no  view           en/wrong.json: invalid_message")
    assert lines[-1].endswith("3 of 4 are valid")
