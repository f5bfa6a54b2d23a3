"""Channels and direct messages, and the shape in which Slack tells of them."""

from dataclasses import dataclass, field

from playground.words import Json


@dataclass
class Channel:
    id: str
    name: str = ""
    private: bool = False
    ext_shared: bool = False
    archived: bool = False
    im: bool = False
    created: int = 1_700_000_000
    creator: str = ""
    members: set[str] = field(default_factory=set)

    @property
    def kind(self) -> str:
        """The word that scopes use: channels:read, groups:read, im:read."""
        if self.im:
            return "im"
        return "groups" if self.private else "channels"

    @property
    def name_in_command(self) -> str:
        if self.im:
            return "directmessage"
        return "privategroup" if self.private else self.name

    def has(self, person_id: str) -> bool:
        return person_id in self.members

    def visible_to(self, person_id: str) -> bool:
        return self.has(person_id) or self.kind == "channels"

    def other_than(self, person_id: str) -> str:
        return next((member for member in sorted(self.members) if member != person_id), "")


def told(channel: Channel, *, reader: str, team_id: str) -> Json:
    if channel.im:
        return _im(channel, reader, team_id)
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.private,
        "is_group": channel.private,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.private,
        "created": channel.created,
        "creator": channel.creator,
        "is_archived": channel.archived,
        "is_general": False,
        "is_member": channel.has(reader),
        "is_shared": channel.ext_shared,
        "is_ext_shared": channel.ext_shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "context_team_id": team_id,
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def _im(channel: Channel, reader: str, team_id: str) -> Json:
    return {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.archived,
        "is_im": True,
        "is_org_shared": False,
        "context_team_id": team_id,
        "user": channel.other_than(reader),
        "is_user_deleted": False,
        "priority": 0,
    }
