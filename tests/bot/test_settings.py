"""Settings: what is wrong is named at once, with an example and without a secret."""

import socket
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.documents import example_file
from bot.settings import EXAMPLES, Misconfigured, Settings, read_books, read_settings, variable
from tests.bot.program import ROOT, SECRET, TOKEN, good_settings, refusals, started

HUSH = "hush-never-shown"

WRONG: Mapping[str, tuple[Mapping[str, str], tuple[str, ...]]] = {
    "nothing is set": (
        dict.fromkeys(("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"), ""),
        (
            "SLACK_BOT_TOKEN is missing",
            "SLACK_SIGNING_SECRET is missing (or SLACK_APP_TOKEN, for Socket Mode)",
        ),
    ),
    "only white space": (
        dict.fromkeys(("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN"), " \t "),
        ("SLACK_BOT_TOKEN is missing", "SLACK_SIGNING_SECRET is missing"),
    ),
    "no secret between commas": ({"SLACK_SIGNING_SECRET": " , "}, ("SLACK_SIGNING_SECRET is missing",)),
    "an app token as bot token": (
        {"SLACK_BOT_TOKEN": f"xapp-{HUSH}"},
        ("SLACK_BOT_TOKEN: this is an app-level token, expected one that begins with xoxb-",),
    ),
    "a user token as bot token": (
        {"SLACK_BOT_TOKEN": f"xoxp-{HUSH}"},
        ("SLACK_BOT_TOKEN: this is a user token",),
    ),
    "a bot token as app token": (
        {"SLACK_APP_TOKEN": f"xoxb-{HUSH}", "SLACK_SIGNING_SECRET": ""},
        ("SLACK_APP_TOKEN: this is a bot token, expected one that begins with xapp-",),
    ),
    "a token as signing secret": (
        {"SLACK_SIGNING_SECRET": f"abc,xoxb-{HUSH}"},
        ("SLACK_SIGNING_SECRET: this is a token, expected the Signing Secret",),
    ),
    "no token at all": (
        {"SLACK_BOT_TOKEN": HUSH},
        ("SLACK_BOT_TOKEN: expected a token that begins with xoxb-",),
    ),
    "two tokens pasted": (
        {"SLACK_BOT_TOKEN": f"xoxb-{HUSH} xoxb-{HUSH}"},
        ("SLACK_BOT_TOKEN: expected a token that begins with xoxb-",),
    ),
    "a database of another kind": (
        {"DATABASE_URL": f"mysql://bot:{HUSH}@db/pipeline"},
        ("DATABASE_URL: expected sqlite:///FILE or postgresql://",),
    ),
    "everything else": (
        {
            "PIPELINE_ZONE": "Mars/Olympus",
            "PIPELINE_LANGUAGE": "fr",
            "PIPELINE_CURRENCY": "EURO",
            "PIPELINE_MAIN_CHANNEL": "#sales",
            "PORT": "eighty",
            "LOG_LEVEL": "loud",
            "SLACK_API_URL": "slack.com/api",
        },
        (
            "PIPELINE_ZONE: no such time zone, for example PIPELINE_ZONE=Europe/Berlin",
            "PIPELINE_LANGUAGE: input should be 'en' or 'de'",
            "PIPELINE_CURRENCY: no such currency, for example PIPELINE_CURRENCY=EUR",
            "PIPELINE_MAIN_CHANNEL: expected a channel's id",
            "PORT: input should be a valid integer",
            "LOG_LEVEL: input should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'",
            "SLACK_API_URL: expected an address that begins with https://",
        ),
    ),
    "a port that is none": ({"PORT": "70000"}, ("PORT: input should be less than or equal to 65535",)),
    "a host of somebody else": ({"HOST": "203.0.113.9"}, ("HOST: 203.0.113.9:0 cannot be had",)),
}


@pytest.mark.process
@pytest.mark.parametrize("case", WRONG)
def test_f21_what_is_wrong_is_named_at_once_and_no_secret_is_echoed(case: str, tmp_path: Path) -> None:
    settings, expected = WRONG[case]
    done = started(tmp_path, "run", settings=good_settings(**settings))
    said = refusals(done)
    assert done.returncode == 2
    for sentence in expected:
        assert [line for line in said if line.startswith(sentence)], said
    assert len(said) == len(expected)
    for secret in (HUSH, TOKEN, SECRET):
        assert secret not in done.stdout + done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.process
def test_f21_every_problem_comes_with_an_example(tmp_path: Path) -> None:
    for said in refusals(started(tmp_path, "run", settings={"PORT": "x", "HOST": ""})):
        name = said.split(":")[0].split()[0]
        assert f"for example {name}={EXAMPLES[name]}" in said


@pytest.mark.process
def test_f21_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = started(tmp_path, "run", settings=good_settings(PORT=port))
    assert done.returncode == 2
    assert refusals(done) == [
        f"PORT: 127.0.0.1:{port} cannot be had (address already in use), for example PORT=3001"
    ]


@pytest.mark.process
def test_f21_a_database_server_that_is_not_there_is_named_without_its_password(tmp_path: Path) -> None:
    url = f"postgresql://bot:{HUSH}@127.0.0.1:9/pipeline"
    done = started(tmp_path, "run", settings=good_settings(DATABASE_URL=url))
    assert done.returncode == 2
    (said,) = refusals(done)
    assert "127.0.0.1:9/pipeline cannot be used" in said
    assert HUSH not in done.stdout + done.stderr


