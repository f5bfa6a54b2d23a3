"""The whole state of the local Slack, in memory, touched by one event loop only."""

import secrets
from dataclasses import fields, replace

from playground import seed
from playground.channels import Channel
from playground.clock import Clock
from playground.identity import Identity
from playground.messages import Message, Messages
from playground.people import Person
from playground.refusals import ImpossibleError
from playground.tickets import Tickets
from playground.views import Views
from playground.words import Json


class Workspace:
    def __init__(self, identity: Identity, clock: Clock) -> None:
        self.identity = identity
        self.clock = clock
        self._boot = replace(identity, scopes=set(identity.scopes), refused_blocks=[])
        self._counter = 0
        self._fill()

    def _fill(self) -> None:
        identity = self.identity
        self.messages = Messages()
        self.views = Views()
        self.tickets = Tickets(self.clock)
        self.people: dict[str, Person] = {p.id: p for p in seed.people(identity)}
        self.channels: dict[str, Channel] = {c.id: c for c in seed.channels(identity)}

    def reset(self) -> None:
        """As on the first day; only the bot's address and the transport stay as they were set."""
        now = self.identity
        fresh = replace(self._boot, scopes=set(self._boot.scopes), refused_blocks=[])
        fresh.bot_urls, fresh.mode = now.bot_urls, now.mode
        vars(now).update(vars(fresh))
        self.clock.set_offset(0)
        self._fill()

    def new_id(self, prefix: str) -> str:
        self._counter += 1
        return f"{prefix}{self._counter:04d}{secrets.token_hex(3).upper()}"

    def next_ts(self) -> str:
        return self.messages.next_ts(self.clock.now())

    # Finding, for tests: a person by id, name or @name; a channel by id, name or #name.

    def person(self, who: str) -> Person:
        found = self.known_person(who)
        if found is None:
            raise ImpossibleError(f"nobody here is called {who!r}", 404)
        return found

    def known_person(self, who: str) -> Person | None:
        return self.people.get(who) or self.person_named(who.removeprefix("@"))

    def person_named(self, name: str) -> Person | None:
        return next((p for p in self.people.values() if p.name == name), None)

    def channel(self, which: str) -> Channel:
        found = self.known_channel(which)
        if found is None and which.startswith("@"):
            return self.im_with(self.person(which).id)
        if found is None:
            raise ImpossibleError(f"there is no channel {which!r}", 404)
        return found

    def known_channel(self, which: str) -> Channel | None:
        return self.channels.get(which) or self.channel_named(which.removeprefix("#"))

    def channel_named(self, name: str) -> Channel | None:
        return next((c for c in self.channels.values() if name and c.name == name), None)

    def im_of(self, person_id: str) -> Channel | None:
        wanted = {person_id, self.identity.bot_user_id}
        return next((c for c in self.channels.values() if c.im and c.members == wanted), None)

    def im_with(self, person_id: str) -> Channel:
        """The direct message of the bot and a person, opened on first use."""
        known = self.im_of(person_id)
        if known:
            return known
        channel = Channel(
            self.new_id("D"),
            im=True,
            created=int(self.clock.now()),
            members={person_id, self.identity.bot_user_id},
        )
        self.channels[channel.id] = channel
        return channel

    def message(self, channel: str, ts: str) -> Message:
        found = self.messages.find(channel, ts)
        if found is None:
            raise ImpossibleError(f"no message {ts} in {channel}", 404)
        return found

    def configure(self, settings: Json) -> None:
        known = {field.name for field in fields(Identity)}
        for name, value in settings.items():
            if name not in known:
                raise ImpossibleError(f"no setting {name!r}; there are {sorted(known)}", 400)
            kind = type(getattr(self.identity, name))
            setattr(self.identity, name, kind(value) if kind in (set, tuple, list) else value)
