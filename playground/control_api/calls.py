"""How a control call is read and answered."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from typing_extensions import override

from playground.refusals import ImpossibleError, SlackError
from playground.words import Json

Call = Callable[[Json], Awaitable[object]]


class Told(JSONResponse):
    """A log tells of whatever was sent: half a character too, which is no UTF-8, as JSON escapes it."""

    @override
    def render(self, content: object) -> bytes:
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(
            "utf-8", "backslashreplace"
        )


def endpoint(call: Call) -> Callable[[Request], Awaitable[Response]]:
    """JSON in, JSON out; what cannot be done is answered with a sentence."""

    async def answer(request: Request) -> Response:
        try:
            given: Any = await request.json() if await request.body() else {}
            return Told(await call({**request.query_params, **given}))
        except ImpossibleError as error:
            return JSONResponse({"error": error.sentence}, error.status)
        except SlackError as refusal:
            return JSONResponse({"error": refusal.code}, 409)
        except (KeyError, TypeError, ValueError) as error:
            return JSONResponse({"error": f"{type(error).__name__}: {error}"}, 400)

    return answer
