"""The page's addresses: its files, what it reads, and what it asks of the program around it."""

import asyncio
import base64
import binascii
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Final, TypeVar

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope
from typing_extensions import override

from playground.backstage import Backstage
from playground.control_api.calls import Call, endpoint
from playground.page.stream import Stream
from playground.refusals import ImpossibleError
from playground.words import Json

STATIC: Final = Path(__file__).parent / "static"
# No script but the page's own files, nothing from elsewhere, and nobody frames it.
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
Result = TypeVar("Result")
MOST_BYTES: Final = 32 * 1024 * 1024


class _Files(StaticFiles):
    @override
    def file_response(self, *args: object, **given: object) -> Response:
        response = super().file_response(*args, **given)  # type: ignore[arg-type]
        response.headers.update(HEADERS)
        return response

    @override
    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(HEADERS)
        return response


async def _index(_: Request) -> Response:
    return FileResponse(STATIC / "index.html", headers=dict(HEADERS))


def routes(stream: Stream, backstage: Backstage | None) -> list[BaseRoute]:
    calls: dict[str, Call] = {"history": stream.history.messages}
    if backstage is not None:
        calls |= _backstage_calls(backstage)
    return [
        Route("/", _index),
        Route("/page/stream", stream.open),
        *(Route(f"/page/{name}", endpoint(call), methods=["POST"]) for name, call in calls.items()),
        Mount("/page", _Files(directory=STATIC)),
    ]


def _backstage_calls(backstage: Backstage) -> dict[str, Call]:
    async def read_file(given: Json) -> object:
        content = _content(given)
        report = await _aside(
            lambda: backstage.read_file(
                str(given.get("name") or "file.csv"), content, apply=bool(given.get("apply"))
            )
        )
        return {"report": report}

    async def offers(given: Json) -> object:
        return asdict(backstage.offers(str(given.get("locale") or "en-US")))

    return {
        "offers": offers,
        "bot/stop": _told(backstage.stop_bot),
        "bot/start": _told(backstage.start_bot),
        "start-over": _told(backstage.start_over),
        "clock-moved": _told(backstage.clock_moved),
        "file": read_file,
    }


def _content(given: Json) -> bytes:
    try:
        content = base64.b64decode(str(given.get("content") or ""), validate=True)
    except (binascii.Error, ValueError):
        raise ImpossibleError("the file did not arrive whole: drop it again", 400) from None
    if len(content) > MOST_BYTES:
        raise ImpossibleError("the file is larger than 32 MiB: use `pipeline-bot import FILE`", 413)
    return content


def _told(act: Callable[[], None]) -> Call:
    async def call(_: Json) -> object:
        await _aside(act)
        return {}

    return call


def _aside(act: Callable[[], Result]) -> Awaitable[Result]:
    """Beside the event loop: the bot that is started calls this very Slack."""
    return asyncio.to_thread(act)