def test_f21_a_file_of_settings_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("PIPELINE_ZONE=Österreich".encode("latin-1"))
    done = started(tmp_path, "migrate")
    assert done.returncode == 2
    assert refusals(done) == [".env cannot be read: save it as UTF-8, readable for the bot's user"]


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Only what the test sets."""
    monkeypatch.chdir(tmp_path)
    for name in (*EXAMPLES, *map(str.lower, EXAMPLES)):
        monkeypatch.delenv(name, raising=False)
    for name, value in good_settings().items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.mark.parametrize("case", sorted(WRONG.keys() - {"a host of somebody else"}))
def test_what_is_wrong_is_named_at_once(case: str, alone: pytest.MonkeyPatch) -> None:
    settings, expected = WRONG[case]
    for name, value in settings.items():
        alone.setenv(name, value)
    with pytest.raises(Misconfigured) as wrong:
        read_settings()
    assert len(wrong.value.problems) == len(expected)
    for sentence in expected:
        assert [said for said in wrong.value.problems if said.startswith(sentence)], wrong.value.problems
    assert not [secret for secret in (HUSH, TOKEN, SECRET) if secret in str(wrong.value)]


def test_white_space_and_letter_case_do_no_harm(alone: pytest.MonkeyPatch) -> None:
    alone.setenv("SLACK_BOT_TOKEN", f" {TOKEN}\n")
    alone.setenv("PIPELINE_LANGUAGE", " DE ")
    alone.setenv("PIPELINE_CURRENCY", "chf")
    alone.setenv("LOG_LEVEL", "warning")
    settings = read_settings()
    assert settings.slack_bot_token.get_secret_value() == TOKEN
    assert (settings.language, settings.currency, settings.log_level) == ("de", "CHF", "WARNING")


def test_a_setting_that_is_empty_is_not_set(alone: pytest.MonkeyPatch) -> None:
    for name in (
        "PIPELINE_ZONE",
        "PIPELINE_MAIN_CHANNEL",
        "DATABASE_URL",
        "HOST",
        "SLACK_APP_TOKEN",
        "LOG_LEVEL",
    ):
        alone.setenv(name, "  ")
    settings = read_settings()
    assert (settings.zone_name, settings.main_channel, settings.host) == ("UTC", None, "127.0.0.1")
    assert settings.database_url == "sqlite:///pipeline.db"
    assert not settings.socket_mode


def test_two_signing_secrets_count_while_one_is_being_changed(alone: pytest.MonkeyPatch) -> None:
    alone.setenv("SLACK_SIGNING_SECRET", "new-one, old-one,")
    assert read_settings().signing_secrets == ("new-one", "old-one")


def test_socket_mode_needs_no_signing_secret(alone: pytest.MonkeyPatch) -> None:
    alone.setenv("SLACK_SIGNING_SECRET", "")
    alone.setenv("SLACK_APP_TOKEN", "xapp-1-A")
    assert read_settings().socket_mode


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("postgres://u:p@db/x", "postgresql://u:p@db/x"),
        ("postgresql+psycopg://u:p@db/x", "postgresql+psycopg://u:p@db/x"),
        ("sqlite:////var/lib/pipeline.db", "sqlite:////var/lib/pipeline.db"),
    ],
)
def test_databases_that_can_be_used(alone: pytest.MonkeyPatch, given: str, read: str) -> None:
    alone.setenv("DATABASE_URL", given)
    assert read_books().database_url == read


@pytest.mark.parametrize(
    "given", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "pipeline.db", "://", "file:x"]
)
def test_databases_that_cannot_be_used(alone: pytest.MonkeyPatch, given: str) -> None:
    alone.setenv("DATABASE_URL", given)
    with pytest.raises(Misconfigured, match=r"DATABASE_URL: .*, for example DATABASE_URL="):
        read_books()


def test_the_environment_counts_more_than_the_file(alone: pytest.MonkeyPatch) -> None:
    Path(".env").write_text(
        'PIPELINE_CURRENCY=chf\nPIPELINE_ZONE="Europe/Zurich"\nOTHER=1\n', encoding="utf-8"
    )
    alone.setenv("PIPELINE_ZONE", "Europe/Berlin")
    books = read_books()
    assert (books.currency, books.zone_name) == ("CHF", "Europe/Berlin")


def test_what_is_given_by_name_counts_more_than_the_environment(alone: pytest.MonkeyPatch) -> None:
    alone.setenv("PIPELINE_MAIN_CHANNEL", "C0LD")
    alone.setenv("SLACK_APP_TOKEN", "xapp-1")
    settings = read_settings(main_channel="C0NEW", slack_app_token=None)
    assert (settings.main_channel, settings.slack_app_token) == ("C0NEW", None)


def test_every_setting_has_an_example_and_a_description() -> None:
    assert set(EXAMPLES) == {variable(name) for name in Settings.model_fields}
    assert all(field.description for field in Settings.model_fields.values())


def test_the_example_file_is_complete_and_true() -> None:
    """Rewrite it with `python -c "from bot.documents import *; print(example_file(), end='')" > .env.example`."""
    assert (ROOT / ".env.example").read_text(encoding="utf-8") == example_file()


def test_the_example_file_can_be_read_as_it_stands_and_with_everything_on(alone: pytest.MonkeyPatch) -> None:
    for name in good_settings():
        alone.delenv(name)
    Path(".env").write_text(example_file(), encoding="utf-8")
    assert read_settings().socket_mode
    lines = example_file().splitlines()
    on = [
        line.removeprefix("# ") if line.removeprefix("# ").split("=")[0] in EXAMPLES else line
        for line in lines
    ]
    Path(".env").write_text("\n".join(on), encoding="utf-8")
    settings = read_settings()
    read = {variable(name): getattr(settings, name) for name in Settings.model_fields}
    shown = {
        name: getattr(value, "get_secret_value", lambda value=value: value)() for name, value in read.items()
    }
    assert {name: str(value) for name, value in shown.items()} == dict(EXAMPLES)
