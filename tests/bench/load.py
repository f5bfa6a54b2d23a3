"""A closed-loop client over plain sockets: signed requests made beforehand, answers timed."""

import asyncio
import hashlib
import hmac
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

SECRET = "local-signing-secret"


@dataclass(frozen=True)
class Timed:
    """Seconds of each answer, sorted, and of the whole; how many were not as expected."""

    answers: Sequence[float]
    seconds: float
    failed: int

    def quantile(self, share: float) -> float:
        return self.answers[min(int(len(self.answers) * share), len(self.answers) - 1)]

    @property
    def per_second(self) -> float:
        return len(self.answers) / self.seconds


def command(address: str, text: str, trigger: str, user: str = "U0ANA") -> bytes:
    """A `/deal` command as Slack posts it, headers and all."""
    form = {
        "command": "/deal",
        "text": text,
        "user_id": user,
        "team_id": "T0SALES",
        "team_domain": "sales",
        "channel_id": "C0SALES",
        "channel_name": "sales",
        "api_app_id": "A0BOT",
        "trigger_id": trigger,
        "response_url": f"http://127.0.0.1:1/response/{trigger}",
    }
    body = urlencode(form).encode()
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    head = (
        "POST /slack/events HTTP/1.1\r\n"
        f"Host: {urlsplit(address).netloc}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"X-Slack-Request-Timestamp: {stamp}\r\n"
        f"X-Slack-Signature: v0={digest}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def drive(address: str, requests: Sequence[Sequence[bytes]], expected: bytes = b"") -> Timed:
    """One connection for each list of requests, all at once; an answer has to hold what is expected."""
    return asyncio.run(_drive(address, requests, expected))


async def _drive(address: str, requests: Sequence[Sequence[bytes]], expected: bytes) -> Timed:
    parts = urlsplit(address)
    connections = [await asyncio.open_connection(parts.hostname, parts.port) for _ in requests]
    started = time.perf_counter()
    timed = await asyncio.gather(
        *(_client(*pair, each, expected) for pair, each in zip(connections, requests, strict=True))
    )
    seconds = time.perf_counter() - started
    for _, writer in connections:
        writer.close()
    answers = sorted(each for some, _ in timed for each in some)
    return Timed(answers, seconds, sum(failed for _, failed in timed))


async def _client(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, requests: Sequence[bytes], expected: bytes
) -> tuple[list[float], int]:
    times: list[float] = []
    failed = 0
    for request in requests:
        started = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        body = await _body(reader, head)
        times.append(time.perf_counter() - started)
        failed += not (head.startswith(b"HTTP/1.1 200") and expected in body)
    return times, failed


async def _body(reader: asyncio.StreamReader, head: bytes) -> bytes:
    lowered = head.lower()
    if b"content-length:" in lowered:
        length = int(lowered.partition(b"content-length:")[2].partition(b"\r\n")[0])
        return await reader.readexactly(length)
    body = b""
    while True:
        size = int((await reader.readline()).strip(), 16)
        body += (await reader.readexactly(size + 2))[:size]
        if size == 0:
            return body
