"""Socket Mode: tickets, connections, envelopes and their acknowledgements."""

import asyncio
import json
import secrets
from dataclasses import dataclass, field
from typing import Final

from starlette.websockets import WebSocket, WebSocketDisconnect

from playground.deliveries import Answer
from playground.identity import Identity
from playground.parcels import Parcel
from playground.refusals import SlackError
from playground.words import Json

MOST: Final = 10


@dataclass(eq=False)
class Connection:
    number: int
    socket: WebSocket
    waiting: dict[str, asyncio.Future[Answer]] = field(default_factory=dict)
    delivered: int = 0

    def lost(self) -> None:
        for future in self.waiting.values():
            if not future.done():
                future.set_result(Answer(error="connection_failed"))


class Sockets:
    def __init__(self, identity: Identity) -> None:
        self._identity = identity
        self._tickets: set[str] = set()
        self._connections: list[Connection] = []
        self._count = 0
        self._turn = 0

    def new_ticket(self) -> str:
        if len(self._connections) >= MOST:
            raise SlackError("too_many_websockets")
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return ticket

    def told(self) -> Json:
        return {"connections": [{"number": c.number, "delivered": c.delivered} for c in self._connections]}

    async def serve(self, socket: WebSocket) -> None:
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._tickets or len(self._connections) >= MOST:
            await socket.close(1008)
            return
        self._tickets.discard(ticket)
        await socket.accept()
        self._count += 1
        connection = Connection(self._count, socket)
        self._connections.append(connection)
        try:
            await socket.send_json(self._hello())
            await self._listen(connection)
        except WebSocketDisconnect:
            pass
        finally:
            self._gone(connection)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._connections),
            "debug_info": {"host": "playground", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._identity.app_id},
        }

    def _gone(self, connection: Connection) -> None:
        if connection in self._connections:
            self._connections.remove(connection)
        connection.lost()

    async def _listen(self, connection: Connection) -> None:
        while True:
            heard = json.loads(await connection.socket.receive_text())
            waiting = connection.waiting.get(str(heard.get("envelope_id", "")))
            if waiting and not waiting.done():
                waiting.set_result(_answer(heard.get("payload")))

    def envelope(self, parcel: Parcel, retry: int, reason: str) -> Json:
        told: Json = {
            "envelope_id": secrets.token_hex(16),
            "type": parcel.envelope,
            "payload": parcel.payload,
            "accepts_response_payload": not parcel.retried,
        }
        if parcel.retried:
            told |= {"retry_attempt": retry, "retry_reason": reason}
        return told

    async def send(self, envelope: Json) -> Answer:
        """To any one connection, each time to the next; the caller keeps the time."""
        if not self._connections:
            return Answer(error="no_connection")
        self._turn += 1
        connection = self._connections[self._turn % len(self._connections)]
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        connection.waiting[envelope["envelope_id"]] = future
        connection.delivered += 1
        try:
            await connection.socket.send_json(envelope)
            return await future
        except (WebSocketDisconnect, RuntimeError):
            return Answer(error="connection_failed")
        finally:
            del connection.waiting[envelope["envelope_id"]]

    async def disconnect(self, reason: str, number: int = 0) -> int:
        """Slack says why, then hangs up; after a mere warning the line stays open."""
        meant = [c for c in self._connections if number in (0, c.number)]
        for connection in meant:
            told = {"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}}
            await connection.socket.send_json(told)
            if reason != "warning":
                await self._hang_up(connection)
        return len(meant)

    async def cut(self) -> int:
        """The line breaks without a word."""
        meant = list(self._connections)
        for connection in meant:
            await self._hang_up(connection)
        return len(meant)

    async def _hang_up(self, connection: Connection) -> None:
        self._gone(connection)
        await connection.socket.close(1001)


def _answer(payload: object) -> Answer:
    """An ack is a 200; its payload, a text or an object, is the body."""
    if payload is None:
        return Answer(200)
    return Answer(200, payload if isinstance(payload, str) else json.dumps(payload))
