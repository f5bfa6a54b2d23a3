"""Control calls by which a test sees what a person sees, and what went over the wire."""

from dataclasses import dataclass

from playground import saying, showing
from playground.control_api.calls import Call
from playground.log import Log
from playground.sockets import Sockets
from playground.views import View
from playground.web_api.chat import permalink
from playground.words import Json
from playground.workspace import Workspace


@dataclass(frozen=True)
class Seeing:
    workspace: Workspace
    log: Log
    sockets: Sockets

    def calls(self) -> dict[str, Call]:
        return {
            "messages": self.messages,
            "views": self.views,
            "people": self.people,
            "channels": self.channels,
            "log": self.read_log,
            "log/clear": self.clear_log,
            "pacing": self.pacing,
            "sockets": self.read_sockets,
            "state": self.state,
        }

    async def messages(self, given: Json) -> object:
        """A channel as one person sees it; without a person everything, whoever it is for."""
        channel = self.workspace.channel(str(given["channel"]))
        found = self.workspace.messages.of(channel.id)
        if given.get("user"):
            person = self.workspace.person(str(given["user"]))
            found = [m for m in found if channel.visible_to(person.id) and m.readable_by(person.id)]
        if given.get("thread_ts"):
            found = [m for m in found if given["thread_ts"] in (m.ts, m.thread_ts)]
        links = {m.ts: permalink(self.workspace, m) for m in found}
        return [{**saying.seen(self.workspace, m), "permalink": links[m.ts]} for m in found]

    async def views(self, given: Json) -> object:
        person = self.workspace.person(str(given["user"]))
        home = self.workspace.views.home(person.id)
        return {
            "stack": [self._view(view) for view in self.workspace.views.stack(person.id)],
            "home": self._view(home) if home else None,
        }

    def _view(self, view: View) -> Json:
        return {**showing.told(self.workspace, view), "errors": view.errors}

    async def people(self, _: Json) -> object:
        return [vars(person) for person in self.workspace.people.values()]

    async def channels(self, _: Json) -> object:
        return [
            {**vars(channel), "members": sorted(channel.members)}
            for channel in self.workspace.channels.values()
        ]

    async def read_log(self, given: Json) -> object:
        return self.log.select(given)

    async def clear_log(self, _: Json) -> object:
        self.log.clear()
        return {}

    async def pacing(self, _: Json) -> object:
        return self.log.pacing()

    async def read_sockets(self, _: Json) -> object:
        return self.sockets.told()

    async def state(self, _: Json) -> object:
        identity = dict(vars(self.workspace.identity))
        identity["scopes"] = sorted(identity["scopes"])
        identity["events"] = sorted(identity["events"])
        return {"identity": identity, "now": self.workspace.clock.now()}
