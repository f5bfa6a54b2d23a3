"""The WebSocket side: the same Bolt app behind Socket Mode."""

import contextlib
import json
import logging
import socket
import threading
import time
from concurrent.futures import Executor
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.server import LATEST_SECONDS, Late
from bot.shapes import is_well_shaped

CONCURRENCY = 16
CONNECT_WAIT = 2.0
LONGEST_WAIT = 30.0
PING_SECONDS = 5.0
DRAIN_SECONDS = 5.0
OK = 200

log = logging.getLogger(__name__)


class SocketDoor:
    """Connects until it succeeds; the SDK's client reconnects by itself afterwards."""

    def __init__(self, app: App, app_token: str, api_url: str, executor: Executor, late: Late) -> None:
        self._app = app
        self._executor = executor
        self._late = late
        self._client = SocketModeClient(
            app_token=app_token,
            web_client=WebClient(app_token, api_url, timeout=10, retry_handlers=[]),
            concurrency=CONCURRENCY,
            ping_interval=PING_SECONDS,
            logger=logging.getLogger("slack_sdk.socket_mode"),
        )
        self._client.socket_mode_request_listeners.append(self._handle)
        self._stopping = threading.Event()
        self._in_hand = 0
        self._idle = threading.Condition()
        self._thread = threading.Thread(target=self._connect, name="socket-door", daemon=True)

    @property
    def connected(self) -> bool:
        return self._client.is_connected()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Answer what has come in, then leave."""
        self._stopping.set()
        self._client.auto_reconnect_enabled = False
        with self._idle:
            self._idle.wait_for(lambda: self._in_hand == 0, timeout=DRAIN_SECONDS)
        self._hang_up()
        self._client.close()
        self._thread.join(1.0)

    def _hang_up(self) -> None:
        """Wakes the threads of the client, for which its own `close` waits up to four seconds."""
        self._client.closed = True
        # It waits a second for each message; nothing is what it passes over.
        self._client.message_queue.put(None)
        session = self._client.current_session
        if session is not None and session.sock is not None:
            with contextlib.suppress(OSError):
                session.sock.shutdown(socket.SHUT_RDWR)

    def _connect(self) -> None:
        wait = CONNECT_WAIT
        while not self._stopping.is_set():
            try:
                self._client.connect()
            except (SlackClientError, OSError, ValueError) as error:
                log.warning("Socket Mode does not connect (%s); trying again", type(error).__name__)
                self._stopping.wait(wait)
                wait = min(wait * 2, LONGEST_WAIT)
            else:
                return

    def _handle(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        if self._stopping.is_set():
            return
        if not is_well_shaped(request.payload):
            log.warning("%s %s is no request of Slack's", request.type, request.envelope_id)
            return
        received = time.monotonic()
        with self._idle:
            self._in_hand += 1
        try:
            self._acknowledge(client, request, self._answered(request.payload, received))
        finally:
            with self._idle:
                self._in_hand -= 1
                self._idle.notify_all()

    def _answered(self, payload: dict[str, Any], received: float) -> BoltResponse:
        request = BoltRequest(mode="socket_mode", body=payload, context={"received": received})
        call = self._executor.submit(self._app.dispatch, request)
        try:
            return call.result(LATEST_SECONDS)
        except TimeoutError:
            return self._late(payload, not call.cancel())

    @staticmethod
    def _acknowledge(client: BaseSocketModeClient, request: SocketModeRequest, answer: BoltResponse) -> None:
        """An event that was not written is not acknowledged, so that Slack delivers it again."""
        if answer.status != OK:
            log.warning("%s %s was not acknowledged", request.type, request.envelope_id)
            return
        payload = _payload(answer.body)
        client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id, payload=payload))


def _payload(body: str | None) -> dict[str, object] | None:
    if not body:
        return None
    try:
        found = json.loads(body)
    except ValueError:
        return {"text": body}
    return found if isinstance(found, dict) else {"text": body}
