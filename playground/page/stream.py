"""What changes while somebody looks, as server-sent events."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from playground.backstage import Backstage
from playground.clock import Clock
from playground.log import Entry, Log
from playground.page.history import History
from playground.people import Person
from playground.refusals import ImpossibleError
from playground.showing import told
from playground.words import Json
from playground.workspace import Workspace

LOOK_SECONDS: Final = 0.05
# A browser learns by a broken write that nobody is there any more.
SIGN_OF_LIFE_SECONDS: Final = 15.0
LOG_AT_ONCE: Final = 200


@dataclass(frozen=True)
class Stream:
    workspace: Workspace
    log: Log
    history: History
    backstage: Backstage | None

    async def open(self, request: Request) -> Response:
        try:
            person = self.workspace.person(request.query_params.get("user", ""))
        except ImpossibleError as error:
            return Response(error.sentence, error.status)
        return StreamingResponse(
            self._events(person.id),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    async def _events(self, person_id: str) -> AsyncIterator[str]:
        watch = Watch(self, person_id)
        yield _event("hello", watch.greeting())
        quiet = 0.0
        while True:
            news = watch.news()
            for kind, content in news:
                yield _event(kind, content)
            quiet = 0.0 if news else quiet + LOOK_SECONDS
            if quiet > SIGN_OF_LIFE_SECONDS:
                quiet = 0.0
                yield ": still here\n\n"
            await asyncio.sleep(LOOK_SECONDS)


class Watch:
    """What one browser has been told so far."""

    def __init__(self, stream: Stream, person_id: str) -> None:
        self._stream = stream
        self._workspace = stream.workspace
        self._person_id = person_id
        self._revision = self._workspace.messages.revision
        self._logged = stream.log.count
        self._unanswered: list[Entry] = []
        self._views = self._view_marks()
        self._world = self._world_marks()
        self._offset = self._workspace.clock.offset

    def greeting(self) -> Json:
        return {**_moment(self._workspace.clock), "bot": self._bot()}

    def news(self) -> list[tuple[str, Json]]:
        found = [
            self._world_news(),
            self._message_news(),
            self._view_news(),
            self._log_news(),
            self._clock_news(),
        ]
        return [each for each in found if each is not None]

    def _message_news(self) -> tuple[str, Json] | None:
        messages = self._workspace.messages
        if messages.revision == self._revision:
            return None
        changed = messages.since(self._revision) if messages.revision > self._revision else None
        self._revision = messages.revision
        person = self._person()
        if changed is None or person is None:
            return "reload", {}
        news = self._stream.history.changed(person, changed)
        return ("messages", news) if news["changed"] or news["removed"] else None

    def _view_news(self) -> tuple[str, Json] | None:
        marks = self._view_marks()
        if marks == self._views:
            return None
        self._views = marks
        return "views", self.views()

    def views(self) -> Json:
        views = self._workspace.views
        home = views.home(self._person_id)
        shown = [{**told(self._workspace, v), "errors": v.errors} for v in views.stack(self._person_id)]
        return {"stack": shown, "home": told(self._workspace, home) if home else None}

    def _view_marks(self) -> list[tuple[str, str, str]]:
        views = self._workspace.views
        home = views.home(self._person_id)
        there = [*views.stack(self._person_id), *([home] if home else [])]
        return [(view.id, view.hash, json.dumps(view.errors)) for view in there]

    def _log_news(self) -> tuple[str, Json] | None:
        """Each entry when it begins, and again when it has its answer."""
        fresh = self._stream.log.after(self._logged)[:LOG_AT_ONCE]
        self._logged = fresh[-1].n if fresh else min(self._logged, self._stream.log.count)
        answered = [entry for entry in self._unanswered if entry.ended]
        waiting = [entry for entry in self._unanswered if not entry.ended]
        self._unanswered = waiting + [entry for entry in fresh if not entry.ended]
        shown = answered + fresh
        return ("log", {"entries": [entry.told() for entry in shown]}) if shown else None

    def _clock_news(self) -> tuple[str, Json] | None:
        if self._workspace.clock.offset == self._offset:
            return None
        self._offset = self._workspace.clock.offset
        return "clock", _moment(self._workspace.clock)

    def _world_news(self) -> tuple[str, Json] | None:
        """People, channels, or whether the bot runs."""
        marks = self._world_marks()
        if marks == self._world:
            return None
        self._world = marks
        return "world", {"bot": self._bot()}

    def _world_marks(self) -> object:
        people = [(person.id, person.real_name, person.locale) for person in self._workspace.people.values()]
        channels = [
            (channel.id, channel.name, channel.archived, channel.ext_shared, len(channel.members))
            for channel in self._workspace.channels.values()
        ]
        return people, channels, self._bot()

    def _bot(self) -> Json:
        backstage = self._stream.backstage
        return {"known": backstage is not None, "runs": backstage.bot_runs() if backstage else None}

    def _person(self) -> Person | None:
        return self._workspace.people.get(self._person_id)


def _moment(clock: Clock) -> Json:
    return {"now": clock.now(), "offset": clock.offset}


def _event(kind: str, content: Json) -> str:
    return f"event: {kind}\ndata: {json.dumps(content)}\n\n"
