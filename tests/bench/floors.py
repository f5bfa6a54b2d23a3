"""Floors: servers that do less and less of the same. `python -m tests.bench.floors KIND` prints its address."""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import uvicorn
from slack_bolt import Ack, App
from slack_bolt.adapter.starlette import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.running import listen
from bot.server import Front, Receive, Scope, Send
from tests.bench.load import SECRET

Asgi = Callable[[Scope, Receive, Send], object]


def _authorize() -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=None, team_id="T0SALES", bot_user_id="U0BOT", bot_id="B0BOT", bot_token="xoxb-1"
    )


def _acknowledge(ack: Ack) -> None:
    ack()


def bare_bolt() -> Asgi:
    """Our own endpoint in front of a Bolt app whose one listener acknowledges."""
    app = App(
        authorize=_authorize,
        signing_secret=SECRET,
        process_before_response=True,
        request_verification_enabled=False,
    )
    app.command("/deal")(_acknowledge)
    return Front(app, (SECRET,), ThreadPoolExecutor(16), lambda: (True, {}))


def no_bolt() -> Asgi:
    """Verify the signature and parse the form, nothing else."""
    from slack_sdk.signature import SignatureVerifier

    verifier = SignatureVerifier(SECRET)

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        from urllib.parse import parse_qs

        body = (await receive())["body"]
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        is_probe = scope["method"] == "GET"
        status = (
            200 if is_probe or (verifier.is_valid_request(body, headers) and parse_qs(body.decode())) else 401
        )
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    return serve


def default_starlette() -> Asgi:
    """Bolt as its documentation sets it up for Starlette."""
    app = App(authorize=_authorize, signing_secret=SECRET)
    app.command("/deal")(_acknowledge)
    handler = SlackRequestHandler(app)

    async def endpoint(request: Request) -> Response:
        return await handler.handle(request)

    async def healthz(_request: Request) -> Response:
        return Response("ok")

    return Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"]), Route("/healthz", healthz)])


KINDS: dict[str, Callable[[], Asgi]] = {
    "bare-bolt": bare_bolt,
    "no-bolt": no_bolt,
    "default-starlette": default_starlette,
}


def main() -> None:
    bound = listen("127.0.0.1", 0)
    config = uvicorn.Config(
        KINDS[sys.argv[1]](),
        log_level="critical",
        access_log=False,
        lifespan="off",
        http="httptools",
        proxy_headers=False,
    )
    sys.stderr.write("listening on http://{}:{}\n".format(*bound.getsockname()[:2]))
    sys.stderr.flush()
    uvicorn.Server(config).run(sockets=[bound])


if __name__ == "__main__":
    main()
