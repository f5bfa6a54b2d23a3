"""The HTTP side: Slack's signed requests, and whether the bot is alive and ready."""

import asyncio
import hashlib
import hmac
import json
import logging
import time
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse

from bot.handover import Handover, TooLate
from bot.shapes import is_well_shaped

MOST_BYTES = 1024 * 1024
SIGNED_WITHIN = 300
BODY_SECONDS = 3.0
# Every wait of a request ends before; this is for what holds one up nevertheless.
LATEST_SECONDS = 2.85

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = dict[str, str]
# What is said in time of a request that is not answered yet, and whether it was begun at all.
Late = Callable[[dict[str, Any], bool], BoltResponse]

log = logging.getLogger(__name__)


class Refused(Exception):  # noqa: N818 - an HTTP answer
    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Front:
    """The ASGI application. A signature is checked here, before anything is parsed: Bolt answers 500 to
    malformed headers and logs the bodies of badly signed requests.
    """

    def __init__(
        self,
        app: App,
        secrets: tuple[str, ...],
        executor: Executor,
        ready: Callable[[], tuple[bool, dict[str, object]]],
        clock: Callable[[], float] = time.time,
        late: Late = lambda _body, _begun: BoltResponse(status=503),
        metrics: Callable[[], bytes] = bytes,
    ) -> None:
        self._app = app
        self._secrets = tuple(secret.encode() for secret in secrets)
        self._handover = Handover(executor)
        self._ready = ready
        self._clock = clock
        self._late = late
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        received = time.monotonic()
        try:
            status, headers, body = await self._answer(scope, receive, received)
        except Refused as refused:
            log.warning("refused a request with %s: %s", refused.status, refused.reason)
            status, headers, body = refused.status, _PLAIN, refused.reason.encode()
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, scope: Scope, receive: Receive, received: float) -> tuple[int, Any, bytes]:
        match scope["method"], scope["path"]:
            case "POST", "/slack/events":
                return await self._slack(scope, receive, received)
            case (("GET" | "HEAD"), "/healthz"):
                return 200, _PLAIN, b"ok"
            case (("GET" | "HEAD"), "/readyz"):
                ready, facts = await self._readiness()
                return 200 if ready else 503, _JSON, json.dumps(facts).encode()
            case (("GET" | "HEAD"), "/metrics"):
                return 200, _PLAIN, await self._figures()
        raise Refused(404, "there is nothing here")

    async def _readiness(self) -> tuple[bool, dict[str, object]]:
        try:
            return await self._handover.result(self._ready, LATEST_SECONDS)
        except TooLate:
            return False, {"database": "slow"}

    async def _figures(self) -> bytes:
        try:
            return await self._handover.result(self._metrics, LATEST_SECONDS)
        except TooLate:
            raise Refused(503, "the figures take too long") from None

    async def _slack(self, scope: Scope, receive: Receive, received: float) -> tuple[int, Any, bytes]:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        body = await _read(headers, receive)
        self._check_signature(headers, body)
        text = _decoded(body)
        answer = await self._answered(text, headers, received)
        sent = [
            (name.encode(), value.encode()) for name, values in answer.headers.items() for value in values
        ]
        content = (answer.body or "").encode()
        # A body of known length goes as it is; others are sent in chunks.
        sent.append((b"content-length", b"%d" % len(content)))
        return answer.status, sent, content

    async def _answered(self, text: str, headers: Headers, received: float) -> BoltResponse:
        dispatch = partial(self._dispatch, text, headers, received)
        try:
            return await self._handover.result(dispatch, received + LATEST_SECONDS - time.monotonic())
        except TooLate as late:
            return self._late(_read_request(text, headers, received).body, late.begun)

    def _dispatch(self, text: str, headers: Headers, received: float) -> BoltResponse:
        return self._app.dispatch(_read_request(text, headers, received))

    def _check_signature(self, headers: Headers, body: bytes) -> None:
        stamp = headers.get("x-slack-request-timestamp", "")
        signature = headers.get("x-slack-signature", "")
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= _STAMP_DIGITS):
            raise Refused(401, "the request is not signed as Slack signs")
        if abs(self._clock() - int(stamp)) > SIGNED_WITHIN:
            raise Refused(401, "the request is more than five minutes off: is this machine's clock right?")
        basis = b"v0:" + stamp.encode() + b":" + body
        given = signature.encode("utf-8", "replace")
        if not any(hmac.compare_digest(_signature(secret, basis), given) for secret in self._secrets):
            raise Refused(401, "the signature does not fit SLACK_SIGNING_SECRET")


_STAMP_DIGITS = 12
_PLAIN = [(b"content-type", b"text/plain; charset=utf-8")]
_JSON = [(b"content-type", b"application/json")]


def _signature(secret: bytes, basis: bytes) -> bytes:
    return b"v0=" + hmac.new(secret, basis, hashlib.sha256).hexdigest().encode()


async def _read(headers: Headers, receive: Receive) -> bytes:
    """Never more than 1 MiB, and never for longer than Slack would wait."""
    announced = headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > MOST_BYTES:
        raise Refused(413, "the body is over 1 MiB")
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Refused(400, "the sender went away")
                parts.append(message.get("body", b""))
                size += len(parts[-1])
                if size > MOST_BYTES:
                    raise Refused(413, "the body is over 1 MiB")
                if not message.get("more_body"):
                    return b"".join(parts)
    except TimeoutError:
        raise Refused(408, "the body came too slowly") from None


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise Refused(400, "the body is neither JSON nor a form") from None


def _for_bolt(headers: Headers) -> dict[str, str | Sequence[str]]:
    """Nothing but how to read the body: signature and length are dealt with, and the rest is not signed."""
    kind = headers.get("content-type")
    return {} if kind is None else {"content-type": kind}


def _read_request(text: str, headers: Headers, received: float) -> BoltRequest:
    """Bolt parses, once; what it stumbles over is no request of Slack's."""
    try:
        request = BoltRequest(body=text, headers=_for_bolt(headers), context={"received": received})
    except (ValueError, RecursionError, TypeError, AttributeError, LookupError):
        raise Refused(400, "the body is neither JSON nor a form") from None
    if not is_well_shaped(request.body):
        raise Refused(400, "the body is no request of Slack's")
    return request
