"""The people of a workspace, as the rules see them."""

from dataclasses import dataclass

from pipeline.permissions import Role


@dataclass(frozen=True, slots=True)
class Person:
    """A stored role (by an admin's word) overrides the one that Slack's own standing gives."""

    workspace_id: str
    id: str
    name: str
    slack_role: Role = Role.REP
    stored_role: Role | None = None
    language: str | None = None
    zone: str | None = None
    active: bool = True
    known: bool = True

    @property
    def role(self) -> Role:
        return self.stored_role or self.slack_role

    @property
    def sees_money(self) -> bool:
        """Viewers, and people whom Slack did not describe, see no amounts in what only they see."""
        return self.known and self.role is not Role.VIEWER


@dataclass(frozen=True, slots=True)
class Channel:
    """What is known of a channel; `member` tells whether the bot may post there."""

    workspace_id: str
    id: str
    name: str = ""
    member: bool = False
    private: bool = False
    shared: bool = False
    archived: bool = False
    direct: bool = False
    money_off: bool = False
    known: bool = False

    @property
    def shows_money(self) -> bool:
        """A channel message looks the same to everybody, so its channel decides."""
        return self.known and not self.shared and not self.money_off


@dataclass(frozen=True, slots=True)
class Workspace:
    id: str
    name: str = ""
    bot_user_id: str = ""
    bot_id: str = ""
    app_id: str = ""
    url: str = ""
