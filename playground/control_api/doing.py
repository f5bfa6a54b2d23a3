"""Control calls by which a person acts, and by which deliveries are watched."""

import json
from dataclasses import dataclass

from playground.acts import Act, Acts
from playground.control_api.calls import Call
from playground.deliveries import Answer
from playground.news import News
from playground.postman import Postman
from playground.words import Json


@dataclass(frozen=True)
class Doing:
    acts: Acts
    news: News
    postman: Postman

    def calls(self) -> dict[str, Call]:
        return {
            "command": self.command,
            "click": self.click,
            "submit": self.submit,
            "close": self.close,
            "shortcut": self.shortcut,
            "message_action": self.message_action,
            "suggest": self.suggest,
            "mention": self.mention,
            "say": self.say,
            "open_home": self.open_home,
            "event": self.event,
            "apply": self.apply,
            "delivery": self.delivery,
            "retry": self.retry,
        }

    async def command(self, given: Json) -> object:
        return await self._done(self.acts.command(given), given)

    async def click(self, given: Json) -> object:
        return await self._done(self.acts.click(given), given)

    async def submit(self, given: Json) -> object:
        act = self.acts.submit(given)
        if isinstance(act, dict):
            return _unsent("submit", {"complaints": act})
        return await self._done(act, given)

    async def close(self, given: Json) -> object:
        act = self.acts.close(given)
        return await self._done(act, given) if act else {**_unsent("close", {}), "ok": True}

    async def shortcut(self, given: Json) -> object:
        return await self._done(self.acts.shortcut(given), given)

    async def message_action(self, given: Json) -> object:
        return await self._done(self.acts.message_action(given), given)

    async def suggest(self, given: Json) -> object:
        return await self._done(self.acts.suggest(given), given)

    async def mention(self, given: Json) -> object:
        return await self._done(self.news.mention(given), given)

    async def say(self, given: Json) -> object:
        return self.news.said(given)

    async def open_home(self, given: Json) -> object:
        return await self._done(self.news.home_opened(given), given)

    async def event(self, given: Json) -> object:
        act = self.news.raw(given["event"], event_id=str(given.get("event_id") or ""))
        return await self._done(act, given)

    async def apply(self, given: Json) -> object:
        """The bot's answer to a prepared request comes back to take effect."""
        delivery = self.postman.find(given["id"])
        body = given.get("body")
        text = body if isinstance(body, str) else "" if body is None else json.dumps(body)
        self.postman.apply(delivery, Answer(int(given.get("status", 200)), text))
        return delivery.told()

    async def delivery(self, given: Json) -> object:
        return self.postman.find(given["id"]).told()

    async def retry(self, given: Json) -> object:
        delivery = self.postman.find(given["id"])
        await self.postman.attempt(delivery)
        return delivery.told()

    async def _done(self, act: Act, given: Json) -> Json:
        if given.get("prepare"):
            return self.postman.prepared(self.postman.pack(act.parcel, act.effects))
        return (await self.postman.deliver(act.parcel, act.effects)).told()


def _unsent(kind: str, shown: Json) -> Json:
    return {"id": "", "kind": kind, "ok": False, "status": 0, "body": None, "shown": shown, "sent": False}
