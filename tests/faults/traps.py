"""Where a bot can be made to die: the steps between a request and its letter, wrapped from outside."""

import os
import signal
import threading
from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.webhook import WebhookClient
from sqlalchemy import Connection

from bot.server import Front
from bot.socket_mode import SocketDoor
from handlers.courier.calls import Calls
from storage.store import Store

TRAPPED = "trapped at "
POINTS = (
    "before_commit",
    "after_commit",
    "before_ack",
    "after_ack",
    "after_claim",
    "before_post",
    "after_post",
    "before_mark",
    "after_mark",
    "before_repaint",
    "after_repaint",
    "before_reply",
    "after_reply",
)
_SAID = {"chat.postMessage": "post", "chat.update": "repaint"}


class Trap:
    """kill -9 at the given passage of the given point."""

    def __init__(self, point: str, passage: int) -> None:
        assert point in POINTS, point
        self._point = point
        self._left = passage
        self._lock = threading.Lock()

    def passed(self, point: str) -> None:
        if point != self._point:
            return
        with self._lock:
            self._left -= 1
            if self._left == 0:
                os.write(2, f"{TRAPPED}{point}\n".encode())
                os.kill(os.getpid(), signal.SIGKILL)


def lay(trap: Trap, patch: pytest.MonkeyPatch) -> None:
    _around_commits(trap, patch)
    _around_calls(trap, patch)
    _around_acks(trap, patch)


def _around_commits(trap: Trap, patch: pytest.MonkeyPatch) -> None:
    commit = Store._commit

    def committed(connection: Connection) -> None:
        step = None if connection.get_execution_options().get("reading") else _step()
        trap.passed(f"before_{step}")
        commit(connection)
        trap.passed(f"after_{step}")

    patch.setattr(Store, "_commit", staticmethod(committed))


def _step() -> str | None:
    """What the thread that commits does."""
    name = threading.current_thread().name
    if name == "courier":
        return "claim"
    if name.startswith("courier-sender"):
        return "mark"
    return "commit" if name.startswith("request") else None


def _around_calls(trap: Trap, patch: pytest.MonkeyPatch) -> None:
    say, send = Calls.say, WebhookClient.send_dict

    def said(calls: Calls, method: str, arguments: Any) -> Any:
        return _surrounded(trap, _SAID.get(method), lambda: say(calls, method, arguments))

    def sent(client: WebhookClient, *given: Any, **named: Any) -> Any:
        return _surrounded(trap, "reply", lambda: send(client, *given, **named))

    patch.setattr(Calls, "say", said)
    patch.setattr(WebhookClient, "send_dict", sent)


def _around_acks(trap: Trap, patch: pytest.MonkeyPatch) -> None:
    slack, call, acknowledge = Front._slack, Front.__call__, SocketDoor._acknowledge

    async def answered(front: Front, *given: Any) -> Any:
        answer = await slack(front, *given)
        trap.passed("before_ack")
        return answer

    async def called(front: Front, scope: Any, receive: Any, send: Any) -> None:
        await call(front, scope, receive, send)
        if scope["path"] == "/slack/events":
            trap.passed("after_ack")

    def acknowledged(*given: Any) -> None:
        _surrounded(trap, "ack", lambda: acknowledge(*given))

    patch.setattr(Front, "_slack", answered)
    patch.setattr(Front, "__call__", called)
    patch.setattr(SocketDoor, "_acknowledge", staticmethod(acknowledged))


def _surrounded(trap: Trap, step: str | None, act: Callable[[], Any]) -> Any:
    trap.passed(f"before_{step}")
    done = act()
    trap.passed(f"after_{step}")
    return done
