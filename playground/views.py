"""Views: the modals a person has open, and their Home tab."""

from dataclasses import dataclass, field
from typing import Final

from playground.words import Json

STACK_LIMIT: Final = 3


@dataclass
class View:
    id: str
    user: str
    content: Json
    hash: str
    root: str = ""
    previous: str = ""
    typed: dict[str, dict[str, Json]] = field(default_factory=dict)
    """What the person has entered so far: block id, action id, value as Slack sends it."""
    errors: dict[str, str] = field(default_factory=dict)
    suggested: dict[str, list[Json]] = field(default_factory=dict)
    """Options that the bot offered to an external select, by action id."""

    @property
    def external_id(self) -> str:
        return str(self.content.get("external_id") or "")

    @property
    def kind(self) -> str:
        return str(self.content.get("type", ""))

    @property
    def blocks(self) -> list[Json]:
        return list(self.content.get("blocks") or ())


class Views:
    def __init__(self) -> None:
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}

    def stack(self, user: str) -> list[View]:
        return self._stacks.setdefault(user, [])

    def top(self, user: str) -> View | None:
        stack = self.stack(user)
        return stack[-1] if stack else None

    def home(self, user: str) -> View | None:
        return self._homes.get(user)

    def set_home(self, view: View) -> None:
        self._homes[view.user] = view

    def alive(self) -> list[View]:
        opened = [view for stack in self._stacks.values() for view in stack]
        return opened + list(self._homes.values())

    def find(self, *, view_id: str = "", external_id: str = "") -> View | None:
        for view in self.alive():
            if (view_id and view.id == view_id) or (external_id and view.external_id == external_id):
                return view
        return None

    def close(self, view: View) -> None:
        """Closes one view; what it had pushed on top goes with it."""
        stack = self.stack(view.user)
        if view in stack:
            del stack[stack.index(view) :]

    def clear(self, user: str) -> None:
        self.stack(user).clear()
