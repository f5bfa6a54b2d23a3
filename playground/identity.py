"""Who the workspace and the app are: ids, tokens, secret, scopes."""

from dataclasses import dataclass, field
from typing import Final

SCOPES: Final = (
    "commands",
    "chat:write",
    "app_mentions:read",
    "users:read",
    "channels:read",
    "groups:read",
    "im:read",
    "im:write",
    "channels:history",
    "groups:history",
    "im:history",
)


@dataclass
class Identity:
    team_id: str = "T0SALES"
    team_name: str = "Sales"
    team_domain: str = "sales"
    app_id: str = "A0BOT"
    bot_user_id: str = "U0BOT"
    bot_id: str = "B0BOT"
    bot_name: str = "pipeline"
    bot_token: str = "xoxb-local-0-playground"  # noqa: S105 -- opens nothing but this local Slack
    app_token: str = "xapp-local-0-playground"  # noqa: S105 -- as bot_token
    signing_secret: str = "local-signing-secret"  # noqa: S105 -- as bot_token
    verification_token: str = "local-verification"  # noqa: S105 -- as bot_token
    scopes: set[str] = field(default_factory=lambda: set(SCOPES))
    token_fault: str = ""
    """An error such as `token_revoked` that every call gets while it stands."""
    mode: str = "http"
    bot_urls: list[str] = field(default_factory=list)
    events: set[str] = field(default_factory=set)
    """Event types the app has subscribed to; empty means all."""
    should_escape: bool = True
    refused_blocks: list[str] = field(default_factory=list)
    """Types that no message may hold, as in a Slack that is older than they are."""
    ack_seconds: float = 3.0
    retry_delays: tuple[float, ...] = (0.0, 60.0, 300.0)

    def wants(self, event_type: str) -> bool:
        return not self.events or event_type in self.events
