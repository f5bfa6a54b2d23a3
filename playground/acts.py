"""What a person does in Slack, packed for the bot together with what its answer will do."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from playground import effects, forms, inputs, parcels, payloads, saying, showing
from playground.channels import Channel
from playground.deliveries import Effects
from playground.escaping import escaped
from playground.messages import Message
from playground.painting import Element, pick
from playground.parcels import Parcel
from playground.people import Person
from playground.refusals import ImpossibleError
from playground.views import View
from playground.words import Json
from playground.workspace import Workspace


@dataclass(frozen=True)
class Act:
    parcel: Parcel
    effects: Effects


@dataclass(frozen=True)
class Acts:
    workspace: Workspace
    base: Callable[[], str]
    """The playground's own address, known once it listens."""

    def command(self, given: Json) -> Act:
        person, channel = self._present(given)
        workspace, identity = self.workspace, self.workspace.identity
        if channel.archived:
            raise ImpossibleError(f"#{channel.name} is archived: nothing can be typed there")
        text = str(given.get("text", ""))
        fields = {
            "token": identity.verification_token,
            "team_id": identity.team_id,
            "team_domain": identity.team_domain,
            "channel_id": channel.id,
            "channel_name": channel.name_in_command,
            "user_id": person.id,
            "user_name": person.name,
            "command": given["command"],
            "text": self.typed(text) if identity.should_escape else text,
            "api_app_id": identity.app_id,
            "is_enterprise_install": "false",
            "response_url": payloads.response_url(workspace, self.base(), channel.id, person.id),
            "trigger_id": workspace.tickets.trigger(person.id),
        }
        return Act(parcels.command(fields), partial(effects.of_command, workspace, channel.id, person.id))

    def typed(self, text: str) -> str:
        return escaped(text, person=self._person_id, channel=self._channel_link)

    def _person_id(self, name: str) -> str:
        person = self.workspace.person_named(name)
        return person.id if person else ""

    def _channel_link(self, name: str) -> str:
        channel = self.workspace.channel_named(name)
        return f"{channel.id}|{'' if channel.private else channel.name}" if channel else ""

    def click(self, given: Json) -> Act:
        if given.get("view_id") or not given.get("ts"):
            return self._click_view(given)
        person, channel = self._present(given)
        message = self._readable(person, channel, str(given["ts"]))
        element = _picked(message.blocks, given)
        typed = message.typed.setdefault(person.id, {})
        chosen = _touched(element, given, typed, [])
        payload = payloads.frame(self.workspace, "block_actions", person) | {
            "container": payloads.message_container(message),
            "channel": payloads.channel_part(channel),
            **payloads.message_part(self.workspace, message),
            "state": {"values": forms.state_of(message.blocks, typed)},
            "trigger_id": self.workspace.tickets.trigger(person.id),
            "response_url": self._answer_url(channel, person, message),
            "actions": [inputs.action(element, chosen, self.workspace.next_ts())],
        }
        return Act(parcels.interaction("click", payload), effects.of_click)

    def _click_view(self, given: Json) -> Act:
        person, view = self._viewing(given)
        forms.fill(view, given.get("values") or {})
        element = _picked(view.blocks, given)
        suggested = view.suggested.get(element.action_id, [])
        chosen = _touched(element, given, view.typed, suggested)
        payload = payloads.frame(self.workspace, "block_actions", person) | {
            **payloads.view_part(self.workspace, view),
            "trigger_id": self.workspace.tickets.trigger(person.id, view=view.id),
            "actions": [inputs.action(element, chosen, self.workspace.next_ts())],
        }
        return Act(parcels.interaction("click", payload), effects.of_click)

    def submit(self, given: Json) -> Act | dict[str, str]:
        """A form as filled in; or the complaints of Slack's own form, and nothing is sent."""
        person, view = self._viewing(given, modal=True)
        if not view.content.get("submit"):
            raise ImpossibleError("this view has no submit button")
        forms.fill(view, given.get("values") or {})
        complaints = forms.complaints(view)
        if complaints:
            return complaints
        payload = payloads.frame(self.workspace, "view_submission", person) | {
            "trigger_id": self.workspace.tickets.trigger(person.id, view=view.id),
            "view": showing.told(self.workspace, view),
            "response_urls": [],
        }
        answered = partial(effects.of_submission, self.workspace, view)
        return Act(parcels.interaction("submit", payload), answered)

    def close(self, given: Json) -> Act | None:
        """Closing tells the bot only where it asked to be told."""
        person, view = self._viewing(given, modal=True)
        cleared = bool(given.get("cleared"))
        payload = payloads.frame(self.workspace, "view_closed", person) | {
            "view": showing.told(self.workspace, view),
            "is_cleared": cleared,
        }
        if cleared:
            self.workspace.views.clear(person.id)
        else:
            self.workspace.views.close(view)
        if not view.content.get("notify_on_close"):
            return None
        return Act(parcels.interaction("close", payload), effects.unseen)

    def shortcut(self, given: Json) -> Act:
        person = self._able(given)
        payload = payloads.frame(self.workspace, "shortcut", person) | {
            "callback_id": given["callback_id"],
            "trigger_id": self.workspace.tickets.trigger(person.id),
            "action_ts": self.workspace.next_ts(),
        }
        return Act(parcels.interaction("shortcut", payload), effects.of_click)

    def message_action(self, given: Json) -> Act:
        person, channel = self._present(given)
        message = self._readable(person, channel, str(given["ts"]))
        payload = payloads.frame(self.workspace, "message_action", person) | {
            "callback_id": given["callback_id"],
            "trigger_id": self.workspace.tickets.trigger(person.id),
            "action_ts": self.workspace.next_ts(),
            "response_url": self._answer_url(channel, person, message),
            "channel": payloads.channel_part(channel),
            "message_ts": message.ts,
            "message": saying.told(self.workspace, message),
        }
        return Act(parcels.interaction("message_action", payload), effects.of_click)

    def suggest(self, given: Json) -> Act:
        person, view = self._viewing(given)
        element = _picked(view.blocks, given)
        payload = payloads.frame(self.workspace, "block_suggestion", person) | {
            **payloads.view_part(self.workspace, view),
            "action_id": element.action_id,
            "block_id": element.block_id,
            "value": str(given.get("typed", "")),
        }
        answered = partial(effects.of_suggestion, view, element.action_id)
        return Act(parcels.interaction("suggest", payload), answered)

    def _able(self, given: Json) -> Person:
        person = self.workspace.person(str(given["user"]))
        if person.deleted or person.is_bot:
            raise ImpossibleError(f"{person.name} cannot do anything in Slack")
        return person

    def _present(self, given: Json) -> tuple[Person, Channel]:
        person = self._able(given)
        channel = self.workspace.channel(str(given["channel"]))
        if not channel.has(person.id):
            raise ImpossibleError(f"{person.name} is not in {channel.name or channel.id}")
        return person, channel

    def _readable(self, person: Person, channel: Channel, ts: str) -> Message:
        message = self.workspace.message(channel.id, ts)
        if not message.readable_by(person.id):
            raise ImpossibleError(f"{person.name} cannot see {ts}: it is ephemeral for somebody else")
        return message

    def _viewing(self, given: Json, *, modal: bool = False) -> tuple[Person, View]:
        person = self._able(given)
        views = self.workspace.views
        view_id = str(given.get("view_id") or "")
        top = views.top(person.id) or (None if modal else views.home(person.id))
        view = views.find(view_id=view_id) if view_id else top
        if view is None or view.user != person.id:
            raise ImpossibleError(f"{person.name} has no such view open", 404)
        return person, view

    def _answer_url(self, channel: Channel, person: Person, message: Message) -> str:
        return payloads.response_url(self.workspace, self.base(), channel.id, person.id, message)


def _picked(blocks: list[Json], given: Json) -> Element:
    return pick(
        blocks,
        action_id=str(given["action_id"]),
        block_id=str(given.get("block_id") or ""),
        value=given.get("value"),
    )


def _touched(element: Element, given: Json, typed: dict[str, dict[str, Json]], suggested: list[Json]) -> Json:
    """What the element says after the touch; a button says only what was painted on it."""
    if element.kind not in inputs.PLAIN and element.kind not in inputs.OPTION:
        return {}
    wanted: Any = given.get("select", given.get("value"))
    state = inputs.entered(element, wanted, suggested)
    if element.kind != "overflow":
        typed.setdefault(element.block_id, {})[element.action_id] = state
    return state
