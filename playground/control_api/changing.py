"""Control calls that change the workspace: people, channels, settings, clock, faults."""

from dataclasses import asdict, dataclass

from playground import people
from playground.acts import Act
from playground.channels import Channel
from playground.control_api.calls import Call
from playground.faults import Faults
from playground.log import Log
from playground.news import News
from playground.people import Person
from playground.postman import Postman
from playground.rate_limits import RateLimits
from playground.refusals import ImpossibleError
from playground.sockets import Sockets
from playground.words import Json
from playground.workspace import Workspace


@dataclass(frozen=True)
class Changing:
    workspace: Workspace
    news: News
    postman: Postman
    log: Log
    faults: Faults
    limits: RateLimits
    sockets: Sockets

    def calls(self) -> dict[str, Call]:
        return {
            "person": self.person,
            "channel": self.channel,
            "settings": self.settings,
            "clock": self.clock,
            "faults": self.plan_fault,
            "faults/lift": self.lift_faults,
            "faults/list": self.list_faults,
            "down": self.down,
            "limits": self.enforce_limits,
            "sockets/disconnect": self.disconnect,
            "sockets/cut": self.cut_sockets,
            "reset": self.reset,
        }

    async def person(self, given: Json) -> object:
        """Creates a person, or changes one that is known by id or name."""
        fire, who = bool(given.pop("fire", False)), str(given.pop("who"))
        known = self.workspace.known_person(who)
        person = known.changed(**given) if known else self._newcomer(who, given)
        self.workspace.people[person.id] = person
        act = self.news.person_changed(person, is_new=known is None)
        return {**asdict(person), "deliveries": await self._fire([act] if fire else [])}

    def _newcomer(self, who: str, given: Json) -> Person:
        is_id = who.startswith("U0")
        name = who.removeprefix("U0").lower() if is_id else who.removeprefix("@")
        fresh = {"id": who if is_id else self.workspace.new_id("U"), "name": name, "real_name": name.title()}
        return people.person_from({**fresh, **given})

    async def channel(self, given: Json) -> object:
        """Creates or changes a channel; each change can tell the bot, as Slack would."""
        fire = bool(given.pop("fire", False))
        actor = str(given.pop("actor", "") or "U0OLGA")
        channel = self._known_or_new(given)
        acts = [act for change in self._changes(channel, given, actor) for act in change]
        told = {**vars(channel), "members": sorted(channel.members)}
        return {**told, "deliveries": await self._fire(acts if fire else [])}

    def _known_or_new(self, given: Json) -> Channel:
        which = str(given.pop("which"))
        known = self.workspace.known_channel(which)
        if known:
            return known
        is_id = which.startswith("C0")
        channel = Channel(
            which if is_id else self.workspace.new_id("C"),
            which.removeprefix("C0").lower() if is_id else which.removeprefix("#"),
            created=int(self.workspace.clock.now()),
        )
        self.workspace.channels[channel.id] = channel
        return channel

    def _changes(self, channel: Channel, given: Json, actor: str) -> list[list[Act]]:
        made = [self._change(channel, name, value, actor) for name, value in given.items()]
        return [acts for acts in made if acts]

    def _change(self, channel: Channel, name: str, value: object, actor: str) -> list[Act]:
        match name:
            case "add":
                return [self._join(channel, str(who)) for who in _many(value)]
            case "remove":
                return [self._leave(channel, str(who)) for who in _many(value)]
            case "rename" | "name":
                channel.name = str(value)
                return [self.news.renamed(channel)]
            case "archived":
                channel.archived = bool(value)
                return [self.news.archived(channel, actor)]
            case "ext_shared":
                channel.ext_shared = bool(value)
                return [self.news.shared(channel)]
            case "private":
                channel.private = bool(value)
                return []
            case _:
                raise ImpossibleError(f"a channel has no {name!r} to change", 400)

    def _join(self, channel: Channel, who: str) -> Act:
        person = self.workspace.person(who)
        channel.members.add(person.id)
        return self.news.joined(channel, person.id)

    def _leave(self, channel: Channel, who: str) -> Act:
        person = self.workspace.person(who)
        channel.members.discard(person.id)
        return self.news.left(channel, person.id)

    async def _fire(self, acts: list[Act]) -> list[Json]:
        wanted = [act for act in acts if self.workspace.identity.wants(act.parcel.kind)]
        return [(await self.postman.deliver(act.parcel, act.effects)).told() for act in wanted]

    async def settings(self, given: Json) -> object:
        self.workspace.configure(given)
        return {}

    async def clock(self, given: Json) -> object:
        if "offset" in given:
            self.workspace.clock.set_offset(float(given["offset"]))
        if "advance" in given:
            self.workspace.clock.advance(float(given["advance"]))
        if "now" in given:
            self.workspace.clock.advance(float(given["now"]) - self.workspace.clock.now())
        return {"now": self.workspace.clock.now(), "offset": self.workspace.clock.offset}

    async def plan_fault(self, given: Json) -> object:
        return asdict(self.faults.plan(given))

    async def lift_faults(self, _: Json) -> object:
        self.faults.lift()
        return {}

    async def list_faults(self, _: Json) -> object:
        return self.faults.told()

    async def down(self, given: Json) -> object:
        """Slack is gone: calls are cut, sockets too, until it is lifted."""
        self.faults.down = bool(given.get("down", True))
        if self.faults.down:
            await self.sockets.cut()
        return self.faults.told()

    async def enforce_limits(self, given: Json) -> object:
        self.limits.on = bool(given.get("on", True))
        self.limits.per_minute.update(given.get("per_minute") or {})
        self.limits.post_gap = float(given.get("post_gap", self.limits.post_gap))
        return {"on": self.limits.on, "per_minute": self.limits.per_minute, "post_gap": self.limits.post_gap}

    async def disconnect(self, given: Json) -> object:
        reason = str(given.get("reason") or "refresh_requested")
        return {"told": await self.sockets.disconnect(reason, int(given.get("number", 0)))}

    async def cut_sockets(self, _: Json) -> object:
        return {"cut": await self.sockets.cut()}

    async def reset(self, _: Json) -> object:
        self.workspace.reset()
        self.postman.forget()
        self.log.clear()
        self.faults.lift()
        self.limits.reset()
        return {}


def _many(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else [value]
