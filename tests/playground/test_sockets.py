"""Socket Mode over a real WebSocket: hello, envelopes, acks, redelivery, disconnects."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from slack_sdk import WebClient
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from playground.control import Control
from playground.server import LocalSlack
from tests.playground.calls import refused

Json = dict[str, Any]


class Line:
    """One socket of a bot: reads in a thread, answers as told."""

    def __init__(self, socket: ClientConnection, answer: Callable[[Json], Json | None]) -> None:
        self.socket = socket
        self.hello = json.loads(socket.recv())
        self.heard: list[Json] = []
        self._answer = answer
        self.thread = threading.Thread(target=self._listen)
        self.thread.start()

    def _listen(self) -> None:
        try:
            for text in self.socket:
                told = json.loads(text)
                self.heard.append(told)
                reply = self._answer(told) if "envelope_id" in told else None
                if reply is not None:
                    self.socket.send(json.dumps({"envelope_id": told["envelope_id"], **reply}))
        except ConnectionClosed:
            return


def address(slack: LocalSlack) -> str:
    app_level = WebClient(token=slack.identity.app_token, base_url=slack.api_url)
    return str(app_level.apps_connections_open(app_token=slack.identity.app_token)["url"])


@contextmanager
def line(slack: LocalSlack, answer: Callable[[Json], Json | None] = lambda _: {}) -> Iterator[Line]:
    with connect(address(slack)) as socket:
        made = Line(socket, answer)
        yield made
    made.thread.join(5)


@pytest.fixture
def socket_slack(slack: LocalSlack) -> LocalSlack:
    slack.control.settings(mode="socket", ack_seconds=1)
    return slack


def test_a_connection_is_greeted(socket_slack: LocalSlack) -> None:
    with line(socket_slack) as one:
        assert (one.hello["type"], one.hello["num_connections"]) == ("hello", 1)
        assert one.hello["connection_info"]["app_id"] == "A0BOT"
        assert len(socket_slack.control.sockets()) == 1


def test_a_ticket_lets_in_once(socket_slack: LocalSlack) -> None:
    url = address(socket_slack)
    with connect(url) as socket:
        socket.recv()
        with pytest.raises(InvalidStatus), connect(url):
            pass


def test_a_command_is_an_envelope_and_its_ack_carries_the_answer(socket_slack: LocalSlack) -> None:
    with line(socket_slack, lambda _: {"payload": {"text": "Moved."}}) as one:
        done = socket_slack.control.command("@ana", "/deal", "move D-42 @ben")
    (envelope,) = one.heard
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
    assert envelope["payload"]["text"] == "move D-42 <@U0BEN>"
    assert (done.ok, done.text) == (True, "Moved.")


def test_an_event_accepts_no_payload(socket_slack: LocalSlack) -> None:
    with line(socket_slack) as one:
        assert socket_slack.control.mention("@ana", "hello").ok
    (envelope,) = one.heard
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("events_api", False)
    assert (envelope["retry_attempt"], envelope["payload"]["event"]["type"]) == (0, "app_mention")


def test_an_event_without_ack_goes_to_another_connection(socket_slack: LocalSlack) -> None:
    socket_slack.control.settings(ack_seconds=0.1)
    with ExitStack() as stack:
        lines = [stack.enter_context(line(socket_slack, _only_retries)) for _ in range(2)]
        done = socket_slack.control.mention("@ana", "hello")
    assert (done.ok, len(done.attempts)) == (True, 2)
    assert [[e["retry_attempt"] for e in one.heard] for one in lines] in ([[0], [1]], [[1], [0]])
    again = next(e for one in lines for e in one.heard if e["retry_attempt"])
    assert again["retry_reason"] == "timeout"


def _only_retries(envelope: Json) -> Json | None:
    return {} if envelope["retry_attempt"] else None


def test_a_command_without_ack_is_a_time_out_and_not_repeated(socket_slack: LocalSlack) -> None:
    socket_slack.control.settings(ack_seconds=0.1)
    with line(socket_slack, lambda _: None) as one:
        assert socket_slack.control.command("@ana", "/deal").timed_out
    assert len(one.heard) == 1


def test_connections_take_turns(socket_slack: LocalSlack) -> None:
    with ExitStack() as stack:
        lines = [stack.enter_context(line(socket_slack)) for _ in range(2)]
        for _ in range(4):
            socket_slack.control.command("@ana", "/deal")
        assert [len(one.heard) for one in lines] == [2, 2]


def test_an_app_has_at_most_ten_connections(socket_slack: LocalSlack) -> None:
    app_level = WebClient(token=socket_slack.identity.app_token, base_url=socket_slack.api_url)
    with ExitStack() as stack:
        for _ in range(10):
            stack.enter_context(line(socket_slack))
        token = socket_slack.identity.app_token
        assert refused(app_level.apps_connections_open, app_token=token) == "too_many_websockets"


@pytest.mark.parametrize(("reason", "left"), [("warning", 1), ("refresh_requested", 0), ("link_disabled", 0)])
def test_slack_says_why_before_it_hangs_up(socket_slack: LocalSlack, reason: str, left: int) -> None:
    with line(socket_slack) as one:
        assert socket_slack.control.disconnect(reason) == 1
        assert len(socket_slack.control.sockets()) == left
    assert one.heard[0] == {"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}}


def test_a_line_that_breaks_fails_what_was_on_it(socket_slack: LocalSlack) -> None:
    control = socket_slack.control
    control.settings(retry_delays=[], ack_seconds=3)
    with line(socket_slack, lambda _: _cut(socket_slack)):
        done = control.mention("@ana", "hello")
    assert (done.ok, done.error) == (False, "connection_failed")


def _cut(slack: LocalSlack) -> None:
    control = Control(slack.url)
    control.cut_sockets()
    control.close()


def test_nobody_connected_means_nothing_is_delivered(socket_slack: LocalSlack) -> None:
    assert socket_slack.control.command("@ana", "/deal").error == "no_connection"


def test_down_takes_the_lines_with_it(socket_slack: LocalSlack) -> None:
    with line(socket_slack):
        socket_slack.control.down()
        assert socket_slack.control.sockets() == []


def test_only_local_callers_get_a_line(socket_slack: LocalSlack) -> None:
    headers = {"Host": "slack.example.com"}
    with pytest.raises(InvalidStatus), connect(address(socket_slack), additional_headers=headers):
        pass
