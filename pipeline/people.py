"""The people of a workspace, as the rules see them."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.permissions import Act, Role, may


class Standing(StrEnum):
    """What somebody is to the workspace, as Slack says."""

    MEMBER = "member"
    GUEST = "guest"
    OUTSIDER = "outsider"
    """Of another organisation, met in a shared channel."""


class Absence(StrEnum):
    """Why somebody cannot act on a deal of their own."""

    LEFT = "left"
    GUEST = "guest"
    OUTSIDER = "outsider"
    ONLOOKER = "onlooker"
    """A member who may only look."""


_AS = {Standing.MEMBER: Absence.ONLOOKER, Standing.GUEST: Absence.GUEST, Standing.OUTSIDER: Absence.OUTSIDER}


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
    standing: Standing = Standing.MEMBER

    @property
    def role(self) -> Role:
        return self.stored_role or self.slack_role

    def may(self, act: Act) -> bool:
        """At least to what is their own, or nobody's."""
        return may(self.role, act, own=True)

    @property
    def absence(self) -> Absence | None:
        """None for whoever counts as the owner of their deals: who is here and may change them."""
        if not self.active:
            return Absence.LEFT
        return None if self.may(Act.CHANGE) else _AS[self.standing]

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
