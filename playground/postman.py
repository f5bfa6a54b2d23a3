"""Carries parcels to the bot, by HTTP or socket, with the deadline and the retries of Slack."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any, Final

import httpx

from playground.deliveries import TIMEOUT, Answer, Delivery, Effects
from playground.log import Log, finish
from playground.parcels import Parcel
from playground.refusals import ImpossibleError
from playground.signatures import signed_headers
from playground.sockets import Sockets
from playground.words import Json
from playground.workspace import Workspace

KEPT: Final = 2_000


class Postman:
    def __init__(self, workspace: Workspace, log: Log, sockets: Sockets) -> None:
        self._workspace = workspace
        self._log = log
        self._sockets = sockets
        self._client = httpx.AsyncClient(
            timeout=None,  # noqa: S113 -- the three seconds are counted around the whole call
            limits=httpx.Limits(max_keepalive_connections=0),
            trust_env=False,
        )
        self._deliveries: OrderedDict[str, Delivery] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()
        self._turn = 0

    def pack(self, parcel: Parcel, effects: Effects) -> Delivery:
        delivery = Delivery(self._workspace.new_id("dlv"), parcel, effects)
        self._deliveries[delivery.id] = delivery
        if len(self._deliveries) > KEPT:
            self._deliveries.popitem(last=False)
        return delivery

    def find(self, delivery_id: str) -> Delivery:
        try:
            return self._deliveries[delivery_id]
        except KeyError:
            raise ImpossibleError(f"no delivery {delivery_id!r}", 404) from None

    def forget(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._deliveries.clear()

    async def close(self) -> None:
        self.forget()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._client.aclose()

    def prepared(self, delivery: Delivery) -> Json:
        """The very request that would go out, for a test to send itself as often as it likes."""
        headers = self._signed(delivery, 0)
        body = delivery.parcel.body.decode()
        url = self._next_url()
        return {**delivery.told(), "headers": headers, "raw": body, "url": url}

    async def deliver(self, parcel: Parcel, effects: Effects) -> Delivery:
        delivery = self.pack(parcel, effects)
        await self.attempt(delivery)
        while self._due_at_once(delivery):
            await self.attempt(delivery)
        if self._due(delivery):
            self._background(self._retry_later(delivery))
        return delivery

    def apply(self, delivery: Delivery, answer: Answer) -> None:
        delivery.answers.append(answer)
        delivery.effect = delivery.effects(answer)

    async def attempt(self, delivery: Delivery) -> None:
        retry = len(delivery.answers)
        parcel = delivery.parcel
        entry = self._log.begin(
            self._workspace.clock.now(), "out", parcel.envelope, parcel.kind, parcel.payload
        )
        entry.attempt = retry
        started = time.monotonic()
        answer = await self._sent(delivery, retry)
        ms = round((time.monotonic() - started) * 1000, 3)
        delivery.ended = self._workspace.clock.now()
        self.apply(delivery, replace(answer, ms=ms, retry_num=retry))
        finish(entry, answer.status, answer.body)
        entry.error, entry.headers = answer.error, delivery.headers
        entry.problems = delivery.effect.problems

    async def _sent(self, delivery: Delivery, retry: int) -> Answer:
        seconds = self._workspace.identity.ack_seconds
        try:
            async with asyncio.timeout(seconds):
                if self._workspace.identity.mode == "socket":
                    return await self._by_socket(delivery, retry)
                return await self._by_http(delivery, retry)
        except TimeoutError:
            return Answer(error=TIMEOUT)

    async def _by_http(self, delivery: Delivery, retry: int) -> Answer:
        url = self._next_url()
        if not url:
            return Answer(error="no_bot_url")
        delivery.headers = self._signed(delivery, retry)
        try:
            got = await self._client.post(url, content=delivery.parcel.body, headers=delivery.headers)
        except httpx.HTTPError:
            return Answer(error="connection_failed", url=url)
        return Answer(got.status_code, got.text, dict(got.headers), url=url)

    async def _by_socket(self, delivery: Delivery, retry: int) -> Answer:
        reason = TIMEOUT if retry else ""
        delivery.envelope = self._sockets.envelope(delivery.parcel, retry, reason)
        return await self._sockets.send(delivery.envelope)

    def _signed(self, delivery: Delivery, retry: int) -> dict[str, str]:
        parcel, identity = delivery.parcel, self._workspace.identity
        now = self._workspace.clock.now()
        headers = signed_headers(identity.signing_secret, parcel.body, now, parcel.content_type)
        if retry:
            headers["X-Slack-Retry-Num"] = str(retry)
            headers["X-Slack-Retry-Reason"] = delivery.answer.reason
        return headers

    def _next_url(self) -> str:
        urls = self._workspace.identity.bot_urls
        self._turn += 1
        return urls[self._turn % len(urls)] if urls else ""

    def _due(self, delivery: Delivery) -> bool:
        tries = len(self._workspace.identity.retry_delays) + 1
        return delivery.parcel.retried and not delivery.finished and len(delivery.answers) < tries

    def _due_at_once(self, delivery: Delivery) -> bool:
        return self._due(delivery) and self._delay(delivery) <= 0

    def _delay(self, delivery: Delivery) -> float:
        return self._workspace.identity.retry_delays[len(delivery.answers) - 1]

    async def _retry_later(self, delivery: Delivery) -> None:
        while self._due(delivery):
            made = len(delivery.answers)
            await self._workspace.clock.sleep_until(delivery.ended + self._delay(delivery))
            if len(delivery.answers) == made:
                await self.attempt(delivery)

    def _background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
