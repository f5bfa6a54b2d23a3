"""A tiny bot made with Bolt, over both ways: what works here works with Slack's own library."""

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from slack_bolt import Ack, App, BoltRequest, Respond, Say
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from typing_extensions import override

from playground.server import LocalSlack
from tests.playground.blocks import Json, actions, button, field, home, modal, section


def tiny_bot(slack: LocalSlack) -> App:
    client = WebClient(token=slack.identity.bot_token, base_url=slack.api_url)
    app = App(
        client=client,
        signing_secret=slack.identity.signing_secret,
        process_before_response=True,
        logger=logging.getLogger("tiny"),
    )

    def deal(ack: Ack, body: Json, client: WebClient) -> None:
        if body["text"] == "new":
            client.views_open(trigger_id=body["trigger_id"], view=modal(field("title"), callback_id="new"))
            ack()
        else:
            ack(text=f"You said {body['text']}", blocks=[actions(button("go", "D-1"))])

    def go(ack: Ack, respond: Respond, action: Json) -> None:
        ack()
        respond(text=f"{action['value']} went", replace_original=True)

    def new(ack: Ack, view: Json) -> None:
        title = view["state"]["values"]["title"]["title_entry"]["value"]
        if title == "Acme":
            ack(response_action="errors", errors={"title": "Taken."})
        else:
            ack(response_action="update", view=modal(section(f"Saved {title}")))

    def mention(event: Json, say: Say) -> None:
        say(text="Here.", thread_ts=event["ts"])

    def opened(event: Json, client: WebClient) -> None:
        client.views_publish(user_id=event["user"], view=home(section("Home")))

    app.command("/deal")(deal)
    app.action("go")(go)
    app.view("new")(new)
    app.event("app_mention")(mention)
    app.event("app_home_opened")(opened)
    return app


class Web:
    """Bolt behind the standard library's server."""

    def __init__(self, app: App) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                headers: dict[str, str | Sequence[str]] = dict(self.headers.items())
                answer = app.dispatch(BoltRequest(body=body, headers=headers))
                self.send_response(answer.status)
                for name, value in answer.first_headers().items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.body.encode())

            @override
            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/slack/events"

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture(params=["http", "socket"])
def slack_with_bot(slack: LocalSlack, request: pytest.FixtureRequest) -> Iterator[LocalSlack]:
    app = tiny_bot(slack)
    slack.control.settings(mode=request.param)
    if request.param == "http":
        web = Web(app)
        slack.control.bot_at(web.url)
        yield slack
        web.stop()
        return
    token = slack.identity.app_token
    handler = SocketModeHandler(app, token, web_client=WebClient(token=token, base_url=slack.api_url))
    handler.connect()  # type: ignore[no-untyped-call]
    patience = time.monotonic() + 5
    while not slack.control.sockets():
        assert time.monotonic() < patience
        time.sleep(0.01)
    yield slack
    handler.close()  # type: ignore[no-untyped-call]


def test_a_bolt_app_works_over_both_ways(slack_with_bot: LocalSlack) -> None:
    control = slack_with_bot.control
    said = control.command("@ana", "/deal", "hello")
    assert (said.ok, said.text) == (True, "You said hello")
    assert control.click("@ana", "go", on=said.message).ok
    assert [m["text"] for m in control.messages(user="@ana")] == ["D-1 went"]

    assert control.command("@ana", "/deal", "new").ok
    assert control.submit("@ana", {"title": "Acme"}).shown == {"errors": {"title": "Taken."}}
    control.submit("@ana", {"title": "Globex"})
    assert control.modal("@ana")["blocks"][0]["text"]["text"] == "Saved Globex"

    assert control.mention("@ana", "are you there?").ok
    assert control.messages()[-1]["text"] == "Here."
    assert control.open_home("@ana").ok
    assert control.home("@ana")["blocks"][0]["text"]["text"] == "Home"
    assert [entry["problems"] for entry in control.log() if entry["problems"]] == []


def test_bolt_refuses_a_request_older_than_five_minutes(slack: LocalSlack) -> None:
    web = Web(tiny_bot(slack))
    slack.control.bot_at(web.url)
    slack.control.set_clock(offset=-301)
    assert slack.control.command("@ana", "/deal", "hello").status == 401
    web.stop()
