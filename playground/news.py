"""Events: what Slack tells the bot of its own accord."""

from dataclasses import dataclass

from playground import effects, parcels, payloads, people, saying, showing
from playground.acts import Act, Acts
from playground.channels import Channel
from playground.people import Person
from playground.refusals import ImpossibleError
from playground.words import Json
from playground.workspace import Workspace


@dataclass(frozen=True)
class News:
    workspace: Workspace
    acts: Acts

    def raw(self, event: Json, *, event_id: str = "") -> Act:
        payload = payloads.event_envelope(self.workspace, event, event_id=event_id)
        return Act(parcels.event(payload), effects.unseen)

    def mention(self, given: Json) -> Act:
        """A message that names the bot; Slack tells the bot only where it is a member."""
        bot = self.workspace.identity.bot_user_id
        message = self.said(given, mention=True)
        channel = self.workspace.channels[message["channel"]]
        if not channel.has(bot) or channel.im:
            raise ImpossibleError(f"the bot hears no mention in {channel.name or 'a direct message'}")
        event = {name: message[name] for name in ("user", "ts", "text", "team", "blocks")}
        event |= {"type": "app_mention", "channel": channel.id, "event_ts": message["ts"]}
        for name in ("thread_ts", "client_msg_id"):
            if name in message:
                event[name] = message[name]
        return self.raw(event)

    def said(self, given: Json, *, mention: bool = False) -> Json:
        """A person writes into a channel; the bot is not told of it."""
        person = self.workspace.person(str(given["user"]))
        channel = self.workspace.channel(str(given["channel"]))
        if not channel.has(person.id) or channel.archived:
            raise ImpossibleError(f"{person.name} cannot write in {channel.name or channel.id}")
        text = self.acts.typed(str(given.get("text", "")))
        bot = f"<@{self.workspace.identity.bot_user_id}>"
        if mention and bot not in text:
            text = f"{bot} {text}"
        thread = str(given.get("thread_ts") or "")
        return saying.seen(self.workspace, saying.say(self.workspace, channel.id, person.id, text, thread))

    def home_opened(self, given: Json) -> Act:
        person = self.workspace.person(str(given["user"]))
        event: Json = {
            "type": "app_home_opened",
            "user": person.id,
            "channel": self.workspace.im_with(person.id).id,
            "tab": str(given.get("tab") or "home"),
            "event_ts": self.workspace.next_ts(),
        }
        home = self.workspace.views.home(person.id)
        if home and event["tab"] == "home":
            event["view"] = showing.told(self.workspace, home)
        return self.raw(event)

    def joined(self, channel: Channel, user: str) -> Act:
        return self.raw(
            {
                "type": "member_joined_channel",
                "user": user,
                "channel": channel.id,
                "channel_type": "G" if channel.private else "C",
                "team": self.workspace.identity.team_id,
                "event_ts": self.workspace.next_ts(),
            }
        )

    def left(self, channel: Channel, user: str) -> Act:
        """The bot's own leaving has an event of its own."""
        moment = self.workspace.next_ts()
        if user == self.workspace.identity.bot_user_id:
            kind = "group_left" if channel.private else "channel_left"
            return self.raw({"type": kind, "channel": channel.id, "event_ts": moment})
        event = {"type": "member_left_channel", "user": user, "channel": channel.id, "event_ts": moment}
        return self.raw({**event, "channel_type": "G" if channel.private else "C"})

    def archived(self, channel: Channel, user: str) -> Act:
        kind = "channel_archive" if channel.archived else "channel_unarchive"
        kind = kind.replace("channel_", "group_") if channel.private else kind
        moment = self.workspace.next_ts()
        return self.raw({"type": kind, "channel": channel.id, "user": user, "event_ts": moment})

    def renamed(self, channel: Channel) -> Act:
        moment = self.workspace.next_ts()
        told = {"id": channel.id, "name": channel.name, "created": channel.created}
        kind = "group_rename" if channel.private else "channel_rename"
        return self.raw({"type": kind, "channel": told, "event_ts": moment})

    def shared(self, channel: Channel) -> Act:
        kind = "channel_shared" if channel.ext_shared else "channel_unshared"
        moment = self.workspace.next_ts()
        team = {"connected_team_id": "T0PARTNER"} if channel.ext_shared else {}
        event: Json = {"type": kind, **team, "channel": channel.id, "event_ts": moment}
        if not channel.ext_shared:
            event |= {"previously_connected_team_id": "T0PARTNER", "is_ext_shared": False}
        return self.raw(event)

    def person_changed(self, person: Person, *, is_new: bool) -> Act:
        told = people.told(
            person,
            team_id=self.workspace.identity.team_id,
            include_locale=True,
            updated=int(self.workspace.clock.now()),
        )
        kind = "team_join" if is_new else "user_change"
        moment = self.workspace.next_ts()
        return self.raw({"type": kind, "user": told, "cache_ts": told["updated"], "event_ts": moment})
