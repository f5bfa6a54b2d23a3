"""The door of the Web API: reads the call, lets faults happen, asks the method, writes the log."""

import asyncio
import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from playground.broken_answers import Cut, Truncated
from playground.faults import Fault, Faults
from playground.log import Entry, Log, finish
from playground.rate_limits import RateLimits
from playground.refusals import SlackError
from playground.web_api import arguments as reading
from playground.web_api.access import check_token
from playground.web_api.arguments import Arguments
from playground.web_api.methods import METHODS, Method
from playground.words import Json
from playground.workspace import Workspace

TOO_MANY: Final = 429
Work = Callable[[], Response]


@dataclass
class Door:
    workspace: Workspace
    log: Log
    faults: Faults
    limits: RateLimits
    methods: dict[str, Method]

    async def call(self, request: Request) -> Response:
        method = request.path_params["method"]
        entry = self.log.begin(self.workspace.clock.now(), "in", "api", method, {})
        try:
            given = await reading.read(request)
        except SlackError as refusal:
            return answered(entry, JSONResponse(refusal.answer()))
        entry.request = reading.plain(given)
        entry.channel = given.text("channel")
        return await self.guarded(entry, lambda: self._answer(entry, method, given))

    async def guarded(self, entry: Entry, work: Work) -> Response:
        """The work behind everything that may go wrong on the way to it and back."""
        if self.faults.down:
            entry.fault = "down"
            return answered(entry, Cut())
        fault = self.faults.draw(entry.method, entry.channel)
        if fault:
            entry.fault = fault.kind
            return answered(entry, await misbehave(fault, work))
        wait = self.limits.wait(entry.method, entry.channel, self.workspace.clock.now())
        return answered(entry, too_many(math.ceil(wait)) if wait else work())

    def _answer(self, entry: Entry, method: str, given: Arguments) -> Response:
        try:
            told = self._done(method, given)
        except SlackError as refusal:
            entry.problems = list(refusal.extra.get("errors", ()))  # type: ignore[call-overload]
            return JSONResponse(refusal.answer())
        entry.channel = (
            str(told.get("channel") or "") if isinstance(told.get("channel"), str) else entry.channel
        )
        return JSONResponse(told)

    def _done(self, method: str, given: Arguments) -> Json:
        work = {**METHODS, **self.methods}.get(method)
        if work is None:
            raise SlackError("unknown_method", req_method=method)
        check_token(self.workspace, method, given.token)
        return {"ok": True, **work(self.workspace, given)}


async def misbehave(fault: Fault, work: Work) -> Response:
    if fault.kind == "slow" and not fault.work_is_done:
        await asyncio.sleep(fault.seconds)
        return work()
    answer = work() if fault.work_is_done else Response()
    if fault.kind in ("slow", "hang"):
        await asyncio.sleep(fault.seconds)
    if fault.kind in ("slow", "truncated"):
        return answer if fault.kind == "slow" else Truncated(answer.body, answer.status_code)
    return _instead(fault)


def _instead(fault: Fault) -> Response:
    """What the caller hears although the work may be done."""
    match fault.kind:
        case "rate_limited":
            return too_many(fault.retry_after)
        case "http_500" | "http_503":
            return PlainTextResponse("upstream error", int(fault.kind.removeprefix("http_")))
        case "fatal_error":
            return JSONResponse({"ok": False, "error": "fatal_error"})
        case "error":
            return JSONResponse({"ok": False, "error": fault.error, **fault.extra})
        case _:
            return Cut()


def too_many(seconds: int) -> Response:
    answer = {"ok": False, "error": "ratelimited"}
    return JSONResponse(answer, TOO_MANY, headers={"Retry-After": str(max(1, seconds))})


def answered(entry: Entry, answer: Response) -> Response:
    finish(entry, 0 if isinstance(answer, Cut) else answer.status_code, _body(answer))
    return answer


def _body(answer: Response) -> object:
    try:
        return json.loads(bytes(answer.body))
    except ValueError:
        return bytes(answer.body).decode()
