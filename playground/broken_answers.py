"""Answers that break off: the connection is cut, or the body ends too early."""

import asyncio
from typing import Final, cast

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from typing_extensions import override

TRANSPORT: Final = "playground.transport"


class Cut(Response):
    """No answer at all: the connection is gone."""

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        _transport(scope).abort()
        await gone(receive)


class Truncated(Response):
    """Half of the announced body, then the connection is gone."""

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        half = bytes(self.body)[: len(self.body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        _transport(scope).close()
        await gone(receive)


def _transport(scope: Scope) -> asyncio.Transport:
    return cast("asyncio.Transport", scope[TRANSPORT])


async def gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue
