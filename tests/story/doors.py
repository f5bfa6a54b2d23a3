"""Every door of the bot, by hand: the same act as a line, a mention, a button, a form, a message's shortcut."""

import json
from collections.abc import Mapping
from datetime import date
from itertools import count
from typing import Any
from urllib.parse import urlencode

import httpx

from bot.watching import both
from handlers.trace import Trace
from playground.receipts import Delivered
from tests.running import MAIN
from tests.story.scene import TEAM, Scene

PERSON = {
    "U0ANA": "@ana",
    "U0BEN": "@ben",
    "U0MIA": "@mia",
    "U0OLGA": "@olga",
    "U0GUS": "@gus",
    "U0JONAS": "@jonas",
}
_numbers = count(1)
_HOME: Mapping[str, Any] = {
    "container": {"type": "view", "view_id": "V0HOME"},
    "view": {"id": "V0HOME", "type": "home"},
}


class Doors:
    """Clicks and forms are sent as Slack would send them, whoever acts and whatever was painted for them."""

    def __init__(self, scene: Scene, response_url: str | None = None) -> None:
        self.scene = scene
        self.response_url = response_url
        self.heard: list[Trace] = []
        self.used: set[str] = set()
        self.prepared = scene.control.prepare(
            "command", user="@ana", command="/deal", text="", channel="#sales"
        )
        app = scene.bot.running.bot.app
        app.told = both(app.told, lambda trace, _seconds: self.heard.append(trace))  # type: ignore[attr-defined]

    def verdict(self, who: str) -> str:
        """What the last request of a person came to."""
        return next(each.verdict for each in reversed(self.heard) if each.person_id == who)

    def command(self, who: str, line: str) -> Delivered:
        return self.scene.deal(who, line)

    def mention(self, who: str, line: str) -> Delivered:
        said = self.scene.control.mention(who, line)
        assert said.ok
        return said

    def repeated(self, who: str, line: str, *, again: bool = False) -> httpx.Response:
        """The button that carries a line; Slack has written people into it by their ids."""
        for person, name in PERSON.items():
            line = line.replace(name, f"<@{person}>")
        return self.click(who, "deal.run/0", {"run": line, "again": again})

    def click(
        self,
        who: str,
        action: str,
        carried: Mapping[str, object],
        *,
        home: bool = False,
        channel: str = MAIN,
        team: str = TEAM,
    ) -> httpx.Response:
        self.used.add(action.partition("/")[0])
        touched = {"type": "button", "action_id": action, "block_id": "b", "value": json.dumps(carried)}
        place = _HOME if home else _message(channel)
        return self.post(who, {"type": "block_actions", "actions": [touched], **place}, team)

    def chosen(self, who: str, action: str, carried: Mapping[str, object]) -> httpx.Response:
        """An option of a menu."""
        self.used.add(action)
        option = {"value": json.dumps(carried)}
        touched = {"type": "overflow", "action_id": action, "block_id": "b", "selected_option": option}
        return self.post(who, {"type": "block_actions", "actions": [touched], **_message(MAIN)})

    def form(
        self,
        who: str,
        name: str,
        carried: Mapping[str, object] | str,
        values: Mapping[str, object],
        *,
        team: str = TEAM,
    ) -> httpx.Response:
        self.used.add(name)
        view = {
            "id": f"V{next(_numbers)}",
            "type": "modal",
            "callback_id": name,
            "hash": "1",
            "team_id": team,
            "private_metadata": carried if isinstance(carried, str) else json.dumps(carried),
            "blocks": [],
            "state": {"values": {block: {block: _element(block, each)} for block, each in values.items()}},
        }
        return self.post(who, {"type": "view_submission", "view": view}, team)

    def noted_message(self, who: str, text: str, named: str) -> Delivered:
        """The shortcut on somebody's message, and its form if one is shown."""
        said = self.scene.control.say(who, text)
        asked = self.scene.control.message_action(who, "deal.note", channel="#sales", ts=said["ts"])
        assert asked.ok
        return self.scene.fill(who, deal=named) if self.scene.control.modal(who) else asked

    def post(self, who: str, payload: Mapping[str, object], team: str = TEAM) -> httpx.Response:
        framed = {
            **payload,
            "user": {"id": who},
            "team": {"id": team},
            "api_app_id": "A0BOT",
            "trigger_id": f"trigger.{next(_numbers)}",
            "response_url": self.response_url,
        }
        answer = self.scene.send(self.prepared, urlencode({"payload": json.dumps(framed)}))
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer


def _message(channel: str) -> Mapping[str, Any]:
    container = {"type": "message", "message_ts": "1.1", "channel_id": channel}
    return {"container": container, "channel": {"id": channel}}


def _element(block: str, value: object) -> Mapping[str, object]:
    if block == "owner":
        return {"type": "users_select", "selected_user": value}
    if block == "category":
        return {"type": "static_select", "selected_option": {"value": value or "auto"}}
    if isinstance(value, date):
        return {"type": "datepicker", "selected_date": value.isoformat()}
    return {"type": "plain_text_input", "value": value}
