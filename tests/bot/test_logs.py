"""What never stands in a log, at whatever level and by whomever it is said."""

import io
import logging
import sys
from collections.abc import Iterator

import pytest

from bot.logs import set_up


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", stream)
        set_up("DEBUG", ("5igning-secret", "pw"))
    yield stream
    root.handlers[:], root.level = before, level


@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-12-34-abc",
        "xoxp-1",
        "xapp-1-A1-2-abc",
        "xoxe.xoxb-1-abc",
        "xoxe-1-abc",
        "https://hooks.slack.com/commands/T1/2/abc",
        "http://127.0.0.1:3001/response/abc",
        "5igning-secret",
    ],
)
def test_secrets_are_hidden_in_words_arguments_and_traces(said: io.StringIO, secret: str) -> None:
    log = logging.getLogger("bot.anything")
    log.debug("at hand: %s", secret)
    log.warning(f"at hand: {secret}")  # noqa: G004 - the case in question
    try:
        int(secret)
    except ValueError:
        log.exception("stumbled")
    logging.getLogger("slack_sdk.web").error("refused: %s", {"url": secret})
    assert secret not in said.getvalue()
    assert said.getvalue().count("[hidden]") >= 4


@pytest.mark.parametrize(
    "header",
    ["Authorization: Bearer abc123", "{'Authorization': 'Bearer abc123'}", "authorization=Basic abc123"],
)
def test_a_header_that_authorizes_is_hidden(said: io.StringIO, header: str) -> None:
    logging.getLogger("bot.anything").info("sent %s", header)
    assert "abc123" not in said.getvalue()


def test_a_short_secret_hides_no_words(said: io.StringIO) -> None:
    logging.getLogger("bot.anything").info("a pwl is no password")
    assert "a pwl is" in said.getvalue()


@pytest.mark.parametrize(
    "name", ["slack_sdk.web", "slack_bolt.App", "sqlalchemy.engine.Engine", "pipeline:On"]
)
def test_what_others_say_in_detail_is_dropped_and_their_warnings_are_short(
    said: io.StringIO, name: str
) -> None:
    logging.getLogger(name).setLevel(logging.DEBUG)
    logging.getLogger(name).info("Acme renewal")
    logging.getLogger(name).error("x" * 99_999)
    logging.getLogger(name).setLevel(logging.NOTSET)
    assert "Acme" not in said.getvalue()
    assert 0 < len(said.getvalue()) < 3000
