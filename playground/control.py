"""The control API for Python: what a test does to the local Slack, and what it sees there."""

from typing import Any

import httpx

from playground.receipts import Delivered, Prepared, delivered, prepared
from playground.words import Json

PATIENCE = 120.0


class ControlError(Exception):
    """The playground cannot do that: nobody could in Slack, or the call was wrong."""


class Control:
    """Each act is delivered and its record returned; `prepare` gives the signed request instead."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._client = httpx.Client(base_url=f"{url}/_control/", timeout=PATIENCE, trust_env=False)

    def close(self) -> None:
        self._client.close()

    def call(self, name: str, /, **given: object) -> Any:  # noqa: ANN401 -- JSON of any shape
        answer = self._client.post(name, json={k: v for k, v in given.items() if v is not None})
        if answer.status_code >= httpx.codes.BAD_REQUEST:
            raise ControlError(answer.json()["error"])
        return answer.json()

    def prepare(self, act: str, /, **given: object) -> Prepared:
        """`prepare("click", user="@ana", channel="#sales", ts=..., action_id=...)`: signed, not sent."""
        return prepared(self.call(act, **given, prepare=True))

    def apply(self, delivery_id: str, *, status: int = 200, body: object = None) -> Delivered:
        return delivered(self.call("apply", id=delivery_id, status=status, body=body))

    def delivery(self, delivery_id: str) -> Delivered:
        return delivered(self.call("delivery", id=delivery_id))

    def retry(self, delivery_id: str) -> Delivered:
        return delivered(self.call("retry", id=delivery_id))

    # What a person does. People and channels go by id or by @name and #name.

    def command(self, user: str, command: str, text: str = "", *, channel: str = "#sales") -> Delivered:
        return delivered(self.call("command", user=user, command=command, text=text, channel=channel))

    def click(
        self,
        user: str,
        action_id: str,
        *,
        on: Json | None = None,
        channel: str | None = None,
        ts: str | None = None,
        view_id: str | None = None,
        block_id: str | None = None,
        value: str | None = None,
        select: object = None,
        values: Json | None = None,
    ) -> Delivered:
        """On a message (`on` one of `messages()`, or channel and ts); else in the top view or Home."""
        if on:
            channel, ts = on["channel"], on["ts"]
        place = {"channel": channel, "ts": ts, "view_id": view_id, "block_id": block_id}
        return delivered(
            self.call(
                "click", user=user, action_id=action_id, **place, value=value, select=select, values=values
            )
        )

    def submit(self, user: str, values: Json | None = None, *, view_id: str | None = None) -> Delivered:
        return delivered(self.call("submit", user=user, values=values or {}, view_id=view_id))

    def close_view(self, user: str, *, view_id: str | None = None, cleared: bool = False) -> Delivered:
        return delivered(self.call("close", user=user, view_id=view_id, cleared=cleared))

    def suggest(self, user: str, action_id: str, typed: str, *, view_id: str | None = None) -> Delivered:
        return delivered(self.call("suggest", user=user, action_id=action_id, typed=typed, view_id=view_id))

    def shortcut(self, user: str, callback_id: str) -> Delivered:
        return delivered(self.call("shortcut", user=user, callback_id=callback_id))

    def message_action(self, user: str, callback_id: str, *, channel: str, ts: str) -> Delivered:
        return delivered(
            self.call("message_action", user=user, callback_id=callback_id, channel=channel, ts=ts)
        )

    def mention(
        self, user: str, text: str, *, channel: str = "#sales", thread_ts: str | None = None
    ) -> Delivered:
        return delivered(self.call("mention", user=user, text=text, channel=channel, thread_ts=thread_ts))

    def say(self, user: str, text: str, *, channel: str = "#sales", thread_ts: str | None = None) -> Json:
        """A person writes; the bot is not told."""
        return dict(self.call("say", user=user, text=text, channel=channel, thread_ts=thread_ts))

    def open_home(self, user: str, *, tab: str = "home") -> Delivered:
        return delivered(self.call("open_home", user=user, tab=tab))

    def event(self, event: Json, *, event_id: str | None = None) -> Delivered:
        return delivered(self.call("event", event=event, event_id=event_id))

    # What can be seen.

    def messages(
        self, channel: str = "#sales", *, user: str | None = None, thread_ts: str | None = None
    ) -> list[Json]:
        return list(self.call("messages", channel=channel, user=user, thread_ts=thread_ts))

    def views(self, user: str) -> Json:
        """`{"stack": [...], "home": view or None}`"""
        return dict(self.call("views", user=user))

    def modal(self, user: str) -> Json:
        """The person's top modal; an empty dict when none is open."""
        stack = self.views(user)["stack"]
        return dict(stack[-1]) if stack else {}

    def home(self, user: str) -> Json:
        return dict(self.views(user)["home"] or {})

    def people(self) -> list[Json]:
        return list(self.call("people"))

    def channels(self) -> list[Json]:
        return list(self.call("channels"))

    def log(self, **wanted: object) -> list[Json]:
        """Filters: direction (in, out), kind, method, channel, error, fault, status, since."""
        return list(self.call("log", **wanted))

    def clear_log(self) -> None:
        self.call("log/clear")

    def pacing(self) -> Json:
        return dict(self.call("pacing"))

    def state(self) -> Json:
        return dict(self.call("state"))

    # What can be changed.

    def person(self, who: str, *, fire: bool = False, **changes: object) -> Json:
        """Changes a person, or creates `U0...` or `@name`; `fire` tells the bot."""
        return dict(self.call("person", who=who, fire=fire, **changes))

    def channel(self, which: str, *, fire: bool = False, **changes: object) -> Json:
        """Changes or creates: archived, ext_shared, private, rename, add, remove."""
        return dict(self.call("channel", which=which, fire=fire, **changes))

    def settings(self, **settings: object) -> None:
        """Any field of Identity: bot_urls, mode, scopes, token_fault, retry_delays, ack_seconds, ..."""
        self.call("settings", **settings)

    def scopes(self, *scopes: str) -> None:
        self.settings(scopes=list(scopes))

    def bot_at(self, *urls: str) -> None:
        self.settings(bot_urls=list(urls))

    def token(self, fault: str = "") -> None:
        """`token_revoked`, `account_inactive`, `invalid_auth`; empty heals it."""
        self.settings(token_fault=fault)

    def now(self) -> float:
        return float(self.call("clock")["now"])

    def advance(self, seconds: float) -> float:
        return float(self.call("clock", advance=seconds)["now"])

    def set_clock(self, *, now: float | None = None, offset: float | None = None) -> float:
        return float(self.call("clock", now=now, offset=offset)["now"])

    def fault(self, kind: str, method: str = "*", **details: object) -> Json:
        """Details: count, skip, probability, seed, channel, seconds, retry_after, error, extra, done."""
        return dict(self.call("faults", kind=kind, method=method, **details))

    def faults(self) -> Json:
        return dict(self.call("faults/list"))

    def lift_faults(self) -> None:
        self.call("faults/lift")

    def down(self, *, down: bool = True) -> None:
        self.call("down", down=down)

    def enforce_limits(self, *, on: bool = True, **details: object) -> None:
        self.call("limits", on=on, **details)

    def sockets(self) -> list[Json]:
        return list(self.call("sockets")["connections"])

    def disconnect(self, reason: str = "refresh_requested", *, number: int = 0) -> int:
        return int(self.call("sockets/disconnect", reason=reason, number=number)["told"])

    def cut_sockets(self) -> int:
        return int(self.call("sockets/cut")["cut"])

    def reset(self) -> None:
        self.call("reset")
