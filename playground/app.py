"""The local Slack as one ASGI application: Web API, response addresses, sockets, control."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from playground.acts import Acts
from playground.backstage import Backstage
from playground.broken_answers import TRANSPORT
from playground.clock import Clock
from playground.control_api.calls import Call, endpoint
from playground.control_api.changing import Changing
from playground.control_api.doing import Doing
from playground.control_api.seeing import Seeing
from playground.faults import Faults
from playground.identity import Identity
from playground.log import Log
from playground.news import News
from playground.page.history import History
from playground.page.routes import routes
from playground.page.stream import Stream
from playground.postman import Postman
from playground.rate_limits import RateLimits
from playground.responses import Responses
from playground.sockets import Sockets
from playground.web_api.arguments import Arguments
from playground.web_api.door import Door
from playground.words import Json
from playground.workspace import Workspace

LOCAL_HOSTS: Final = frozenset({"127.0.0.1", "localhost"})


class Playground:
    """Everything that one local Slack consists of."""

    def __init__(self, identity: Identity, backstage: Backstage | None = None) -> None:
        self.url = ""
        self.backstage = backstage
        self.workspace = Workspace(identity, Clock())
        self.log, self.faults, self.limits = Log(), Faults(), RateLimits()
        self.sockets = Sockets(identity)
        self.postman = Postman(self.workspace, self.log, self.sockets)
        self.door = Door(
            self.workspace, self.log, self.faults, self.limits, {"apps.connections.open": self._connect}
        )
        self.responses = Responses(self.workspace, self.log, self.door)
        self.acts = Acts(self.workspace, lambda: self.url)
        self.news = News(self.workspace, self.acts)

    def _connect(self, _: Workspace, __: Arguments) -> Json:
        address = self.url.replace("http", "ws", 1)
        return {"url": f"{address}/link?ticket={self.sockets.new_ticket()}"}

    def calls(self) -> dict[str, Call]:
        doing = Doing(self.acts, self.news, self.postman)
        seeing = Seeing(self.workspace, self.log, self.sockets)
        changing = Changing(
            self.workspace, self.news, self.postman, self.log, self.faults, self.limits, self.sockets
        )
        return {**doing.calls(), **seeing.calls(), **changing.calls()}

    def asgi(self) -> ASGIApp:
        control = [
            Route(f"/_control/{name}", endpoint(call), methods=["GET", "POST"])
            for name, call in self.calls().items()
        ]
        addresses: list[BaseRoute] = [
            Route("/api/{method}", self.door.call, methods=["GET", "POST"]),
            Route("/response/{team}/{ticket}", self.responses.call, methods=["POST"]),
            WebSocketRoute("/link", self.sockets.serve),
            *control,
            *routes(
                Stream(self.workspace, self.log, History(self.workspace), self.backstage), self.backstage
            ),
        ]
        return front(Starlette(routes=addresses, lifespan=self._lifespan))

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        yield
        await self.postman.close()


def front(app: ASGIApp) -> ASGIApp:
    """Lets in local callers only, and keeps the connection at hand so that a fault can cut it."""

    async def enter(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan" and not _is_local(scope):
            await _turn_away(scope, receive, send)
            return
        if scope["type"] == "http":
            # ASGI knows no way to drop a connection; the server's own object behind `send` does.
            scope[TRANSPORT] = getattr(getattr(send, "__self__", None), "transport", None)
        await app(scope, receive, send)

    return enter


async def _turn_away(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
    else:
        await PlainTextResponse("local callers only", 403)(scope, receive, send)


def _is_local(scope: Scope) -> bool:
    """A page from elsewhere could name this host, or send what its visitor's browser has: neither is let in."""
    headers = dict(scope["headers"])
    host, origin = str(headers.get(b"host", b""), "latin-1"), headers.get(b"origin")
    if (host.rpartition(":")[0] or host) not in LOCAL_HOSTS:
        return False
    return origin is None or str(origin, "latin-1").partition("://")[2] == host
